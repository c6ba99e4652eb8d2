"""What can be chosen, and what each option does on each criterion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from pydantic import SerializerFunctionWrapHandler, model_serializer

from waardeweging.problem.arrays import ArrayRecord, FloatArray
from waardeweging.problem.criteria import Framework, Number, Perspective, Text
from waardeweging.problem.labels import Described, Label
from waardeweging.problem.value_functions import value_scores

Grounds = Literal["measured", "calculated", "expert", "definition"]
GROUNDS: tuple[str, ...] = get_args(Grounds)


class Source(Described):
    """Where a number was read.

    Parameters
    ----------
    id, title, publisher, year, url, licence : str
    title_en : str
        The title for readers of English; empty where there is none.
    """

    id: Text
    title: Text
    publisher: Text = ""
    year: Text = ""
    url: Text = ""
    licence: Text = ""
    title_en: Text = ""

    @model_serializer(mode="wrap")
    def _without_nothing(self, usual: SerializerFunctionWrapHandler) -> dict[str, str]:
        # Files of before this field keep their bytes.
        given: dict[str, str] = usual(self)
        return given if self.title_en else {k: v for k, v in given.items() if k != "title_en"}

    def titled(self, language: str) -> str:
        """Give the title in a language, in Dutch where it has no other."""
        return self.title_en if language == "en" and self.title_en else self.title


class Alternative(Described):
    """An option: a technique under an organisation form at an insulation level.

    Parameters
    ----------
    id : str
    label, description : Label
    technique, organisation, insulation : str
        Ids of the heat tables; empty for another kind of decision.
    reference : bool
        Whether this is what the options are measured against: scored, never ranked.
    """

    id: Text
    label: Label
    technique: Text = ""
    organisation: Text = ""
    insulation: Text = ""
    description: Label = Label(nl="", en="")
    reference: bool = False

    @model_serializer(mode="wrap")
    def _without_nothing(self, usual: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # Files of before this field keep their bytes.
        given: dict[str, Any] = usual(self)
        return given if self.reference else {k: v for k, v in given.items() if k != "reference"}


class Cell(Described):
    """The performance of one option on one criterion, with its band and its source.

    Parameters
    ----------
    alternative, criterion : str
    low, mid, high : float
        In `unit`; low ≤ mid ≤ high as numbers, whatever is better.
    unit : str
    grounds : str
        ``measured``, ``calculated``, ``expert`` or ``definition``.
    source : str
        Id of a `Source`.
    note : str
    fact : str
        Cells with the same fact are one fact: under uncertainty they move together.
    """

    alternative: Text
    criterion: Text
    low: Number
    mid: Number
    high: Number
    unit: Text
    grounds: Grounds
    source: Text
    note: Text = ""
    fact: Text = ""


@dataclass(frozen=True, eq=False)
class DecisionProblem(ArrayRecord):
    """Everything that is decided upon: framework, options and their performances.

    Parameters
    ----------
    framework : Framework
    alternatives : tuple of Alternative, length n_alternatives
    cells : tuple of tuple of Cell, n_alternatives × n_criteria
        In the order of the framework, all perspectives included.
    sources : tuple of Source
    low, mid, high : array, shape (n_alternatives, n_criteria)
        The same numbers, for the formulas.
    """

    framework: Framework
    alternatives: tuple[Alternative, ...]
    cells: tuple[tuple[Cell, ...], ...]
    sources: tuple[Source, ...]
    low: FloatArray
    mid: FloatArray
    high: FloatArray

    @classmethod
    def of(
        cls,
        framework: Framework,
        alternatives: tuple[Alternative, ...],
        cells: dict[tuple[str, str], Cell],
        sources: tuple[Source, ...],
    ) -> DecisionProblem:
        """Lay the cells out as a table; KeyError when one is missing."""
        table = tuple(
            tuple(cells[alternative.id, criterion.id] for criterion in framework.criteria)
            for alternative in alternatives
        )
        bands = np.array([[(cell.low, cell.mid, cell.high) for cell in row] for row in table])
        return cls(
            framework, alternatives, table, sources, bands[..., 0], bands[..., 1], bands[..., 2]
        )

    def values(self, performances: FloatArray, perspective: Perspective) -> FloatArray:
        """Give the value scores of the criteria that count in a perspective.

        Parameters
        ----------
        performances : array, shape (..., n_alternatives, n_criteria)
            For all criteria of the framework.
        perspective : str

        Returns
        -------
        array, shape (..., n_alternatives, n_weighed)
            [0–1]
        """
        columns = list(self.framework.weighed(perspective))
        functions = tuple(self.framework.criteria[index].function for index in columns)
        return value_scores(performances[..., columns], functions)

    @property
    def reference(self) -> int | None:
        """Position of what the options are measured against; None without one."""
        found = (row for row, one in enumerate(self.alternatives) if one.reference)
        return next(found, None)

    def source(self, source_id: str) -> Source:
        """Give the source with this id; KeyError when there is none."""
        for source in self.sources:
            if source.id == source_id:
                return source
        raise KeyError(source_id)
