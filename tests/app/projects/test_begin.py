import re

from typer.testing import CliRunner

from waardeweging.cli import main
from waardeweging.store import open_store


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_command_begins_a_project_and_prints_a_link_per_role_once(tmp_path):
    database = f"sqlite:///{tmp_path / 'project.db'}"
    done = run(
        "project", "create", "Berkum", "--neighbourhood", "BU01930506", "--exploration",
        "--database", database, "--address", "https://wegen.test/", "--lang", "en",
    )  # fmt: skip
    secrets = re.findall(r"https://wegen\.test/staff#(\S+)", done.stdout)

    assert done.exit_code == 0, done.output
    with open_store(database) as store:
        (state,) = store.projects()
        roles = [store.staff(secret).role for secret in secrets]
        bodies = [str(one.body) for one in store.records(state.id)]
    assert (state.title, state.language) == ("Berkum", "en")
    assert (state.neighbourhood, state.exploration) == ("BU01930506", True)
    assert roles == ["administrator", "residents", "municipality"]
    assert not [secret for secret in secrets if any(secret in body for body in bodies)]


def test_without_a_title_nothing_begins(tmp_path):
    database = f"sqlite:///{tmp_path / 'project.db'}"
    done = run("project", "create", "  ", "--database", database)

    assert done.exit_code == 1
    with open_store(database) as store:
        assert store.projects() == ()
