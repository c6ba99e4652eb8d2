import numpy as np
import pytest

from waardeweging.app.trade_offs import trade_offs
from waardeweging.problem.criteria import Criterion, ValueFunctionSpec
from waardeweging.problem.labels import Label


def criterion(name: str, worst: float, best: float, steps: bool = False) -> Criterion:
    return Criterion(
        id=name,
        label=Label(nl=name, en=name),
        value=name,
        unit="€",
        worst=worst,
        best=best,
        value_function=ValueFunctionSpec(anchors=((worst, 0.0), (best, 1.0))) if steps else None,
    )


COSTS, EMISSION = criterion("costs", 3000, 0), criterion("emission", 4, 0)
SAY = criterion("say", 1, 5, steps=True)


def test_straight_lines_are_exchanged_in_their_units():
    # a euro is worth 0.75/3000, a ton 0.25/4: 0.4 ton is worth 0.025, which is 100 euro
    (asked,) = trade_offs([COSTS, EMISSION], np.array([0.75, 0.25]), (0, 1))

    assert (asked.heavy.id, asked.light.id) == ("costs", "emission")
    assert asked.light_amount == pytest.approx(0.4)
    assert asked.heavy_amount == pytest.approx(100)


def test_steps_of_a_scale_are_compared_whole():
    (asked,) = trade_offs([COSTS, SAY], np.array([0.75, 0.25]), (0, 1))

    assert asked.times == pytest.approx(3)
    assert asked.light_amount is None
    assert asked.heavy_amount is None


def test_a_criterion_without_weight_is_not_asked_about():
    assert trade_offs([COSTS, EMISSION], np.array([1.0, 0.0]), (0, 1)) == ()
