"""Does this agree with other figures? Ours beside what others published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from waardeweging.effects.balance import technique_balances
from waardeweging.effects.techniques import Techniques
from waardeweging.problem.alternatives import Alternative
from waardeweging.problem.errors import Faults
from waardeweging.problem.numbers import parse_number
from waardeweging.problem.tables import Row, Table, read_table

_COLUMNS = (
    "subject",
    "subject_en",
    "technique",
    "insulation",
    "space",
    "water",
    "quantity",
    "published",
    "unit",
    "source",
    "note",
    "note_en",
)
_QUANTITIES = {"gas": "gas_m3", "electricity": "electricity_kwh", "peak": "peak_kw"}
_BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One figure of ours beside a published one.

    Parameters
    ----------
    subject, note : mapping from language to str
        What it is about; why the two differ, empty when nothing needs to be said.
    quantity : str
        ``gas``, ``electricity``, ``peak``, or the id of a criterion.
    ours, published : float
    unit, source : str
    """

    subject: Mapping[str, str]
    quantity: str
    ours: float
    published: float
    unit: str
    source: str
    note: Mapping[str, str]

    @property
    def share(self) -> float | None:
        """Ours less theirs as a share of theirs; None where theirs is a difference itself."""
        is_amount = self.quantity in _QUANTITIES
        return (self.ours - self.published) / self.published if is_amount else None


def published_figures(path: Path) -> tuple[Row, ...]:
    """Read a table of published figures, such as ``scenarios/heat/published.csv``.

    Raises
    ------
    ExceptionGroup of InputError
        With every fault of the table.
    """
    faults = Faults()
    table = Table(path.name, (), ())
    with faults.collecting():
        table = read_table(path, required=_COLUMNS)
    faults.raise_all(path.name)
    return table.rows


def agreement(
    rows: Sequence[Row],
    techniques: Techniques,
    options: Sequence[Alternative] = (),
    likely: Mapping[tuple[str, str], float] | None = None,
) -> tuple[Agreement, ...]:
    """Put our figures beside the published ones, in the order of the table.

    Parameters
    ----------
    rows : sequence of Row
        From `published_figures`.
    techniques : Techniques
    options : sequence of Alternative
        Of a neighbourhood; for figures of a criterion, such as the yearly cost.
    likely : mapping from option and criterion to float, optional
        Their likely performances.

    Returns
    -------
    tuple of Agreement
        A row about a technique or criterion that is not there is left out. Where a row names
        several techniques, ours is the least among their options.
    """
    return tuple(
        Agreement(
            {"nl": row["subject"], "en": row["subject_en"]},
            row["quantity"],
            ours,
            parse_number(row["published"], row.place("published")),
            row["unit"],
            row["source"],
            {"nl": row["note"], "en": row["note_en"]},
        )
        for row in rows
        for ours in _ours(row, techniques, options, likely or {})
    )


def _ours(
    row: Row,
    techniques: Techniques,
    options: Sequence[Alternative],
    likely: Mapping[tuple[str, str], float],
) -> Iterator[float]:
    wanted = row["technique"].split(_BETWEEN)
    if row["quantity"] in _QUANTITIES:
        space, water = (
            parse_number(row[name], row.place(name)) if row[name] else 0.0
            for name in ("space", "water")
        )
        for one in technique_balances(techniques, space, water, row["insulation"]):
            if one.id in wanted:
                yield getattr(one, _QUANTITIES[row["quantity"]])
        return
    found = [
        likely[one.id, row["quantity"]]
        for one in options
        if one.technique in wanted and (one.id, row["quantity"]) in likely
    ]
    yield from [min(found)] if found else []
