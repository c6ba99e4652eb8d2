import copy
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from waardeweging.dossier.document.blocks import Figure, Form, Quote, Table, Words
from waardeweging.dossier.document.contents import CHAPTERS, contents_of
from waardeweging.dossier.document.facts import facts_of
from waardeweging.dossier.record import Record

RECORD = Path(__file__).parents[1] / "test_record.py"


def record():
    """The record that the test of records reads."""
    source = RECORD.read_text(encoding="utf-8")
    return Record.model_validate(tomllib.loads(source.split('"""')[1]))


def part_of(document, name):
    return next(part for part in document.parts if part.id == name)


def texts_of(item):
    if isinstance(item, Words):
        yield item.text
    elif isinstance(item, tuple):
        for one in item:
            yield from texts_of(one)
    elif hasattr(item, "__dataclass_fields__"):
        for name in item.__dataclass_fields__:
            yield from texts_of(getattr(item, name))


@pytest.fixture(scope="module")
def recorded(berkum):
    return contents_of(facts_of(replace(berkum, record=record()), "nl"), "nl")


def test_every_chapter_is_there_once_and_says_something(document):
    assert len(document.parts) == len(CHAPTERS) == len({part.id for part in document.parts})
    assert all(part.blocks and part.title.text for part in document.parts)


def test_no_sentence_is_left_unfilled(document):
    assert not [text for text in texts_of(document.parts) if "{" in text or "}" in text]


def test_every_table_is_whole(document):
    tables = [b for part in document.parts for b in part.blocks if isinstance(b, Table)]

    assert len(tables) > 25
    for table in tables:
        assert all(len(row.cells) == len(table.heads) for row in table.rows), table.caption
        assert not table.widths or len(table.widths) == len(table.heads)
        assert not table.widths or sum(table.widths) == pytest.approx(1)


def test_every_figure_has_a_question_an_answer_and_a_description(document):
    figures = [b for part in document.parts for b in part.blocks if isinstance(b, Figure)]

    assert len(figures) == 5
    for figure in figures:
        assert all(words.text for words in (figure.question, figure.sentence, figure.alt))
        assert figure.wide.startswith("<svg")
        assert figure.narrow.startswith("<svg")


def test_what_was_not_recorded_is_said_or_left_to_fill_in(document, language):
    said = {"nl": "Dit is niet vastgelegd.", "en": "This was not recorded."}[language]
    for name in ("people", "minorities", "inputs", "agreements", "cooperation"):
        assert said in list(texts_of(part_of(document, name)))
    for name in ("inputs", "agreements", "deviation"):
        forms = [b for b in part_of(document, name).blocks if isinstance(b, Form)]
        assert forms
        assert not any(field.value.text for field in forms[0].fields)


def test_what_was_recorded_is_printed_letter_by_letter(recorded):
    assert "Te duur voor huurders." in list(texts_of(part_of(recorded, "summary")))
    quotes = [b for b in part_of(recorded, "minorities").blocks if isinstance(b, Quote)]
    assert [one.words.text for one in quotes] == ["Wij willen wachten."]
    for name, text in (
        ("people", "jongeren"),
        ("process", "Iedereen telt."),
        ("room", "De vorm"),
        ("inputs", "deels"),
        ("agreements", "voor mei"),
        ("deviation", "3"),
        ("cooperation", "4,1"),
        ("data-protection", "college"),
    ):
        assert text in list(texts_of(part_of(recorded, name))), name


@pytest.mark.parametrize(
    ("ties", "firmness", "advice"),
    [
        ([], "stevig", "Kies voor Warmteschap."),
        ([], "wankel", "Warmteschap staat bovenaan, maar de uitkomst is wankel."),
        (
            ["A"],
            "stevig",
            "Warmteschap staat bovenaan, maar het verschil is te klein om te kiezen.",
        ),
    ],
)
def test_the_advice_is_no_firmer_than_the_outcome(golden, ties, firmness, advice):
    facts = copy.deepcopy(facts_of(golden, "nl"))
    facts["outcome"] |= {"ties": ties, "robustness_with_bands": firmness}
    said = list(texts_of(part_of(contents_of(facts, "nl"), "summary")))

    assert advice in said


def test_an_exploration_says_so(recorded):
    assert recorded.watermark == "VERKENNING"
    assert "Verkenning" in recorded.status.text


def test_with_small_sides_every_chapter_still_stands(golden, language):
    document = contents_of(facts_of(golden, language), language)
    whole = " ".join(texts_of(document.parts))

    assert len(document.parts) == len(CHAPTERS)
    assert {"nl": "minder dan 5", "en": "fewer than 5"}[language] in whole


def test_excluded_options_stay_visible_with_their_reason(golden):
    facts = copy.deepcopy(facts_of(golden, "nl"))
    last = facts["outcome"]["ranking"].pop()
    facts["places"].pop()
    facts["outcome"]["excluded"] = [{"alternative": last, "reason": "Te luid."}]
    options = part_of(contents_of(facts, "nl"), "options")
    said = list(texts_of(options))

    assert "Te luid." in said
    assert "valt af" in said


def test_a_decision_with_one_option_left_has_no_trade_off(golden):
    facts = copy.deepcopy(facts_of(golden, "en"))
    facts["trade_offs"] = []
    said = list(texts_of(part_of(contents_of(facts, "en"), "trade-offs")))

    assert "There is no other option to compare with." in said


def test_when_the_second_is_the_cheapest_it_is_said(golden):
    facts = copy.deepcopy(facts_of(golden, "nl"))
    rival = facts["trade_offs"][0]["rival"]
    facts["trade_offs"] = facts["trade_offs"][:1]
    facts["outcome"]["cost_only"] = {"basis": "weighed", "ranking": [rival]}
    said = " ".join(texts_of(part_of(contents_of(facts, "nl"), "trade-offs")))

    assert "dezelfde als de tweede" in said


def test_composition_and_rounds_are_shown_when_they_are_known(berkum):
    facts = copy.deepcopy(facts_of(berkum, "nl"))
    side = {"people": 12, "mean_points": 7.25}
    facts["outcome"]["rounds"] = {
        "after": [],
        "steps": [{"from": 1, "to": 2, "residents": side, "municipality": side}],
    }
    facts["people"]["rounds"] = 2
    category = {"category": None, "took_part": 0.4, "population": 0.55, "weighted": None}
    facts["outcome"]["representativeness"] = {
        "attributes": [{"attribute": "woning", "categories": [category]}]
    }
    document = contents_of(facts, "nl")

    process = list(texts_of(part_of(document, "process")))
    assert {"van 1 naar 2", "7,3", "12"} <= set(process)
    people = list(texts_of(part_of(document, "people")))
    assert {"overige", "40%", "55%"} <= set(people)
