"""Scenario parameters: prices, rates, subsidies and the horizon, each with a band and a source.

A variant gives other numbers to some of them and leaves the rest alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import model_validator

from waardeweging.effects import legacy
from waardeweging.effects.quantities import Quantity, check_quantity, parameter_quantity
from waardeweging.problem.alternatives import Grounds
from waardeweging.problem.criteria import Number, Text
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.labels import Described
from waardeweging.problem.text import clean_id
from waardeweging.problem.toml_files import parse

_ENDS = ("low", "mid", "high")
# Totals are published rounded.
_PARTS_ROUNDING = 0.002


class Parameter(Described):
    """One number that several effects depend on.

    Parameters
    ----------
    id : str
        For example ``gas_price``; of a technique ``T5.investment``.
    low, mid, high : float
        In `unit`; low ≤ mid ≤ high.
    unit : str
        Money begins with ``€/``.
    grounds : str
        ``measured``, ``calculated``, ``expert`` or ``definition``.
    source : str
        Id of a source.
    note : str
    price_year : int, optional
        Required for money: the year of the euro.
    includes_vat : bool, optional
        Required for money.
    parts : mapping of str to float, optional
        What a published total is made of, such as supply and tax; adds up to `mid`.

    Raises
    ------
    ValueError
        If the band is not in rising order.
    """

    id: Text
    low: Number
    mid: Number
    high: Number
    unit: Text
    grounds: Grounds
    source: Text
    note: Text = ""
    price_year: int | None = None
    includes_vat: bool | None = None
    parts: dict[Text, Number] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Parameter:
        if not self.low <= self.mid <= self.high:
            raise ValueError(f"low, mid and high of '{self.id}' are not in rising order")
        return self

    @property
    def is_money(self) -> bool:
        """Whether the number is an amount of euro of today; one of 2018 names its year itself."""
        return self.unit.startswith("€/")


class Parameters(Mapping[str, Parameter]):
    """Parameters by id; it never changes, a variant makes another one."""

    __slots__ = ("_by_id",)

    def __init__(self, by_id: Mapping[str, Parameter]) -> None:
        self._by_id = dict(by_id)

    def __getitem__(self, parameter_id: str) -> Parameter:
        return self._by_id[parameter_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def __repr__(self) -> str:
        return f"Parameters({', '.join(self._by_id)})"


def read_parameters(section: object, file: str, faults: Faults) -> Parameters:
    """Read the section ``[parameters]`` of a scenario.

    Parameters
    ----------
    section : object
        As TOML gives it: a mapping from id to low, mid, high, unit, grounds, source, note.
    file : str
        Named in every fault.
    faults : Faults
        Gathers what is wrong; the parameters that are right are returned.
    """
    found: dict[str, Parameter] = {}
    if isinstance(section, Mapping) and legacy.is_old(section):
        section = legacy.parameters(section)
    for name, given in _sections(section, Place(file, None, "parameters"), faults):
        place = Place(file, f"parameters {name}")
        with faults.collecting():
            clean_id(name, place)
            wanted = parameter_quantity(name)
            parameter = parse_parameter({**given, "id": name}, wanted, place, faults)
            if parameter is not None:
                found[name] = parameter
    return Parameters(found)


def override(
    parameters: Parameters, section: object, file: str, variant: str, faults: Faults
) -> Parameters:
    """Give the parameters of a variant: those it names are replaced, unit and source stay.

    Parameters
    ----------
    parameters : Parameters
        Of the scenario itself.
    section : object
        ``parameters`` of one ``[[variants]]``; a parameter may leave out what stays the same,
        but gives low, mid and high together.
    file, variant : str
        Named in every fault.
    faults : Faults
    """
    changed = dict(parameters)
    where = f"variants {variant} parameters"
    for name, given in _sections(section, Place(file, where), faults):
        place = Place(file, f"{where} {name}")
        if name not in parameters:
            faults.add(_unknown(place, name, parameters))
            continue
        base = parameters[name].model_dump(exclude_none=True, exclude={*_ENDS, "parts"})
        wanted = parameter_quantity(name)
        parameter = parse_parameter({**base, **given, "id": name}, wanted, place, faults)
        if parameter is not None:
            changed[name] = parameter
    return Parameters(changed)


def parse_parameter(
    given: dict[str, Any], wanted: Quantity | None, place: Place, faults: Faults
) -> Parameter | None:
    """Check one parameter; None after a fault, which is remembered."""
    before = len(faults)
    if wanted is not None:
        check_quantity(given, wanted, place, faults)
    ends = [given.get(end) for end in _ENDS]
    if all(_is_number(end) for end in ends) and ends != sorted(ends):  # type: ignore[type-var]
        faults.add(
            InputError(
                "parameter.order",
                where=place,
                found=" / ".join(f"{end:g}" for end in ends),
                remedy="Write low, mid and high in rising order; they are numbers, "
                "not bad to good.",
            )
        )
        return None
    parameter = parse(Parameter, given, place, faults)
    if parameter is None or len(faults) > before:
        return None
    _check_money(parameter, place, faults)
    _check_parts(parameter, place, faults)
    return parameter


def _check_parts(parameter: Parameter, place: Place, faults: Faults) -> None:
    """Refuse a published total that is not the sum of its parts."""
    if parameter.parts is None:
        return
    added = math.fsum(parameter.parts.values())
    if abs(added - parameter.mid) > _PARTS_ROUNDING * abs(parameter.mid):
        faults.add(
            InputError(
                "parameter.parts",
                where=Place(place.file, place.row, "parts"),
                found=f"{added:.4g} ≠ {parameter.mid:.4g}",
                remedy="A published total is the sum of its parts, once. Correct a part or mid.",
            )
        )


def check_one_price_basis(parameters: Mapping[str, Parameter], file: str, faults: Faults) -> None:
    """Refuse amounts of different price years, or without VAT, in one calculation."""
    money = {name: one for name, one in parameters.items() if one.is_money}
    years = {one.price_year for one in money.values()}
    if len(years) > 1:
        by_year = ", ".join(
            f"{year}: {next(name for name, one in money.items() if one.price_year == year)}"
            for year in sorted(year or 0 for year in years)
        )
        faults.add(
            InputError(
                "parameter.price_years",
                where=Place(file, None, "price_year"),
                found=by_year,
                remedy="Bring all amounts to one price year; they are added to each other.",
            )
        )


def _check_money(parameter: Parameter, place: Place, faults: Faults) -> None:
    if not parameter.is_money:
        return
    if parameter.price_year is None:
        faults.add(
            InputError(
                "parameter.price_year",
                where=Place(place.file, place.row, "price_year"),
                remedy="Say of which year these euro are.",
            )
        )
    if parameter.includes_vat is not True:
        faults.add(
            InputError(
                "parameter.vat",
                where=Place(place.file, place.row, "includes_vat"),
                found=parameter.includes_vat,
                remedy="Give the amount with VAT and write includes_vat = true.",
            )
        )


def _sections(
    section: object, place: Place, faults: Faults
) -> Iterator[tuple[str, dict[str, object]]]:
    if not isinstance(section, Mapping):
        faults.add(_not_a_section(place, section))
        return
    for name, given in section.items():
        if isinstance(given, Mapping):
            yield str(name), dict(given)
        else:
            faults.add(_not_a_section(Place(place.file, place.row, str(name)), given))


def _not_a_section(place: Place, found: object) -> InputError:
    return InputError(
        "parameter.section",
        where=place,
        found=found,
        remedy="Write a section with low, mid, high, unit, grounds and source.",
    )


def _unknown(place: Place, name: str, parameters: Parameters) -> InputError:
    return InputError(
        "parameter.unknown",
        where=place,
        found=name,
        remedy="A variant changes a parameter of the scenario. Known: {known}.",
        known=", ".join(parameters),
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
