"""What a visitor fills in about values and criteria, and the weights that follow.

Answers are kept as given: nothing is filled in beforehand and no answer moves
because of another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from waardeweging.elicitation.methods import weights_from_hierarchy
from waardeweging.problem.arrays import FloatArray
from waardeweging.problem.criteria import Criterion, Framework, Value
from waardeweging.problem.errors import InputError

TOTAL = 100.0


@dataclass
class OwnWeights:
    """Answers of one visitor.

    Parameters
    ----------
    values : dict of str to float
        Points per value, 100 in all.
    criteria : dict of str to float
        Points per criterion inside its value: 100 for the step that matters most.
    locked : bool
        Whether the points of the values are settled.
    faults : dict of str to InputError
        What is wrong with an answer that could not be read, by value or criterion.
    """

    values: dict[str, float] = field(default_factory=dict)
    criteria: dict[str, float] = field(default_factory=dict)
    locked: bool = False
    faults: dict[str, InputError] = field(default_factory=dict)

    def lock(self) -> None:
        """Settle the points of the values."""
        self.locked = True

    def unlock(self) -> None:
        """Take up the points of the values again."""
        self.locked = False

    def points_given(self) -> float:
        """Say how many points the values have together."""
        return round(sum(self.values.values()), 9)

    def points_left(self) -> float:
        """Say how many of the 100 points are still to be given; below 0 is too many."""
        return TOTAL - self.points_given()

    def may_lock(self, values: Sequence[Value]) -> bool:
        """Say whether every value has an answer and together they have 100 points."""
        return all(value.id in self.values for value in values) and self.points_left() == 0


@dataclass(frozen=True)
class Questions:
    """The values and criteria that are asked about, in this visitor's order.

    Parameters
    ----------
    values : tuple of Value
        Those that have criteria in this perspective.
    criteria : tuple of Criterion
        In the order of the weights.
    order : tuple of int
        Positions of the criteria in the order in which they are asked.
    """

    values: tuple[Value, ...]
    criteria: tuple[Criterion, ...]
    order: tuple[int, ...]

    @classmethod
    def of(
        cls, framework: Framework, columns: Sequence[int], rng: np.random.Generator
    ) -> Questions:
        """Shuffle the values, and the criteria, so that no place is always first."""
        criteria = tuple(framework.criteria[column] for column in columns)
        asked = [v for v in framework.values if any(c.value == v.id for c in criteria)]
        values = tuple(asked[place] for place in rng.permutation(len(asked)))
        return cls(values, criteria, tuple(int(i) for i in rng.permutation(len(criteria))))

    def inside(self, value: Value) -> tuple[Criterion, ...]:
        """Give the criteria of a value, in the order in which they are asked."""
        ordered = (self.criteria[place] for place in self.order)
        return tuple(criterion for criterion in ordered if criterion.value == value.id)

    @property
    def has_values(self) -> bool:
        """Whether there is more than one value, so that values have to be weighed."""
        return len(self.values) > 1

    def parents(self) -> tuple[int, ...]:
        """Give the position of the value of every criterion."""
        ids = [value.id for value in self.values]
        return tuple(ids.index(criterion.value) for criterion in self.criteria)

    def open_values(self, own: OwnWeights) -> tuple[Value, ...]:
        """Give the values that count and have a criterion without an answer."""
        return tuple(
            value
            for value in self.values
            if self._counts(value, own) and not self._is_answered(value, own)
        )

    def weights(self, own: OwnWeights) -> FloatArray | None:
        """Turn complete answers into weights; None while something is missing.

        Returns
        -------
        array, shape (n_criteria,) or None
            [sum = 1]
        """
        if (self.has_values and not own.locked) or self.open_values(own):
            return None
        points = [own.values.get(value.id, TOTAL) for value in self.values]
        inside = [self._points(criterion, own) for criterion in self.criteria]
        return weights_from_hierarchy(points, inside, self.parents())

    def all_zero(self, value: Value, own: OwnWeights) -> bool:
        """Say whether every criterion of a value has an answer, and every answer is 0."""
        given = [own.criteria.get(criterion.id) for criterion in self.inside(value)]
        return None not in given and not any(given)

    def _counts(self, value: Value, own: OwnWeights) -> bool:
        return not self.has_values or own.values.get(value.id, 0.0) > 0

    def _is_answered(self, value: Value, own: OwnWeights) -> bool:
        inside = self.inside(value)
        if len(inside) == 1:
            return True
        given = [own.criteria.get(criterion.id) for criterion in inside]
        return None not in given and any(given)

    def _points(self, criterion: Criterion, own: OwnWeights) -> float:
        alone = sum(other.value == criterion.value for other in self.criteria) == 1
        return TOTAL if alone else own.criteria.get(criterion.id, 0.0)
