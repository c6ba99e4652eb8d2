"""Resampling of people: which weights could have come out with other people of the same sides."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from waardeweging.problem.arrays import FloatArray, IntArray

# Counts held at once, so that memory stays flat for a consultation of thousands.
_CELLS = 1 << 20
# From so many people on, a resampled mean is normal to three digits of any share.
_MANY = 10_000


def bootstrap_weights(
    weights: FloatArray,
    mass: FloatArray,
    strata: IntArray,
    draws: int,
    rng: np.random.Generator,
    rooms: Mapping[int, FloatArray] | None = None,
) -> FloatArray:
    """Draw joint weights by resampling people within each stratum.

    A stratum is a side, or a department where departments count separately. It keeps
    its people's number and its share of the joint weights in every draw.

    Parameters
    ----------
    weights : array, shape (n_people, n_criteria)
        [rows sum to 1]
    mass : array, shape (n_people,)
        What each person counts for in the joint weights. [sum = 1]
    strata : array of int, shape (n_people,)
        Label of each person's stratum.
    draws : int
    rng : numpy.random.Generator
    rooms : mapping of int to array, shape (n_room_draws, n_criteria), optional
        Draws of the weights of people whose answers leave room, by position; each draw of
        the joint weights takes one of them.

    Returns
    -------
    array, shape (draws, n_criteria)
        [rows sum to 1]

    Notes
    -----
    A stratum of 10,000 people or more is not resampled one by one. Its mean is drawn from
    the normal distribution that resampling so many comes down to (central limit theorem).

    References
    ----------
    B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap, Chapman & Hall, 1993,
    ch. 8.
    """
    joint = np.zeros((draws, weights.shape[1]))
    for stratum in np.unique(strata[mass > 0]):
        people = (strata == stratum) & (mass > 0)
        place = {int(index): own for own, index in enumerate(np.flatnonzero(people))}
        free = {place[i]: one for i, one in (rooms or {}).items() if i in place}
        joint += _resampled(weights[people], mass[people], draws, rng, free)
    return joint


def _resampled(
    weights: FloatArray,
    mass: FloatArray,
    draws: int,
    rng: np.random.Generator,
    rooms: Mapping[int, FloatArray],
) -> FloatArray:
    """Give the part of one stratum in the joint weights, draw by draw."""
    number = len(mass)
    if number >= _MANY:
        means: FloatArray = mass.sum() * _normal_means(weights, mass / mass.sum(), draws, rng)
        return means + _moved(weights, np.broadcast_to(mass, (draws, number)), 0, rooms)
    block = max(1, _CELLS // number)
    parts = []
    for start in range(0, draws, block):
        # Drawing people and counting them takes a tenth of the time of drawing the counts.
        chosen = rng.integers(number, size=(min(block, draws - start), number))
        drawn = mass * [np.bincount(row, minlength=number) for row in chosen]
        counted = drawn * (mass.sum() / drawn.sum(axis=1, keepdims=True))
        parts.append(counted @ weights + _moved(weights, counted, start, rooms))
    return np.concatenate(parts)


def _moved(
    weights: FloatArray, counted: FloatArray, start: int, rooms: Mapping[int, FloatArray]
) -> FloatArray:
    """Give what room adds to the weights of each draw, shape (n_draws, n_criteria)."""
    moved = np.zeros((len(counted), weights.shape[1]))
    for index, room in rooms.items():
        taken = (start + np.arange(len(counted))) % len(room)
        moved += counted[:, [index]] * (room[taken] - weights[index])
    return moved


def _normal_means(
    weights: FloatArray, mass: FloatArray, draws: int, rng: np.random.Generator
) -> FloatArray:
    """Draw mean weights with the covariance that resampling gives, shape (draws, n_criteria)."""
    mean = mass @ weights
    pulls = (weights - mean) * mass[:, None]
    spread, directions = np.linalg.eigh(pulls.T @ pulls)
    steps = rng.standard_normal((draws, len(spread))) * np.sqrt(np.maximum(spread, 0.0))
    # A criterion that hardly anyone weighs may fall below nought.
    means = np.maximum(mean + steps @ directions.T, 0.0)
    return np.asarray(means / means.sum(axis=1, keepdims=True))
