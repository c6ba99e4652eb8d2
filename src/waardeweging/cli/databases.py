"""Look after the database: backup, restore, verify, purge."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from waardeweging.cli.parts import (
    DatabaseOption,
    Lang,
    Language,
    faults_shown,
)
from waardeweging.cli.root import main

store = typer.Typer(
    help="Look after the database of workshops.", no_args_is_help=True, rich_markup_mode=None
)
main.add_typer(store, name="store")


@store.command("backup")
def store_backup(
    file: Annotated[Path, typer.Argument(help="File to write.", show_default=False)],
    database: DatabaseOption = None,
    lang: Lang = Language.nl,
) -> None:
    """Write a backup to a new file and check it; the app may go on meanwhile."""
    from waardeweging.presentation.catalog import text
    from waardeweging.store import backup

    with faults_shown(lang):
        done = backup(file, database)
    found = {"records": done.records, "answers": done.answers}
    print(text("cli.store.backed_up", lang.value, place=str(file), **found))


@store.command("restore")
def store_restore(
    file: Annotated[Path, typer.Argument(help="A backup.", show_default=False)],
    database: DatabaseOption = None,
    lang: Lang = Language.nl,
) -> None:
    """Put a backup into an empty database, of the same kind or the other."""
    from waardeweging.presentation.catalog import text
    from waardeweging.store import restore

    with faults_shown(lang):
        done = restore(file, database)
    print(text("cli.store.restored", lang.value, records=done.records, answers=done.answers))


@store.command("verify")
def store_verify(
    head: Annotated[
        list[str] | None, typer.Option(help="A hash that was published.", show_default=False)
    ] = None,
    database: DatabaseOption = None,
    lang: Lang = Language.nl,
) -> None:
    """Check every chain and every answer; the app may go on meanwhile."""
    from waardeweging.presentation.catalog import text
    from waardeweging.store import verify

    with faults_shown(lang):
        found = verify(database, head or ())
        if found.faults:
            raise ExceptionGroup("faults in the database", list(found.faults))
    counts = {"workshops": found.workshops, "records": found.records, "answers": found.answers}
    print(text("cli.store.fits", lang.value, **counts))


@store.command("purge")
def store_purge(
    before: Annotated[
        datetime,
        typer.Option(formats=["%Y-%m-%d"], help="Day; what was used since then stays."),
    ],
    database: DatabaseOption = None,
    lang: Lang = Language.nl,
) -> None:
    """Delete answers and cards of workshops where nothing happened since a day."""
    from waardeweging.presentation.catalog import text
    from waardeweging.process.moments import moment
    from waardeweging.store import StoreError, is_there, open_store

    with faults_shown(lang):
        if not is_there(database):
            raise StoreError("store.absent")
        with open_store(database) as kept:
            done = kept.purge(moment(before.astimezone()))
    print(text("cli.store.purged", lang.value, count=len(done)))
