import pytest
from tests.process.conftest import Log as EveningLog

from waardeweging.problem.errors import InputError
from waardeweging.process import workshop as process
from waardeweging.process.answers import QUESTIONS, Given
from waardeweging.process.events import Rules
from waardeweging.process.project import events as e
from waardeweging.process.project import sessions
from waardeweging.process.steps import NAMES as process_steps


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


@pytest.mark.parametrize("code", ["Vogelbuurt", "BU0193", "GM01930506", "BU01930506 of 07"])
def test_a_neighbourhood_has_a_code_of_cbs_or_none(code):
    with pytest.raises(InputError) as caught:
        sessions.begin("Berkum", language="nl", neighbourhood=code, exploration=False)

    assert (caught.value.code, caught.value.found) == ("project.code", code)
    assert caught.value.where.field == "neighbourhood"


@pytest.mark.parametrize("code", ["", "GM0193", "WK019305", "BU01930506"])
def test_a_code_may_be_of_a_neighbourhood_a_district_or_a_municipality(code):
    (event,) = sessions.begin("Berkum", language="nl", neighbourhood=code, exploration=False)

    assert event.body["neighbourhood"] == code


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
    shown = few.model_copy(update={"weights": {"residents": {"K1": 100}}})
    refused("project.few", sessions.record_weights, held.state, shown)
    graded = few.model_copy(update={"acceptance": {"residents": {"S2": 0.5}}})
    refused("project.few", sessions.record_weights, held.state, graded)
    assert held.do(sessions.record_weights, few).sessions["one"].weighed == few


@pytest.mark.parametrize(
    "fields",
    [
        {"newcomers": {"residents": 0.5}},
        {"stayed": {"residents": 0.5}},
        {"matches": {"leeftijd": 0.8}},
    ],
)
def test_who_took_part_is_told_of_five_or_more_and_coarsely(held, fields):
    refused(
        "project.few",
        sessions.record_weights,
        held.state,
        weighed("one", 4).model_copy(update=fields),
    )
    found = weighed("one", 24).model_copy(update=fields | {"newcomers": {"residents": 1 / 24}})
    kept = held.do(sessions.record_weights, found).sessions["one"].weighed
    assert kept.newcomers == {"residents": 0.05}
    assert kept.matches == found.matches


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


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("project.number", {"value": 1.1}),
        ("project.unknown", {"moment": "somewhere"}),
        ("project.side", {"side": "business"}),
    ],
)
def test_an_observation_is_on_its_scale_at_a_moment_of_a_side(log, code, change):
    seen = e.IndicatorObserved(
        indicator="took_part", moment="t0", side="residents", value=0.4, grounds="Telling."
    )
    refused(code, sessions.observe, log.state, seen.model_copy(update=change))


def test_a_moment_is_measured_once_it_told_something(log):
    log.do(sessions.record_cooperation, measured(24, 3.5))
    log.do(sessions.record_cooperation, measured(24, 3.5))
    refused("project.measured", sessions.record_cooperation, log.state, measured(25, 4.0))


def evening(answers, side="residents", *, seen=True):
    """A workshop with only the sheet about working together, closed, and what was answered."""
    log = EveningLog()
    log.do(process.open_sheet, "cooperation", None, EVENING)
    given = []
    for place, trust in enumerate(answers):
        log.submit("cooperation", side)
        payload = {"answers": dict.fromkeys(QUESTIONS, 4) | {"trust": trust}}
        given.append(Given(f"p{place}", side, "", payload))
    log.do(process.close, "cooperation")
    if seen:
        log.do(process.show, process_steps.index("cooperation"), "answers")
    return log, given


EVENING = "2026-11-23T19:00:00.000Z"


def made(log, given, **named):
    return sessions.measured(
        log.state, log.records, given, moment="t0", label="Begin", day="2026-11-23", **named
    )


def test_answers_become_means_in_steps_of_a_half(log):
    found = made(*evening([1, 2, 2, 3, 3, None]))

    assert found.counted == {"residents": 6, "municipality": 0}
    # 11 / 5 = 2.2 reads 2; 4 people of a side with nobody read nothing.
    assert found.means["residents"] == dict.fromkeys(QUESTIONS, 4) | {"trust": 2}
    assert set(found.means["municipality"].values()) == {None}
    assert log.do(sessions.record_cooperation, found).measurements["t0"] == found


def test_means_wait_for_as_many_people_as_the_members_or_the_evening_agreed(log):
    evening_log, given = evening([1, 2, 2, 3, 3, None])

    assert made(evening_log, given, fewest=6).means["residents"]["trust"] is None
    assert made(evening_log, given, fewest=6).means["residents"]["voice"] == 4
    evening_log.do(process.set_rules, Rules(fewest=7))
    assert set(made(evening_log, given).means["residents"].values()) == {None}


def test_figures_wait_for_the_close_and_for_what_the_hall_saw():
    refused("project.not_shown", made, *evening([1, 2, 2, 3, 3, 3], seen=False))
    log, given = evening([1, 2, 2, 3, 3, 3])
    assert made(log, given).counted["residents"] == 6
    log.do(process.reopen, "cooperation", "Nog iemand.", EVENING)
    refused("workshop.not_closed", made, log, given)
    log.submit("cooperation")
    log.do(process.close, "cooperation")
    refused("project.changed_since", made, log, given)


def test_lessons_and_harvest_are_written_down(held):
    refused("project.no_text", sessions.learn, held.state, "l", " ")
    assert held.do(sessions.learn, "l", "Begin met soep.").lessons["l"].text == "Begin met soep."
    found = e.Harvested(id="h", session="one", criterion="S1", text="Stilte telt.")
    assert held.do(sessions.harvest, found).harvest["h"] == found
    empty = found.model_copy(update={"text": ""})
    refused("project.no_text", sessions.harvest, held.state, empty)


def test_the_result_of_a_session_stays(held):
    held.do(sessions.record_weights, weighed("one", residents={"K1": 100}))
    refused("project.weighed", sessions.record_weights, held.state, weighed("one"))


def test_a_session_is_added_once_and_known_before_it_has_a_result(held):
    refused("project.taken", sessions.add, held.state, "one", "workshop", "x", "2026-02-02")
    refused("project.unknown", sessions.record_weights, held.state, weighed("three"))
