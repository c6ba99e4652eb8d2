"""The command that imports a consultation."""

import shutil

from typer.testing import CliRunner

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.cli import main

EXAMPLE = bundled_scenarios() / "raadpleging"


def run(*words):
    return CliRunner().invoke(main, ["import", "consultation", *map(str, words)])


def test_it_says_what_was_read_and_what_stood_out(tmp_path):
    out = tmp_path / "uit"
    done = run(EXAMPLE / "consultation.csv", "--scenario", EXAMPLE, "--out", out, "--lang", "en")

    assert done.exit_code == 0
    assert "315 rows read, of 309 people. 307 of them gave points." in done.stdout
    assert "shortly after each other 9;" in done.stdout
    assert (out / "ballots.csv").is_file()


def test_every_fault_is_named_and_nothing_is_written(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("participant;kosten;zeggenschap;leefbaarheid;co2\nw1;x;1;1;\nw2;1;-1;1;1\n")
    done = run(file, "--scenario", EXAMPLE, "--out", tmp_path / "uit")

    assert done.exit_code == 1
    assert "a.csv, rij 2, veld 'kosten'" in done.stderr
    assert "a.csv, rij 3, veld 'zeggenschap'" in done.stderr
    assert not (tmp_path / "uit").exists()


def test_a_check_of_a_folder_looks_at_its_answers_too(tmp_path):
    folder = tmp_path / "eigen"
    shutil.copytree(EXAMPLE, folder)
    assert CliRunner().invoke(main, ["check", str(folder)]).exit_code == 0

    with (folder / "consultation.csv").open("a", encoding="utf-8") as file:
        file.write("w999;x;1;1;1;;;;;;;;\n")
    done = CliRunner().invoke(main, ["check", str(folder)])
    assert done.exit_code == 1
    assert "consultation.csv, rij 317, veld 'kosten'" in done.stderr
