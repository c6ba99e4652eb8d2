"""Points to flip: the least weight that must move before another alternative wins.

Points count hundredths of total weight that change place. Nothing is said here
about who would move them, or whether that is likely.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray
from waardeweging.robustness.contest import TIED, Contest, contest


@dataclass(frozen=True, eq=False)
class Flip(ArrayRecord):
    """The smallest shift of weight after which a rival is level with the winner.

    Parameters
    ----------
    points : float
        Weight that moves: the total variation. [points of 100]
    rival : int
        Alternative that becomes level.
    giver, receiver : int or None
        Criterion that gives most and the one that receives all; None when nothing has
        to move, because the two are level already.
    moves : tuple of (int, float)
        Every giving criterion with its points, in the order in which they are drained.
    weights : array, shape (n_criteria,)
        Weights after the shift. [sum = 1]
    """

    points: float
    rival: int
    giver: int | None
    receiver: int | None
    moves: tuple[tuple[int, float], ...]
    weights: FloatArray


def weight_to_move(advantages: FloatArray, weights: FloatArray) -> FloatArray:
    """Give the weight to take from each criterion so that the margin becomes zero.

    Everything taken goes to the criterion where the winner does worst against the rival.
    Each point taken from criterion j then closes the margin by its advantage minus the
    smallest advantage, so the dearest criteria are drained first.

    Parameters
    ----------
    advantages : array, shape (..., n_criteria)
        Value score of the winner minus that of the rival. [−1–1]
    weights : array, shape (..., n_criteria)
        [sum = 1]

    Returns
    -------
    array, shape (..., n_criteria)
        Weight taken; means nothing where no advantage is negative. [0–weights]
    """
    advantages, weights = np.broadcast_arrays(advantages, weights)
    gain = advantages - advantages.min(axis=-1, keepdims=True)
    order = np.argsort(-gain, axis=-1, kind="stable")
    gain = np.take_along_axis(gain, order, axis=-1)
    room = np.take_along_axis(weights, order, axis=-1)
    closes = gain * room
    margin = np.maximum((advantages * weights).sum(axis=-1, keepdims=True), 0.0)
    left = margin - (np.cumsum(closes, axis=-1) - closes)
    wanted = np.divide(left, gain, out=np.zeros_like(gain), where=gain > TIED)
    taken = np.empty_like(gain)
    np.put_along_axis(taken, order, np.clip(wanted, 0.0, room), axis=-1)
    return taken


def flips(values: FloatArray, weights: FloatArray, eligible: BoolArray) -> tuple[Flip, ...]:
    """Give the smallest shift of weight for every rival that can become level.

    Parameters
    ----------
    values : array, shape (n_alternatives, n_criteria)
        Value scores. [0–1]
    weights : array, shape (n_criteria,)
        [sum = 1]
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    tuple of Flip
        In the order of the alternatives. A rival that is nowhere better than the winner
        is left out, unless it is level already.
    """
    game = contest(values, weights, eligible)
    found = (_flip_by(game, place, weights) for place in range(len(game.rivals)))
    return tuple(flip for flip in found if flip is not None)


def points_to_flip(values: FloatArray, weights: FloatArray, eligible: BoolArray) -> Flip | None:
    """Give the smallest shift of weight that makes any rival level with the winner.

    Parameters
    ----------
    values : array, shape (n_alternatives, n_criteria)
        Value scores. [0–1]
    weights : array, shape (n_criteria,)
        [sum = 1]
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    Flip or None
        None when no weights can change the winner: no rival is better on any criterion
        and none is level. A winner that shares first place flips at 0 points.

    Notes
    -----
    The optimum of: minimise half the sum of absolute changes, subject to new weights of
    at least 0 that sum to 1 and a margin of at most 0. With one such constraint the
    linear programme is a knapsack, which draining in descending order solves.
    """
    return min(flips(values, weights, eligible), key=lambda flip: flip.points, default=None)


def _flip_by(game: Contest, place: int, weights: FloatArray) -> Flip | None:
    rival, advantages = int(game.rivals[place]), game.advantages[place]
    if game.margins[place] <= TIED:
        return Flip(0.0, rival, None, None, (), np.array(weights))
    if advantages.min() >= -TIED:
        return None
    taken = weight_to_move(advantages, weights)
    receiver = int(advantages.argmin())
    moved = weights - taken
    moved[receiver] += taken.sum()
    drained = np.argsort(-advantages, kind="stable")
    moves = tuple((int(j), 100 * float(taken[j])) for j in drained if taken[j] > 0)
    return Flip(100 * float(taken.sum()), rival, int(taken.argmax()), receiver, moves, moved)
