"""What a project document is not, and the log on which it rests."""

from __future__ import annotations

from waardeweging.dossier.document.blocks import (
    Block,
    Bullets,
    Code,
    Heading,
    Paragraph,
    Part,
    Row,
    Table,
    Words,
)
from waardeweging.dossier.project.writer import ProjectWriter

_LATEST = 15


def limits(writer: ProjectWriter) -> Part:
    """Say what this page cannot decide, and how privacy is kept."""
    fewest = writer.number(writer.fact("fewest"))
    blocks: list[Block] = [
        Paragraph(writer.here("limits.lead"), "lead"),
        Bullets(tuple(writer.here(f"limits.{name}") for name in ("decides", "words", "people"))),
        Heading(writer.say("limits.privacy_title")),
        Bullets(
            (
                writer.say("limits.no_names"),
                writer.here("limits.fewest", "/fewest", fewest=fewest),
                writer.here("limits.roles"),
            )
        ),
    ]
    return Part("limits", writer.say("limits.title"), tuple(blocks))


def news(writer: ProjectWriter) -> Part:
    """Say what changed since a day; without a day what changed last."""
    since, every = writer.fact("since"), writer.fact("news")
    places = [n for n, one in enumerate(every) if since is None or one["day"] >= since]
    shown = places if since is not None else places[:_LATEST]
    key = "news.latest" if since is None else "news.since"
    blocks: list[Block] = [Paragraph(writer.here(key, "/since", day=writer.when("since")), "lead")]
    if shown:
        blocks.append(_happened(writer, writer.here("news.title"), shown))
    else:
        blocks.append(Paragraph(writer.here("news.nothing")))
    return Part("news", writer.here("news.title"), tuple(blocks))


def _happened(writer: ProjectWriter, caption: Words, places: list[int]) -> Table:
    rows = tuple(
        Row((writer.day("news", n, "day"), writer.quoted("news", n, "text"))) for n in places
    )
    heads = (writer.here("news.day"), writer.here("news.what"))
    return Table(caption, heads, rows, frozenset(), (0.25, 0.75))


def log(writer: ProjectWriter) -> Part:
    """Give the head of the chain of events, and the files that were kept."""
    said = writer.here(
        "log.count",
        "/log/records",
        "/log/last",
        count=writer.number(writer.fact("log", "records")),
        day=writer.when("log", "last"),
    )
    blocks: list[Block] = [
        Paragraph(said, "lead"),
        Paragraph(writer.here("log.head")),
        Code(writer.quoted("log", "head")),
        Paragraph(writer.here("log.again")),
        Code(writer.bare(f"waardeweging dossier {writer.fact('project', 'id')} --out project")),
        *_files(writer),
    ]
    return Part("log", writer.here("log.title"), tuple(blocks), is_appendix=True)


def history(writer: ProjectWriter) -> Part:
    """List everything that happened, the newest first."""
    title = writer.here("log.history_title")
    blocks: tuple[Block, ...] = (
        Paragraph(writer.here("log.history")),
        _happened(writer, title, list(range(len(writer.fact("news"))))),
    )
    return Part("history", title, blocks, is_appendix=True)


def _files(writer: ProjectWriter) -> list[Block]:
    rows = tuple(
        Row(
            (
                writer.count("files", n, "version"),
                writer.day("files", n, "on"),
                writer.optional("files", n, "reason"),
                writer.bare(writer.all_of(list(one["files"]))),
            )
        )
        for n, one in enumerate(writer.fact("files"))
    )
    if not rows:
        return []
    title = writer.here("log.files_title")
    heads = tuple(writer.here(f"log.{head}") for head in ("version", "on", "because", "files"))
    return [Heading(title), Table(title, heads, rows, frozenset(), (0.12, 0.2, 0.28, 0.4))]
