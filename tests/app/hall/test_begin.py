import re

from typer.testing import CliRunner

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.cli import main
from waardeweging.store import open_store


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_command_begins_a_workshop_and_prints_its_links_once(tmp_path):
    database = f"sqlite:///{tmp_path / 'evening.db'}"
    folder = bundled_scenarios() / "golden"
    done = run(
        "workshop", "create", folder, "--exploration", "--title", "Proef", "--database", database,
        "--address", "https://wegen.test/", "--lang", "en",
    )  # fmt: skip
    secrets = re.findall(r"https://wegen\.test/staff#(\S+)", done.stdout)

    assert done.exit_code == 0, done.output
    with open_store(database) as store:
        (state,) = store.workshops()
        roles = [store.staff(secret).role for secret in secrets]
        bodies = [str(one.body) for one in store.records(state.id)]
    assert (state.title, state.language, state.exploration) == ("Proef", "en", True)
    assert roles == ["facilitator", "reader"]
    assert state.room_code in done.stdout
    assert not [secret for secret in secrets if any(secret in body for body in bodies)]


def test_a_folder_with_faults_begins_nothing(tmp_path):
    database = f"sqlite:///{tmp_path / 'evening.db'}"
    done = run("workshop", "create", bundled_scenarios() / "frameworks", "--database", database)

    assert done.exit_code == 1
    assert not (tmp_path / "evening.db").exists()
