"""Forward from the tables of every release; `releases/` holds what each of them made."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from waardeweging.store import StoreError, backup, open_store, verify
from waardeweging.store.migrations import MIGRATIONS, Migration
from waardeweging.store.schema import METADATA, MIGRATION, TABLES

RELEASES = sorted((Path(__file__).parent / "releases").glob("*.sql"))


def refused(code, call, *arguments):
    with pytest.raises(StoreError) as found:
        call(*arguments)
    assert found.value.code == f"store.{code}"


def tables(path):
    with closing(sqlite3.connect(path)) as connection:
        return sorted(
            " ".join(sql.split())
            for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
        )


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.stem)
def test_the_tables_of_every_release_come_forward_with_what_they_hold(release, tmp_path):
    path = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(release.read_text(encoding="utf-8"))
    open_store(f"sqlite:///{tmp_path}/new.sqlite", floor=0).close()
    with open_store(f"sqlite:///{path}", floor=0) as store:
        (state,) = store.workshops()
        assert state.sheets["round-1"].submitted == {"residents": 2, "municipality": 1}
        assert len(store.answers(state.id, "round-1")) == 3
        assert not store.integrity().faults

    assert tables(path) == tables(tmp_path / "new.sqlite")


def test_queries_know_the_tables_as_they_are(store):
    found = inspect(store._database._reading)

    assert set(found.get_table_names()) == {table.name for table in (*TABLES, MIGRATION)}
    assert set(METADATA.tables) == set(found.get_table_names())
    for table in METADATA.tables.values():
        columns = [column["name"] for column in found.get_columns(table.name)]
        assert columns == [column.name for column in table.columns]


def test_a_newer_database_is_refused(sqlite_url, tmp_path):
    open_store(sqlite_url, floor=0).close()
    with closing(sqlite3.connect(tmp_path / "hall.sqlite")) as connection:
        connection.execute("INSERT INTO migration VALUES ('9999_future', 'then')")
        connection.commit()

    refused("newer", open_store, sqlite_url)
    refused("newer", verify, sqlite_url)


def test_a_step_forward_keeps_a_copy_and_happens_once(
    sqlite_url, tmp_path, monkeypatch, load_evening
):
    with open_store(sqlite_url, floor=0) as store:
        evening = load_evening(store)
    step = Migration("0002_trial", lambda c: c.exec_driver_sql("CREATE TABLE trial (a TEXT)"))
    for module in ("migrations", "database"):
        monkeypatch.setattr(f"waardeweging.store.{module}.MIGRATIONS", (*MIGRATIONS, step))
    refused("older", verify, sqlite_url)
    refused("older", backup, tmp_path / "b.sqlite", sqlite_url)
    for _ in range(2):
        with open_store(sqlite_url, floor=0) as store:
            assert store.workshop(evening.id).title == "Trial"
    before = tmp_path / "hall.sqlite.before-0002_trial"

    assert inspect(create_engine(sqlite_url)).has_table("trial")
    assert not inspect(create_engine(f"sqlite:///{before}")).has_table("trial")


def test_a_step_that_fails_changes_nothing(sqlite_url, monkeypatch, load_evening):
    with open_store(sqlite_url, floor=0) as store:
        evening = load_evening(store)

    def fail(connection):
        connection.exec_driver_sql("CREATE TABLE half (a TEXT)")
        raise RuntimeError("no")

    with monkeypatch.context() as patch:
        for module in ("migrations", "database"):
            patch.setattr(
                f"waardeweging.store.{module}.MIGRATIONS",
                (*MIGRATIONS, Migration("0002_fails", fail)),
            )
        with pytest.raises(RuntimeError, match="no"):
            open_store(sqlite_url, floor=0)

    assert not inspect(create_engine(sqlite_url)).has_table("half")
    with open_store(sqlite_url, floor=0) as store:
        assert store.workshop(evening.id)
