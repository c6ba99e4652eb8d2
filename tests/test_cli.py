"""The commands: what they print, what they write, and how they end."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from waardeweging.cli import main

SCENARIOS = Path(__file__).parents[1] / "scenarios"
GOLDEN = str(SCENARIOS / "golden")

# Keys that others build on: docs/reference/commands.md.
KEYS = {
    "alternatives",
    "criteria",
    "value_scores",
    "weights",
    "scores",
    "excluded",
    "ranking",
    "winner",
    "ties",
    "equality_strip",
    "panel",
    "panel_agrees",
    "points_to_flip",
    "stability",
    "acceptability",
    "bootstrap_winner_share",
    "robustness",
    "dispute",
    "influence",
    "findings",
    "crosscheck",
    "provenance",
}


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def broken(tmp_path):
    folder = tmp_path / "broken"
    shutil.copytree(GOLDEN, folder)
    path = folder / "performances.csv"
    path.write_text(path.read_text().replace("0.80;0.80;0.80", "0.80;1.200;0.80"))
    return folder


def test_analyse_tells_the_winner_first_in_dutch():
    result = run("analyse", GOLDEN)

    assert result.exit_code == 0
    assert "Warmteschap staat op plaats 1 met 63 van de 100 punten" in result.stdout
    assert "Verzonnen wegingen" in result.stdout


def test_analyse_speaks_english_too():
    result = run("analyse", GOLDEN, "--lang", "en")

    assert result.exit_code == 0
    assert "Heat community" in result.stdout
    assert "staat op plaats" not in result.stdout


def test_json_on_the_screen_is_only_json_with_every_key():
    result = run("analyse", GOLDEN, "--json", "-")
    outcome = json.loads(result.stdout)

    assert outcome.keys() >= KEYS
    assert outcome["winner"] == "B"
    assert outcome["ranking"] == ["B", "A", "C"]
    assert outcome["provenance"]["seed"] == 1


def test_the_same_input_gives_the_same_bytes_in_another_process(tmp_path):
    first = tmp_path / "first.json"
    assert run("analyse", GOLDEN, "--json", first).exit_code == 0
    command = [sys.executable, "-m", "waardeweging.cli", "analyse", GOLDEN, "--json", "-"]
    again = subprocess.run(command, capture_output=True, check=True)

    assert again.stdout == first.read_bytes()
    assert again.stderr == b""
    assert [path.name for path in tmp_path.iterdir()] == ["first.json"]


def test_options_of_the_command_win_from_the_scenario():
    result = run("analyse", GOLDEN, "--json", "-", "--lambda", 0, "--seed", 9, "--draws", 100)
    outcome = json.loads(result.stdout)

    assert outcome["winner"] == "A"
    assert outcome["lambda"] == 0
    assert (outcome["provenance"]["seed"], outcome["provenance"]["draws"]) == (9, 100)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("nl", "performances.csv, rij 2, veld 'mid': gevonden '1.200'. Schrijf 1200 of 1.2"),
        ("en", "performances.csv, row 2, field 'mid': found '1.200'. Write 1200 or 1.2"),
    ],
)
def test_a_fault_is_told_in_the_users_language_and_nothing_is_written(
    broken, tmp_path, language, line
):
    out = tmp_path / "out.json"
    for command in (["check", broken], ["analyse", broken, "--json", out]):
        result = run(*command, "--lang", language)
        assert result.exit_code == 1
        assert line in result.stderr
        assert result.stdout == ""
    assert not out.exists()


def test_check_of_a_right_folder_counts_what_it_read():
    result = run("check", GOLDEN)

    assert result.exit_code == 0
    assert "3 opties, 4 criteria, 6 wegingen" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["analyse"],
        ["analyse", GOLDEN, "--lambda", "2"],
        ["analyse", GOLDEN, "--variant", "2050"],
        ["analyse", GOLDEN, "--draws", "0"],
        ["analyse", GOLDEN, "--lang", "fr"],
        ["analyse", GOLDEN, "--json", "/nowhere/at/all.json"],
        ["import", "startanalyse", "x.csv"],
        ["dance"],
    ],
)
def test_wrong_use_ends_with_status_2(arguments):
    assert run(*arguments).exit_code == 2


def test_a_folder_that_is_not_there_is_a_fault_not_a_traceback(tmp_path):
    result = run("check", tmp_path / "none")

    assert result.exit_code == 1
    assert "scenario.toml" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_version_is_told():
    assert run("--version").stdout.startswith("waardeweging 0.")


NATIONAL = SCENARIOS / "nederland" / "startanalyse2020_nl_H18_per_variant.csv.gz"
THREE = SCENARIOS / "nederland" / "startanalyse2020_3gemeenten_long.csv"


def test_a_scenario_of_a_neighbourhood_is_made_from_the_source(tmp_path):
    made = tmp_path / "mine"
    arguments = ("import", "startanalyse", NATIONAL, "--edition", 2020, "--neighbourhood")
    result = run(*arguments, "BU01934000", "--out", made)

    assert result.exit_code == 0, result.stderr
    assert run("check", made).exit_code == 0
    k1 = [
        line.split(";")[:4]
        for line in (made / "performances.csv").read_text().splitlines()
        if ";K1;" in line
    ]
    published = {"hybrid-green-gas": "729", "boiler-green-gas": "761", "air-heat-pump": "1308"}
    published |= {"ground-heat-pump": "1492", "residual-heat-public": "1726"}
    assert {row[0]: row[3] for row in k1}.items() >= published.items()


def test_a_made_scenario_is_not_overwritten_unasked(tmp_path):
    arguments = ("import", "startanalyse", NATIONAL, "--edition", 2020, "--neighbourhood")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep")

    result = run(*arguments, "BU01934000", "--out", tmp_path / "mine")

    assert result.exit_code == 1
    assert (tmp_path / "mine" / "notes.txt").read_text() == "keep"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_table_is_written_and_not_overwritten_unasked(tmp_path):
    out = tmp_path / "three.csv"
    arguments = ("import", "startanalyse", THREE, "--edition", 2020, "--out", out)

    assert run(*arguments).exit_code == 0
    before = out.read_bytes()
    again = run(*arguments, "--lang", "en")
    assert again.exit_code == 1
    assert "--overwrite" in again.stderr
    assert run(*arguments, "--overwrite").exit_code == 0
    assert out.read_bytes() == before


@pytest.mark.parametrize("edition", [2019, 2021, 2025])
def test_another_edition_is_refused_and_nothing_is_written(tmp_path, edition):
    out = tmp_path / "x.csv"
    result = run("import", "startanalyse", THREE, "--edition", edition, "--out", out)

    assert result.exit_code == 1
    assert str(edition) in result.stderr
    assert not out.exists()


@pytest.mark.parametrize("source", ["cbs", "etm"])
def test_a_file_of_another_kind_is_refused(tmp_path, source):
    out = tmp_path / "x.csv"
    result = run("import", source, THREE, "--out", out)

    assert result.exit_code == 1
    assert not out.exists()
