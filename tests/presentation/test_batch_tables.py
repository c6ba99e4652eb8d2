"""The plain answer of a batch, in both languages."""

import numpy as np
import pandas as pd
import pytest

from waardeweging.analysis.batch.results import BatchTable
from waardeweging.analysis.batch.selection import compared, count
from waardeweging.presentation.batch_tables import (
    answer,
    comparison_answer,
    comparison_table,
    places_table,
    remarks,
    variant_name,
    weights_name,
)
from waardeweging.presentation.catalog import text
from waardeweging.presentation.figures.batch import (
    MEASURES,
    chosen_options,
    per_municipality,
    spread,
)
from waardeweging.presentation.figures.batch_map import choropleth
from waardeweging.problem.boundaries import Boundaries
from waardeweging.problem.labels import Label

SQUARE = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]])


@pytest.fixture
def table():
    labels = {
        "options": {"heat": Label(nl="Warmte <b>", en="Heat <b>")},
        "variants": {"dear": Label(nl="Gas duur", en="Dear gas")},
    }
    return BatchTable("x.parquet", {"run": "r", "labels": labels}, (), (), None, {})


@pytest.fixture
def rows():
    """Four neighbourhoods in each of five municipalities; one keeps the choice of costs."""
    codes = [f"GM000{k}" for k in range(5) for _ in range(4)]
    frame = pd.DataFrame(
        {
            "neighbourhood": [f"BU0000{k:04d}" for k in range(20)],
            "name": [f"Buurt {k}" for k in range(20)],
            "municipality_code": codes,
            "municipality": [f"Plaats {code[-1]}" for code in codes],
            "winner": "heat",
            "cost_only_winner": "gas",
            "weighing_changes_choice": True,
            "tie": False,
            "points_to_flip": np.arange(20) / 2,
            "winner_share": np.linspace(0.5, 1, 20),
            "winner_share_error": 0.011,
            "winner_share_bands": 0.5,
            "margin": 0.01,
            "regret": np.nan,
            "value_of_information": 0.0,
        }
    )
    for column, found in (("winner", "gas"), ("weighing_changes_choice", False), ("tie", True)):
        frame.loc[0, column] = found
    return frame


def said(rows, weights="joint", language="nl"):
    return answer(rows, count(rows), weights, language)


def test_the_answer_counts_and_names_the_exceptions(rows):
    assert said(rows) == [
        "Samen wegen kiest in 19 van de 20 buurten (95%) iets anders dan alleen kosten.",
        "De keuze blijft gelijk in 1 buurt, in Plaats 0 (1).",
    ]


def test_the_answer_names_where_it_changes_when_that_is_the_smaller_part(rows):
    rows.loc[4:, "weighing_changes_choice"] = False

    assert said(rows, language="en")[1] == "Those are in Plaats 0 (3)."


def test_only_the_first_of_many_municipalities_are_named(rows):
    rows["weighing_changes_choice"] = [k % 4 == 0 for k in range(20)]

    assert said(rows, language="en")[1].startswith("Most of them are in Plaats 0 (1), Plaats 1")


@pytest.mark.parametrize(("changed", "key"), [(True, "all"), (False, "none"), (None, "unknown")])
def test_everywhere_nowhere_and_unknown_have_their_own_sentence(rows, changed, key):
    rows["weighing_changes_choice"] = changed
    who = "Wegen door bewoners"

    assert said(rows, "residents") == [text(f"batch.answer.{key}", "nl", who=who, total="20")]


def test_remarks_tell_of_ties_firmness_and_what_is_unknown(rows):
    rows["weighing_changes_choice"] = rows["weighing_changes_choice"].astype(object)
    rows.loc[1, "weighing_changes_choice"] = None

    assert remarks(count(rows), "en") == [
        "In 1 neighbourhood (5%) another option is nearly as good.",
        "In half of the neighbourhoods the choice tips at 4.8 points or less.",
        "Of 1 neighbourhood it is unknown what costs alone choose.",
    ]
    firm = rows.tail(1).assign(points_to_flip=np.nan)
    assert remarks(count(firm), "en") == []


def test_the_table_is_written_for_reading(rows, table):
    rows.loc[0, ["points_to_flip", "winner_share", "winner"]] = [np.nan, np.nan, None]
    first, second = places_table(rows.head(2), table, "nl").to_numpy().tolist()

    assert first == ["Buurt 0", "Plaats 0", "–", "gas", "nee", "ja", "–", "–"]
    assert second == ["Buurt 1", "Plaats 0", "Warmte <b>", "gas", "ja", "nee", "0,5", "53% (± 2)"]


def test_variants_and_weight_sets_have_names(table):
    assert variant_name(table, "base", "en") == text("word.no_variant", "en")
    assert variant_name(table, "dear", "en") == "Dear gas"
    assert weights_name("unheard-of", "en") == "unheard-of"


def test_a_comparison_counts_every_move(rows, table):
    other = rows.assign(winner=["gas"] * 5 + ["heat"] * 15)
    both = compared(rows, other)

    assert comparison_answer(both, "nl").startswith("In 4 van de 20 buurten (20%)")
    assert comparison_table(both, table, table, "nl").to_numpy().tolist() == [
        ["Warmte <b>", "gas", "4"]
    ]
    assert comparison_answer(compared(rows, rows), "en") == text(
        "batch.compare.same", "en", total="20"
    )
    assert comparison_answer(compared(rows, rows.head(0)), "en") == text(
        "batch.compare.nothing", "en"
    )


# ------------------------------------------------------------------------- pictures


def test_the_picture_of_choices_has_weighing_beside_costs(rows, table):
    picture = chosen_options(rows, table, "nl")

    assert picture.table.to_numpy().tolist() == [["Warmte <b>", "19", "0"], ["gas", "1", "20"]]
    assert "Warmte &lt;b&gt;" in str(picture.figure.to_json()).replace("\\u0026", "&")
    assert chosen_options(rows.head(0), table, "nl").table.empty


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.column)
def test_every_neighbourhood_is_in_one_range(rows, measure):
    picture = spread(rows, measure, "en")

    if measure.column == "regret":
        assert picture is None
    else:
        assert picture.table.iloc[:, 1].astype(int).sum() == 20
        assert len(picture.table) <= 9


def test_municipalities_show_most_first_and_the_table_has_all(rows, table):
    picture = per_municipality(rows, table, "changed", "nl")

    assert picture.table.iloc[:, 2].tolist() == ["4", "4", "4", "4", "3"]
    assert "Plaats 1: 4" in picture.sentence
    assert per_municipality(rows.head(0), table, "tied", "nl").table.empty


def test_the_map_shades_by_class_and_names_areas_when_they_are_few(rows, table):
    rings = {"GM0000": (SQUARE,), "GM0001": (SQUARE + 2,), "GM0999": (SQUARE + 4,)}
    picture = choropleth(rows, table, "heat", Boundaries(rings), "en")
    names = [trace.name for trace in picture.figure.data if trace.name]

    assert "60% to 80% (1)" in names
    assert "80% to 100% (1)" in names
    assert [note.text for note in picture.figure.layout.annotations] == [
        "Plaats 1<br>4/4", "Plaats 0<br>3/4",
    ]  # fmt: skip
    assert "3 areas are not on the map." in picture.sentence
    assert picture.enlarged(1.5).figure.layout.height > picture.figure.layout.height


def test_a_map_of_neighbourhoods_has_a_shade_per_neighbourhood(rows, table):
    rings = {code: (SQUARE + k,) for k, code in enumerate(rows["neighbourhood"])}
    picture = choropleth(rows, table, "tied", Boundaries(rings), "nl")
    names = [trace.name for trace in picture.figure.data if trace.name]

    assert {"nergens (19)", "80% tot 100% (1)"} <= set(names)
    assert not picture.figure.layout.annotations


def test_many_municipalities_are_not_named_on_the_map(rows, table):
    rows["municipality_code"] = [f"GM{k:04d}" for k in range(20)]
    rings = {f"GM{k:04d}": (SQUARE + k,) for k in range(20)}

    picture = choropleth(rows, table, "changed", Boundaries(rings), "nl")
    assert not picture.figure.layout.annotations


def test_boundaries_of_elsewhere_make_no_map(rows, table):
    assert choropleth(rows, table, "changed", Boundaries({"GM9999": (SQUARE,)}), "nl") is None
