"""What of a long chapter stands open on a page, and what unfolds; nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from waardeweging.dossier.document.blocks import (
    Block,
    Bullets,
    Figure,
    Form,
    Heading,
    Part,
    Table,
    Words,
)

MOST_OPEN = 3
# What everybody should see without a tap.
_WHOLE = ("summary", "limits")
# Here the first group begins open: what residents were promised, and what is done first.
_BEGINS_OPEN = ("standing", "agreements")
# What residents come for; of other chapters more unfolds.
_FIRST = (*_BEGINS_OPEN, "news", "inputs", "decisions")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some blocks of a chapter, open or to unfold.

    Parameters
    ----------
    blocks : tuple of (Block, bool)
        With whether its name stands just above it.
    title : Words or None
        What unfolds the blocks; None for blocks that stand open.
    count : int
        How many lines unfold. [≥ 0]
    is_rest : bool
        Whether these are the other lines of the table above.
    """

    blocks: tuple[tuple[Block, bool], ...]
    title: Words | None = None
    count: int = 0
    is_rest: bool = False


def folded(part: Part, *, whole: bool = False) -> tuple[Piece, ...]:
    """Divide a chapter into pieces that stand open and pieces that unfold.

    Parameters
    ----------
    part : Part
    whole : bool
        Everything stands open, as for news that was asked for.
    """
    named = [(block, part.names(place)) for place, block in enumerate(part.blocks)]
    if whole or part.id in _WHOLE:
        return (Piece(tuple(named)),)
    most = MOST_OPEN if part.id in _FIRST else 1
    lead, *groups = _groups(named)
    found = list(_opened(lead))
    for place, group in enumerate(groups):
        begins = part.id in _BEGINS_OPEN and place == 0
        found.extend(_opened(group) if begins or _stays_open(group, most) else (_unfolds(group),))
    return tuple(found)


def _groups(named: list[tuple[Block, bool]]) -> list[list[tuple[Block, bool]]]:
    """Cut before every heading; what comes before the first is the lead."""
    groups: list[list[tuple[Block, bool]]] = [[]]
    for one in named:
        if isinstance(one[0], Heading):
            groups.append([])
        groups[-1].append(one)
    return groups


def _stays_open(group: list[tuple[Block, bool]], most: int) -> bool:
    has_picture = any(isinstance(block, Figure) for block, _ in group)
    return has_picture or sum(_size(block) for block, _ in group) <= most


def _size(block: Block) -> int:
    match block:
        case Table():
            return len(block.rows)
        case Bullets():
            return len(block.items)
        case Form():
            return len(block.fields)
    return 0


def _unfolds(group: list[tuple[Block, bool]]) -> Piece:
    (heading, _), *inside = group
    assert isinstance(heading, Heading)  # noqa: S101
    return Piece(tuple(inside), heading.words, sum(_size(block) for block, _ in inside))


def _opened(group: list[tuple[Block, bool]]) -> Iterator[Piece]:
    """Keep a group open, but for the later lines of its long tables and what explains a picture."""
    has_picture = False
    for block, named in group:
        has_picture |= isinstance(block, Figure)
        if not isinstance(block, Table) or len(block.rows) <= MOST_OPEN:
            yield Piece(((block, named),))
        elif has_picture:
            yield Piece(((block, True),), block.caption, len(block.rows))
        else:
            yield Piece(((replace(block, rows=block.rows[:MOST_OPEN]), named),))
            rest = block.rows[MOST_OPEN:]
            yield Piece(
                ((replace(block, rows=rest), True),), block.caption, len(rest), is_rest=True
            )
