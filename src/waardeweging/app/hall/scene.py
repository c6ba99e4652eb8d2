"""What a page of the hall knows while it is drawn."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import streamlit as st

from waardeweging.analysis.scenario import Scenario
from waardeweging.app.hall.results import scenario_of
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation import catalog
from waardeweging.presentation.catalog import Language
from waardeweging.presentation.sentences import word
from waardeweging.process.moments import now, seconds_between
from waardeweging.process.steps import Place, place_of
from waardeweging.process.workshop import Sheet, Workshop
from waardeweging.store import Store

# Where phones find the app, such as https://wegen.zwolle.nl; else the address of this page.
PUBLIC_URL = "WAARDEWEGING_PUBLIC_URL"
_FRESH_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class Scene:
    """One workshop at one moment, for one window.

    Parameters
    ----------
    store : Store
    state : Workshop
    scenario : Scenario
    place : Place
    language : str
    """

    store: Store
    state: Workshop
    scenario: Scenario
    place: Place
    language: Language

    @classmethod
    def of(cls, store: Store, state: Workshop, language: Language) -> Scene:
        """Look at a workshop as it stands."""
        scenario = scenario_of(store, state)
        place = place_of(state.screen.step, state.screen.page, scenario.problem.framework)
        return cls(store, state, scenario, place, language)

    def say(self, key: str, **values: object) -> str:
        """Give a sentence of the hall in the language of this window."""
        return catalog.text(f"hall.{key}", self.language, **values)

    def side(self, name: str) -> str:
        """Name a side; a third party is called as its card says."""
        return word(name, self.language)

    @property
    def table(self) -> str:
        """What the table under a picture is called."""
        return catalog.text("app.table", self.language)


def fresh_state(store: Store, workshop: str) -> Workshop:
    """Give the state, asked once in a while for all windows together."""
    return _state(workshop, store)


@st.cache_resource(show_spinner=False, ttl=_FRESH_SECONDS, max_entries=64)
def _state(workshop: str, _store: Store) -> Workshop:
    return _store.workshop(workshop)


def forget_states() -> None:
    """Ask again at once, as after a change in this process."""
    _state.clear()


def counts(state: Workshop, sheet: str) -> Mapping[str, tuple[int, int]]:
    """Give per side how many answered, and how many are there to answer."""
    given = state.sheets[sheet].submitted
    sides = (*SIDES, *(side for side in state.issued if side not in SIDES))
    return {
        side: (given.get(side, 0), max(state.seated.get(side, 0), given.get(side, 0)))
        for side in sides
        if state.issued.get(side, 0) or side in SIDES
    }


def seconds_left(sheet: Sheet) -> float | None:
    """Say how long a sheet still takes answers; None without a clock. [s]."""
    if sheet.status == "paused":
        return sheet.seconds_left
    return None if sheet.closes_at is None else max(0.0, seconds_between(now(), sheet.closes_at))


def clock(seconds: float) -> tuple[str, str]:
    """Write seconds as minutes and seconds."""
    whole = int(seconds + 0.5)
    return str(whole // 60), f"{whole % 60:02d}"


def base_url() -> str:
    """Give the address of this app as phones reach it."""
    given = os.environ.get(PUBLIC_URL, "")
    if given:
        return given.rstrip("/")
    here = urlsplit(st.context.url or "http://localhost:8501")
    return f"{here.scheme}://{here.netloc}"
