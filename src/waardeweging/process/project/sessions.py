"""The sessions of a project, what they found, and what was learned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from waardeweging.elicitation.ballots import RESIDENTS, SIDES
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.problem.errors import InputError, Place
from waardeweging.process.answers import QUESTIONS, Given
from waardeweging.process.chain import Recorded
from waardeweging.process.deciding import Decided, one, refusal
from waardeweging.process.project import events as e
from waardeweging.process.project.indicator_moments import known
from waardeweging.process.project.indicator_rows import OBSERVED
from waardeweging.process.project.state import Project
from waardeweging.process.publication import told
from waardeweging.process.state import Workshop
from waardeweging.process.tallies import by_side, cooperation

_COOPERATION = "cooperation"
_CODE = re.compile(r"BU\d{4}[0-9A-Z]{4}|WK\d{4}[0-9A-Z]{2}|GM\d{4}", re.ASCII)


def begin(title: str, *, language: str, neighbourhood: str, exploration: bool) -> Decided:
    """Begin a project; the code of the neighbourhood may be empty, and stays."""
    if not title.strip():
        raise refusal("project.no_title", "Give the project a title.", "title")
    return one(
        e.Began,
        title=title.strip(),
        language=language,
        neighbourhood=_code(neighbourhood),
        exploration=exploration,
    )


def _code(given: str) -> str:
    """Give the code of a neighbourhood, district or municipality as CBS writes it."""
    code = given.strip().upper()
    if code and not _CODE.fullmatch(code):
        raise InputError(
            "project.code",
            where=Place("workshop", None, "neighbourhood"),
            found=given,
            remedy="Give a CBS code such as BU01930506, WK019305 or GM0193, or leave it empty.",
        )
    return code


def announce(state: Project, title: str, *, exploration: bool, public: bool) -> Decided:
    """Change what is said of the project itself."""
    if not title.strip():
        raise refusal("project.no_title", "Give the project a title.", "title")
    return one(e.Announced, title=title.strip(), exploration=exploration, public=public)


def add(state: Project, session: str, gathering: e.Gathering, label: str, day: str) -> Decided:
    """Say that a workshop or a consultation belongs to the project."""
    if session in state.sessions:
        raise refusal("project.taken", "Give it another name.", session)
    return one(e.SessionAdded, id=session, gathering=gathering, label=label.strip(), day=day)


def record_weights(state: Project, weighed: e.SessionWeighed) -> Decided:
    """Keep what a session found, of sides with enough people only; shares of people coarsely."""
    _known(state, weighed.id)
    if state.sessions[weighed.id].weighed is not None:
        # Two results of almost the same people tell of whoever is in one of them only.
        raise refusal("project.weighed", "Its result is kept already, and stays.", weighed.id)
    whose = (RESIDENTS,) if weighed.matches else ()
    for side in (
        *weighed.weights,
        *weighed.acceptance,
        *weighed.newcomers,
        *weighed.stayed,
        *whose,
    ):
        _enough(weighed.counted.get(side, 0), side, weighed.id)
    # Steps of 5 percent: of 24 people, one that came for the first time shows in nothing finer.
    coarse = {
        name: {side: round(20 * share) / 20 for side, share in getattr(weighed, name).items()}
        for name in ("newcomers", "stayed")
    }
    return one(e.SessionWeighed, **(weighed.model_dump() | coarse))


def measured(
    evening: Workshop,
    records: Iterable[Recorded],
    given: Sequence[Given],
    *,
    moment: str,
    label: str,
    day: str,
    fewest: int = FEWEST,
) -> e.CooperationMeasured:
    """Make of the answers on the sheet about working together what a project keeps of them.

    Parameters
    ----------
    evening : Workshop
        Where the sheet was filled in; it may have had no other sheet.
    records : iterable of Recorded
        The whole chain of that workshop, in order.
    given : sequence of Given
        Answers on ``cooperation``.
    moment : str
        ``t0``, ``afterwards``, or the id of a session.
    label, day : str
    fewest : int
        Of how many people a figure is told; the workshop itself may ask for more.

    Returns
    -------
    CooperationMeasured
        Means in steps of a half; None where fewer people answered a question.

    Raises
    ------
    InputError
        If the sheet is not closed, a hall did not see these figures, or answers changed
        since: the difference would tell what one person answered.
    """
    least = max(fewest, evening.rules.fewest)
    seen = told(records, _COOPERATION, least)
    if not seen.closed:
        raise refusal("workshop.not_closed", "Close the sheet first.", _COOPERATION)
    # What was shown is what the chain remembers; other figures later would tell of one person.
    if seen.at is None:
        raise refusal("project.not_shown", "Show these answers in the hall first.", _COOPERATION)
    if not seen.is_current:
        raise refusal(
            "project.changed_since", "Keep the figures that were shown; ask anew.", _COOPERATION
        )
    mine = by_side(given)
    return e.CooperationMeasured(
        id=moment,
        label=label,
        day=day,
        counted={side: len(mine[side]) for side in SIDES},
        means={side: _means(mine[side], least) for side in SIDES},
    )


def record_cooperation(state: Project, measured: e.CooperationMeasured) -> Decided:
    """Keep what sides with enough people answered about working together, once per moment."""
    for side, means in measured.means.items():
        if any(mean is not None for mean in means.values()):
            _enough(measured.counted.get(side, 0), side, measured.id)
    earlier = state.measurements.get(measured.id)
    if earlier is not None and _tells(earlier) and earlier != measured:
        raise refusal(
            "project.measured",
            "Keep the first figures; the difference would tell of one person.",
            measured.id,
        )
    return one(e.CooperationMeasured, **measured.model_dump())


def observe(state: Project, observed: e.IndicatorObserved) -> Decided:
    """Keep an indicator that somebody observed, on its scale, with the grounds for it."""
    if not observed.grounds.strip():
        raise refusal("project.grounds", "Say how this is known.", "grounds")
    if observed.moment not in known(state):
        raise refusal("project.unknown", "Choose one that is there.", "moment")
    if observed.side not in SIDES:
        raise refusal("project.side", "Choose residents or municipality.", "side")
    scale = OBSERVED[observed.indicator]
    if not scale.holds(observed.value):
        raise refusal(
            "project.number", "Give a number from {low} to {high}.", "value",
            low=f"{scale.low:g}", high=f"{scale.high:g}",
        )  # fmt: skip
    return one(e.IndicatorObserved, **observed.model_dump())


def learn(state: Project, lesson: str, text: str) -> Decided:
    """Write a lesson down."""
    if not text.strip():
        raise refusal("project.no_text", "Write what it is about, and what is agreed.", lesson)
    return one(e.LessonWritten, id=lesson, text=text.strip())


def harvest(state: Project, harvested: e.Harvested) -> Decided:
    """Write down what a table brought back."""
    if not harvested.text.strip():
        raise refusal(
            "project.no_text", "Write what it is about, and what is agreed.", harvested.id
        )
    return one(e.Harvested, **harvested.model_dump())


def drift(state: Project) -> Mapping[str, Mapping[str, tuple[int | None, ...]]]:
    """Give the weights of each side over the sessions, in the order of the sessions.

    Returns
    -------
    mapping of str to mapping of str to tuple of int or None
        Per side, per criterion: whole points per session; None where a session did not ask
        or show it. [0–100]
    """
    weighed = [session.weighed for session in state.sessions.values() if session.weighed]
    sides = {side: None for held in weighed for side in held.weights}
    return {
        side: {
            criterion: tuple(held.weights.get(side, {}).get(criterion) for held in weighed)
            for criterion in {name: None for held in weighed for name in held.weights.get(side, {})}
        }
        for side in sides
    }


def _means(given: Sequence[Given], least: int) -> dict[str, float | None]:
    people = [
        sum(one.payload["answers"].get(question) is not None for one in given)
        for question in QUESTIONS
    ]
    found = zip(QUESTIONS, cooperation(given), people, strict=True)
    return {question: mean if count >= least else None for question, mean, count in found}


def _tells(measured: e.CooperationMeasured) -> bool:
    return any(mean is not None for means in measured.means.values() for mean in means.values())


def _known(state: Project, session: str) -> None:
    if session not in state.sessions:
        raise refusal("project.unknown", "Choose one that is there.", session)


def _enough(count: int, side: str, place: str) -> None:
    if count < FEWEST:
        raise refusal(
            "project.few",
            "Leave out side '{side}': fewer than {least} people.",
            place,
            side=side,
            least=FEWEST,
        )
