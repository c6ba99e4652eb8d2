"""Whether the announced outcome fits what the bundle holds, as far as rounding lets one see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from waardeweging.dossier.bundle.announced import DECIMALS, announced
from waardeweging.dossier.bundle.contents import ANNOUNCED, BALLOTS, Head
from waardeweging.dossier.bundle.levels import STEP, Level, of_parties, points_of
from waardeweging.dossier.bundle.recalculate import Recalculated
from waardeweging.dossier.verify.comparing import TOLERANCE, differences
from waardeweging.dossier.verify.report import Check, Step, note, ok, open_promise, wrong
from waardeweging.elicitation.ballots import MUNICIPALITY, SIDES
from waardeweging.problem.arrays import FloatArray

_POINT = 0.01
_HALF_DIGIT = 0.5 * 10**-DECIMALS
_SLACK = 1e-9
_STEP = Step.RECALCULATION


def check_announced(
    head: Head, documents: Mapping[str, Any], again: Recalculated
) -> Iterator[Check]:
    """Compare the announced outcome with the recalculated one.

    With all answers it has to be the same. With less, every announced score has to lie
    within what rounding allows, and whoever wins by more than that has to win here too.
    """
    told = documents[ANNOUNCED]
    if head.level is Level.FULL:
        yield from _exact(told, again)
        return
    wrongs = [*_order(told, again)]
    if head.sides_shown:
        wrongs += _scores_fit(told, again)
        if head.level is Level.ROWS:
            wrongs += _weights_fit(told, documents[BALLOTS], again)
    yield from wrongs
    if not wrongs and head.sides_shown:
        yield ok(_STEP, "announced")
    if head.sides_shown:
        yield from _other_winner(told, again)
    if head.level is Level.ROWS and told["by_department"]:
        yield open_promise(_STEP, "departments")
    yield open_promise(_STEP, "announced_rest")


def _exact(told: Mapping[str, Any], again: Recalculated) -> Iterator[Check]:
    found = list(differences(told, announced(again.outcome), TOLERANCE))
    for one in found:
        place = f"{ANNOUNCED}{one.place}"
        yield wrong(
            _STEP,
            "differs",
            place,
            found=one.found,
            expected=one.expected,
            origin=BALLOTS,
        )
    if not found:
        yield ok(_STEP, "announced")


def _order(told: Mapping[str, Any], again: Recalculated) -> Iterator[Check]:
    """Compare names, and the announced order with the announced scores."""
    ids = [option.id for option in again.outcome.alternatives]
    eligible = {name for name, may in zip(ids, again.outcome.result.eligible, strict=True) if may}
    ranking = told["ranking"]
    if sorted(ranking) != sorted(eligible) or told["winner"] != ranking[0]:
        yield wrong(_STEP, "ranking", f"{ANNOUNCED}/ranking")
        return
    if not set(told["ties"]) <= eligible - {told["winner"]}:
        yield wrong(_STEP, "ranking", f"{ANNOUNCED}/ties")
    if told["scores"] is None:
        return
    if any(len(told["scores"][key]) != len(ids) for key in (*SIDES, "joint")):
        yield wrong(_STEP, "ranking", f"{ANNOUNCED}/scores")
        return
    joint = dict(zip(ids, told["scores"]["joint"], strict=True))
    for better, worse in pairwise(ranking):
        if joint[worse] > joint[better]:
            yield wrong(
                _STEP, "order_of_scores", f"{ANNOUNCED}/ranking", names=f"{better}, {worse}"
            )


def _scores_fit(told: Mapping[str, Any], again: Recalculated) -> Iterator[Check]:
    """Recalculate announced scores from announced weights, with what rounding may do to them."""
    scores = {**of_parties(told["scores"]), "joint": told["scores"]["joint"]}
    if any(len(one) != len(again.outcome.alternatives) for one in scores.values()):
        return
    values = np.array(again.core["value_scores"])
    weighing = again.outcome.weighing
    points_of_parties = of_parties(told["weights"])
    if not set(weighing.parties) == points_of_parties.keys() == scores.keys() - {"joint"}:
        yield wrong(_STEP, "ranking", f"{ANNOUNCED}/weights")
        return
    bands = {}
    for side in weighing.parties:
        points = points_of_parties[side]
        if len(points) != values.shape[1] or sum(points) == 0:
            yield wrong(_STEP, "ranking", f"{ANNOUNCED}/weights/{side}")
            return
        bands[side] = _band(values, np.array(points) * _POINT)
    shares = list(weighing.shares.values())
    low_high = (np.array([bands[name][end] for name in weighing.parties]) for end in (0, 1))
    joint = tuple(shares @ ends for ends in low_high)
    for key, (low, high) in {**bands, "joint": joint}.items():
        for number, score in enumerate(scores[key]):
            if not low[number] - _HALF_DIGIT <= score <= high[number] + _HALF_DIGIT:
                yield wrong(
                    _STEP,
                    "score",
                    f"{ANNOUNCED}/scores/{key}/{number}",
                    found=score,
                    low=f"{low[number]:.4f}",
                    high=f"{high[number]:.4f}",
                )


def _band(values: FloatArray, rounded: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Give the lowest and highest scores under all weights that round to these and sum to 1."""
    low = np.maximum(rounded - _POINT / 2, 0.0)
    high = rounded + _POINT / 2
    # The largest weight keeps at least one point, whatever it was.
    low[rounded <= _POINT] = 0.0
    best = np.array([_filled(row, low, high) for row in values])
    worst = np.array([-_filled(-row, low, high) for row in values])
    return worst - _SLACK, best + _SLACK


def _filled(gain: FloatArray, low: FloatArray, high: FloatArray) -> float:
    """Fill up weights to 1 where they bring most."""
    weights, left = low.copy(), 1.0 - float(low.sum())
    for place in np.argsort(-gain, kind="stable"):
        added = min(max(left, 0.0), float(high[place] - low[place]))
        weights[place] += added
        left -= added
    return float(gain @ weights)


def _weights_fit(
    told: Mapping[str, Any], ballots: Mapping[str, Any], again: Recalculated
) -> Iterator[Check]:
    """Compare announced side weights with the rows, with what their rounding may do."""
    weights, held = of_parties(told["weights"]), of_parties(ballots["rows"])
    for side in weights.keys() & held.keys():
        named = [one["points"] for one in ballots["institutions"] if one["side"] == side]
        rows = [points_of(row) for row in (*held[side], *named)]
        if side == MUNICIPALITY and told["by_department"]:
            continue
        points = np.array(rows, dtype=np.float64)
        low = np.maximum(points - STEP / 2, 0.0)
        high = np.where(points == points.max(axis=1, keepdims=True), 100.0, points + STEP / 2)
        high = np.minimum(high, 100.0)
        least = low / (low + high.sum(axis=1, keepdims=True) - high)
        most = high / (high + low.sum(axis=1, keepdims=True) - low)
        for number, weight in enumerate(weights[side]):
            band = (least[:, number].mean() - _POINT / 2, most[:, number].mean() + _POINT / 2)
            if not band[0] - _SLACK <= weight * _POINT <= band[1] + _SLACK:
                yield wrong(
                    _STEP,
                    "weight",
                    f"{ANNOUNCED}/weights/{side}/{number}",
                    found=weight,
                    low=f"{100 * band[0]:.1f}",
                    high=f"{100 * band[1]:.1f}",
                )


def _other_winner(told: Mapping[str, Any], again: Recalculated) -> Iterator[Check]:
    """Tell when rounding makes another option win here than was announced."""
    here = again.outcome.alternatives[again.outcome.result.winner].id
    if here != told["winner"]:
        yield note(_STEP, "other_winner", announced=told["winner"], here=here)
