import threading

import pytest

from waardeweging.process import workshop as process
from waardeweging.store import StoreBusy, open_store
from waardeweging.store.writer import Writer


def test_what_waits_goes_together_in_few_transactions(evening, monkeypatch):
    monkeypatch.setattr("waardeweging.store.writer._MOST_TOGETHER", 8)
    evening.open()
    store, started, go = evening.store, threading.Event(), threading.Event()

    def hold(batch):
        started.set()
        go.wait(10)

    threads = [threading.Thread(target=store._write, args=(hold,))]
    threads[0].start()
    started.wait(10)
    seen = []
    threads += [
        threading.Thread(target=store._write, args=(lambda batch: seen.append(batch),))
        for _ in range(20)
    ]
    for thread in threads[1:]:
        thread.start()
    while store._writer._queue.qsize() < 20:
        pass
    go.set()
    for thread in threads:
        thread.join()

    assert len(seen) == 20
    # 20 that waited, 8 at a time
    assert len(set(seen)) == 3


def test_a_refusal_leaves_the_others_of_its_transaction_alone(evening):
    evening.open()
    before = evening.store.workshop(evening.id).number

    def job(batch):
        batch.record(batch.state(evening.id), "facilitator", process.note(None, "half")[0])
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        evening.store._write(job)
    evening.submit(0)

    records = evening.store.records(evening.id)
    assert len(records) == before + 1
    assert records[-1].kind == "submitted"


def test_a_full_queue_is_busy_and_says_when_to_come_back(sqlite_url):
    with open_store(sqlite_url, floor=0) as store:
        writer = Writer(store._database, store._states, longest=1)
        started, go = threading.Event(), threading.Event()

        def hold(batch):
            started.set()
            go.wait(10)

        threads = [threading.Thread(target=writer.run, args=(hold,))]
        threads[0].start()
        started.wait(10)
        threads.append(threading.Thread(target=writer.run, args=(lambda batch: None,)))
        threads[1].start()
        while not writer._queue.full():
            pass
        with pytest.raises(StoreBusy) as found:
            writer.run(lambda batch: None)
        go.set()
        for thread in threads:
            thread.join()
        writer.close()

    assert found.value.retry_after >= 1


def test_whoever_waits_too_long_is_told_to_come_back(evening, monkeypatch):
    monkeypatch.setattr("waardeweging.store.writer._PATIENCE", 0.05)
    go = threading.Event()
    with pytest.raises(StoreBusy):
        evening.store._write(lambda batch: go.wait(10))
    go.set()


def test_what_waits_is_written_before_the_store_closes(sqlite_url):
    store = open_store(sqlite_url, floor=0)
    started, go, done = threading.Event(), threading.Event(), []

    def hold(batch):
        started.set()
        go.wait(10)

    threads = [threading.Thread(target=store._write, args=(hold,))]
    threads[0].start()
    started.wait(10)
    threads.append(threading.Thread(target=store._write, args=(lambda batch: done.append(1),)))
    threads[1].start()
    while store._writer._queue.empty():
        pass
    closing = threading.Thread(target=store.close)
    closing.start()
    while store._writer._queue.qsize() < 2:
        pass
    go.set()
    for thread in (*threads, closing):
        thread.join(10)

    assert done == [1]


def test_a_connection_that_breaks_is_busy_and_the_next_one_works(evening, caplog):
    if evening.store._database.path is not None:
        pytest.skip("a file has no connection that breaks")
    stop = "SELECT pg_terminate_backend(pg_backend_pid())"
    for _ in range(2):
        with pytest.raises(StoreBusy):
            evening.store._write(lambda batch: batch.connection.exec_driver_sql(stop))
    assert caplog.text.count("refuses to write") == 1
    evening.open()

    assert evening.submit(0).number


def test_a_mistake_outside_the_database_reaches_the_caller(evening, monkeypatch):
    def broken():
        raise RuntimeError("a mistake")

    monkeypatch.setattr(evening.store._database, "has_room", broken)
    with pytest.raises(RuntimeError, match="a mistake"):
        evening.open()
