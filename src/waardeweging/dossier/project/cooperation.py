"""The indicators of equal cooperation as facts: per side, over time, the widest gap first."""

from __future__ import annotations

from typing import Any

from waardeweging.dossier.project.source import ProjectSource
from waardeweging.process.project.indicator_rows import Cell, IndicatorRow
from waardeweging.process.project.indicators import indicators


def cooperation(source: ProjectSource, today: str) -> list[dict[str, Any]]:
    """Give every indicator; what would tell of a few people has no value already."""
    rows = indicators(source.state, source.records, today, facts=source.documented)
    return [_row(one) for one in rows]


def _row(one: IndicatorRow) -> dict[str, Any]:
    known = [n for n in range(len(one.moments)) if _is_known(one, n)]
    return {
        "indicator": one.indicator,
        "measure": one.measure,
        "grounds": one.grounds,
        "unit": one.scale.unit,
        "high": one.scale.high,
        "about": one.about,
        "joint": one.is_joint,
        "moments": [
            {"id": m.id, "kind": m.kind, "label": m.label, "day": m.day} for m in one.moments
        ],
        "sides": {side: [_cell(cell) for cell in cells] for side, cells in one.cells.items()},
        "gaps": [None if gap is None else round(gap, 3) for gap in one.gaps],
        "known": known,
    }


def _is_known(one: IndicatorRow, moment: int) -> bool:
    return any(cells[moment].value is not None for cells in one.cells.values())


def _cell(cell: Cell) -> dict[str, Any]:
    value = None if cell.value is None else round(cell.value, 3)
    return {"value": value, "missing": cell.missing, "of": cell.of, "words": cell.words}
