"""The lowest and highest result of a formula over a box of inputs, exactly.

Every input enters a formula through one monotone transform (a price, a share, one over a
performance), so that lowest and highest lie at corners of the box. Trying all corners of
twenty inputs is too much; most inputs pull one way whatever the others are. An input
interacts with few others, so its pull is looked at over all corners of just those; once it
is sure, the input stays at its end. The few that stay unsure are tried together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from waardeweging.problem.arrays import FloatArray

Evaluate = Callable[[Mapping[str, FloatArray]], FloatArray]
Band = tuple[float, float, float]

# Probes for interaction: at the middle, and at two corners that no formula has by accident.
_PLACES = (0.5, 0.137, 0.811)
_MOST_AT_ONCE = 16
_ROUNDING = 1e-9


def extreme_corners(
    evaluate: Evaluate, bands: Mapping[str, Band]
) -> tuple[dict[str, float], dict[str, float]]:
    """Find the corners at which a result is lowest and highest.

    Parameters
    ----------
    evaluate : callable
        From arrays of shape (k,) by name to results of shape (k,).
    bands : mapping from name to (low, mid, high)

    Returns
    -------
    tuple of dict
        Value of every input at the lowest and at the highest result. An input that makes no
        difference stays at its mid.

    Raises
    ------
    ValueError
        If more inputs than can be tried pull both ways.
    """
    free = [name for name, (low, _, high) in bands.items() if low < high]
    partners = _partners(evaluate, bands, free)
    return (
        _corner(evaluate, bands, free, partners, -1.0),
        _corner(evaluate, bands, free, partners, 1.0),
    )


def _partners(
    evaluate: Evaluate, bands: Mapping[str, Band], free: Sequence[str]
) -> dict[str, set[str]]:
    """Find with which others each input interacts: where a second difference is not nothing."""
    pairs = [(one, two) for at, one in enumerate(free) for two in free[at + 1 :]]
    found: dict[str, set[str]] = {name: set() for name in free}
    if not pairs:
        return found
    count, places = len(pairs), len(_PLACES)
    values = {
        name: np.repeat(
            [low + place * (high - low) for place in _PLACES], 4 * count
        ).reshape(places, 4, count)
        for name, (low, _, high) in bands.items()
    }
    for index, (one, two) in enumerate(pairs):
        values[one][:, (1, 3), index] = bands[one][2]
        values[one][:, (0, 2), index] = bands[one][0]
        values[two][:, (2, 3), index] = bands[two][2]
        values[two][:, (0, 1), index] = bands[two][0]
    flat = {name: array.ravel() for name, array in values.items()}
    results = np.broadcast_to(evaluate(flat), places * 4 * count).reshape(places, 4, count)
    second = np.abs(results[:, 0] - results[:, 1] - results[:, 2] + results[:, 3]).max(axis=0)
    scale = np.abs(results).max() + 1.0
    for index in np.flatnonzero(second > _ROUNDING * scale):
        one, two = pairs[index]
        found[one].add(two)
        found[two].add(one)
    return found


def _corner(
    evaluate: Evaluate,
    bands: Mapping[str, Band],
    free: Sequence[str],
    partners: Mapping[str, set[str]],
    sign: float,
) -> dict[str, float]:
    """Walk to the lowest (sign −1) or highest (sign 1) corner, input by input."""
    now = {name: mid for name, (_, mid, _) in bands.items()}
    left = list(free)
    settled = True
    while left and settled:
        settled = False
        for name in sorted(left, key=lambda one: len(partners[one] & set(left))):
            others = [other for other in left if other in partners[name]]
            if len(others) > _MOST_AT_ONCE:
                continue
            pull = _pull(evaluate, bands, now, name, others)
            scale = _ROUNDING * (1.0 + np.abs(pull).max())
            if (np.abs(pull) <= scale).all():
                end = now[name]
            elif (pull * sign >= -scale).all():
                end = bands[name][2]
            elif (pull * sign <= scale).all():
                end = bands[name][0]
            else:
                continue
            now[name] = end
            left.remove(name)
            settled = True
    return _try_all(evaluate, bands, now, left, sign) if left else now


def _pull(
    evaluate: Evaluate,
    bands: Mapping[str, Band],
    now: Mapping[str, float],
    name: str,
    others: Sequence[str],
) -> FloatArray:
    """Give what moving one input from low to high does, at every corner of the others."""
    values = _corners(bands, now, others)
    count = 2 ** len(others)
    both = {key: np.concatenate([one, one]) for key, one in values.items()}
    both[name] = np.repeat([bands[name][0], bands[name][2]], count)
    results = np.broadcast_to(evaluate(both), 2 * count)
    return np.asarray(results[count:] - results[:count])


def _try_all(
    evaluate: Evaluate,
    bands: Mapping[str, Band],
    now: dict[str, float],
    left: Sequence[str],
    sign: float,
) -> dict[str, float]:
    if len(left) > _MOST_AT_ONCE:
        raise ValueError(f"{len(left)} inputs pull both ways: {', '.join(left)}")
    values = _corners(bands, now, left)
    results = np.broadcast_to(evaluate(values), 2 ** len(left))
    best = int(np.argmax(sign * results))
    return now | {name: float(values[name][best]) for name in left}


def _corners(
    bands: Mapping[str, Band], now: Mapping[str, float], names: Sequence[str]
) -> dict[str, FloatArray]:
    """Lay out every corner of some inputs, with the others as they are now."""
    count = 2 ** len(names)
    values = {key: np.full(count, value) for key, value in now.items()}
    bits = np.arange(count)
    for place, name in enumerate(names):
        low, _, high = bands[name]
        values[name] = np.where((bits >> place) & 1, high, low)
    return values
