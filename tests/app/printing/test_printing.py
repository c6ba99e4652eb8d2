import io
from types import SimpleNamespace
from typing import Any

import pytest
import segno
from pypdf import PdfReader

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.analysis.scenario import read_scenario
from waardeweging.app.printing.cards import cards_pdf, personal_address, spaced_room, square
from waardeweging.app.printing.form import paper_form_pdf

HOSTILE = "#strong[x] $y$ \\ <b> *z* @ref `code` ../../etc"


def card(
    code: str, side: str = "residents", department: str = "", buddy: str = ""
) -> SimpleNamespace:
    return SimpleNamespace(code=code, side=side, department=department, buddy=buddy)


def printed(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def print_cards(cards, title: str = "Avond", language: str = "nl") -> bytes:
    return cards_pdf(
        cards, address="https://wegen.example/", room="123456", title=title, language=language
    )


def is_tagged(content: bytes) -> bool:
    root: Any = PdfReader(io.BytesIO(content)).root_object
    return bool(root["/MarkInfo"]["/Marked"]) and "/StructTreeRoot" in root and "/Lang" in root


def test_every_card_has_its_code_side_room_and_address():
    text = printed(
        print_cards([card("7KQ2M-XR9TD"), card("22222-33333", "municipality", "Ruimte", "12")])
    )

    for said in (
        "7KQ2M-XR9TD",
        "22222-33333",
        "Bewoner",
        "Gemeente",
        "Ruimte",
        "Maatje 12:",
        "123 456",
    ):
        assert said in text
    assert "wegen.example/w" in text


def test_eight_cards_stand_on_a_sheet():
    content = print_cards([card("7KQ2M-XR9TD")] * 17)

    assert len(PdfReader(io.BytesIO(content)).pages) == 3


def test_texts_are_printed_as_they_are_and_never_run():
    text = printed(print_cards([card("7KQ2M-XR9TD", HOSTILE, HOSTILE)], HOSTILE))

    assert text.count("#strong[x] $y$") >= 3
    assert "*z*" in text


def test_the_square_holds_the_code_behind_the_hash():
    address = personal_address("https://wegen.example/", "123456", "7KQ2M-XR9TD")

    assert address == "https://wegen.example/w/123456#7KQ2M-XR9TD"
    assert personal_address("https://wegen.example", "123456") == "https://wegen.example/w/123456"
    assert square(address).startswith("<svg")
    assert segno.make(address, error="m", micro=False).version in range(1, 6)
    assert spaced_room("123456") == "123 456"


@pytest.fixture(scope="module")
def berkum():
    return read_scenario(bundled_scenarios() / "berkum")


@pytest.mark.parametrize("language", ["nl", "en", "tr"])
def test_the_form_asks_for_everything_that_is_weighed(berkum, language):
    content = paper_form_pdf(berkum, title="Avond", language=language)
    text = " ".join(printed(content).split())

    framework = berkum.problem.framework
    for column in framework.weighed(berkum.perspective):
        assert framework.criteria[column].label[language] in text
    for option in berkum.problem.alternatives:
        assert text.count(option.label[language]) >= 2
    assert "Extra kosten voor het land" not in text


def test_prints_are_tagged_and_the_same_each_time(berkum):
    for make in (
        lambda: print_cards([card("7KQ2M-XR9TD")]),
        lambda: paper_form_pdf(berkum, title="Avond", language="nl"),
    ):
        assert is_tagged(make())
        assert make() == make()
