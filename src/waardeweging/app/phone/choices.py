"""Sheets where one chooses: the vote on the rules, grades, acceptance, cooperation.

On all but the vote one may leave out what one has no opinion on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from waardeweging.app.phone.live import closing, open_sheet
from waardeweging.app.phone.paint import page, watching
from waardeweging.app.phone.receipts import hand_in, spend
from waardeweging.app.phone.visits import Problem, Visit, takes_answers
from waardeweging.presentation.numbers import percent
from waardeweging.problem.labels import Label
from waardeweging.process.answers import QUESTIONS, check_payload
from waardeweging.process.credentials import new_token

NAME = "q-"
_EQUAL = 0.5
_SHOWN_OF_FINGERPRINT = 16


@dataclass(frozen=True, slots=True)
class Scale:
    """The answers that one of these sheets knows.

    Parameters
    ----------
    field : str
        Where the answers stand in the payload.
    codes : mapping of str to int or bool
        What the form says, and what it means.
    words : str
        Start of the keys of their sentences.
    """

    field: str
    codes: Mapping[str, int | bool]
    words: str


SCALES: Mapping[str, Scale] = {
    "grades": Scale("grades", {str(n): n for n in (4, 3, 2, 1, 0)}, "grades.grade-"),
    "accept": Scale("accept", {"yes": True, "no": False}, "accept."),
    "cooperation": Scale("answers", {str(n): n for n in (5, 4, 3, 2, 1)}, "cooperation.answer-"),
}


def asked(visit: Visit, sheet: str) -> tuple[tuple[str, Label | None, str], ...]:
    """Give what a sheet asks about: id, label of an option or None, and the question."""
    if sheet == "cooperation":
        return tuple((name, None, visit.say(f"question.{name}")) for name in QUESTIONS)
    options = visit.scenario.problem.alternatives
    return tuple((one.id, one.label, one.label[visit.language]) for one in options)


def rules_form(visit: Visit) -> Response:
    """Show the rules, and ask for a vote."""
    sheet = visit.sheet("rules")
    if not takes_answers(sheet):
        return visit.go("now")
    workshop = visit.here
    return page(
        visit,
        "rules",
        rules=rules_of(visit),
        fingerprint=(workshop.fingerprint or "")[:_SHOWN_OF_FINGERPRINT],
        key=new_token(),
        closes=closing(visit, sheet),
        watch=watching(visit, "rules", waiting=False),
    )


def rules_of(visit: Visit) -> list[str]:
    """Say the rules of this workshop, those of the program first."""
    rules, language = visit.here.rules, visit.language
    if rules.share == _EQUAL:
        share = visit.say("rules.share_equal")
    else:
        parts = (percent(one, language) for one in (rules.share, 1 - rules.share))
        share = visit.say(
            "rules.share", **dict(zip(("residents", "municipality"), parts, strict=True))
        )
    said = [share, visit.say("rules.fewest", fewest=rules.fewest)]
    said += [visit.say(f"rules.{name}") for name in ("private", "operator", "stop", "decide")]
    adopted = visit.here.proposals
    return [*said, *rules.texts, *(adopted[name].text for name in sorted(visit.here.adopted))]


def rules_voted(visit: Visit) -> Response:
    """Keep a vote on the rules."""
    open_sheet(visit, "rules")
    agree = {"yes": True, "no": False}.get(visit.form.get("agree", ""))
    if agree is None:
        raise Problem("form")
    return hand_in(visit, "rules", {"agree": agree}, visit.form.get("key", ""))


def choices_form(visit: Visit) -> Response:
    """Ask what is chosen per option or question."""
    name = _name(visit)
    if not takes_answers(visit.sheet(name)):
        return visit.go("now")
    me, store = visit.me, visit.hall.store
    given = store.draft(me, name) or store.own(me, name) or {}
    return _ask(visit, name, given.get(SCALES[name].field, {}))


def draft_given(visit: Visit) -> Response:
    """Keep what is chosen until now."""
    name = _name(visit)
    open_sheet(visit, name)
    spend(visit, "drafts")
    chosen = _chosen(visit, name)
    visit.hall.store.save_draft(visit.me, name, {SCALES[name].field: chosen})
    return Response(status_code=204)


def chosen(visit: Visit) -> Response:
    """Hand in what is chosen."""
    name = _name(visit)
    open_sheet(visit, name)
    given = _chosen(visit, name)
    answers = {one: given.get(one) for one, _, _ in asked(visit, name)}
    answer = checked(visit, name, {SCALES[name].field: answers})
    return hand_in(visit, name, answer, visit.form.get("key", ""))


def checked(visit: Visit, sheet: str, answer: Mapping[str, Any]) -> dict[str, Any]:
    """Check an answer against what was asked."""
    problem = visit.scenario.problem
    options = [one.id for one in problem.alternatives]
    return check_payload(sheet, answer, problem.framework, options, visit.scenario.perspective)


def _name(visit: Visit) -> str:
    name: str = visit.request.path_params["sheet"]
    if name not in SCALES:
        raise Problem("not_found")
    return name


def _chosen(visit: Visit, sheet: str) -> dict[str, int | bool]:
    codes = SCALES[sheet].codes
    picked = {one: visit.form.get(f"{NAME}{one}", "") for one, _, _ in asked(visit, sheet)}
    return {one: codes[code] for one, code in picked.items() if code in codes}


def _ask(visit: Visit, sheet: str, given: Mapping[str, Any]) -> Response:
    return page(
        visit,
        "choices",
        sheet=sheet,
        questions=[
            {
                "name": f"{NAME}{one}",
                "text": text,
                "label": label,
                "choices": _choices(visit, SCALES[sheet]),
                "chosen": _code(SCALES[sheet], given, one),
            }
            for one, label, text in asked(visit, sheet)
        ],
        key=new_token(),
        closes=closing(visit, visit.sheet(sheet)),
        watch=watching(visit, sheet, waiting=False),
    )


def _choices(visit: Visit, scale: Scale) -> Sequence[Mapping[str, str]]:
    found = [{"code": code, "text": visit.say(f"{scale.words}{code}")} for code in scale.codes]
    start = scale.words.split(".")[0]
    return [*found, {"code": "", "text": visit.say(f"{start}.none")}]


def _code(scale: Scale, given: Mapping[str, Any], one: str) -> str | None:
    """Give the code that was chosen before; None when nothing was."""
    if one not in given:
        return None
    return next((code for code, means in scale.codes.items() if means == given[one]), "")
