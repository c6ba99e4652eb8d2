"""Page "Effecten": what every option does, and where each number comes from."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.parts import plain, show_list, show_sentences
from waardeweging.app.screens.sources import linked
from waardeweging.app.session import say
from waardeweging.app.tables import Marked, Row, show_groups, show_table
from waardeweging.app.unfolded import formula_text, input_rows, part_rows
from waardeweging.app.view import View
from waardeweging.presentation.effects_table import EffectCell, effect_cells
from waardeweging.presentation.figures.names import unique_names
from waardeweging.presentation.numbers import joined, quantity, unit_text
from waardeweging.presentation.sentences import word
from waardeweging.problem.alternatives import GROUNDS, Cell
from waardeweging.problem.criteria import Criterion


def page(view: View) -> None:
    """Show the table of effects, what drops out, and the origin of a chosen number."""
    st.title(say("page.effects.title"))
    show_sentences([say("page.effects.lead"), say("page.effects.legend", marks=_marks(view))])
    with st.container(key="wide-only"):
        _whole_table(view)
    with st.container(key="narrow-only"):
        _one_option(view)
    _excluded(view)
    st.header(say("page.effects.cell_title"))
    _origin(view)


def _marks(view: View) -> str:
    language = view.language
    return joined(
        [f"{word(f'{grounds}_mark', language)} {word(grounds, language)}" for grounds in GROUNDS],
        language,
    )


def _whole_table(view: View) -> None:
    options = [_option_name(view, row) for row in range(len(view.outcome.alternatives))]
    cells = view.made(effect_cells)
    groups: list[tuple[str, list[Row]]] = [
        (label, [(_criterion_name(view, j, unit=True), *map(_marked, cells[j])) for j in columns])
        for label, columns in _by_value(view)
    ]
    show_groups(say("page.effects.title"), [say("page.effects.cell_criterion"), *options], groups)


@st.fragment
def _one_option(view: View) -> None:
    chosen = _choose_option(view, "page.effects.one_option", "effects-option")
    cells = view.made(effect_cells)
    groups: list[tuple[str, list[Row]]] = [
        (label, [(_criterion_name(view, j, unit=True), _marked(cells[j][chosen])) for j in columns])
        for label, columns in _by_value(view)
    ]
    name = _option_name(view, chosen)
    show_groups(name, [say("page.effects.cell_criterion"), name], groups)


def _by_value(view: View) -> list[tuple[str, list[int]]]:
    """Give the positions of the criteria under each value."""
    framework = view.scenario.problem.framework
    return [
        (
            value.label[view.language],
            [j for j, criterion in enumerate(framework.criteria) if criterion.value == value.id],
        )
        for value in framework.values
    ]


def _marked(cell: EffectCell) -> Marked:
    return Marked(cell.dots, cell.dots_text, f"{cell.short} {cell.grounds_mark}")


def _option_name(view: View, row: int) -> str:
    name = view.outcome.alternatives[row].label[view.language]
    if row == view.outcome.reference:
        return f"{name} ({word('measure', view.language)})"
    if view.outcome.result.eligible[row]:
        return name
    return f"× {name} ({say('page.effects.excluded_mark')})"


def _criterion_name(view: View, column: int, *, unit: bool = False) -> str:
    criteria = view.scenario.problem.framework.criteria
    name = unique_names(criteria, view.language)[column]
    if unit:
        name = f"{name} ({unit_text(criteria[column].unit, view.language)})"
    return name if column in view.outcome.columns else say("page.effects.beside", name=name)


def _choose_option(view: View, question: str, key: str) -> int:
    names = [_option_name(view, row) for row in range(len(view.outcome.alternatives))]
    return st.selectbox(say(question), range(len(names)), format_func=names.__getitem__, key=key)


def _choose_criterion(view: View) -> int:
    criteria = view.scenario.problem.framework.criteria
    names = [_criterion_name(view, column) for column in range(len(criteria))]
    return st.selectbox(
        say("page.effects.cell_criterion"),
        range(len(names)),
        index=view.outcome.columns[0],
        format_func=names.__getitem__,
        key="cell-criterion",
    )


def _excluded(view: View) -> None:
    excluded = view.sentences("excluded")
    if excluded:
        st.header(say("page.effects.excluded_title"))
        show_list(excluded)


@st.fragment
def _origin(view: View) -> None:
    """Show everything about one number."""
    show_sentences([say("page.effects.cell_lead")])
    with st.container(horizontal=True):
        row = _choose_option(view, "page.effects.cell_option", "cell-option")
        column = _choose_criterion(view)
    cell = view.scenario.problem.cells[row][column]
    with st.container(border=True, key="cell"):
        _number(view, cell, column, row)
        _where_from(view, cell, column)
        _formula(view, cell)


def _number(view: View, cell: Cell, column: int, row: int) -> None:
    language = view.language
    criterion = view.scenario.problem.framework.criteria[column]
    low, mid, high = (
        quantity(x, cell.unit, language, grounds=cell.grounds)
        for x in (cell.low, cell.mid, cell.high)
    )
    key = "range_exact" if cell.low == cell.high else "range"
    st.markdown(f"**{plain(say(f'page.effects.{key}', low=low, mid=mid, high=high))}**")
    shown = view.made(effect_cells)[column][row]
    worst, best = (quantity(x, criterion.unit, language) for x in (criterion.worst, criterion.best))
    dots = f"{shown.dots} ({shown.dots_text})"
    show_sentences([say("page.effects.meaning", dots=dots, worst=worst, best=best)])
    if criterion.description is not None:
        show_sentences([criterion.description[language]])
    if column not in view.outcome.columns:
        show_sentences([say("page.effects.not_weighed")])


def _where_from(view: View, cell: Cell, column: int) -> None:
    criterion = view.scenario.problem.framework.criteria[column]
    source = view.scenario.problem.source(cell.source)
    about = ", ".join(part for part in (source.publisher, source.year) if part)
    about = plain(f"({about})") if about else ""
    grounds = f"{word(cell.grounds, view.language)} {word(f'{cell.grounds}_mark', view.language)}"
    lines = [
        f"**{say('page.effects.grounds')}:** {plain(grounds)}",
        f"**{say('page.effects.source')}:** {linked(source, view.language)} {about}",
    ]
    if cell.note:
        lines.append(f"**{say('page.effects.note')}:** {plain(cell.note)}")
    if criterion.concerns:
        lines.append(f"**{say('page.effects.for_whom')}:** {plain(_concerns(criterion, view))}")
    st.markdown("  \n".join(lines))


def _concerns(criterion: Criterion, view: View) -> str:
    return joined([word(party, view.language) for party in criterion.concerns], view.language)


def _formula(view: View, cell: Cell) -> None:
    calculation = view.scenario.calculation(cell.alternative, cell.criterion)
    if calculation is None:
        return
    language = view.language
    st.subheader(say("page.effects.formula_title"))
    show_sentences([formula_text(calculation, language), say("page.effects.formula_lead")])
    parts = [say(f"page.effects.{name}") for name in ("part", "low", "mid", "high")]
    show_table(say("page.effects.formula_title"), parts, part_rows(calculation, language))
    with st.expander(say("page.effects.formula_inputs"), key="inputs"):
        given = [
            say(f"page.effects.{name}")
            for name in ("given", "mid", "band", "grounds", "source", "note")
        ]
        rows = input_rows(calculation, view.scenario, language)
        show_table(say("page.effects.formula_inputs"), given, rows)
