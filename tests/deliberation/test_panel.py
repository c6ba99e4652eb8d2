import numpy as np
import pytest

from waardeweging.deliberation.panel import (
    KEMENY_TOO_MANY,
    RuleOutcome,
    method_panel,
    regret,
    satisfaction,
    with_grades,
)
from waardeweging.elicitation.samplers import simplex_draws

RULES = {
    "arithmetic",
    "geometric",
    "spatial_median",
    "trimmed_mean",
    "maximin",
    "minimax_regret",
    "first_choice",
    "borda",
    "copeland",
    "kemeny",
}


def _panel(case, **changes):
    given = {
        "values": case.values,
        "eligible": case.all,
        "joint": case.joint,
        "side_weights": case.side_weights,
        "weights": case.people,
        "sides": case.sides,
        "mass": case.mass,
    }
    return method_panel(**(given | changes))


def _of(values, people):
    """Ask a panel of one side where everyone counts the same."""
    number = len(people)
    mean = people.mean(axis=0)
    return method_panel(
        values,
        np.ones(len(values), dtype=bool),
        joint=mean,
        side_weights=mean[None],
        weights=people,
        sides=np.zeros(number, int),
        mass=np.full(number, 1 / number),
    )


def test_golden_case_disagrees_on_first_choice(golden):
    panel = _panel(golden)

    assert panel.rules.keys() == RULES
    assert not panel.agrees
    assert panel.rules["first_choice"] == RuleOutcome(0, (0,), (0.625, 0.375, 0.0))


@pytest.mark.parametrize(
    ("rule", "detail"),
    [
        ("arithmetic", [0.57375, 0.6334375, 0.51]),
        ("geometric", [0.5849351, 0.6251865, 0.4990924]),
        ("maximin", [0.0463320, 0.7083333, 0.0]),
        ("minimax_regret", [0.154375, 0.035, 0.161875]),
    ],
)
def test_golden_case_chooses_b_by(golden, rule, detail):
    outcome = _panel(golden).rules[rule]

    assert (outcome.winner, outcome.tied) == (1, (1,))
    assert outcome.detail == pytest.approx(detail, abs=5e-8)


def test_golden_case_ranks_by_pairs(golden):
    rules = _panel(golden).rules

    assert rules["copeland"].detail == (2, 0, -2)
    assert rules["kemeny"].detail == (1, 2, 3)
    assert rules["borda"].detail == pytest.approx([1.3125, 1.375, 0.3125])


def test_rules_agree_when_everyone_does(golden):
    panel = _of(golden.values, np.tile([0.1, 0.6, 0.2, 0.1], (6, 1)))

    assert panel.agrees
    assert {outcome.winner for outcome in panel.rules.values()} == {1}


def test_a_tie_goes_to_the_arithmetic_winner_and_contradicts_nobody():
    values = np.array([[0.5, 0.4], [0.0, 1.0]])
    people = np.array([[1.0, 0.0], [0.0, 1.0]])

    panel = _of(values, people)

    assert panel.rules["first_choice"] == RuleOutcome(1, (0, 1), (0.5, 0.5))
    assert panel.rules["kemeny"] == RuleOutcome(1, (0, 1), (2.0, 1.0))
    assert panel.agrees


def test_an_excluded_alternative_has_no_number_and_moves_no_other(golden):
    table = np.insert(golden.values, 1, 1.0, axis=0)

    panel = _panel(golden, values=table, eligible=np.array([True, False, True, True]))

    for name, outcome in _panel(golden).rules.items():
        other = panel.rules[name]
        assert other.detail[1] is None
        assert (*other.detail[:1], *other.detail[2:]) == outcome.detail
        assert other.winner == [0, 2, 3][outcome.winner]
        assert other.tied == tuple([0, 2, 3][place] for place in outcome.tied)


def test_people_who_count_for_nothing_change_no_rule(golden):
    outsider = np.array([[0.0, 0.0, 0.0, 1.0]])

    panel = _panel(
        golden,
        weights=np.vstack([golden.people, outsider]),
        sides=np.append(golden.sides, 2),
        mass=np.append(golden.mass, 0.0),
    )

    assert panel == _panel(golden)


def test_above_eight_alternatives_borda_stands_in_for_kemeny():
    rng = np.random.default_rng(0)
    values, people = rng.uniform(size=(9, 3)), simplex_draws(3, 7, rng)

    nine, eight = _of(values, people), _of(values[:8], people)

    assert nine.rules["kemeny"].reason == KEMENY_TOO_MANY
    assert nine.rules["kemeny"].detail == nine.rules["borda"].detail
    assert eight.rules["kemeny"].reason is None
    assert sorted(eight.rules["kemeny"].detail) == list(range(1, 9))


@pytest.mark.parametrize(
    ("values", "people"),
    [
        (np.full((3, 2), 0.4), np.array([[0.5, 0.5], [0.2, 0.8]])),
        (np.array([[0.4, 0.9]]), np.array([[0.5, 0.5]])),
        (np.array([[0.9], [0.4]]), np.ones((2, 1))),
        (np.array([[0.9, 0.1], [0.4, 0.2]]), np.array([[1.0, 0.0]])),
    ],
    ids=["all options equal", "one option", "one criterion", "one ballot with a zero"],
)
def test_edge_cases_have_a_winner_by_every_rule(values, people):
    panel = _of(values, people)

    assert panel.agrees
    for outcome in panel.rules.values():
        assert outcome.winner == 0
        assert np.isfinite(outcome.detail).all()


def test_satisfaction_and_regret_on_an_envelope():
    scores = np.array([[0.2, 0.6, 0.4], [0.5, 0.5, 0.5]])

    np.testing.assert_allclose(satisfaction(scores), [[0, 1, 0.5], [1, 1, 1]])
    np.testing.assert_allclose(regret(scores), [[0.4, 0, 0.2], [0, 0, 0]])


def test_permuting_people_and_alternatives_permutes_the_panel(golden):
    people, options = np.array([3, 5, 0, 2, 4, 1]), np.array([2, 0, 1])

    panel = _panel(
        golden,
        values=golden.values[options],
        weights=golden.people[people],
        sides=golden.sides[people],
        mass=golden.mass[people],
    )

    for name, outcome in _panel(golden).rules.items():
        assert options[panel.rules[name].winner] == outcome.winner
        assert panel.rules[name].detail == pytest.approx(
            np.array(outcome.detail)[options], abs=1e-9
        )


def test_grades_are_a_rule_of_their_own_and_a_tie_contradicts_nobody(golden):
    panel = _panel(golden)

    found = with_grades(panel, (2, 2, 1), golden.all)

    assert found.rules.keys() == RULES | {"grades"}
    assert found.rules["grades"] == RuleOutcome(1, (0, 1), (2.0, 2.0, 1.0))
    assert with_grades(panel, (3, 2, 4), golden.all).rules["grades"].winner == 2


def test_only_eligible_options_with_grades_of_both_sides_compete(golden):
    found = with_grades(_panel(golden), (None, 1, 4), np.array([True, True, False]))

    assert found.rules["grades"] == RuleOutcome(1, (1,), (None, 1.0, None))


def test_without_grades_the_panel_stays_as_it_was(golden):
    panel = _panel(golden)

    assert with_grades(panel, (None, None, None), golden.all) is panel
