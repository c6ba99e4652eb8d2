"""Properties of heating techniques that the formulas need, from ``techniques.csv``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from waardeweging.effects import legacy
from waardeweging.effects.parameters import Parameter, parse_parameter
from waardeweging.effects.quantities import PROPERTIES, check_quantity
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.numbers import parse_number
from waardeweging.problem.tables import Row, read_table
from waardeweging.problem.text import clean_text

_COLUMNS = ("technique", "parameter", "low", "mid", "high", "unit", "grounds", "source")
_OPTIONAL = ("note", "price_year", "includes_vat")
_READ = {**PROPERTIES, **legacy.USE}
_YES_NO = {"yes": True, "no": False, "true": True, "false": False}


class Techniques(Mapping[str, Mapping[str, Parameter]]):
    """Properties by technique and name; a property has the id ``technique.name``."""

    __slots__ = ("_by_id",)

    def __init__(self, by_id: Mapping[str, Mapping[str, Parameter]]) -> None:
        self._by_id = {technique: dict(own) for technique, own in by_id.items()}

    def __getitem__(self, technique: str) -> Mapping[str, Parameter]:
        return self._by_id[technique]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)


def read_techniques(path: Path, faults: Faults) -> Techniques:
    """Read a table of techniques, one property a row.

    Parameters
    ----------
    path : Path
        Columns ``technique;parameter;low;mid;high;unit;grounds;source`` and, where they
        apply, ``note;price_year;includes_vat``.
    faults : Faults
        Gathers every fault: missing, double and unknown properties, other units, bad numbers.
    """
    rows: tuple[Row, ...] = ()
    with faults.collecting():
        rows = read_table(path, required=_COLUMNS, optional=_OPTIONAL).rows
    found: dict[str, dict[str, Parameter]] = {}
    seen: set[tuple[str, str]] = set()
    for row in rows:
        with faults.collecting():
            _add(row, found, seen, faults)
    for technique, own in found.items():
        _bring_to_date(technique, own, Place(path.name), faults)
    return Techniques(found)


def _bring_to_date(technique: str, own: dict[str, Parameter], place: Place, faults: Faults) -> None:
    """Replace a typed use per GJ by the performance that it implies."""
    typed = {name: own.pop(name) for name in legacy.USE if name in own}
    if not typed:
        return
    middle = {name: one.mid for name, one in typed.items()}
    likely = next(iter(typed.values()))
    for name, value in legacy.performance(technique, middle, place, faults).items():
        own.setdefault(
            name,
            likely.model_copy(
                update={
                    "id": f"{technique}.{name}",
                    "low": value,
                    "mid": value,
                    "high": value,
                    "unit": PROPERTIES[name].unit,
                }
            ),
        )


def _add(
    row: Row, found: dict[str, dict[str, Parameter]], seen: set[tuple[str, str]], faults: Faults
) -> None:
    technique = row.id("technique")
    name = row["parameter"].strip()
    if name not in _READ:
        raise InputError(
            "technique.unknown_property",
            where=row.place("parameter"),
            found=name,
            remedy="Choose one of: {known}.",
            known=", ".join(PROPERTIES),
        )
    if (technique, name) in seen:
        raise InputError(
            "id.duplicate",
            where=row.place("parameter"),
            found=f"{technique} × {name}",
            remedy="Keep one of them, or rename one.",
        )
    seen.add((technique, name))
    parameter = _parameter(row, f"{technique}.{name}", faults)
    if parameter is not None:
        found.setdefault(technique, {})[name] = parameter


def _parameter(row: Row, parameter_id: str, faults: Faults) -> Parameter | None:
    own = Faults()
    given: dict[str, object] = {"id": parameter_id}
    for column in ("low", "mid", "high"):
        with own.collecting():
            given[column] = parse_number(row[column], row.place(column))
    for column in ("unit", "grounds", "source", "note"):
        with own.collecting():
            given[column] = clean_text(row[column], row.place(column))
    if row["price_year"].strip():
        with own.collecting():
            given["price_year"] = parse_number(row["price_year"], row.place("price_year"))
    vat = row["includes_vat"].strip()
    if vat:
        with own.collecting():
            given["includes_vat"] = _yes_no(vat, row)
    wanted = _READ[row["parameter"].strip()]
    if not own:
        return parse_parameter(given, wanted, row.place(), faults)
    faults.add(*own)
    check_quantity(given, wanted, row.place(), faults)
    return None


def _yes_no(text: str, row: Row) -> bool:
    if text not in _YES_NO:
        raise InputError(
            "field.choice",
            where=row.place("includes_vat"),
            found=text,
            remedy="Choose one of: {choices}.",
            choices=", ".join(_YES_NO),
        )
    return _YES_NO[text]
