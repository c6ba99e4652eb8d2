import shutil
import threading

import pytest

from waardeweging.store import StoreError, backup, open_store, restore, verify


def refused(code, call, *arguments):
    with pytest.raises(StoreError) as found:
        call(*arguments)
    assert found.value.code == f"store.{code}"


@pytest.fixture
def full(evening):
    evening.open()
    for person in range(4):
        evening.submit(person, 10 * person)
    evening.store.save_draft(evening.seats[0], "round-1", {"a": 1})
    evening.store.remark(evening.seats[0], "round-1", "", "question", "Wanneer?")
    return evening


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_backup_goes_back_into_either_kind_of_database(full, kind, tmp_path, request):
    file = tmp_path / "backup.sqlite"
    found = full.store.backup(file)
    there = f"sqlite:///{tmp_path}/there.sqlite"
    there = there if kind == "sqlite" else request.getfixturevalue("cluster").new_url()

    assert found == full.store.integrity()
    assert restore(file, there) == found
    with open_store(there, floor=0) as store:
        assert store.records(full.id) == full.store.records(full.id)
        assert store.workshop(full.id) == full.store.workshop(full.id)
        assert store.files(full.id) == full.store.files(full.id)
        assert store.seat(full.entries[0].token) == full.seats[0]
        assert store.draft(full.seats[0], "round-1") == {"a": 1}
        assert store.remarks(full.id, moderated_only=False)
        assert store.enter(full.id, full.cards[1].code).seat == full.seats[1]
        full.store = store
        assert full.submit(0, 90).number == found.records + 1
    refused("not_empty", restore, file, there)


def test_a_backup_is_whole_while_people_submit(evening, tmp_path):
    evening.open()
    over = threading.Event()

    def submit():
        points = 0
        while not over.is_set():
            points = (points + 1) % 101
            evening.submit(0, points, f"k{points}-{threading.get_ident()}-{id(object())}")

    thread = threading.Thread(target=submit)
    thread.start()
    try:
        found = [evening.store.backup(tmp_path / f"{turn}.sqlite") for turn in range(3)]
    finally:
        over.set()
        thread.join()

    assert all(not one.faults for one in found)
    assert [one.records for one in found] == sorted(one.records for one in found)


def test_a_backup_overwrites_nothing_and_needs_a_database(full, tmp_path, url):
    file = tmp_path / "backup.sqlite"
    file.write_text("mine")
    refused("exists", full.store.backup, file)
    assert file.read_text() == "mine"
    refused("no_folder", full.store.backup, tmp_path / "nowhere" / "backup.sqlite")
    refused("no_backup", restore, tmp_path / "nothing.sqlite", url)
    refused("absent", backup, tmp_path / "b.sqlite", f"sqlite:///{tmp_path}/nothing.sqlite")
    refused("absent", verify, f"sqlite:///{tmp_path}/nothing.sqlite")
    assert not (tmp_path / "nothing.sqlite").exists()


def test_a_database_is_verified_while_it_is_in_use(full, url):
    assert verify(url) == full.store.integrity()


def test_an_empty_database_of_postgresql_is_absent_too(cluster, tmp_path):
    refused("absent", backup, tmp_path / "b.sqlite", cluster.new_url())


def test_a_backup_of_a_tampered_database_is_no_backup(full, tmp_path):
    with full.store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE payload SET payload = '{}'")
    with pytest.raises(ExceptionGroup) as found:
        full.store.backup(tmp_path / "backup.sqlite")

    assert {fault.code for fault in found.value.exceptions} == {"store.leaf"}


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_damaged_backup_is_refused_and_nothing_is_restored(full, tmp_path):
    file, broken = tmp_path / "backup.sqlite", tmp_path / "broken.sqlite"
    full.store.backup(file)
    whole = file.read_bytes()
    broken.write_bytes(whole[: len(whole) // 2])
    there = f"sqlite:///{tmp_path}/there.sqlite"
    refused("damaged", restore, broken, there)
    with open_store(there, floor=0) as store:
        assert store.workshops() == ()
    shutil.copy(file, tmp_path / "copy.sqlite")
    assert restore(tmp_path / "copy.sqlite", there).records
