"""What may be kept so many days after the last round goes by itself, if a server is told so."""

import pytest

from waardeweging.app.retention import keeping
from waardeweging.process import workshop as process
from waardeweging.process.moments import later, now
from waardeweging.store import StoreBusy, StoreError, retention_days
from waardeweging.store.places import RETENTION

DAY = 24 * 60 * 60


def test_the_days_count_from_the_close_of_the_last_round(evening):
    store = evening.store
    evening.open()
    evening.submit(0)
    assert store.expire(10, at=later(now(), 99 * DAY)) == ()
    closed = store.change(evening.id, "facilitator", lambda s: process.close(s, "round-1"))
    # What is agreed weeks later lets nobody's answers stay longer.
    store.change(evening.id, "facilitator", lambda s: process.note(s, "later"))
    assert closed.last_round_at == closed.at
    assert store.expire(10, at=later(closed.at, 10 * DAY)) == ()
    assert store.expire(10, at=later(closed.at, 10 * DAY + 1)) == (evening.id,)
    assert store.expire(10, at=later(closed.at, 11 * DAY)) == ()
    assert [one.kind for one in store.records(evening.id)].count("purged") == 1
    assert not store.integrity().faults


def test_a_server_deletes_by_itself_what_is_older_than_it_may_keep(evening, monkeypatch, caplog):
    store = evening.store
    expire, looked = type(store).expire, []

    def a_year_later(self, days):
        looked.append(days)
        if len(looked) == 2:
            raise StoreBusy
        return expire(self, days, at=later(now(), 365 * DAY))

    monkeypatch.setattr(type(store), "expire", a_year_later)
    with keeping(lambda: store, 90, every=0.01) as thread, caplog.at_level("INFO"):
        while len(looked) < 3:
            thread.join(0.01)
    assert set(looked) == {90}
    assert store.workshop(evening.id).purged
    assert "nothing was purged: store.busy" in caplog.text
    assert not thread.is_alive()


def test_without_a_period_nothing_is_looked_for(evening):
    with keeping(lambda: pytest.fail("looked"), retention_days()) as thread:
        assert thread is None


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "90 days", "９０", "99999999"])
def test_a_period_that_is_no_number_of_days_is_refused(monkeypatch, text):
    monkeypatch.setenv(RETENTION, text)
    with pytest.raises(StoreError) as found:
        retention_days()
    assert found.value.code == "store.retention"
    monkeypatch.setenv(RETENTION, " 90 ")
    assert retention_days() == 90
