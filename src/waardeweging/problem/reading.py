"""Reads the files that say what is decided, and finds every fault in them.

Each function takes a `Faults` and goes on after a fault where it can, so that
a user repairs a folder in one round. What is returned after a fault may be
incomplete: the caller raises before it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from waardeweging.problem.alternatives import GROUNDS, Alternative, Cell, Source
from waardeweging.problem.criteria import Criterion, Framework, Requirement, Value
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.inheritance import Merged, read_merged
from waardeweging.problem.labels import Described, Label, Name
from waardeweging.problem.numbers import parse_number
from waardeweging.problem.tables import Row, Table, only_names, read_table
from waardeweging.problem.text import clean_id, clean_text
from waardeweging.problem.toml_files import parse, section_place
from waardeweging.problem.value_checks import check_range


class _Titled(Described):
    """What a framework says of itself."""

    title: Name | None = None


_SENSES = {
    "<=": "at_most",
    "max": "at_most",
    "at most": "at_most",
    ">=": "at_least",
    "min": "at_least",
    "at least": "at_least",
}


_YES_OR_NO = {"yes": True, "ja": True, "no": False, "nee": False, "": False}


def find_table(folder: Path, name: str) -> Path:
    """Give the CSV with this name, or the xlsx when only that is there."""
    csv, xlsx = _forms(folder, name)
    return xlsx if xlsx.exists() and not csv.exists() else csv


def check_forms(folder: Path, names: Iterable[str], faults: Faults) -> None:
    """Refuse a table that stands in a folder twice: nobody could tell which one counts."""
    for name in names:
        csv, xlsx = _forms(folder, name)
        if csv.exists() and xlsx.exists():
            faults.add(
                InputError(
                    "file.two_forms",
                    where=Place(xlsx.name),
                    remedy="Keep one of the two: {other} is in this folder as well.",
                    other=csv.name,
                )
            )


def _forms(folder: Path, name: str) -> tuple[Path, Path]:
    return folder / f"{name}.csv", folder / f"{name}.xlsx"


def read_framework(path: Path, faults: Faults) -> Framework | None:
    """Read a framework file; None when it cannot be used at all."""
    merged = read_merged(path, faults)
    return None if merged is None else framework_of(merged, path.name, faults)


def framework_of(merged: Merged, file: str, faults: Faults) -> Framework | None:
    """Check a framework as written, with all that it takes over; None after a fault."""
    before, given = len(faults), merged.given
    for name in given.keys() - {"title", "values", "criteria", "requirements"}:
        faults.add(_unknown(Place(file, None, name)))
    values = _sections(Value, given, "values", file, faults)
    criteria = _sections(Criterion, given, "criteria", file, faults)
    for requirement in _items(given, "requirements"):
        if isinstance(requirement, dict) and isinstance(requirement.get("sense"), str):
            requirement["sense"] = _SENSES.get(requirement["sense"], requirement["sense"])
    requirements = _sections(Requirement, given, "requirements", file, faults)
    own = {"title": given["title"]} if "title" in given else {}
    titled = parse(_Titled, own, Place(file), faults)
    _check_tree(values, criteria, requirements, file, faults)
    if titled is None or len(faults) > before or not merged.sound:
        return None
    return Framework(
        title=titled.title,
        values=tuple(values),
        criteria=tuple(criteria),
        requirements=tuple(requirements),
        overrides=tuple(merged.overrides),
        fixed=tuple(sorted(merged.fixed)),
    )


def _items(given: dict[str, Any], section: str) -> list[Any]:
    items = given.get(section, [])
    return items if isinstance(items, list) else [items]


def _sections(
    model: Any, given: dict[str, Any], section: str, file: str, faults: Faults
) -> list[Any]:
    items = _items(given, section)
    if not items and section != "requirements":
        faults.add(
            InputError(
                "framework.empty",
                where=Place(file, None, section),
                remedy="Add at least one [[{section}]].",
                section=section,
            )
        )
    parsed = (
        parse(model, item, section_place(file, section, index, item), faults)
        for index, item in enumerate(items)
    )
    return [item for item in parsed if item is not None]


def _check_tree(
    values: Sequence[Value],
    criteria: Sequence[Criterion],
    requirements: Sequence[Requirement],
    file: str,
    faults: Faults,
) -> None:
    for section, ids in (
        ("values", [value.id for value in values]),
        ("criteria", [criterion.id for criterion in criteria]),
    ):
        for index, name in enumerate(ids):
            place = Place(file, f"{section} {name}", "id")
            with faults.collecting():
                clean_id(name, place)
            if name in ids[:index]:
                faults.add(_duplicate(place, name))
    for criterion in criteria:
        if criterion.value not in {value.id for value in values}:
            faults.add(
                InputError(
                    "criterion.unknown_value",
                    where=Place(file, f"criteria {criterion.id}", "value"),
                    found=criterion.value,
                    remedy="Choose one of: {known}.",
                    known=", ".join(value.id for value in values),
                )
            )
        check_range(criterion, file, faults)
    for requirement in requirements:
        if requirement.criterion not in {criterion.id for criterion in criteria}:
            faults.add(
                _unknown_criterion(
                    Place(file, f"requirements {requirement.criterion}", "criterion"),
                    requirement.criterion,
                )
            )


def read_alternatives(path: Path, faults: Faults) -> tuple[Alternative, ...]:
    """Read ``alternatives``: what can be chosen."""
    table = _table(
        path,
        ("alternative", "label"),
        (
            "technique",
            "organisation",
            "insulation",
            "description",
            "label_en",
            "description_en",
            "reference",
        ),
        faults,
    )
    found: dict[str, Alternative] = {}
    measure: Alternative | None = None
    for row in table.rows:
        with faults.collecting():
            alternative = _alternative(row)
            if alternative.id in found:
                raise _duplicate(row.place("alternative"), alternative.id)
            found[alternative.id] = alternative
            if alternative.reference and measure is not None:
                raise InputError(
                    "alternatives.references",
                    where=row.place("reference"),
                    found=alternative.id,
                    remedy="Options have one reference: {first}. Leave this cell empty.",
                    first=measure.id,
                )
            measure = alternative if alternative.reference else measure
    if not table.rows and table.columns:
        faults.add(
            InputError(
                "alternatives.none", where=Place(table.file), remedy="Write at least one option."
            )
        )
    if measure is not None and len(table.rows) == 1:
        faults.add(
            InputError(
                "alternatives.only_reference",
                where=table.rows[0].place("reference"),
                found=measure.id,
                remedy="Write at least one option beside the reference.",
            )
        )
    return tuple(found.values())


def _alternative(row: Row) -> Alternative:
    faults = Faults()
    texts: dict[str, str] = {}
    # A row that breaks off has fewer cells than there are names; these two must be there.
    for column in dict.fromkeys(("alternative", "label", *row.cells)):
        with faults.collecting():
            read = clean_id if column == "alternative" else clean_text
            texts[column] = read(row[column], row.place(column))
    if not texts.get("label", "-"):
        faults.add(InputError("text.empty", where=row.place("label"), remedy="Write a short name."))
    said = texts.get("reference", "").lower()
    if said not in _YES_OR_NO:
        faults.add(
            InputError(
                "alternatives.reference",
                where=row.place("reference"),
                found=texts["reference"],
                remedy="Write yes for the option that is the measure; leave the others empty.",
            )
        )
    faults.raise_all(row.file)
    nl, about = texts["label"], texts.get("description", "")
    return Alternative(
        id=texts["alternative"],
        label=Label(nl=nl, en=texts.get("label_en") or nl),
        technique=texts.get("technique", ""),
        organisation=texts.get("organisation", ""),
        insulation=texts.get("insulation", ""),
        description=Label(nl=about, en=texts.get("description_en") or about),
        reference=_YES_OR_NO[said],
    )


_ABOUT_SOURCE = ("publisher", "year", "url", "licence", "title_en")


def read_sources(path: Path, faults: Faults) -> tuple[Source, ...]:
    """Read ``sources``: where the numbers were found."""
    table = _table(path, ("source", "title"), _ABOUT_SOURCE, faults)
    found: dict[str, Source] = {}
    for row in table.rows:
        with faults.collecting():
            source_id, texts = _about_source(row)
            if source_id in found:
                raise _duplicate(row.place("source"), source_id)
            found[source_id] = Source(id=source_id, **texts)
    if table.columns and not table.rows:
        faults.add(only_names(table.file))
    return tuple(found.values())


def _about_source(row: Row) -> tuple[str, dict[str, str]]:
    faults, source_id, texts = Faults(), "", {"title": ""}
    with faults.collecting():
        source_id = row.id("source")
    for column in ("title", *_ABOUT_SOURCE):
        with faults.collecting():
            texts[column] = clean_text(row[column], row.place(column))
    if not row["title"].strip():
        faults.add(InputError("field.empty", where=row.place("title"), remedy="Fill this in."))
    faults.raise_all(row.file)
    return source_id, texts


def read_cells(
    path: Path,
    framework: Framework | None,
    alternatives: Sequence[Alternative],
    sources: Sequence[Source],
    faults: Faults,
) -> tuple[dict[tuple[str, str], Cell], set[tuple[str, str]]]:
    """Read ``performances``: one row per option and criterion, each with its source.

    Names are not checked against a file that could not be read itself: one
    fault there would show as a fault in every row here.

    Returns
    -------
    cells : dict from (alternative, criterion) to Cell
    named : set of (alternative, criterion)
        Every pair that has a row, also a row with a fault.
    """
    table = _table(
        path,
        ("alternative", "criterion", "low", "mid", "high", "unit", "grounds", "source"),
        ("note", "fact"),
        faults,
    )
    known = {
        "alternative": [alternative.id for alternative in alternatives],
        "criterion": [criterion.id for criterion in framework.criteria] if framework else [],
        "source": [source.id for source in sources],
        "grounds": list(GROUNDS),
    }
    cells: dict[tuple[str, str], Cell] = {}
    named = set()
    for row in table.rows:
        named.add((row["alternative"].strip(), row["criterion"].strip()))
        with faults.collecting():
            cell = _cell(row, known, framework)
            if (cell.alternative, cell.criterion) in cells:
                raise _duplicate(row.place("criterion"), f"{cell.alternative} × {cell.criterion}")
            cells[cell.alternative, cell.criterion] = cell
    return cells, named


def _cell(row: Row, known: dict[str, list[str]], framework: Framework | None) -> Cell:
    faults = Faults()
    names: dict[str, str] = {}
    for column, choices in known.items():
        names[column] = row[column].strip()
        if choices and names[column] not in choices:
            faults.add(
                InputError(
                    f"performance.unknown_{column}",
                    where=row.place(column),
                    found=names[column],
                    remedy="Choose one of: {known}.",
                    known=", ".join(choices),
                )
            )
    numbers: dict[str, float] = {}
    for column in ("low", "mid", "high"):
        with faults.collecting():
            numbers[column] = parse_number(row[column], row.place(column))
    texts: dict[str, str] = {}
    for column in ("unit", "note", "fact"):
        with faults.collecting():
            texts[column] = clean_text(row[column], row.place(column))
    if framework and names["criterion"] in known["criterion"]:
        criterion = framework.criterion(names["criterion"])
        if "unit" in texts:
            check_unit(criterion, texts["unit"], row.place("unit"), faults)
        if len(numbers) == 3:
            check_band(criterion, numbers, row.place("mid"), faults)
    faults.raise_all(row.file)
    return Cell.model_validate({**names, **numbers, **texts})


def check_unit(criterion: Criterion, unit: str, place: Place, faults: Faults) -> None:
    """Refuse a unit that is not that of the framework; nothing is converted silently."""
    if unit != criterion.unit:
        faults.add(
            InputError(
                "performance.unit",
                where=place,
                found=unit,
                remedy="Criterion {criterion} is in '{unit}'; convert the numbers to that unit.",
                criterion=criterion.id,
                unit=criterion.unit,
            )
        )


def check_band(criterion: Criterion, band: dict[str, float], place: Place, faults: Faults) -> None:
    """Refuse a band that is not ordered, or that leaves the range people weighed."""
    low, mid, high = band["low"], band["mid"], band["high"]
    if not low <= mid <= high:
        faults.add(
            InputError(
                "performance.order",
                where=place,
                found=f"{low:g} / {mid:g} / {high:g}",
                remedy="Write low, mid and high as rising numbers, also when less is better.",
            )
        )
    bottom, top = sorted((criterion.worst, criterion.best))
    if not criterion.open and not bottom <= mid <= top:
        faults.add(
            InputError(
                "performance.outside_range",
                where=place,
                found=f"{mid:g}",
                remedy="The range of {criterion} is {bottom} to {top}. Correct the number, or "
                "widen the range; weights given on the old range must then be asked again.",
                criterion=criterion.id,
                bottom=f"{bottom:g}",
                top=f"{top:g}",
            )
        )


def check_complete(
    cells: Iterable[tuple[str, str]],
    alternatives: Sequence[Alternative],
    framework: Framework,
    file: str,
    faults: Faults,
) -> None:
    """Name every cell that is missing; a missing cell never gets a score."""
    present = set(cells)
    for alternative in alternatives:
        for criterion in framework.criteria:
            if (alternative.id, criterion.id) not in present:
                faults.add(
                    InputError(
                        "performance.missing",
                        where=Place(file, None, f"{alternative.id} × {criterion.id}"),
                        remedy="Add a row for option {alternative} and criterion {criterion}.",
                        alternative=alternative.id,
                        criterion=criterion.id,
                    )
                )


def _table(
    path: Path, required: tuple[str, ...], optional: tuple[str, ...], faults: Faults
) -> Table:
    with faults.collecting():
        return read_table(path, required=required, optional=optional)
    return Table(path.name, (), ())


def _duplicate(place: Place, found: str) -> InputError:
    return InputError(
        "id.duplicate", where=place, found=found, remedy="Keep one of them, or rename one."
    )


def _unknown(place: Place) -> InputError:
    return InputError("field.unknown", where=place, remedy="Remove this field or correct its name.")


def _unknown_criterion(place: Place, found: str) -> InputError:
    return InputError(
        "criterion.unknown", where=place, found=found, remedy="Use the id of a criterion."
    )
