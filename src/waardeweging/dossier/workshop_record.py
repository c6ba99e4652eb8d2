"""What the log of a workshop tells in a dossier: who came, what happened, what was agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from waardeweging.analysis.scenario import Scenario
from waardeweging.dossier.record import (
    Acceptance,
    Agreement,
    Indicator,
    IndicatorOfSide,
    Input,
    Invitation,
    Meeting,
    Minority,
    Record,
    Rules,
    Vote,
)
from waardeweging.elicitation.ballots import RESIDENTS, SIDES
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.presentation.catalog import Language, has, text
from waardeweging.process.answers import QUESTIONS, Given
from waardeweging.process.chain import Recorded
from waardeweging.process.moments import day_of
from waardeweging.process.publication import ROUNDS
from waardeweging.process.steps import NAMES
from waardeweging.process.tallies import acceptance, by_side, cooperation
from waardeweging.process.workshop import Workshop
from waardeweging.store import Remark, Store

_INDICATORS: Mapping[str, Indicator] = {
    "room": "room_and_promise",
    "information": "equal_information",
    "voice": "voice",
    "seriously": "taken_seriously",
    "trust": "trust",
    "difference": "difference",
}
# The moment of the questions at the end of an evening.
_MOMENT = "T1"
# Everybody and nobody stay untold: they would say what each single person answered.
_LEAST, _MOST = 0.05, 0.95
_PRACTICE = "practice"


def record_of(
    store: Store,
    state: Workshop,
    records: Sequence[Recorded],
    given: Mapping[str, Sequence[Given]],
    scenario: Scenario,
    language: Language,
) -> Record:
    """Make the record of a workshop.

    Parameters
    ----------
    store : Store
        Only for remarks that a moderator let through.
    state : Workshop
    records : sequence of Recorded
        Its chain.
    given : mapping of str to sequence of Given
        Answers by sheet, of those whose figures may be told.
    scenario : Scenario
    language : str
    """
    remarks = [one for one in store.remarks(state.id) if one.sheet != _PRACTICE]
    labels = _labels(scenario, language)
    return Record(
        exploration=state.exploration,
        date=_day(records[-1]),
        invitations=_invitations(state),
        meetings=tuple(_meetings(records, language)),
        rules=_rules(state, records),
        minorities=tuple(
            Minority(by=_by(one, state, language), about=labels.get(one.about, ""), text=one.text)
            for one in remarks
            if one.kind == "reason"
        ),
        inputs=tuple(_inputs(remarks, labels)),
        agreements=tuple(
            Agreement(who=one.who, what=one.what, when=one.when, status=one.status)
            for one in state.agreements.values()
        ),
        indicators=tuple(_indicators(given.get("cooperation", ()), state.rules.fewest)),
        acceptance=tuple(_acceptance(given.get("accept", ()), scenario, state.rules.fewest)),
    )


def closing_head(state: Workshop, records: Sequence[Recorded]) -> str:
    """Give the hash with which the closing screen came up, else that of the last round's close."""
    shown, step, is_covered = "", 0, False
    for one in records:
        if one.kind not in ("shown", "hidden", "emergency"):
            continue
        step = one.body.get("step", step)
        is_covered = bool(one.body.get("hidden", one.body.get("on", is_covered)))
        if step == NAMES.index("closing") and not is_covered:
            shown = one.hash.hex()
    closes = [state.sheets[name].head_at_close for name in ROUNDS]
    return shown or next((head for head in reversed(closes) if head), "")


def _day(one: Recorded) -> str:
    return day_of(one.at)


def _invitations(state: Workshop) -> tuple[Invitation, ...]:
    return tuple(
        Invitation(side=side, invited=count if count >= FEWEST else None)
        for side, count in sorted(state.issued.items(), key=_residents_first)
        if count
    )


def _meetings(records: Sequence[Recorded], language: Language) -> Iterator[Meeting]:
    """Tell what happened to everyone together, never what somebody did."""
    for one in records:
        key = f"dossier.workshop.{one.kind}"
        if not has(key, language):
            continue
        sheet = one.body.get("sheet", "")
        said = text(
            key,
            language,
            sheet=text(f"dossier.workshop.sheet.{sheet}", language) if sheet else "",
            reason=one.body.get("reason", ""),
        )
        if sheet != _PRACTICE:
            yield Meeting(date=_day(one), what=said)


def _rules(state: Workshop, records: Sequence[Recorded]) -> Rules:
    frozen = [_day(one) for one in records if one.kind == "frozen"]
    adopted = [one.text for name, one in state.proposals.items() if name in state.adopted]
    return Rules(
        texts=(*state.rules.texts, *adopted),
        adopted_by=SIDES if state.rules_adopted else (),
        votes=_votes(records) if state.rules_adopted else (),
        frozen_on=frozen[-1] if frozen and state.is_frozen else None,
        fingerprint=state.fingerprint or "",
        head=closing_head(state, records),
    )


def _votes(records: Sequence[Recorded]) -> tuple[Vote, ...]:
    """Give the last vote on the rules; with a few voters on a side nothing of it."""
    last = next(one.body for one in reversed(records) if one.kind == "rules_adopted")
    if any(0 < count < FEWEST for count in last["of"].values()):
        return ()
    return tuple(
        Vote(side=side, agree=last["agree"].get(side, 0), of=count)
        for side, count in sorted(last["of"].items(), key=_residents_first)
    )


def _residents_first(one: tuple[str, int]) -> tuple[bool, str]:
    return one[0] != RESIDENTS, one[0]


def _labels(scenario: Scenario, language: Language) -> Mapping[str, str]:
    problem = scenario.problem
    labels = {one.id: one.label[language] for one in problem.framework.values}
    labels |= {one.id: one.label[language] for one in problem.framework.criteria}
    return labels | {one.id: one.label[language] for one in problem.alternatives}


def _by(one: Remark, state: Workshop, language: Language) -> str:
    """Say of which side somebody is; of a small side that would say who."""
    is_crowd = one.side in SIDES and state.seated.get(one.side, 0) >= FEWEST
    return text(f"dossier.workshop.by.{one.side if is_crowd else 'somebody'}", language)


def _inputs(remarks: Sequence[Remark], labels: Mapping[str, str]) -> Iterator[Input]:
    asked = [one for one in remarks if one.kind != "reason"]
    for number, one in enumerate(asked, 1):
        about = labels.get(one.about, "")
        yield Input(
            number=str(number),
            text=f"{about}: {one.text}" if about else one.text,
            answer="answered" if one.reply else "open",
            because=one.reply,
        )


def _indicators(given: Sequence[Given], fewest: int) -> Iterator[IndicatorOfSide]:
    """Give both sides' means on a question, or neither: the gap is the signal."""
    mine = by_side(given)
    if any(len(mine[side]) < fewest for side in SIDES):
        return
    means = {side: cooperation(mine[side]) for side in SIDES}
    for place, question in enumerate(QUESTIONS):
        for side in SIDES:
            mean = means[side][place]
            if mean is not None and all(means[other][place] is not None for other in SIDES):
                answered = [one.payload["answers"].get(question) for one in mine[side]]
                yield IndicatorOfSide(
                    indicator=_INDICATORS[question],
                    side=side,
                    moment=_MOMENT,
                    people=sum(one is not None for one in answered),
                    value=mean,
                )


def _acceptance(given: Sequence[Given], scenario: Scenario, fewest: int) -> Iterator[Acceptance]:
    mine = by_side(given)
    if any(len(mine[side]) < fewest for side in SIDES):
        return
    options = [one.id for one in scenario.problem.alternatives]
    for side in SIDES:
        shares = acceptance(mine[side], options)
        for option, share in zip(options, shares, strict=True):
            if share is not None:
                yield Acceptance(
                    option=option,
                    side=side,
                    people=len(mine[side]),
                    share=min(max(share, _LEAST), _MOST),
                )
