import pytest

from waardeweging.app.desk import choice_of, outcome_of, shelf
from waardeweging.presentation.analyst_tables import research_table, rules_table
from waardeweging.presentation.catalog import LANGUAGES, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_method_and_number_worth_researching_is_there(open_screen, shown, language):
    outcome = outcome_of(choice_of(shelf()["berkum"]))
    test = open_screen("analyst", language=language)
    said = shown(test)

    assert not test.exception
    for name in rules_table(outcome, language).iloc[:, 0]:
        assert name in said
    for check in outcome.crosscheck:
        assert check.method in said
    assert research_table(outcome, language).iloc[0, 4] in said


def test_what_a_handful_of_people_think_stays_hidden(open_screen, shown):
    test = open_screen("analyst", "golden")
    said = shown(test)

    assert not test.exception
    assert text("app.too_few", "nl", least=5) in said
    assert text("measure.kendall_w", "nl") not in said
    assert text("finding.research_none", "nl") in said
