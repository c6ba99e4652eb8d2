"""The command itself, and what it says about itself."""

from __future__ import annotations

from typing import Annotated

import typer

from waardeweging import __version__

main = typer.Typer(
    name="waardeweging",
    help="Weigh heat options for a neighbourhood, residents and municipality as equals.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"waardeweging {__version__}")
        raise typer.Exit


@main.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Weigh heat options for a neighbourhood, residents and municipality as equals."""
