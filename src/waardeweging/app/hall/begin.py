"""Begin a workshop from a scenario folder, with the first links for its staff."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from waardeweging.analysis.scenario_in_files import scenario_in
from waardeweging.app.hall.folders import gather
from waardeweging.presentation.catalog import Language
from waardeweging.process.moments import moment
from waardeweging.process.workshop import Workshop
from waardeweging.store import Store

LINK_DAYS = 30


@dataclass(frozen=True, slots=True)
class Begun:
    """A new workshop.

    Parameters
    ----------
    state : Workshop
    facilitator, screen : str
        Secrets of the links, shown once.
    """

    state: Workshop
    facilitator: str = field(repr=False)
    screen: str = field(repr=False)


def begin(
    store: Store, folder: Path, title: str | None, *, language: Language, exploration: bool
) -> Begun:
    """Begin a workshop about the scenario in a folder.

    Parameters
    ----------
    store : Store
    folder : Path
    title : str or None
        None takes that of the scenario.
    language : str
        In which the screen in the hall begins.
    exploration : bool

    Raises
    ------
    InputError or ExceptionGroup of InputError
        With every fault of the folder; nothing is begun then.
    """
    files = gather(folder)
    shown = title or scenario_in(files).title[language]
    state = store.create(shown, files, language=language, exploration=exploration)
    facilitator = store.staff_link(state.id, "facilitator", link_end())
    screen = store.staff_link(state.id, "reader", link_end())
    return Begun(store.workshop(state.id), facilitator, screen)


def link_end() -> str:
    """Give the moment until which a link that is made now works."""
    return moment(datetime.now(UTC) + timedelta(days=LINK_DAYS))
