"""One's own answers: look at them, delete them, ask something, stop on this device."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from waardeweging.app.phone.choices import SCALES, asked
from waardeweging.app.phone.live import WEIGHINGS
from waardeweging.app.phone.paint import page
from waardeweging.app.phone.receipts import spend
from waardeweging.app.phone.visits import SEAT_COOKIE, Problem, Visit
from waardeweging.app.phone.words import MOST_SIGNS, plain_words
from waardeweging.presentation.numbers import points
from waardeweging.process.events import SHEETS


def mine(visit: Visit) -> Response:
    """Show what somebody handed in."""
    return _show(visit)


def erased(visit: Visit) -> Response:
    """Delete everything that somebody handed in."""
    if visit.form.get("sure") != "yes":
        return visit.go("mine")
    visit.hall.store.erase(visit.me)
    return _show(visit, visit.say("mine.erased"))


def left(visit: Visit) -> Response:
    """Stop on this device; the answers stay."""
    visit.hall.store.leave(visit.me)
    return visit.drop(visit.go(""), SEAT_COOKIE)


def asked_something(visit: Visit) -> Response:
    """Keep a question or remark about an option, for the facilitator."""
    spend(visit, "remarks")
    words = plain_words(visit.form.get("text", ""))
    about = visit.form.get("about", "")
    known = {one.id for one in visit.scenario.problem.alternatives}
    if not words or len(words) > MOST_SIGNS or about not in known:
        raise Problem("form")
    kind = "fact" if visit.form.get("kind") == "fact" else "question"
    store = visit.hall.store
    if words not in {remark.text for remark in store.own_remarks(visit.me)}:
        store.remark(visit.me, _sheet_now(visit), about, kind, words)  # type: ignore[arg-type]
    notice = visit.say("ask.sent")
    options = visit.scenario.problem.alternatives
    return page(visit, "options", options=options, notice=notice, here=f"/w/{visit.room}/options")


def _sheet_now(visit: Visit) -> str:
    """Name the sheet that a question belongs to: the open one, else the first round."""
    return next((sheet.name for sheet in visit.here.active_sheets), "round-1")


def _show(visit: Visit, notice: str = "") -> Response:
    sheets = []
    for name in SHEETS:
        own = visit.hall.store.own(visit.me, name)
        if own is not None:
            rows = _rows(visit, name, own)
            receipt = visit.hall.store.receipt(visit.me, name)
            sheets.append({"name": visit.say(f"sheet.{name}"), "receipt": receipt, "rows": rows})
    return page(
        visit,
        "mine",
        sheets=sheets,
        may_erase=not visit.here.unlinked,
        notice=notice,
        here=f"/w/{visit.room}/mine",
    )


def _rows(visit: Visit, sheet: str, own: Mapping[str, Any]) -> list[dict[str, Any]]:
    if sheet == "rules":
        said = visit.say(f"mine.{'yes' if own['agree'] else 'no'}")
        return [{"label": None, "name": visit.say("mine.agree"), "said": said}]
    if own.get("abstain"):
        return [{"label": None, "name": visit.say("mine.abstained"), "said": ""}]
    if sheet in WEIGHINGS:
        framework = visit.scenario.problem.framework
        labels = {value.id: value.label for value in framework.values}
        labels |= {criterion.id: criterion.label for criterion in framework.criteria}
        given = {**own["values"], **own["criteria"]}
        return [
            {"label": labels[name], "name": name, "said": points(x, visit.language)}
            for name, x in given.items()
            if name in labels
        ]
    given = own[SCALES[sheet].field]
    return [
        {"label": label, "name": text, "said": _said(visit, sheet, given.get(name))}
        for name, label, text in asked(visit, sheet)
    ]


def _said(visit: Visit, sheet: str, given: int | bool | None) -> str:
    scale = SCALES[sheet]
    code = next((code for code, means in scale.codes.items() if means == given), None)
    return visit.say("mine.none") if code is None else visit.say(f"{scale.words}{code}")
