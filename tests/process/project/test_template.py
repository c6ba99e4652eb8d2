import pytest

from waardeweging.problem.errors import InputError, faults_in
from waardeweging.process.deciding import one
from waardeweging.process.events import Note, StaffLinked
from waardeweging.process.project import agreements, inputs, kaders, people, sessions
from waardeweging.process.project import events as e
from waardeweging.process.project.drafting import Draft
from waardeweging.process.project.state import Project
from waardeweging.process.project.template import begin_with, read_template, template_of, written

CANARY = "Kanarie"
DAY = "2031-07-19"


def full(log):
    """A project in which everything that may not travel says so."""
    log.fill()
    log.line("gem", level="municipality", owner="raad", source="besluit")
    log.line("wijk", overrides="gem", reason="Oude huizen.", owner="bewoners")
    log.do(kaders.write_goal, "warm", "Warm.", "long")
    log.do(kaders.write_goal, "weg", "Weg.", "long")
    log.do(kaders.drop_goal, "weg", CANARY)
    log.adopt("half")
    actor = {"id": "st", "label": "Stichting", "side": "residents", "delegate": True}
    log.do(people.write_actor, e.ActorWritten(**actor, mandate=CANARY, contact=CANARY))
    log.do(people.write_actor, e.ActorWritten(id="pt", label="Programma", side="municipality"))
    log.do(people.write_talk, "t", ["st", "pt"], CANARY)
    log.do(people.invite, "i", CANARY, DAY, ["residents"], ["st"])
    log.do(people.choose_facilitator, CANARY, ["residents"], True, DAY)
    log.do(people.pair, "d", CANARY, CANARY)
    given = e.InputGiven(id="v", about="question", side="residents", text=CANARY, source=CANARY)
    log.do(inputs.give, given)
    log.do(inputs.answer, "v", "adopted", CANARY)
    agreed = {"id": "a", "what": CANARY, "who": CANARY, "contact": CANARY, "due": DAY}
    log.do(agreements.write, e.AgreementWritten(**agreed))
    log.do(agreements.write_moment, e.MomentWritten(id="m", what="Besluit", day="2026-02-01"))
    log.do(
        agreements.write_moment,
        e.MomentWritten(id="m", what="Besluit", day="2026-03-01", reason=CANARY, decides="raad"),
    )
    log.do(agreements.write_moment, e.MomentWritten(id="eerder", what="Voor", day="2025-03-01"))
    decision = {"id": "b", "what": CANARY, "reason": CANARY, "owner": CANARY, "day": DAY}
    log.do(agreements.decide, e.DecisionTaken(**decision, losing=CANARY))
    log.do(sessions.add, "s", "workshop", CANARY, DAY)
    log.do(sessions.learn, "l", CANARY)
    log.do(sessions.harvest, e.Harvested(id="o", session="s", text=CANARY))
    log.keep(one(Note, text=CANARY))
    log.keep(one(StaffLinked, role="residents", expires=f"{DAY}T09:00:00.000Z"))
    return log.state


def test_nothing_of_people_votes_input_agreements_or_dates_travels_along(log):
    text = written(template_of(full(log)))

    assert CANARY not in text
    assert DAY not in text
    assert not {"2026", "contact", "mandate", "agree", "because"} & set(text.split())
    assert "Stichting" in text


def test_a_template_begins_another_project_that_votes_anew(log, tmp_path):
    path = tmp_path / "t.toml"
    path.write_text(written(template_of(full(log))), encoding="utf-8")
    read = read_template(path)
    draft = Draft(Project(id="q"))
    at = "2027-01-01T09:00:00.000Z"

    for begin in begin_with(read, "2027-01-01"):
        draft.keep(begin.by, at, begin.decide(draft.state))

    state = draft.state
    assert [line.id for line in kaders.overrides(state)] == ["wijk"]
    assert set(state.kaders) == set(log.state.kaders)
    assert (state.adopted, state.sheet_votes, state.inputs) == ((), {}, {})
    assert {name: one.suggested for name, one in state.rules.items()} == {
        "half": log.state.rules["half"].suggested
    }
    assert list(state.goals) == ["warm"]
    assert state.moments["m"].day == "2027-02-18"
    assert [record.by for record in draft.records if record.kind == "rule_suggested"] == [
        "residents"
    ]


def test_a_line_whose_higher_line_is_gone_stands_by_itself(log):
    log.line("gem", level="municipality")
    log.line("wijk", overrides="gem", reason="Oude huizen.")
    log.do(kaders.drop, "gem", "Niet meer nodig.")

    (line,) = template_of(log.state).kaders

    assert (line.id, line.overrides, line.reason) == ("wijk", None, "")


def test_a_template_has_no_place_for_a_contact_or_a_vote(tmp_path):
    path = tmp_path / "t.toml"
    path.write_text(
        'title = "T"\nvotes = 3\n'
        '[[roles]]\nid = "r"\nlabel = "R"\nside = "residents"\ncontact = "06"\n',
        encoding="utf-8",
    )

    with pytest.raises(ExceptionGroup) as caught:
        read_template(path)

    assert [(one.code, one.where.field) for one in faults_in(caught.value)] == [
        ("field.unknown", "votes"),
        ("field.unknown", "contact"),
    ]


def test_a_template_that_cannot_begin_a_project_is_refused_at_once(tmp_path):
    path = tmp_path / "t.toml"
    line = '[[kaders]]\nid = "a"\nsheet = "actors"\ntopic = "promise"\ntext = "x"\nvalue = "talk"\n'
    path.write_text(f'title = "T"\n{line}', encoding="utf-8")

    with pytest.raises(InputError) as caught:
        read_template(path)

    assert (caught.value.code, caught.value.where.row) == ("project.rung", "kaders a")
    path.write_text('title = "T"\nkaders = 3\n', encoding="utf-8")
    with pytest.raises(ExceptionGroup) as group:
        read_template(path)
    assert [one.code for one in faults_in(group.value)] == ["template.section"]


def test_a_template_keeps_its_titles_in_both_languages(tmp_path):
    path = tmp_path / "t.toml"
    path.write_text('title = { nl = "A", en = "B" }\nlanguage = "en"\n', encoding="utf-8")
    first = read_template(path)
    path.write_text(written(first), encoding="utf-8")

    assert read_template(path) == first
    assert (first.title["nl"], first.title["en"]) == ("A", "B")
