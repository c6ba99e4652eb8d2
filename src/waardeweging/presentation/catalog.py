"""Every sentence for people, per language, from one file each in ``catalog/``.

A file ``catalog/xx.toml`` is all a language needs; keys and placeholders equal
those of the other files. Only the sentences of input faults may be absent: the
English one stands beside the check that finds the fault, and stands in.
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


def _found() -> tuple[Language, ...]:
    names = (entry.name for entry in _FOLDER.iterdir())
    found = {name.removesuffix(".toml") for name in names if name.endswith(".toml")}
    return (_FIRST, *sorted(found - {_FIRST}))


LANGUAGES: tuple[Language, ...] = _found()


@cache
def sentences(language: Language) -> Mapping[str, str]:
    """Give every sentence of a language by its key, such as ``finding.winner``.

    Raises
    ------
    ValueError
        If there is no catalog for the language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no catalog for language '{language}'; known: {', '.join(LANGUAGES)}")
    given = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return dict(_flat(given, ""))


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
