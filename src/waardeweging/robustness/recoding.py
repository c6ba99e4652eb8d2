"""Ordinal scales, and what if their steps lay otherwise.

On an ordinal scale only the order of the steps is known; how much better "good" is than
"fair" was agreed, not measured. Here the worst step keeps 0, the best keeps 1, and those
between may lie anywhere as long as no better step is worth less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray, IntArray
from waardeweging.problem.value_functions import ValueFunction
from waardeweging.robustness.contest import TIED, contest


@dataclass(frozen=True, eq=False)
class OrdinalScale(ArrayRecord):
    """Where the performances stand between the steps of one ordinal criterion.

    Parameters
    ----------
    shares : array, shape (n_alternatives, n_steps)
        How near each performance is to each step, from the worst step to the best: 1 on a
        step, divided over its two neighbours between steps. [rows sum to 1]
    """

    shares: FloatArray

    @classmethod
    def of(cls, performances: FloatArray, function: ValueFunction) -> OrdinalScale:
        """Place performances of shape (n_alternatives,) between the anchors of a function.

        Raises
        ------
        ValueError
            If the function is not ordinal.
        """
        if function.kind != "ordinal":
            raise ValueError(f"only an ordinal scale can be recoded, not a {function.kind} one")
        steps = len(function.x)
        # Interpolating between the rows of the identity tells how near each step is.
        places = np.interp(performances, function.x, np.arange(steps))
        lower = np.minimum(places.astype(np.int64), steps - 2)
        shares = np.zeros((len(performances), steps))
        rows = np.arange(len(performances))
        shares[rows, lower] = 1 - (places - lower)
        shares[rows, lower + 1] = places - lower
        return cls(shares if function.rises else shares[:, ::-1])

    def scores(self, step_values: FloatArray) -> FloatArray:
        """Give value scores under other values of the steps.

        Parameters
        ----------
        step_values : array, shape (..., n_steps)
            From the worst step to the best. [0–1]

        Returns
        -------
        array, shape (..., n_alternatives)
            [0–1]
        """
        return np.asarray(np.clip(step_values @ self.shares.T, 0.0, 1.0))

    def drawn_scores(self, draws: int, rng: np.random.Generator) -> FloatArray:
        """Draw value scores, even over all monotone values of the steps.

        Parameters
        ----------
        draws : int
        rng : numpy.random.Generator

        Returns
        -------
        array, shape (draws, n_alternatives)
            [0–1]

        References
        ----------
        R. Lahdelma, K. Miettinen and P. Salminen, Ordinal criteria in stochastic
        multicriteria acceptability analysis (SMAA), European Journal of Operational
        Research 147(1), 2003, doi:10.1016/S0377-2217(02)00267-9.
        """
        return self.scores(drawn_steps(self.shares.shape[1], draws, rng))


@dataclass(frozen=True, eq=False)
class RecodingVerdict(ArrayRecord):
    """Whether the winner can change under any monotone recoding.

    Parameters
    ----------
    winner : int
        Today's winner.
    rivals : array of int, shape (n_rivals,)
    lowest_margins : array, shape (n_rivals,)
        Least margin of the winner over each rival, over all monotone recodings. [−1–1]
    jumps : array of int, shape (n_rivals, n_scales)
        Recoding that gives that margin: per scale, in ascending order of the criteria, the
        step from which everything is worth 1 and below which everything is worth 0.
    """

    winner: int
    rivals: IntArray
    lowest_margins: FloatArray
    jumps: IntArray

    @property
    def overtaken_by(self) -> tuple[int, ...]:
        """The rivals that win from the winner under some monotone recoding."""
        return tuple(self.rivals[self.lowest_margins < -TIED].tolist())

    @property
    def can_change(self) -> bool:
        """Whether any monotone recoding makes another alternative win."""
        return bool(self.overtaken_by)


def drawn_steps(steps: int, draws: int, rng: np.random.Generator) -> FloatArray:
    """Draw values of the steps of a scale, even over all that ascend from 0 to 1.

    Parameters
    ----------
    steps : int
        2 or more.
    draws : int
    rng : numpy.random.Generator

    Returns
    -------
    array, shape (draws, steps)
        First 0, last 1.

    Raises
    ------
    ValueError
        If there are fewer than two steps.
    """
    if steps < 2:
        raise ValueError(f"a scale has at least 2 steps, found {steps}")
    inner = np.sort(rng.random((draws, steps - 2)), axis=1)
    return np.hstack([np.zeros((draws, 1)), inner, np.ones((draws, 1))])


def recoded_values(values: FloatArray, columns: Mapping[int, FloatArray]) -> FloatArray:
    """Put drawn value scores of some criteria into a table of value scores.

    Parameters
    ----------
    values : array, shape (n_alternatives, n_criteria) or (draws, n_alternatives, n_criteria)
        [0–1]
    columns : mapping of int to array of shape (draws, n_alternatives)
        Drawn value scores by position of their criterion. [0–1]

    Returns
    -------
    array, shape (draws, n_alternatives, n_criteria)
        A new table; the other criteria as they were. One draw when nothing is replaced.
    """
    draws = {len(scores) for scores in columns.values()} | set(values.shape[:-2]) or {1}
    if len(draws) != 1:
        raise ValueError(f"numbers of draws differ: {sorted(draws)}")
    table = np.broadcast_to(values, (*draws, *values.shape[-2:])).copy()
    for column, scores in columns.items():
        table[:, :, column] = scores
    return table


def recoding_verdict(
    values: FloatArray,
    weights: FloatArray,
    eligible: BoolArray,
    scales: Mapping[int, OrdinalScale],
) -> RecodingVerdict:
    """Tell exactly whether the winner can change under any monotone recoding.

    Parameters
    ----------
    values : array, shape (n_alternatives, n_criteria)
        Today's value scores. [0–1]
    weights : array, shape (n_criteria,)
        [sum = 1]
    eligible : array of bool, shape (n_alternatives,)
    scales : mapping of int to OrdinalScale
        Scales by position of their criterion.

    Returns
    -------
    RecodingVerdict

    Notes
    -----
    The margin over a rival is linear in the values of the steps, and one scale does not
    limit another. So its minimum lies at a corner of each scale's own set, and the corners
    of the ascending values from 0 to 1 are the jumps: 0 below some step, 1 from there on.
    That is one comparison per step, scale and rival, where a linear programme would search.
    """
    game = contest(values, weights, eligible)
    order = sorted(scales)
    fixed = np.ones(len(weights), dtype=np.bool_)
    fixed[order] = False
    lowest = game.advantages[:, fixed] @ weights[fixed]
    jumps = np.zeros((len(game.rivals), len(order)), dtype=np.int64)
    for place, column in enumerate(order):
        leads = scales[column].shares[game.winner] - scales[column].shares[game.rivals]
        # With the jump at a step, all that lies on it or above counts in full.
        above = np.cumsum(leads[:, :0:-1], axis=1)[:, ::-1]
        jumps[:, place] = 1 + above.argmin(axis=1)
        lowest = lowest + weights[column] * above.min(axis=1)
    return RecodingVerdict(game.winner, game.rivals, lowest, jumps)
