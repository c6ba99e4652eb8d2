"""Begin live workshops."""

from __future__ import annotations

from typing import Annotated

import typer

from waardeweging.cli.parts import (
    DatabaseOption,
    Folder,
    Lang,
    Language,
    faults_shown,
)
from waardeweging.cli.root import main

workshops = typer.Typer(help="Begin live workshops.", no_args_is_help=True, rich_markup_mode=None)
main.add_typer(workshops, name="workshop")


@workshops.command("create")
def workshop_create(
    folder: Folder,
    title: Annotated[
        str | None, typer.Option(help="Title; else that of the scenario.", show_default=False)
    ] = None,
    exploration: Annotated[
        bool, typer.Option("--exploration", help="To practise or explore; marked everywhere.")
    ] = False,
    address: Annotated[
        str, typer.Option(help="Where the app is served, for the links.")
    ] = "http://localhost:8501",
    database: DatabaseOption = None,
    lang: Lang = Language.nl,
) -> None:
    """Begin a workshop and print the links of facilitator and screen; stop the app first."""
    from waardeweging.app.hall.begin import LINK_DAYS, begin
    from waardeweging.app.hall.door import staff_link
    from waardeweging.presentation.catalog import text
    from waardeweging.store import store_for_new

    with faults_shown(lang), store_for_new(database) as opened:
        begun = begin(opened, folder, title, language=lang.value, exploration=exploration)
    room = begun.state.room_code
    print(text("hall.cli.begun", lang.value, title=begun.state.title, room=room))
    for name, secret in (("facilitator", begun.facilitator), ("screen", begun.screen)):
        print(text(f"hall.cli.{name}", lang.value, link=staff_link(address, secret)))
    print(text("hall.cli.keep", lang.value, days=LINK_DAYS))
