"""Checks on the range and the value function of a criterion."""

from __future__ import annotations

from collections.abc import Sequence

from waardeweging.problem.criteria import Criterion
from waardeweging.problem.errors import Faults, InputError, Place


def check_range(criterion: Criterion, file: str, faults: Faults) -> None:
    """Remember every fault in the range and the value function of a criterion."""
    section = f"criteria {criterion.id}"
    if criterion.worst == criterion.best:
        faults.add(
            InputError(
                "criterion.flat_range",
                where=Place(file, section, "best"),
                found=f"{criterion.best:g}",
                remedy="Worst and best must differ; otherwise nothing can be weighed.",
            )
        )
        return
    spec = criterion.value_function
    if spec is None:
        return
    place = Place(file, section, "value_function")
    if sum(form is not None for form in (spec.points, spec.anchors, spec.threshold)) != 1:
        faults.add(
            InputError(
                "value_function.one_form",
                where=place,
                remedy="Give exactly one of: points, anchors, threshold.",
            )
        )
    elif spec.threshold is not None:
        _check_threshold(criterion, spec.threshold, place, faults)
    else:
        _check_points(criterion, spec.points or spec.anchors or (), place, faults)


def _check_threshold(criterion: Criterion, threshold: float, place: Place, faults: Faults) -> None:
    bottom, top = sorted((criterion.worst, criterion.best))
    passes_worst = threshold == criterion.worst
    if not bottom <= threshold <= top or passes_worst:
        faults.add(
            InputError(
                "value_function.threshold",
                where=place,
                found=f"{threshold:g}",
                remedy="Put the threshold between worst ({worst}, not included) and best ({best}).",
                worst=f"{criterion.worst:g}",
                best=f"{criterion.best:g}",
            )
        )


def _check_points(
    criterion: Criterion,
    points: Sequence[tuple[float, float]],
    place: Place,
    faults: Faults,
) -> None:
    toward_best = sorted(points, reverse=criterion.worst > criterion.best)
    x = [point[0] for point in toward_best]
    v = [point[1] for point in toward_best]
    if len(set(x)) != len(x) or v != sorted(v):
        faults.add(
            InputError(
                "value_function.not_monotone",
                where=place,
                found=[list(point) for point in points],
                remedy="From worst to best the value may only rise, with one value per number.",
            )
        )
    elif not x or (x[0], v[0], x[-1], v[-1]) != (criterion.worst, 0, criterion.best, 1):
        faults.add(
            InputError(
                "value_function.ends",
                where=place,
                found=[list(point) for point in points],
                remedy="Begin at worst ({worst}) with value 0; end at best ({best}) with value 1.",
                worst=f"{criterion.worst:g}",
                best=f"{criterion.best:g}",
            )
        )
