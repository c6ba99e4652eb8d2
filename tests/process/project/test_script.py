import re

import pytest

from waardeweging.problem.errors import InputError, faults_in
from waardeweging.process.chain import broken
from waardeweging.process.project import events as e
from waardeweging.process.project.script import FILE, play, read_script
from waardeweging.process.project.script_steps import Held
from waardeweging.process.project.state import Project
from waardeweging.process.streams import replay

HEAD = 'id = "p"\ntitle = "Proef"\nday = 2026-01-12\n'


class Outside:
    """Files, results and choices that a test makes up."""

    cooperation: e.CooperationMeasured | None = None

    def files(self, folder, state):
        return {"framework.toml": "0" * 64}

    def held(self, step, state):
        assert step.asked.id in state.sessions
        weighed = e.SessionWeighed(
            id=step.asked.id, counted={"residents": 9}, weights={"residents": {"k": 100}}, first=[]
        )
        return Held(weighed, self.cooperation)

    def chosen(self, folder):
        return ["Isolatieteam", "Folder"]


@pytest.fixture
def script(tmp_path):
    def read(steps, head=HEAD):
        (tmp_path / FILE).write_text(head + steps, encoding="utf-8")
        (tmp_path / "avond").mkdir(exist_ok=True)
        return read_script(tmp_path)

    return read


def step(do, day="2026-01-13", by="municipality", more=""):
    return f'[[steps]]\nday = {day}\nby = "{by}"\ndo = "{do}"\n{more}\n'


def faults(read, *arguments):
    with pytest.raises((InputError, ExceptionGroup)) as caught:
        read(*arguments)
    return [(one.code, str(one.where)) for one in faults_in(caught.value)]


def test_a_script_becomes_a_chain_that_holds_and_is_the_same_every_time(script):
    goal = 'id = "g"\nhorizon = "short"\ntext = "Warm in 2035."\n'
    read = script(step("goal_written", more=goal) + step("note", more='text = "Zo."'))

    once, again = play(read, Outside()), play(read, Outside())

    assert once == again
    assert broken(once.records) is None
    assert replay(Project, once.records) == once.state
    assert [(one.at, one.by, one.kind) for one in once.records] == [
        ("2026-01-12T09:00:00.000Z", "administrator", "project_began"),
        ("2026-01-13T09:00:01.000Z", "municipality", "goal_written"),
        ("2026-01-13T09:00:02.000Z", "municipality", "note"),
    ]


def test_an_event_with_a_day_and_sides_of_its_own_has_names_for_them(script):
    invited = 'id = "i"\nwhat = "Aftrap"\non = 2026-02-01\nsides = ["residents", "municipality"]\n'
    decided = 'id = "b"\nwhat = "Ja"\nreason = "Goed"\nowner = "raad"\n'
    read = script(step("invited", more=invited) + step("decision_taken", more=decided))

    state = play(read, Outside()).state

    assert (state.invitations["i"].day, state.invitations["i"].by) == (
        "2026-02-01",
        ["municipality", "residents"],
    )
    assert state.decisions["b"].day == "2026-01-13"


def test_sessions_files_and_choices_come_from_outside(script):
    session = 'id = "a"\nlabel = "Avond"\nfolder = "avond"\n'
    chosen = (
        'id = "c"\nfolder = "avond"\nwhat = "Eerst: {chosen}."\nreason = "Past."\nowner = "x"\n'
    )
    outside = Outside()
    outside.cooperation = e.CooperationMeasured(
        id="a", label="Avond", day="2026-01-13", counted={"residents": 9}, means={}
    )
    read = script(
        step("files_kept", more='folder = "avond"')
        + step("workshop", more=session)
        + step("select", more=chosen)
    )

    state = play(read, outside).state

    assert state.sessions["a"].weighed.weights == {"residents": {"k": 100}}
    assert list(state.measurements) == ["a"]
    assert state.decisions["c"].what == "Eerst: Isolatieteam, Folder."
    assert state.files[0].kept.files == {"framework.toml": "0" * 64}


def test_every_fault_of_a_script_is_named_by_step_and_field(script):
    steps = (
        step("goal_written", more='id = "g"\nhorizon = "soon"\n')
        + step("dance", by="mayor")
        + step("note", day="2026-01-01", more='text = "Zo."')
        + step("note", day='"some day"', more="text = 3")
        + step("invited", more='id = "i"\nwhat = "x"\non = "May"\nsides = ["residents"]\n')
        + step("workshop", more='id = "a"\nlabel = "x"\nfolder = "nowhere"\ncooperation = "x.csv"')
        + "[[steps]]\n"
    )

    assert faults(script, steps) == [
        ("field.missing", "project.toml, steps 1 goal_written, field 'text'"),
        ("field.choice", "project.toml, steps 1 goal_written, field 'horizon'"),
        ("script.unknown", "project.toml, steps 2 dance, field 'do'"),
        ("script.unknown", "project.toml, steps 2 dance, field 'by'"),
        ("script.order", "project.toml, steps 3 note, field 'day'"),
        ("field.day", "project.toml, steps 4 note, field 'day'"),
        ("field.text", "project.toml, steps 4 note, field 'text'"),
        ("field.day", "project.toml, steps 5 invited, field 'on'"),
        ("script.unknown", "project.toml, steps 7, field 'do'"),
        ("script.absent", "project.toml, steps 6 workshop, field 'folder'"),
        ("script.absent", "project.toml, steps 6 workshop, field 'cooperation'"),
    ]


@pytest.mark.parametrize(
    ("head", "steps"),
    [
        ('id = "p"\ntitle = "x"\nday = 2026-01-12\n', "steps = 3\n"),
        ('id = "p"\ntitle = "x"\n', step("note", more='text = "Zo."')),
        (HEAD, "steps = [3]\n"),
    ],
)
def test_a_file_that_is_no_script_is_refused(script, head, steps):
    assert faults(script, steps, head)


def test_a_folder_cannot_lead_elsewhere(script):
    more = 'id = "a"\nlabel = "x"\nfolder = "../avond"\n'

    assert faults(script, step("workshop", more=more)) == [
        ("field.wrong", "project.toml, steps 1 workshop, field 'folder'")
    ]


def test_a_step_that_is_refused_is_named(script):
    read = script(step("rule_voted", more='id = "{r}"\nside = "residents"\nagree = 1\nof = 2\n'))

    with pytest.raises(InputError) as caught:
        play(read, Outside())

    assert caught.value.code == "project.unknown"
    assert str(caught.value.where) == "project.toml, steps 1 rule_voted, field '{r}'"


@pytest.mark.parametrize("day", ["9999-99-99", "2026-02-30", "0001-01-01", "２０２６-01-01"])
def test_a_day_that_is_no_day_is_refused(script, day):
    steps = step("note", day=f'"{day}"', more='text = "Zo."')

    assert faults(script, steps) == [("field.day", "project.toml, steps 1 note, field 'day'")]


def test_a_language_that_is_not_spoken_is_refused(script):
    found = faults(script, step("note", more='text = "Zo."'), HEAD + 'language = "=cmd"\n')

    assert found == [("field.choice", "project.toml, field 'language'")]


def test_a_project_without_a_name_is_refused_with_its_file(script):
    head = re.sub('title = ".*"', 'title = ""', HEAD)
    with pytest.raises(InputError) as caught:
        play(script(step("note", more='text = "Zo."'), head), Outside())

    assert str(caught.value.where) == "project.toml, field 'title'"
