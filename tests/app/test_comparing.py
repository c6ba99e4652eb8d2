"""What the pages show of a third party and of answers that compare two by two."""

import shutil
from pathlib import Path

import pytest

from waardeweging.app.desk import SCENARIOS
from waardeweging.presentation.catalog import LANGUAGES, text

GOLDEN = Path(__file__).parents[2] / "scenarios" / "golden"
SIDES = ("residents", "municipality", "netbeheerder")


@pytest.fixture
def compared(tmp_path, monkeypatch):
    """Name of a scenario with three parties, five people who compared and one with an order."""
    folder = tmp_path / "compared"
    shutil.copytree(GOLDEN, folder)
    ballots = folder / "ballots.csv"
    rows = [f"{s[0]}{k}0;{s};;1;points;{10 + k};20;30;40" for s in SIDES for k in range(5)]
    ballots.write_text(ballots.read_text() + "\n".join(rows) + "\n")
    head = "participant;side;first;second;answer\n"
    said = ("kosten;zeggenschap;3", "zeggenschap;leefbaarheid;3", "kosten;leefbaarheid;1/2")
    answers = [f"h{n};municipality;{row}" for n in range(5) for row in (*said, "kosten;co2;5")]
    (folder / "pairwise.csv").write_text(head + "\n".join(answers))
    (folder / "orders.csv").write_text(f"{head}o1;residents;zeggenschap;kosten;\n")
    monkeypatch.setenv(SCENARIOS, str(tmp_path))
    return folder.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sides_show_who_wins_with_a_third_party(open_screen, shown, compared, language):
    test = open_screen("sides", compared, language)
    said = shown(test)

    assert not test.exception
    assert text("page.sides.triangle_title", language) in said
    assert text("page.sides.triangle_lead", language) in said
    assert len(test.get("plotly_chart")) == 3
    assert text("table.of_divisions", language) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_agreed_shares_are_said_and_the_triangle_takes_the_place_of_the_strip(
    open_screen, shown, compared, tmp_path, language
):
    with (tmp_path / compared / "scenario.toml").open("a") as file:
        file.write("\n[shares]\nresidents = 0.4\nmunicipality = 0.4\nnetbeheerder = 0.2\n")
    sides, outcome = (open_screen(name, compared, language) for name in ("sides", "outcome"))
    said, told = shown(sides), shown(outcome)

    assert not sides.exception
    assert not outcome.exception
    assert text("page.sides.triangle_agreed", language) in said
    assert text("page.sides.triangle_lead", language) not in said
    assert "netbeheerder 20%" in said
    assert text("figure.triangle.agreed", language) in told
    assert text("figure.strip.question", language) not in told
    assert text("finding.third_share", language, party="netbeheerder", share="20%")[1:] in told


def test_the_analyst_sees_how_well_answers_fit_and_of_few_only_how_many(
    open_screen, shown, compared
):
    test = open_screen("analyst", compared, "nl")
    said = shown(test)

    assert not test.exception
    assert text("page.analyst.consistency_title", "nl") in said
    assert "twee aan twee" in said
    assert "0,97" in said
    assert text("page.analyst.consistency_few", "nl", least=5) in said
    assert "Binnen die ruimte wint" in said


def test_without_comparisons_or_third_party_the_pages_say_nothing_of_them(open_screen, shown):
    sides, analyst = (shown(open_screen(name, "golden", "nl")) for name in ("sides", "analyst"))

    assert text("page.sides.triangle_title", "nl") not in sides
    assert text("page.analyst.consistency_title", "nl") not in analyst


def test_answers_without_room_say_nothing_of_room(open_screen, shown, compared, tmp_path):
    (tmp_path / compared / "orders.csv").unlink()
    said = shown(open_screen("analyst", compared, "nl"))

    assert "twee aan twee" in said
    assert "Binnen die ruimte" not in said
    assert text("page.analyst.consistency_few", "nl", least=5) not in said
