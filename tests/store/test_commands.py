"""The commands that look after a database."""

import pytest
from typer.testing import CliRunner

from waardeweging.cli import main
from waardeweging.store import open_store


def run(*arguments):
    return CliRunner().invoke(main, ["store", *map(str, arguments)])


@pytest.fixture
def kept(sqlite_url, load_evening):
    with open_store(sqlite_url, floor=0) as store:
        evening = load_evening(store)
        evening.open()
        evening.submit(0)
        evening.close()
        head = store.workshop(evening.id).head
    return sqlite_url, head


def test_a_database_is_backed_up_verified_and_restored(kept, tmp_path):
    url, head = kept
    file, there = tmp_path / "backup.sqlite", f"sqlite:///{tmp_path}/there.sqlite"

    assert "1 answers" in run("backup", file, "--database", url, "--lang", "en").output
    assert "1 antwoorden" in run("restore", file, "--database", there).output
    done = run("verify", "--database", there, "--head", head)
    assert done.exit_code == 0
    assert done.output.startswith("Alles past: 1 werksessies")


def test_a_head_that_is_not_there_is_a_fault(kept):
    done = run("verify", "--database", kept[0], "--head", "ab" * 32)

    assert done.exit_code == 1
    assert "staat in geen keten" in done.output


def test_a_purge_takes_what_was_not_used_since_a_day(kept):
    url, _ = kept
    assert run("purge", "--before", "2020-01-01", "--database", url).output.startswith("0 ")
    assert run("purge", "--before", "2999-01-01", "--database", url).output.startswith("1 ")
    assert "0 antwoorden" in run("verify", "--database", url).output
    assert run("purge", "--before", "soon", "--database", url).exit_code == 2


@pytest.mark.parametrize("command", [["verify"], ["purge", "--before", "2999-01-01"]])
def test_a_database_that_is_not_there_is_a_fault_and_is_not_made(command, tmp_path):
    done = run(*command, "--database", f"sqlite:///{tmp_path}/none.sqlite")

    assert done.exit_code == 1
    assert "Start de app" in done.output
    assert not list(tmp_path.iterdir())
