"""Weights for as long as nobody has weighed: every value the same, and so inside each value.

They are nobody's opinion and are named as such; the first ballot takes their place.
"""

from __future__ import annotations

from collections import Counter

from waardeweging.elicitation.ballots import SIDES, Ballot
from waardeweging.problem.criteria import Framework, Perspective

_NAMES = ("neutraal-bewoners", "neutraal-gemeente")


def neutral_ballots(framework: Framework, perspective: Perspective) -> tuple[Ballot, ...]:
    """Give one ballot a side that weighs all values alike.

    Parameters
    ----------
    framework : Framework
    perspective : str
        Criteria of the other perspective get no weight.

    Returns
    -------
    tuple of Ballot
        Of no person: as of an institution, which is never counted as people.
    """
    weighed = {framework.criteria[place].id for place in framework.weighed(perspective)}
    counts = Counter(one.value for one in framework.criteria if one.id in weighed)
    weights = tuple(
        1.0 / (len(counts) * counts[one.value]) if one.id in weighed else 0.0
        for one in framework.criteria
    )
    return tuple(
        Ballot(
            participant=name,
            side=side,
            method="weights",
            criteria=tuple(one.id for one in framework.criteria),
            answers=weights,
            kind="institution",
        )
        for name, side in zip(_NAMES, SIDES, strict=True)
    )
