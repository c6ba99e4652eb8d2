"""Words about a project: days, names of its fixed lists, and names of what is weighed."""

from __future__ import annotations

from dataclasses import dataclass

from waardeweging.dossier.document.blocks import Words
from waardeweging.dossier.document.pointers import pointer
from waardeweging.dossier.document.writer import Writer, plain
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.catalog import has, text
from waardeweging.presentation.dates import day_text


@dataclass(frozen=True)
class ProjectWriter(Writer):
    """Writes words about the facts of one project."""

    def here(self, key: str, *facts: str, **values: object) -> Words:
        """Say a sentence of the project's chapters."""
        return self.say(f"project.{key}", *facts, **values)

    def day(self, *steps: str | int) -> Words:
        """Write a day; – when there is none."""
        found = self.fact(*steps)
        return Words(day_text(found, self.language), (pointer(*steps),)) if found else Words("–")

    def when(self, *steps: str | int) -> str:
        """Write a day inside a sentence."""
        found = self.fact(*steps)
        return day_text(found, self.language) if found else ""

    def listed(self, kind: str, name: str) -> str:
        """Name a member of a fixed list, such as a sheet or a status."""
        key = f"project.{kind}.{name}"
        return text(key, self.language) if has(key, self.language) else plain(name)

    def weighed(self, kind: str, name: str) -> str:
        """Name an option or a criterion; its id when nobody named it."""
        return plain(str(self.fact("names", kind).get(name, name)))

    def optional(self, *steps: str | int) -> Words:
        """Give a text of the facts, letter by letter; – when it is empty."""
        return self.quoted(*steps) if self.fact(*steps) else Words("–")

    def sides(self, *steps: str | int) -> Words:
        """Name sides as a list, the residents first."""
        given = sorted(
            self.fact(*steps), key=lambda side: (side not in SIDES, side == SIDES[1], side)
        )
        return self.bare(self.all_of([self.word(side) for side in given]))

    def none_yet(self) -> Words:
        """Say plainly that nothing was recorded."""
        return self.say("not_recorded")
