"""Words with their facts: every number is taken from the facts, never typed beside them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from waardeweging.dossier.document.blocks import Words
from waardeweging.dossier.document.pointers import pointer, resolve
from waardeweging.presentation.catalog import Language, has, text
from waardeweging.presentation.numbers import (
    joined,
    number,
    percent,
    points,
    quantity,
    signed,
    unit_text,
)
from waardeweging.presentation.sentences import as_name, criterion_name, word

_KEPT = "\n\t"


def plain(words: str) -> str:
    """Leave out letters that no format can hold: control signs, and marks that turn text around."""
    return "".join(
        sign
        for sign in unicodedata.normalize("NFC", words)
        if sign in _KEPT or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Cn", "Co")
    )


@dataclass(frozen=True)
class Writer:
    """Writes words in one language about one set of facts.

    Parameters
    ----------
    facts : dict
        As `facts_of` gives them.
    language : str
    """

    facts: dict[str, Any]
    language: Language

    def fact(self, *steps: str | int) -> Any:
        """Give a fact by the steps to it."""
        return resolve(self.facts, pointer(*steps))

    def say(self, key: str, *facts: str, **values: object) -> Words:
        """Say a sentence of the dossier.

        Parameters
        ----------
        key : str
            Below ``dossier.``
        *facts : str
            Pointers to where its numbers stand.
        **values : str
            For its placeholders, written already.
        """
        whole = f"dossier.{key}"
        return Words(plain(text(whole, self.language, **values)), facts, whole)

    def bare(self, words: str, *facts: str) -> Words:
        """Give words from a file or a name, as they are."""
        return Words(plain(words), facts)

    def quoted(self, *steps: str | int) -> Words:
        """Give a text of the facts, letter by letter."""
        return Words(plain(str(self.fact(*steps))), (pointer(*steps),))

    def finding(self, *kinds: str) -> list[Words]:
        """Give the sentences of these kinds of findings, in their order."""
        return [
            Words(plain(one["text"]), (pointer("outcome", "findings", place),))
            for place, one in enumerate(self.fact("outcome", "findings"))
            if one is not None and one["kind"] in kinds
        ]

    def points(self, *steps: str | int, digits: int = 0, scale: float = 100) -> Words:
        """Write a score or weight of 1 as points of 100, without the word; – when hidden."""
        return self._written(
            steps, lambda x: self.fixed(number(scale * x, self.language, digits), digits)
        )

    def signed(self, *steps: str | int, digits: int = 1, scale: float = 1) -> Words:
        """Write a difference with its sign."""
        return self._written(
            steps, lambda x: self.fixed(signed(scale * x, self.language, digits), digits)
        )

    def fixed(self, shown: str, digits: int) -> str:
        """Fill a number up with noughts, so that a column lines up; 0 stays 0."""
        mark = number(0.5, self.language, 1)[1]
        whole, found, rest = shown.partition(mark)
        if digits == 0 or shown == "0":
            return shown
        return f"{whole}{found or mark}{rest.ljust(digits, '0')}"

    def tenth(self, x: float) -> str:
        """Write points won or lost with one digit and a sign."""
        return self.fixed(signed(x, self.language, 1), 1)

    def percent(self, *steps: str | int, digits: int = 0) -> Words:
        """Write a share of 1 as a percentage."""
        return self._written(steps, lambda x: percent(x, self.language, digits))

    def count(self, *steps: str | int) -> Words:
        """Write a whole number."""
        return self._written(steps, lambda x: number(x, self.language))

    def quantity(
        self, *steps: str | int, unit: tuple[str | int, ...], grounds: str = "", full: bool = True
    ) -> Words:
        """Write a performance in its unit; `unit` are the steps to that."""
        named = str(self.fact(*unit))
        words = self._written(
            steps, lambda x: quantity(x, named, self.language, grounds=grounds, with_unit=full)
        )
        return replace(words, facts=(*words.facts, pointer(*unit)))

    def difference(self, *steps: str | int, unit: str) -> Words:
        """Write a difference between performances, with its sign."""

        def written(x: float) -> str:
            size = quantity(abs(x), unit, self.language, with_unit=False)
            is_none = size == quantity(0.0, unit, self.language, with_unit=False)
            return size if is_none else f"{'+' if x > 0 else '−'}{size}"

        return self._written(steps, written)

    def _written(self, steps: tuple[str | int, ...], write: Any) -> Words:
        found = self.fact(*steps)
        if found is None:
            return Words("–")
        return Words(write(float(found)), (pointer(*steps),))

    def option(self, name: str) -> str:
        """Name an option; two of one name get their id."""
        return self._label("options", name)

    def criterion(self, name: str) -> str:
        """Name a criterion; two of one name get their id."""
        return self._label("criteria", name)

    def value(self, name: str) -> str:
        """Name a value."""
        return self._label("values", name)

    def _label(self, kind: str, name: str) -> str:
        return self._labels[kind][name]

    @cached_property
    def _labels(self) -> dict[str, dict[str, str]]:
        return {kind: self._unique(kind) for kind in ("options", "criteria", "values")}

    def _unique(self, kind: str) -> dict[str, str]:
        labels = {one["id"]: plain(one["label"]) for one in self.fact("inputs", kind)}
        counts = Counter(labels.values())
        return {
            name: label if counts[label] == 1 else f"{label} ({plain(name)})"
            for name, label in labels.items()
        }

    def in_sentence(self, option: str) -> str:
        """Name an option inside a sentence."""
        return as_name(self.option(option), self.language)

    def criterion_in_sentence(self, name: str) -> str:
        """Name a criterion inside a sentence."""
        return criterion_name(self.criterion(name), self.language)

    def word(self, name: str) -> str:
        """Say a side, a class or grounds."""
        return plain(word(name, self.language))

    def choice(self, kind: str, name: str) -> str:
        """Say one of a fixed list of choices, such as a status."""
        key = f"dossier.{kind}.{name}"
        return text(key, self.language) if has(key, self.language) else plain(name)

    def all_of(self, names: list[str]) -> str:
        """Write names as a list."""
        return joined(names, self.language)

    def unit(self, unit: str) -> str:
        """Write a unit in words."""
        return plain(unit_text(unit, self.language))

    def in_points(self, x: float, digits: int = 0) -> str:
        """Write points with the word, for a sentence."""
        return points(x, self.language, digits)

    def number(self, x: float, digits: int = 0) -> str:
        """Write a number for a sentence."""
        return number(x, self.language, digits)

    def share(self, x: float, digits: int = 0) -> str:
        """Write a percentage for a sentence."""
        return percent(x, self.language, digits)
