import shutil

import pytest

from waardeweging.app.desk import SCENARIOS, choice_of, scenario_of, shelf
from waardeweging.app.screens.sources import linked
from waardeweging.presentation.catalog import LANGUAGES
from waardeweging.presentation.sentences import word
from waardeweging.problem.alternatives import GROUNDS, Source


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_source_and_all_grounds_are_listed(open_screen, shown, language):
    test = open_screen("sources", language=language)
    said = shown(test)

    assert not test.exception
    for source in scenario_of(choice_of(shelf()["berkum"])).problem.sources:
        assert source.titled(language) in said
    for grounds in GROUNDS:
        assert word(grounds, language) in said


def test_only_a_web_address_becomes_a_link():
    safe = Source(id="a", title="Titel", url="https://pbl.nl/a")
    script = Source(id="b", title="Titel", url="javascript:alert(1)")
    broken = Source(id="c", title="T](x", url="https://a.nl/>)[x](http://b.nl")

    assert linked(safe, "nl") == "[Titel](<https://pbl.nl/a>)"
    assert linked(script, "nl") == "Titel"
    assert linked(broken, "nl") == "[T\\]\\(x](<https://a.nl/%3E)[x](http://b.nl>)"


def test_departures_from_a_higher_framework_are_listed_with_their_reason(
    open_screen, shown, tmp_path, monkeypatch
):
    copy = tmp_path / "wijk"
    shutil.copytree(shelf()["golden"], copy)
    (copy / "framework.toml").rename(copy / "gemeente.toml")
    (copy / "framework.toml").write_text(
        'inherits = "gemeente.toml"\nlevel = "wijk"\n[[overrides]]\nsection = "criteria"\n'
        'id = "co2"\nreason = "Zo noemen wij het hier."\nset = { unit = "kg" }\n',
        encoding="utf-8",
    )
    text_of = (copy / "performances.csv").read_text("utf-8")
    lines = [
        line.replace(";0-1;", ";kg;") if ";co2;" in line else line for line in text_of.splitlines()
    ]
    (copy / "performances.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setenv(SCENARIOS, str(tmp_path))
    said = shown(open_screen("sources", "wijk"))

    assert "Zo noemen wij het hier." in said
    assert "unit: van 0-1 naar kg" in said


def test_a_title_is_in_english_where_it_has_one():
    plain = Source(id="a", title="Kosten", url="https://pbl.nl/a")
    both = plain.model_copy(update={"title_en": "Costs"})

    assert linked(both, "en") == "[Costs](<https://pbl.nl/a>)"
    assert linked(both, "nl") == linked(plain, "en") == "[Kosten](<https://pbl.nl/a>)"
    # A file of before there was such a title keeps its bytes.
    assert "title_en" in both.model_dump()
    assert "title_en" not in plain.model_dump()
