import pytest

from waardeweging.app.desk import choice_of, outcome_of, shelf
from waardeweging.presentation.catalog import LANGUAGES, text
from waardeweging.presentation.sentences import outcome_sentences


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_begins_with_the_winner_in_a_sentence(open_screen, shown, language):
    outcome = outcome_of(choice_of(shelf()["berkum"]))
    sentences = {one.kind: said for one, said in outcome_sentences(outcome, language)}
    test = open_screen("outcome", language=language)
    said = shown(test)

    assert not test.exception
    assert said.index(sentences["winner"]) < said.index(text("page.outcome.stack_title", language))
    assert sentences["advice"] in said
    assert sentences["gains"] in said


@pytest.mark.parametrize("side", ["residents", "municipality"])
def test_scores_can_be_seen_with_the_weights_of_one_side(open_screen, side):
    test = open_screen("outcome")
    joint = test.get("plotly_chart")[0].proto.spec
    test.button_group(key="whose").set_value(side).run()

    assert not test.exception
    assert test.get("plotly_chart")[0].proto.spec != joint


@pytest.mark.parametrize("language", LANGUAGES)
def test_small_sides_hide_what_only_one_side_thinks(open_screen, shown, language):
    test = open_screen("outcome", "golden", language)
    outcome = outcome_of(choice_of(shelf()["golden"]))
    about_sides = {
        said
        for one, said in outcome_sentences(outcome, language)
        if one.kind in ("sides_same", "sides_differ", "strip_change", "widest_gap")
    }

    assert about_sides
    assert not test.get("button_group")
    assert text("app.too_few", language, least=5) in shown(test)
    assert not [said for said in about_sides if said in shown(test)]


def test_every_picture_has_alternative_text_and_a_table(open_screen):
    test = open_screen("outcome")
    charts = test.get("plotly_chart")

    assert charts
    assert all(chart.proto.alt for chart in charts)
    tables = [one for one in test.get("expander") if one.label == text("app.table", "nl")]
    assert len(tables) == len(charts)


def test_gains_and_losses_against_second_and_cheapest_can_be_unfolded(open_screen, shown):
    test = open_screen("outcome", language="en")
    folded = [one.label for one in test.get("expander") if "against" in one.label]

    # In Berkum the winner is the cheapest for the country as well: one comparison is left.
    assert len(folded) == 1
    assert text("page.outcome.whom_title", "en") in shown(test)


def test_no_option_excluded_is_said_as_well(open_screen, shown):
    assert text("page.outcome.excluded_none", "nl") in shown(open_screen("outcome", "golden"))
