"""What both sides find important, before any ranking of the options."""

from __future__ import annotations

import numpy as np
import streamlit as st

from waardeweging.analysis.outcome import Outcome
from waardeweging.app.hall import results
from waardeweging.app.hall.parts import (
    show_bars,
    show_large,
    show_lead,
    show_points,
    show_time_left,
)
from waardeweging.app.hall.results import Withheld
from waardeweging.app.hall.scene import Scene
from waardeweging.app.hall.slides.withheld import may_show_sides, show_withheld
from waardeweging.app.tables import show_table
from waardeweging.deliberation.agreement import CriterionAgreement
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.catalog import Language
from waardeweging.presentation.figures.names import unique_names
from waardeweging.presentation.figures.values import values_per_side
from waardeweging.presentation.numbers import number, points
from waardeweging.presentation.pictures import weights_per_side
from waardeweging.presentation.sentences import word
from waardeweging.process.moments import later, now, seconds_between

_MOST_DISPUTED = 5
_AT_TABLES = 2


def values(scene: Scene, outcome: Outcome) -> None:
    """Show two bars per value."""
    picture = results.made(values_per_side, outcome, scene.language)
    if picture is None:
        criteria(scene, outcome)
        return
    show_large(picture, "values", scene.table)


def criteria(scene: Scene, outcome: Outcome) -> None:
    """Show both sides per criterion, widest gap first."""
    picture = results.made(weights_per_side, outcome, scene.language)
    show_large(picture, "criteria", scene.table)


def show_disputed(scene: Scene, outcome: Outcome) -> None:
    """List what is worth talking about."""
    chosen = disputed(outcome)
    if not chosen:
        show_lead(scene.say("beamer.disputed_none"))
        return
    show_lead(scene.say("beamer.disputed_lead"))
    language, found = scene.language, outcome.agreement.criteria
    names = unique_names(outcome.criteria, language)
    weighing = outcome.weighing
    rows = [
        (
            f"{'▶ ' if place < _AT_TABLES else ''}{names[j]}",
            points(100 * weighing.residents[j], language),
            points(100 * weighing.municipality[j], language),
            points(abs(found.differences[j]), language),
            word(found.classes[j].value, language),
        )
        for place, j in enumerate(chosen)
    ]
    columns = [
        scene.say("beamer.disputed_criterion"),
        *(scene.side(side) for side in SIDES),
        scene.say("beamer.disputed_gap"),
        scene.say("beamer.disputed_class"),
    ]
    show_table(scene.say("beamer.disputed_title"), columns, rows)


def disputed(outcome: Outcome) -> tuple[int, ...]:
    """Give the criteria worth talking about: those that move the choice most come first.

    Which options they move it between stays untold: values come before the ranking.
    """
    found = outcome.agreement
    size = np.abs(found.criteria.differences)
    effect = size if found.dispute is None else np.abs(found.dispute.effects)
    apart = [
        j
        for j, kind in enumerate(found.criteria.classes)
        if kind is not CriterionAgreement.AGREE and size[j] >= 1
    ]
    return tuple(sorted(apart, key=lambda j: (-effect[j], -size[j]))[:_MOST_DISPUTED])


def question(scene: Scene) -> None:
    """Show what to talk about at the tables."""
    found = results.outcome_of(scene.store, scene.state)
    if isinstance(found, Withheld) or not may_show_sides(found, scene):
        show_lead(scene.say("beamer.tables_free"))
    else:
        names = unique_names(found.criteria, scene.language)
        chosen = [names[j] for j in disputed(found)[:_AT_TABLES]]
        with st.container(key="topics"):
            show_points(chosen or [scene.say("beamer.tables_free")])
    show_lead(scene.say("beamer.tables_ask"), scene.say("beamer.tables_lead"))
    _talking(scene.language, scene.state.screen.since, scene.place.part.minutes)
    if scene.state.tables:
        show_lead(scene.say("beamer.tables_where"))


@st.fragment(run_every=1)
def _talking(language: Language, since: str, minutes: int) -> None:
    """Show how long the talk at the tables still takes; nothing happens when it is over."""
    show_time_left(language, seconds_between(now(), later(since or now(), 60 * minutes)))


def moved(scene: Scene) -> None:
    """Show how weights moved between the rounds."""
    found = results.moved_of(scene.store, scene.state)
    if isinstance(found, Withheld):
        show_withheld(scene, found)
        return
    language = scene.language
    before, after = (round(gap) for gap in found.gap)
    way = "same" if before == after else "closer" if after < before else "apart"
    show_lead(
        scene.say(
            f"beamer.moved_{way}", before=number(before, language), after=number(after, language)
        )
    )
    most = max(10.0, *found.gap)
    show_bars(
        [
            (scene.say(f"beamer.moved_{name}"), points(round(gap), language), gap)
            for name, gap in zip(("round1", "round2"), found.gap, strict=True)
        ],
        most,
    )
    show_points(
        scene.say(f"beamer.moved_{side}", points=points(found.own[side], language))
        for side in SIDES
    )
