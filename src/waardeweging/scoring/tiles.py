"""A matrix product whose digits do not depend on what is computed beside them.

A plain product picks its way through the sums by the size of the matrices, so the same
row can get other last digits in a larger block. Here every product is cut into tiles of a
few fixed shapes, the last one filled up with zeros, so that each row always meets the
same lines of machine code. Whether these treat all places of a tile alike is not
promised by anyone: it is tried out, once for every number of criteria.

Digits may differ between kinds of processors. What must be the same on all of them is
summed in a fixed order by `additive.additive_scores`.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from waardeweging.problem.arrays import FloatArray

# Few enough that one tile is the work of one thread, many enough to outweigh the call.
_ROWS = 128
# Sets of widths, the fastest first; the widths of a set must agree among themselves.
_WIDTHS = ((4, 8, 16), (4, 8), (8,))
_TRIALS = 8


def tiled_product(weights: FloatArray, values: FloatArray, widths: tuple[int, ...]) -> FloatArray:
    """Multiply rows of weights with the rows of every table.

    Parameters
    ----------
    weights : array, shape (n_draws, n_criteria)
    values : array, shape (..., n_alternatives, n_criteria)
    widths : tuple of int
        From `steady_widths`, not empty.

    Returns
    -------
    array, shape (..., n_draws, n_alternatives)
        Equal rows give equal digits wherever they stand and whatever stands around them.
    """
    alternatives, criteria = values.shape[-2:]
    tables = values.reshape(-1, alternatives, criteria)
    pieces = _pieces(alternatives, widths)
    filled = np.zeros((len(tables), sum(pieces), criteria))
    filled[:, :alternatives] = tables
    products = np.empty((len(tables), len(weights), sum(pieces)))
    start = 0
    for width in pieces:
        columns = slice(start, start + width)
        _fill(products[..., columns], weights, filled[:, columns])
        start += width
    return products[..., :alternatives].reshape(*values.shape[:-2], len(weights), alternatives)


@cache
def steady_widths(criteria: int) -> tuple[int, ...]:
    """Try out which tiles give the same digits at every place on this machine.

    Parameters
    ----------
    criteria : int

    Returns
    -------
    tuple of int
        Widths of tiles that may be mixed; empty when none can be trusted.
    """
    # Fractions of square roots: irregular numbers, the same on every machine.
    trials = (np.sqrt(np.arange(2 * _TRIALS * criteria)) % 1).reshape(_TRIALS, 2, criteria)
    return next((widths for widths in _WIDTHS if _steady(trials, widths)), ())


def _steady(trials: FloatArray, widths: tuple[int, ...]) -> bool:
    """Tell whether copies of a row of weights and a row of values all give one number."""
    # Every width stands beside the widest, and the last rows fill no tile.
    numbers = [widths[-1] + width for width in widths]
    return all(
        len(np.unique([_extremes(row, value, number, widths) for number in numbers])) == 1
        for row, value in trials
    )


def _extremes(
    row: FloatArray, value: FloatArray, number: int, widths: tuple[int, ...]
) -> tuple[float, float]:
    rows = np.tile(row, (2 * _ROWS + 1, 1))
    products = tiled_product(rows, np.tile(value, (number, 1)), widths)
    return float(products.min()), float(products.max())


def _pieces(alternatives: int, widths: tuple[int, ...]) -> list[int]:
    """Cover the alternatives by the widest tiles and one that is just wide enough."""
    full, rest = divmod(alternatives, widths[-1])
    return [widths[-1]] * full + [width for width in widths if width >= rest > 0][:1]


def _fill(products: FloatArray, weights: FloatArray, values: FloatArray) -> None:
    """Put the products of one column of tiles into their place, for every table."""
    criteria, width = weights.shape[1], values.shape[1]
    whole = len(weights) - len(weights) % _ROWS
    columns = np.swapaxes(values, 1, 2)
    shape = (len(values), whole // _ROWS, _ROWS, width)
    rows = np.ascontiguousarray(weights[:whole]).reshape(shape[1], _ROWS, criteria)
    np.matmul(rows, columns[:, None], out=products[:, :whole].reshape(shape, copy=False))
    if whole < len(weights):
        last = np.zeros((_ROWS, criteria))
        last[: len(weights) - whole] = weights[whole:]
        products[:, whole:] = np.matmul(last, columns)[:, : len(weights) - whole]
