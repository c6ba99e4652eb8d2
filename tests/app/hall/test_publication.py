"""Nobody can be found in the difference of two results that were shown."""

from itertools import pairwise

import numpy as np
import pytest

from waardeweging.analysis.outcome import Outcome
from waardeweging.app.hall import results
from waardeweging.app.hall.results import Withheld, outcome_of
from waardeweging.process.publication import is_crowd, told
from waardeweging.process.steps import NAMES, STEPS


@pytest.fixture
def shown(evening):
    """An evening of 8 and 6 people whose round 1 is closed and on the screen."""
    evening.come_in("residents", 8)
    evening.come_in("municipality", 6)
    evening.hold("round-1")
    evening.show("values", "values")
    return evening


def seen(evening, sheet="round-1"):
    return told(evening.store.records(evening.id), sheet, 5)


def outcome(evening):
    return outcome_of(evening.store, evening.state)


def newcomers(evening, count, side="residents"):
    """Open round 1 again for more people, and show what comes out."""
    evening.show("round-1", "count")
    evening.reopen("round-1")
    came = evening.come_in(side, count)
    evening.answer("round-1", came)
    evening.close("round-1")
    evening.show("values", "values")
    return came


def test_the_attack_finds_the_weights_of_a_newcomer_exactly(shown):
    """What the rule is for: two exact means around one newcomer give her away."""
    first = outcome(shown)
    assert isinstance(first, Outcome)
    one = newcomers(shown, 1)[0]
    ballots = results._analysed(shown.store, shown.state, ["round-1"])
    assert isinstance(ballots, Outcome)
    found = 9 * ballots.weighing.residents - 8 * first.weighing.residents

    given = shown.store.own(one, "round-1")
    assert given is not None
    mine = ballots.weighing.weights[ballots.weighing.on_side("residents")]
    assert np.abs(mine - found).sum(axis=1).min() < 1e-9


@pytest.mark.parametrize("count", [1, 4])
def test_few_newcomers_leave_the_shown_result_as_it_was(shown, count):
    first = outcome(shown)
    newcomers(shown, count)

    assert outcome(shown) is first
    assert seen(shown).changed == {"residents": count}


def test_after_a_restart_it_stays_closed_instead(shown):
    outcome(shown)
    newcomers(shown, 1)
    results.forget()

    assert outcome(shown) == Withheld("few_changed")


def test_five_newcomers_make_a_new_result(shown):
    first = outcome(shown)
    newcomers(shown, 5)
    second = outcome(shown)

    assert isinstance(second, Outcome)
    assert second is not first
    assert len(second.weighing.participants) == 19


def test_newcomers_add_up_over_openings(shown):
    first = outcome(shown)
    newcomers(shown, 3)
    assert outcome(shown) is first
    newcomers(shown, 2)

    assert outcome(shown) is not first


def test_each_side_must_be_a_crowd_of_its_own(shown):
    first = outcome(shown)
    shown.show("round-1", "count")
    shown.reopen("round-1")
    shown.answer("round-1", [*shown.come_in("residents", 5), *shown.come_in("municipality", 1)])
    shown.close("round-1")
    shown.show("values", "values")

    assert outcome(shown) is first


def test_one_person_who_answers_five_times_is_one_person(shown):
    first = outcome(shown)
    shown.reopen("round-1")
    for _ in range(5):
        shown.answer("round-1", shown.seats[:1])
    shown.close("round-1")

    assert outcome(shown) is first
    assert seen(shown).changed == {"residents": 1}


def test_who_deletes_an_answer_cannot_be_found_by_it(shown):
    first = outcome(shown)
    shown.store.erase(shown.seats[0], "round-1")

    assert outcome(shown) is first
    results.forget()
    assert outcome(shown) == Withheld("few_changed")


def test_what_the_hall_never_saw_may_change_freely(evening):
    evening.come_in("residents", 6)
    evening.come_in("municipality", 5)
    evening.hold("round-1")
    evening.show("values", "values", hidden=True)
    assert seen(evening).at is None
    evening.reopen("round-1")
    evening.answer("round-1", evening.come_in("residents", 1))
    evening.close("round-1")
    assert outcome(evening) == Withheld("not_closed")
    evening.show("values", "values")

    found = outcome(evening)
    assert isinstance(found, Outcome)
    assert len(found.weighing.participants) == 12


def test_a_page_that_waited_for_the_close_is_shown_by_it(evening):
    evening.come_in("residents", 6)
    evening.come_in("municipality", 5)
    evening.open("round-1")
    evening.answer("round-1")
    evening.show("values", "values")
    assert outcome(evening) == Withheld("not_closed")
    evening.close("round-1")

    assert seen(evening).at == evening.state.number


def test_a_second_round_of_a_few_is_never_told(shown):
    first = outcome(shown)
    shown.hold("round-2", shown.seats[:3])
    shown.show("movement", "moved")
    shown.show("outcome", "joint")

    assert outcome(shown) is first
    assert results.moved_of(shown.store, shown.state) == Withheld("second_round")


def test_a_second_round_of_a_crowd_replaces_the_first(shown):
    first = outcome(shown)
    shown.hold("round-2")
    shown.show("outcome", "joint")
    second = outcome(shown)

    assert isinstance(second, Outcome)
    assert second is not first
    assert {ballot.round for ballot in second.scenario.ballots} == {1, 2}


def test_no_two_results_of_a_random_evening_differ_by_a_few(evening):
    """Play many openings by lot: whatever is told apart differs by nobody or by five a side."""
    rng = np.random.default_rng(11)
    evening.come_in("residents", 7)
    evening.come_in("municipality", 7)
    evening.hold("round-1")
    published: list[Outcome] = []
    for _ in range(12):
        evening.show("values", "values", hidden=bool(rng.integers(2)))
        found = outcome(evening)
        if isinstance(found, Outcome) and (not published or found is not published[-1]):
            published.append(found)
        evening.reopen("round-1")
        side = "residents" if rng.integers(2) else "municipality"
        evening.answer("round-1", evening.come_in(side, int(rng.integers(0, 4))))
        if rng.integers(2):
            evening.answer("round-1", evening.seats[: int(rng.integers(0, 4))])
        evening.close("round-1")

    assert len(published) > 1
    for before, after in pairwise(published):
        assert is_crowd(differing(before, after), 5)


def differing(before: Outcome, after: Outcome) -> dict[str, int]:
    """Count per side the people whose weights are in one of two results only."""
    rows = [
        {
            (name, side, tuple(weights))
            for name, side, weights in zip(
                one.weighing.participants, one.weighing.sides, one.weighing.weights, strict=True
            )
        }
        for one in (before, after)
    ]
    people = {(name, side) for name, side, _ in rows[0] ^ rows[1]}
    return {
        side: sum(1 for _, on in people if on == side) for side in ("residents", "municipality")
    }


def test_only_pages_with_results_tell():
    places = [(NAMES.index(step.name), page) for step in STEPS for page in step.results]

    assert (NAMES.index("round-1"), "count") not in places
    assert is_crowd({}, 5)
    assert not is_crowd({"residents": 4}, 5)
