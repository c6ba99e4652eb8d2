"""Sections about people on the screens that show them."""

import pytest

from waardeweging.app.desk import SCENARIOS, choice_of, outcome_of, shelf
from waardeweging.presentation.catalog import LANGUAGES, text

EVENING = "oefenavond"


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_sides_show_rounds_and_who_took_part(open_screen, shown, language):
    test = open_screen("sides", EVENING, language)
    said = shown(test)

    assert not test.exception
    assert {"rounds", "composition"} <= {chart.key for chart in test.get("plotly_chart")}
    for name in ("rounds_title", "who_title", "raked_title"):
        assert text(f"page.agreement.{name}", language) in said
    assert "Warm Samen" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_grades_stand_on_the_outcome_beside_the_model(open_screen, shown, language):
    said = shown(open_screen("outcome", EVENING, language))

    assert text("page.agreement.grades_title", language) in said
    assert text("word.grade_4", language) in said
    assert text("word.grade_4", language) not in shown(open_screen("outcome", "golden", language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rules_beside_the_panel_stand_on_the_page_for_analysts(open_screen, shown, language):
    said = shown(open_screen("analyst", EVENING, language))

    assert text("rule.nash", language) in said
    assert text("rule.phantoms", language) in said


def test_without_a_fallback_bargaining_is_explained_and_a_small_side_is_not_shown(
    open_screen, shown
):
    said = shown(open_screen("analyst", "golden"))

    assert text("page.agreement.no_fallback", "nl") in said
    assert text("rule.phantoms", "nl") not in said


def test_one_round_without_population_shows_no_such_section(open_screen, shown):
    said = shown(open_screen("sides"))

    assert text("page.agreement.rounds_title", "nl") not in said
    assert text("page.agreement.who_title", "nl") not in said


@pytest.fixture
def few(tmp_path, monkeypatch):
    """Name of the practice evening when hardly anyone comes back and hardly anyone is known."""
    source, folder = shelf()[EVENING], tmp_path / "few"
    folder.mkdir()
    for file in source.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    lines = (source / "ballots.csv").read_text(encoding="utf-8").splitlines()
    again = [line for line in lines if ";2;points;" in line]
    kept = [line for line in lines if line not in again[2:]]
    (folder / "ballots.csv").write_text("\n".join(kept), encoding="utf-8")
    (folder / "attributes.csv").write_text("participant;leeftijd\nb01;65+\n", encoding="utf-8")
    monkeypatch.setenv(SCENARIOS, str(tmp_path))
    return folder.name


def test_what_would_tell_of_a_few_is_left_out_with_the_reason(open_screen, shown, few):
    said = shown(open_screen("sides", few))
    outcome = outcome_of(choice_of(shelf()[few]))

    assert not outcome.rounds.may_show
    assert "Te weinig mensen wogen opnieuw" in said
    assert "Van te weinig mensen is bekend wie ze zijn" in said
    assert text("page.agreement.rounds_moves", "nl") not in said


def test_rounds_that_nobody_joined_twice_have_no_table_of_movement(
    open_screen, shown, tmp_path, monkeypatch
):
    source, folder = shelf()[EVENING], tmp_path / "apart"
    folder.mkdir()
    for file in source.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    lines = (source / "ballots.csv").read_text(encoding="utf-8").splitlines()
    first = [line for line in lines if ";1;points;" in line]
    late = [line.replace(";1;points;", ";2;points;") for line in first[10:20] + first[32:38]]
    on_time = first[:10] + first[20:32]
    officials = [f"h{k};municipality;;;;1;points;1;2;3;4" for k in range(5)]
    (folder / "ballots.csv").write_text(
        "\n".join([lines[0], *on_time, *officials, *late]), encoding="utf-8"
    )
    monkeypatch.setenv(SCENARIOS, str(tmp_path))
    said = shown(open_screen("sides", folder.name))

    assert text("page.agreement.rounds_title", "nl") in said
    assert text("page.agreement.rounds_moves", "nl") not in said
