"""Pieces that pages of the hall are made of; every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import segno
import streamlit as st

from waardeweging.app.hall.results import kept
from waardeweging.app.hall.scene import Scene, clock, counts, seconds_left
from waardeweging.app.parts import plain
from waardeweging.app.tables import show_frame
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.numbers import number
from waardeweging.presentation.pictures import PLOTLY_CONFIG, Picture

# A figure fills the screen of a beamer, yet its letters never shout. [pixels]
_HEIGHT, _LEAST, _MOST = 610, 1.35, 2.0


def show_large(picture: Picture, key: str, table: str, *, said: bool = False) -> None:
    """Show a picture to a hall: its sentence, the figure, and the same figures as a table."""
    if not said:
        show_lead(picture.sentence)
    # The picture is kept along, so that its id stays its own.
    enlarged = kept(("large", id(picture)), lambda: (picture, _enlarged(picture)))[1]
    # Style sheets show the one that fits the window, and hide the other from everybody.
    for width, shown in (("wide-only", enlarged), ("narrow-only", picture)):
        with st.container(key=width):
            st.plotly_chart(
                shown.figure,
                theme=None,
                key=f"{key}-{width}",
                config=PLOTLY_CONFIG,
                alt=picture.alt,
            )
    with st.expander(table, key=f"{key}-table"):
        show_frame(picture.question, picture.table)


def _enlarged(picture: Picture) -> Picture:
    factor = min(_MOST, max(_LEAST, _HEIGHT / picture.figure.layout.height))
    return picture.enlarged(factor)


def show_lead(*sentences: str) -> None:
    """Show plain sentences, large."""
    st.html("".join(f'<p class="ww-lead">{escape(one)}</p>' for one in sentences if one))


def show_points(items: Iterable[str]) -> None:
    """Show what is agreed or asked as a large list."""
    st.html(f'<ul class="ww-points">{"".join(f"<li>{escape(one)}</li>" for one in items)}</ul>')


def show_code(label: str, code: str) -> None:
    """Show a code that people copy, in groups of four."""
    groups = [code[start : start + 4] for start in range(0, len(code), 4)]
    shown = "".join(f"<span>{escape(group)}</span>" for group in groups)
    st.html(f'<p class="ww-code"><b>{escape(label)}</b> <code>{shown}</code></p>')


def show_qr(address: str, alt: str) -> None:
    """Show an address as a QR code, drawn as SVG."""
    drawn = kept(
        ("qr", address), lambda: segno.make(address, error="m").svg_data_uri(scale=10, border=2)
    )
    st.html(f'<img class="ww-qr" src="{escape(drawn)}" alt="{escape(alt)}">')


def show_counts(scene: Scene, sheet: str) -> None:
    """Show how many answered, per side; never what."""
    blocks = []
    for side, (submitted, seats) in counts(scene.state, sheet).items():
        done = scene.say(
            "beamer.done",
            submitted=number(submitted, scene.language),
            seats=number(seats, scene.language),
        )
        blocks.append(count_html(scene.side(side), done, submitted, seats, side))
    st.html(f'<div class="ww-counts">{"".join(blocks)}</div>')


def count_html(name: str, said: str, part: int, whole: int, side: str) -> str:
    """Write one count with its bar."""
    share = 0 if whole == 0 else round(100 * part / whole)
    kind = side if side in ("residents", "municipality") else "other"
    return (
        f'<div class="ww-count {kind}"><b>{escape(name)}</b><span>{escape(said)}</span>'
        f'<div class="bar" aria-hidden="true"><i style="width:{share}%"></i></div></div>'
    )


def show_bars(bars: Sequence[tuple[str, str, float]], most: float) -> None:
    """Show lengths with their words, one below the other; a length is said as well as drawn."""
    shown = "".join(
        f'<div class="ww-count other"><b>{escape(name)}</b><span>{escape(said)}</span>'
        f'<div class="bar" aria-hidden="true"><i style="width:{100 * length / most:.1f}%"></i>'
        "</div></div>"
        for name, said, length in bars
    )
    st.html(f'<div class="ww-bars">{shown}</div>')


def show_clock(scene: Scene, sheet: str) -> None:
    """Show how much time is left."""
    found = scene.state.sheets[sheet]
    left = seconds_left(found)
    if found.status == "paused":
        _show_clock(scene.say("beamer.paused"))
    elif left is None:
        _show_clock(scene.say("beamer.time_none"))
    else:
        show_time_left(scene.language, left)


def show_time_left(language: Language, left: float) -> None:
    """Show minutes and seconds, or that the time is up."""
    minutes, seconds = clock(max(0.0, left))
    key = "time_left" if left > 0 else "time_up"
    _show_clock(text(f"hall.beamer.{key}", language, minutes=minutes, seconds=seconds))


def _show_clock(said: str) -> None:
    st.html(f'<p class="ww-clock" role="timer">{escape(said)}</p>')


def show_cards(cards: Sequence[tuple[str, str]]) -> None:
    """Show titles with a line each, beside each other."""
    shown = "".join(
        f"<li><b>{escape(title)}</b><span>{escape(said)}</span></li>" for title, said in cards
    )
    st.html(f'<ul class="ww-cards">{shown}</ul>')


def show_heading(title: str) -> None:
    """Show the question of a page."""
    st.title(plain(title))
