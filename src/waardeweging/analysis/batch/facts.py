"""What is known of every neighbourhood, stacked: measured where somebody gave it, else stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from waardeweging.effects.local_facts import demand_source
from waardeweging.effects.neighbourhood import Fact, NeighbourhoodFacts, read_facts
from waardeweging.effects.parameters import Parameter
from waardeweging.problem.arrays import ArrayRecord, FloatArray, IntArray
from waardeweging.problem.errors import Faults, InputError
from waardeweging.problem.numbers import parse_number
from waardeweging.problem.tables import Row, read_table
from waardeweging.problem.toml_files import read_toml

_LABELS = tuple(f"label_{label}" for label in "abcdefg")
_SHARES = ("owner_share", *_LABELS)
_COLUMNS = (*_SHARES, "gas_use")

Given = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Spread:
    """How a local number is drawn: once for the country, as a part of its likely value.

    Parameters
    ----------
    key : str
        Of the input, as in the calculation of one neighbourhood.
    low, high : float
        Ends of the band as parts of the likely value.
    """

    key: str
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class LocalNumbers(ArrayRecord):
    """One input of the formulas, in many neighbourhoods.

    Parameters
    ----------
    mid : array, shape (n_neighbourhoods,)
        The likely value.
    spread : array of int, shape (n_neighbourhoods,)
        Position in `spreads`.
    spreads : tuple of Spread
    """

    mid: FloatArray
    spread: IntArray
    spreads: tuple[Spread, ...]

    def take(self, rows: IntArray) -> LocalNumbers:
        """Give the numbers of some neighbourhoods."""
        return LocalNumbers(self.mid[rows], self.spread[rows], self.spreads)


@dataclass(frozen=True, eq=False)
class StackedFacts(ArrayRecord):
    """Facts of many neighbourhoods.

    Parameters
    ----------
    owner_share : array, shape (n_neighbourhoods,)
        Part of the dwellings lived in by their owner. [0–1]
    owner_source : tuple of str, length n_neighbourhoods
        Where each was read: a file, or the source of the default.
    gas_use : array, shape (n_neighbourhoods,)
        Mean gas use; −1 where unknown. [m³/dwelling/yr]
    below_b, below_d : array, shape (n_neighbourhoods,)
        Part of the dwellings with a worse energy label; −1 where unknown. [0–1]
    demand_source : tuple of str, length n_neighbourhoods
        Where the heat demand comes from: ``gas_use``, ``reference_emission`` or
        ``national_mean``.
    numbers : mapping of str to LocalNumbers
        Inputs of the formulas by the name of the fact, such as ``heat_now``.
    """

    owner_share: FloatArray
    owner_source: tuple[str, ...]
    gas_use: FloatArray
    below_b: FloatArray
    below_d: FloatArray
    demand_source: tuple[str, ...]
    numbers: Mapping[str, LocalNumbers]

    def take(self, rows: IntArray) -> StackedFacts:
        """Give the facts of some neighbourhoods."""
        chosen = rows.tolist()
        return StackedFacts(
            self.owner_share[rows],
            tuple(self.owner_source[row] for row in chosen),
            self.gas_use[rows],
            self.below_b[rows],
            self.below_d[rows],
            tuple(self.demand_source[row] for row in chosen),
            {name: one.take(rows) for name, one in self.numbers.items()},
        )


def read_given(paths: Sequence[Path]) -> dict[str, dict[str, float]]:
    """Read tables with facts per neighbourhood.

    Parameters
    ----------
    paths : sequence of Path
        A column ``code`` and any of ``owner_share``, ``gas_use`` and ``label_a`` to
        ``label_g``; other columns are left alone and an empty cell is unknown. The table
        that ``import cbs`` writes is one. Of two files the first wins, cell by cell.

    Raises
    ------
    ExceptionGroup of InputError
        With the faults of all tables.
    """
    faults = Faults()
    found: dict[str, dict[str, float]] = {}
    for path in reversed(paths):
        with faults.collecting():
            seen: set[str] = set()
            for row in read_table(path, required=("code",), optional=None).rows:
                with faults.collecting():
                    code = _code(row, seen)
                    found.setdefault(code, {}).update(_facts(row))
    faults.raise_all("facts")
    return found


def read_local(folder: Path) -> dict[str, dict[str, float]]:
    """Read what the option tables hold about single neighbourhoods, ``local/<code>/local.toml``."""
    faults = Faults()
    found = {}
    for path in sorted(folder.glob("local/*/local.toml")):
        with faults.collecting():
            section = dict(read_toml(path).get("facts", {}))
            stand_in = {"value": 0.0, "unit": "dwellings", "source": "definition"}
            facts = read_facts({"dwellings": stand_in, **section}, path.name, faults)
            if facts is not None:
                known = {name: facts.get(name) for name in _COLUMNS}
                found[path.parent.name] = {
                    name: fact.value for name, fact in known.items() if fact is not None
                }
    faults.raise_all("local facts")
    return found


def known_facts(codes: Sequence[str], local: Given, given: Given) -> list[dict[str, float]]:
    """Put facts in the order of the neighbourhoods: local knowledge before files."""
    return [{**given.get(code, {}), **local.get(code, {})} for code in codes]


def stack(
    codes: Sequence[str],
    whole: Sequence[Mapping[str, float]],
    derived: Sequence[Mapping[str, Mapping[str, Any]]],
    defaults: Mapping[str, Parameter],
    sources: tuple[Given, Given, str],
) -> StackedFacts:
    """Stack the facts of all neighbourhoods.

    Parameters
    ----------
    codes : sequence of str
    whole : sequence of mapping
        What somebody gave, from `known_facts`.
    derived : sequence of mapping
        What follows for each neighbourhood, from `local_facts`.
    defaults : mapping of str to Parameter
        What holds where nothing is known, by the name of the fact.
    sources : tuple
        Local facts, given facts, and what to call the files of the latter.
    """
    local, given, name = sources
    default = defaults["owner_share"]
    given_here = [
        {**found, **_exact(facts, "owner_share")}
        for found, facts in zip(derived, whole, strict=True)
    ]
    numbers = {fact: _numbers(fact, given_here, parameter) for fact, parameter in defaults.items()}
    return StackedFacts(
        numbers["owner_share"].mid,
        tuple(
            "local"
            if "owner_share" in local.get(code, {})
            else name
            if "owner_share" in given.get(code, {})
            else default.source
            for code in codes
        ),
        np.array([facts.get("gas_use", -1.0) for facts in whole]),
        np.array([_below(facts, "b") for facts in whole]),
        np.array([_below(facts, "d") for facts in whole]),
        tuple(demand_source(found.get("heat_now")) for found in derived),
        numbers,
    )


def _exact(facts: Mapping[str, float], name: str) -> dict[str, dict[str, float]]:
    """Give a fact that somebody gave, as a section of a scenario file."""
    if name not in facts:
        return {}
    value = facts[name]
    return {name: {"value": value, "low": value, "high": value}}


def _numbers(
    name: str, derived: Sequence[Mapping[str, Mapping[str, Any]]], default: Parameter
) -> LocalNumbers:
    """Give one input everywhere: what follows for a neighbourhood, else the default."""
    spreads: dict[Spread, int] = {}
    mids, which = [], []
    for found in derived:
        fact = found.get(name)
        if fact is None:
            mid, low, high, key = default.mid, default.low, default.high, default.id
        else:
            mid, low, high = (float(fact[end]) for end in ("value", "low", "high"))
            key = f"facts.{name}"
        # Twelve digits: what is left of a multiplication is no spread of its own.
        ends = (round(low / mid, 12), round(high / mid, 12)) if mid > 0 else (1.0, 1.0)
        mids.append(mid)
        which.append(spreads.setdefault(Spread(key, *ends), len(spreads)))
    return LocalNumbers(np.array(mids), np.array(which, np.int64), tuple(spreads))


def _code(row: Row, seen: set[str]) -> str:
    """Read the code of a neighbourhood, which stands in a file once."""
    code = row.id("code")
    if code in seen:
        raise InputError(
            "fact.duplicate",
            where=row.place("code"),
            found=code,
            remedy="This neighbourhood stands twice; keep one row.",
        )
    seen.add(code)
    return code


def _facts(row: Row) -> dict[str, float]:
    faults = Faults()
    found = {}
    for column in _COLUMNS:
        if row[column].strip():
            with faults.collecting():
                found[column] = _amount(row, column)
    faults.raise_all(row.file)
    return found


def _amount(row: Row, column: str) -> float:
    number = parse_number(row[column], row.place(column))
    if number < 0:
        raise InputError(
            "number.negative",
            where=row.place(column),
            found=row[column],
            remedy="Write 0 or more.",
        )
    if column in _SHARES and number > 1:
        raise InputError(
            "fact.share",
            where=row.place(column),
            found=row[column],
            remedy="Write a share between 0 and 1, for example 0.75 for 75 percent.",
        )
    return number


def _below(facts: Mapping[str, float], label: str) -> float:
    shares = {
        name: Fact(value=facts[name], unit="share", source="") for name in _LABELS if name in facts
    }
    nobody = Fact(value=0, unit="dwellings", source="")
    share = NeighbourhoodFacts(dwellings=nobody, **shares).share_below(label)
    return -1.0 if share is None else share.value
