"""What lies behind an outcome: numbers worth researching, all weights, scales, for whom."""

from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.conftest import SCENARIOS, scenario_of

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.scenario import read_scenario
from waardeweging.problem.errors import faults_in
from waardeweging.robustness.smooth_spread import NoSmoothFit


@pytest.fixture(scope="module")
def berkum():
    return analyse(read_scenario(SCENARIOS / "berkum"))


def test_a_cell_moved_to_its_flip_makes_the_two_level(berkum):
    found, problem = berkum.research, berkum.scenario.problem
    for row, place in np.argwhere(found.is_possible):
        moved = problem.mid.copy()
        moved[row, berkum.columns[place]] = found.performances[row, place]
        scores = problem.values(moved, "resident") @ berkum.weighing.joint
        winner = berkum.result.winner
        rivals = scores[berkum.result.eligible & (np.arange(len(scores)) != winner)]
        np.testing.assert_allclose(rivals.max(), scores[winner], atol=1e-9)


def test_only_flips_inside_the_band_are_called_worth_researching(berkum):
    low, high = (
        t[:, list(berkum.columns)]
        for t in (berkum.scenario.problem.low, berkum.scenario.problem.high)
    )
    inside = berkum.research.in_band
    flips = berkum.research.performances

    assert inside.any()
    assert ((low <= flips) & (flips <= high))[inside].all()


def test_knowing_more_is_never_worth_less_and_never_more_than_everything(berkum):
    found = berkum.research

    assert (found.of_cells >= 0).all()
    assert found.of_criteria.max() <= found.of_everything + 0.002
    assert found.of_cells.max() <= found.of_everything + 0.002


def test_without_bands_knowing_is_worth_nothing():
    found = analyse(scenario_of([[0.5, 0.2], [0.3, 0.9]], [[1, 1]], [[1, 1]])).research

    assert found.of_everything == 0
    assert not found.of_cells.any()
    assert not found.in_band.any()


def test_sampled_and_exact_shares_of_all_weights_agree():
    case = ([[0.9, 0.1, 0.4], [0.2, 0.8, 0.5], [0.5, 0.5, 0.5]], [[1, 1, 1]], [[1, 2, 1]])
    free = analyse(scenario_of(*case, draws=20_000)).free

    assert free.exact is not None
    error = np.maximum(free.everywhere.winner_error, 1e-4)
    assert (np.abs(free.everywhere.winner_share - free.exact) < 4 * error).all()
    assert free.in_order is None


def test_an_order_of_values_narrows_the_weights(berkum):
    scenario = replace(berkum.scenario, value_orders=(("social", "costs"), ("costs", "living")))
    ordered = analyse(scenario).free.in_order

    assert ordered is not None
    assert ordered.winner_share.sum() == pytest.approx(1)
    assert ordered != berkum.free.everywhere


@pytest.mark.parametrize(
    ("orders", "code"),
    [
        ('[["alles", "geld"]]', "scenario.unknown_value"),
        ('[["alles", "alles"]]', "scenario.circular_order"),
    ],
)
def test_an_order_that_cannot_be_is_a_fault(folder, orders, code):
    path = folder / "scenario.toml"
    path.write_text(f"value_orders = {orders}\n{path.read_text()}")

    with pytest.raises(ExceptionGroup) as caught:
        read_scenario(folder)
    assert [fault.code for fault in faults_in(caught.value)] == [code]


def test_scales_are_recoded_only_where_there_are_any(berkum):
    assert berkum.recoded is not None
    assert berkum.recoded.sampled.winner_share.sum() == pytest.approx(1)
    assert analyse(scenario_of([[1, 0], [0, 1]], [[1, 1]], [[1, 1]])).recoded is None


def test_a_smooth_spread_needs_five_people_a_side(berkum):
    assert not isinstance(berkum.smooth, NoSmoothFit)
    options = int(berkum.result.eligible.sum())
    np.testing.assert_allclose(berkum.smooth.acceptability.sum(axis=0)[:options], 1)
    few = analyse(scenario_of([[1, 0], [0, 1]], [[1, 1]], [[1, 1]]))
    assert few.smooth is NoSmoothFit.TOO_FEW_PEOPLE


def test_supporters_are_counted_with_ties(berkum):
    counted = berkum.supporters

    assert counted.number.sum() >= len(berkum.weighing.participants)
    assert (counted.central.supported == (counted.number > 0)).all()
    assert ((counted.confidence >= 0) & (counted.confidence <= 1)).all()


def test_a_party_is_scored_on_what_concerns_it(berkum):
    found = berkum.for_whom
    grid = found.parties.index("grid_operator")
    own = [j for j, c in enumerate(berkum.criteria) if "grid_operator" in c.concerns]

    weights = berkum.weighing.joint[own]
    np.testing.assert_allclose(found.weight[grid], weights.sum())
    np.testing.assert_allclose(
        found.scores[grid], berkum.result.values[:, own] @ weights / weights.sum()
    )


def test_without_parties_nobody_is_scored():
    found = analyse(scenario_of([[1, 0], [0, 1]], [[1, 1]], [[1, 1]])).for_whom

    assert found.parties == ()
    assert found.scores.shape == (0, 2)
