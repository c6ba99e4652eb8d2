"""What every command needs: options, faults in words, progress, and files written whole."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console, RenderableType

from waardeweging.problem.errors import InputError, Place, faults_in


class Language(StrEnum):
    """Language of what is shown."""

    nl = "nl"
    en = "en"


class Perspective(StrEnum):
    """Whose costs count."""

    resident = "resident"
    national = "national"


WHOSE: dict[Perspective, Literal["national", "resident"]] = {
    Perspective.national: "national",
    Perspective.resident: "resident",
}

Folder = Annotated[Path, typer.Argument(help="A scenario folder.", show_default=False)]
Lang = Annotated[Language, typer.Option("--lang", help="Language of what is shown.")]
Address = Annotated[str, typer.Option(help="Where the app is served, for the links.")]
DatabaseOption = Annotated[
    str | None, typer.Option("--database", help="As for 'app'.", show_default=False)
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace what is there.")]


def may_write(out: Path, overwrite: bool) -> None:
    """Refuse to replace a file that nobody asked to replace."""
    if out.is_file() and not overwrite:
        raise InputError(
            "file.exists",
            where=Place(str(out)),
            remedy="This is there already; give another name, or add --overwrite.",
        )


def made(folder: Path, lang: Language) -> None:
    """Say where a folder was written."""
    from waardeweging.presentation.catalog import text

    print(text("cli.made", lang.value, place=str(folder)))


@contextmanager
def progress() -> Iterator[Callable[[Any], None]]:
    """Show progress: a bar on a terminal, a plain line now and then elsewhere."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda told: print(f"{told.done}/{told.total}", file=sys.stderr, flush=True)
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=None)
        yield lambda told: bar.update(task, completed=told.done, total=told.total)


@contextmanager
def faults_shown(lang: Language) -> Iterator[None]:
    """Show every fault in the user's language and end with status 1."""
    from waardeweging.presentation.sentences import fault_count, fault_lines

    try:
        yield
    except (ExceptionGroup, ValueError) as error:
        if not faults_in(error):
            raise
        for line in fault_lines(error, lang.value):
            print(line, file=sys.stderr)
        print(fault_count(error, lang.value), file=sys.stderr)
        raise typer.Exit(1) from None


def read_file(path: Path | None, option: str) -> bytes | None:
    """Read a file that an option names; None when the option was left out."""
    try:
        return None if path is None else path.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}", param_hint=option) from None


def show(said: RenderableType) -> None:
    """Print for a reader; a page that is piped keeps its width."""
    Console(width=None if sys.stdout.isatty() else 100).print(said)


def put_json(where: str, text: str) -> None:
    """Print JSON alone when `where` is ``-``, else write it to that file."""
    if where == "-":
        print(text)
    else:
        write_file(Path(where), text + "\n", "--json")


def write_file(path: Path, content: str | bytes, option: str) -> None:
    """Write a file whole or not at all."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.write_bytes(content.encode() if isinstance(content, str) else content)
        unfinished.replace(path)
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}", param_hint=option) from None
    finally:
        unfinished.unlink(missing_ok=True)
