import pytest

from waardeweging.problem.errors import InputError


def refused(code, call, *arguments, **named):
    with pytest.raises(InputError) as found:
        call(*arguments, **named)
    assert found.value.code == f"workshop.{code}"


def test_a_remark_is_seen_by_others_only_after_moderation(evening):
    store, seat = evening.store, evening.seats[0]
    remark = store.remark(seat, "round-1", "noise", "question", " Hoe hard\r\nis het? ")
    assert store.remarks(evening.id) == ()
    (waiting,) = store.remarks(evening.id, "round-1", moderated_only=False)
    assert (waiting.id, waiting.status, waiting.text) == (remark, "waiting", "Hoe hard\nis het?")
    store.moderate(evening.id, remark, "shown", "40 dB op 5 meter.")
    (shown,) = store.remarks(evening.id, "round-1")

    assert (shown.reply, shown.side, shown.kind, shown.about) == (
        "40 dB op 5 meter.",
        "residents",
        "question",
        "noise",
    )
    assert store.remarks(evening.id, "grades") == ()
    store.moderate(evening.id, remark, "refused")
    assert store.remarks(evening.id) == ()


def test_somebody_sees_and_deletes_what_is_theirs(evening):
    store, seat, other = evening.store, evening.seats[0], evening.seats[1]
    remark = store.remark(seat, "round-1", "", "reason", "Omdat het kan.")
    store.delete_remark(other, remark)
    assert [one.id for one in store.own_remarks(seat, "round-1")] == [remark]
    assert store.own_remarks(seat, "grades") == ()
    assert store.own_remarks(other) == ()
    store.delete_remark(seat, remark)

    assert store.own_remarks(seat) == ()


def test_a_remark_is_short_visible_text(evening):
    def write(text, kind="fact"):
        return evening.store.remark(evening.seats[0], "round-1", "", kind, text)

    refused("no_text", write, " \n ")
    refused("long_text", write, "x" * 1001)
    refused("hidden_sign", write, "abc\u202edef")
    with pytest.raises(ValueError, match="unknown kind"):
        write("x", "joke")
    with pytest.raises(ValueError, match="unknown status"):
        evening.store.moderate(evening.id, write("e\u0301"), "maybe")
    assert evening.store.own_remarks(evening.seats[0])[0].text == "\u00e9"


def test_one_card_cannot_flood_the_moderator(evening, monkeypatch):
    monkeypatch.setattr("waardeweging.store.remarks._MOST_REMARKS", 2)
    for _ in range(2):
        evening.store.remark(evening.seats[0], "round-1", "", "fact", "x")

    refused("many_remarks", evening.store.remark, evening.seats[0], "round-1", "", "fact", "x")
    evening.store.remark(evening.seats[1], "round-1", "", "fact", "x")
