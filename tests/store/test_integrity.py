# ruff: noqa: E501, S608
"""An insider with the file: what is altered, left out or added is found."""

import json
import sqlite3
from contextlib import closing

import pytest

from waardeweging.process.chain import GENESIS, link
from waardeweging.store import StoreError, open_store, verify


@pytest.fixture
def path(tmp_path, sqlite_url, load_evening):
    with open_store(sqlite_url, floor=0) as store:
        evening = load_evening(store)
        evening.open()
        for person in range(4):
            evening.submit(person, 10 * person)
        evening.submit(0, 77)
        evening.close()
    return tmp_path / "hall.sqlite"


def change(path, *statements):
    """Change a file the way somebody does who first takes the guards away."""
    with closing(sqlite3.connect(path)) as connection:
        for name in ("record_never_changes", "record_never_goes", "record_follows"):
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount
        connection.commit()


def codes(path, heads=()):
    return [fault.code for fault in verify(f"sqlite:///{path}", heads).faults]


def test_an_untouched_file_fits(path):
    found = verify(f"sqlite:///{path}")

    assert (found.workshops, found.answers, found.faults) == (1, 5, ())


LAST = "(SELECT max(number) FROM record WHERE kind = 'submitted')"
TAMPERINGS = {
    "a body": ("UPDATE record SET body = replace(body, 'round-1', 'round-2') "
               f"WHERE number = {LAST}", "store.broken"),
    "a moment": ("UPDATE record SET at = '2026-01-01T00:00:00.000Z' WHERE number = 3", "store.broken"),
    "a role": ("UPDATE record SET by = 'reader' WHERE number = 1", "store.broken"),
    "a kind": ("UPDATE record SET kind = 'note' WHERE number = 2", "store.broken"),
    "a hash": ("UPDATE record SET hash = zeroblob(32) WHERE number = 2", "store.broken"),
    "a record left out": ("DELETE FROM record WHERE number = 5", "store.broken"),
    "the end left out": ("DELETE FROM record WHERE number = (SELECT max(number) FROM record)",
                         "store.broken"),
    "all records left out": ("DELETE FROM record", "store.broken"),
    "a head": ("UPDATE workshop SET head = zeroblob(32)", "store.broken"),
    "a number": ("UPDATE workshop SET number = number + 1", "store.broken"),
    "an answer": (f"UPDATE payload SET payload = replace(payload, '77', '78') WHERE number = {LAST}",
                  "store.leaf"),
    "a nonce": (f"UPDATE payload SET nonce = zeroblob(16) WHERE number = {LAST}", "store.leaf"),
    "an answer on another's place": ("UPDATE payload SET payload = (SELECT payload FROM payload "
                                     f"WHERE number < {LAST} LIMIT 1) WHERE number = {LAST}",
                                     "store.leaf"),
    "an old answer counts again": ("UPDATE answer SET is_current = 1, voice = 'x' "
                                   "WHERE is_current = 0", "store.counts"),
    "an answer does not count": (f"UPDATE answer SET is_current = 0 WHERE number = {LAST}",
                                 "store.counts"),
    "an answer on another side": (f"UPDATE answer SET side = 'municipality' WHERE number = {LAST}",
                                  "store.counts"),
    "an answer added": ("INSERT INTO answer SELECT workshop, 1, sheet, 'x', side, department, 'y', 1 "
                        f"FROM answer WHERE number = {LAST}", "store.counts"),
}  # fmt: skip


@pytest.mark.parametrize("tampering", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_tampering_is_found(path, tampering):
    statement, code = tampering
    change(path, statement)

    assert codes(path) == [code]


def test_a_server_does_not_serve_a_broken_chain(path):
    change(path, "UPDATE record SET by = 'reader' WHERE number = 1")
    with open_store(f"sqlite:///{path}", floor=0) as store, pytest.raises(StoreError) as found:
        store.workshops()

    assert found.value.code == "store.broken"
    assert found.value.details == {"number": "1"}


def rebuild(path):
    """Change an event and rebuild every hash after it, as an insider can."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            'SELECT workshop, number, at, "by", kind, body FROM record ORDER BY number'
        ).fetchall()
    previous, statements = GENESIS, []
    for workshop, number, at, by, kind, body in rows:
        by = "reader" if number == 2 else by
        sign = link(previous, workshop, number, at, by, kind, json.loads(body))
        statements.append(
            f"UPDATE record SET \"by\" = '{by}', previous = x'{previous.hex()}', "
            f"hash = x'{sign.hex()}' WHERE number = {number}"
        )
        previous = sign
    change(path, *statements, f"UPDATE workshop SET head = x'{previous.hex()}'")


def test_a_rebuilt_chain_is_found_with_a_head_that_left_the_building(path):
    with open_store(f"sqlite:///{path}", floor=0) as store:
        (state,) = store.workshops()
        head = state.sheets["round-1"].head_at_close
    assert codes(path, [head.upper()]) == []
    rebuild(path)

    assert codes(path) == []
    assert codes(path, [head]) == ["store.head"]


@pytest.mark.parametrize("statement", [
    "UPDATE record SET \"by\" = 'x'",
    "DELETE FROM record",
    "INSERT INTO record SELECT workshop, number + 5, at, \"by\", kind, body, previous, hash FROM record",
    "INSERT INTO record SELECT workshop, number + 1, at, \"by\", kind, body, previous, hash FROM record",
])  # fmt: skip
def test_the_database_itself_keeps_the_chain(evening, statement):
    before = evening.store.records(evening.id)
    with (
        pytest.raises(Exception, match=r"only grows|follows the last"),
        evening.store._database.writing() as connection,
    ):
        connection.exec_driver_sql(statement)

    assert evening.store.records(evening.id) == before


def test_nothing_takes_the_place_of_a_record(path):
    with (
        closing(sqlite3.connect(path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="follows the last"),
    ):
        connection.execute("INSERT OR REPLACE INTO record SELECT * FROM record WHERE number = 2")


def test_a_table_cannot_be_emptied_at_once(cluster, load_evening):
    with open_store(cluster.new_url()) as store:
        load_evening(store)
        with pytest.raises(Exception, match="only grows"), store._database.writing() as connection:
            connection.exec_driver_sql("TRUNCATE record CASCADE")


def test_one_card_never_has_two_answers_that_count(path):
    with (
        closing(sqlite3.connect(path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="UNIQUE"),
    ):
        connection.execute("UPDATE answer SET is_current = 1")
