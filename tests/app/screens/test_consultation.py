"""The page about a whole neighbourhood: send a file, see the answer, the faults and the doubts."""

import pytest

from waardeweging.app.desk import SCENARIOS, shelf
from waardeweging.presentation.catalog import LANGUAGES, text

HEAD = "participant;kosten;zeggenschap;leefbaarheid;co2"


def send(test, text_of_file, name="antwoorden.csv", key="file"):
    test.file_uploader(key=f"consultation-{key}").upload(name, text_of_file.encode(), "text/csv")
    return test.run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_answers_first_and_then_says_how_far_to_trust_it(open_screen, shown, language):
    test = open_screen("consultation", "raadpleging", language)
    said = shown(test)

    assert not test.exception
    headings = ("beside_title", "flags_title", "with_without", "grades_title", "who_title")
    places = [said.index(text(f"page.consultation.{one}", language)) for one in headings]
    assert places == sorted(places)
    assert len(test.get("plotly_chart")) == 2
    assert "waardeweging import consultation consultation.csv" in test.code[0].value


def test_without_a_file_the_page_says_which_columns_it_needs(open_screen, shown):
    test = open_screen("consultation", "golden")

    assert not test.exception
    assert text("page.consultation.none", "nl") in shown(test)
    assert test.code[0].value.startswith("participant;side;kosten;")


def test_every_fault_of_a_file_that_was_sent_stands_on_the_page(open_screen, shown):
    test = send(open_screen("consultation", "golden"), f"{HEAD}\nw1;x;1;1;1\nw2;1;1;1;\n")

    assert not test.exception
    assert "rij 2, veld 'kosten'" in test.error[0].value.replace("\\", "")
    assert "rij 3, veld 'co2'" in test.error[0].value.replace("\\", "")


def test_a_file_of_a_few_people_shows_what_may_be_shown(open_screen, shown):
    test = send(open_screen("consultation", "golden"), f"{HEAD}\nw1;1;1;1;1\nw2;1;1;1;2\n")
    said = shown(test)

    assert not test.exception
    assert "2 mensen deden mee" in said
    assert "Bewoners: te weinig mensen om te vergelijken" in said
    assert text("page.consultation.who_none", "nl") in said
    assert not test.get("plotly_chart")


def test_with_codes_each_answer_is_held_against_the_list(open_screen, shown):
    test = open_screen("consultation", "raadpleging")
    test = send(test, "code\nAB\nCD\n", "codes.csv", "codes")
    rows = "\n".join(f"{code};40;30;20;10" for code in ("ab", "cd", "zz"))
    test = send(test, f"{HEAD};grade:A\n" + "\n".join(f"{row};" for row in rows.split("\n")))

    assert "Er zijn 2 codes uitgegeven, en daarvan zijn er minder dan 5 gebruikt." in shown(test)
    assert text("consultation.flag.unknown_code", "nl") in shown(test)
    assert text("page.consultation.grades_title", "nl") not in shown(test)


def test_grades_of_a_few_are_not_told(open_screen, shown):
    test = send(open_screen("consultation", "raadpleging"), f"{HEAD};grade:A\nw1;1;1;1;2;4\n")

    assert text("page.consultation.grades_none", "nl") in shown(test)


def test_a_scenario_folder_may_bring_its_answers(open_screen, shown, tmp_path, monkeypatch):
    copy = tmp_path / "eigen"
    copy.mkdir()
    for file in shelf()["golden"].iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    (copy / "consultation.csv").write_text(f"{HEAD}\n=1;1;1;1;1\n", encoding="utf-8")
    monkeypatch.setenv(SCENARIOS, str(tmp_path))
    test = open_screen("consultation", "eigen")

    assert not test.exception
    assert "consultation" in test.error[0].value
