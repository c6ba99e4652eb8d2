"""What one visitor chose and filled in: the only place that touches session state.

Streamlit forgets a widget when its page is left, and a session when the page is
reloaded. Choices that must survive a reload stand in the address as well.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from waardeweging.app.own_weights import OwnWeights
from waardeweging.presentation import catalog
from waardeweging.presentation.catalog import LANGUAGES, Language
from waardeweging.problem.criteria import PERSPECTIVES, Perspective

_KEY = "visitor"
_LARGE = "large"
_DEFAULT_LANGUAGE = LANGUAGES[0]


@dataclass
class Session:
    """Choices and answers of one visitor.

    Parameters
    ----------
    language : str
    scenario : str
        Name of a scenario folder; empty until one is chosen.
    perspective : str or None
        None follows the scenario.
    large : bool
        Whether figures are shown large, for a beamer.
    order_seed : int
        Fixes the order in which this visitor sees values and criteria.
    own : dict of str to OwnWeights
        The visitor's own weights, per scenario.
    """

    language: Language = _DEFAULT_LANGUAGE
    scenario: str = ""
    perspective: Perspective | None = None
    large: bool = False
    order_seed: int = field(default_factory=lambda: secrets.randbits(32))
    own: dict[str, OwnWeights] = field(default_factory=dict)

    def own_weights(self) -> OwnWeights:
        """Give the visitor's own weights in the chosen scenario."""
        return self.own.setdefault(self.scenario, OwnWeights())

    def choose_scenario(self, scenario: str) -> None:
        """Take another scenario, as it stands."""
        self.scenario, self.perspective = scenario, None


def current_session() -> Session:
    """Give the session of the visitor who is looking."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Session()
    session: Session = st.session_state[_KEY]
    return session


def say(key: str, **values: object) -> str:
    """Give a sentence in the visitor's language."""
    return catalog.text(key, current_session().language, **values)


def read_address(session: Session, scenarios: tuple[str, ...]) -> None:
    """Take over what the address says; what it does not know is left out."""
    asked = st.query_params
    if asked.get("lang") in LANGUAGES:
        session.language = asked["lang"]
    scenario = asked.get("scenario", "")
    if scenario in scenarios and scenario != session.scenario:
        session.choose_scenario(scenario)
    session.large = session.large or asked.get("screen") == _LARGE
    for perspective in PERSPECTIVES:
        if asked.get("perspective") == perspective:
            session.perspective = perspective


def write_address(session: Session) -> None:
    """Keep the address in step, so that a reload or a copied link shows the same."""
    wanted = {
        "lang": session.language if session.language != _DEFAULT_LANGUAGE else "",
        "scenario": session.scenario,
        "perspective": session.perspective or "",
        "screen": _LARGE if session.large else "",
    }
    if {name: st.query_params.get(name, "") for name in wanted} != wanted:
        st.query_params.from_dict(
            _other_parameters(wanted) | {k: v for k, v in wanted.items() if v}
        )


def _other_parameters(ours: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in st.query_params.items() if name not in ours}
