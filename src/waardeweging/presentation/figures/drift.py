"""What each side found important, session after session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.canvas import (
    GREY,
    MUNICIPALITY_MARK,
    RESIDENTS_MARK,
    Canvas,
    Picture,
    Row,
    Rows,
    escaped,
    ink_on,
    wrapped,
)
from waardeweging.presentation.numbers import number, points
from waardeweging.presentation.sentences import criterion_name, word
from waardeweging.process.project import sessions
from waardeweging.process.project.state import Project

_KEY = 26
# A label, and below it a lane per side. [pixels]
_LINE, _LANE, _GAP = 18.0, 20.0, 6.0
_MOST = 6
_SIZE, _WIDER = 17, 9
_MARKS = dict(zip(SIDES, (RESIDENTS_MARK, MUNICIPALITY_MARK), strict=True))

Course = Mapping[str, Mapping[str, tuple[int | None, ...]]]


def drift_of_weights(
    state: Project, names: Mapping[str, str], language: Language
) -> Picture | None:
    """Show the weights of both sides over the sessions; None before the first result.

    Parameters
    ----------
    state : Project
    names : mapping of str to str
        Of criteria by id; an id without a name is shown itself.
    language : str
    """
    course = {side: one for side, one in sessions.drift(state).items() if side in _MARKS}
    labels = [one.added.label for one in state.sessions.values() if one.weighed]
    criteria = list(dict.fromkeys(name for one in course.values() for name in one))
    if not criteria:
        return None
    order = sorted(criteria, key=lambda name: -_most_moved(course, name))
    return Picture(
        text("figure.drift.question", language),
        _sentence(course, order, names, len(labels), language),
        _drawn(course, order[:_MOST], names, language),
        _table(course, order, names, labels, language),
        text(
            "figure.drift.alt",
            language,
            sessions=", ".join(f"{n} = {label}" for n, label in enumerate(labels, 1)),
            criteria="; ".join(_said(course, name, names, language) for name in order),
        ),
    )


def _known(course: Course, side: str, criterion: str) -> list[int]:
    given = course.get(side, {}).get(criterion, ())
    return [x for x in given if x is not None]


def _moved(course: Course, side: str, criterion: str) -> int:
    """Give how far a side moved from its first session to its last."""
    known = _known(course, side, criterion)
    return known[-1] - known[0] if known else 0


def _most_moved(course: Course, criterion: str) -> int:
    return max(abs(_moved(course, side, criterion)) for side in SIDES)


def _sentence(
    course: Course, order: Sequence[str], names: Mapping[str, str], count: int, language: Language
) -> str:
    if count < 2:
        return text("figure.drift.one", language)
    criterion = order[0]
    side = max(SIDES, key=lambda name: abs(_moved(course, name, criterion)))
    change = _moved(course, side, criterion)
    if change == 0:
        return text("figure.drift.same", language)
    return text(
        "figure.drift.more" if change > 0 else "figure.drift.less",
        language,
        side=word(side, language),
        criterion=criterion_name(names.get(criterion, criterion), language),
        points=points(abs(change), language),
    )


def _drawn(
    course: Course, order: Sequence[str], names: Mapping[str, str], language: Language
) -> go.Figure:
    table = _placed([wrapped(names.get(name, name)) for name in order])
    highest = max((x for s in course for name in order for x in _known(course, s, name)), default=1)
    end = 5.0 * (highest // 5 + 2)
    figure = Canvas(table.bottom, language, (-0.04 * end, end), text("figure.drift.axis", language))
    for place, (side, (colour, symbol)) in zip((0.0, 0.5 * end), _MARKS.items(), strict=True):
        figure.marks(x=[place], y=[_KEY / 2], hoverinfo="skip",
                     marker={"color": colour, "symbol": symbol, "size": 16})  # fmt: skip
        figure.write(place, _KEY / 2, f"<b>{escaped(word(side, language))}</b>", xshift=12)
    for name, row in zip(order, table.rows, strict=True):
        for lane, side in enumerate(SIDES):
            height = row.mark + lane * _LANE
            _draw_side(figure, course.get(side, {}).get(name, ()), side, height)
    figure.write_labels(table)
    return figure.figure()


def _placed(labels: Sequence[str]) -> Rows:
    """Place a label per criterion with a lane per side below it; `mark` is the first lane."""
    placed, y = [], float(_KEY)
    for label in labels:
        high = (label.count("<br>") + 1) * _LINE
        placed.append(Row(y + high / 2, y + high + _LANE / 2, _LANE))
        y += high + len(SIDES) * _LANE + _GAP
    return Rows(tuple(placed), tuple(labels), y)


def _draw_side(figure: Canvas, given: Sequence[int | None], side: str, y: float) -> None:
    """Draw a mark per value, with the numbers of its sessions in it."""
    seen: dict[float, list[str]] = {}
    for number_of_session, x in enumerate(given, 1):
        if x is not None:
            seen.setdefault(float(x), []).append(str(number_of_session))
    if not seen:
        return
    colour, symbol = _MARKS[side]
    xs = list(seen)
    sizes = [_SIZE + _WIDER * (len(held) - 1) for held in seen.values()]
    figure.line((min(xs), max(xs)), (y, y), colour=GREY, width=2, layer="below")
    figure.marks(
        x=xs,
        y=[y] * len(xs),
        mode="markers+text",
        text=[",".join(held) for held in seen.values()],
        textfont={"color": ink_on(colour), "size": 10},
        marker={"color": colour, "symbol": symbol, "size": sizes, "opacity": 1},
        hovertemplate="%{text}: %{x}<extra></extra>",
    )


def _said(course: Course, criterion: str, names: Mapping[str, str], language: Language) -> str:
    parts = [
        f"{word(side, language)} {' → '.join(str(x) for x in _known(course, side, criterion))}"
        for side in SIDES
        if _known(course, side, criterion)
    ]
    return f"{names.get(criterion, criterion)}: {', '.join(parts)}"


def _table(
    course: Course,
    order: Sequence[str],
    names: Mapping[str, str],
    labels: Sequence[str],
    language: Language,
) -> pd.DataFrame:
    columns = {text("table.criterion", language): [names.get(name, name) for name in order]}
    for side in SIDES:
        for place, label in enumerate(labels):
            head = f"{place + 1} {label}, {word(side, language)}"
            given = [course.get(side, {}).get(name, (None,) * len(labels)) for name in order]
            columns[head] = [
                "–" if one[place] is None else number(float(one[place] or 0), language)
                for one in given
            ]
    return pd.DataFrame(columns)
