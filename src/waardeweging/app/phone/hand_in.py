"""The last pages of a weighing: the trade-off mirror, a reason, handing in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from waardeweging.app.phone import weighing
from waardeweging.app.phone.receipts import hand_in
from waardeweging.app.phone.visits import Visit
from waardeweging.app.phone.weigh_work import Weighing
from waardeweging.app.phone.words import MOST_SIGNS, plain_words
from waardeweging.app.trade_offs import TradeOff, trade_offs
from waardeweging.presentation.numbers import number, percent, quantity
from waardeweging.process.answers import check_payload
from waardeweging.process.credentials import new_token

_KINDS = ("reason", "question", "fact")


def mirror(visit: Visit) -> Response:
    """Say back what somebody's points mean."""
    work = Weighing.of(visit)
    unfinished = work.unfinished()
    weights = None if unfinished or work.draft.abstains else work.weights()
    if weights is None:
        return work.go(unfinished or weighing.HAND_IN)
    asked = trade_offs(work.questions.criteria, weights, work.questions.parents())
    if not asked:
        return work.go(weighing.HAND_IN)
    return work.show(
        "mirror",
        weighing.MIRROR,
        statements=[_statement(work, one) for one in asked],
        back=f"/w/{visit.room}/{work.sheet}/{work.beside(weighing.MIRROR, -1)}",
    )


def hand_in_form(visit: Visit) -> Response:
    """Show what will be handed in, and ask for a reason that one may leave out."""
    work = Weighing.of(visit)
    unfinished = work.unfinished()
    return work.go(unfinished) if unfinished else _summary(work)


def handed_in(visit: Visit) -> Response:
    """Hand in what was shown, once."""
    work = Weighing.of(visit)
    unfinished = work.unfinished()
    if unfinished:
        return work.go(unfinished)
    answer = _answer(work)
    if visit.form.get("shown") != _digest(answer):
        return _summary(work, 409, notice=visit.say("hand_in.changed"))
    words = plain_words(visit.form.get("text", ""))
    if len(words) > MOST_SIGNS:
        return _summary(
            work, 422, typed=words[:MOST_SIGNS], reason_fault=visit.say("reason.too_long")
        )
    response = hand_in(visit, work.sheet, answer, visit.form.get("key", ""))
    _remember(work, words)
    return response


def _remember(work: Weighing, words: str) -> None:
    """Keep a reason apart from the answer; the same words sent twice are kept once."""
    visit = work.visit
    if not words:
        return
    kind = visit.form.get("kind", "")
    about = visit.form.get("about", "")
    known = {one.id for one in work.questions.criteria}
    mine = visit.hall.store.own_remarks(visit.me, work.sheet)
    if words not in {remark.text for remark in mine}:
        visit.hall.store.remark(
            visit.me,
            work.sheet,
            about if about in known else "",
            kind if kind in _KINDS else "reason",  # type: ignore[arg-type]
            words,
        )


def _answer(work: Weighing) -> dict[str, Any]:
    scenario = work.visit.scenario
    answer = weighing.answer_of(work.questions, work.draft)
    options = [one.id for one in scenario.problem.alternatives]
    framework = scenario.problem.framework
    return check_payload(work.sheet, answer, framework, options, scenario.perspective)


def _digest(answer: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(answer, sort_keys=True).encode()).hexdigest()[:16]


def _statement(work: Weighing, one: TradeOff) -> dict[str, Any]:
    visit = work.visit
    language = visit.language
    names = {"criterion": one.light.label[language], "other": one.heavy.label[language]}
    if one.light_amount is not None and one.heavy_amount is not None:
        sentence = visit.say(
            "mirror.exchange",
            amount=quantity(one.light_amount, one.light.unit, language),
            equal=quantity(one.heavy_amount, one.heavy.unit, language),
            **names,
        )
    else:
        names = {"criterion": names["other"], "other": names["criterion"]}
        times = number(one.times, language, 1)
        key = "mirror.equal" if times == "1" else "mirror.ratio"
        sentence = visit.say(key, times=times, **names)
    return {"sentence": sentence, "places": _places(work, one)}


def _places(work: Weighing, one: TradeOff) -> list[dict[str, str]]:
    """Where the points stand that a statement follows from."""
    visit = work.visit
    room = f"/w/{visit.room}/{work.sheet}"
    by_id = {value.id: value for value in work.questions.values}
    touched = {one.heavy.value: None, one.light.value: None}
    places = []
    if work.questions.has_values and len(touched) > 1:
        places.append({"address": f"{room}/values", "name": visit.say("mirror.points_values")})
    for value in touched:
        if f"{weighing.INSIDE}/{value}" in work.steps:
            name = by_id[value].label[visit.language]
            places.append({"address": f"{room}/inside/{value}", "name": name})
    return places


def _summary(work: Weighing, status: int = 200, **shown: Any) -> Response:
    visit, questions = work.visit, work.questions
    weights = work.weights() if not work.draft.abstains else None
    weighed = [] if weights is None else list(zip(questions.criteria, weights, strict=True))
    weighed.sort(key=lambda pair: -pair[1])
    heaviest = max((float(weight) for _, weight in weighed), default=1.0)
    always: dict[str, Any] = {
        "abstains": work.draft.abstains,
        "rows": [
            {
                "label": criterion.label,
                "percent": percent(float(weight), visit.language),
                "width": round(100 * float(weight) / heaviest),
            }
            for criterion, weight in weighed
        ],
        "subjects": questions.criteria,
        "may_explain": True,
        "typed": "",
        "reason_fault": "",
        "key": new_token(),
        "shown": _digest(_answer(work)),
        "back": f"/w/{visit.room}/{work.sheet}/{work.steps[0]}",
    }
    return work.show("hand_in", weighing.HAND_IN, status, **(always | shown))
