"""Answers that compare criteria two by two, kept exactly as given: one row, one answer.

Three files hold them, for three methods. Every answer of a person counts, and a
skipped one is no fault as long as the others link all criteria. `judgement` turns
them into weights.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from waardeweging.elicitation.ballots import clean_side, round_of
from waardeweging.elicitation.ordered_totals import linked_groups
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.numbers import parse_number
from waardeweging.problem.tables import Row, read_table
from waardeweging.problem.text import clean_id, clean_text

Comparing = Literal["best_worst", "pairwise", "orders"]
COMPARING: tuple[Comparing, ...] = get_args(Comparing)
Relation = Literal["more", "at_least", "equal"]
RELATIONS: tuple[str, ...] = get_args(Relation)

Members = Mapping[str, Sequence[str]]

STRONGEST = 1000.0
# Typed reciprocals are rounded, e.g. 0.13 for 1/8.
_RECIPROCAL_TOLERANCE = 0.05


@dataclass(frozen=True, slots=True)
class Answer:
    """One comparison.

    Parameters
    ----------
    first, second : str
        Ids of criteria; in an order also of values.
    times : float
        How many times the first is as important as the second; 1 in an order. [above 0]
    relation : str
        In an order: ``more``, ``at_least`` or ``equal``.
    row : int
        Where it stands in its file.
    """

    first: str
    second: str
    times: float = 1.0
    relation: Relation = "more"
    row: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """All comparisons of one participant in one round.

    Parameters
    ----------
    participant : str
        Pseudonym; never a name or e-mail address.
    side, department : str
    round : int
    method : str
        ``best_worst``, ``pairwise`` or ``orders``.
    answers : tuple of Answer
        Empty when the participant abstained.
    """

    participant: str
    side: str
    department: str
    round: int
    method: Comparing
    answers: tuple[Answer, ...]


def read_comparisons(
    path: Path,
    method: Comparing,
    criteria: Sequence[str],
    values: Members,
    faults: Faults,
) -> tuple[Comparison, ...]:
    """Read one of the three files: a row per answer.

    Parameters
    ----------
    path : Path
    method : str
        Which of the three.
    criteria : sequence of str
        Ids of all criteria.
    values : mapping of str to sequence of str
        The criteria of each value; an order may be about values.
    faults : Faults
        Remembers every fault of the file.
    """
    table = None
    with faults.collecting():
        answer = () if method == "orders" else ("answer",)
        table = read_table(
            path,
            required=("participant", "side", "first", "second", *answer),
            optional=("department", "round", "answer"),
        )
    people: dict[tuple[str, int], Comparison] = {}
    # One bad answer spoils what else the participant said: the rest would be judged alone.
    spoiled = set()
    parts = {name: (name,) for name in criteria}
    known = {**values, **parts} if method == "orders" else parts
    for row in table.rows if table else ():
        before = len(faults)
        with faults.collecting():
            given = _comparison(row, method, known)
            key = given.participant, given.round
            people[key] = _together(people.get(key), given, row)
        if len(faults) > before:
            spoiled.add(row["participant"].strip())
    sound = []
    for one in people.values():
        if one.participant in spoiled:
            continue
        before = len(faults)
        _check(one, path.name, criteria, faults)
        sound += [one] if len(faults) == before else []
    return tuple(sound)


def _comparison(row: Row, method: Comparing, known: Members) -> Comparison:
    faults = Faults()
    texts: dict[str, str] = {}
    for column, read in (
        ("participant", clean_id),
        ("side", clean_side),
        ("department", clean_text),
    ):
        with faults.collecting():
            texts[column] = read(row[column], row.place(column))
    number = 1
    answers: tuple[Answer, ...] = ()
    with faults.collecting():
        number = round_of(row)
    with faults.collecting():
        answers = _answers(row, method, known)
    faults.raise_all(row.file)
    return Comparison(
        texts["participant"], texts["side"], texts["department"], number, method, answers
    )


def _answers(row: Row, method: Comparing, known: Members) -> tuple[Answer, ...]:
    """Read the answer of a row; none when it was skipped."""
    first, second = (row[column].strip() for column in ("first", "second"))
    said = row["answer"].strip()
    if not (first or second) or (method != "orders" and not said):
        return ()
    for column, name in (("first", first), ("second", second)):
        if name not in known:
            raise InputError(
                "comparison.unknown",
                where=row.place(column),
                found=name,
                remedy="Choose one of: {known}.",
                known=", ".join(known),
            )
    if set(known[first]) & set(known[second]):
        raise InputError(
            "comparison.itself",
            where=row.place("second"),
            found=second,
            remedy="'{first}' is the same or holds it; compare it with another one.",
            first=first,
        )
    if method == "orders":
        relation = _relation(said, row.place("answer"))
        return (Answer(first, second, relation=relation, row=row.number),)
    return (Answer(first, second, _times(said, method, row.place("answer")), row=row.number),)


def _relation(said: str, where: Place) -> Relation:
    for relation in get_args(Relation):
        if (said or "more") == relation:
            found: Relation = relation
            return found
    raise InputError(
        "comparison.relation",
        where=where,
        found=said,
        remedy="Choose one of: {known}; empty means more.",
        known=", ".join(RELATIONS),
    )


def _times(said: str, method: Comparing, where: Place) -> float:
    """Read a multiple; a fraction such as ``1/3`` may be."""
    parts = said.split("/")
    numbers = [parse_number(part, where) for part in parts[:2]]
    above, below = (*numbers, 1.0)[:2]
    least = 1.0 if method == "best_worst" else 1 / STRONGEST
    times = above / below if len(parts) <= 2 and below else math.nan
    if least <= times <= STRONGEST:
        return times
    if method == "best_worst":
        raise InputError(
            "comparison.times_best_worst",
            where=where,
            found=said,
            remedy="Write from 1 to {most} how many times the first is as important.",
            most=f"{STRONGEST:.0f}",
        )
    raise InputError(
        "comparison.times_pairwise",
        where=where,
        found=said,
        remedy="Write how many times the first is as important, such as 3 or 1/3; at most {most}.",
        most=f"{STRONGEST:.0f}",
    )


def _together(before: Comparison | None, given: Comparison, row: Row) -> Comparison:
    """Put an answer with the earlier ones of the same person and round."""
    if before is None:
        return given
    for column in ("side", "department"):
        if getattr(before, column) != getattr(given, column):
            raise InputError(
                "comparison.two_places",
                where=row.place(column),
                found=getattr(given, column),
                remedy="Another row of this participant says '{other}'; make them equal.",
                other=getattr(before, column),
            )
    return replace(before, answers=(*before.answers, *given.answers))


def _check(one: Comparison, file: str, criteria: Sequence[str], faults: Faults) -> None:
    if not one.answers:
        return
    _check_twice(one, file, faults)
    if one.method == "best_worst":
        _check_anchors(one, file, faults)
    if one.method != "orders":
        _check_linked(one, file, criteria, faults)


def _check_twice(one: Comparison, file: str, faults: Faults) -> None:
    """Refuse a second answer to a question, and one that contradicts its mirror image."""
    given: dict[tuple[str, str], Answer] = {}
    for answer in one.answers:
        earlier = given.setdefault((answer.first, answer.second), answer)
        mirror = given.get((answer.second, answer.first))
        where = Place(file, answer.row, "answer")
        if earlier is not answer:
            faults.add(
                InputError(
                    "comparison.twice",
                    where=where,
                    remedy="Row {row} has the same question; keep one of them.",
                    row=earlier.row,
                )
            )
        elif mirror is not None and one.method != "orders" and _clash(answer, mirror):
            faults.add(
                InputError(
                    "comparison.clash",
                    where=where,
                    found=f"{answer.times:g}",
                    remedy="Row {row} gives {other} the other way round; correct one of them.",
                    row=mirror.row,
                    other=f"{mirror.times:g}",
                )
            )


def _clash(answer: Answer, mirror: Answer) -> bool:
    return abs(math.log(answer.times * mirror.times)) > math.log1p(_RECIPROCAL_TOLERANCE)


def anchors(answers: Sequence[Answer]) -> tuple[str, str] | None:
    """Find the best and the worst criterion: every answer is about one of them.

    Parameters
    ----------
    answers : sequence of Answer

    Returns
    -------
    (best, worst) or None
        None when there is no such pair. Of several the one that is named most.
    """
    firsts = [answer.first for answer in answers]
    seconds = [answer.second for answer in answers]
    pairs = [
        (best, worst)
        for best in dict.fromkeys(firsts)
        for worst in dict.fromkeys(seconds)
        if best != worst
        and all(answer.first == best or answer.second == worst for answer in answers)
    ]
    return max(pairs, key=lambda pair: firsts.count(pair[0]) + seconds.count(pair[1]), default=None)


def _check_anchors(one: Comparison, file: str, faults: Faults) -> None:
    if anchors(one.answers) is None:
        faults.add(
            InputError(
                "comparison.no_anchors",
                where=Place(file, one.answers[0].row, "first"),
                found=one.participant,
                remedy="Let every answer have the best criterion as first or the worst as second.",
            )
        )


def _check_linked(one: Comparison, file: str, criteria: Sequence[str], faults: Faults) -> None:
    place = {name: index for index, name in enumerate(criteria)}
    pairs = [(place[answer.first], place[answer.second]) for answer in one.answers]
    groups = linked_groups(len(criteria), pairs)
    if len(groups) > 1:
        least = min(groups, key=len)
        faults.add(
            InputError(
                "comparison.unlinked",
                where=Place(file, one.answers[0].row, "participant"),
                found=one.participant,
                remedy="Nothing links {criteria} to the other criteria; add an answer that does.",
                criteria=", ".join(criteria[index] for index in least),
            )
        )
