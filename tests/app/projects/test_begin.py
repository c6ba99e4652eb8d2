import re

import pytest
from typer.testing import CliRunner

from waardeweging.app.projects.begin import begin
from waardeweging.cli import main
from waardeweging.problem.errors import InputError
from waardeweging.process.project.template import Goal, Template
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
    assert not (tmp_path / "project.db").exists()


def test_a_template_that_does_not_fit_leaves_no_project_and_no_link(store):
    twice = Goal(id="warm", text="Warm", horizon="long")
    blank = Goal(id="leeg", text=" ", horizon="long")
    template = Template(title={"nl": "Half", "en": "Half"}, goals=(twice, blank))

    with pytest.raises(InputError, match="goals leeg"):
        begin(store, "Wijk", language="nl", neighbourhood="", exploration=True, template=template)
    assert store.projects() == ()


def test_a_project_begins_with_its_template_before_its_links(store):
    goal = Goal(id="warm", text="Warm in 2040", horizon="long")
    template = Template(title={"nl": "Doel", "en": "Goal"}, goals=(goal,))
    begun = begin(
        store, " Wijk ", language="en", neighbourhood=" bu01930506 ", exploration=False,
        template=template, by="facilitator",
    )  # fmt: skip

    records = store.records(begun.state.id)
    assert begun.state == store.project(begun.state.id)
    assert (begun.state.title, begun.state.neighbourhood) == ("Wijk", "BU01930506")
    assert [(one.kind, one.by) for one in records] == [
        ("project_began", "facilitator"), ("goal_written", "administrator"),
        *[("staff_linked", "facilitator")] * 3,
    ]  # fmt: skip
    assert store.staff(begun.residents).role == "residents"
