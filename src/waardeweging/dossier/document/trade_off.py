"""What one option wins and loses against another, rounded so that every column adds up."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from waardeweging.analysis.outcome import Outcome
from waardeweging.presentation.numbers import quantity
from waardeweging.problem.alternatives import Cell

# Points are shown in tenths.
_STEP = 10


def apportion(parts: Sequence[float], whole: int) -> tuple[int, ...]:
    """Round parts to whole numbers that sum to `whole`; what is 0 stays 0.

    Each part moves by less than 1 when `whole` is the rounded sum of the parts.

    Parameters
    ----------
    parts : sequence of float, length n
    whole : int

    Returns
    -------
    tuple of int, length n

    Raises
    ------
    ValueError
        If all parts are 0 and `whole` is not.

    References
    ----------
    M. Balinski and H. P. Young, Fair Representation, Yale University Press, 1982, ch. 3
    (largest remainders).
    """
    kept = [place for place, part in enumerate(parts) if part != 0]
    if whole and not kept:
        raise ValueError(f"nothing to divide {whole} over")
    rounded = [math.floor(part) for part in parts]
    by_rest = sorted(kept, key=lambda place: rounded[place] - parts[place])
    missing = whole - sum(rounded)
    for turn in range(abs(missing)):
        place = by_rest[turn % len(kept)] if missing > 0 else by_rest[-1 - turn % len(kept)]
        rounded[place] += 1 if missing > 0 else -1
    return tuple(rounded)


def trade_off(outcome: Outcome, option: int, rival: int, against: str) -> dict[str, Any]:
    """Give gains and losses of one option against a rival, per value and criterion.

    Parameters
    ----------
    outcome : Outcome
    option, rival : int
    against : str
        What the rival is: ``runner_up`` or ``cheapest``.

    Returns
    -------
    dict
        ``points`` are exact points of 100; ``shown`` are the same in tenths, rounded so
        that criteria sum to values and values to the total, and every row subtracts.
    """
    mine, other = (100 * outcome.result.contributions[row] for row in (option, rival))
    gaps = mine - other
    framework = outcome.scenario.problem.framework
    groups = [
        (value.id, [j for j, one in enumerate(outcome.criteria) if one.value == value.id])
        for value in framework.values
    ]
    groups = [(name, members) for name, members in groups if members]
    sums = [[math.fsum(row[members]) for _, members in groups] for row in (mine, other, gaps)]
    # Totals are rounded by themselves, so that they read the same wherever they stand.
    option_total, rival_total = tenths(math.fsum(sums[0])), tenths(math.fsum(sums[1]))
    gap_total = option_total - rival_total if any(sums[2]) else 0
    of_option = apportion([_STEP * x for x in sums[0]], option_total)
    of_gap = apportion([_STEP * x for x in sums[2]], gap_total)
    criteria = [
        row
        for (_, members), shown in zip(groups, of_gap, strict=True)
        for row in _criteria(outcome, (option, rival), members, gaps, shown)
    ]
    values = [
        {
            "value": name,
            "option": {"points": sums[0][place], "shown": of_option[place] / _STEP},
            "rival": {
                "points": sums[1][place],
                "shown": (of_option[place] - of_gap[place]) / _STEP,
            },
            "points": sums[2][place],
            "shown": of_gap[place] / _STEP,
        }
        for place, (name, _) in enumerate(groups)
    ]
    tenth = [round(_STEP * row["shown"]) for row in criteria]
    return {
        "against": against,
        "option": outcome.alternatives[option].id,
        "rival": outcome.alternatives[rival].id,
        "criteria": criteria,
        "values": values,
        "total": {
            "option": {"points": math.fsum(mine), "shown": option_total / _STEP},
            "rival": {"points": math.fsum(other), "shown": rival_total / _STEP},
            "points": math.fsum(gaps),
            "shown": gap_total / _STEP,
        },
        "gains": sum(x for x in tenth if x > 0) / _STEP,
        "losses": -sum(x for x in tenth if x < 0) / _STEP,
        "parties": _parties(outcome, option, rival),
    }


def tenths(x: float) -> int:
    """Round to tenths, halves away from zero, and give how many."""
    exact = Decimal(repr(round(_STEP * float(x), 9)))
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def _criteria(
    outcome: Outcome,
    pair: tuple[int, int],
    members: Sequence[int],
    gaps: Sequence[float],
    shown: int,
) -> list[dict[str, Any]]:
    cells = outcome.scenario.problem.cells
    rounded = apportion([_STEP * float(gaps[j]) for j in members], shown)
    rows = []
    for j, tenth in zip(members, rounded, strict=True):
        mine, other = (cells[row][outcome.columns[j]] for row in pair)
        rows.append(
            {
                "criterion": outcome.criteria[j].id,
                "value": outcome.criteria[j].value,
                "unit": mine.unit,
                "grounds": [mine.grounds, other.grounds],
                "option": mine.mid,
                "rival": other.mid,
                "difference": mine.mid - other.mid,
                "shown_difference": round(as_shown(mine) - as_shown(other), 9),
                "points": float(gaps[j]),
                "shown": tenth / _STEP,
                "concerns": list(outcome.criteria[j].concerns),
            }
        )
    return rows


def as_shown(cell: Cell) -> float:
    """Give a performance as it is written, so that a difference is that of what a reader sees."""
    written = quantity(cell.mid, cell.unit, "en", grounds=cell.grounds, with_unit=False)
    return float(re.sub(r"[^0-9.−]", "", written).replace("−", "-"))


def _parties(outcome: Outcome, option: int, rival: int) -> list[dict[str, Any]]:
    """Give points won per party; one criterion may concern several, so these do not sum."""
    found = outcome.for_whom
    return [
        {"party": party, "points": 100 * float(scores[option] - scores[rival])}
        for party, scores in zip(found.parties, found.scores, strict=True)
    ]
