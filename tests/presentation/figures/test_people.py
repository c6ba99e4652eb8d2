"""Pictures of rounds and of who took part: question, answer, figure, table and description."""

from dataclasses import replace

import numpy as np
import pytest
from tests.presentation.conftest import SCENARIOS

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.scenario import read_scenario
from waardeweging.presentation.catalog import LANGUAGES
from waardeweging.presentation.figures.canvas import MUNICIPALITY_MARK, RESIDENTS_MARK
from waardeweging.presentation.pictures import composition_bars, rounds_weights


@pytest.fixture(scope="module")
def evening():
    return analyse(read_scenario(SCENARIOS / "oefenavond").with_draws(50))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", [rounds_weights, composition_bars])
def test_every_picture_can_be_read_without_seeing_it(evening, make, language):
    picture = make(evening, language)

    assert picture.question.endswith("?")
    assert picture.sentence.endswith(".")
    assert "{" not in picture.alt
    assert not picture.table.empty
    assert picture.enlarged(1.5).figure.layout.height > picture.figure.layout.height


def test_rounds_draw_before_open_and_after_filled_for_each_side(evening):
    figure = rounds_weights(evening, "nl").figure
    drawn = {trace.marker.symbol: trace for trace in figure.data if len(trace.x) > 1}

    for side, (colour, symbol) in (
        ("residents", RESIDENTS_MARK),
        ("municipality", MUNICIPALITY_MARK),
    ):
        for result, form in zip(evening.rounds.results, (f"{symbol}-open", symbol), strict=True):
            assert drawn[form].marker.color == colour
            assert sorted(drawn[form].x) == pytest.approx(sorted(100 * getattr(result, side)))


def test_the_criterion_that_moved_most_stands_on_top(evening):
    table = rounds_weights(evening, "nl").table

    assert table.iloc[0, 0] == "Zeggenschap"
    assert table.iloc[0, 1:].tolist() == ["27,4", "26,4", "18,2", "20,2"]


@pytest.mark.parametrize("change", [{"may_show": False}, {"results": ()}])
def test_without_rounds_to_compare_there_is_no_picture(evening, golden, change):
    assert rounds_weights(golden, "nl") is None
    hidden = replace(evening, rounds=replace(evening.rounds, **change))
    assert rounds_weights(hidden, "nl") is None


def test_composition_draws_a_bar_for_who_came_and_a_line_for_who_lives_here(evening):
    figure = composition_bars(evening, "nl").figure
    bars = [trace.x[0] for trace in figure.data][1:]
    lines = [shape.x0 for shape in figure.layout.shapes][1:]
    found = [one.took_part for one in evening.representation.attributes]

    np.testing.assert_allclose(bars, 100 * np.concatenate([one.shares for one in found]))
    np.testing.assert_allclose(lines, 100 * np.concatenate([one.targets for one in found]))


def test_groups_that_stand_together_have_a_word_and_no_weighted_column_without_weights(evening):
    given = evening.scenario.participation
    attributes = {
        name: {"woning": "koop", "leeftijd": ("18-39", "40-64", "65+")[min(k, 2)]}
        for k, name in enumerate(given.attributes)
    }
    changed = replace(evening.scenario, participation=replace(given, attributes=attributes))
    table = composition_bars(analyse(changed), "nl").table

    assert table.columns.tolist() == ["Groep", "Deed mee", "Woont hier"]
    assert "leeftijd: andere groepen" in table["Groep"].tolist() or len(table) == 2


def test_without_a_population_there_is_no_picture(golden):
    assert composition_bars(golden, "nl") is None
