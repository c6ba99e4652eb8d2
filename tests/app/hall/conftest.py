"""A hall with a real store: people with cards, sheets that open and close."""

import html
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.analysis.scenario_in_files import scenario_in
from waardeweging.app import hall_store
from waardeweging.app.hall import results
from waardeweging.app.hall.begin import link_end
from waardeweging.app.hall.folders import gather
from waardeweging.app.hall.rehearsal import invented_answer
from waardeweging.process import workshop as process
from waardeweging.process.moments import now
from waardeweging.process.steps import NAMES
from waardeweging.process.workshop import Workshop
from waardeweging.store import Seat, Store, open_store

SECONDS = 30


@cache
def files_of(name: str) -> dict[str, bytes]:
    return gather(bundled_scenarios() / name)


@cache
def scenario(name: str):
    return scenario_in(files_of(name))


@dataclass
class Evening:
    """A workshop in the store, with shortcuts for what happens in it."""

    store: Store
    id: str
    name: str
    seats: list[Seat] = field(default_factory=list)
    rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(5))

    @property
    def state(self) -> Workshop:
        return self.store.workshop(self.id)

    @property
    def scenario(self):
        return scenario(self.name)

    def secret(self, role: str) -> str:
        return self.store.staff_link(self.id, role, link_end())

    def come_in(self, side: str, count: int) -> list[Seat]:
        cards = self.store.issue(self.id, side, "", count) if count else ()
        came = [self.store.enter(self.id, card.code).seat for card in cards]
        self.seats += came
        return came

    def decide(self, decision: Callable[[Workshop], process.Decided]) -> None:
        self.store.change(self.id, "facilitator", decision)

    def open(self, sheet: str) -> None:
        self.decide(lambda state: process.open_sheet(state, sheet, None, now()))

    def close(self, sheet: str) -> None:
        self.decide(lambda state: process.close(state, sheet))

    def reopen(self, sheet: str) -> None:
        self.decide(lambda state: process.reopen(state, sheet, "test", now()))

    def answer(self, sheet: str, seats=None, payload=None) -> None:
        for seat in self.seats if seats is None else seats:
            given = payload or invented_answer(sheet, self.scenario, seat.side, self.rng)
            self.store.submit(seat, sheet, given, secrets.token_hex(8))

    def hold(self, sheet: str, seats=None) -> None:
        self.open(sheet)
        self.answer(sheet, seats)
        self.close(sheet)

    def show(self, step: str, page: str, *, hidden: bool = False) -> None:
        place = NAMES.index(step)
        self.decide(lambda state: (*process.hide(state, hidden), *process.show(state, place, page)))


def _page(name, secret, language):
    """Show one page of the staff; this body runs as a script of its own."""
    from importlib import import_module

    import streamlit as st

    from waardeweging.app.session import current_session

    st.session_state["staff-secret"] = secret
    session = current_session()
    session.language = language
    st.query_params["lang"] = language
    import_module(f"waardeweging.app.hall.{name}").page(session)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'hall.db'}") as opened:
        hall_store.use_store(opened)
        yield opened
        hall_store.use_store(None)


@pytest.fixture
def evening(store: Store, request: pytest.FixtureRequest) -> Evening:
    """An evening about the small golden scenario, or the one that a test names."""
    name = getattr(request, "param", "golden")
    state = store.create("Samen <b>kiezen</b>", files_of(name), exploration=True)
    return Evening(store, state.id, name)


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # A test page has no browser, and so no cookies.
    monkeypatch.setattr("waardeweging.app.hall.staff._cookies", dict)
    monkeypatch.setenv("WAARDEWEGING_PUBLIC_URL", "http://localhost:8501/")
    yield
    results.forget()


@pytest.fixture
def open_page(evening: Evening) -> Callable[..., AppTest]:
    """Open the desk or the beamer with a link for its role."""
    from waardeweging.app.hall.scene import forget_states

    def open_one(name: str, language: str = "nl", role: str = "") -> AppTest:
        forget_states()
        secret = evening.secret(role or {"beamer": "reader"}.get(name, "facilitator"))
        test = AppTest.from_function(_page, args=(name, secret, language), default_timeout=SECONDS)
        return test.run()

    return open_one


@pytest.fixture
def said() -> Callable[[AppTest], str]:
    return _said


def _said(test: AppTest) -> str:
    """Give all that stands on a page, charts and tables included, as one text."""
    parts: list[str] = []
    for element in test.main:
        proto = getattr(element, "proto", None)
        parts += [str(getattr(element, name, "") or "") for name in ("label", "value")]
        parts += [
            str(getattr(proto, name, "") or "")
            for name in ("label", "body", "text", "spec", "alt", "help")
        ]
        parts += [str(option) for option in getattr(element, "options", ())]
    return html.unescape("\n".join(parts).replace("\\", ""))
