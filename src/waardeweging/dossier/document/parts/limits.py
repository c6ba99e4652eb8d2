"""What the tool cannot decide, what it keeps from whom, and sheets for the municipality."""

from __future__ import annotations

from collections.abc import Mapping

from waardeweging.dossier.document.blocks import (
    Block,
    Bullets,
    Code,
    Field,
    Form,
    Heading,
    Paragraph,
    Part,
    Row,
    Table,
    Words,
)
from waardeweging.dossier.document.pointers import pointer
from waardeweging.dossier.document.writer import Writer

_MOST_COLUMNS = 3


def limits(writer: Writer) -> Part:
    """Say what this outcome is not, and how privacy is kept."""
    fewest = writer.number(writer.fact("people", "fewest"))
    blocks: list[Block] = [
        Paragraph(writer.say("limits.lead"), "lead"),
        Bullets(tuple(writer.say(f"limits.cannot_{n}") for n in ("one", "two", "three", "four"))),
        *(Paragraph(words) for words in writer.finding("double_counting", "all_equal")),
        Heading(writer.say("limits.privacy_title")),
        Bullets(
            (
                writer.say("limits.no_names"),
                writer.say("limits.fewest", "/people/fewest", fewest=fewest),
                writer.say("limits.own_words"),
            )
        ),
    ]
    if writer.fact("inputs", "note"):
        note = Paragraph(writer.quoted("inputs", "note"))
        blocks.insert(2, note)
    return Part("limits", writer.say("limits.title"), tuple(blocks))


def data(writer: Writer) -> Part:
    """Every number with its band, grounds and source, option by option."""
    blocks: list[Block] = [Paragraph(writer.say("data.lead"), "lead")]
    for n, option in enumerate(writer.fact("inputs", "options")):
        rows = tuple(_cell_row(writer, n, m) for m in range(len(writer.fact("inputs", "criteria"))))
        heads = ("criterion", "likely", "range", "grounds", "source")
        blocks += [
            Heading(writer.bare(writer.option(option["id"]))),
            Table(
                writer.say("data.caption", option=writer.option(option["id"])),
                tuple(writer.say(f"table.{head}") for head in heads),
                rows,
                frozenset({1, 2}),
                (0.27, 0.2, 0.2, 0.13, 0.2),
            ),
        ]
    return Part("data", writer.say("data.title"), tuple(blocks), is_appendix=True)


def _cell_row(writer: Writer, n: int, m: int) -> Row:
    cell = writer.fact("inputs", "performances", n, m)
    where = ("inputs", "performances", n, m)
    low, mid, high = (
        writer.quantity(*where, end, unit=(*where, "unit"), grounds=cell["grounds"], full=full)
        for end, full in (("low", False), ("mid", True), ("high", False))
    )
    is_band = cell["low"] != cell["high"]
    band = writer.bare(f"{low.text} – {high.text}", *low.facts, *high.facts)
    criterion = writer.fact("inputs", "criteria", m, "id")
    return Row(
        (
            writer.bare(writer.criterion(criterion)),
            mid,
            band if is_band else writer.bare("–"),
            writer.bare(writer.word(cell["grounds"])),
            writer.quoted(*where, "source"),
        )
    )


def agreement(writer: Writer) -> Part:
    """Put our figures beside published ones."""
    given = writer.fact("inputs", "agreement")
    if not given:
        return Part(
            "agreement",
            writer.say("agreement.title"),
            (Paragraph(writer.say("agreement.none")),),
            is_appendix=True,
        )
    rows = []
    for n, one in enumerate(given):
        where = ("inputs", "agreement", n)
        unit = (*where, "unit")
        subject = writer.quoted(*where, "subject")
        what = writer.say(f"agreement.of_{one['quantity']}")
        rows.append(
            Row(
                (
                    writer.bare(f"{subject.text}: {what.text}", *subject.facts),
                    writer.quantity(*where, "ours", unit=unit),
                    writer.quantity(*where, "published", unit=unit),
                    writer.percent(*where, "share"),
                    writer.quoted(*where, "source"),
                )
            )
        )
    heads = ("agreement.about", "agreement.ours", "agreement.published", "agreement.share")
    notes = tuple(
        writer.bare(f"{one['subject']}: {one['note']}", pointer("inputs", "agreement", n))
        for n, one in enumerate(given)
        if one["note"]
    )
    return Part(
        "agreement",
        writer.say("agreement.title"),
        (
            Paragraph(writer.say("agreement.lead"), "lead"),
            Table(
                writer.say("agreement.title"),
                (*(writer.say(head) for head in heads), writer.say("table.source")),
                tuple(rows),
                frozenset({1, 2, 3}),
                (0.32, 0.18, 0.18, 0.12, 0.2),
            ),
            Bullets(notes),
        ),
        is_appendix=True,
    )


def sources(writer: Writer) -> Part:
    """Every source that a number names."""
    rows = tuple(
        Row(
            (
                writer.quoted("inputs", "sources", n, "id"),
                _linked(writer, n, one),
                writer.quoted("inputs", "sources", n, "publisher"),
                writer.quoted("inputs", "sources", n, "year"),
                writer.quoted("inputs", "sources", n, "licence"),
            )
        )
        for n, one in enumerate(writer.fact("inputs", "sources"))
    )
    heads = ("source", "title", "publisher", "year", "licence")
    return Part(
        "sources",
        writer.say("sources.title"),
        (
            Paragraph(writer.say("sources.lead"), "lead"),
            Table(
                writer.say("sources.title"),
                tuple(writer.say(f"table.{head}") for head in heads),
                rows,
                frozenset(),
                (0.18, 0.36, 0.18, 0.08, 0.2),
            ),
        ),
        is_appendix=True,
    )


def _linked(writer: Writer, n: int, source: Mapping[str, str]) -> Words:
    is_english = writer.language == "en" and bool(source.get("title_en"))
    title = writer.quoted("inputs", "sources", n, "title_en" if is_english else "title")
    url = source["url"]
    is_web = url.startswith(("https://", "http://")) and url.isascii() and " " not in url
    return Words(title.text, title.facts, "", url if is_web else "")


def reproduce(writer: Writer) -> Part:
    """How anyone recalculates the outcome: version, seed, fingerprint, command."""
    rows = tuple(
        Row((writer.say(f"reproduce.{name}"), words))
        for name, words in (
            ("version", writer.quoted("outcome", "provenance", "version")),
            ("seed", writer.quoted("outcome", "provenance", "seed")),
            ("draws", writer.quoted("outcome", "provenance", "draws")),
            ("input_sha256", writer.quoted("outcome", "provenance", "input_sha256")),
        )
    )
    heads = (writer.say("room.what"), writer.say("table.answer"))
    folder, version = writer.fact("folder"), writer.fact("outcome", "provenance", "version")
    workshop = writer.fact("workshop")
    again = workshop or folder or "FOLDER"
    where = ("/workshop" if workshop else "/folder", "/outcome/provenance/version")
    return Part(
        "reproduce",
        writer.say("reproduce.title"),
        (
            Paragraph(writer.say("reproduce.lead"), "lead"),
            Table(writer.say("reproduce.title"), heads, rows, frozenset(), (0.3, 0.7)),
            Heading(writer.say("reproduce.command_title")),
            Paragraph(writer.say("reproduce.bundle")),
            Code(writer.bare(f'pip install "waardeweging=={version}"', *where)),
            Code(writer.bare("waardeweging verify bundle.zip")),
            Paragraph(writer.say("workshop.reproduce" if workshop else "reproduce.folder")),
            Code(writer.bare(f'waardeweging dossier "{again}" --out dossier', *where)),
            Paragraph(writer.say("reproduce.numbers"), "quiet"),
        ),
        is_appendix=True,
    )


def data_protection(writer: Writer) -> Part:
    """Fill a sheet for the privacy officer as far as the program knows."""
    known = ("purpose", "data", "not_asked", "shown", "kept", "rights")
    asked = ("controller", "ground", "retention", "officer")
    return _sheet(writer, "data_protection", known, asked)


def accessibility(writer: Writer) -> Part:
    """Fill a sheet for the accessibility statement."""
    known = ("html", "pdf", "word", "tested")
    asked = ("status", "contact", "date")
    return _sheet(writer, "accessibility", known, asked)


def algorithm(writer: Writer) -> Part:
    """Give text for the register of algorithms."""
    known = ("name", "what", "data", "decides", "check", "risk")
    asked = ("owner", "contact")
    return _sheet(writer, "algorithm", known, asked)


def _sheet(writer: Writer, name: str, known: tuple[str, ...], asked: tuple[str, ...]) -> Part:
    given = writer.fact("record", name)

    def field(key: str, words: Words, lines: int) -> Field:
        own = writer.quoted("record", name, key) if key in given else words
        return Field(writer.say(f"{name}.{key}_label"), own, lines)

    fields = [field(key, writer.say(f"{name}.{key}"), 1) for key in known]
    fields += [field(key, Words(""), 1) for key in asked]
    fields += [
        Field(writer.bare(key), writer.quoted("record", name, key))
        for key in given
        if key not in (*known, *asked)
    ]
    return Part(
        name.replace("_", "-"),
        writer.say(f"{name}.title"),
        (Paragraph(writer.say(f"{name}.lead")), Form(writer.say(f"{name}.title"), tuple(fields))),
        is_appendix=True,
    )
