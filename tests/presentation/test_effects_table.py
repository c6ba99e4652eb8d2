from dataclasses import replace

import pytest

from waardeweging.analysis.analyse import analyse
from waardeweging.presentation.effects_table import dots, effect_cells, effects_table


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "○○○○○"), (0.09, "○○○○○"), (0.1, "●○○○○"), (0.5, "●●●○○"), (0.89, "●●●●○"), (1, "●●●●●")],
)
def test_dots_fill_with_value(value, expected):
    assert dots(value) == expected


def test_a_cell_says_value_performance_band_and_grounds(heat):
    # D1 of the third option: 5 on the ladder 0–5, from 4 to 5, by experts.
    cell = effect_cells(heat, "nl")[2][2]

    assert (cell.alternative, cell.criterion) == ("net_schap", "D1")
    assert cell.value == 1
    assert cell.dots == "●●●●●"
    assert cell.dots_text == "5 van de 5 stippen"
    assert cell.performance == "5 (schaal 0–5)"
    assert cell.band == "4 tot 5"
    assert (cell.grounds, cell.grounds_mark) == ("schatting van deskundigen", "[E]")


def test_a_cell_without_a_band_shows_none(heat):
    assert effect_cells(heat, "nl")[5][0].band == ""


def test_values_in_the_table_are_those_of_the_outcome(heat):
    cells = effect_cells(heat, "nl")
    for place, column in enumerate(heat.columns):
        for row in range(len(heat.alternatives)):
            assert cells[column][row].value == heat.result.values[row, place]


def test_the_table_has_a_row_per_criterion_and_a_column_per_option(heat):
    table = effects_table(heat, "nl")

    assert table.shape == (6, 2 + 5)
    assert table.columns.is_unique
    assert table.iloc[2, 4] == "●●●●● 5 [E]"
    assert table.iloc[1, 1] == "€ per woning per jaar"


def test_a_criterion_that_is_not_weighed_says_so(heat):
    criteria = effects_table(heat, "nl").iloc[:, 0]

    assert criteria[0] == "Nationale meerkosten (telt nu niet mee)"
    assert criteria[1] == "Jaarlijkse warmtekosten"


def test_places_are_told_only_when_asked_but_exclusion_always(heat):
    before, after = effects_table(heat, "nl"), effects_table(heat, "nl", places=True)

    assert before.columns[4] == "Warmtenet op restwarmte, warmteschap van bewoners"
    assert before.columns[6] == "Oude luchtwarmtepomp met veel geluid (valt af)"
    assert after.columns[4].endswith("(plaats 1)")


def test_a_tie_is_told_with_the_places(golden):
    tied = analyse(replace(golden.scenario, tie_margin=0.5))

    assert effects_table(tied, "en", places=True).columns[2] == "Heat company (place 2, tie)"
