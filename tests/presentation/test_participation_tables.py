"""Tables about people, display-ready in every language."""

from dataclasses import replace

import pytest
from tests.presentation.conftest import SCENARIOS

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.scenario import read_scenario
from waardeweging.presentation.catalog import LANGUAGES
from waardeweging.presentation.participation_tables import (
    beside_table,
    grades_table,
    movement_table,
    raked_table,
)

TABLES = (beside_table, grades_table, movement_table, raked_table)


@pytest.fixture(scope="module")
def evening():
    return analyse(read_scenario(SCENARIOS / "oefenavond").with_draws(50))


def test_grades_stand_beside_the_place_in_the_model(evening):
    table = grades_table(evening, "nl")

    assert table.iloc[0].tolist() == ["Warmteschap", "plaats 1", "goed (3)", "heel goed (4)"]
    assert table.iloc[2].tolist() == ["Warmtepomp", "plaats 3", "slecht (1)", "onacceptabel (0)"]


def test_grades_of_too_few_are_a_dash(evening):
    few = replace(
        evening.graded,
        majority_municipality=(None, None, None),
        lowest=(None, None, None),
    )

    assert grades_table(replace(evening, graded=few), "en").iloc[0, 3] == "–"


def test_movement_is_told_per_side(evening):
    table = movement_table(evening, "nl")

    assert table.iloc[0].tolist() == ["bewoners", "30", "2,7 punten", "97%", "1"]
    assert table.iloc[1, 0] == "gemeente"


def test_movement_of_a_few_is_a_dash(evening):
    (step,) = evening.rounds.steps
    hidden = replace(step.municipality, mean_points=None, still_share=None, crossed=None)
    rounds = replace(evening.rounds, steps=(replace(step, municipality=hidden),))

    assert movement_table(replace(evening, rounds=rounds), "nl").iloc[1, 2:].tolist() == ["–"] * 3


def test_with_and_without_weighting_stand_side_by_side(evening):
    assert raked_table(evening, "nl").iloc[0].tolist() == ["Warmteschap", "64,2", "64"]


def test_every_rule_beside_the_panel_has_a_row_and_what_is_excluded_a_dash(evening, heat):
    assert len(beside_table(evening, "en")) == 6
    table = beside_table(heat, "en")
    assert len(table) == 5
    assert table["Old and noisy air heat pump"].tolist() == ["–"] * 5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", TABLES)
def test_without_anything_to_tell_a_table_is_empty(golden, make, language):
    nothing = replace(golden, beside=None)

    assert make(nothing, language).empty


def test_rounds_without_a_step_have_no_movement(evening):
    rounds = replace(evening.rounds, steps=())

    assert movement_table(replace(evening, rounds=rounds), "nl").empty
