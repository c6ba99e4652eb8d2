"""The twelve indicators over a project: what follows from the log, was asked, or was seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.process.project.conftest import Log

from waardeweging.elicitation.ballots import SIDES
from waardeweging.process.answers import QUESTIONS
from waardeweging.process.deciding import one
from waardeweging.process.project import events as e
from waardeweging.process.project import inputs, kaders, people, rules, sessions
from waardeweging.process.project.indicator_rows import JOINT
from waardeweging.process.project.indicators import indicators

TODAY = "2026-04-01"
FIRST, SECOND = "2026-02-02", "2026-03-02"


def at(day):
    return f"{day}T19:00:00.000Z"


def table(log, today=TODAY, **given):
    return {
        ".".join(filter(None, (row.indicator, row.measure, row.about))): row
        for row in indicators(log.state, log.records, today, **given)
    }


def values(row, side=JOINT):
    return [cell.value for cell in row.cells[side]]


def asked(moment, day, trust=(3.0, 3.0), people=(24, 6)):
    return e.CooperationMeasured(
        id=moment,
        label="Avond",
        day=day,
        counted=dict(zip(SIDES, people, strict=True)),
        means={side: {"trust": mean} for side, mean in zip(SIDES, trust, strict=True)},
    )


def weighed(name, people=(24, 6), **fields):
    return e.SessionWeighed(
        id=name,
        counted=dict(zip(SIDES, people, strict=True)),
        weights={
            "residents": {"K1": 30, "S1": 50, "C1": 20},
            "municipality": {"K1": 50, "S1": 30, "C1": 20},
        },
        first=["S2"],
        **fields,
    )


@pytest.fixture
def held(log):
    log.do(sessions.add, "one", "workshop", "Avond 1", FIRST)
    log.do(sessions.add, "two", "workshop", "Avond 2", SECOND)
    return log


def test_all_twelve_are_there_before_anything_happened(log):
    rows = indicators(log.state, log.records, TODAY)

    assert {row.indicator for row in rows} == set(e.INDICATORS)
    told = [row for row in rows if not row.is_empty]
    assert {row.indicator for row in told} == {"equal_weight", "say", "facilitation"}
    assert all(set(values(row, side)) <= {0, None} for row in told for side in row.cells)
    assert len({row.indicator for row in rows if row.is_empty}) == 9
    assert sum(row.is_empty for row in rows) == 9


def test_moments_run_from_the_start_over_the_sessions_to_half_a_year_later(held):
    found = table(held)["say.steps"]

    assert [(one.id, one.day) for one in found.moments] == [
        ("t0", "2026-01-12"),
        ("one", FIRST),
        ("two", SECOND),
        ("now", TODAY),
        ("afterwards", "2026-08-31"),
    ]
    assert found.cells["residents"][-1].missing == "not_yet"


def test_a_moment_tells_what_the_log_said_by_then(held):
    held.do(rules.suggest, "half", "residents", "share", "0,5", "Gelijk.", at=at("2026-02-01"))
    held.do(rules.vote, "half", "residents", 20, 24, at=at("2026-02-01"))
    held.do(rules.vote, "half", "municipality", 5, 6, at=at("2026-02-20"))
    found = table(held)

    assert values(found["say.steps"], "residents") == [0, 2, 3, 3, None]
    assert values(found["say.steps"], "municipality") == [0, 0, 1, 1, None]
    assert values(found["say.adopted"], "residents") == [None, 0, 1, 1, None]
    assert {cell.missing for cell in found["say.adopted"].cells["municipality"]} == {
        "no_cases",
        "not_yet",
    }
    assert values(found["equal_weight.steps"]) == [0, 1, 3, 3, None]
    assert found["say.steps"].gaps == (0, 2, 2, 2, None)
    assert found["say.steps"].gap == 2


def test_equal_weight_is_complete_once_frozen_and_both_sides_weighed(held):
    held.adopt("half")
    held.fill()
    held.agree()
    held.do(kaders.freeze)
    assert values(table(held)["equal_weight.steps"]) == [3, 3, 3, 3, None]
    # The result counts for the day of its session, also when it came in later.
    held.do(sessions.record_weights, weighed("two"))
    assert values(table(held)["equal_weight.steps"]) == [3, 3, 4, 4, None]


def test_the_widest_gap_stands_first_but_not_one_that_rests_on_a_single_case(log):
    log.do(sessions.record_cooperation, asked("t0", "2026-01-12", trust=(2.0, 4.0)))
    for side in SIDES:
        for place in range(4):
            text = e.InputGiven(id=f"{side}{place}", about="worry", side=side, text="Geluid.")
            log.do(inputs.give, text)
    for place in range(4):
        log.do(inputs.answer, f"municipality{place}", "adopted", "Ja.", at=at("2026-01-13"))
    log.do(inputs.answer, "residents0", "adopted", "Ja.", at=at("2026-01-22"))
    rows = indicators(log.state, log.records, TODAY)

    assert [(row.indicator, row.measure) for row in rows[:2]] == [
        ("follow_through", "answered"),
        ("trust", "asked"),
    ]
    assert [row.wideness for row in rows[:3]] == [0.75, 0.5, 0]
    assert table(log)["follow_through.days"].gap == 9
    for place in (1, 2):
        log.do(inputs.answer, f"residents{place}", "adopted", "Ja.", at=at("2026-01-22"))
    days = indicators(log.state, log.records, TODAY)[0]
    assert (days.measure, round(days.wideness, 3)) == ("days", 0.9)


def test_trust_is_also_told_as_change_since_the_start(held):
    held.do(sessions.record_cooperation, asked("t0", "2026-01-12", (2.0, 3.0)))
    held.do(sessions.record_cooperation, asked("one", FIRST, (3.5, 2.5)))
    held.do(sessions.record_cooperation, asked("two", SECOND, (3.5, 2.5), people=(24, 5)))
    found = table(held)["trust.change"]

    assert values(found, "residents") == [None, 1.5, 1.5, None, None]
    assert values(found, "municipality") == [None, -0.5, -0.5, None, None]
    assert found.cells["residents"][0].missing == "no_cases"
    assert found.gap == 2


def test_without_a_start_there_is_no_change(held):
    held.do(sessions.record_cooperation, asked("one", FIRST))
    assert "trust.change" not in table(held)
    assert values(table(held)["trust.asked"], "residents") == [None, 3, None, None, None]


@given(
    counts=st.tuples(st.integers(0, 9), st.integers(0, 9)),
    means=st.tuples(*[st.one_of(st.none(), st.integers(2, 10).map(lambda x: x / 2))] * 2),
    fewest=st.integers(5, 8),
)
def test_nothing_is_told_of_fewer_people_than_agreed(counts, means, fewest):
    log = Log()
    log.adopt("few", "fewest", str(fewest))
    log.do(sessions.add, "one", "workshop", "Avond 1", FIRST)
    # What came from elsewhere may hold more than a decision here would let through.
    parts = dict.fromkeys(SIDES, 0.5)
    for event in (
        asked("one", FIRST, means, counts),
        weighed("one", counts, newcomers=parts, stayed=parts, matches={"leeftijd": 0.8}),
    ):
        log.keep(one(type(event), **event.model_dump()))
    found = table(log)
    few = {side: count < fewest for side, count in zip(SIDES, counts, strict=True)}
    for name in ("trust.asked", "took_part.people", "took_part.newcomers", "took_part.stayed"):
        if name in found:
            assert not any(
                few[side] and value is not None
                for side in SIDES
                for value in values(found[name], side)
            )
    if few["residents"]:
        assert "took_part.match.leeftijd" not in found
    else:
        assert values(found["took_part.match.leeftijd"])[1] == 0.8
    for side, count, mean in zip(SIDES, counts, means, strict=True):
        if "trust.asked" in found:
            cell = found["trust.asked"].cells[side][1]
            told = count >= fewest and mean is not None
            assert cell.value == (mean if told else None)
            assert cell.missing == (None if told else "few")


def test_a_side_that_was_not_asked_differs_from_a_side_that_is_too_small(held):
    log = held
    only = asked("one", FIRST)
    only = only.model_copy(
        update={"counted": {"residents": 24}, "means": {"residents": {"trust": 4.0}}}
    )
    log.do(sessions.record_cooperation, only)
    few = asked("two", SECOND, (4.0, None), (24, 3))
    few.means["municipality"].clear()
    log.do(sessions.record_cooperation, few)
    cells = table(log)["trust.asked"].cells["municipality"]

    assert [cell.missing for cell in cells] == [
        "not_measured",
        "not_measured",
        "few",
        "not_measured",
        "not_yet",
    ]


def test_who_took_part_is_told_per_session_and_never_compared(held):
    held.do(
        sessions.record_weights,
        weighed("one", newcomers={"residents": 0.25}, matches={"leeftijd": 0.8}),
    )
    found = table(held)

    assert values(found["took_part.people"], "residents") == [None, 24, None, None, None]
    assert found["took_part.people"].gap is None
    assert values(found["took_part.newcomers"], "residents")[1] == 0.25
    assert found["took_part.newcomers"].cells["municipality"][1].missing == "not_measured"
    assert values(found["took_part.match.leeftijd"])[1] == 0.8
    assert "took_part.stayed" not in found


def test_disputed_criteria_want_a_minority_text(held):
    held.do(sessions.record_weights, weighed("one"))
    text = e.Harvested(
        id="h", session="one", criterion="S1", text="Stilte telt.", side="residents", minority=True
    )
    held.do(sessions.harvest, text)
    held.do(sessions.harvest, text.model_copy(update={"id": "i", "criterion": "C1"}))
    held.do(
        sessions.harvest,
        text.model_copy(update={"id": "j", "criterion": "K1", "minority": False}),
    )
    row = table(held)["difference.recognised"]

    # K1 and S1 are 20 points apart, C1 is not disputed.
    assert values(row) == [None, 0.5, None, None, None]
    assert row.cells[JOINT][1].of == 2


def test_what_somebody_saw_stands_beside_what_was_promised(held):
    held.fill()
    seen = e.IndicatorObserved(
        indicator="room", moment="one", side="residents", value=2, grounds="Verslag van de avond."
    )
    held.do(sessions.observe, seen)
    found = table(held)

    assert values(found["room.promised"]) == [3, 3, 3, 3, None]
    assert values(found["room.observed"], "residents") == [None, 2, None, None, None]
    assert found["room.observed"].cells["residents"][1].words == "Verslag van de avond."
    assert values(found["room.kept"], "residents") == [None, -1, None, None, None]


def test_a_day_before_the_log_began_has_no_values(log):
    log.do(sessions.add, "early", "workshop", "Avond 0", "2025-12-01")
    seen = e.IndicatorObserved(
        indicator="room", moment="early", side="residents", value=2, grounds="Verslag."
    )
    log.do(sessions.observe, seen)
    found = table(log)
    place = [one.id for one in found["say.steps"].moments].index("early")

    assert found["say.steps"].cells["residents"][place].missing == "not_measured"
    assert "room.kept" not in found


def test_the_facilitator_of_that_day_counts(held):
    held.do(people.choose_facilitator, "Bureau", SIDES, True, "2026-02-15", at=at("2026-01-20"))
    assert values(table(held)["facilitation.steps"]) == [0, 3, 0, 0, None]


def test_questions_are_indicators():
    assert set(QUESTIONS) <= set(e.INDICATORS)
