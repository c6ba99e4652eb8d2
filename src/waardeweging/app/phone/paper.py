"""Paper ballots: a helper types over what stands on them, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.responses import Response

from waardeweging.app.phone import weighing
from waardeweging.app.phone.choices import NAME, SCALES, asked, checked
from waardeweging.app.phone.entry import patience, wrong
from waardeweging.app.phone.live import WEIGHINGS, open_sheet
from waardeweging.app.phone.paint import page
from waardeweging.app.phone.visits import STAFF_COOKIE, Problem, Visit, takes_answers
from waardeweging.app.phone.weighing import Draft
from waardeweging.problem.errors import InputError
from waardeweging.problem.labels import Label
from waardeweging.process.credentials import clean_code, new_token
from waardeweging.store import StoreError

_HELPERS = "helpers"
_YES_NO = {"1": True, "0": False}


@dataclass(frozen=True)
class Field:
    """One box on the paper."""

    name: str
    label: Label | None
    shown: str = ""
    text: str = ""
    hint: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Group:
    """Boxes under one heading."""

    label: Label | None
    name: str
    fields: tuple[Field, ...]


def front(visit: Visit) -> Response:
    """Ask for the secret, or go to the first open form."""
    if visit.staff is None:
        return _secret_form(visit)
    first = next((s.name for s in visit.here.active_sheets if takes_answers(s)), None)
    return visit.go(f"paper/{first}") if first else _show(visit, "", ())


def opened(visit: Visit) -> Response:
    """Let a helper in with the secret of a link."""
    patience(visit, _HELPERS)
    secret = visit.form.get("secret", "").strip()[:200]
    staff = visit.hall.store.staff(secret)
    if staff is None or staff.workshop != visit.here.id:
        wrong(visit, _HELPERS)
        return _secret_form(visit, 422, visit.say("paper.unknown"))
    return visit.keep(visit.go("paper"), STAFF_COOKIE, secret)


def closed(visit: Visit) -> Response:
    """Stop entering on this device."""
    return visit.drop(visit.go("paper"), STAFF_COOKIE)


def form(visit: Visit) -> Response:
    """Show the boxes of a form."""
    sheet = visit.sheet(visit.request.path_params["sheet"])
    if not takes_answers(sheet):
        return visit.go("paper")
    return _show(visit, sheet.name, _groups(visit, sheet.name, {}))


def entered(visit: Visit) -> Response:
    """Keep a paper form under the code that stands on it."""
    sheet = open_sheet(visit, visit.request.path_params["sheet"]).name
    groups = _groups(visit, sheet, visit.form)
    faults = sum(bool(field.fault) for group in groups for field in group.fields)
    typed = visit.form.get("code", "")[:24]
    code, code_fault = "", ""
    try:
        code = clean_code(typed)
    except InputError:
        code_fault = visit.say("enter.form")
    if faults or code_fault:
        count = faults + bool(code_fault)
        return _show(
            visit, sheet, groups, 422, code=typed, code_fault=code_fault, fault_count=count
        )
    patience(visit, _HELPERS)
    answer = checked(visit, sheet, _answer(visit, sheet))
    try:
        key = visit.form.get("key", "")
        receipt = visit.hall.store.by_hand(visit.here.id, code, sheet, answer, key)
    except StoreError:
        raise
    except InputError as error:
        if error.code not in ("workshop.no_card", "workshop.card_ended"):
            raise
        wrong(visit, _HELPERS)
        said = visit.say("enter.unknown")
        return _show(visit, sheet, groups, 422, code=typed, code_fault=said, fault_count=1)
    return _show(visit, sheet, _groups(visit, sheet, {}), entered=receipt.text)


def _secret_form(visit: Visit, status: int = 200, fault: str = "") -> Response:
    return page(visit, "paper", status, helper=False, fault=fault, here=f"/w/{visit.room}/paper")


def _show(
    visit: Visit, sheet: str, groups: tuple[Group, ...], status: int = 200, **shown: Any
) -> Response:
    is_open = [s.name for s in visit.here.sheets.values() if takes_answers(s)]
    always = {
        "helper": True,
        "sheet": sheet,
        "sheets": [(name, visit.say(f"sheet.{name}")) for name in is_open],
        "groups": groups,
        "code": "",
        "code_fault": "",
        "fault_count": 0,
        "entered": "",
        "key": new_token(),
        "here": f"/w/{visit.room}/paper/{sheet}".rstrip("/"),
    }
    return page(visit, "paper", status, **(always | shown))


def _groups(visit: Visit, sheet: str, given: Mapping[str, str]) -> tuple[Group, ...]:
    """Lay the boxes out in the order of the paper, with what was typed in them."""
    if sheet in WEIGHINGS:
        return _weighing_groups(visit, given)
    if sheet == "rules":
        hint = visit.say("paper.yes_no")
        box = Field(f"{NAME}agree", None, visit.say("mine.agree"), hint=hint)
        groups: tuple[Group, ...] = (Group(None, visit.say("sheet.rules"), (box,)),)
    else:
        hint = visit.say(f"paper.scale_{sheet}")
        boxes = tuple(
            Field(f"{NAME}{one}", label, text) for one, label, text in asked(visit, sheet)
        )
        groups = (Group(None, hint, boxes),)
    return tuple(
        replace(group, fields=tuple(_with_choice(visit, sheet, box, given) for box in group.fields))
        for group in groups
    )


def _with_choice(visit: Visit, sheet: str, box: Field, given: Mapping[str, str]) -> Field:
    text = given.get(box.name, "").strip()[:8]
    known = _codes(sheet)
    if not given or text in known or (not text and sheet in SCALES):
        return replace(box, text=text)
    low, high = min(known), max(known)
    return replace(box, text=text, fault=visit.say("paper.not_on_scale", low=low, high=high))


def _codes(sheet: str) -> Mapping[str, Any]:
    return _YES_NO if sheet in ("rules", "accept") else SCALES[sheet].codes


def _weighing_groups(visit: Visit, given: Mapping[str, str]) -> tuple[Group, ...]:
    framework = visit.scenario.problem.framework
    columns = framework.weighed(visit.scenario.perspective)
    criteria = [framework.criteria[column] for column in columns]
    values = [v for v in framework.values if any(c.value == v.id for c in criteria)]
    groups = []
    if len(values) > 1:
        boxes = tuple(Field(f"{weighing.VALUE}{one.id}", one.label) for one in values)
        groups.append(Group(None, visit.say("paper.values"), boxes))
    for value in values:
        inside = [one for one in criteria if one.value == value.id]
        if len(inside) > 1:
            boxes = tuple(Field(f"{weighing.CRITERION}{one.id}", one.label) for one in inside)
            groups.append(Group(value.label, value.id, boxes))
    return tuple(_with_points(visit, group, given) for group in groups)


def _with_points(visit: Visit, group: Group, given: Mapping[str, str]) -> Group:
    """Put what was typed in its boxes; a value without points needs none below it."""
    passed_over = given.get(f"{weighing.VALUE}{group.name}", "").strip() == "0"
    boxes = []
    for box in group.fields:
        text = given.get(box.name, "")[:20]
        fault = weighing.fault_of(text) if given and not (passed_over and not text) else ""
        said = visit.say(f"points.{fault}") if fault else ""
        boxes.append(replace(box, text=text, fault=said))
    if given and not passed_over and boxes and all(box.text.strip() == "0" for box in boxes):
        boxes[0] = replace(boxes[0], fault=visit.say("inside.all_zero"))
    return replace(group, fields=tuple(boxes))


def _answer(visit: Visit, sheet: str) -> dict[str, Any]:
    if sheet in WEIGHINGS:
        questions = weighing.questions_for(visit.scenario, visit.here.id, "paper")
        return weighing.answer_of(questions, weighing.filled_in(Draft(), visit.form, questions))
    typed = {
        name.removeprefix(NAME): text.strip()
        for name, text in visit.form.items()
        if name.startswith(NAME)
    }
    codes = _codes(sheet)
    if sheet == "rules":
        return {"agree": codes[typed["agree"]]}
    answers = {one: codes.get(typed.get(one, "")) for one, _, _ in asked(visit, sheet)}
    return {SCALES[sheet].field: answers}


def is_helper(role: str) -> bool:
    """Say whether a role may enter paper forms."""
    return role in ("helper", "facilitator", "administrator")


def check_helper(visit: Visit) -> None:
    """Refuse who holds no link for this, or one of another role or workshop."""
    if visit.staff is None:
        raise Problem("seat")
    if not is_helper(visit.staff.role):
        raise Problem("forbidden")
