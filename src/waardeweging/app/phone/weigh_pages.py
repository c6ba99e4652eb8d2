"""The pages of a weighing that ask for points."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from waardeweging.app.phone import weighing
from waardeweging.app.phone.receipts import spend
from waardeweging.app.phone.visits import Problem, Visit
from waardeweging.app.phone.weigh_work import Weighing
from waardeweging.app.phone.weighing import PointsField
from waardeweging.presentation.numbers import quantity
from waardeweging.problem.criteria import Criterion, Value
from waardeweging.problem.labels import Label


def start(visit: Visit) -> Response:
    """Go to the first page that is not complete."""
    try:
        work = Weighing.of(visit)
    except Problem as problem:
        # Who comes late sees what happens now.
        if problem.trouble in ("closed", "paused"):
            return visit.go("now")
        raise
    if work.draft.abstains and not work.is_own_earlier:
        return work.go(weighing.HAND_IN)
    first = work.steps[0]
    return work.go(first if work.is_own_earlier else work.unfinished() or first)


def points_form(visit: Visit) -> Response:
    """Ask for the points of the values, or of the criteria of one value."""
    work, step = Weighing.of(visit), _step(visit)
    return _ask(work, step, _fields(work, step, None))


def points_given(visit: Visit) -> Response:
    """Keep the points of a page and go where the button says."""
    spend(visit, "drafts")
    work, step, form = Weighing.of(visit), _step(visit), visit.form
    if form.get("go") == "abstain":
        visit.hall.store.save_draft(visit.me, work.sheet, {"abstain": True})
        return work.go(weighing.HAND_IN)
    fields = _fields(work, step, form)
    draft = weighing.filled_in(work.draft, form, work.questions)
    pressed = form.get("step", "")
    if pressed.rpartition(":")[0] in {field.name for field in fields}:
        draft = weighing.moved(draft, pressed)
    visit.hall.store.save_draft(visit.me, work.sheet, draft.payload())
    work = Weighing(visit, work.sheet, work.questions, draft, is_own_earlier=False)
    if pressed:
        return visit.go(f"{work.sheet}/{step}#at-{pressed.rpartition(':')[0]}")
    if form.get("go") == "back":
        return work.go(work.beside(step, -1))
    if any(field.fault for field in fields) or not _is_whole(work, step):
        return _ask(work, step, fields, 422)
    return work.go(work.beside(step, 1))


def draft_given(visit: Visit) -> Response:
    """Keep what is on the screen while somebody is still at it."""
    spend(visit, "drafts")
    work = Weighing.of(visit)
    draft = weighing.filled_in(work.draft, visit.form, work.questions)
    visit.hall.store.save_draft(visit.me, work.sheet, draft.payload())
    half = [
        name
        for name, text in visit.form.items()
        if name.startswith((weighing.VALUE, weighing.CRITERION))
        and text.strip()
        and weighing.fault_of(text)
    ]
    # Half a number is no fault yet: the field says so when one goes on.
    return Response(status_code=202 if half else 204)


def _step(visit: Visit) -> str:
    value = visit.request.path_params.get("value")
    return weighing.VALUES if value is None else f"{weighing.INSIDE}/{value}"


def _is_whole(work: Weighing, step: str) -> bool:
    own = work.draft.own()
    if step == weighing.VALUES:
        return own.may_lock(work.questions.values)
    unfinished = {f"{weighing.INSIDE}/{value.id}" for value in work.questions.open_values(own)}
    return step not in unfinished


def _fields(work: Weighing, step: str, form: Mapping[str, str] | None) -> list[PointsField]:
    try:
        asked = weighing.asked_on(work.questions, step)
    except KeyError:
        raise Problem("not_found") from None
    return [_field(work, one, form) for one in asked]


def _field(work: Weighing, asked: Value | Criterion, form: Mapping[str, str] | None) -> PointsField:
    language = work.visit.language
    is_value = isinstance(asked, Value)
    name = f"{weighing.VALUE if is_value else weighing.CRITERION}{asked.id}"
    kept = (work.draft.values if is_value else work.draft.criteria).get(asked.id)
    written = "" if kept is None else str(kept)
    text = written if form is None else form.get(name, "")[:20]
    fault = weighing.fault_of(text) if form is not None else ""
    return PointsField(
        name,
        asked.label,
        asked.label[language],
        text,
        None if weighing.fault_of(text) else weighing.read_whole(text),
        asked.description,
        "" if isinstance(asked, Value) else _end(work.visit, asked, asked.worst_label, asked.worst),
        "" if isinstance(asked, Value) else _end(work.visit, asked, asked.best_label, asked.best),
        work.visit.say(f"points.{fault}") if fault else "",
    )


def _end(visit: Visit, criterion: Criterion, label: Label | None, x: float) -> str:
    if label is not None:
        return label[visit.language]
    return quantity(x, criterion.unit, visit.language)


def _ask(work: Weighing, step: str, fields: list[PointsField], status: int = 200) -> Response:
    visit = work.visit
    faults = sum(bool(field.fault) for field in fields)
    if step == weighing.VALUES:
        return work.show(
            "values",
            step,
            status,
            fields=fields,
            left=_left(visit, fields),
            prefilled=work.is_own_earlier,
            fault_count=faults,
            notice=_left(visit, fields) if status != 200 and not faults else "",
        )
    value = next(v for v in work.questions.values if step == f"{weighing.INSIDE}/{v.id}")
    return work.show(
        "inside",
        step,
        status,
        value=value,
        fields=fields,
        fault_count=faults,
        all_zero=work.questions.all_zero(value, work.draft.own()) and status != 200,
    )


def _left(visit: Visit, fields: list[PointsField]) -> str:
    left = 100 - sum(field.number or 0 for field in fields)
    if left == 0:
        return visit.say("values.done")
    if left == 1:
        return visit.say("values.left_one")
    return visit.say("values.left" if left > 0 else "values.over", x=abs(left))
