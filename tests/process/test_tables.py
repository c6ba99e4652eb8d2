from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.process.tables import Guest, mixed_tables


def company(residents: int, officials: int, pairs: int = 0, third: int = 0) -> list[Guest]:
    return [
        *(Guest(f"r{i}", "residents", f"p{i}" if i < pairs else "") for i in range(residents)),
        *(Guest(f"m{i}", "municipality", f"p{i}" if i < pairs else "") for i in range(officials)),
        *(Guest(f"t{i}", "grid operator") for i in range(third)),
    ]


def test_thirty_people_make_six_tables_with_an_official_at_each():
    tables = mixed_tables(company(24, 6), 5, np.random.default_rng(1))

    assert [len(table) for table in tables] == [5] * 6
    assert all(Counter(one.side for one in table)["municipality"] == 1 for table in tables)


@given(st.integers(1, 30), st.integers(1, 12), st.data(), st.integers(2, 8), st.integers(0, 99))
def test_everybody_has_one_seat_both_sides_sit_everywhere_and_buddies_stay(
    residents, officials, data, seats, seed
):
    pairs = data.draw(st.integers(0, min(residents, officials)))
    third = data.draw(st.integers(0, 3))
    guests = company(residents, officials, pairs, third)
    tables = mixed_tables(guests, seats, np.random.default_rng(seed))

    assert sorted(one.name for table in tables for one in table) == sorted(g.name for g in guests)
    for table in tables:
        assert {"residents", "municipality"} <= {one.side for one in table}
        buddies = Counter(one.buddy for one in table if one.buddy)
        assert set(buddies.values()) <= {2}


def test_the_lot_decides_and_the_same_lot_gives_the_same_tables():
    guests = company(12, 4)
    draw = [mixed_tables(guests, 4, np.random.default_rng(seed)) for seed in (1, 1, 2)]

    assert draw[0] == draw[1] != draw[2]


def test_a_side_that_is_absent_empties_no_table():
    tables = mixed_tables(company(9, 0), 4, np.random.default_rng(0))

    assert [len(table) for table in tables] == [3, 3, 3]


def test_nobody_makes_no_tables():
    assert mixed_tables([], 5, np.random.default_rng(0)) == ()


def test_a_table_of_one_is_refused():
    with pytest.raises(ValueError, match="2 seats"):
        mixed_tables(company(2, 2), 1, np.random.default_rng(0))
