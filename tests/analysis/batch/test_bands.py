"""Drawing scores is drawing cells: a brute force over every cell gives the same counts."""

from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.batch.conftest import SCENARIOS, everything

from waardeweging.analysis.batch.bands import sample_bands
from waardeweging.analysis.batch.draws import draw_country
from waardeweging.analysis.batch.facts import read_local
from waardeweging.analysis.batch.kernel import TILE
from waardeweging.analysis.batch.partition import _stack
from waardeweging.analysis.chance import PARAMETERS, ValueDraws, generator
from waardeweging.effects.local_facts import local_facts
from waardeweging.effects.neighbourhood import read_facts
from waardeweging.problem.errors import Faults
from waardeweging.robustness.acceptability import sampled_acceptability
from waardeweging.robustness.value_of_information import perfect_information
from waardeweging.scoring.additive import additive_scores


def drawn_values(country, draws, stack, row):
    """Draw every cell of one neighbourhood by itself, from the same random numbers."""
    variant = draws.variants["base"]
    scenario = variant.scenario
    framework = scenario.problem.framework
    columns = framework.weighed(scenario.perspective)
    values = ValueDraws(scenario)(0, scenario.draws)
    ids = [framework.criteria[column].id for column in columns]
    for option, code in enumerate(country.codes):
        if code and "K1" in ids:
            low, mid, high = stack.bands[row, option]
            smaller, gap = draws.costs[draws.codes.index(code)]
            costs = low + (high - low) * smaller + (mid - low) * gap
            values[:, option, ids.index("K1")] = framework.criterion("K1").function(costs)
    facts = stack.facts.take(np.array([row]))
    every = np.arange(scenario.draws)
    for one in variant.local:
        criterion = framework.criteria[one.cell.column]
        if criterion.id in ids:
            drawn = one.here(facts).exact(np.zeros_like(every), every)
            values[:, list(one.cell.options), ids.index(criterion.id)] = criterion.function(drawn)[
                :, None
            ]
    return values


def test_a_local_cell_is_the_formula_with_the_facts_of_the_place(country, draws):
    variant = draws.variants["base"]
    effects = variant.scenario.effects
    known = read_local(SCENARIOS / "heat")
    for row in (0, 7, len(country.places) - 1):
        place = country.places[row]
        own = known.get(place.code, {})
        derived = local_facts(place, country.edition, own)
        section = {
            "dwellings": {"value": 1.0, "unit": "dwellings", "source": "x"},
            **{
                name: {"value": own[name], "unit": "share", "source": "x"}
                for name in own
                if name == "owner_share"
            },
            **derived,
        }
        facts = read_facts(section, "facts", Faults())
        here = replace(effects, facts=facts)
        wanted = here.draws(
            variant.scenario.problem.alternatives,
            generator(variant.scenario.seed, PARAMETERS),
            variant.scenario.draws,
        )
        at = country.facts.take(np.array([row]))
        every = np.arange(variant.scenario.draws)
        ids = [one.id for one in variant.scenario.problem.framework.criteria]
        for one in variant.local:
            found = one.here(at).exact(np.zeros_like(every), every)
            single = one.here(at).single(slice(0, len(every)), TILE)[0]
            for option in one.cell.options:
                if country.present[row, option]:
                    drawn = wanted[country.options[option], ids[one.cell.column]]
                    np.testing.assert_allclose(found, drawn, rtol=1e-9, atol=1e-7)
                    np.testing.assert_allclose(single, drawn, rtol=1e-4, atol=0.05)


@pytest.mark.parametrize("which", ["country", "national"])
def test_counts_are_those_of_drawing_every_cell(which, request):
    country = request.getfixturevalue(which)
    draws = draw_country(country)
    stack = _stack(country, draws, everything(country), "base")
    drawn = draws.variants["base"]
    # The first option is the reference; whoever is told of, its loss is counted the same way.
    winners = {name: np.ones(len(stack.values), dtype=np.int64) for name in draws.weights}

    found, worth = sample_bands(country, draws, drawn, stack, winners)

    for row in range(0, len(stack.values), 3):
        values = drawn_values(country, draws, stack, row)
        for name, weights in draws.weights.items():
            alone = sampled_acceptability(values, weights.drawn, stack.eligible[row])
            shares = found[name].shares[row]
            np.testing.assert_allclose(shares, alone.shares, rtol=0, atol=1e-12)
            scores = additive_scores(values, weights.drawn)
            loss = (scores[:, stack.eligible[row]].max(axis=1) - scores[:, 1]).mean()
            # Regret is summed in single precision; places are exact.
            assert found[name].regret[row] == pytest.approx(loss, abs=1e-6)
            if weights.fixed is not None:
                scores = additive_scores(values, weights.fixed)
                wanted = perfect_information(scores, stack.eligible[row])
                assert worth[name][row] == pytest.approx(wanted, abs=1e-6)
