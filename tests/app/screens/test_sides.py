import pytest

from waardeweging.app.desk import choice_of, outcome_of, shelf
from waardeweging.presentation.catalog import LANGUAGES, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_sides_stand_beside_each_other_with_the_dispute_that_matters(
    open_screen, shown, language
):
    test = open_screen("sides", language=language)
    said = shown(test)

    assert not test.exception
    assert len(test.get("plotly_chart")) == 2
    assert text("page.sides.matters_title", language) in said
    outcome = outcome_of(choice_of(shelf()["berkum"]))
    for criterion in outcome.criteria:
        assert criterion.label[language] in said


@pytest.mark.parametrize("name", ["sides", "outcome", "firm"])
def test_invented_ballots_are_called_so_wherever_they_are_used(open_screen, name):
    assert "verzonnen" in open_screen(name).warning[0].value


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_side_of_fewer_than_five_people_is_not_shown(open_screen, shown, language):
    test = open_screen("sides", "golden", language)

    assert not test.get("plotly_chart")
    assert not test.get("html")
    assert text("app.too_few", language, least=5) in shown(test)
