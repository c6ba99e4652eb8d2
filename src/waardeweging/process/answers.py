"""What people answer on each sheet, and ballots made of it. Answers are kept as given.

Reasons and questions in words are not part of an answer: they are kept apart, where
they can be moderated and deleted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from waardeweging.elicitation.ballots import Ballot
from waardeweging.elicitation.methods import weights_from_hierarchy
from waardeweging.problem.arrays import FloatArray
from waardeweging.problem.criteria import Criterion, Framework, Perspective
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.process.events import SHEETS

QUESTIONS = ("room", "information", "voice", "seriously", "trust", "difference")
"""The questions on the cooperation sheet."""

_MOST_ANSWERS = 200
Id = Annotated[str, Field(min_length=1, max_length=64)]
Points = Annotated[int, Field(ge=0, le=100)]
Grade = Annotated[int, Field(ge=0, le=4)]
Step = Annotated[int, Field(ge=1, le=5)]


class Answer(BaseModel):
    """Form of an answer: frozen, exact, whole numbers only."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class RulesAnswer(Answer):
    """Whether somebody agrees with the rules."""

    agree: bool


class WeighingAnswer(Answer):
    """Points for values, and for criteria inside their value, 0 to 100."""

    values: Annotated[dict[Id, Points], Field(max_length=_MOST_ANSWERS)]
    criteria: Annotated[dict[Id, Points], Field(max_length=_MOST_ANSWERS)]


class Abstention(Answer):
    """Somebody chose not to weigh; that is not the same as equal weights."""

    abstain: Literal[True]


class GradesAnswer(Answer):
    """A grade per option: 0 reject, 1 poor, 2 fair, 3 good, 4 excellent; None is no opinion."""

    grades: Annotated[dict[Id, Grade | None], Field(max_length=_MOST_ANSWERS)]


class AcceptAnswer(Answer):
    """Per option, whether somebody can live with it; None is no opinion."""

    accept: Annotated[dict[Id, bool | None], Field(max_length=_MOST_ANSWERS)]


class CooperationAnswer(Answer):
    """Per question 1 (not at all) to 5 (fully); None is no opinion."""

    answers: Annotated[dict[Id, Step | None], Field(max_length=_MOST_ANSWERS)]


_FORMS: Mapping[str, type[Answer]] = {
    "rules": RulesAnswer,
    "practice": WeighingAnswer,
    "round-1": WeighingAnswer,
    "round-2": WeighingAnswer,
    "grades": GradesAnswer,
    "accept": AcceptAnswer,
    "cooperation": CooperationAnswer,
}


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that counts, without the card it came from.

    Parameters
    ----------
    pseudonym : str
        Drawn by lot; the same on every sheet of one workshop.
    side, department : str
    payload : mapping
        The answer as given.
    """

    pseudonym: str
    side: str
    department: str
    payload: Mapping[str, Any]


def check_form(sheet: str, payload: object) -> dict[str, Any]:
    """Check that an answer has the form of its sheet, whatever the options are.

    Raises
    ------
    ExceptionGroup of InputError
        With every fault.
    """
    if sheet not in _FORMS:
        raise ValueError(f"no such sheet: {sheet!r}; one of {', '.join(SHEETS)}")
    form = Abstention if _abstains(payload) and _weighs(sheet) else _FORMS[sheet]
    try:
        return form.model_validate(payload).model_dump()
    except ValidationError as error:
        faults = [_form_fault(sheet, found["loc"]) for found in error.errors()]
        what = f"{len(faults)} faults in the answer on sheet {sheet}"
        raise ExceptionGroup(what, faults) from None


def check_payload(
    sheet: str,
    payload: object,
    framework: Framework,
    options: Sequence[str],
    perspective: Perspective | None = None,
) -> dict[str, Any]:
    """Check an answer against what was asked.

    Parameters
    ----------
    sheet : str
        One of `SHEETS`.
    payload : object
        As it came in.
    framework : Framework
    options : sequence of str
        Ids of the options.
    perspective : str, optional
        Whose criteria were asked about; None asks about all.

    Returns
    -------
    dict
        The same answer, ready to submit.

    Raises
    ------
    ExceptionGroup of InputError
        With every fault.
    """
    answer = check_form(sheet, payload)
    faults = Faults()
    if "values" in answer:
        asked = _Asked.of(framework, perspective)
        faults.add(*asked.faults(sheet, answer))
    for name in ("grades", "accept"):
        if name in answer:
            faults.add(*_unlike(sheet, name, answer[name], options))
    if "answers" in answer:
        faults.add(*_unlike(sheet, "answers", answer["answers"], QUESTIONS))
    faults.raise_all(f"the answer on sheet {sheet}")
    return answer


def as_ballots(
    given: Sequence[Given],
    framework: Framework,
    perspective: Perspective,
    round: int,
) -> tuple[Ballot, ...]:
    """Turn answers of a round into ballots with weights.

    Parameters
    ----------
    given : sequence of Given
        Answers on ``practice``, ``round-1`` or ``round-2``.
    framework : Framework
    perspective : str
        Whose criteria were asked about; the others get weight 0.
    round : int

    Returns
    -------
    tuple of Ballot
        One per answer, in the same order; an abstention has no answers.
    """
    asked = _Asked.of(framework, perspective)
    ids = tuple(criterion.id for criterion in framework.criteria)
    return tuple(
        Ballot(
            participant=answer.pseudonym,
            side=answer.side,
            department=answer.department,
            round=round,
            method="weights",
            criteria=ids,
            answers=_answers(answer.payload, asked, ids),
        )
        for answer in given
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """The values and criteria that one perspective asks about."""

    values: tuple[str, ...]
    criteria: tuple[Criterion, ...]

    @classmethod
    def of(cls, framework: Framework, perspective: Perspective | None) -> _Asked:
        places = range(len(framework.criteria))
        columns = places if perspective is None else framework.weighed(perspective)
        criteria = tuple(framework.criteria[place] for place in columns)
        used = {criterion.value for criterion in criteria}
        return cls(tuple(v.id for v in framework.values if v.id in used), criteria)

    def inside(self, value: str) -> tuple[str, ...]:
        return tuple(c.id for c in self.criteria if c.value == value)

    def faults(self, sheet: str, answer: Mapping[str, Any]) -> list[InputError]:
        values, criteria = answer["values"], answer["criteria"]
        # A single value needs no points: there is nothing to weigh it against.
        listed = _unlike if len(self.values) > 1 else _unknown
        found = listed(sheet, "values", values, self.values)
        found += _unknown(sheet, "criteria", criteria, [c.id for c in self.criteria])
        if values and not any(values.values()):
            found.append(
                _fault("workshop.all_zero", "Give one value more than 0.", sheet, "values")
            )
        for value in self.values:
            if values.get(value, 100) and not self._is_divided(value, criteria):
                found.append(_undivided(sheet, value))
        return found

    def _is_divided(self, value: str, criteria: Mapping[str, int]) -> bool:
        inside = self.inside(value)
        points = [criteria.get(criterion) for criterion in inside]
        return len(inside) == 1 or (None not in points and any(points))

    def weights(self, answer: Mapping[str, Any]) -> FloatArray:
        values = [
            answer["values"].get(value, 0 if answer["values"] else 100) for value in self.values
        ]
        points = [self._points(criterion, answer["criteria"]) for criterion in self.criteria]
        parents = [self.values.index(criterion.value) for criterion in self.criteria]
        return weights_from_hierarchy(values, points, np.array(parents))

    def _points(self, criterion: Criterion, criteria: Mapping[str, int]) -> int:
        alone = len(self.inside(criterion.value)) == 1
        return 100 if alone else criteria.get(criterion.id, 0)


def _answers(payload: Mapping[str, Any], asked: _Asked, ids: Sequence[str]) -> tuple[float, ...]:
    if _abstains(payload):
        return ()
    weights = dict(zip((c.id for c in asked.criteria), asked.weights(payload), strict=True))
    return tuple(float(weights.get(criterion, 0.0)) for criterion in ids)


def _abstains(payload: object) -> bool:
    return isinstance(payload, Mapping) and "abstain" in payload


def _weighs(sheet: str) -> bool:
    return _FORMS[sheet] is WeighingAnswer


def _fault(code: str, remedy: str, sheet: str, field: str | None) -> InputError:
    return InputError(code, where=Place(sheet, None, field), remedy=remedy)


def _undivided(sheet: str, value: str) -> InputError:
    remedy = "Give every criterion of this value points, and one of them more than 0."
    return InputError("workshop.undivided", where=Place(sheet, None, value), remedy=remedy)


def _form_fault(sheet: str, place: Sequence[int | str]) -> InputError:
    field = ".".join(str(step) for step in place) or None
    return _fault("workshop.answer_form", "Choose one of the answers that are asked.", sheet, field)


def _unknown(
    sheet: str, name: str, given: Mapping[str, object], asked: Sequence[str]
) -> list[InputError]:
    return [
        _fault("workshop.not_asked", "Leave this out; it is not asked.", sheet, f"{name}.{one}")
        for one in given
        if one not in asked
    ]


def _unlike(
    sheet: str, name: str, given: Mapping[str, object], asked: Sequence[str]
) -> list[InputError]:
    missing = [
        _fault("workshop.no_answer", "Give an answer here.", sheet, f"{name}.{one}")
        for one in asked
        if one not in given
    ]
    return missing + _unknown(sheet, name, given, asked)
