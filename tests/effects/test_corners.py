from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waardeweging.effects.calculation import calculate
from waardeweging.effects.corners import extreme_corners
from waardeweging.effects.criterion_formulas import FORMULAS

BANDS = {"a": (1.0, 2.0, 3.0), "b": (-1.0, 0.0, 2.0), "c": (0.5, 0.5, 4.0), "d": (2.0, 2.0, 2.0)}


def _enumerated(evaluate, bands):
    corners = list(product(*((low, high) for low, _, high in bands.values())))
    values = {name: np.array([one[k] for one in corners]) for k, name in enumerate(bands)}
    found = np.broadcast_to(evaluate(values), len(corners))
    return found.min(), found.max()


@given(st.lists(st.integers(-3, 3), min_size=8, max_size=8))
def test_the_ends_are_those_of_trying_every_corner(weights):
    one, two, three, four, five, six, seven, eight = weights

    def evaluate(x):
        return (
            one * x["a"]
            + two * x["b"]
            + three * x["a"] * x["b"]
            + four * x["b"] / x["c"]
            + five * x["a"] * x["c"]
            + six * x["a"] * x["b"] * x["c"]
            + seven * x["d"]
            + eight
        )

    low, high = extreme_corners(evaluate, BANDS)

    def at(corner):
        return float(evaluate({name: np.array(value) for name, value in corner.items()}))

    least, most = _enumerated(evaluate, BANDS)
    assert at(low) == pytest.approx(least, abs=1e-9)
    assert at(high) == pytest.approx(most, abs=1e-9)


def test_an_input_without_effect_stays_in_the_middle():
    low, high = extreme_corners(lambda x: 2 * x["a"], BANDS)

    assert (low["b"], high["b"], low["a"], high["a"]) == (0.0, 0.0, 1.0, 3.0)


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.data())
def test_bands_of_calculated_cells_are_those_of_every_corner(
    techniques, parameters, facts, option, data
):
    technique = data.draw(st.sampled_from(["T0", "T1", "T3", "T4", "T5", "T7", "T8", "T9", "T10"]))
    criterion = data.draw(st.sampled_from(["K2", "K3", "S1", "L1"]))
    organisation = data.draw(st.sampled_from(["O1", "O2", "O5", "O6"]))
    level = data.draw(st.sampled_from(["", "D", "B"]))
    if technique == "T4" and not level:
        level = "B"
    one = option(technique, organisation, level)
    cell = calculate(techniques, parameters, facts, [one], [criterion])[technique, criterion]
    free = [x for x in dict.fromkeys(cell.inputs) if x.low < x.high]
    # A box of the twelve widest inputs is small enough to try whole.
    chosen = data.draw(st.permutations(sorted({x.key for x in free})))[:12]
    inputs = [x if x.key in chosen else replace(x, low=x.mid, high=x.mid) for x in cell.inputs]
    formula = FORMULAS[criterion]
    beside = formula.beside or {}

    def evaluate(values):
        terms = formula.terms({x.name: values[x.key] for x in inputs})
        return np.asarray(sum(term for name, term in terms.items() if name not in beside))

    bands = {x.key: (x.low, x.mid, x.high) for x in inputs}
    low, high = extreme_corners(evaluate, bands)
    fixed = {k: np.array(b[1]) for k, b in bands.items()}

    def whole(values):
        return evaluate({**fixed, **values})

    least, most = _enumerated(whole, {k: b for k, b in bands.items() if b[0] < b[2]})
    assert float(whole({k: np.array(v) for k, v in low.items()})) == pytest.approx(least, abs=1e-6)
    assert float(whole({k: np.array(v) for k, v in high.items()})) == pytest.approx(most, abs=1e-6)
