"""A scripted project played for real: its decisions, and its evenings with everybody's answers.

Without a store, the same people answer the same things, and only the chain of the
project is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.answered import answered
from waardeweging.analysis.claims import widened
from waardeweging.analysis.consultation_session import session_weighed as of_consultation
from waardeweging.analysis.consulting import asked_of, consult
from waardeweging.analysis.scenario import Scenario, read_scenario
from waardeweging.analysis.scenario_in_files import scenario_in
from waardeweging.analysis.selecting import select
from waardeweging.app.hall.folders import gather
from waardeweging.app.projects.begin import LINK_DAYS
from waardeweging.app.projects.evenings import Evening
from waardeweging.app.projects.participants import Participant, given_by, participants
from waardeweging.app.projects.weighed import session_weighed
from waardeweging.elicitation.consultation import Consultation
from waardeweging.elicitation.consultation_file import read_consultation
from waardeweging.presentation.catalog import Language
from waardeweging.problem.errors import InputError, Place
from waardeweging.process.answers import QUESTIONS, Given
from waardeweging.process.moments import later, now
from waardeweging.process.project.drafting import placed
from waardeweging.process.project.events import CooperationMeasured, SessionWeighed
from waardeweging.process.project.inputs import claims
from waardeweging.process.project.rules import rules_of_evening
from waardeweging.process.project.script import Script, play, read_script
from waardeweging.process.project.script_steps import SESSIONS, Held, Step, decisions, recorded
from waardeweging.process.project.state import Project
from waardeweging.process.tallies import acceptance, by_side, cooperation
from waardeweging.store import Store
from waardeweging.store.workshops import digests_of

_DAY = 86_400.0
_TOLD_EVERY = 25


@dataclass(frozen=True, slots=True)
class PlayedProject:
    """A project that was played into a store.

    Parameters
    ----------
    state : Project
    sessions : mapping of str to str
        Id of the workshop in the store, by its id in the script.
    links : mapping of str to str
        Secret of the last link of each role that was not withdrawn.
    """

    state: Project
    sessions: Mapping[str, str]
    links: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class InFolders:
    """What a script needs, computed from the folders beside it.

    Parameters
    ----------
    folder : Path
        That of the script.
    language : str
        In which names are written into the chain.
    """

    folder: Path
    language: Language

    def files(self, folder: str, state: Project) -> Mapping[str, str]:
        """Give the files of a scenario with what is claimed in them, as SHA-256 by path."""
        return digests_of(self.contents(folder, state))

    def contents(self, folder: str, state: Project) -> dict[str, bytes]:
        """Give the files of a scenario; what somebody claims makes a range wider."""
        files = gather(self.folder / folder)
        disputed = claims(state)
        return widened(files, disputed) if disputed else files

    def held(self, step: Step, state: Project) -> Held:
        """Let everybody answer, and weigh it."""
        if step.do == "consultation":
            found = consult(*self.consultation(step, state))
            return Held(of_consultation(found, step.asked.id))
        given = given_by(self.people(step))
        return weighed(step, state, step.asked.id, self.contents(step.asked.folder, state), given)

    def consultation(self, step: Step, state: Project) -> tuple[Scenario, Consultation]:
        """Give the evening that a consultation is about, and what the neighbourhood answered."""
        evening = read_scenario(self.folder / step.asked.folder)
        scenario = scenario_in(self.contents(step.asked.folder, state))
        rules = rules_of_evening(state)
        asked = replace(
            scenario.with_share(rules.share),
            ballots=evening.ballots,
            participation=evening.participation,
        )
        return asked, read_consultation(self.folder / step.asked.file, asked_of(asked))

    def people(self, step: Step) -> tuple[Participant, ...]:
        """Give who is there at a session."""
        table = step.asked.cooperation
        told = self.folder / table if table else None
        return participants(read_scenario(self.folder / step.asked.folder), told)

    def chosen(self, folder: str) -> Sequence[str]:
        """Give the names of the initiatives that were chosen."""
        selection = select(self.folder / folder)
        if selection.chosen is None:
            raise InputError(
                "script.no_package",
                where=Place(folder),
                remedy="No choice keeps all rules; 'waardeweging select' names those that clash.",
            )
        options = selection.scenario.problem.alternatives
        marks = selection.chosen.best.chosen
        return [
            one.label[self.language] for one, is_in in zip(options, marks, strict=True) if is_in
        ]


def weighed(
    step: Step,
    state: Project,
    session: str,
    files: Mapping[str, bytes],
    given: Mapping[str, Sequence[Given]],
) -> Held:
    """Weigh what people answered, under the rules of the project."""
    rules = rules_of_evening(state)
    outcome = analyse(answered(scenario_in(files).with_share(rules.share), given))
    options = [one.id for one in outcome.alternatives]
    accepted = {side: acceptance(one, options) for side, one in by_side(given["accept"]).items()}
    return Held(
        session_weighed(outcome, session, rules.fewest, accepted),
        _measured(step, session, given["cooperation"], rules.fewest),
    )


def _measured(
    step: Step, session: str, given: Sequence[Given], fewest: int
) -> CooperationMeasured | None:
    """Give what sides with enough people answered about working together; None without one."""
    sides = {side: one for side, one in by_side(given).items() if len(one) >= fewest}
    if not sides:
        return None
    means = {
        side: dict(zip(QUESTIONS, cooperation(one), strict=True)) for side, one in sides.items()
    }
    counted = {side: len(one) for side, one in sides.items()}
    return CooperationMeasured(
        id=session, label=step.asked.label, day=step.day, counted=counted, means=means
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a script is.

    Parameters
    ----------
    done, total : int
        Steps.
    """

    done: int
    total: int


def _silent(_progress: Progress) -> None:
    return


def play_into(
    store: Store, folder: Path, report: Callable[[Progress], None] = _silent
) -> PlayedProject:
    """Play the script of a folder into a store, with real workshops.

    Parameters
    ----------
    store : Store
    folder : Path
        With ``project.toml``.
    report : callable
        Hears how far it is.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        With every fault of the script, or the first step that is refused; nothing is
        written then. What only weighing can find, such as a side of which everybody
        abstains, ends the play where it stands.
    """
    script = read_script(folder)
    play(script, _Trial(folder, _language(script)))
    playing = _Playing.begun(store, script, folder)
    for number, step in enumerate(script.steps, 1):
        playing.play(step)
        if number % _TOLD_EVERY == 0 or number == len(script.steps):
            report(Progress(number, len(script.steps)))
    return PlayedProject(store.project(playing.project), playing.sessions, playing.links)


class _Trial(InFolders):
    """Reads everything that a script needs, and weighs nothing: to find refusals beforehand."""

    def held(self, step: Step, state: Project) -> Held:
        if step.do == "consultation":
            self.consultation(step, state)
        else:
            self.contents(step.asked.folder, state)
            self.people(step)
        return Held(SessionWeighed(id=step.asked.id, counted={}, weights={}, first=[]))


def _language(script: Script) -> Language:
    return "en" if script.language == "en" else "nl"


@dataclass(slots=True)
class _Playing:
    store: Store
    project: str
    outside: InFolders
    sessions: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    @classmethod
    def begun(cls, store: Store, script: Script, folder: Path) -> _Playing:
        state = store.begin_project(
            script.title,
            language=script.language,
            neighbourhood=script.neighbourhood,
            exploration=script.exploration,
            at=script.at,
        )
        return cls(store, state.id, InFolders(folder, _language(script)))

    def play(self, step: Step) -> None:
        """Play one step the way that the pages do it."""
        asked = step.asked
        match step.do:
            case "staff_linked":
                self.links[asked.role] = self.store.staff_link(
                    self.project, asked.role, later(now(), LINK_DAYS * _DAY), step.by, step.at
                )
            case "staff_withdrawn":
                self.store.withdraw_staff(self.project, asked.role, step.by, step.at)
                self.links.pop(asked.role, None)
            case "files_kept":
                files = self.outside.contents(asked.folder, self.store.project(self.project))
                self.store.keep_project_files(self.project, files, asked.reason, step.by, step.at)
            case "workshop":
                self._hold(step)
            case _:
                self._decide(step)

    def _decide(self, step: Step) -> None:
        here = self._as_here(step)
        for decide in decisions(here, self.outside):
            self.store.change_project(self.project, step.by, decide, at=step.at)

    def _as_here(self, step: Step) -> Step:
        """Name sessions by the ids that they have in this store."""
        if step.do in SESSIONS:
            self.sessions.setdefault(step.asked.id, step.asked.id)
            return step
        renamed = {
            name: self.sessions[named]
            for name in ("session", "moment")
            if (named := getattr(step.asked, name, None)) in self.sessions
        }
        return step.with_fields(renamed)

    def _hold(self, step: Step) -> None:
        """Hold an evening in the store, and record what it found."""
        state = self.store.project(self.project)
        files = self.outside.contents(step.asked.folder, state)
        evening = Evening.begun(self.store, files, step.asked.label, state, step.at)
        self.sessions[step.asked.id] = evening.id
        self.store.add_workshop(
            self.project, evening.id, step.asked.label, step.day, "workshop", step.by, step.at
        )
        given = evening.held(self.outside.people(step))
        held = weighed(step, state, evening.id, files, given)
        decide = placed(step.place, partial(recorded, held=held))
        self.store.change_project(self.project, step.by, decide, at=step.at)
