"""Tables for analysts, checked on the golden case and on Berkum."""

import pytest
from tests.analysis.conftest import SCENARIOS, scenario_of

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.scenario import read_scenario
from waardeweging.presentation import analyst_tables as tables

EVERY = (
    tables.rules_table,
    tables.methods_table,
    tables.research_table,
    tables.criteria_table,
    tables.all_weights_table,
    tables.agreement_table,
)


@pytest.fixture(scope="module")
def golden():
    return analyse(read_scenario(SCENARIOS / "golden"))


@pytest.fixture(scope="module")
def berkum():
    return analyse(read_scenario(SCENARIOS / "berkum"))


@pytest.mark.parametrize("make", EVERY)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_cell_is_text_and_nothing_is_missing(berkum, make, language):
    frame = make(berkum, language)

    assert len(frame)
    assert all(isinstance(cell, str) for row in frame.to_numpy() for cell in row)
    assert "nan" not in frame.to_string().lower().split()


def test_rules_show_the_golden_figures(golden):
    rows = {row[0]: list(row[1:]) for row in tables.rules_table(golden, "en").to_numpy()}

    assert rows["mean of the weights"] == ["Heat community", "0.574", "0.633", "0.51"]
    assert [row[0] for row in rows.values()].count("Heat company") == 4


def test_methods_that_disagree_say_why(golden):
    frame = tables.methods_table(golden, "en")
    other = {row[0]: row[3] for row in frame.to_numpy() if row[1] != "Heat community"}

    assert list(other) == ["RIM"]
    assert other["RIM"].startswith("Another winner")


def test_agreement_shows_the_golden_figures(golden):
    frame = tables.agreement_table(golden, "en").set_index("Measure")["Figure"]

    assert frame["Part of the spread between the sides (η²)"] == "0.626"
    assert frame["Agreement on the order (Kendall's W)"] == "0.312"
    assert frame["Points to move between the sides"].startswith("26.3")


def test_without_bands_nothing_is_worth_researching(golden):
    assert tables.research_table(golden, "nl").empty


def test_numbers_worth_researching_are_sorted_and_inside_their_band(berkum):
    frame = tables.research_table(berkum, "en")

    assert 0 < len(frame) <= 12
    assert frame.iloc[0]["Option"] != ""


def test_weights_in_order_get_a_column_of_their_own():
    from dataclasses import replace

    berkum = read_scenario(SCENARIOS / "berkum")
    ordered = analyse(replace(berkum, value_orders=(("social", "costs"),), draws=200))

    assert tables.all_weights_table(ordered, "en").shape == (8, 3)


def test_one_option_has_tables_too():
    alone = analyse(scenario_of([[0.3, 0.7]], [[1, 1]], [[1, 0]]))

    for make in EVERY:
        make(alone, "nl")
