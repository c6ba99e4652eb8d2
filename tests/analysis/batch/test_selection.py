"""Small tables of which every count can be checked by hand."""

import numpy as np
import pandas as pd
import pytest

from waardeweging.analysis.batch.selection import Selection, by_area, chosen, compared, count


@pytest.fixture
def rows():
    return pd.DataFrame(
        {
            "neighbourhood": ["BU1", "BU2", "BU3", "BU4"],
            "name": ["Een", "Twee", "Drie", "Vier"],
            "municipality_code": ["GM1", "GM1", "GM2", "GM2"],
            "municipality": ["A", "A", "B", "B"],
            "winner": ["gas", "heat", "heat", None],
            "cost_only_winner": ["gas", "gas", "gas", None],
            "weighing_changes_choice": [False, True, True, None],
            "tie": [True, False, True, None],
            "points_to_flip": [1.0, 5.0, np.nan, np.nan],
        }
    )


@pytest.mark.parametrize(
    ("selection", "names"),
    [
        (Selection(), ["Een", "Twee", "Drie", "Vier"]),
        (Selection(municipalities=("GM2",)), ["Drie", "Vier"]),
        (Selection(changed=True), ["Twee", "Drie"]),
        (Selection(changed=False), ["Een"]),
        (Selection(tied=True), ["Een", "Drie"]),
        (Selection(tied=False, winner="heat"), ["Twee"]),
        (Selection(winner="gas", municipalities=("GM2",)), []),
    ],
)
def test_a_selection_keeps_what_is_asked(rows, selection, names):
    assert selection.of(rows)["name"].tolist() == names


def test_what_is_unknown_counts_neither_as_changed_nor_as_the_same(rows):
    found = count(rows)

    assert (found.total, found.changed, found.unknown, found.tied) == (4, 2, 1, 2)
    assert found.half == 3.0
    assert count(rows.tail(1)).half is None


@pytest.mark.parametrize(
    ("what", "wanted"),
    [
        ("changed", [("A", 1, 2), ("B", 1, 2)]),
        ("tied", [("A", 1, 2), ("B", 1, 2)]),
        ("gas", [("A", 1, 2), ("B", 0, 2)]),
    ],
)
def test_areas_count_what_is_asked_most_first(rows, what, wanted):
    areas = by_area(rows, "municipality_code", what)

    assert list(zip(areas["name"], areas["counted"], areas["total"], strict=True)) == wanted


def test_areas_may_be_neighbourhoods(rows):
    areas = by_area(rows, "neighbourhood")

    assert dict(zip(areas["name"], areas["share"], strict=True)) == {
        "Een": 0.0, "Twee": 1.0, "Drie": 1.0, "Vier": 0.0,
    }  # fmt: skip


def test_every_option_is_counted_by_weighing_and_by_costs(rows):
    found = chosen(rows)

    assert found.to_dict("list") == {
        "option": ["heat", "gas"],
        "weighing": [2, 1],
        "costs": [0, 3],
    }


def test_two_runs_are_compared_where_both_have_the_neighbourhood(rows):
    other = rows.iloc[[0, 2, 3]].assign(winner=["heat", "heat", None])

    both = compared(rows, other)

    assert both["name"].tolist() == ["Een", "Drie", "Vier"]
    assert both["differs"].tolist() == [True, False, False]


def test_categories_are_treated_as_the_texts_they_stand_for(rows):
    texts = [column for column in rows if rows[column].dtype == object and column != "tie"]
    narrow = rows.astype(dict.fromkeys(set(texts) - {"weighing_changes_choice"}, "category"))

    assert chosen(narrow).equals(chosen(rows))
    assert compared(narrow, narrow)["differs"].sum() == 0
