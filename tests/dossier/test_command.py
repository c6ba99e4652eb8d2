"""The command `dossier`: what it writes, what it says, and how it ends."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from waardeweging.cli import main

SCENARIOS = Path(__file__).parents[2] / "scenarios"
GOLDEN = SCENARIOS / "golden"


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def copied(tmp_path):
    return Path(shutil.copytree(GOLDEN, tmp_path / "golden"))


def test_every_format_and_the_bundle_are_written(tmp_path):
    theme = SCENARIOS / "themes" / "voorbeeld.toml"
    result = run("dossier", GOLDEN, "--out", tmp_path / "out", "--theme", theme)

    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "bundle.zip",
        "collegevoorstel.docx",
        "dossier.docx",
        "dossier.html",
        "dossier.json",
        "dossier.pdf",
    ]
    assert "dossier.pdf" in result.stdout
    assert "Gemeente Voorbeeld" in (tmp_path / "out" / "dossier.html").read_text("utf-8")


def test_one_format_and_language_can_be_chosen(tmp_path):
    result = run("dossier", GOLDEN, "--out", tmp_path, "--format", "json", "--lang", "en")

    assert result.exit_code == 0, result.output
    assert {path.name for path in tmp_path.iterdir()} == {"bundle.zip", "dossier.json"}
    assert json.loads((tmp_path / "dossier.json").read_text("utf-8"))["language"] == "en"


def test_what_is_written_verifies(tmp_path):
    run("dossier", GOLDEN, "--out", tmp_path, "--format", "html,json")

    assert run("verify", tmp_path / "bundle.zip").exit_code == 0


def test_an_unknown_format_is_wrong_use(tmp_path):
    result = run("dossier", GOLDEN, "--out", tmp_path / "out", "--format", "html,xml")

    assert result.exit_code == 2
    assert "xml" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("record.toml", "oops = 1", "record.toml, veld 'oops'"),
        ("ballots.csv", "participant;side", "ballots.csv"),
    ],
)
def test_faults_are_named_and_nothing_is_written(copied, tmp_path, file, text, said):
    (copied / file).write_text(text, encoding="utf-8")
    result = run("dossier", copied, "--out", tmp_path / "out")

    assert result.exit_code == 1
    assert said in result.stderr
    assert not (tmp_path / "out").exists()


def test_too_few_people_get_no_dossier(copied, tmp_path):
    path = copied / "ballots.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], *lines[3:]]), encoding="utf-8")
    result = run("dossier", copied, "--out", tmp_path / "out")

    assert result.exit_code == 1
    assert "5 mensen" in result.stderr
    assert not (tmp_path / "out").exists()
