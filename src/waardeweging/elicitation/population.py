"""Who lives here and who took part: the files behind the figures of representativeness.

Attributes are coarse and stand in a file of their own, so that ballots can be shared
without them. Only residents have any: nobody else is compared with the neighbourhood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from waardeweging.elicitation.ballots import RESIDENTS
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.elicitation.representativeness import UNKNOWN, Margin
from waardeweging.problem.criteria import Number, Text
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.labels import Described
from waardeweging.problem.numbers import parse_number
from waardeweging.problem.tables import (
    Cells,
    Row,
    Table,
    Together,
    only_names,
    read_table,
)
from waardeweging.problem.text import clean_id, clean_text

# Finer classes than these would point at a person.
MOST_CATEGORIES = 8
MOST_ATTRIBUTES = 6
# How far published shares may be from 1 together, by rounding.
ROUNDING = 0.02
UNSAID = ("", "wil ik niet zeggen", "i would rather not say", "onbekend", "unknown")
REST = "…"

_OWN_COLUMNS = ("participant",)


class PopulationMargin(Described):
    """One attribute of the population, such as age.

    Parameters
    ----------
    attribute : str
    categories : tuple of str
    shares : tuple of float
        [sum = 1]
    sources : tuple of str
        Ids of the sources of the categories, each once.
    """

    attribute: Text
    categories: tuple[Text, ...]
    shares: tuple[Number, ...]
    sources: tuple[Text, ...] = ()


def read_population(
    path: Path, sources: Sequence[str], faults: Faults
) -> tuple[PopulationMargin, ...]:
    """Read ``population``: one row per attribute and category, as a count or a share.

    Parameters
    ----------
    path : Path
    sources : sequence of str
        Ids of all sources; empty when they could not be read.
    faults : Faults
        Remembers every fault of the file.
    """
    table = _table(path, ("attribute", "category", "source"), ("count", "share"), faults)
    found: dict[str, dict[str, tuple[str, float, str]]] = {}
    for row in table.rows:
        with faults.collecting():
            attribute, category, kind, number, source = _target(row, sources)
            mine = found.setdefault(attribute, {})
            if category in mine:
                raise InputError(
                    "population.duplicate",
                    where=row.place("category"),
                    found=category,
                    remedy="This category stands twice under this attribute; keep one row.",
                )
            mine[category] = (kind, number, source)
    margins = []
    for attribute, rows in found.items():
        with faults.collecting():
            margins.append(_margin(attribute, rows, table.file))
    if table.columns and not table.rows:
        faults.add(only_names(table.file))
    if len(found) > MOST_ATTRIBUTES:
        faults.add(
            InputError(
                "population.too_many",
                where=Place(table.file, None, "attribute"),
                found=len(found),
                remedy="Keep at most {most} attributes; more would point at a person.",
                most=MOST_ATTRIBUTES,
            )
        )
    return tuple(margins)


def read_attributes(
    path: Path,
    population: Sequence[PopulationMargin],
    sides: Mapping[str, str],
    faults: Faults,
) -> dict[str, dict[str, str]]:
    """Read ``attributes``: one row per resident, one column per attribute of the population.

    Parameters
    ----------
    path : Path
    population : sequence of PopulationMargin
        Empty when it could not be read, and then nothing is checked.
    sides : mapping of str to str
        Side of each participant by ballot.
    faults : Faults
        Remembers every fault of the file.

    Returns
    -------
    dict of str to dict of str to str
        Category by participant and attribute; what was not said is left out.
    """
    if not population:
        return {}
    known = {margin.attribute: margin.categories for margin in population}
    table = _table(path, _OWN_COLUMNS, tuple(known), faults)
    columns = Together(
        [
            Cells(attribute, partial(_category, categories=categories))
            for attribute, categories in known.items()
        ]
    )
    found: dict[str, dict[str, str]] = {}
    for row in table.rows:
        with faults.collecting():
            participant = _participant(row, sides)
            if participant in found:
                raise InputError(
                    "attribute.duplicate",
                    where=row.place("participant"),
                    found=participant,
                    remedy="This participant stands twice; keep one row.",
                )
            said = zip(known, columns.of(row), strict=True)
            found[participant] = {name: category for name, category in said if category is not None}
    return found


def margins_of(
    participants: Sequence[str],
    population: Sequence[PopulationMargin],
    attributes: Mapping[str, Mapping[str, str]],
) -> tuple[Margin, ...]:
    """Lay people beside the population, attribute by attribute, in the order of the people."""
    nothing: dict[str, str] = {}
    rows = [attributes.get(name, nothing) for name in participants]
    margins = []
    for one in population:
        places = {category: place for place, category in enumerate(one.categories)}
        said = (row.get(one.attribute, "") for row in rows)
        members = np.array([places.get(category, UNKNOWN) for category in said], dtype=np.int64)
        margins.append(Margin(one.attribute, one.categories, np.array(one.shares), members))
    return tuple(margins)


def coarsened(margin: Margin, fewest: int = FEWEST) -> Margin | None:
    """Put categories of a few people together, so that no figure is about somebody.

    Parameters
    ----------
    margin : Margin
    fewest : int
        Least people in a category that is shown by itself; nobody at all may be shown.

    Returns
    -------
    Margin or None
        None when fewer than two categories would be left, or too few people are known.
    """
    counts = margin.belongs.sum(axis=1)
    small = set(np.flatnonzero((counts > 0) & (counts < fewest)).tolist())
    if not small:
        return margin if counts.any() else None
    # One small category alone would follow from the whole; the next smallest keeps it company.
    others = [int(place) for place in np.argsort(counts, kind="stable") if counts[place] >= fewest]
    while others and (len(small) < 2 or counts[list(small)].sum() < fewest):
        small.add(others.pop(0))
    kept = [place for place in range(len(counts)) if place not in small]
    if not kept or counts[list(small)].sum() < fewest:
        return None
    new = np.full(len(counts) + 1, len(kept), dtype=np.int64)
    new[kept] = np.arange(len(kept))
    # The last place stands for −1: a category that is not known stays so.
    new[-1] = UNKNOWN
    return Margin(
        margin.attribute,
        (*(margin.categories[place] for place in kept), REST),
        np.append(margin.targets[kept], margin.targets[list(small)].sum()),
        new[margin.members],
    )


def category_of(text: str, categories: Sequence[str], place: Place) -> str | None:
    """Read a category of an attribute; None for who did not say.

    Raises
    ------
    InputError
        If it is none of the categories.
    """
    said = " ".join(text.split())
    if said.casefold() in UNSAID:
        return None
    if said not in categories:
        raise InputError(
            "attribute.unknown_category",
            where=place,
            found=said,
            remedy="Choose one of: {known}; leave it empty for who does not want to say.",
            known=", ".join(categories),
        )
    return said


def _table(
    path: Path, required: tuple[str, ...], optional: tuple[str, ...], faults: Faults
) -> Table:
    with faults.collecting():
        return read_table(path, required=required, optional=optional)
    return Table(path.name, (), ())


def _target(row: Row, sources: Sequence[str]) -> tuple[str, str, str, float, str]:
    faults = Faults()
    texts: dict[str, str] = {}
    for column, read in (("attribute", clean_id), ("category", clean_text)):
        with faults.collecting():
            texts[column] = read(row[column], row.place(column))
            if not texts[column]:
                raise InputError(
                    "text.empty", where=row.place(column), remedy="Write a short name."
                )
    if texts.get("attribute") in _OWN_COLUMNS:
        faults.add(
            InputError(
                "population.name",
                where=row.place("attribute"),
                found=texts["attribute"],
                remedy="This is the name of another column; give the attribute another name.",
            )
        )
    source = row["source"].strip()
    if sources and source not in sources:
        faults.add(
            InputError(
                "population.unknown_source",
                where=row.place("source"),
                found=source,
                remedy="Choose one of: {known}.",
                known=", ".join(sources),
            )
        )
    given = [column for column in ("count", "share") if row[column].strip()]
    number = 0.0
    if len(given) != 1:
        faults.add(
            InputError(
                "population.count_or_share",
                where=row.place("count"),
                remedy="Fill in count or share, and leave the other empty.",
            )
        )
    else:
        with faults.collecting():
            number = _number(row, given[0])
    faults.raise_all(row.file)
    return texts["attribute"], texts["category"], given[0], number, source


def _number(row: Row, column: str) -> float:
    number = parse_number(row[column], row.place(column))
    if number < 0 or (column == "share" and number > 1):
        raise InputError(
            "population.number",
            where=row.place(column),
            found=row[column],
            remedy="Write a count of 0 or more, or a share between 0 and 1.",
        )
    return number


def _margin(
    attribute: str, rows: Mapping[str, tuple[str, float, str]], file: str
) -> PopulationMargin:
    where = Place(file, attribute)
    kinds = {kind for kind, _, _ in rows.values()}
    if len(kinds) > 1:
        raise InputError(
            "population.mixed",
            where=where,
            remedy="Give counts for every category of this attribute, or shares for every one.",
        )
    if not 2 <= len(rows) <= MOST_CATEGORIES:
        raise InputError(
            "population.categories",
            where=where,
            found=len(rows),
            remedy="Use 2 to {most} categories; finer ones would point at a person.",
            most=MOST_CATEGORIES,
        )
    total = sum(number for _, number, _ in rows.values())
    if total <= 0 or (kinds == {"share"} and abs(total - 1) > ROUNDING):
        raise InputError(
            "population.total",
            where=where,
            found=f"{total:g}",
            remedy="Shares of one attribute sum to 1; counts are not all 0.",
        )
    return PopulationMargin(
        attribute=attribute,
        categories=tuple(rows),
        shares=tuple(number / total for _, number, _ in rows.values()),
        sources=tuple(dict.fromkeys(source for _, _, source in rows.values())),
    )


def _participant(row: Row, sides: Mapping[str, str]) -> str:
    participant = row.id("participant")
    if not sides:
        return participant
    if participant not in sides:
        raise InputError(
            "attribute.unknown_participant",
            where=row.place("participant"),
            found=participant,
            remedy="Nobody with this code gave a ballot; remove the row or correct the code.",
        )
    if sides[participant] != RESIDENTS:
        raise InputError(
            "attribute.not_a_resident",
            where=row.place("participant"),
            found=participant,
            remedy="Only residents are compared with the neighbourhood; remove this row.",
        )
    return participant


def _category(text: str, place: Place, categories: Sequence[str]) -> str | None:
    return category_of(text, categories, place)
