"""How firm a choice is: how often each initiative is chosen when the weights differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from waardeweging.problem.arrays import ArrayRecord, FloatArray
from waardeweging.selection.choosing import best_package
from waardeweging.selection.initiatives import Initiatives


@dataclass(frozen=True, eq=False)
class ChosenShare(ArrayRecord):
    """How often each initiative is in the best package.

    Parameters
    ----------
    share : array, shape (n_initiatives,)
        [0–1]
    error : array, shape (n_initiatives,)
        Standard error of the share, because the draws are few.
    draws : int
    """

    share: FloatArray
    error: FloatArray
    draws: int


def chosen_share(values: FloatArray, initiatives: Initiatives) -> ChosenShare:
    """Choose again under every set of values, and count.

    Parameters
    ----------
    values : array, shape (draws, n_initiatives)
        Such as joint scores under draws of the people.
    initiatives : Initiatives
        With at least one package that keeps all rules.

    Raises
    ------
    ValueError
        If there are no draws, or no package keeps all rules.
    """
    values = np.atleast_2d(np.asarray(values, float))
    found, which = np.unique(values, axis=0, return_inverse=True)
    packages = [best_package(row, initiatives) for row in found]
    chosen = [package.chosen for package in packages if package is not None]
    if not chosen or len(chosen) < len(packages):
        raise ValueError("no package keeps all rules, so none can be counted")
    share = np.asarray(chosen, float)[which.ravel()].mean(axis=0)
    error = np.sqrt(share * (1 - share) / len(values))
    return ChosenShare(share, error, len(values))
