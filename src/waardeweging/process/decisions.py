"""What may be decided about a workshop: every function gives the events, or refuses.

Nothing is kept and nothing is looked up here. A refusal is an `InputError` that says
what to do instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from waardeweging.elicitation.ballots import SIDES
from waardeweging.problem.errors import Place
from waardeweging.problem.text import clean_text
from waardeweging.process import events as e
from waardeweging.process.deciding import (
    Decided,
    majorities,
    one,
    reason_of,
    refusal,
)
from waardeweging.process.fingerprint import fingerprint
from waardeweging.process.moments import later
from waardeweging.process.state import Sheet, Workshop

GRACE = 30.0
"""How long after its clock ran out a sheet still takes an answer that was on its way. [s]"""

# A consultation stays open for weeks.
_MOST_MINUTES = 60 * 24 * 60


def create(
    title: str,
    files: Mapping[str, str],
    *,
    language: str,
    exploration: bool,
    room_code: str,
    rules: e.Rules | None = None,
) -> Decided:
    """Begin a workshop about a folder of files, given by path and SHA-256."""
    if not title.strip():
        raise refusal("workshop.no_title", "Give the workshop a title.", "title")
    if not files:
        raise refusal("workshop.no_files", "Choose a folder with a scenario.", "files")
    return one(
        e.Created,
        title=title.strip(),
        language=language,
        exploration=exploration,
        room_code=room_code,
        files=dict(files),
        rules=rules or e.Rules(),
    )


def set_rules(state: Workshop, rules: e.Rules) -> Decided:
    """Write the rules; after freezing that takes a revision first."""
    _not_frozen(state)
    _not_over(state)
    return one(e.RulesSet, rules=rules)


def freeze(state: Workshop) -> Decided:
    """Give files and rules their fingerprint; from here on they stay as they are."""
    _not_frozen(state)
    _not_over(state)
    sign = fingerprint(state.files_sha256, state.rules)
    return one(e.Frozen, fingerprint=sign, version=state.version)


def revise(state: Workshop, files: Mapping[str, str], reason: str) -> Decided:
    """Put other files in the place of the frozen ones, as a new version that is not frozen yet."""
    _not_over(state)
    _none_active(state)
    reason = reason_of(reason)
    return one(e.Revised, files=dict(files), reason=reason, version=state.version + 1)


def open_sheet(state: Workshop, sheet: str, minutes: float | None, at: str) -> Decided:
    """Let a sheet take answers, with a clock or without one.

    Parameters
    ----------
    state : Workshop
    sheet : str
        One of `SHEETS`.
    minutes : float or None
        What the clock shows at the start. [min]
    at : str
        This moment.
    """
    found = _sheet(state, sheet)
    _not_over(state)
    if found.status == "closed":
        raise refusal("workshop.open_again", "Reopen it, with a reason.", sheet)
    if found.status != "waiting":
        raise refusal("workshop.already_open", "It is open already.", sheet)
    _may_begin(state, sheet)
    return one(e.Opened, sheet=sheet, closes_at=_ends(minutes, at))


def pause(state: Workshop, sheet: str) -> Decided:
    """Stop the clock and take no answers for a while."""
    _must_be(state, sheet, "open")
    return one(e.Paused, sheet=sheet)


def resume(state: Workshop, sheet: str, at: str) -> Decided:
    """Go on after a pause, with the time that was left."""
    left = _must_be(state, sheet, "paused").seconds_left
    return one(e.Resumed, sheet=sheet, closes_at=None if left is None else later(at, left))


def extend(state: Workshop, sheet: str, minutes: float, at: str) -> Decided:
    """Add minutes to the clock; without a clock it starts now."""
    found = _must_be(state, sheet, "open")
    ends = _end(minutes, max(found.closes_at or at, at))
    return one(e.Extended, sheet=sheet, closes_at=ends)


def close(state: Workshop, sheet: str) -> Decided:
    """Take no more answers; the record holds how many count, per side."""
    found = _must_be(state, sheet, "open", "paused")
    return one(e.Closed, sheet=sheet, counted=dict(found.submitted))


def reopen(
    state: Workshop, sheet: str, reason: str, at: str, minutes: float | None = None
) -> Decided:
    """Take answers again on a closed sheet, for a reason that everybody can read."""
    _must_be(state, sheet, "closed")
    _not_over(state)
    return one(e.Reopened, sheet=sheet, reason=reason_of(reason), closes_at=_ends(minutes, at))


def check_takes_answers(state: Workshop, sheet: str, at: str) -> None:
    """Refuse unless a sheet takes answers at this moment.

    Raises
    ------
    InputError
        If it is not open, paused, or its clock ran out more than `GRACE` ago.
    """
    found = _sheet(state, sheet)
    if found.status == "paused":
        raise refusal("workshop.sheet_paused", "Wait until the facilitator goes on.", sheet)
    ended = found.closes_at is not None and at > later(found.closes_at, GRACE)
    if found.status == "closed" or ended:
        raise refusal("workshop.sheet_closed", "This part is over; go on to the next.", sheet)
    if found.status != "open":
        raise refusal("workshop.sheet_waiting", "Wait until the facilitator begins.", sheet)


def check_closed(state: Workshop, sheet: str) -> None:
    """Refuse unless a sheet is closed; before that nobody sees an answer."""
    if _sheet(state, sheet).status != "closed":
        raise refusal("workshop.not_closed", "Close this part first.", sheet)


def show(state: Workshop, step: int, page: str) -> Decided:
    """Take the big screen to a page."""
    return one(e.Shown, step=step, page=page)


def hide(state: Workshop, hidden: bool = True) -> Decided:
    """Cover the big screen, or show it again."""
    return one(e.Hidden, hidden=hidden)


def emergency(state: Workshop, on: bool) -> Decided:
    """Put the emergency screen over everything, or take it away."""
    return one(e.Emergency, on=on)


def note(state: Workshop, text: str) -> Decided:
    """Write something down for the log."""
    if not text.strip():
        raise refusal("workshop.no_text", "Write something first.", "text")
    return one(e.Note, text=text.strip())


def issue(state: Workshop, side: str, count: int) -> Decided:
    """Make cards for a side; of which department they are, the cards alone know."""
    _not_over(state)
    _may_issue(count)
    return one(e.Issued, side=_side(side), count=count)


def issue_pairs(state: Workshop, count: int) -> Decided:
    """Make cards for buddies: one of each side, who stay together all evening."""
    _not_over(state)
    _may_issue(count)
    issued = tuple(event for side in SIDES for event in one(e.Issued, side=side, count=count))
    return (*issued, *one(e.Paired, count=count))


def _may_issue(count: int) -> None:
    if not 1 <= count <= 10_000:
        raise refusal("workshop.card_count", "Make 1 to 10000 cards at a time.", "count")


def correct_side(
    state: Workshop, was: str, now: str, *, seated: bool, sheets: Sequence[str]
) -> Decided:
    """Put a card on its right side; closed sheets stay as they were counted."""
    _not_over(state)
    now = _side(now)
    if was == now:
        raise refusal("workshop.same_side", "The card is on this side already.", "side")
    return one(e.SideCorrected, was=was, now=now, seated=seated, sheets=list(sheets))


def revoke(state: Workshop, side: str, *, seated: bool, sheets: Sequence[str]) -> Decided:
    """End a card, such as a lost one; its answers on sheets that are not closed stop counting."""
    _not_over(state)
    return one(e.Revoked, side=side, seated=seated, sheets=list(sheets))


def make_tables(state: Workshop, tables: Mapping[str, int]) -> Decided:
    """Divide people over tables: table number per card."""
    _not_over(state)
    return one(e.TablesMade, tables=dict(tables))


def agree(
    state: Workshop, agreement: str, what: str, who: str, when: str, status: str = "open"
) -> Decided:
    """Write an agreement down, or how an earlier one stands.

    The chain never forgets, so `who` is a role or an organisation and never a person's name.
    """
    if not what.strip() or not who.strip():
        raise refusal("workshop.agreement_gap", "Say what, and who does it.", "agreement")
    return one(e.Agreed, id=agreement, what=what, who=who, when=when, status=status)


def propose_rule(state: Workshop, proposal: str, side: str, text: str) -> Decided:
    """Propose a rule in the name of a side."""
    _not_over(state)
    if not text.strip():
        raise refusal("workshop.no_text", "Write something first.", "text")
    return one(e.RuleProposed, id=proposal, side=side, text=text.strip())


def adopt_rule(
    state: Workshop, proposal: str, agree: Mapping[str, int], of: Mapping[str, int]
) -> Decided:
    """Adopt a proposed rule that a majority of each side agrees with."""
    if proposal not in state.proposals:
        raise refusal("workshop.no_proposal", "Choose a rule that was proposed.", "proposal")
    majorities(agree, of)
    return one(e.RuleAdopted, id=proposal, agree=dict(agree), of=dict(of))


def adopt_rules(state: Workshop, agree: Mapping[str, int], of: Mapping[str, int]) -> Decided:
    """Adopt the rules after the vote on the rules sheet.

    Parameters
    ----------
    state : Workshop
    agree, of : mapping of str to int
        Per side, who agreed, of how many who answered.
    """
    check_closed(state, "rules")
    majorities(agree, of)
    return one(e.RulesAdopted, agree=dict(agree), of=dict(of))


def set_kaders(state: Workshop, project: str, version: int, fingerprint: str | None) -> Decided:
    """Say to which project the workshop belongs, and whether its kaders are agreed."""
    _not_over(state)
    return one(e.KadersSet, project=project, version=version, fingerprint=fingerprint)


def unlink(state: Workshop) -> Decided:
    """Cut cards and answers apart, for good."""
    _not_over(state)
    _none_active(state)
    return one(
        e.Unlinked,
    )


def _side(text: str) -> str:
    side = clean_text(text, Place("workshop", None, "side"))
    if not side:
        raise refusal("workshop.no_side", "Say for which side.", "side")
    return side


def _sheet(state: Workshop, name: str) -> Sheet:
    found = state.sheets.get(name)
    if found is None:
        raise refusal(
            "workshop.no_sheet", "Choose one of: {known}.", name, known=", ".join(e.SHEETS)
        )
    return found


def _must_be(state: Workshop, name: str, *statuses: str) -> Sheet:
    found = _sheet(state, name)
    if found.status not in statuses:
        raise refusal(
            "workshop.other_status",
            "This part is {status}; that is not possible now.",
            name,
            status=found.status,
        )
    return found


def _may_begin(state: Workshop, sheet: str) -> None:
    if not sheet.startswith("round-"):
        return
    if sheet == "round-2" and state.sheets["round-1"].status != "closed":
        raise refusal("workshop.round_order", "Close round 1 first.", sheet)
    if state.exploration:
        return
    if state.kaders is not None and state.kaders.fingerprint is None:
        raise refusal(
            "workshop.kaders_open", "Fill in and agree the four sheets of the project first.", sheet
        )
    if not state.is_frozen:
        raise refusal("workshop.not_frozen", "Freeze options, criteria and rules first.", sheet)
    if state.sheets["rules"].times_opened and not state.rules_adopted:
        raise refusal(
            "workshop.rules_open", "Adopt the rules first: a majority of each side.", sheet
        )


def _ends(minutes: float | None, at: str) -> str | None:
    return None if minutes is None else _end(minutes, at)


def _end(minutes: float, at: str) -> str:
    if not 0 < minutes <= _MOST_MINUTES:
        raise refusal(
            "workshop.minutes", "Give 1 to {most} minutes.", "minutes", most=_MOST_MINUTES
        )
    return later(at, 60 * minutes)


def _not_frozen(state: Workshop) -> None:
    if state.is_frozen:
        raise refusal("workshop.frozen", "Make a new version first, with a reason.", "files")


def _not_over(state: Workshop) -> None:
    if state.unlinked:
        raise refusal("workshop.over", "This workshop is over; start a new one.", "workshop")


def _none_active(state: Workshop) -> None:
    if state.active_sheets:
        raise refusal("workshop.still_open", "Close every part first.", state.active_sheets[0].name)
