"""A ballot: what one participant filled in, kept exactly as given.

Ballots are evidence. They are never normalised, repaired or averaged here;
`weighing` turns them into weights and combines these.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar, get_args

from waardeweging.problem.criteria import Number, Text
from waardeweging.problem.errors import Faults, InputError, Place, read_all
from waardeweging.problem.labels import Described
from waardeweging.problem.numbers import parse_number
from waardeweging.problem.tables import Cells, Row, Together, read_cells, read_table
from waardeweging.problem.text import clean_text

Method = Literal["swing", "points", "ranks", "weights"]
METHODS: tuple[str, ...] = get_args(Method)
Kind = Literal["person", "institution", "delegate"]
KINDS: tuple[str, ...] = get_args(Kind)
PERSON, INSTITUTION, DELEGATE = KINDS
RESIDENTS, MUNICIPALITY = "residents", "municipality"
SIDES = (RESIDENTS, MUNICIPALITY)

_MOST_POINTS = 1_000_000.0
_MOST_ROUNDS = 99
_OTHER_NAMES = {
    RESIDENTS: ("bewoner", "bewoners", "resident", "inwoners", "buurt", "citizens"),
    MUNICIPALITY: ("gemeente", "ambtenaren", "ambtenaar", "municipal", "officials"),
}


class Ballot(Described):
    """Answers of one participant in one round.

    Parameters
    ----------
    participant : str
        Pseudonym; never a name or e-mail address. An institution gives its own name.
    side : str
        ``residents``, ``municipality`` or the name of a third party.
    department : str
        Empty when there is none.
    round : int
    method : str
        What the answers are: ``swing``, ``points``, ``ranks`` (1 = most
        important) or ``weights``.
    criteria : tuple of str, length n_criteria
    answers : tuple of float, length n_criteria, or empty
        Empty when the participant abstained.
    kind : str
        ``person``; ``institution``: one set of weights of a college or department, under
        its own name; ``delegate``: a person who speaks for others, and counts once.
    mandate : str
        For whom a delegate speaks and on what grounds; empty for a person.
    """

    participant: Text
    side: Text
    department: Text = ""
    round: int = 1
    method: Method = "points"
    criteria: tuple[Text, ...]
    answers: tuple[Number, ...]
    kind: Kind = "person"
    mandate: Text = ""

    @property
    def abstains(self) -> bool:
        """Whether nothing was filled in; that is not the same as equal weights."""
        return not self.answers


def read_ballots(
    path: Path, criteria: Sequence[str], faults: Faults, beside: Sequence[Ballot] = ()
) -> tuple[Ballot, ...]:
    """Read ``ballots``: one row per participant and round, one column per criterion.

    Parameters
    ----------
    path : Path
    criteria : sequence of str
        Ids of all criteria of the framework; empty when it could not be read,
        and then only the other columns are checked.
    faults : Faults
        Remembers every fault of the file.
    beside : sequence of Ballot
        Made from answers in other files; with these, this file may be absent.

    Returns
    -------
    tuple of Ballot
        Of this file, and after them those beside it.
    """
    if beside and not path.exists():
        _check_sides(beside, path.name, faults)
        return tuple(beside)
    before = len(faults)
    with faults.collecting():
        table = read_table(
            path,
            required=("participant", "side", "method", *criteria),
            optional=("department", "round", "kind", "mandate") if criteria else None,
        )
    if len(faults) > before:
        return ()
    found = {(ballot.participant, ballot.round): ballot for ballot in beside}
    side_of = {ballot.participant: ballot.side for ballot in beside}
    spoken_for: dict[tuple[str, str, int], str] = {}
    columns = _Columns(criteria)
    for row in table.rows:
        with faults.collecting():
            ballot = _ballot(row, columns)
            if (ballot.participant, ballot.round) in found:
                raise InputError(
                    "ballot.duplicate",
                    where=row.place("participant"),
                    found=ballot.participant,
                    remedy="This participant stands twice in this round; keep one row.",
                )
            if side_of.setdefault(ballot.participant, ballot.side) != ballot.side:
                raise InputError(
                    "ballot.two_sides",
                    where=row.place("side"),
                    found=ballot.side,
                    remedy="This participant stood on side '{side}' in another round.",
                    side=side_of[ballot.participant],
                )
            _check_mandate(ballot, spoken_for, row.place("mandate"))
            found[ballot.participant, ballot.round] = ballot
    if criteria:
        _check_sides(found.values(), path.name, faults)
    return (*list(found.values())[len(beside) :], *beside)


class InRounds(Protocol):
    """What a participant may give again in a later round."""

    @property
    def participant(self) -> str: ...  # noqa: D102

    @property
    def round(self) -> int: ...  # noqa: D102


Given = TypeVar("Given", bound=InRounds)


def latest(given: Sequence[Given]) -> tuple[Given, ...]:
    """Keep the last round of every participant, in the order of the file."""
    if len({one.participant for one in given}) == len(given):
        return tuple(given)
    last: dict[str, Given] = {}
    for one in given:
        known = last.setdefault(one.participant, one)
        if known.round <= one.round:
            last[one.participant] = one
    return tuple(one for one in given if last[one.participant] is one)


class _Columns:
    """How the cells of a table with ballots are read."""

    def __init__(self, criteria: Sequence[str]) -> None:
        self.criteria = tuple(criteria)
        self.others = Together[Any]([Cells(column, read) for column, read in _OTHERS.items()])
        self._answers: dict[str, tuple[Cells[float], ...]] = {}

    def answers(self, method: str) -> tuple[Cells[float], ...]:
        """Give the columns of the criteria, for who answered by this method."""
        if method not in self._answers:
            read = partial(_answer, method=method)
            self._answers[method] = tuple(Cells(name, read) for name in self.criteria)
        return self._answers[method]


def _ballot(row: Row, columns: _Columns) -> Ballot:
    participant, others, answers = read_all(
        row.file,
        lambda: row.id("participant"),
        lambda: columns.others.of(row),
        lambda: _answers(row, columns),
    )
    said = dict(zip(_OTHERS, others, strict=True))
    said.update(participant=participant, criteria=columns.criteria, answers=answers)
    return Ballot.model_validate(said)


def _method(text: str, place: Place) -> str:
    method = text.strip()
    if method not in METHODS:
        raise InputError(
            "ballot.unknown_method",
            where=place,
            found=method,
            remedy="Choose one of: {known}.",
            known=", ".join(METHODS),
        )
    return method


def _kind(text: str, place: Place) -> str:
    kind = text.strip() or PERSON
    if kind not in KINDS:
        raise InputError(
            "ballot.unknown_kind",
            where=place,
            found=kind,
            remedy="Choose one of: {known}; empty means person.",
            known=", ".join(KINDS),
        )
    return kind


def _check_mandate(
    ballot: Ballot, spoken_for: dict[tuple[str, str, int], str], place: Place
) -> None:
    """Demand a mandate of every delegate, and let one mandate count once on a side."""
    if ballot.kind == DELEGATE and not ballot.mandate:
        raise InputError(
            "ballot.mandate_missing",
            where=place,
            remedy="Write for whom this delegate speaks, or write person as kind.",
        )
    if ballot.kind == PERSON and ballot.mandate:
        raise InputError(
            "ballot.mandate_of_person",
            where=place,
            found=ballot.mandate,
            remedy="Write delegate as kind, or leave the mandate empty.",
        )
    if ballot.kind == DELEGATE:
        whose = (ballot.side, ballot.mandate.casefold(), ballot.round)
        first = spoken_for.setdefault(whose, ballot.participant)
        if first != ballot.participant:
            raise InputError(
                "ballot.mandate_twice",
                where=place,
                found=ballot.mandate,
                remedy="Participant {other} has this mandate too; a mandate counts once.",
                other=first,
            )


def clean_side(text: str, place: Place) -> str:
    """Read a side; one that is probably misspelt would silently count for nothing.

    Raises
    ------
    InputError
        If it is empty or looks like one of the two sides.
    """
    side = clean_text(text, place)
    if side in SIDES:
        return side
    if not side:
        raise InputError("text.empty", where=place, remedy="Write a short name.")
    folded = side.casefold()
    for known, others in _OTHER_NAMES.items():
        if difflib.get_close_matches(folded, (known, *others), n=1, cutoff=0.85):
            raise InputError(
                "ballot.side_name",
                where=place,
                found=side,
                remedy="Write '{known}'; another name is a third party, whose share is 0.",
                known=known,
            )
    return side


def round_of(row: Row) -> int:
    """Read the round of a row; 1 when it is empty.

    Raises
    ------
    InputError
        If it is not a whole number from 1.
    """
    return read_round(row["round"], row.place("round"))


def read_round(text: str, place: Place) -> int:
    """Read a round; 1 when it is empty.

    Raises
    ------
    InputError
        If it is not a whole number from 1.
    """
    if not text.strip():
        return 1
    number = parse_number(text, place)
    if not (number.is_integer() and 1 <= number <= _MOST_ROUNDS):
        raise InputError(
            "ballot.round",
            where=place,
            found=text,
            remedy="Write a whole number from 1 to {most}.",
            most=_MOST_ROUNDS,
        )
    return int(number)


def _answers(row: Row, columns: _Columns) -> tuple[float, ...]:
    if not any(map(str.strip, map(row.__getitem__, columns.criteria))):
        return ()
    answers = read_cells(row, columns.answers(row["method"].strip()))
    if not any(answers):
        raise InputError(
            "ballot.all_zero",
            where=row.place(),
            remedy="Give one criterion more than 0, or leave the whole row empty to abstain.",
        )
    return answers


def _answer(text: str, place: Place, method: str) -> float:
    if not text.strip():
        raise InputError(
            "ballot.gap",
            where=place,
            remedy="Fill in a number (0 means: does not matter), or leave the whole row empty.",
        )
    answer = parse_number(text, place)
    if answer < 0:
        raise InputError(
            "ballot.negative",
            where=place,
            found=text,
            remedy="Give 0 or more; 0 means that this criterion does not matter.",
        )
    if method == "ranks" and not (answer >= 1 and answer.is_integer()):
        raise InputError(
            "ballot.rank",
            where=place,
            found=text,
            remedy="Write a place: 1 for the most important, then 2, 3 …; equal places may be.",
        )
    most = 100.0 if method == "swing" else _MOST_POINTS
    if answer > most:
        raise InputError(
            "ballot.too_many",
            where=place,
            found=text,
            remedy="Write at most {most}.",
            most=f"{most:.0f}",
        )
    return answer


# The columns of a table with ballots, beside the participant and the criteria.
_OTHERS: Mapping[str, Callable[[str, Place], object]] = {
    "side": clean_side,
    "department": clean_text,
    "kind": _kind,
    "mandate": clean_text,
    "method": _method,
    "round": read_round,
}


def _check_sides(ballots: Iterable[Ballot], file: str, faults: Faults) -> None:
    given = {ballot.side for ballot in ballots if not ballot.abstains}
    for side in SIDES:
        if side not in given:
            faults.add(
                InputError(
                    "ballot.side_without_ballots",
                    where=Place(file, None, "side"),
                    found=side,
                    remedy="Side '{side}' has no filled-in ballot; "
                    "without both sides nothing can be weighed together.",
                    side=side,
                )
            )
