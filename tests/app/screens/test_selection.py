import pytest

from waardeweging.app.desk import SCENARIOS, selection_of, shelf
from waardeweging.presentation.catalog import LANGUAGES, text
from waardeweging.presentation.selection_words import rejection_sentences, selection_sentences


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_package_stands_first_and_every_other_plan_has_its_reason(open_screen, shown, language):
    selection = selection_of(shelf()["initiatieven"])
    test = open_screen("selection", "initiatieven", language)
    said = shown(test)

    assert not test.exception
    sentences = selection_sentences(selection, language)
    assert said.index(sentences[0]) == min(said.index(one) for one in sentences)
    for rejection in selection.chosen.rejections:
        assert rejection_sentences(rejection, selection, language)[0] in said
    assert len(test.get("plotly_chart")) == 1


def test_from_a_heat_scenario_the_example_opens(open_screen, shown):
    test = open_screen("selection", "berkum")

    assert not test.exception
    assert selection_of(shelf()["initiatieven"]).scenario.title["nl"] in shown(test)


def test_faults_of_the_rules_stand_on_the_page(open_screen, shown, tmp_path, monkeypatch):
    copy = tmp_path / "plannen"
    copy.mkdir()
    for file in shelf()["initiatieven"].iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    (copy / "selection.toml").write_text("resources = []\n", encoding="utf-8")
    monkeypatch.setenv(SCENARIOS, str(tmp_path))
    test = open_screen("selection", "plannen")

    assert not test.exception
    assert text("fault.remedy.selection.no_capacity", "nl") in shown(test)
