"""Hit-and-run: draws over any set of weights by many short random walks.

A step follows an axis and takes any point of the line through the set, evenly.
Where the walks start is forgotten slowly in a narrow set; so the axes are first
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

# Walks from one start form a group; groups are compared, so that walks may be short.
GROUPS, WALKS = 16, 4
HIGHEST_R_HAT = 1.01
LEAST_EFFECTIVE = 400.0

_SHORTEST_WALK = 64
_SHAPINGS = 10
_SHAPING_DRAWS = 20
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
        Sweeps per draw that is kept in the first attempt, each a step along every axis; grows
        with the number of dimensions when omitted. [1 or more]
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
    C. C. Margossian, M. D. Hoffman, P. Sountsov, L. Riou-Durand, A. Vehtari and A. Gelman,
    Nested R̂: assessing the convergence of Markov chain Monte Carlo when running many short
    chains, 2024, arXiv:2110.13017.
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
    state, axes = _warmed_up(hull, np.repeat(centre[None], GROUPS * WALKS, axis=0), rng)
    state = np.repeat(state[:GROUPS], WALKS, axis=0)
    length = max(-(-draws // len(state)), _SHORTEST_WALK)
    free = np.linalg.norm(hull.directions, axis=1) > 1e-9
    for attempt in range(attempts):
        sweeps = (thinning or 1 + n_dimensions // 2) << attempt
        walked = _walk(hull, state, axes, length, sweeps, rng)
        state = walked[:, -1]
        chains = weights_at(hull, walked)
        r_hat = float(split_r_hat(_grouped(chains[..., free])).max())
        effective = float(effective_sample_size(chains[..., free]).min())
        if r_hat <= HIGHEST_R_HAT and effective >= LEAST_EFFECTIVE:
            # Draw by draw over all chains, so that any number from the front uses them all.
            every = np.swapaxes(chains, 0, 1).reshape(-1, weights.n_criteria)
            return ChainDraws(every[:draws], r_hat, effective * draws / len(every))
    raise NotConvergedError(r_hat, effective)


def _grouped(chains: FloatArray) -> FloatArray:
    """Lay the walks of a group together, draw by draw: shape (n_groups, n_draws, n_criteria)."""
    _, length, n_criteria = chains.shape
    groups = chains.reshape(GROUPS, WALKS, length, n_criteria)
    return np.swapaxes(groups, 1, 2).reshape(GROUPS, WALKS * length, n_criteria)


def _warmed_up(
    hull: AffineHull, state: FloatArray, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Walk away from the start and learn how wide the set is in every direction.

    Directions may be any fixed set that spans the space, so the shape is learnt before the
    draws that count and then left alone.
    """
    n_dimensions = state.shape[1]
    axes = np.eye(n_dimensions)
    for _ in range(_SHAPINGS):
        walked = _walk(hull, state, axes, _SHAPING_DRAWS + n_dimensions, 1, rng)
        state = walked[:, -1]
        every = walked.reshape(-1, n_dimensions)
        _, width, turned = np.linalg.svd(every - every.mean(axis=0), full_matrices=False)
        axes = width[:, None] * turned / width[0]
    return state, axes


def _walk(
    hull: AffineHull,
    state: FloatArray,
    axes: FloatArray,
    length: int,
    sweeps: int,
    rng: np.random.Generator,
) -> FloatArray:
    """Walk with every chain at once: shape (n_chains, length, n_dimensions).

    All chains follow the same axes, each with its own steps, so that a step costs no
    product of matrices. A sweep follows every axis once, in an order drawn anew.
    """
    n_chains, n_dimensions = state.shape
    along = hull.rows @ axes.T
    kept = np.empty((n_chains, length, n_dimensions))
    for draw in range(length):
        order = np.concatenate([rng.permutation(n_dimensions) for _ in range(sweeps)])
        shares = rng.random((len(order), n_chains))
        moved = np.zeros((n_dimensions, n_chains))
        # Taken anew for every draw that is kept, so that rounding does not build up.
        room = np.maximum(hull.rows @ state.T + hull.slack[:, None], _LEAST_ROOM)
        for axis, share in zip(order.tolist(), shares, strict=True):
            rates = along[:, axis, None]
            step = _step(rates / room, share)
            moved[axis] += step
            room += rates * step
            np.maximum(room, _LEAST_ROOM, out=room)
        state = state + moved.T @ axes
        kept[:, draw] = state
    return kept


def _step(rate: FloatArray, share: FloatArray) -> FloatArray:
    """Choose how far to go along the line through the set, shape (n_chains,)."""
    # Every set is bounded, so each line meets bounds on both sides: rates of both signs.
    backward, forward = -1 / rate.max(axis=0), -1 / rate.min(axis=0)
    return np.asarray(backward + share * (forward - backward))
