"""How good a performance is, between the worst (0) and the best (1) of a fixed range.

The range belongs to the criterion, never to the options that happen to be
present: an option that joins or leaves moves no other value score.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from waardeweging.problem.arrays import ArrayRecord, FloatArray, read_only

Kind = Literal["linear", "piecewise", "threshold", "ordinal"]


@dataclass(frozen=True, eq=False)
class ValueFunction(ArrayRecord):
    """A monotone function from performance to value.

    Parameters
    ----------
    kind : str
        ``linear``, ``piecewise``, ``threshold`` or ``ordinal``.
    x : array, shape (n_points,)
        Performances, ascending, in the unit of the criterion.
    v : array, shape (n_points,)
        Their values. [0–1]
    threshold : float or None
        For ``threshold``: a performance at least this good has value 1, any other 0.
    """

    kind: Kind
    x: FloatArray
    v: FloatArray
    threshold: float | None = None

    @classmethod
    def of(
        cls, kind: Kind, x: ArrayLike, v: ArrayLike, threshold: float | None = None
    ) -> ValueFunction:
        """Make one from its points; a threshold makes it a step."""
        kind = kind if threshold is None else "threshold"
        return cls(kind, read_only(x), read_only(v), threshold)

    @property
    def rises(self) -> bool:
        """Whether more is better."""
        return bool(self.v[-1] > self.v[0])

    def __call__(self, performances: FloatArray) -> FloatArray:
        """Give the value scores of performances of any shape, from 0 to 1.

        Outside the range the value stays at that of the nearest end; readers
        refuse such a performance before it comes here.
        """
        if self.threshold is not None:
            good = performances >= self.threshold if self.rises else performances <= self.threshold
            return np.asarray(good, dtype=np.float64)
        return np.interp(performances, self.x, self.v)

    def performance_at(self, value: float) -> float | None:
        """Give the performance nearest the worst end whose value is at least `value`.

        None for a step, where most values belong to no performance, and for a
        value outside 0–1.
        """
        if self.threshold is not None or not 0 <= value <= 1:
            return None
        x, v = (self.x, self.v) if self.rises else (self.x[::-1], self.v[::-1])
        first = int(np.searchsorted(v, value))
        if first == 0:
            return float(x[0])
        share = (value - v[first - 1]) / (v[first] - v[first - 1])
        return float(x[first - 1] + share * (x[first] - x[first - 1]))


def value_scores(performances: FloatArray, functions: tuple[ValueFunction, ...]) -> FloatArray:
    """Turn performances into value scores, criterion by criterion.

    Parameters
    ----------
    performances : array, shape (..., n_alternatives, n_criteria)
        Each column in the unit of its criterion.
    functions : tuple of ValueFunction, length n_criteria

    Returns
    -------
    array, shape (..., n_alternatives, n_criteria)
        Values. [0–1]

    References
    ----------
    V. Belton and T. J. Stewart, Multiple Criteria Decision Analysis, Kluwer, 2002,
    ch. 5, doi:10.1007/978-1-4615-1495-4.
    """
    scores = np.empty_like(performances)
    for column, function in enumerate(functions):
        scores[..., column] = function(performances[..., column])
    return scores
