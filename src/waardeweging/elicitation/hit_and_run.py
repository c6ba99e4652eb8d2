"""Hit-and-run: draws over any set of weights by many short random walks.

A step picks a direction and then any point of the line through the set, evenly.
Where the walks start is forgotten slowly in a narrow set; so directions are first
fitted to its shape, and nothing is handed out before the walks agree.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from waardeweging.elicitation.convergence import effective_sample_size, split_r_hat
from waardeweging.elicitation.weight_sets import (
    AffineHull,
    WeightSet,
    affine_hull,
    chebyshev_centre,
    weights_at,
)
from waardeweging.problem.arrays import ArrayRecord, FloatArray

CHAINS = 16
HIGHEST_R_HAT = 1.01
LEAST_EFFECTIVE = 400.0

_SHORTEST_CHAIN = 250
_SHAPINGS = 8
# On a bound no room is left; dividing by it must stay possible.
_LEAST_ROOM = 1e-15


class NotConvergedError(ValueError):
    """The walks do not agree, so their draws cannot stand for the set."""

    def __init__(self, r_hat: float, effective: float) -> None:
        self.r_hat = r_hat
        self.effective = effective
        super().__init__(
            f"split R-hat is {r_hat:.3f}, at most {HIGHEST_R_HAT}; "
            f"effective draws {effective:.0f}, at least {LEAST_EFFECTIVE:.0f}"
        )


@dataclass(frozen=True, eq=False)
class ChainDraws(ArrayRecord):
    """Draws of several walks, with how far they agree.

    Parameters
    ----------
    weights : array, shape (n_draws, n_criteria)
        [rows sum to 1]
    r_hat : float
        Largest split R̂ over the criteria that have freedom. [at most 1.01]
    effective : float
        Number of independent draws with the same error, for the criterion where it is least;
        in proportion when fewer draws were asked for than the walks made.
    """

    weights: FloatArray
    r_hat: float
    effective: float


def hit_and_run(
    weights: WeightSet,
    draws: int,
    rng: np.random.Generator,
    *,
    thinning: int | None = None,
    attempts: int = 5,
) -> ChainDraws:
    """Draw weights evenly over a set of any shape.

    Parameters
    ----------
    weights : WeightSet
    draws : int
        [1 or more]
    rng : numpy.random.Generator
    thinning : int, optional
        Steps per draw that is kept in the first attempt; grows with the square of the number
        of dimensions when omitted. [1 or more]
    attempts : int, default 5
        The thinning is doubled after every attempt that does not converge. [1 or more]

    Returns
    -------
    ChainDraws

    Raises
    ------
    ValueError
        If draws, thinning or attempts are below 1.
    NoWeightsLeftError
        If the set is empty.
    NotConvergedError
        If the last attempt does not converge either.

    References
    ----------
    R. L. Smith, Efficient Monte Carlo procedures for generating points uniformly distributed
    over bounded regions, Operations Research 32(6), 1984, doi:10.1287/opre.32.6.1296.
    T. Tervonen, G. van Valkenhoef, N. Baştürk and D. Postmus, Hit-and-run enables efficient
    weight generation for simulation-based multiple criteria decision analysis, European
    Journal of Operational Research 224(3), 2013, doi:10.1016/j.ejor.2012.08.026.
    """
    if min(draws, attempts, 1 if thinning is None else thinning) < 1:
        raise ValueError(f"draws {draws}, thinning {thinning}, attempts {attempts}: 1 or more")
    hull = affine_hull(weights)
    n_dimensions = hull.rows.shape[1]
    if n_dimensions == 0:
        return ChainDraws(np.repeat(hull.point[None], draws, axis=0), 1.0, float(draws))
    centre, _ = chebyshev_centre(hull)
    state, shape = _warmed_up(hull, np.repeat(centre[None], CHAINS, axis=0), rng)
    length = max(-(-draws // CHAINS), _SHORTEST_CHAIN)
    free = np.linalg.norm(hull.directions, axis=1) > 1e-9
    for attempt in range(attempts):
        steps = (thinning or n_dimensions + n_dimensions**2 // 5) << attempt
        walked = _walk(hull, state, shape, length, steps, rng)
        state = walked[:, -1]
        chains = weights_at(hull, walked)
        r_hat = float(split_r_hat(chains[..., free]).max())
        effective = float(effective_sample_size(chains[..., free]).min())
        if r_hat <= HIGHEST_R_HAT and effective >= LEAST_EFFECTIVE:
            # Draw by draw over all chains, so that any number from the front uses them all.
            every = np.swapaxes(chains, 0, 1).reshape(-1, weights.n_criteria)
            return ChainDraws(every[:draws], r_hat, effective * draws / len(every))
    raise NotConvergedError(r_hat, effective)


def _warmed_up(
    hull: AffineHull, state: FloatArray, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Walk away from the start and learn how wide the set is in every direction.

    Directions may follow any fixed symmetric distribution, so the shape is learnt before the
    draws that count and then left alone.
    """
    n_dimensions = state.shape[1]
    shape = np.eye(n_dimensions)
    for _ in range(_SHAPINGS):
        walked = _walk(hull, state, shape, 4 * n_dimensions, n_dimensions, rng)
        state = walked[:, -1]
        every = walked.reshape(-1, n_dimensions)
        _, width, axes = np.linalg.svd(every - every.mean(axis=0), full_matrices=False)
        shape = width[:, None] * axes / width[0]
    return state, shape


def _walk(
    hull: AffineHull,
    state: FloatArray,
    shape: FloatArray,
    length: int,
    thinning: int,
    rng: np.random.Generator,
) -> FloatArray:
    """Walk with every chain at once: shape (n_chains, length, n_dimensions)."""
    kept = np.empty((len(state), length, state.shape[1]))
    for draw in range(length):
        directions = rng.standard_normal((thinning, *state.shape)) @ shape
        shares = rng.random((thinning, len(state)))
        along = directions @ hull.rows.T
        # Taken anew for every draw that is kept, so that rounding does not build up.
        room = np.maximum(state @ hull.rows.T + hull.slack, _LEAST_ROOM)
        for step in range(thinning):
            length_of_step = _step(room, along[step], shares[step])
            state = state + length_of_step * directions[step]
            room = np.maximum(room + length_of_step * along[step], _LEAST_ROOM)
        kept[:, draw] = state
    return kept


def _step(room: FloatArray, along: FloatArray, share: FloatArray) -> FloatArray:
    """Choose how far to go along the line through the set, shape (n_chains, 1)."""
    # Every set is bounded, so each line meets bounds on both sides: rates of both signs.
    rate = along / room
    backward, forward = -1 / rate.max(axis=1), -1 / rate.min(axis=1)
    return np.asarray(backward + share * (forward - backward))[:, None]
