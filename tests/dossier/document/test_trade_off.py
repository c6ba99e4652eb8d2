import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.dossier.document.facts import facts_of
from waardeweging.dossier.document.trade_off import apportion, as_shown, tenths


@pytest.fixture(scope="module")
def found(berkum):
    return facts_of(berkum, "nl", exact=True)["trade_offs"]


def in_tenths(x):
    return round(10 * x)


def test_the_winner_stands_beside_the_second_and_the_cheapest(found, golden):
    # In Berkum the winner is the cheapest for the country as well.
    assert [one["against"] for one in found] == ["runner_up"]
    assert [one["against"] for one in facts_of(golden, "nl", exact=True)["trade_offs"]] == [
        "runner_up"
    ]


@pytest.mark.parametrize("place", [0])
def test_shown_points_add_up_in_every_column_and_row(found, place):
    one = found[place]

    for value in one["values"]:
        own = [row for row in one["criteria"] if row["value"] == value["value"]]
        assert sum(in_tenths(row["shown"]) for row in own) == in_tenths(value["shown"])
        ends = in_tenths(value["option"]["shown"]) - in_tenths(value["rival"]["shown"])
        assert ends == in_tenths(value["shown"])
    for end in ("option", "rival"):
        parts = sum(in_tenths(value[end]["shown"]) for value in one["values"])
        assert parts == in_tenths(one["total"][end]["shown"])
    assert sum(in_tenths(v["shown"]) for v in one["values"]) == in_tenths(one["total"]["shown"])
    assert in_tenths(one["gains"]) - in_tenths(one["losses"]) == in_tenths(one["total"]["shown"])


@pytest.mark.parametrize("place", [0])
def test_exact_points_add_up_and_what_is_shown_stays_near(berkum, found, place):
    one, joint = found[place], berkum.outcome.result.joint
    ids = [alternative.id for alternative in berkum.outcome.alternatives]
    gap = joint[ids.index(one["option"])] - joint[ids.index(one["rival"])]

    assert math.fsum(row["points"] for row in one["criteria"]) == pytest.approx(100 * gap, abs=1e-9)
    rows = [*one["criteria"], *one["values"], one["total"]]
    assert max(abs(row["points"] - row["shown"]) for row in rows) < 0.2


def test_totals_read_as_in_the_table_of_scores(berkum, found):
    for one in found:
        for end in ("option", "rival"):
            points = one["total"][end]["points"]
            assert one["total"][end]["shown"] == tenths(points) / 10


def test_a_difference_is_that_of_the_numbers_a_reader_sees(berkum, found):
    cells = {(c.alternative, c.criterion): c for r in berkum.scenario.problem.cells for c in r}
    for one in found:
        for row in one["criteria"]:
            mine, other = (cells[one[end], row["criterion"]] for end in ("option", "rival"))
            gap = as_shown(mine) - as_shown(other)
            assert row["shown_difference"] == pytest.approx(gap)


def test_parts_are_rounded_to_the_whole_by_largest_remainder():
    # Floors 1, 2, 3 sum to 6; the largest rests are .6 and .5.
    assert apportion([1.5, 2.6, 3.1], 7) == (1, 3, 3)
    assert apportion([1.5, 2.6, 3.1], 8) == (2, 3, 3)


def test_what_is_nothing_stays_nothing():
    assert apportion([0.0, 0.6, 0.0], 2) == (0, 2, 0)
    assert apportion([0.0, 0.0], 0) == (0, 0)


def test_nothing_cannot_be_divided():
    with pytest.raises(ValueError, match="nothing to divide"):
        apportion([0.0, 0.0], 1)


@given(st.lists(st.floats(-1000, 1000).filter(lambda x: x == 0 or abs(x) > 1e-6), max_size=12))
def test_rounded_parts_sum_to_the_whole_and_move_by_less_than_one(parts):
    whole = math.floor(math.fsum(parts) + 0.5) if any(parts) else 0
    rounded = apportion(parts, whole)

    assert sum(rounded) == whole
    assert all(abs(x - part) < 1 + 1e-9 for x, part in zip(rounded, parts, strict=True))


def test_a_minus_half_is_rounded_away_from_nought():
    assert [tenths(x) for x in (0.05, -0.05, 0.04999, np.float64(2.25))] == [1, -1, 0, 23]
