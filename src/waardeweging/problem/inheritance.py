"""A framework that takes another one over: of the state, the municipality, the neighbourhood.

A lower level follows the higher one, and says with a reason where it departs from it.
What a higher level fixed stays as it is. Every departure is listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from waardeweging.problem.criteria import Override, Text
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.labels import Described
from waardeweging.problem.toml_files import parse, read_toml, section_place

SECTIONS = ("values", "criteria", "requirements")
_MOST_LEVELS = 5
_NAME = re.compile(r"(\.\./frameworks/)?\w[\w.-]*\.toml")


class _Level(Described):
    """The key ``level``: what this framework is called in the list of departures."""

    level: Text


class _Why(Described):
    """Why something was added, and by whom."""

    reason: Text
    by: Text = ""


class _Departure(Described):
    """A section ``overrides`` as written."""

    section: Literal["values", "criteria", "requirements"]
    id: Text
    reason: Text
    by: Text = ""
    set: dict[str, Any] = Field(default_factory=dict)
    remove: bool = False


@dataclass(slots=True)
class Merged:
    """A framework with everything it takes over, as written.

    Parameters
    ----------
    given : dict
        Keys of a framework file that stands by itself.
    overrides : list of Override
    fixed : set of str
        Ids that a lower level leaves alone.
    paths : list of Path
        The files that were read, the lowest level first.
    sound : bool
        False when a level had a fault; what is left is then only good for finding more faults.
    """

    given: dict[str, Any]
    overrides: list[Override] = field(default_factory=list)
    fixed: set[str] = field(default_factory=set)
    paths: list[Path] = field(default_factory=list)
    sound: bool = True


def read_merged(path: Path, faults: Faults, _below: tuple[Path, ...] = ()) -> Merged | None:
    """Read a framework file with all files it takes over; None when it cannot be used.

    Parameters
    ----------
    path : Path
    faults : Faults
        Remembers every fault.
    """
    before = len(faults)
    try:
        given = read_toml(path)
    except InputError as error:
        faults.add(error)
        return None
    above = given.pop("inherits", None)
    head = parse(_Level, {"level": given.pop("level", path.stem)}, Place(path.name), faults)
    fixed = given.pop("fixed", [])
    if above is None:
        merged = Merged(given)
    else:
        below = (*_below, path.resolve())
        found = _above(above, path, below, faults)
        if found is None:
            return None
        merged = found
        _depart(merged, given, head.level if head else path.stem, path.name, faults)
    merged.fixed |= _fixed(fixed, path.name, faults) | _not_negotiable(merged.given)
    merged.paths.insert(0, path)
    merged.sound = len(faults) == before
    return merged


def framework_files(path: Path) -> tuple[Path, ...]:
    """Give a framework file and the files it takes over, the lowest level first."""
    merged = read_merged(path, Faults())
    return (path,) if merged is None else tuple(merged.paths)


def _above(above: Any, path: Path, below: tuple[Path, ...], faults: Faults) -> Merged | None:
    where = Place(path.name, None, "inherits")
    # These files may come from anybody; they never lead to another place of the disk.
    if not isinstance(above, str) or not _NAME.fullmatch(above):
        faults.add(
            _wrong(
                "framework.outside",
                "Write the name of a file beside this one, or ../frameworks/NAME.toml.",
                where,
                above,
            )
        )
        return None
    target = path.parent / above
    if target.resolve() in below or len(below) > _MOST_LEVELS:
        faults.add(_wrong("framework.circle", "A framework cannot take itself over.", where, above))
        return None
    return read_merged(target, faults, below)


def _depart(merged: Merged, given: dict[str, Any], level: str, file: str, faults: Faults) -> None:
    """Apply what a lower level changes, removes and adds."""
    departures = given.pop("overrides", [])
    for index, one in enumerate(departures if isinstance(departures, list) else [departures]):
        place = section_place(file, "overrides", index, one)
        departure = parse(_Departure, one, place, faults)
        if departure is not None:
            with faults.collecting():
                merged.overrides += _departed(merged, departure, level, place)
    for section in SECTIONS:
        added = given.pop(section, [])
        for index, item in enumerate(added if isinstance(added, list) else [added]):
            place = section_place(file, section, index, item)
            with faults.collecting():
                merged.overrides += _added(merged, section, item, level, place, faults)
    # Whatever is left, such as the title, takes the place of what stood above.
    merged.given |= given


def _departed(
    merged: Merged, departure: _Departure, level: str, place: Place
) -> Iterator[Override]:
    items = merged.given.get(departure.section, [])
    item = next((one for one in items if _name(one) == departure.id), None)
    where = Place(place.file, place.row, "id")
    if item is None:
        raise _wrong(
            "framework.nothing_above", "Write an id of the framework above.", where, departure.id
        )
    if departure.id in merged.fixed:
        raise _wrong(
            "framework.fixed",
            "The framework above fixed this; ask who decided it there.",
            where,
            departure.id,
        )
    _check_reason(departure.reason, place)
    told: dict[str, Any] = {
        "level": level,
        "section": departure.section,
        "id": departure.id,
        "reason": departure.reason,
        "by": departure.by,
    }
    if departure.remove == bool(departure.set):
        raise _wrong(
            "framework.no_change",
            "Say what changes in 'set', or write remove = true.",
            place,
            departure.id,
        )
    if departure.remove:
        merged.given[departure.section] = [one for one in items if one is not item]
        return iter([Override(change="removed", was=_name(item), **told)])
    changes = [
        Override(change="changed", field=name, was=_said(item.get(name)), now=_said(now), **told)
        for name, now in departure.set.items()
    ]
    changed = {**item, **departure.set}
    merged.given[departure.section] = [changed if one is item else one for one in items]
    return iter(changes)


def _added(
    merged: Merged, section: str, item: Any, level: str, place: Place, faults: Faults
) -> Iterator[Override]:
    item = dict(item) if isinstance(item, Mapping) else {"id": item}
    why = {name: item.pop(name) for name in ("reason", "by") if name in item}
    merged.given.setdefault(section, []).append(item)
    _check_reason(why.get("reason", ""), place)
    told = parse(_Why, why, place, faults)
    if told is not None:
        yield Override(
            level=level,
            section=section,
            id=_name(item),
            change="added",
            now=_name(item),
            reason=told.reason,
            by=told.by,
        )


def _check_reason(reason: Any, place: Place) -> None:
    if not isinstance(reason, str) or not reason.strip():
        raise _wrong(
            "framework.no_reason",
            "Write the reason for this departure from the framework above.",
            Place(place.file, place.row, "reason"),
            None,
        )


def _fixed(fixed: Any, file: str, faults: Faults) -> set[str]:
    if isinstance(fixed, list) and all(isinstance(one, str) for one in fixed):
        return set(fixed)
    where = Place(file, None, "fixed")
    faults.add(_wrong("field.list", "Write a list between [ and ].", where, fixed))
    return set()


def _not_negotiable(given: Mapping[str, Any]) -> set[str]:
    items = given.get("requirements", [])
    items = items if isinstance(items, list) else [items]
    return {_name(one) for one in items if isinstance(one, dict) and not one.get("negotiable")}


def _name(item: Any) -> str:
    """Give the id of an item; a requirement may go by its criterion."""
    if not isinstance(item, Mapping):
        return str(item)[:100]
    return str(item.get("id") or item.get("criterion") or "")[:100]


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(str(one) for one in value.values())[:200]
    return "" if value is None else str(value)[:200]


def _wrong(code: str, remedy: str, where: Place, found: object) -> InputError:
    return InputError(code, where=where, found=found, remedy=remedy)
