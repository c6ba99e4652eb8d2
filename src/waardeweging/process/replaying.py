"""From records to the state of a workshop: what every event changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from waardeweging.process import events as e
from waardeweging.process import streams
from waardeweging.process.chain import Recorded
from waardeweging.process.fingerprint import files_fingerprint
from waardeweging.process.moments import seconds_between
from waardeweging.process.state import Workshop
from waardeweging.process.streams import changed


def replay(records: Iterable[Recorded]) -> Workshop:
    """Rebuild the state of a workshop from its records; see `streams.replay`."""
    return streams.replay(Workshop, records)


@changed.register
def _(event: e.Created, state: Workshop, record: Recorded) -> Workshop:
    return replace(
        state,
        title=event.title,
        language=event.language,
        created_at=record.at,
        exploration=event.exploration,
        room_code=event.room_code,
        files=event.files,
        files_sha256=files_fingerprint(event.files),
        rules=event.rules,
    )


@changed.register
def _(event: e.RulesSet, state: Workshop, record: Recorded) -> Workshop:
    return replace(state, rules=event.rules, rules_adopted=False)


@changed.register
def _(event: e.Frozen, state: Workshop, record: Recorded) -> Workshop:
    return replace(state, fingerprint=event.fingerprint, version=event.version)


@changed.register
def _(event: e.Revised, state: Workshop, record: Recorded) -> Workshop:
    return replace(
        state,
        files=event.files,
        files_sha256=files_fingerprint(event.files),
        version=event.version,
        fingerprint=None,
        rules_adopted=False,
    )


@changed.register
def _(event: e.Issued, state: Workshop, record: Recorded) -> Workshop:
    return replace(state, issued=_more(state.issued, event.side, event.count))


@changed.register
def _(event: e.Paired, state: Workshop, record: Recorded) -> Workshop:
    return replace(state, pairs=state.pairs + event.count)


@changed.register
def _(event: e.Seated, state: Workshop, record: Recorded) -> Workshop:
    return replace(state, seated=_more(state.seated, event.side, 1))


@changed.register
def _(event: e.Opened, state: Workshop, record: Recorded) -> Workshop:
    return _opened(state, event.sheet, event.closes_at)


@changed.register
def _(event: e.Reopened, state: Workshop, record: Recorded) -> Workshop:
    return _opened(state, event.sheet, event.closes_at)


@changed.register
def _(event: e.Paused, state: Workshop, record: Recorded) -> Workshop:
    ends = state.sheets[event.sheet].closes_at
    left = None if ends is None else max(0.0, seconds_between(record.at, ends))
    return _with(state, event.sheet, status="paused", closes_at=None, seconds_left=left)


@changed.register
def _(event: e.Resumed, state: Workshop, record: Recorded) -> Workshop:
    return _with(state, event.sheet, status="open", closes_at=event.closes_at, seconds_left=None)


@changed.register
def _(event: e.Extended, state: Workshop, record: Recorded) -> Workshop:
    return _with(state, event.sheet, closes_at=event.closes_at)


@changed.register
def _(event: e.Closed, state: Workshop, record: Recorded) -> Workshop:
    return _with(
        state,
        event.sheet,
        status="closed",
        closes_at=None,
        seconds_left=None,
        head_at_close=record.hash.hex(),
        closed_at=record.at,
    )


@changed.register
def _(event: e.Submitted, state: Workshop, record: Recorded) -> Workshop:
    return _counted(state, event.sheet, event.side, int(event.replaces is None))


@changed.register
def _(event: e.Erased, state: Workshop, record: Recorded) -> Workshop:
    return _counted(state, event.sheet, event.side, -1) if event.counted else state


@changed.register
def _(event: e.SideCorrected, state: Workshop, record: Recorded) -> Workshop:
    state = replace(state, issued=_more(_more(state.issued, event.was, -1), event.now, 1))
    if event.seated:
        state = replace(state, seated=_more(_more(state.seated, event.was, -1), event.now, 1))
    for sheet in event.sheets:
        state = _counted(_counted(state, sheet, event.was, -1), sheet, event.now, 1)
    return state


@changed.register
def _(event: e.Revoked, state: Workshop, record: Recorded) -> Workshop:
    state = replace(state, issued=_more(state.issued, event.side, -1))
    if event.seated:
        state = replace(state, seated=_more(state.seated, event.side, -1))
    for sheet in event.sheets:
        state = _counted(state, sheet, event.side, -1)
    return state


@changed.register
def _(event: e.Shown, state: Workshop, record: Recorded) -> Workshop:
    stays = event.step == state.screen.step
    since = state.screen.since if stays and state.screen.since else record.at
    screen = replace(state.screen, step=event.step, page=event.page, since=since)
    return replace(state, screen=screen)


@changed.register
def _(event: e.Hidden, state: Workshop, record: Recorded) -> Workshop:
    return replace(state, screen=replace(state.screen, hidden=event.hidden))


@changed.register
def _(event: e.Emergency, state: Workshop, record: Recorded) -> Workshop:
    return replace(state, screen=replace(state.screen, emergency=event.on))


@changed.register
def _(event: e.TablesMade, state: Workshop, record: Recorded) -> Workshop:
    return replace(state, tables=event.tables)


@changed.register
def _(event: e.KadersSet, state: Workshop, record: Recorded) -> Workshop:
    return replace(state, kaders=event)


@changed.register
def _(event: e.Agreed, state: Workshop, record: Recorded) -> Workshop:
    return replace(state, agreements={**state.agreements, event.id: event})


@changed.register
def _(event: e.RuleProposed, state: Workshop, record: Recorded) -> Workshop:
    return replace(state, proposals={**state.proposals, event.id: event})


@changed.register
def _(event: e.RuleAdopted, state: Workshop, record: Recorded) -> Workshop:
    return replace(state, adopted=state.adopted | {event.id})


@changed.register
def _(event: e.RulesAdopted, state: Workshop, record: Recorded) -> Workshop:
    return replace(state, rules_adopted=True)


@changed.register
def _(event: e.Unlinked, state: Workshop, record: Recorded) -> Workshop:
    return replace(state, unlinked=True)


@changed.register
def _(event: e.Purged, state: Workshop, record: Recorded) -> Workshop:
    return replace(state, purged=True, unlinked=True)


def _with(state: Workshop, sheet: str, **fields: Any) -> Workshop:
    return replace(state, sheets={**state.sheets, sheet: replace(state.sheets[sheet], **fields)})


def _opened(state: Workshop, sheet: str, closes_at: str | None) -> Workshop:
    times = state.sheets[sheet].times_opened + 1
    return _with(state, sheet, status="open", closes_at=closes_at, times_opened=times)


def _counted(state: Workshop, name: str, side: str, more: int) -> Workshop:
    return _with(state, name, submitted=_more(state.sheets[name].submitted, side, more))


def _more(counts: Mapping[str, int], side: str, more: int) -> Mapping[str, int]:
    return {**counts, side: counts.get(side, 0) + more}
