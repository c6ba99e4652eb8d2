"""The last part of the evening: grades, what people can live with, agreements, and the code."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from waardeweging.app.hall import results
from waardeweging.app.hall.parts import show_code, show_lead, show_points
from waardeweging.app.hall.results import Withheld
from waardeweging.app.hall.scene import Scene
from waardeweging.app.hall.slides.withheld import may_show_sides, said, show_withheld
from waardeweging.app.tables import Marked, Row, show_table
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.numbers import number, percent
from waardeweging.presentation.sentences import as_name
from waardeweging.process.answers import QUESTIONS

_FAIR = ("fair", "not_fair", "not_acceptable", "not_yet_fair")


def grades(scene: Scene) -> None:
    """Show the majority grade of each side beside the outcome of weighing."""
    found = results.grades_of(scene.store, scene.state)
    if isinstance(found, Withheld):
        show_withheld(scene, found)
        return
    outcome = results.outcome_of(scene.store, scene.state)
    places: Mapping[int, int] = {}
    if not isinstance(outcome, Withheld):
        places = {row: place for place, row in enumerate(outcome.result.ranking, start=1)}
    options = scene.scenario.problem.alternatives
    best = _best(found, scene.scenario.problem.reference)
    show_lead(scene.say("beamer.grades_lead"))
    if best is not None:
        key = "same" if places.get(best) == 1 else "other" if places else "only"
        label = {
            row: as_name(one.label[scene.language], scene.language)
            for row, one in enumerate(options)
        }
        winner = next((label[row] for row, place in places.items() if place == 1), "")
        show_lead(scene.say(f"beamer.grades_{key}", option=label[best], winner=winner))
    if not isinstance(outcome, Withheld) and may_show_sides(outcome, scene):
        show_lead(*said(outcome, scene.language, *_FAIR))
    rows = [
        (
            option.label[scene.language],
            *(_grade(found[side][row], scene) for side in SIDES),
            number(places[row], scene.language) if row in places else "–",
        )
        for row, option in enumerate(options)
    ]
    columns = [
        scene.say("beamer.sides_option"),
        *(scene.side(side) for side in SIDES),
        scene.say("beamer.grades_model"),
    ]
    show_table(scene.say("beamer.grades_title"), columns, rows)


def _best(grades: Mapping[str, tuple[int | None, ...]], reference: int | None) -> int | None:
    """Give the option whose lower grade of the two sides is highest; None when two share that."""
    lowest = [
        -1 if row == reference else min((-1 if one is None else one) for one in both)
        for row, both in enumerate(zip(*(grades[side] for side in SIDES), strict=True))
    ]
    top = max(lowest)
    return lowest.index(top) if top >= 0 and lowest.count(top) == 1 else None


def _grade(grade: int | None, scene: Scene) -> str | Marked:
    said = scene.say("grade.none" if grade is None else f"grade.{grade}")
    return said if grade is None else Marked("●" * grade + "○" * (4 - grade), str(grade), said)


def accept(scene: Scene) -> None:
    """Show which part of each side can live with every option."""
    found = results.acceptance_of(scene.store, scene.state)
    if isinstance(found, Withheld):
        show_withheld(scene, found)
        return
    language = scene.language
    show_lead(scene.say("beamer.accept_lead"))
    both_sides = zip(*(found[side] for side in SIDES), strict=True)
    lowest = [min(-1.0 if one is None else one for one in both) for both in both_sides]
    order = sorted(range(len(lowest)), key=lambda row: -lowest[row])
    options = scene.scenario.problem.alternatives
    offered = [row for row in order if not options[row].reference]
    if len(offered) == 1 or lowest[offered[0]] > lowest[offered[1]]:
        name = as_name(options[offered[0]].label[language], language)
        show_lead(scene.say("beamer.accept_best", option=name))
    rows = [
        (options[row].label[language], *(_share(found[side][row], scene) for side in SIDES))
        for row in order
    ]
    columns = [scene.say("beamer.sides_option"), *(scene.side(side) for side in SIDES)]
    show_table(scene.say("beamer.accept_title"), columns, rows)


def _share(share: float | None, scene: Scene) -> Marked | str:
    """Write a share in steps of 5 percent; everybody and nobody stay untold."""
    if share is None:
        return "–"
    filled = round(10 * share)
    if share >= 0.95:
        said = scene.say("beamer.share_most", share=percent(0.95, scene.language))
    elif share <= 0.05:
        said = scene.say("beamer.share_least", share=percent(0.05, scene.language))
    else:
        said = scene.say("beamer.share_about", share=percent(share, scene.language))
    return Marked("■" * filled + "□" * (10 - filled), f"{filled}/10", said)


def agreements(scene: Scene) -> None:
    """Show who does what, and when."""
    told = [one for one in scene.state.agreements.values() if one.status != "dropped"]
    if not told:
        show_lead(scene.say("beamer.agreements_none"))
        return
    rows = [(one.what, one.who, one.when, scene.say(f"status.{one.status}")) for one in told]
    columns = [scene.say(f"beamer.agreements_{name}") for name in ("what", "who", "when", "status")]
    show_table(scene.say("beamer.agreements_title"), columns, rows)


def answers(scene: Scene) -> None:
    """Show how both sides found the cooperation."""
    found = results.cooperation_of(scene.store, scene.state)
    if isinstance(found, Withheld):
        show_withheld(scene, found)
        return
    show_lead(scene.say("beamer.cooperation_lead"))
    rows: list[Row] = []
    for place, question in enumerate(QUESTIONS):
        both = [found[side][place] for side in SIDES]
        known = None not in both
        cells = [number(x, scene.language, 1) if known and x is not None else "–" for x in both]
        rows.append((scene.say(f"question.{question}"), *cells))
    columns = [scene.say("beamer.cooperation_question"), *(scene.side(side) for side in SIDES)]
    show_table(scene.say("beamer.answers_title"), columns, rows, numbers=True)


def head(scene: Scene) -> None:
    """Show the head of the chain, and what comes next."""
    show_lead(scene.say("beamer.closing_lead"))
    show_code(scene.say("beamer.closing_head"), scene.state.head)
    show_lead(scene.say("beamer.closing_why"))
    dated = [one for one in scene.state.agreements.values() if one.status == "open" and one.when]
    if dated:
        st.header(scene.say("beamer.closing_next"))
        show_points(f"{one.when}: {one.what} ({one.who})" for one in dated)
