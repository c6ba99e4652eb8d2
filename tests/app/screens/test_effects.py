import pytest

from waardeweging.app.desk import choice_of, scenario_of, shelf
from waardeweging.presentation.catalog import LANGUAGES, text
from waardeweging.presentation.effects_table import dots


@pytest.fixture(scope="module")
def scenario():
    return scenario_of(choice_of(shelf()["berkum"]))


def place_of(scenario, grounds: str) -> tuple[int, int]:
    """Give option and criterion of the first cell with these grounds."""
    return next(
        (row, column)
        for row, cells in enumerate(scenario.problem.cells)
        for column, cell in enumerate(cells)
        if cell.grounds == grounds
    )


def choose(test, row: int, column: int):
    test.selectbox(key="cell-option").set_value(row)
    return test.selectbox(key="cell-criterion").set_value(column).run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_has_every_option_criterion_and_value(open_screen, shown, scenario, language):
    said = shown(open_screen("effects", language=language))
    problem = scenario.problem

    for named in (*problem.alternatives, *problem.framework.criteria, *problem.framework.values):
        assert named.label[language] in said
    assert dots(1.0) in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("grounds", ["measured", "calculated", "expert", "definition"])
def test_a_chosen_number_shows_its_grounds_and_source(
    open_screen, shown, scenario, grounds, language
):
    row, column = place_of(scenario, grounds)
    said = shown(choose(open_screen("effects", language=language), row, column))
    source = scenario.problem.source(scenario.problem.cells[row][column].source)

    assert text(f"word.{grounds}", language) in said
    assert source.titled(language) in said
    assert text("page.effects.source", language) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_calculated_number_unfolds_into_its_formula_with_its_numbers(
    open_screen, shown, scenario, language
):
    row, column = next(
        (row, column)
        for row, cells in enumerate(scenario.problem.cells)
        for column, cell in enumerate(cells)
        if cell.criterion == "K2" and cell.alternative == "air-heat-pump"
    )
    said = shown(choose(open_screen("effects", language=language), row, column))

    assert text("page.effects.formula.yearly_heat_cost", language) in said
    assert text("page.effects.term.electricity", language) in said
    assert text("page.effects.input.electricity_price", language) in said


def test_a_typed_number_has_no_formula(open_screen, shown, scenario):
    row, column = place_of(scenario, "expert")
    said = shown(choose(open_screen("effects"), row, column))

    assert text("page.effects.formula_title", "nl") not in said


def test_a_phone_gets_one_option_at_a_time(open_screen, scenario):
    test = open_screen("effects")
    test.selectbox(key="effects-option").set_value(2).run()

    name = scenario.problem.alternatives[2].label["nl"]
    tables = [item.proto.body for item in test.get("html")]
    assert any(f'aria-label="{name}"' in table for table in tables)
