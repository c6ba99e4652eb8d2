"""Whether the numbers in the dossier are those of the outcome.

The facts of a dossier are compared with what was recalculated, and every text of the page
that rests on facts is written again from them. What is laid out for paper is left alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from itertools import zip_longest
from typing import Any

from waardeweging.dossier.bundle.contents import ANNOUNCED, REPORT, Head
from waardeweging.dossier.bundle.inputs import PERFORMANCES
from waardeweging.dossier.bundle.levels import Level
from waardeweging.dossier.bundle.recalculate import WITHOUT_ANSWERS, Recalculated
from waardeweging.dossier.document.contents import contents_of
from waardeweging.dossier.document.facts import safe_outcome
from waardeweging.dossier.document.html import html_of
from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.verify.comparing import TOLERANCE, Difference, differences
from waardeweging.dossier.verify.report import Check, Step, ok, open_promise, wrong
from waardeweging.problem.errors import shown

_FORMAT = "waardeweging-dossier/1"
_MOST_NAMED = 8
_HALF_POINT, _HALF_DIGIT = 0.005, 0.0005
_ROUNDING = 1e-9
# What was announced stands there rounded, by what half a last digit is.
_ANNOUNCED = {"weights": (0.01, _HALF_POINT), "scores": (1.0, _HALF_DIGIT)}
_SAME = ("winner", "ranking", "ties", "robustness", "robustness_with_bands")
_OF_CELL = ("low", "mid", "high", "unit", "source")
_NO_CLOSING = frozenset(("br", "img", "meta", "link", "hr", "col", "input", "wbr"))


def check_reports(
    head: Head,
    files: Mapping[str, bytes],
    documents: Mapping[str, Any],
    again: Recalculated,
) -> Iterator[Check]:
    """Compare the numbers of every report in the bundle with the outcome.

    Parameters
    ----------
    head : Head
    files : mapping of str to bytes
    documents : mapping of str to JSON
    again : Recalculated
    """
    for name in sorted(name for name in files if name.startswith(REPORT)):
        if name.endswith(".json"):
            yield from _facts(name, files[name], head, documents, again)
        elif name.endswith(".html"):
            yield from _page(name, files)
        else:
            yield open_promise(Step.REPORT, "report_rest", place=name)


def _facts(
    name: str, written: bytes, head: Head, documents: Mapping[str, Any], again: Recalculated
) -> Iterator[Check]:
    facts = _read(written)
    if facts is None:
        yield wrong(Step.REPORT, "report_unread", name)
        return
    compared = list(_compared(facts, head, documents, again))
    wrongs = [
        Difference(f"{place}{one.place}", one.found, one.expected)
        for place, found, expected, tolerance in compared
        for one in differences(found, expected, tolerance)
    ]
    if head.level is not Level.FULL:
        wrongs += _unlike_announced(facts["outcome"], documents[ANNOUNCED])
    for one in wrongs[:_MOST_NAMED]:
        place = f"{name}{one.place}"
        yield wrong(Step.REPORT, "report_differs", place, found=one.found, expected=one.expected)
    if not wrongs:
        count = sum(_count(expected) for _, _, expected, _ in compared)
        yield ok(Step.REPORT, "report", place=name, count=count)
    if head.level is not Level.FULL:
        yield open_promise(Step.REPORT, "report_partly", place=name)


def _read(written: bytes) -> dict[str, Any] | None:
    try:
        facts = json.loads(written)
        known = facts["format"] == _FORMAT and isinstance(facts["outcome"], dict)
        return facts if known else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _compared(
    facts: Mapping[str, Any], head: Head, documents: Mapping[str, Any], again: Recalculated
) -> Iterator[tuple[str, Any, Any, float]]:
    """Pair the facts with what is known: place, found, expected, tolerance."""
    told = facts["outcome"]
    known = again.document
    if head.level is Level.FULL:
        # What would tell on few people is left out of a dossier, whatever the bundle holds.
        known = safe_outcome(known, head.sides_shown)
    for key in known if head.level is Level.FULL else WITHOUT_ANSWERS:
        expected = json.loads(json.dumps(known[key]))
        yield f"/outcome/{key}", told.get(key), expected, TOLERANCE
    nothing: dict[str, Any] = {}
    cells = [cell for row in facts["inputs"]["performances"] for cell in row]
    for found, expected in zip_longest(cells, documents[PERFORMANCES], fillvalue=nothing):
        where = f"/inputs/performances/{expected.get('alternative')} × {expected.get('criterion')}"
        mine, theirs = ({key: one.get(key) for key in _OF_CELL} for one in (found, expected))
        yield where, mine, theirs, TOLERANCE


def _unlike_announced(
    told: Mapping[str, Any], announced: Mapping[str, Any]
) -> Iterator[Difference]:
    for key in _SAME:
        yield from differences(told.get(key), announced[key], 0.0, f"/outcome/{key}")
    for key, (unit, half) in _ANNOUNCED.items():
        for side, rounded in (announced[key] or {}).items():
            found = (told.get(key) or {}).get(side) or []
            for place, (one, other) in enumerate(zip_longest(found, rounded)):
                if one is None or other is None or abs(one - unit * other) > half + _ROUNDING:
                    yield Difference(f"/outcome/{key}/{side}/{place}", str(one), str(other))


def _page(name: str, files: Mapping[str, bytes]) -> Iterator[Check]:
    """Write the page again from its facts, and compare every text that rests on them."""
    facts = _read(files.get(f"{name.removesuffix('.html')}.json", b""))
    if facts is None:
        yield wrong(Step.REPORT, "report_unread", name)
        return
    again = html_of(contents_of(facts, facts["language"]), Theme())
    found = texts_of(files[name].decode("utf-8", "replace"))
    expected = texts_of(again)
    wrongs = 0
    nothing = ("", "")
    for one, other in zip_longest(found, expected, fillvalue=nothing):
        if one != other and wrongs < _MOST_NAMED:
            wrongs += 1
            place = f"{name}#{shown(other[0] or one[0])}"
            yield wrong(Step.REPORT, "report_differs", place, found=one[1], expected=other[1])
    if not wrongs:
        yield ok(Step.REPORT, "report_page", place=name, count=len(found))


def texts_of(page: str) -> list[tuple[str, str]]:
    """Give every text of a page that rests on facts, with the pointers to them."""
    reader = _Texts()
    reader.feed(page)
    return reader.found


class _Texts(HTMLParser):
    """Gathers the text of every element that names its facts, the texts inside it included."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NO_CLOSING:
            return
        given = dict(attrs)
        where = given.get("data-facts")
        self._open.append(None if where is None else len(self.found))
        if where is not None:
            self.found.append((where, given.get("aria-label") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _NO_CLOSING and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for place in self._open:
            if place is not None and data.strip():
                where, said = self.found[place]
                self.found[place] = (where, f"{said} {data.strip()}".strip())


def _count(document: Any) -> int:
    if isinstance(document, dict | list):
        items = document.values() if isinstance(document, dict) else document
        return sum(_count(item) for item in items)
    return int(isinstance(document, int | float) and not isinstance(document, bool))
