"""Results on the screen: drawn from a publication, or the reason why they stay closed."""

from __future__ import annotations

from collections.abc import Callable

from waardeweging.analysis.outcome import Outcome
from waardeweging.app.hall import results
from waardeweging.app.hall.parts import show_lead
from waardeweging.app.hall.results import Withheld
from waardeweging.app.hall.scene import Scene
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.catalog import Language
from waardeweging.presentation.sentences import outcome_sentences


def with_outcome(scene: Scene, draw: Callable[[Scene, Outcome], None], *, sides: bool) -> None:
    """Draw from the outcome, or say why it stays closed."""
    found = results.outcome_of(scene.store, scene.state)
    if isinstance(found, Withheld):
        show_withheld(scene, found)
        return
    if sides and not may_show_sides(found, scene):
        show_withheld(scene, Withheld("few_side"))
        return
    _which_round(scene)
    draw(scene, found)


def may_show_sides(outcome: Outcome, scene: Scene) -> bool:
    """Say whether both sides have enough people to show them apart."""
    sides = outcome.weighing.sides
    enough = min(sides.count(side) for side in SIDES) >= scene.state.rules.fewest
    return enough or all(outcome.weighing.may_show(side) for side in SIDES)


def show_withheld(scene: Scene, why: Withheld) -> None:
    """Say why a result stays closed."""
    show_lead(scene.say(f"beamer.{why.reason}", fewest=scene.state.rules.fewest))


def _which_round(scene: Scene) -> None:
    """Say of which round this is, once there were two."""
    if scene.place.part.name == "outcome" and scene.state.sheets["round-2"].was_closed:
        seen = results.told_of(scene.store, scene.state)["round-2"]
        if seen.at is None:
            show_lead(scene.say("beamer.second_round", fewest=scene.state.rules.fewest))


def said(outcome: Outcome, language: Language, *kinds: str) -> list[str]:
    """Give the sentences of these kinds of findings, most important first."""
    made = results.made(outcome_sentences, outcome, language)
    return [sentence for finding, sentence in made if finding.kind in kinds]
