"""An evening and its phones, for tests: a real store, and browsers without script."""

import re
from dataclasses import dataclass, field
from html import unescape

import httpx2 as httpx
from starlette.applications import Starlette
from starlette.testclient import TestClient

from waardeweging.process import workshop as process
from waardeweging.process.moments import now
from waardeweging.process.workshop import Workshop
from waardeweging.store import Card, Store

HOME = "http://hall.test"


@dataclass
class Evening:
    """A workshop, its cards, and what a facilitator does."""

    store: Store
    id: str
    room: str
    cards: tuple[Card, ...]
    app: Starlette
    clock: list[float] = field(default_factory=lambda: [1000.0])

    @property
    def state(self) -> Workshop:
        return self.store.workshop(self.id)

    def decide(self, decision) -> Workshop:
        return self.store.change(self.id, "facilitator", decision)

    def open(self, sheet: str, minutes: float | None = None) -> None:
        self.decide(lambda state: process.open_sheet(state, sheet, minutes, now()))

    def close(self, sheet: str) -> None:
        self.decide(lambda state: process.close(state, sheet))

    def card(self, side: str = "residents", place: int = 0) -> Card:
        return [card for card in self.cards if card.side == side][place]

    def link(self, role: str) -> str:
        return self.store.staff_link(self.id, role, "2099-01-01T00:00:00.000Z")


class Phone(TestClient):
    """A browser without script; it follows redirects and sends its origin."""

    def __init__(self, evening: Evening, language: str = "nl") -> None:
        headers = {"origin": HOME, "accept-language": language}
        super().__init__(evening.app, base_url=HOME, headers=headers)
        self.room = evening.room

    def at(self, path: str) -> httpx.Response:
        return self.get(f"/w/{self.room}/{path}")

    def fill(self, path: str, **form: str) -> httpx.Response:
        # A browser says what kind of form it sends, also when nothing was filled in.
        return self.post(f"/w/{self.room}/{path}", data=form or {"go": ""})

    def enter(self, card: Card) -> httpx.Response:
        return self.fill("enter", code=card.code)


def hidden(answer: httpx.Response) -> dict[str, str]:
    """Give the hidden fields of the page."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.text)
    return {name: unescape(value) for name, value in found}


def fields(answer: httpx.Response, start: str) -> list[str]:
    """Give the names of fields that begin so, each once, in the order of the page."""
    return list(dict.fromkeys(re.findall(rf'name="({start}[^"]+)"', answer.text)))


def receipt(answer: httpx.Response) -> str:
    """Give the receipt on the page."""
    found = re.search(r"<code>((?:\w{4}-){3}\w{4})</code>", answer.text)
    assert found is not None, answer.text
    return found[1]


def words(answer: httpx.Response) -> str:
    """Give what stands on the page."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)))


def weighed(phone: Phone, sheet: str) -> httpx.Response:
    """Give points on every page, up to the page where one hands in."""
    page = phone.at(sheet)
    values = fields(page, "v-")
    given = dict.fromkeys(values, "25")
    page = phone.post(page.url.path, data={**given, "go": "next"})
    while "/inside/" in page.url.path:
        names = fields(page, "c-")
        points = {name: str(100 - 10 * place) for place, name in enumerate(names)}
        page = phone.post(page.url.path, data={**points, "go": "next"})
    return phone.at(f"{sheet}/hand-in")
