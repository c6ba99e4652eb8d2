"""Page "Bronnen": every source, and the grounds of every number."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.facts import (
    count_grounds,
    count_uses,
    share_of_grounds,
    sources_of_calculations,
)
from waardeweging.app.parts import plain, show_sentences
from waardeweging.app.session import say
from waardeweging.app.tables import show_table
from waardeweging.app.view import View
from waardeweging.presentation.catalog import Language
from waardeweging.presentation.numbers import number, percent, quantity
from waardeweging.presentation.sentences import word
from waardeweging.problem.alternatives import Cell, Source
from waardeweging.problem.criteria import Override


def page(view: View) -> None:
    """List grounds, sources and cells."""
    st.title(say("page.sources.title"))
    show_sentences([say("page.sources.lead")])
    _departures(view)
    _grounds(view)
    _sources(view)
    _cells(view)


def _departures(view: View) -> None:
    """List where the framework departs from a higher level; nothing when it follows none."""
    overrides = view.scenario.problem.framework.overrides
    if not overrides:
        return
    st.header(say("kaders.title"))
    show_sentences([say("kaders.lead")])
    rows = ((one.id, one.level, _departure(one), one.reason, one.by or "–") for one in overrides)
    columns = [say(f"kaders.{column}") for column in ("about", "level", "change", "reason", "by")]
    show_table(say("kaders.title"), columns, rows)


def _departure(one: Override) -> str:
    return say(f"kaders.{one.change}", field=one.field, was=one.was or "–", now=one.now or "–")


def _grounds(view: View) -> None:
    language, shares = view.language, share_of_grounds(view.scenario)
    st.header(say("page.sources.grounds_title"))
    rows = (
        (
            f"{word(grounds, language)} {word(f'{grounds}_mark', language)}",
            number(count, language),
            percent(shares[grounds], language),
        )
        for grounds, count in count_grounds(view.scenario).items()
    )
    columns = [say(f"page.sources.{column}") for column in ("grounds", "count", "share")]
    show_table(say("page.sources.grounds_title"), columns, rows, numbers=True)


def _sources(view: View) -> None:
    uses, calculated = count_uses(view.scenario), sources_of_calculations(view.scenario)
    st.header(say("page.sources.sources_title"))
    for source in view.scenario.problem.sources:
        is_in_calculations = source.id in calculated
        _source(source, uses[source.id], view.language, in_calculations=is_in_calculations)


def _source(source: Source, uses: int, language: Language, *, in_calculations: bool) -> None:
    about = [part for part in (source.publisher, source.year) if part]
    if source.licence:
        about.append(say("page.sources.licence", licence=source.licence))
    if uses:
        about.append(say(f"page.sources.{'used_one' if uses == 1 else 'used'}", count=uses))
    if in_calculations:
        about.append(say("page.sources.used_in_calculations"))
    if not (uses or in_calculations):
        about.append(say("page.sources.unused"))
    st.markdown(f"**{linked(source, language)}**  \n{plain(' · '.join(about))}")


def linked(source: Source, language: Language) -> str:
    """Write the title of a source, with a link when it has a web address."""
    title = plain(source.titled(language))
    if not source.url.startswith(("https://", "http://")):
        return title
    return f"[{title}](<{source.url.replace('>', '%3E').replace('<', '%3C')}>)"


def _cells(view: View) -> None:
    st.header(say("page.sources.cells_title"))
    names = [option.label[view.language] for option in view.outcome.alternatives]
    chosen = st.selectbox(
        say("page.sources.cells_option"),
        range(len(names)),
        format_func=names.__getitem__,
        key="sources-option",
    )
    rows = (_cell(cell, view) for cell in view.scenario.problem.cells[chosen])
    columns = [
        say(f"page.sources.{column}")
        for column in ("criterion", "number", "range", "grounds", "source")
    ]
    show_table(names[chosen], columns, rows)


def _cell(cell: Cell, view: View) -> tuple[str, ...]:
    language, problem = view.language, view.scenario.problem
    low, mid, high = (
        quantity(x, cell.unit, language, grounds=cell.grounds)
        for x in (cell.low, cell.mid, cell.high)
    )
    return (
        problem.framework.criterion(cell.criterion).label[language],
        mid,
        say("page.sources.range_value", low=low, high=high) if cell.low < cell.high else "",
        word(cell.grounds, language),
        problem.source(cell.source).titled(language),
    )
