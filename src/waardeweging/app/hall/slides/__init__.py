"""What the beamer shows on every page: a question, one plain sentence, then the picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from waardeweging.analysis.outcome import Outcome
from waardeweging.app.hall.parts import show_heading
from waardeweging.app.hall.scene import Scene
from waardeweging.app.hall.slides import closing, compared, counting, opening, ranked
from waardeweging.app.hall.slides.withheld import with_outcome
from waardeweging.process.steps import FACTS

_COUNT_TITLES = {
    "practice": "practice_title",
    "round-1": "round_title",
    "round-2": "round2_title",
    "grades": "grades_count_title",
    "accept": "accept_count_title",
    "cooperation": "cooperation_count_title",
}


def show(scene: Scene) -> None:
    """Show the page where the evening is."""
    show_heading(title_of(scene))
    page = scene.place.page
    if page.startswith(FACTS):
        opening.facts(scene, page.partition(":")[2], title_of(scene))
        return
    _SLIDES[page](scene)


def title_of(scene: Scene) -> str:
    """Give the question of the page; it tells nothing about answers."""
    page, sheet = scene.place.page, scene.place.part.sheet
    if page.startswith(FACTS):
        values = {value.id: value for value in scene.scenario.problem.framework.values}
        name = values[page.partition(":")[2]].label[scene.language]
        return scene.say("beamer.facts_title", value=name)
    if page == "count":
        closed = scene.state.sheets[sheet].status == "closed"
        return scene.say(f"beamer.{'closed_title' if closed else _COUNT_TITLES[sheet]}")
    return scene.say(f"beamer.{page}_title")


def _of_sides(draw: Callable[[Scene, Outcome], None]) -> Callable[[Scene], None]:
    return partial(with_outcome, draw=draw, sides=True)


def _of_all(draw: Callable[[Scene, Outcome], None]) -> Callable[[Scene], None]:
    return partial(with_outcome, draw=draw, sides=False)


_SLIDES: Mapping[str, Callable[[Scene], None]] = {
    "join": opening.join,
    "promise": opening.promise,
    "equal": opening.equal,
    "vote": counting.vote,
    "list": opening.options,
    "questions": opening.questions,
    "count": counting.count,
    "values": _of_sides(compared.values),
    "criteria": _of_sides(compared.criteria),
    "disputed": _of_sides(compared.show_disputed),
    "question": compared.question,
    "moved": compared.moved,
    "joint": _of_all(ranked.joint),
    "sides": _of_sides(ranked.sides),
    "strip": _of_sides(ranked.strip),
    "flip": _of_all(ranked.flip),
    "panel": _of_sides(ranked.panel),
    "grades": closing.grades,
    "accept": closing.accept,
    "agreements": closing.agreements,
    "answers": closing.answers,
    "head": closing.head,
}
