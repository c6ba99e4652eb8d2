"""Initiatives that ask for the same money and hours, and the rules for choosing among them.

How good an initiative is stands elsewhere; here stands only what it takes and what
goes together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field

from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray
from waardeweging.problem.criteria import Text
from waardeweging.problem.labels import Described, Label

Pair = tuple[int, int]
Amount = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]


class Resource(Described):
    """Something there is only so much of.

    Parameters
    ----------
    id : str
        Its column in the table of initiatives, such as ``budget``.
    label : Label
    unit : str
    limit : float
        [≥ 0]
    """

    id: Text
    label: Label
    unit: Text = ""
    limit: Amount


@dataclass(frozen=True, eq=False)
class GroupRule(ArrayRecord):
    """How many of a group must, or may, be chosen; such as one in every district.

    Parameters
    ----------
    column, category : str
        What the group has in common; the category of the column.
    members : array of bool, shape (n_initiatives,)
    at_least : int
    at_most : int or None
    """

    column: str
    category: str
    members: BoolArray
    at_least: int = 0
    at_most: int | None = None


@dataclass(frozen=True, eq=False)
class Initiatives(ArrayRecord):
    """What initiatives take, and the rules for choosing among them.

    Parameters
    ----------
    ids : tuple of str, length n_initiatives
    resources : tuple of Resource, length n_resources
    use : array, shape (n_initiatives, n_resources)
        [≥ 0]
    groups : tuple of GroupRule
    needs : tuple of (int, int)
        The first can only be chosen together with the second.
    excludes : tuple of (int, int)
        Never both.
    allowed : array of bool, shape (n_initiatives,)
        Whether it keeps every requirement.
    agreed : tuple of int
        Chosen already; the rest is chosen beside these.
    """

    ids: tuple[str, ...]
    resources: tuple[Resource, ...]
    use: FloatArray
    groups: tuple[GroupRule, ...]
    needs: tuple[Pair, ...]
    excludes: tuple[Pair, ...]
    allowed: BoolArray
    agreed: tuple[int, ...] = ()

    @property
    def capacity(self) -> FloatArray:
        """What there is of each resource, shape (n_resources,)."""
        return np.array([resource.limit for resource in self.resources])


@dataclass(frozen=True, eq=False)
class Bound(ArrayRecord):
    """One rule as a row: low ≤ row · chosen ≤ high.

    Parameters
    ----------
    kind : str
        ``capacity``, ``at_least``, ``at_most``, ``needs``, ``excludes`` or ``agreed``.
    names : tuple of str
        What the rule is about: a resource, a column with its category, or initiatives.
    row : array, shape (n_initiatives,)
    low, high : float
    """

    kind: str
    names: tuple[str, ...]
    row: FloatArray
    low: float
    high: float


def bounds(initiatives: Initiatives) -> tuple[Bound, ...]:
    """Write every rule as a row."""
    ids = initiatives.ids
    found = [
        Bound("capacity", (one.id,), initiatives.use[:, place], -np.inf, one.limit)
        for place, one in enumerate(initiatives.resources)
    ]
    for group in initiatives.groups:
        found += _group_bounds(group)
    for first, second in initiatives.needs:
        row = _row(len(ids), {first: 1.0, second: -1.0})
        found.append(Bound("needs", (ids[first], ids[second]), row, -np.inf, 0.0))
    for first, second in initiatives.excludes:
        row = _row(len(ids), {first: 1.0, second: 1.0})
        found.append(Bound("excludes", (ids[first], ids[second]), row, -np.inf, 1.0))
    for place in initiatives.agreed:
        found.append(Bound("agreed", (ids[place],), _row(len(ids), {place: 1.0}), 1.0, 1.0))
    return tuple(found)


def _group_bounds(group: GroupRule) -> list[Bound]:
    row, names = group.members.astype(float), (group.column, group.category)
    found = []
    if group.at_least:
        found.append(Bound("at_least", names, row, float(group.at_least), np.inf))
    if group.at_most is not None:
        found.append(Bound("at_most", names, row, -np.inf, float(group.at_most)))
    return found


def _row(length: int, entries: dict[int, float]) -> FloatArray:
    row = np.zeros(length)
    for place, number in entries.items():
        row[place] = number
    return row
