from pathlib import Path

import pytest

from waardeweging.analysis.analyse import analyse
from waardeweging.app import desk
from waardeweging.app.desk import SCENARIOS, choice_of, kept, outcome_of, scenario_of, shelf


def folder_of(name: str) -> Path:
    return shelf()[name]


def test_the_shelf_begins_with_berkum():
    assert next(iter(shelf())) == "berkum"


def test_more_folders_can_be_put_on_the_shelf(broken):
    assert broken in shelf()
    assert "berkum" in shelf()


def test_an_outcome_is_computed_once(monkeypatch: pytest.MonkeyPatch):
    runs = []

    def counted(scenario):
        runs.append(scenario)
        return analyse(scenario)

    monkeypatch.setattr(desk, "analyse", counted)
    choice = choice_of(folder_of("golden"))
    desk._analysed.clear()

    assert outcome_of(choice) is outcome_of(choice)
    assert len(runs) == 1


def test_what_is_made_of_an_outcome_is_made_once_per_language():
    made = []

    def make(outcome, language):
        made.append(language)
        return object()

    choice = choice_of(folder_of("golden"))
    first = kept(make, choice, "nl")

    assert kept(make, choice, "nl") is first
    assert kept(make, choice, "en") is not first
    assert made == ["nl", "en"]


def test_a_changed_file_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(SCENARIOS, str(tmp_path))
    copy = tmp_path / "golden"
    copy.mkdir()
    for file in folder_of("golden").iterdir():
        if file.is_file() and file.parent != copy:
            (copy / file.name).write_bytes(file.read_bytes())
    before = choice_of(copy)
    (copy / "notes.txt").write_text("new", encoding="utf-8")

    assert choice_of(copy).stamp != before.stamp


def test_variant_perspective_and_share_are_applied():
    folder = folder_of("berkum")
    choice = choice_of(folder, "national")

    assert scenario_of(choice).perspective == "national"
    assert scenario_of(desk.Choice(choice.folder, choice.stamp, share=1.0)).share == 1.0
    assert scenario_of(choice_of(folder)).perspective == "resident"
