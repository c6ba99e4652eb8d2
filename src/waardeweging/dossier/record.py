"""What a workshop or a project adds to an outcome: who, when, what was said and agreed.

Everything may be absent; the dossier then says that it was not recorded, or prints
a form to fill in. A scenario folder may give it in ``record.toml``. Texts are
people's own words: they are printed letter by letter and never counted or changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field

from waardeweging.problem.errors import Faults, Place
from waardeweging.problem.labels import Described
from waardeweging.problem.toml_files import parse, read_toml

FILE = "record.toml"

Free = Annotated[str, Field(strict=True, max_length=20_000)]
Date = Annotated[str, Field(strict=True, pattern=r"^\d{4}-\d{2}-\d{2}$")]
Count = Annotated[int, Field(strict=True, ge=0)]
Part = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Grade = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Answer = Literal["adopted", "partly", "not", "answered", "open"]
Status = Literal["open", "busy", "done", "dropped"]
Ladder = Literal["inform", "consult", "advise", "co-produce", "co-decide"]

# The twelve indicators of equal cooperation, in their fixed order.
Indicator = Literal[
    "equal_weight",
    "say_over_rules",
    "room_and_promise",
    "equal_information",
    "voice",
    "taken_seriously",
    "trust",
    "traceable",
    "follow_through",
    "who_took_part",
    "difference",
    "facilitation",
]
INDICATORS: tuple[str, ...] = get_args(Indicator)


class Invitation(Described):
    """How many were invited, how, and who did not come.

    Parameters
    ----------
    side : str
    invited : int, optional
    how : str
        By letter, at the door, through an association …
    missing : tuple of str
        Groups or departments that were not there.
    """

    side: Free
    invited: Count | None = None
    how: Free = ""
    missing: tuple[Free, ...] = ()


class Meeting(Described):
    """A moment of the process: a meeting, a round, or a decision still to come."""

    date: Date
    what: Free
    where: Free = ""
    decides: Free = ""


class Vote(Described):
    """How a side voted on the rules.

    Parameters
    ----------
    side : str
    agree, of : int
        Who agreed, of how many who voted.
    """

    side: Free
    agree: Count
    of: Count


class Rules(Described):
    """What both sides agreed before they weighed.

    Parameters
    ----------
    texts : tuple of str
        The rules as adopted.
    adopted_by : tuple of str
        Sides of which a majority agreed.
    votes : tuple of Vote
        Of every side; told only when at least five people of each voted.
    frozen_on : str
        Date.
    fingerprint : str
        SHA-256 of files and texts, as shown in the room.
    head : str
        Last hash of the chain of events, as shown at the close.
    """

    texts: tuple[Free, ...] = ()
    adopted_by: tuple[Free, ...] = ()
    votes: tuple[Vote, ...] = ()
    frozen_on: Date | None = None
    fingerprint: Free = ""
    head: Free = ""


class Support(Described):
    """What made the process possible: money, hours, an independent facilitator."""

    budget: Free = ""
    hours: Free = ""
    facilitator: Free = ""
    chosen_by: Free = ""
    promise: Ladder | None = None


class OpenRoom(Described):
    """Something that is fixed, or on which there is still room."""

    what: Free
    is_fixed: Annotated[bool, Field(strict=True)]
    by: Free = ""
    source: Free = ""


class Minority(Described):
    """A lasting difference, in the words of those who hold it."""

    by: Free
    about: Free = ""
    text: Free


class Input(Described):
    """What somebody brought in and what was done with it."""

    number: Free = ""
    text: Free
    answer: Answer
    because: Free = ""
    owner: Free = ""


class Agreement(Described):
    """Who does what, and when."""

    who: Free
    what: Free
    when: Free
    status: Status = "open"
    contact: Free = ""


class IndicatorOfSide(Described):
    """One indicator for one side at one moment; the gap between the sides is the signal."""

    indicator: Indicator
    side: Free
    moment: Free = "T0"
    people: Count
    value: Grade


class Acceptance(Described):
    """Which part of a side can live with an option."""

    option: Free
    side: Free
    people: Count
    share: Part


class Deviation(Described):
    """Where the college decides otherwise than advised, and why."""

    point: Free
    decided: Free
    because: Free
    told_to: Free = ""
    on: Date | None = None


class Record(Described):
    """All of it; empty is what a scenario folder without ``record.toml`` has.

    Parameters
    ----------
    exploration : bool
        Whether this was a try-out; every page then says so.
    date : str, optional
        Of the dossier; no date is made up.
    """

    exploration: Annotated[bool, Field(strict=True)] = False
    date: Date | None = None
    main_objection: Free = ""
    invitations: tuple[Invitation, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    rules: Rules = Rules()
    support: Support = Support()
    room: tuple[OpenRoom, ...] = ()
    minorities: tuple[Minority, ...] = ()
    inputs: tuple[Input, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    indicators: tuple[IndicatorOfSide, ...] = ()
    acceptance: tuple[Acceptance, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    data_protection: Mapping[Annotated[str, Field(max_length=60)], Free] = {}
    accessibility: Mapping[Annotated[str, Field(max_length=60)], Free] = {}
    algorithm: Mapping[Annotated[str, Field(max_length=60)], Free] = {}


def read_record(folder: Path) -> Record:
    """Read ``record.toml`` of a scenario folder; an empty record when there is none.

    Raises
    ------
    ExceptionGroup of InputError
        With every field that does not fit.
    """
    path = folder / FILE
    if not path.exists():
        return Record()
    faults, record = Faults(), None
    with faults.collecting():
        record = parse(Record, read_toml(path), Place(path.name), faults)
    faults.raise_all(str(folder))
    if record is None:
        raise RuntimeError("a record without faults was not read")
    return record
