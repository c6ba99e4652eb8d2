"""The outcome: together, per side, and how firm. Nothing here before both are closed and shown."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from waardeweging.analysis.outcome import Outcome
from waardeweging.app.hall import results
from waardeweging.app.hall.parts import show_large, show_lead
from waardeweging.app.hall.scene import Scene
from waardeweging.app.hall.slides.withheld import said
from waardeweging.app.tables import show_table
from waardeweging.presentation.catalog import text
from waardeweging.presentation.figures.names import option_names
from waardeweging.presentation.numbers import joined, number
from waardeweging.presentation.pictures import contributions, equality_strip, tornado
from waardeweging.presentation.sentences import as_name, word
from waardeweging.problem.arrays import BoolArray, FloatArray


def joint(scene: Scene, outcome: Outcome) -> None:
    """Show who wins together, and how the scores add up."""
    show_lead(*said(outcome, scene.language, "only_option", "winner", "tie", "reference"))
    picture = results.made(contributions, outcome, scene.language)
    show_large(picture, "joint", scene.table, said=True)


def sides(scene: Scene, outcome: Outcome) -> None:
    """Show the place of every option for each side and together."""
    language, result = scene.language, outcome.result
    show_lead(*said(outcome, language, "sides_same", "sides_differ"))
    names = option_names(outcome, language)
    scores = {
        "joint": result.joint,
        "residents": result.residents,
        "municipality": result.municipality,
    }
    places = {name: _places(given, result.eligible) for name, given in scores.items()}
    rows = [
        (
            names[row],
            *(
                f"{places[name][row]}  ({number(100 * scores[name][row], language)})"
                for name in scores
            ),
        )
        for row in result.ranking
    ]
    columns = [
        scene.say("beamer.sides_option"),
        *(scene.say("beamer.sides_column", side=word(name, language)) for name in scores),
    ]
    show_table(scene.say("beamer.sides_title"), columns, rows, numbers=True)


def _places(scores: FloatArray, eligible: BoolArray) -> Mapping[int, int]:
    order = [int(row) for row in np.argsort(-scores, kind="stable") if eligible[row]]
    return {row: place for place, row in enumerate(order, start=1)}


def strip(scene: Scene, outcome: Outcome) -> None:
    """Show who wins when one side counts for more."""
    picture = results.made(equality_strip, outcome, scene.language)
    show_large(picture, "strip", scene.table)
    show_lead(*said(outcome, scene.language, "headcount"))


def flip(scene: Scene, outcome: Outcome) -> None:
    """Show how many points change first place."""
    show_lead(*said(outcome, scene.language, "flip", "flip_none", "flip_level"))
    picture = results.made(tornado, outcome, scene.language)
    show_large(picture, "flip", scene.table)


def panel(scene: Scene, outcome: Outcome) -> None:
    """Show the winner under every way of counting together."""
    language = scene.language
    show_lead(*said(outcome, language, "panel_agrees", "panel_differs"))
    names = option_names(outcome, language)
    rows = [
        (
            text(f"rule.{rule}", language),
            joined([as_name(names[one], language) for one in told.tied], language),
        )
        for rule, told in outcome.agreement.panel.rules.items()
    ]
    columns = [scene.say("beamer.panel_rule"), scene.say("beamer.panel_winner")]
    show_table(scene.say("beamer.panel_title"), columns, rows)
