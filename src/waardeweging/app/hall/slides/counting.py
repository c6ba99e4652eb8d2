"""While people answer: the clock, and how many are done. Nothing of an answer."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.hall.parts import show_clock, show_counts, show_lead
from waardeweging.app.hall.scene import Scene, fresh_state
from waardeweging.presentation.catalog import Language
from waardeweging.store import Store

_COUNT_LEADS = {"practice": "practice_lead", "round-1": "round_lead", "round-2": "round2_lead"}


def count(scene: Scene) -> None:
    """Show who is done with the sheet of this part."""
    sheet = scene.state.sheets[scene.place.part.sheet]
    if sheet.status == "closed":
        show_lead(scene.say("beamer.closed_lead"))
        show_counts(scene, sheet.name)
        return
    show_lead(scene.say(f"beamer.{_COUNT_LEADS.get(sheet.name, 'phone_lead')}"))
    if sheet.status == "waiting":
        show_lead(scene.say("beamer.waiting"))
        return
    _running(scene.store, scene.state.id, scene.language, sheet.name)


@st.fragment(run_every=1)
def _running(store: Store, workshop: str, language: Language, sheet: str) -> None:
    """Show the clock and who is done, every second."""
    scene = Scene.of(store, fresh_state(store, workshop), language)
    show_clock(scene, sheet)
    show_counts(scene, sheet)


def vote(scene: Scene) -> None:
    """Show the vote on the rules, and whether they are adopted."""
    sheet = scene.state.sheets["rules"]
    if sheet.status == "closed":
        verdict = "adopted" if scene.state.rules_adopted else "rejected"
        show_lead(scene.say(f"beamer.vote_{verdict}"))
        return
    count(scene)
