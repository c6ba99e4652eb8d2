"""Fingerprints of the random numbers, so that another generator shows apart from other sums."""

from __future__ import annotations

import hashlib

import numpy as np

from waardeweging.analysis.chance import generator

STREAMS = range(1, 17)
_SOME = 1000
_SHUFFLED = 100


def draws_fingerprints(seed: int) -> dict[str, str]:
    """Hash the first random numbers of every stream of a seed.

    Parameters
    ----------
    seed : int

    Returns
    -------
    dict of str to str
        SHA-256 by the number of the stream, over uniform, whole, normal and exponential
        numbers and a shuffle.
    """
    return {str(stream): _fingerprint(generator(seed, stream)) for stream in STREAMS}


def _fingerprint(rng: np.random.Generator) -> str:
    drawn = (
        rng.random(_SOME).astype("<f8"),
        rng.integers(2**63, size=_SOME).astype("<i8"),
        rng.integers(_SHUFFLED, size=_SOME).astype("<i8"),
        rng.standard_normal(_SOME).astype("<f8"),
        rng.standard_exponential(_SOME).astype("<f8"),
        rng.permutation(_SHUFFLED).astype("<i8"),
    )
    return hashlib.sha256(b"".join(numbers.tobytes() for numbers in drawn)).hexdigest()
