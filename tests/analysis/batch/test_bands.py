"""Drawing scores is drawing cells: a brute force over every cell gives the same counts."""

import numpy as np
import pytest
from tests.analysis.batch.conftest import everything

from waardeweging.analysis.batch.bands import crosses_bend, information, sample_bands
from waardeweging.analysis.batch.draws import draw_country
from waardeweging.analysis.batch.partition import _stack
from waardeweging.analysis.chance import ValueDraws
from waardeweging.problem.value_functions import ValueFunction
from waardeweging.robustness.acceptability import sampled_acceptability
from waardeweging.robustness.value_of_information import perfect_information
from waardeweging.scoring.additive import additive_scores


def drawn_values(country, draws, stack, row):
    """Draw every cell of one neighbourhood by itself, from the same random numbers."""
    scenario = draws.variants["base"].scenario
    framework = scenario.problem.framework
    columns = framework.weighed(scenario.perspective)
    values = ValueDraws(scenario)(0, scenario.draws)
    ids = [framework.criteria[column].id for column in columns]
    for option, code in enumerate(country.codes):
        if code and "K1" in ids:
            at = draws.codes.index(code)
            low, mid, high = stack.bands[row, at]
            smaller, gap = draws.costs[at]
            costs = low + (high - low) * smaller + (mid - low) * gap
            values[:, option, ids.index("K1")] = framework.criterion("K1").function(costs)
        if option < 5:
            inputs = draws.variants["base"].inputs
            share = stack.facts.owner_share[row]
            say = share * inputs["say_owner"] + (1 - share) * inputs["say_tenant"]
            values[:, option, ids.index("D1")] = framework.criterion("D1").function(say)
    return values


@pytest.mark.parametrize("which", ["country", "national"])
def test_counts_are_those_of_drawing_every_cell(which, request):
    country = request.getfixturevalue(which)
    draws = draw_country(country)
    stack = _stack(country, draws, everything(country), "base")
    drawn = draws.variants["base"]
    # The first option is the reference; whoever is told of, its loss is counted the same way.
    winners = {name: np.ones(len(stack.values), dtype=np.int64) for name in draws.weights}

    found = sample_bands(country, draws, drawn, stack, winners)
    worth = information(country, draws, drawn, stack)

    bent = crosses_bend(
        drawn.scenario.problem.framework.criterion("K1").function,
        stack.bands[..., 0],
        stack.bands[..., 2],
    )
    # Zwolle and Appingedam lie inside the range, some of Zeewolde across its end.
    assert bent.any()
    assert not bent.all(axis=1).any()
    for row in range(0, len(stack.values), 3):
        values = drawn_values(country, draws, stack, row)
        for name, weights in draws.weights.items():
            alone = sampled_acceptability(values, weights.drawn, stack.eligible[row])
            shares = found[name].shares[row]
            np.testing.assert_allclose(shares, alone.shares, rtol=0, atol=1e-12)
            scores = additive_scores(values, weights.drawn)
            loss = (scores[:, stack.eligible[row]].max(axis=1) - scores[:, 1]).mean()
            assert found[name].regret[row] == pytest.approx(loss, abs=1e-12)
            if weights.fixed is not None:
                scores = additive_scores(values, weights.fixed)
                wanted = perfect_information(scores, stack.eligible[row])
                assert worth[name][row] == pytest.approx(wanted, abs=1e-12)


def test_a_value_function_bends_where_its_slope_changes_and_at_its_ends():
    straight = ValueFunction.of("linear", [0.0, 3000.0], [1.0, 0.0])
    steps = ValueFunction.of("ordinal", [1.0, 2.0, 3.0], [0.0, 0.5, 1.0])
    bent = ValueFunction.of("piecewise", [0.0, 1.0, 3.0], [0.0, 0.9, 1.0])
    step = ValueFunction.of("linear", [0.0, 10.0], [0.0, 1.0], 5.0)

    def crosses(function, low, high):
        return bool(crosses_bend(function, np.array(low), np.array(high)))

    assert not crosses(straight, 0, 3000)
    assert crosses(straight, 2500, 3100)
    assert crosses(straight, -1, 5)
    assert not crosses(straight, 3000, 4000)
    assert not crosses(steps, 1, 3)
    assert crosses(bent, 0.5, 1.5)
    assert not crosses(bent, 1, 3)
    assert crosses(step, 4, 5)
    assert not crosses(step, 5, 6)
