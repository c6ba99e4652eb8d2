import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from waardeweging.problem.errors import InputError
from waardeweging.store import StoreError, StoreReadOnly, open_store, store_for_new

OPEN = "import sys; from waardeweging.store import open_store; open_store(sys.argv[1])"


def refused(code, url, **named):
    with pytest.raises(StoreError) as found:
        open_store(url, **named).close()
    assert found.value.code == f"store.{code}"
    return found.value


def test_what_was_kept_is_there_after_a_restart(url, load_evening):
    with open_store(url, floor=0) as store:
        evening = load_evening(store)
        evening.open()
        receipt = evening.submit(0)
        state = store.workshop(evening.id)
    with open_store(url, floor=0) as store:
        evening.store = store
        assert store.workshop(evening.id) == state
        assert store.seat(evening.entries[0].token) == evening.seats[0]
        assert evening.submit(0) == receipt


def test_a_second_server_on_one_file_is_refused(sqlite_url):
    with open_store(sqlite_url):
        refused("in_use", sqlite_url)
        done = subprocess.run(
            [sys.executable, "-c", OPEN, sqlite_url], capture_output=True, text=True, check=False
        )
        assert "Another server uses this file" in done.stderr
    open_store(sqlite_url).close()


def test_the_file_is_synced_at_every_commit(sqlite_url):
    with open_store(sqlite_url) as store, store._database.writing() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }

    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
    }


def test_readers_cannot_write(store):
    if store._database.path is None:
        pytest.skip("a role of PostgreSQL decides there")
    with pytest.raises(Exception, match="readonly"), store._database.reading() as connection:
        connection.exec_driver_sql("DELETE FROM setting")


def test_a_damaged_or_foreign_file_is_refused(tmp_path, sqlite_url, load_evening):
    with open_store(sqlite_url, floor=0) as store:
        load_evening(store)
    path = tmp_path / "hall.sqlite"
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + os.urandom(len(whole) - 4096))
    refused("damaged", sqlite_url)
    path.write_bytes(b"a letter, not a database" * 500)
    refused("damaged", sqlite_url)
    other = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE cookies (host TEXT)")
    refused("other_file", f"sqlite:///{other}")


def test_a_disk_that_cannot_share_memory_is_refused(sqlite_url, monkeypatch):
    class Stubborn(sqlite3.Connection):
        def execute(self, statement, *arguments):
            if "journal_mode" in statement:
                statement = "SELECT 'delete'"
            return super().execute(statement, *arguments)

    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3.dbapi2,
        "connect",
        lambda *given, **named: connect(*given, factory=Stubborn, **named),
    )
    refused("no_wal", sqlite_url)


def test_an_absent_server_is_named_without_its_password():
    fault = refused("unreachable", "postgresql://ww:geheim@127.0.0.1:1/hall")

    assert "geheim" not in str(fault)
    assert fault.__cause__ is None


def test_the_address_of_a_store_hides_its_password(cluster):
    with open_store(cluster.new_url().replace("ww@", "ww:geheim@")) as store:
        assert "geheim" not in store.url
        assert store.url.startswith("postgresql+psycopg://ww:***@")


def test_below_the_floor_everything_is_read_and_nothing_written(sqlite_url, load_evening):
    with open_store(sqlite_url, floor=0) as store:
        evening = load_evening(store)
    with open_store(sqlite_url, floor=10**18) as store:
        assert store.workshop(evening.id).title == "Trial"
        assert store.seat(evening.entries[0].token) == evening.seats[0]
        evening.store = store
        with pytest.raises(StoreReadOnly):
            evening.open()
        assert store.workshop(evening.id).sheets["round-1"].status == "waiting"


@pytest.fixture
def small_disk(tmp_path):
    """A disk of four megabytes of its own, where this machine lets us make one."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(command, check=False).returncode:
        pytest.skip("this user may not mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_refuses_clearly_and_goes_on_by_itself(small_disk, load_evening):
    url = f"sqlite:///{small_disk}/hall.sqlite"
    with open_store(url, floor=0) as store:
        evening = load_evening(store)
        evening.open()
        kept = [evening.submit(0, 1)]
        filler = small_disk / "filler"
        filler.write_bytes(bytes(shutil.disk_usage(small_disk).free - 64 * 1024))
        with pytest.raises(StoreReadOnly):
            kept.extend(evening.submit(0, points) for points in range(2, 100))
        state = store.workshop(evening.id)
        assert state.number == kept[-1].number
        own = store.own(evening.seats[0], "round-1")
        assert own is not None
        assert own["criteria"]["price"] == len(kept)
        filler.unlink()
        kept.append(evening.submit(1, 7))
    with open_store(url, floor=0) as store:
        submitted = [one for one in store.records(evening.id) if one.kind == "submitted"]
        assert [one.number for one in submitted] == [receipt.number for receipt in kept]
        assert not store.integrity().faults


LIMITED = """
import resource, sys
from waardeweging.store import StoreReadOnly, open_store
store = open_store(sys.argv[1], floor=0)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    for n in range(1000):
        store.change(sys.argv[3], "facilitator", lambda state: (
            __import__("waardeweging.process.workshop", fromlist=["note"]).note(state, "x" * 4000)))
except StoreReadOnly:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    before = store.workshop(sys.argv[3]).number
    store.change(sys.argv[3], "facilitator", lambda state: (
        __import__("waardeweging.process.workshop", fromlist=["note"]).note(state, "again")))
    print(n, before, store.workshop(sys.argv[3]).number, len(store.integrity().faults))
"""


def test_a_file_that_may_not_grow_refuses_clearly_and_goes_on_by_itself(sqlite_url):
    with open_store(sqlite_url, floor=0) as store:
        workshop = store.create("Berkum", {"a": b""}).id
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, sqlite_url, str(300_000), workshop],
        capture_output=True,
        text=True,
        check=True,
    )
    written, before, after, faults = map(int, done.stdout.split())

    assert written > 1
    assert before == 1 + written
    assert (after, faults) == (before + 1, 0)


def test_no_secret_stands_in_a_log_or_a_fault(store, load_evening, caplog, monkeypatch):
    evening = load_evening(store)
    monkeypatch.setattr(
        "waardeweging.store.seats.secrets.token_hex", lambda size: evening.seats[0].credential
    )
    with caplog.at_level("DEBUG"), pytest.raises(InputError) as found:
        store.issue(evening.id, "residents")

    assert found.value.code == "store.busy"
    logged = caplog.text + repr(found.value) + repr(found.value.__context__)
    assert "refuses to write" in caplog.text
    assert not any(
        secret in logged
        for secret in (evening.seats[0].credential, evening.cards[0].code, evening.entries[0].token)
    )


def begun(url, title, after=lambda: None):
    with store_for_new(url, floor=0) as store:
        project = store.begin_project(title)
        after()
        return project


def test_a_file_that_was_made_for_what_is_refused_does_not_stay(url, tmp_path):
    with pytest.raises(InputError):
        begun(url, " ")

    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".lock"] == []


def test_a_file_that_holds_something_stays_whatever_is_refused(sqlite_url):
    with pytest.raises(ZeroDivisionError):
        begun(sqlite_url, "Wijk", lambda: 1 // 0)
    with pytest.raises(InputError):
        begun(sqlite_url, " ")

    with open_store(sqlite_url, floor=0) as store:
        assert [one.title for one in store.projects()] == ["Wijk"]
