"""Counting places in many draws for many neighbourhoods at once.

Scores may be computed fast and a little wrong. Where two options come so near that this
could matter, the caller gives exact scores of just those draws, so that every count is
what exact scores would give: it does not depend on the size of a block, on a matrix
library or on the order of work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waardeweging.problem.arrays import BoolArray, FloatArray, IntArray

Real = NDArray[np.floating[Any]]
# Exact scores, shape (k, options), of draws given by (neighbourhood in the tile, draw).
Exact = Callable[[IntArray, IntArray], FloatArray]

# Neighbourhoods and draws at once: together they fill the cache next to a processor.
TILE = 32
MOST_WIDE = 2048
_DIGITS = 12
# All pairs of options are compared in one step, as many neighbourhoods at once as this allows.
_MARKS = 2**21
# A row is a whole number of cache lines; its words are summed in pieces of at most 128.
_LINE, _PIECES = 128, 2
_NEVER = 255
_MOST_OPTIONS = 22


def chunks(draws: int) -> list[slice]:
    """Cut draws into equal parts that fit the cache; depends on their number only."""
    parts = -(-draws // MOST_WIDE)
    width = -(-draws // parts)
    return [slice(start, min(start + width, draws)) for start in range(0, draws, width)]


def tolerance(dtype: np.dtype[Any], terms: int, largest: float = 1.0) -> float:
    """Give a difference that two scores of this precision must exceed to be surely apart.

    Parameters
    ----------
    dtype : numpy dtype
    terms : int
        Number of products that are summed.
    largest : float
        Largest sum of their absolute values.

    References
    ----------
    N. J. Higham, Accuracy and Stability of Numerical Algorithms, SIAM, 2002, ch. 3,
    doi:10.1137/1.9780898718027.
    """
    rounding = float(np.finfo(dtype).eps) / 2
    return float(2 * (terms + 3) * rounding * largest + 1.5 * 10.0**-_DIGITS)


class PlaceCounter:
    """Counts places of the options of one tile of neighbourhoods, chunk after chunk.

    Parameters
    ----------
    options : int
        At most 22.
    width : int
        Most draws in a chunk.
    dtype : numpy dtype
        Of the scores.
    apart : float
        From `tolerance`.

    Attributes
    ----------
    scores : array, shape (options, TILE, width)
        To be filled by the caller before `add`.
    """

    def __init__(
        self, options: int, width: int, dtype: type[np.float32] | type[np.float64], apart: float
    ) -> None:
        if not 1 <= options <= _MOST_OPTIONS:
            raise ValueError(f"{options} options, expected 1 to {_MOST_OPTIONS}")
        if not 1 <= width <= MOST_WIDE:
            raise ValueError(f"{width} draws, expected 1 to {MOST_WIDE}")
        padded = -(-width // _LINE) * _LINE
        shape = (options, TILE, padded)
        self._rows = min(TILE, max(1, _MARKS // (options * options * padded)))
        self._scores = np.zeros(shape, dtype)
        self._above = np.empty((options, self._rows, padded), dtype)
        self._better = np.empty(shape, np.uint8)
        self._marks = np.empty((options, options, self._rows, padded), np.bool_)
        self._summed = np.empty(shape[1:], np.uint8)
        self._lanes = np.empty((options - 1, options, TILE, _PIECES), np.uint64)
        self._apart = self._scores.dtype.type(apart)
        self._words = _PIECES, padded // _PIECES // 8
        self._pairs = options * (options - 1) // 2
        self._options = options
        self.scores: Real = self._scores[..., :width]

    def add(self, places: FloatArray, width: int, eligible: BoolArray, exact: Exact) -> None:
        """Count the places in the first draws of `scores`.

        Parameters
        ----------
        places : array, shape (neighbourhoods, options, options)
            Counts of options by places, to which is added; at most `TILE` neighbourhoods.
        width : int
            Draws in this chunk.
        eligible : array of bool, shape (neighbourhoods, options)
            Others must have been given scores below those of all eligible ones.
        exact : callable
            Scores of the draws in which two options come too near.
        """
        number = len(places)
        better = self._compare(number)
        summed = np.add.reduce(better, axis=0, dtype=np.uint8, out=self._summed[:number])
        near = summed != self._pairs
        near[:, width:] = False
        better[..., width:] = _NEVER
        sure = np.full(number, width)
        # Flat positions are found fifteen times as fast as pairs of them.
        found = np.flatnonzero(near)
        if len(found):
            tiles, draws = np.divmod(found, near.shape[1])
            better[:, tiles, draws] = _NEVER
            sure -= np.bincount(tiles, minlength=number)
            _add_near(places, tiles, exact(tiles, draws), eligible)
        self._count(better, places, sure, eligible)

    # Steps are few and long: after a short one, threads wait for each other.

    def _compare(self, number: int) -> NDArray[np.uint8]:
        """Count for every option how many are surely better."""
        better = self._better[:, :number]
        for rows, width in self._parts(number):
            scores, wins = self._scores[:, rows], self._marks[:, :, :width]
            above = np.add(scores, self._apart, out=self._above[:, :width])
            np.greater(scores[:, None], above, out=wins)
            np.add.reduce(wins.view(np.uint8), axis=0, dtype=np.uint8, out=better[:, rows])
        return better

    def _count(
        self, better: NDArray[np.uint8], places: FloatArray, sure: IntArray, eligible: BoolArray
    ) -> None:
        """Count the draws of every place; the last place has the draws that are left."""
        last = self._options - 1
        each = np.arange(last, dtype=np.uint8)[:, None, None, None]
        lanes = self._lanes[:, :, : len(places)]
        for rows, width in self._parts(len(places)):
            marks = np.equal(better[:, rows], each, out=self._marks[:last, :, :width])
            # Eight marks are one word; in a sum of up to 255 words none of the eight runs over.
            words = marks.view(np.uint64).reshape(*marks.shape[:3], *self._words)
            np.add.reduce(words, axis=-1, out=lanes[:, :, rows])
        found = lanes.view(np.uint8).sum(axis=-1, dtype=np.int64).T
        places[:, :, :last] += found * eligible[..., None]
        places[:, :, last] += (sure[:, None] - found.sum(axis=2)) * eligible

    def _parts(self, number: int) -> Iterator[tuple[slice, int]]:
        """Cut a tile into what is compared at once."""
        for start in range(0, number, self._rows):
            stop = min(start + self._rows, number)
            yield slice(start, stop), stop - start


def _add_near(places: FloatArray, tiles: IntArray, scores: FloatArray, eligible: BoolArray) -> None:
    """Count draws by their exact scores; those who tie divide their places equally."""
    allowed = eligible[tiles]
    rounded = np.where(allowed, np.rint(scores * 10.0**_DIGITS), -np.inf)
    better = (rounded[:, None, :] > rounded[:, :, None]).sum(axis=-1)
    same = (rounded[:, None, :] == rounded[:, :, None]).sum(axis=-1)
    alone = allowed & (same == 1)
    draw, option = np.nonzero(alone)
    np.add.at(places, (tiles[draw], option, better[draw, option]), 1.0)
    tied = allowed & ~alone
    for place in range(scores.shape[1]) if tied.any() else ():
        draw, option = np.nonzero(tied & (better <= place) & (place < better + same))
        np.add.at(places[:, :, place], (tiles[draw], option), 1.0 / same[draw, option])


def summed_regret(scores: Real, winners: IntArray) -> FloatArray:
    """Sum over draws how much better the best option scores than the winner.

    Parameters
    ----------
    scores : array, shape (options, neighbourhoods, draws)
    winners : array of int, shape (neighbourhoods,)

    Returns
    -------
    array, shape (neighbourhoods,)
    """
    chosen = scores[winners, np.arange(len(winners))]
    return np.asarray(np.subtract(scores.max(axis=0), chosen).sum(axis=-1, dtype=np.float64))


def triangular_terms(low: FloatArray, mid: FloatArray, high: FloatArray) -> FloatArray:
    """Write triangular quantities as a sum over quantities that are the same for all of them.

    With U and V uniform, low + (high − low)·min(U, V) + (mid − low)·(max(U, V) − min(U, V))
    is triangular between low and high with its top at mid. So one table of the two drawn
    parts serves every band there is, and nothing about the distribution is approximated.

    Parameters
    ----------
    low, mid, high : array, shape (...)

    Returns
    -------
    array, shape (..., 3)
        Coefficients of 1, of the smaller number and of the gap.

    References
    ----------
    W. E. Stein and M. F. Keblis, A new method to simulate the triangular distribution,
    Mathematical and Computer Modelling 49(5–6), 2009, doi:10.1016/j.mcm.2008.06.013.
    """
    return np.stack([low, high - low, mid - low], axis=-1)


def triangular_basis(first: FloatArray, second: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Give the two drawn parts of `triangular_terms` from uniform numbers: smaller, and gap."""
    smaller = np.minimum(first, second)
    return smaller, np.maximum(first, second) - smaller
