"""Page "Alle buurten": the outcome of a batch, the plain answer first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from waardeweging.analysis.batch.results import BatchTable
from waardeweging.analysis.batch.selection import Selection, compared, count
from waardeweging.app.batch_files import (
    RESULTS,
    Given,
    listed_maps,
    listed_tables,
    made_once,
    opened_map,
    opened_rows,
    opened_table,
    sent,
)
from waardeweging.app.parts import (
    show_answer,
    show_fault_lines,
    show_picture,
    show_sentences,
)
from waardeweging.app.session import say
from waardeweging.app.tables import show_frame
from waardeweging.app.view import View
from waardeweging.presentation.batch_file import csv_of, parquet_of
from waardeweging.presentation.batch_tables import (
    answer,
    comparison_answer,
    comparison_table,
    option_name,
    places_table,
    remarks,
    variant_name,
    weights_name,
)
from waardeweging.presentation.catalog import Language
from waardeweging.presentation.figures.batch import (
    MEASURES,
    chosen_options,
    counted_name,
    per_municipality,
    spread,
)
from waardeweging.presentation.figures.batch_map import choropleth
from waardeweging.presentation.numbers import number
from waardeweging.presentation.pictures import Picture
from waardeweging.problem.errors import InputError

_COMMAND = (
    "waardeweging batch scenarios/nederland/startanalyse2020_nl_H18_per_variant.csv.gz "
    "--out nederland.parquet"
)
T = TypeVar("T")
_ON_A_PAGE = 25
_YES_NO: dict[str, bool | None] = {"all": None, "yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the visitor looks at: a file, a variant and a weight set, in some municipalities."""

    file: Given
    table: BatchTable
    variant: str
    weights: str
    municipalities: tuple[str, ...]
    rows: pd.DataFrame
    language: Language

    def made(self, make: Callable[..., T], *more: Any, key: str = "") -> T:
        """Give what a function makes of these rows in this language, made once."""
        return made_once(
            lambda: make(self.rows, *more, self.language),
            f"{make.__module__}.{make.__qualname__}",
            key,
            *self.key,
            self.language,
        )

    @property
    def key(self) -> tuple[Any, ...]:
        """What these rows are made from."""
        return self.file.stamp, self.variant, self.weights, self.municipalities


def page(view: View) -> None:
    """Ask for a file, and answer where weighing changes the choice."""
    st.title(say("page.batch.title"))
    show_sentences([say("page.batch.lead")])
    answer_place = st.container(key="batch-answer")
    table_file = _ask_file("batch-file", listed_tables(), ["parquet"], "file")
    if table_file is None:
        with answer_place:
            show_sentences([say("page.batch.none")])
            st.code(_COMMAND, language=None, wrap_lines=True)
            show_sentences([say("page.batch.folder_hint", variable=RESULTS)])
        return
    try:
        asked = _ask(table_file, view.language)
    except (InputError, ExceptionGroup) as error:
        show_fault_lines(error, view.language)
        return
    with answer_place:
        counts = made_once(lambda: count(asked.rows), "counts", *asked.key)
        show_answer(asked.made(answer, counts, asked.weights))
        show_sentences(remarks(counts, view.language))
    _pictures(asked)
    _map(asked)
    _places(asked)
    _comparison(asked)
    _about(asked)


def _ask_file(
    key: str, listed: Mapping[str, Given], kinds: list[str], question: str
) -> Given | None:
    """Let the visitor choose a file of the folder, or send one."""
    with st.container(horizontal=True, vertical_alignment="top"):
        chosen = None
        if listed:
            chosen = st.selectbox(say(f"page.batch.{question}"), list(listed), key=key)
        given = st.file_uploader(
            say(f"page.batch.{question}_upload"), type=kinds, key=f"{key}-upload"
        )
    if given is not None:
        return sent(given.name, given.getvalue())
    return listed.get(chosen) if chosen else None


def _ask(file: Given, language: Language) -> _Asked:
    table = opened_table(file)
    with st.container(horizontal=True, vertical_alignment="top"):
        variant = _choose("variant", table.variants, lambda one: variant_name(table, one, language))
        weights = _choose("weights", table.weights, lambda one: weights_name(one, language))
        rows = opened_rows(file, variant, weights)
        named = made_once(lambda: _municipalities(rows), "municipalities", file.stamp)
        chosen = st.multiselect(
            say("page.batch.municipalities"),
            list(named),
            format_func=named.__getitem__,
            key="batch-municipalities",
            placeholder=say("page.batch.all"),
        )
    areas = tuple(sorted(chosen))
    own = Selection(municipalities=areas).of(rows) if areas else rows
    return _Asked(file, table, variant, weights, areas, own, language)


def _choose(name: str, ids: Sequence[str], named: Callable[[str], str], first: int = 0) -> str:
    return st.selectbox(
        say(f"page.batch.{name}"), ids, index=first, format_func=named, key=f"batch-{name}"
    )


def _municipalities(rows: pd.DataFrame) -> dict[str, str]:
    pairs = rows[["municipality_code", "municipality"]].drop_duplicates().astype(str)
    named = dict(zip(pairs["municipality_code"], pairs["municipality"], strict=True))
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


@st.fragment
def _pictures(asked: _Asked) -> None:
    st.header(say("page.batch.chosen_title"))
    show_picture(asked.made(chosen_options, asked.table), "batch-chosen")
    st.header(say("page.batch.spread_title"))
    names = {one.column: one for one in MEASURES}
    column = st.selectbox(
        say("page.batch.measure"),
        list(names),
        format_func=lambda one: say(f"figure.spread.{one}"),
        key="batch-measure",
    )
    picture = asked.made(spread, names[column], key=column)
    if picture is None:
        show_sentences([say("page.batch.no_rows")])
    else:
        show_picture(picture, "batch-spread")


@st.fragment
def _map(asked: _Asked) -> None:
    st.header(say("page.batch.map_title"))
    what = _choose(
        "shown",
        ["changed", "tied", *_winners(asked)],
        lambda one: counted_name(asked.table, one, asked.language),
    )
    file = _ask_file("batch-map", listed_maps(), ["geojson", "json"], "boundaries")
    picture = None
    if file is None:
        show_sentences([say("page.batch.no_map")])
    else:
        picture = _drawn(asked, what, file)
    if picture is None:
        show_picture(asked.made(per_municipality, asked.table, what, key=what), "batch-bars")
    else:
        show_picture(picture, "batch-choropleth")


def _drawn(asked: _Asked, what: str, file: Given) -> Picture | None:
    """Draw the map; None, with the reason on the screen, when that cannot be done."""
    try:
        picture = asked.made(
            choropleth, asked.table, what, opened_map(file), key=f"{what} {file.stamp}"
        )
    except InputError as error:
        show_fault_lines(error, asked.language)
        return None
    if picture is None:
        st.info(say("page.batch.no_match"))
    return picture


@st.fragment
def _places(asked: _Asked) -> None:
    """Show the neighbourhoods that fit, a screenful at a time, and save them."""
    st.header(say("page.batch.places_title"))
    rows = _narrowed(asked)
    if rows.empty:
        show_sentences([say("page.batch.no_rows")])
        return
    pages = -(-len(rows) // _ON_A_PAGE)
    chosen = (
        st.selectbox(say("page.batch.page_number"), range(1, pages + 1), key="batch-page")
        if pages > 1
        else 1
    )
    first = _ON_A_PAGE * (chosen - 1)
    shown = rows.iloc[first : first + _ON_A_PAGE]
    numbers = {"count": len(rows), "first": first + 1, "last": first + len(shown)}
    said = {name: number(x, asked.language) for name, x in numbers.items()}
    show_sentences([say("page.batch.count", **said)])
    show_frame(say("page.batch.places_title"), places_table(shown, asked.table, asked.language))
    with st.container(horizontal=True):
        for name, end, mime, make in (
            ("csv", "csv", "text/csv", csv_of),
            ("parquet", "parquet", "application/vnd.apache.parquet", parquet_of),
        ):
            st.download_button(
                say(f"page.batch.export_{name}"),
                # Made when somebody asks for it.
                data=partial(make, rows),
                file_name=f"waardeweging-{asked.variant}-{asked.weights}.{end}",
                mime=mime,
                key=f"batch-{name}",
                on_click="ignore",
            )


def _narrowed(asked: _Asked) -> pd.DataFrame:
    with st.container(horizontal=True, vertical_alignment="top"):
        changed = _choose("changed", list(_YES_NO), _yes_no)
        tied = _choose("tied", list(_YES_NO), _yes_no)
        winner = _choose(
            "option",
            ["", *_winners(asked)],
            lambda one: (
                option_name(asked.table, one, asked.language) if one else say("page.batch.all")
            ),
        )
        order = _choose("order", ["place", "points"], lambda one: say(f"page.batch.order_{one}"))
    rows = Selection(changed=_YES_NO[changed], tied=_YES_NO[tied], winner=winner or None).of(
        asked.rows
    )
    return rows.sort_values("points_to_flip", kind="stable") if order == "points" else rows


def _winners(asked: _Asked) -> list[str]:
    return sorted(set(asked.rows["winner"].dropna().astype(str)))


def _yes_no(one: str) -> str:
    return say("page.batch.all") if one == "all" else say(f"word.{one}")


@st.fragment
def _comparison(asked: _Asked) -> None:
    """Compare with another variant, other people, or another run."""
    st.header(say("page.batch.compare_title"))
    listed = listed_tables()
    names = ["", *(name for name in listed if name != asked.file.name)]
    name = _choose("compare_file", names, lambda one: one or say("page.batch.compare_same_file"))
    file = listed[name] if name else asked.file
    try:
        other = opened_table(file)
    except (InputError, ExceptionGroup) as error:
        show_fault_lines(error, asked.language)
        return
    with st.container(horizontal=True, vertical_alignment="top"):
        variant = _choose(
            "compare_variant",
            other.variants,
            lambda one: variant_name(other, one, asked.language),
        )
        # Rather other people than the same answer twice.
        weights = _choose(
            "compare_weights",
            other.weights,
            lambda one: weights_name(one, asked.language),
            first=int(len(other.weights) > 1 and not name),
        )
    said, moves = made_once(
        lambda: _compared(asked, other, opened_rows(file, variant, weights)),
        "compared", *asked.key, file.stamp, variant, weights, asked.language,
    )  # fmt: skip
    show_sentences([said])
    if not moves.empty:
        show_frame(say("page.batch.compare_title"), moves)


def _compared(asked: _Asked, other: BatchTable, rows: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    both = compared(asked.rows, rows)
    moves = comparison_table(both, asked.table, other, asked.language)
    return comparison_answer(both, asked.language), moves


def _about(asked: _Asked) -> None:
    about = asked.table.about
    with st.expander(say("page.batch.run_title"), key="batch-about"):
        said = {name: about.get(name, "–") for name in ("draws", "seed", "version")}
        show_sentences(
            [say("page.batch.run", **said), say("page.batch.run_key", run=about["run"][:16])]
        )
