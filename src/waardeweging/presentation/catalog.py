"""Every sentence for people, per language, from one folder each in ``catalog/``.

A folder ``catalog/xx`` is all a language needs: a file per part of the program,
such as the screens or the phone, with the keys and placeholders that the same
file of the other languages has. A language that has only some of the parts
serves only there. Only the sentences of input faults may be absent: the English
one stands beside the check that finds the fault, and stands in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

Language = str

_FOLDER = files("waardeweging.presentation") / "catalog"
_FIRST = "nl"


@cache
def languages_with(part: str) -> tuple[Language, ...]:
    """Give the languages that one part of the program can be shown in, Dutch first."""
    found = {entry.name for entry in _FOLDER.iterdir() if part in _parts(entry.name)}
    return (_FIRST, *sorted(found - {_FIRST}))


@cache
def _parts(language: Language) -> frozenset[str]:
    entry = _FOLDER / language
    names = (file.name for file in entry.iterdir()) if entry.is_dir() else ()
    return frozenset(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def _complete() -> tuple[Language, ...]:
    """Give the languages that have every part."""
    wanted = _parts(_FIRST)
    everywhere = set.intersection(*(set(languages_with(part)) for part in wanted))
    return (_FIRST, *sorted(everywhere - {_FIRST}))


LANGUAGES: tuple[Language, ...] = _complete()


@cache
def sentences(language: Language) -> Mapping[str, str]:
    """Give every sentence of a language by its key, such as ``finding.winner``.

    Raises
    ------
    ValueError
        If there is no catalog for the language, or two of its files say the same.
    """
    parts = sorted(_parts(language)) if language.isidentifier() else []
    if not parts:
        raise ValueError(f"no catalog for language '{language}'; known: {', '.join(LANGUAGES)}")
    found: dict[str, str] = {}
    for part in parts:
        given = dict(_flat(_read(language, part), ""))
        if twice := found.keys() & given.keys():
            raise ValueError(f"'{min(twice)}' stands in two files of language '{language}'")
        found |= given
    return found


def _read(language: Language, part: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / language / f"{part}.toml").read_text(encoding="utf-8"))


def has(key: str, language: Language) -> bool:
    """Say whether a language has a sentence under this key."""
    return key in sentences(language)


def text(key: str, language: Language, **values: object) -> str:
    """Give a sentence with its placeholders filled in.

    Parameters
    ----------
    key : str
    language : str
    **values : str or number
        One for every name in braces; what is left over does no harm. A number
        is put in as it is: format it first, with `numbers`.

    Raises
    ------
    KeyError
        If the key or a value is missing.
    """
    return sentences(language)[key].format_map(values)


def _flat(given: Mapping[str, Any], above: str) -> Iterator[tuple[str, str]]:
    for name, item in given.items():
        if isinstance(item, dict):
            yield from _flat(item, f"{above}{name}.")
        else:
            yield f"{above}{name}", str(item)
