import pytest

from waardeweging.problem.errors import InputError
from waardeweging.process.project import events as e
from waardeweging.process.project import sessions


def refused(code, decide, *arguments, **named):
    with pytest.raises(InputError) as caught:
        decide(*arguments, **named)
    assert caught.value.code == code


def weighed(name, people=24, **weights):
    return e.SessionWeighed(
        id=name, counted={"residents": people, "municipality": 6}, weights=weights, first=["S2"]
    )


@pytest.fixture
def held(log):
    log.do(sessions.add, "one", "workshop", "Avond 1", "2026-02-02")
    log.do(sessions.add, "two", "consultation", "Wijkraadpleging", "2026-03-02")
    return log


def test_a_project_has_a_title(log):
    refused(
        "project.no_title", sessions.begin, " ", language="nl", neighbourhood="", exploration=False
    )
    refused("project.no_title", sessions.announce, log.state, "", exploration=False, public=True)
    state = log.do(sessions.announce, "Berkum warm", exploration=True, public=True)
    assert (state.title, state.exploration, state.public) == ("Berkum warm", True, True)


def test_weights_over_sessions_show_the_drift(held):
    assert sessions.drift(held.state) == {}
    held.do(sessions.record_weights, weighed("one", residents={"K1": 60, "S1": 40}))
    state = held.do(
        sessions.record_weights, weighed("two", residents={"K1": 45}, municipality={"K1": 70})
    )
    assert sessions.drift(state) == {
        "residents": {"K1": (60, 45), "S1": (40, None)},
        "municipality": {"K1": (None, 70)},
    }


def test_a_side_of_fewer_than_five_is_left_out(held):
    few = weighed("one", people=4)
    assert held.do(sessions.record_weights, few).sessions["one"].weighed == few
    shown = few.model_copy(update={"weights": {"residents": {"K1": 100}}})
    refused("project.few", sessions.record_weights, held.state, shown)
    graded = few.model_copy(update={"acceptance": {"residents": {"S2": 0.5}}})
    refused("project.few", sessions.record_weights, held.state, graded)


def measured(count, mean):
    return e.CooperationMeasured(
        id="t0",
        label="Begin",
        day="2026-01-12",
        counted={"residents": count},
        means={"residents": {"trust": mean}},
    )


def test_answers_about_working_together_are_kept_of_five_or_more(log):
    refused("project.few", sessions.record_cooperation, log.state, measured(4, 3.5))
    log.do(sessions.record_cooperation, measured(4, None))
    state = log.do(sessions.record_cooperation, measured(5, 3.5))
    assert state.measurements["t0"].means == {"residents": {"trust": 3.5}}


def test_an_observation_says_how_it_is_known(log):
    seen = e.IndicatorObserved(
        indicator="took_part", moment="t0", side="residents", value=0.4, grounds=""
    )
    refused("project.grounds", sessions.observe, log.state, seen)
    state = log.do(sessions.observe, seen.model_copy(update={"grounds": "Telling aan de deur."}))
    assert state.observations["took_part", "t0", "residents"].value == 0.4


def test_lessons_and_harvest_are_written_down(held):
    refused("project.no_text", sessions.learn, held.state, "l", " ")
    assert held.do(sessions.learn, "l", "Begin met soep.").lessons["l"].text == "Begin met soep."
    found = e.Harvested(id="h", session="one", criterion="S1", text="Stilte telt.")
    assert held.do(sessions.harvest, found).harvest["h"] == found
    empty = found.model_copy(update={"text": ""})
    refused("project.no_text", sessions.harvest, held.state, empty)


def test_a_session_is_added_once_and_known_before_it_has_a_result(held):
    refused("project.taken", sessions.add, held.state, "one", "workshop", "x", "2026-02-02")
    refused("project.unknown", sessions.record_weights, held.state, weighed("three"))
