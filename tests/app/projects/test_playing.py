"""The neighbourhood project that comes with the program, from first kaders to agreements."""

import shutil
from functools import cache

import pytest

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.analysis.scenario_in_files import scenario_in
from waardeweging.app.projects.playing import InFolders, Progress, play_into
from waardeweging.elicitation.ballots import SIDES
from waardeweging.problem.errors import InputError
from waardeweging.process.canonical import canonical
from waardeweging.process.chain import broken
from waardeweging.process.project import agreements, inputs, kaders, people, sessions
from waardeweging.process.project import events as e
from waardeweging.process.project.script import play, read_script
from waardeweging.process.project.state import Project
from waardeweging.process.streams import replay
from waardeweging.store import open_store

FOLDER = bundled_scenarios() / "buurtproject"
TODAY = "2026-11-23"
# Ids and moments that a store draws for itself.
_DRAWN = ("id", "session", "moment", "expires")


@cache
def played():
    return play(read_script(FOLDER), InFolders(FOLDER, "nl"))


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('store')}/p.db"
    told: list[Progress] = []
    with open_store(url, floor=0) as store:
        yield store, play_into(store, FOLDER, told.append), told


def test_the_state_that_is_rebuilt_is_the_one_that_was_kept():
    found = played()

    assert broken(found.records) is None
    assert replay(Project, found.records) == found.state


def test_everything_that_can_happen_in_a_project_happens():
    assert {record.kind for record in played().records} == set(e.EVENTS)


def test_it_is_marked_as_made_up():
    state = played().state

    scenario = scenario_in(InFolders(FOLDER, "nl").contents("avond-1", state))

    assert "verzonnen" in state.title
    assert "verzonnen" in scenario.title["nl"]
    assert "made up" in scenario.title["en"]


def test_the_kaders_have_two_frozen_versions_and_depart_with_reasons():
    state = played().state

    assert [one.number for one in state.versions] == [1, 2]
    assert state.versions[1].reason
    assert {one.overrides for one in kaders.overrides(state)} == {"gem-lasten", "gem-rondes"}
    assert state.is_frozen
    assert (state.exploration, state.public) == (False, True)
    assert len(state.goals["warm"].versions) == 2
    assert state.goals["wijkblad"].dropped


def test_a_rule_that_one_side_rejects_is_not_adopted():
    state = played().state

    assert state.rules["bindend"].votes.agree == {"residents": 12, "municipality": 1}
    assert [one.id for one in state.adopted] == ["half", "vijf", "anoniem", "stop"]


def test_input_gets_every_kind_of_answer_and_some_is_late():
    state = played().state
    answers = {one.status for one in state.inputs.values()}

    assert answers == {"adopted", "partly", "declined", "assigned"}
    late = [name for name, one in state.inputs.items() if inputs.is_late(one, TODAY)]
    assert late == ["i-geluid", "i-vergunning"]


def test_a_claim_about_a_performance_travels_as_a_range():
    state, outside = played().state, InFolders(FOLDER, "nl")
    before, after = (
        {(c.alternative, c.criterion): c for row in scenario_in(files).problem.cells for c in row}[
            "warmtebedrijf", "maandlasten"
        ]
        for files in (
            outside.contents("avond-1", Project(id="p")),
            outside.contents("avond-2", state),
        )
    )

    assert (before.mid, before.high) == (210, 235)
    assert (after.mid, after.high) == (210, 255)
    assert len(state.files) == 2


def test_people_are_connected_and_third_parties_have_no_share():
    state = played().state

    assert people.is_joint(state.invitations["aftrap"])
    assert set(state.facilitator.by) == set(SIDES)
    assert state.actors["stichting"].delegate
    assert {one.share for one in state.actors.values()} == {0.0}
    assert people.unconnected(state) == ("netbeheerder",)
    assert len(state.buddies) == 2


def test_two_evenings_and_a_consultation_were_weighed_and_can_be_compared():
    state = played().state
    gatherings = [one.added.gathering for one in state.sessions.values()]
    moved = sessions.drift(state)["residents"]["zeggenschap"]

    assert gatherings == ["workshop", "workshop", "consultation"]
    assert len(moved) == 3
    assert None not in moved
    assert list(state.measurements) == ["t0", "avond-1", "avond-2", "afterwards"]


def test_one_decision_departs_from_the_advice_and_initiatives_were_chosen():
    decided = played().state.decisions

    assert [one.id for one in decided.values() if one.departs] == ["b-raad"]
    assert "Oprichting van het warmteschap" in decided["b-initiatieven"].what


def test_agreements_stand_in_every_way():
    state = played().state
    progress = {one.written.status for one in state.agreements.values()}

    assert progress == set(e.PROGRESS)
    assert [one.written.id for one in agreements.overdue(state, TODAY)] == ["a-vergunning"]
    assert [one.id for one in agreements.ahead(state, TODAY)] == ["m-herijking"]


@pytest.mark.slow
def test_a_store_keeps_the_same_story_with_real_workshops(kept):
    store, found, _ = kept
    records = store.records(found.state.id)

    assert replay(Project, records) == found.state
    assert [_plain(one) for one in records] == [_plain(one) for one in played().records]
    assert store.integrity().faults == ()
    for name in ("avond-1", "avond-2"):
        evening = store.workshop(found.sessions[name])
        assert evening.kaders.fingerprint is not None
        assert evening.unlinked
        assert evening.sheets["round-1"].submitted["residents"] >= 12
        answers = [one for one in store.records(evening.id) if one.kind == "submitted"]
        assert {one.by for one in answers} == {"invented"}


@pytest.mark.slow
def test_links_of_a_played_project_open_it_and_a_withdrawn_one_does_not(kept):
    store, found, told = kept

    assert set(found.links) == {"administrator", "residents", "municipality"}
    assert {store.staff(one).role for one in found.links.values()} == set(found.links)
    assert told[-1].done == told[-1].total


def test_nothing_is_written_when_a_step_will_be_refused(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "story")
    path = tmp_path / "story" / "project.toml"
    wrong = path.read_text(encoding="utf-8").replace("agree = 6\nof = 7", "agree = 3\nof = 7")
    path.write_text(wrong, encoding="utf-8")

    with open_store(f"sqlite:///{tmp_path}/p.db", floor=0) as store:
        with pytest.raises(InputError) as caught:
            play_into(store, tmp_path / "story")
        # Without a majority for the rule about stopping, the sheet about the process has a gap.
        assert caught.value.code == "project.sheet_gaps"
        assert str(caught.value.where.row).endswith("sheet_voted")
        assert (store.projects(), store.workshops()) == ((), ())


def test_a_choice_that_no_package_allows_is_refused(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "story")
    path = tmp_path / "story" / "initiatieven" / "selection.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("= 170000", "= 100"), encoding="utf-8")

    with pytest.raises(InputError) as caught:
        InFolders(tmp_path / "story", "en").chosen("initiatieven")

    assert caught.value.code == "script.no_package"


def test_names_in_the_chain_are_in_the_language_of_the_project():
    assert "Founding the heat community" in InFolders(FOLDER, "en").chosen("initiatieven")


def _plain(record):
    """What a record says, without what a store draws."""
    body = {name: one for name, one in record.body.items() if name not in _DRAWN}
    return record.kind, record.by, record.at, canonical(body)
