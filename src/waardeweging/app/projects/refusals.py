"""Why something in a project could not be decided, in one plain sentence."""

from __future__ import annotations

from collections.abc import Mapping

from waardeweging.presentation.catalog import Language, has, text
from waardeweging.presentation.numbers import joined
from waardeweging.presentation.sentences import fault_lines, word
from waardeweging.problem.errors import InputError

# Details that are names of the program, with where their words stand.
_LISTS = {"gaps": "project.topic", "known": "project.rung"}
_NAMES = {"line": "project.topic", "owner": "project.level"}


def refusal_text(error: InputError | ExceptionGroup, language: Language) -> str:
    """Say what to do instead; the page itself shows where."""
    if isinstance(error, InputError) and error.code.startswith("project."):
        key = f"fault.remedy.{error.code}"
        said = _in_words(error.details, language)
        return text(key, language, **said) if has(key, language) else _plain_english(error, said)
    return "\n".join(fault_lines(error, language))


def too_long(language: Language) -> str:
    """Say that something does not fit."""
    return text("project_desk.too_long", language)


def _plain_english(error: InputError, said: Mapping[str, str]) -> str:
    """English remedies stand beside their checks; names in them become words as well."""
    remedy = error.remedy
    for name, written in said.items():
        remedy = remedy.replace(error.details[name], written)
    return remedy


def _in_words(details: Mapping[str, str], language: Language) -> dict[str, str]:
    found = dict(details)
    for name, given in details.items():
        if name in _LISTS:
            words = [_word(_LISTS[name], one, language) for one in given.split(", ")]
            found[name] = joined(words, language)
        elif name in _NAMES:
            found[name] = _word(_NAMES[name], given, language)
        elif name == "side":
            found[name] = word(given, language)
    return found


def _word(above: str, name: str, language: Language) -> str:
    key = f"{above}.{name}"
    return text(key, language) if has(key, language) else name
