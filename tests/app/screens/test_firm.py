import pytest

from waardeweging.app.desk import choice_of, outcome_of, shelf
from waardeweging.presentation.catalog import LANGUAGES, text
from waardeweging.presentation.sentences import outcome_sentences, word


@pytest.mark.parametrize("language", LANGUAGES)
def test_points_to_flip_stand_first_and_every_variant_is_there(open_screen, shown, language):
    outcome = outcome_of(choice_of(shelf()["berkum"]))
    sentences = {one.kind: said for one, said in outcome_sentences(outcome, language)}
    test = open_screen("firm", language=language)
    said = shown(test)

    assert not test.exception
    assert sentences["flip"] in said
    assert sentences["firm_weights"] in said
    assert word(outcome.firm.by_weights, language) in said
    assert len(test.get("plotly_chart")) == 3
    for variant in outcome.scenario.variants:
        assert variant.label[language] in said


def test_a_scenario_without_variants_says_so(open_screen, shown):
    test = open_screen("firm", "golden")

    assert not test.exception
    assert text("page.firm.variants_none", "nl") in shown(test)


def test_the_places_that_a_handful_of_people_give_stay_hidden(open_screen, shown):
    test = open_screen("firm", "golden")

    assert len(test.get("plotly_chart")) == 1
    assert text("app.too_few", "nl", least=5) in shown(test)
