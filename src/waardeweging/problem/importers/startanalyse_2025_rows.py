"""Rows of the Startanalyse 2025, gathered until a neighbourhood is whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.importers.notation import MISSING, Notation, read_optional
from waardeweging.problem.importers.startanalyse_2025_schema import (
    AMOUNTS,
    CO2,
    DWELLINGS,
    EDITION,
    LOWEST,
    LOWEST_WITHOUT_GAS,
    MAIN,
    MUNICIPALITY,
    NON_RESIDENTIAL,
    PER_TONNE,
    PER_WEQ,
    REFERENCE,
    STRATEGIES,
    TOTAL,
    VARIANTS_2025,
    WEQ,
    WINNER,
    indicators,
    item_names,
    neighbourhood_code,
    value_columns,
    variant_columns,
)
from waardeweging.problem.importers.startanalyse_costs import (
    NeighbourhoodCosts,
    VariantCosts,
    VariantKey,
)
from waardeweging.problem.importers.startanalyse_rows import unquoted
from waardeweging.problem.tables import Row
from waardeweging.problem.text import clean_text


@dataclass(frozen=True, slots=True)
class StrategyCosts:
    """What PBL gives for the best variant of one strategy that was admissible here.

    Parameters
    ----------
    variant : str, optional
        Code as published.
    costs : VariantCosts, optional
    """

    variant: str | None = None
    costs: VariantCosts | None = None


@dataclass(frozen=True, slots=True)
class NeighbourhoodCosts2025(NeighbourhoodCosts):
    """What the Startanalyse 2025 says about one neighbourhood.

    ``reference_cost`` is not in this edition; ``weq`` is 0 where there is nothing
    to heat.

    Parameters
    ----------
    strategies : mapping of str to StrategyCosts
        By number, ``"1"`` to ``"4"``.
    winner_without_gas : str, optional
        Winner if there were no climate neutral gas, as published.
    """

    strategies: Mapping[str, StrategyCosts] = field(default_factory=dict)
    winner_without_gas: str | None = None


@dataclass(slots=True)
class Gathered:
    """The rows of one neighbourhood, as far as they have been met."""

    first: Row
    met: set[str] = field(default_factory=set)
    winners: Mapping[str, str | None] = field(default_factory=dict)
    numbers: dict[str, Mapping[str, float | None]] = field(default_factory=dict)

    def record(self, notation: Notation) -> NeighbourhoodCosts2025 | None:
        """Put the rows together, or name what is missing; None after a fault in a row."""
        faults = Faults()
        head = self.first
        _check_complete(head, self.met, faults)
        amounts: dict[str, float] = {}
        for column in AMOUNTS:
            with faults.collecting():
                amounts[column] = _amount(head, column, notation)
        names = {"I02_buurtnaam": "", "I06_gemeentenaam": ""}
        for column in names:
            with faults.collecting():
                names[column] = unquoted(clean_text(head[column], head.place(column)))
        municipality = head["I05_gemeentecode"].strip()
        if not MUNICIPALITY.fullmatch(municipality):
            faults.add(
                InputError(
                    "startanalyse.municipality_code",
                    where=head.place("I05_gemeentecode"),
                    found=municipality,
                    remedy="Write the CBS code: GM and four digits, for example GM0193.",
                )
            )
        faults.raise_all(head.file)
        if not self.winners or any(name not in self.numbers for name in MAIN):
            return None
        variants = {
            VariantKey(EDITION, code): costs
            for code, column in variant_columns().items()
            if (costs := self._costs(column)) is not None
        }
        if variants and not amounts[WEQ]:
            raise InputError(
                "number.not_positive",
                where=head.place(WEQ),
                found=head[WEQ],
                remedy="Write a number above 0.",
            )
        return NeighbourhoodCosts2025(
            code=head["I01_buurtcode"].strip(),
            name=names["I02_buurtnaam"],
            municipality_code=municipality,
            municipality=names["I06_gemeentenaam"],
            weq=amounts[WEQ],
            variants=variants,
            dwellings=amounts[DWELLINGS],
            non_residential=amounts[NON_RESIDENTIAL],
            reference_co2=self.numbers[CO2][REFERENCE],
            winner=self.winners[LOWEST],
            strategies={
                column[-1]: StrategyCosts(self.winners[column], self._costs(column))
                for column in STRATEGIES
            },
            winner_without_gas=self.winners[LOWEST_WITHOUT_GAS],
        )

    def _costs(self, column: str) -> VariantCosts | None:
        per_weq = self.numbers[PER_WEQ][column]
        if per_weq is None:
            return None
        items = {
            item: value
            for name, item in item_names().items()
            if (value := self.numbers.get(name, {}).get(column)) is not None
        }
        return VariantCosts(
            per_weq=per_weq,
            total=self.numbers[TOTAL][column],
            per_tonne=self.numbers[PER_TONNE][column],
            items=items,
            co2=self.numbers[CO2][column],
        )


def gather(
    row: Row, gathered: dict[str, Gathered], used: Collection[str], notation: Notation
) -> None:
    """Add a row to its neighbourhood, with numbers if its indicator is used."""
    code = neighbourhood_code(row)
    indicator = row["Code_Indicator"].strip()
    _check_indicator(row, indicator)
    one = gathered.setdefault(code, Gathered(row))
    if indicator in one.met:
        raise twice(row.place("Code_Indicator"), f"{code} × {indicator}")
    one.met.add(indicator)
    _check_head(row, one.first)
    if indicator == WINNER:
        one.winners = _winners(row)
    elif indicator in used:
        one.numbers[indicator] = _numbers(row, notation)


def _check_indicator(row: Row, indicator: str) -> None:
    if indicator not in indicators():
        raise InputError(
            "startanalyse.unknown_indicator",
            where=row.place("Code_Indicator"),
            found=indicator,
            remedy="Edition {edition} has no such indicator; download the file again.",
            edition=EDITION,
        )
    unit = row["Eenheid"].strip()
    if unit != indicators()[indicator]:
        raise InputError(
            "startanalyse.unit",
            where=row.place("Eenheid"),
            found=unit,
            remedy="{indicator} is in '{unit}' in edition {edition}; another unit is not read.",
            indicator=indicator,
            unit=indicators()[indicator],
            edition=EDITION,
        )


def _check_head(row: Row, first: Row) -> None:
    for column in (WEQ, DWELLINGS, "I02_buurtnaam", "I05_gemeentecode"):
        if row[column] != first[column]:
            raise InputError(
                "startanalyse.two_heads",
                where=row.place(column),
                found=row[column],
                remedy="All rows of {neighbourhood} need the same name, municipality and weq.",
                neighbourhood=first["I01_buurtcode"],
            )


def _check_complete(head: Row, met: Collection[str], faults: Faults) -> None:
    missing = [name for name in indicators() if name not in met]
    if missing:
        faults.add(
            InputError(
                "startanalyse.missing_rows",
                where=head.place("Code_Indicator"),
                found=", ".join(missing),
                remedy="{neighbourhood} lacks rows; the file was cut off, download it again.",
                neighbourhood=head["I01_buurtcode"],
            )
        )


def _amount(row: Row, column: str, notation: Notation) -> float:
    where = row.place(column)
    value = read_optional(row[column], notation, where) or 0.0
    if value < 0:
        raise InputError(
            "number.negative", where=where, found=row[column], remedy="Write 0 or more."
        )
    return value


def _numbers(row: Row, notation: Notation) -> Mapping[str, float | None]:
    faults = Faults()
    numbers: dict[str, float | None] = {}
    for column in value_columns():
        with faults.collecting():
            numbers[column] = read_optional(row[column], notation, row.place(column))
    faults.raise_all(row.file)
    return numbers


def _winners(row: Row) -> Mapping[str, str | None]:
    faults = Faults()
    winners: dict[str, str | None] = {}
    for column in (LOWEST, LOWEST_WITHOUT_GAS, *STRATEGIES):
        code = row[column].strip().lower()
        winners[column] = None if code in MISSING or code == "geen" else code
        if winners[column] not in (None, *VARIANTS_2025):
            faults.add(
                InputError(
                    "startanalyse.unknown_variant",
                    where=row.place(column),
                    found=code,
                    remedy="Edition {edition} knows these variants: {known}.",
                    edition=EDITION,
                    known=", ".join(VARIANTS_2025),
                )
            )
    faults.raise_all(row.file)
    return winners


def twice(where: Place, found: str) -> InputError:
    """Give the fault of something that stands twice."""
    return InputError(
        "id.duplicate",
        where=where,
        found=found,
        remedy="Keep one of them, or rename one.",
    )
