"""A dossier from a workshop in the store: who may have one yet, and what it is made of.

What leaves must fit what the hall has seen. Two outcomes about almost the same people
give away whoever is in one of them only, so a public dossier waits until cards and
answers were cut apart: from then on no answer comes, goes or moves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from waardeweging.analysis.answered import answered
from waardeweging.analysis.scenario import Scenario
from waardeweging.analysis.scenario_in_files import scenario_in
from waardeweging.dossier.bundle.events import Opened
from waardeweging.dossier.bundle.levels import Level, may_show_sides
from waardeweging.dossier.project.lending import with_project
from waardeweging.dossier.project.source import source_of_project
from waardeweging.dossier.record import Record
from waardeweging.dossier.source import DossierSource, source_of
from waardeweging.dossier.workshop_record import record_of
from waardeweging.elicitation.ballots import Ballot, latest
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.elicitation.weighing import Weighing
from waardeweging.presentation.catalog import Language
from waardeweging.problem.errors import InputError, Place
from waardeweging.process.answers import Given
from waardeweging.process.chain import Recorded
from waardeweging.process.publication import ROUNDS, Told, is_crowd, told
from waardeweging.process.workshop import SHEETS, Workshop, replay
from waardeweging.store import Store

_ROOM_CODE_SIGNS = 6


def find_workshop(store: Store, named: str) -> Workshop:
    """Find a workshop by its id, its title, or the six digits of its room.

    Raises
    ------
    InputError
        If there is none, or several have this title.
    """
    named = named.strip()
    every = store.workshops()
    digits = named.replace(" ", "")
    for one in every:
        if named == one.id or (len(digits) == _ROOM_CODE_SIGNS and digits == one.room_code):
            return one
    found = [one for one in every if one.title.casefold() == named.casefold()]
    if len(found) > 1:
        raise InputError(
            "dossier.same_title",
            where=Place("workshop"),
            found=named,
            remedy="Several workshops have this title; give the id: {ids}.",
            ids=", ".join(one.id for one in found),
        )
    if not found:
        raise unknown_workshop(named)
    return found[0]


def unknown_workshop(named: str) -> InputError:
    """Give the fault for a name that leads to no folder and no workshop."""
    return InputError(
        "dossier.unknown",
        where=Place("workshop"),
        found=named,
        remedy="Give a scenario folder, or id, title or room code of a workshop or project.",
    )


def source_of_workshop(
    store: Store, workshop: str, language: Language, level: Level | None = None
) -> DossierSource:
    """Gather everything that the dossier of a workshop tells, and weigh it.

    Parameters
    ----------
    store : Store
    workshop : str
        Its id.
    language : str
        Of what the log is told in.
    level : Level, optional
        How much of the answers will leave; the most that may be public when omitted.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        If there is no outcome yet, or it may not leave.
    """
    records = store.records(workshop)
    state = replay(records)
    _check_over(state)
    seen = _Seen.of(store, state, records, is_public=level is not Level.FULL)
    if level is not Level.FULL:
        _check_cut(state)
        seen.check_told()
    scenario = _scenario(store, state, seen)
    if level is not Level.FULL:
        _check_agreed(scenario.ballots, state.rules.fewest)
    record = record_of(store, state, records, seen.given, scenario, language)
    record = with_own_project(store, state, record, language)
    source = source_of(scenario, record)
    keeps_log = level is Level.FULL or not _tells_on_few(source.outcome.weighing, records)
    return replace(
        source,
        workshop=workshop,
        records=records if keeps_log else (),
        opened=_opened(store, workshop, seen.rounds) if level is Level.FULL else (),
        files=store.files(workshop),
    )


def with_own_project(store: Store, state: Workshop, record: Record, language: Language) -> Record:
    """Add what the project knows, when the workshop belongs to one that is kept here."""
    if state.kaders is None:
        return record
    try:
        return with_project(
            record, source_of_project(store, state.kaders.project), state.id, language
        )
    except InputError:
        return record


@dataclass(frozen=True, slots=True)
class _Seen:
    """The answers of a workshop, and what the hall has seen of them.

    Parameters
    ----------
    told : mapping of str to Told
        By sheet.
    rounds : tuple of str
        Sheets that are weighed.
    given : mapping of str to tuple of Given
        Answers by sheet, of those whose figures may be told.
    fewest : int
    """

    told: Mapping[str, Told]
    rounds: tuple[str, ...]
    given: Mapping[str, Sequence[Given]]
    fewest: int

    @classmethod
    def of(
        cls, store: Store, state: Workshop, records: Sequence[Recorded], *, is_public: bool
    ) -> _Seen:
        fewest = state.rules.fewest
        seen = {sheet: told(records, sheet, fewest) for sheet in SHEETS}
        answered = [name for name in ROUNDS if any(state.sheets[name].submitted.values())]
        # The hall keeps the figures of round 1 when only a few people weighed again.
        rounds = tuple(
            name
            for name in answered
            if name == answered[0] or is_crowd(state.sheets[name].submitted, fewest)
        )
        told_apart = [
            name
            for name in ("grades", "accept", "cooperation")
            if state.sheets[name].status == "closed"
            and not (is_public and _tells(state.sheets[name].submitted, seen[name], fewest))
        ]
        given = {name: store.answers(state.id, name) for name in (*rounds, *told_apart)}
        return cls(seen, rounds, given, fewest)

    def check_told(self) -> None:
        """Refuse when the difference with what the hall saw tells of a few people."""
        for name in self.rounds:
            if not is_crowd(self.told[name].changed, self.fewest):
                raise InputError(
                    "dossier.few_changed",
                    where=Place("workshop", None, name),
                    remedy="After the hall saw the outcome, fewer than {fewest} people of a side "
                    "changed theirs: a new outcome would tell on them. Make it with "
                    "--level L2, for the controller only.",
                    fewest=self.fewest,
                )


def _tells(submitted: Mapping[str, int], seen: Told, fewest: int) -> bool:
    """Say whether figures of a sheet, or their difference with those shown, tell of a few."""
    return not (is_crowd(submitted, fewest) and is_crowd(seen.changed, fewest))


def _check_over(state: Workshop) -> None:
    place = Place("workshop", None, state.title)
    if state.purged:
        raise InputError(
            "dossier.purged",
            where=place,
            remedy="The answers were deleted; nothing is left to tell.",
        )
    if state.active_sheets:
        raise InputError(
            "dossier.still_open",
            where=Place("workshop", None, state.active_sheets[0].name),
            remedy="Close every part first.",
        )
    if not any(any(state.sheets[name].submitted.values()) for name in ROUNDS):
        raise InputError(
            "dossier.no_round", where=place, remedy="Hold a round first; nobody weighed yet."
        )


def _check_cut(state: Workshop) -> None:
    if not state.unlinked:
        raise InputError(
            "dossier.not_cut",
            where=Place("workshop", None, state.title),
            remedy="Cut cards and answers apart first, under 'After': then no answer changes any "
            "more. Before that only --level L2 is possible, for the controller.",
        )


def _check_agreed(ballots: Sequence[Ballot], fewest: int) -> None:
    """Refuse a side that is smaller than the rules of the evening allow to tell about."""
    if fewest == FEWEST:
        return
    sides = [one.side for one in latest(ballots) if not one.abstains]
    if any(FEWEST <= sides.count(side) < fewest for side in set(sides)):
        raise InputError(
            "dossier.fewer_than_agreed",
            where=Place("workshop", None, "rules"),
            remedy="It was agreed that nothing is told about fewer than {fewest} people.",
            fewest=fewest,
        )


def _scenario(store: Store, state: Workshop, seen: _Seen) -> Scenario:
    plain = scenario_in(store.files(state.id)).with_share(state.rules.share)
    return answered(plain, seen.given)


def _opened(store: Store, workshop: str, rounds: Sequence[str]) -> tuple[Opened, ...]:
    return tuple(
        Opened(one.number, one.payload, one.nonce)
        for name in rounds
        for one in store.evidence(workshop, name)
    )


def _tells_on_few(weighing: Weighing, records: Sequence[Recorded]) -> bool:
    """Say whether the log, which goes along whole or not at all, tells how a few people voted.

    With a side too small for figures its counts stay inside as well, and so does a log of
    an earlier release that names a department of a few; who is left of a side is one too.
    """
    votes = [one.body["of"] for one in records if one.kind in ("rules_adopted", "rule_adopted")]
    cards: Counter[tuple[str, str]] = Counter()
    for one in records:
        if one.kind == "issued":
            cards[one.body["side"], one.body["department"]] += one.body["count"]
    named = {side for side, department in cards if department}
    groups = [count for (side, _), count in cards.items() if side in named]
    counts = [*groups, *(count for vote in votes for count in vote.values())]
    return any(0 < count < FEWEST for count in counts) or not may_show_sides(weighing)
