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
_MOST_TOGETHER = 6
_ROUNDING = 1e-9


def extreme_corners(
    evaluate: Evaluate, bands: Mapping[str, Band]
) -> tuple[dict[str, float], dict[str, float]]:
    """Find the corners at which a result is lowest and highest.

    Parameters
    ----------
    evaluate : callable
        From arrays by name, of shape (k,) or (), to results that broadcast to (k,).
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
    values = {name: np.array(mid) for name, (_, mid, _) in bands.items()}
    for name in free:
        low, _, high = bands[name]
        here = np.array([low + place * (high - low) for place in _PLACES])
        values[name] = np.broadcast_to(here[:, None, None], (places, 4, count)).copy()
    for index, (one, two) in enumerate(pairs):
        values[one][:, :, index] = np.array([bands[one][0], bands[one][2]])[[0, 1, 0, 1]]
        values[two][:, :, index] = np.array([bands[two][0], bands[two][2]])[[0, 0, 1, 1]]
    flat = {name: array.ravel() if array.ndim else array for name, array in values.items()}
    results = np.broadcast_to(evaluate(flat), places * 4 * count).reshape(places, 4, count)
    second = np.abs(results[:, 0] - results[:, 1] - results[:, 2] + results[:, 3]).max(axis=0)
    scale = np.abs(results).max() + 1.0
    for found_at in np.flatnonzero(second > _ROUNDING * scale):
        one, two = pairs[int(found_at)]
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
    """Walk to the lowest (sign −1) or highest (sign 1) corner, as many inputs at once as can be."""
    now = {name: mid for name, (_, mid, _) in bands.items()}
    left = list(free)
    while left:
        others = {name: [one for one in left if one in partners[name]] for name in left}
        fewest = min(len(one) for one in others.values())
        asked = [name for name in left if len(others[name]) <= max(fewest, _MOST_TOGETHER)]
        if fewest > _MOST_AT_ONCE:
            break
        ends = {
            name: end
            for name, pull in zip(
                asked,
                _pulls(evaluate, bands, now, {one: others[one] for one in asked}),
                strict=True,
            )
            if (end := _end(bands[name], pull, sign)) is not None
        }
        if not ends:
            break
        now |= ends
        left = [name for name in left if name not in ends]
    return _try_all(evaluate, bands, now, left, sign) if left else now


def _end(band: Band, pull: FloatArray, sign: float) -> float | None:
    """Give the end to which an input is pulled; None when it pulls both ways."""
    low, mid, high = band
    slack = _ROUNDING * (1.0 + np.abs(pull).max())
    if (np.abs(pull) <= slack).all():
        return mid
    if (pull * sign >= -slack).all():
        return high
    return low if (pull * sign <= slack).all() else None


def _pulls(
    evaluate: Evaluate,
    bands: Mapping[str, Band],
    now: Mapping[str, float],
    others: Mapping[str, Sequence[str]],
) -> list[FloatArray]:
    """Give what moving each input from low to high does, at every corner of its partners."""
    sizes = [2 ** (len(partners) + 1) for partners in others.values()]
    stops = np.cumsum(sizes)
    moved = {*others, *(one for partners in others.values() for one in partners)}
    values = {
        name: np.full(int(stops[-1]), value) if name in moved else np.array(value)
        for name, value in now.items()
    }
    for (name, partners), stop, size in zip(others.items(), stops, sizes, strict=True):
        here, bits = slice(int(stop) - size, int(stop)), np.arange(size)
        for place, one in enumerate((*partners, name)):
            low, _, high = bands[one]
            values[one][here] = np.where((bits >> place) & 1, high, low)
    results = np.broadcast_to(evaluate(values), int(stops[-1]))
    halves = (
        (results[stop - size : stop - size // 2], results[stop - size // 2 : stop])
        for stop, size in zip(stops, sizes, strict=True)
    )
    return [np.asarray(high - low) for low, high in halves]


def _try_all(
    evaluate: Evaluate,
    bands: Mapping[str, Band],
    now: dict[str, float],
    left: Sequence[str],
    sign: float,
) -> dict[str, float]:
    if len(left) > _MOST_AT_ONCE:
        raise ValueError(f"{len(left)} inputs pull both ways: {', '.join(left)}")
    bits = np.arange(2 ** len(left))
    values = {name: np.array(value) for name, value in now.items()}
    for place, name in enumerate(left):
        low, _, high = bands[name]
        values[name] = np.where((bits >> place) & 1, high, low)
    results = np.broadcast_to(evaluate(values), len(bits))
    best = int(np.argmax(sign * results))
    return now | {name: float(values[name][best]) for name in left}
