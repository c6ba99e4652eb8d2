"""Whether the answers were counted that stand in the log, letter by letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from waardeweging.dossier.bundle.contents import BALLOTS, OPENED
from waardeweging.dossier.bundle.events import Events, OpenedAnswer
from waardeweging.dossier.bundle.inputs import read_inputs
from waardeweging.dossier.verify.report import Check, Step, ok, open_promise, wrong
from waardeweging.problem.errors import InputError, faults_in
from waardeweging.process.answers import Given, as_ballots
from waardeweging.process.chain import leaf

_ROUNDS = {"round-1": 1, "round-2": 2}


def check_leaves(events: Events, documents: Mapping[str, Any]) -> Iterator[Check]:
    """Compare opened answers with their leaves, and the ballots with these answers.

    Parameters
    ----------
    events : Events
    documents : mapping of str to JSON
    """
    if OPENED not in documents:
        yield open_promise(Step.CHAIN, "no_leaves")
        return
    opened = [OpenedAnswer.model_validate(one) for one in documents[OPENED]]
    sent = {one.number: one for one in events.records if one.kind == "submitted"}
    found = list(_unlike(opened, sent))
    yield from found
    if not found:
        yield from _uncounted(opened, sent, documents)


def _unlike(opened: list[OpenedAnswer], sent: Mapping[int, Any]) -> Iterator[Check]:
    for number, count in Counter(one.number for one in opened).items():
        if count > 1 or number not in sent:
            yield wrong(Step.CHAIN, "leaf", f"{OPENED}/{number}")
    for one in opened:
        record = sent.get(one.number)
        sign = leaf(one.payload, bytes.fromhex(one.nonce)).hex()
        if record is not None and sign != record.body["leaf"]:
            yield wrong(Step.CHAIN, "leaf", f"{OPENED}/{one.number}")


def _uncounted(
    opened: list[OpenedAnswer], sent: Mapping[int, Any], documents: Mapping[str, Any]
) -> Iterator[Check]:
    """Weigh the opened answers, and look for exactly these among the ballots."""
    scenario = read_inputs(documents)
    weighed: Counter[tuple[int, tuple[float, ...]]] = Counter()
    try:
        for sheet, round_number in _ROUNDS.items():
            given = [
                Given(str(one.number), sent[one.number].body["side"], "", one.payload)
                for one in opened
                if sent[one.number].body["sheet"] == sheet
            ]
            framework = scenario.problem.framework
            for ballot in as_ballots(given, framework, scenario.perspective, round_number):
                weighed[round_number, ballot.answers] += 1
    except (InputError, ExceptionGroup) as error:
        place = f"{OPENED}: {faults_in(error)[0].where}"
        yield wrong(Step.CHAIN, "leaf", place)
        return
    held = Counter(
        (one["round"], tuple(float(x) for x in one["answers"].split()))
        for one in documents[BALLOTS]["ballots"]
    )
    if held == weighed:
        yield ok(Step.CHAIN, "leaves", count=len(opened))
    else:
        yield wrong(Step.CHAIN, "ballots_differ", BALLOTS, count=(held - weighed).total())
