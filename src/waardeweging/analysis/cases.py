"""The case of any neighbourhood of the national file that comes with the program."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.effects.compose import make_scenario
from waardeweging.effects.scenario_files import write_folder
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.importers.startanalyse import NeighbourhoodCosts
from waardeweging.problem.importers.startanalyse_import import read_costs

EDITION = 2020
NATIONAL = "startanalyse2020_nl_H18_per_variant.csv.gz"
ITEMS = "startanalyse2020_3gemeenten_long.csv"
_FRAMEWORK = "warmte.toml"
_MOST_TOLD = 10


def national_files() -> tuple[Path, ...]:
    """Give the shipped files of the Startanalyse: the country, and cost items of three towns."""
    folder = bundled_scenarios() / "nederland"
    return tuple(folder / name for name in (NATIONAL, ITEMS))


def find_place(place: str, found: Mapping[str, NeighbourhoodCosts]) -> NeighbourhoodCosts:
    """Give the one neighbourhood of this name or code.

    Parameters
    ----------
    place : str
        A CBS code, a name, or a name with its municipality: ``Berkum (Zwolle)``.
    found : mapping from code to NeighbourhoodCosts

    Raises
    ------
    ExceptionGroup of InputError
        If there is none, or more than one; the candidates follow, each with its code.
    """
    code = place.strip().upper()
    if code in found:
        return found[code]
    wanted = _folded(place)
    named = [one for one in found.values() if wanted in (_folded(one.name), _folded(_titled(one)))]
    if len(named) == 1:
        return named[0]
    near = named or [one for one in found.values() if _near(wanted, code, one)]
    faults = Faults()
    faults.add(_not_one(place, near))
    faults.add(*(_candidate(one) for one in near[:_MOST_TOLD]))
    faults.raise_all(NATIONAL)
    raise RuntimeError("a place that is not one neighbourhood was let through")


def case_files(place: NeighbourhoodCosts, *, reference: str) -> dict[str, str]:
    """Compose the files of a case from the shipped tables.

    Parameters
    ----------
    place : NeighbourhoodCosts
    reference : str
        How the scenario file refers to the framework.
    """
    root = bundled_scenarios()
    return make_scenario(
        place, EDITION, root / "heat", root / "frameworks" / _FRAMEWORK, reference=reference
    )


def write_case(place: str, out: Path, *, replace: bool = False) -> NeighbourhoodCosts:
    """Write the case of a neighbourhood as a scenario folder with its framework inside.

    Raises
    ------
    ExceptionGroup of InputError
        If the place is not one neighbourhood, or the folder cannot be written.
    """
    one = find_place(place, read_costs(list(national_files()), EDITION))
    files = case_files(one, reference="framework.toml")
    framework = bundled_scenarios() / "frameworks" / _FRAMEWORK
    files["framework.toml"] = framework.read_text(encoding="utf-8")
    write_folder(files, out, replace=replace)
    return one


def _titled(one: NeighbourhoodCosts) -> str:
    return f"{one.name} ({one.municipality})"


def _near(wanted: str, code: str, one: NeighbourhoodCosts) -> bool:
    if code.startswith("BU") and code[2:].isdigit():
        return one.code.startswith(code[:6])
    return bool(wanted) and wanted in _folded(_titled(one))


def _not_one(place: str, near: Sequence[NeighbourhoodCosts]) -> InputError:
    where = Place(NATIONAL, None, "I02_buurtnaam")
    if not near:
        remedy = "Give the name of a neighbourhood of 2020, or its CBS code."
        return InputError("case.unknown", where=where, found=place, remedy=remedy)
    remedy = "This is no single neighbourhood; {number} look like it. Give the code of one of them."
    return InputError("case.several", where=where, found=place, remedy=remedy, number=len(near))


def _candidate(one: NeighbourhoodCosts) -> InputError:
    remedy = "Give the code {neighbourhood} for this one."
    where = Place(NATIONAL, None, one.code)
    return InputError(
        "case.candidate", where=where, found=_titled(one), remedy=remedy, neighbourhood=one.code
    )


def _folded(name: str) -> str:
    """Give a name without capitals, accents and signs, as people type it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return " ".join("".join(one if one.isalnum() else " " for one in plain).split())
