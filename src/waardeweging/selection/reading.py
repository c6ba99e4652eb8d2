"""Read what initiatives take, and the rules, from ``initiatives.csv`` and ``selection.toml``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from waardeweging.problem.arrays import BoolArray, FloatArray
from waardeweging.problem.criteria import Text
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.labels import Described
from waardeweging.problem.numbers import parse_number
from waardeweging.problem.tables import Row, Table, read_table
from waardeweging.problem.text import clean_text
from waardeweging.problem.toml_files import parse, read_toml, section_place
from waardeweging.selection.initiatives import GroupRule, Initiatives, Pair, Resource

RULES = "selection.toml"
TABLE = "initiatives"
_LINKS = ("needs", "excludes")
_MOST = 1e12

Count = Annotated[int, Field(strict=True, ge=0, le=100_000)]


class Rule(Described):
    """One section ``rules``: how many of a group.

    Parameters
    ----------
    column : str
        Column of the table of initiatives, such as ``district``.
    category : str
        Only this category; empty means every category that stands in the table.
    at_least, at_most : int, optional
    """

    column: Text
    category: Text = ""
    at_least: Count = 0
    at_most: Count | None = None


class RulesFile(Described):
    """The keys of ``selection.toml``."""

    resources: tuple[Any, ...]
    rules: tuple[Any, ...] = ()
    agreed: tuple[Text, ...] = ()
    draws: Annotated[int, Field(strict=True, ge=1, le=10_000)] = 100


@dataclass(frozen=True, slots=True)
class _Lines:
    """Rows by the id of their initiative."""

    table: Table
    by_id: dict[str, Row]


def read_initiatives(
    folder: Path, table_path: Path, ids: Sequence[str], allowed: BoolArray
) -> tuple[Initiatives, int]:
    """Read the table and the rules.

    Parameters
    ----------
    folder : Path
        With ``selection.toml``.
    table_path : Path
        The table of initiatives.
    ids : sequence of str
        Of the alternatives, in order.
    allowed : array of bool, shape (n_alternatives,)

    Returns
    -------
    initiatives : Initiatives
    draws : int
        How often to choose again with other weights.

    Raises
    ------
    ExceptionGroup of InputError
        With every fault of both files.
    """
    faults = Faults()
    rules = _read_rules(folder / RULES, faults)
    sections = tuple(_sections(rules, faults))
    resources = tuple(_resources(rules, faults))
    with faults.collecting():
        names = [resource.id for resource in resources]
        table = read_table(table_path, required=("alternative", *names), optional=None)
    faults.raise_all(str(folder))
    lines = _Lines(table, _by_id(table, ids, faults))
    use = _use(lines, ids, names, faults)
    links = {name: tuple(_links(name, lines, ids, faults)) for name in _LINKS}
    groups = tuple(_groups(sections, lines, ids, faults))
    agreed = tuple(_agreed(rules.agreed, ids, faults))
    faults.raise_all(str(folder))
    return (
        Initiatives(
            tuple(ids),
            resources,
            use,
            groups,
            links["needs"],
            links["excludes"],
            allowed,
            agreed,
        ),
        rules.draws,
    )


def _read_rules(path: Path, faults: Faults) -> RulesFile:
    given: dict[str, Any] = {}
    with faults.collecting():
        given = read_toml(path)
    faults.raise_all(path.name)
    rules = parse(RulesFile, given, Place(path.name), faults)
    faults.raise_all(path.name)
    if rules is None:
        raise RuntimeError("rules without faults were not read")
    return rules


def _resources(rules: RulesFile, faults: Faults) -> Iterator[Resource]:
    seen: set[str] = set()
    for index, given in enumerate(rules.resources):
        place = section_place(RULES, "resources", index, given)
        resource = parse(Resource, given, place, faults)
        if resource is None:
            continue
        if resource.id in {"", "alternative", *_LINKS, *seen}:
            where = Place(RULES, place.row, "id")
            faults.add(
                _wrong("selection.name", "Give every resource its own name.", where, resource.id)
            )
        seen.add(resource.id)
        yield resource
    if not rules.resources:
        faults.add(
            _wrong(
                "selection.no_capacity",
                "Name at least one resource with its limit, such as a budget.",
                Place(RULES, "resources"),
                None,
            )
        )


def _sections(rules: RulesFile, faults: Faults) -> Iterator[tuple[Rule, Place]]:
    for index, given in enumerate(rules.rules):
        place = section_place(RULES, "rules", index, given)
        rule = parse(Rule, given, place, faults)
        if rule is None:
            continue
        if rule.at_most is None and not rule.at_least:
            faults.add(
                _wrong("selection.no_number", "Say how many with at_least or at_most.", place, None)
            )
        elif rule.at_most is not None and rule.at_most < rule.at_least:
            faults.add(
                _wrong(
                    "selection.crossed",
                    "Make at_most at least as large as at_least.",
                    place,
                    rule.at_most,
                )
            )
        yield rule, place


def _by_id(table: Table, ids: Sequence[str], faults: Faults) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in table.rows:
        name, where = row["alternative"].strip(), row.place("alternative")
        if name not in ids:
            faults.add(
                _wrong(
                    "selection.unknown",
                    "Write an id that stands in the table of alternatives.",
                    where,
                    name,
                )
            )
        elif name in found:
            faults.add(_wrong("selection.twice", "Keep one row for this initiative.", where, name))
        else:
            found[name] = row
    for name in ids:
        if name not in found:
            faults.add(
                _wrong(
                    "selection.absent", "Add a row for this initiative.", Place(table.file), name
                )
            )
    return found


def _use(lines: _Lines, ids: Sequence[str], resources: Sequence[str], faults: Faults) -> FloatArray:
    use = np.zeros((len(ids), len(resources)))
    for place, name in enumerate(ids):
        for column, resource in enumerate(resources):
            if name in lines.by_id:
                with faults.collecting():
                    use[place, column] = _amount(lines.by_id[name], resource)
    return use


def _amount(row: Row, resource: str) -> float:
    amount = parse_number(row[resource], row.place(resource))
    if not 0 <= amount <= _MOST:
        raise _wrong(
            "selection.amount",
            "Write a number from 0 to 1000000000000.",
            row.place(resource),
            row[resource],
        )
    return amount


def _links(name: str, lines: _Lines, ids: Sequence[str], faults: Faults) -> Iterator[Pair]:
    for one, row in lines.by_id.items():
        for other in row[name].replace(",", " ").split():
            if other not in ids or other == one:
                faults.add(
                    _wrong(
                        "selection.link",
                        "Write ids of other initiatives, with a space between them.",
                        row.place(name),
                        other,
                    )
                )
            else:
                yield ids.index(one), ids.index(other)


def _groups(
    sections: Sequence[tuple[Rule, Place]], lines: _Lines, ids: Sequence[str], faults: Faults
) -> Iterator[GroupRule]:
    for rule, place in sections:
        where = Place(place.file, place.row, "column")
        if rule.column not in lines.table.columns:
            faults.add(
                _wrong(
                    "selection.column",
                    "Write the name of a column of the table of initiatives.",
                    where,
                    rule.column,
                )
            )
            continue
        cells = _cells(rule.column, lines, ids, faults)
        known = sorted({cell for cell in cells if cell})
        if rule.category and rule.category not in known:
            faults.add(
                InputError(
                    "selection.category",
                    where=Place(place.file, place.row, "category"),
                    found=rule.category,
                    remedy="Write a category of this column: {known}.",
                    known=", ".join(known),
                )
            )
            continue
        for category in (rule.category,) if rule.category else known:
            members = np.array([cell == category for cell in cells])
            yield GroupRule(rule.column, category, members, rule.at_least, rule.at_most)


def _cells(column: str, lines: _Lines, ids: Sequence[str], faults: Faults) -> list[str]:
    cells = []
    for name in ids:
        cell = ""
        if name in lines.by_id and lines.by_id[name][column].strip():
            with faults.collecting():
                cell = clean_text(lines.by_id[name][column], lines.by_id[name].place(column))
        cells.append(cell)
    return cells


def _agreed(names: Sequence[str], ids: Sequence[str], faults: Faults) -> Iterator[int]:
    for name in names:
        if name in ids:
            yield ids.index(name)
        else:
            faults.add(
                _wrong(
                    "selection.unknown",
                    "Write an id that stands in the table of alternatives.",
                    Place(RULES, None, "agreed"),
                    name,
                )
            )


def _wrong(code: str, remedy: str, where: Place, found: object) -> InputError:
    return InputError(code, where=where, found=found, remedy=remedy)
