import pytest

from waardeweging.process.project.events import INDICATORS
from waardeweging.process.project.indicator_rows import DAYS, OBSERVED, PEOPLE, STEP


def test_every_indicator_can_be_observed_on_a_scale_with_two_ends():
    assert tuple(OBSERVED) == INDICATORS
    assert all(scale.high is not None and scale.high > scale.low for scale in OBSERVED.values())


@pytest.mark.parametrize(
    ("scale", "value", "holds"),
    [
        (STEP, 0, True),
        (STEP, 4.1, False),
        (STEP, -0.1, False),
        (DAYS, 1e9, True),
        (PEOPLE, -1, False),
    ],
)
def test_a_scale_holds_what_lies_between_its_ends(scale, value, holds):
    assert scale.holds(value) == holds
