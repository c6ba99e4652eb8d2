"""Small static drawings as SVG text: same input, same bytes, nothing fetched.

Words are escaped; a drawing never holds markup from a file. Widths of letters
are estimated, a little wide, so that words fit whatever font a reader has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal

INK, GREY, PALE, WHITE = "#1b1b1b", "#595959", "#dfe3e8", "#ffffff"
SIZE = 15
LINE = 20
FONT = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"

Anchor = Literal["start", "middle", "end"]

# Widths in the font that comes with the program, in parts of its size.
_WIDTHS = {
    letter: width
    for width, letters in (
        (0.27, "'Iijl "),
        (0.32, "!,.:;"),
        (0.38, "()/[]\\frt{|}"),
        (0.5, '"-1^_*?`s'),
        (0.58, "7JLackvxyz"),
        (0.64, "025689EFZbdeghnopqu#$&+34<=>BKPRSTXY~"),
        (0.72, "ADV"),
        (0.78, "CGHNOQU"),
        (0.86, "%wm"),
        (0.95, "@WM"),
    )
    for letter in letters
}
_OTHER = 0.66


def text_width(words: str, size: float = SIZE, *, bold: bool = False) -> float:
    """Estimate how wide words are, in pixels."""
    width = sum(_WIDTHS.get(letter, _OTHER) for letter in words) * size
    return 1.06 * width if bold else width


def wrapped(words: str, room: float, size: float = SIZE) -> list[str]:
    """Break words into lines that fit; a word that is too long is broken itself."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or text_width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
        while text_width(lines[-1], size) > room and len(lines[-1]) > 1:
            fits = next(
                n for n in range(len(lines[-1]) - 1, 0, -1)
                if n == 1 or text_width(lines[-1][:n], size) <= room
            )  # fmt: skip
            lines[-1:] = [lines[-1][:fits], lines[-1][fits:]]
    return lines


@dataclass(frozen=True, slots=True)
class Pattern:
    """A fill that is told apart without colour.

    Parameters
    ----------
    colour : str
    lines : str
        Path of the white lines in a tile of 8 by 8; empty for plain.
    """

    colour: str
    lines: str = ""


# The palette of the screens, each with a pattern of its own.
PATTERNS = (
    Pattern("#0072b2"),
    Pattern("#d55e00", "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4"),
    Pattern("#009e73", "M4,4 h0.1"),
    Pattern("#9881d4", "M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4"),
    Pattern("#433f08", "M0,4 h8 M4,0 v8"),
    Pattern("#8c594b", "M0,4 h8"),
    Pattern("#004292", "M4,0 v8"),
    Pattern("#6e1d56", "M0,0 l8,8 M8,0 l-8,8"),
)


@dataclass(slots=True)
class Drawing:
    """A drawing in the making.

    Parameters
    ----------
    width, height : float
        [pixels]
    name : str
        Unique in its document; patterns are called after it.
    """

    width: float
    height: float
    name: str
    parts: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def rect(
        self, x: float, y: float, width: float, height: float, fill: str, stroke: str = ""
    ) -> None:
        """Draw a rectangle."""
        edge = f' stroke="{stroke}"' if stroke else ""
        self.parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(width, 0))}" '
            f'height="{_n(height)}" fill="{fill}"{edge}/>'
        )

    def bar(self, x: float, y: float, width: float, height: float, pattern: int) -> None:
        """Draw a rectangle in a colour with its pattern, edged white."""
        place = pattern % len(PATTERNS)
        self.rect(x, y, width, height, PATTERNS[place].colour, WHITE)
        if PATTERNS[place].lines:
            self.used.add(place)
            self.rect(x, y, width, height, f"url(#{self.name}-{place})")

    def line(
        self, x1: float, y1: float, x2: float, y2: float, colour: str = INK, width: float = 1.0
    ) -> None:
        """Draw a line."""
        self.parts.append(
            f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" '
            f'stroke="{colour}" stroke-width="{_n(width)}"/>'
        )

    def mark(self, x: float, y: float, shape: str, colour: str, size: float = 7.0) -> None:
        """Draw a circle or a diamond."""
        if shape == "circle":
            self.parts.append(
                f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(size)}" fill="{colour}" '
                f'stroke="{WHITE}"/>'
            )
            return
        far = 1.25 * size
        points = " ".join(
            f"{_n(px)},{_n(py)}"
            for px, py in ((x, y - far), (x + far, y), (x, y + far), (x - far, y))
        )
        self.parts.append(f'<polygon points="{points}" fill="{colour}" stroke="{WHITE}"/>')

    def write(
        self,
        x: float,
        y: float,
        words: str,
        *,
        anchor: Anchor = "start",
        colour: str = INK,
        size: float = SIZE,
        bold: bool = False,
    ) -> None:
        """Write words with their middle at `y`."""
        weight = ' font-weight="600"' if bold else ""
        side = "" if anchor == "start" else f' text-anchor="{anchor}"'
        self.parts.append(
            f'<text x="{_n(x)}" y="{_n(y + 0.35 * size)}" fill="{colour}" '
            f'font-size="{_n(size)}"{weight}{side}>{escape(words, quote=False)}</text>'
        )

    def write_lines(
        self, x: float, y: float, lines: Sequence[str], *, anchor: Anchor = "start",
        colour: str = INK, bold: bool = False,
    ) -> None:  # fmt: skip
        """Write lines below each other with the middle of all at `y`."""
        first = y - LINE * (len(lines) - 1) / 2
        for number, words in enumerate(lines):
            self.write(x, first + LINE * number, words, anchor=anchor, colour=colour, bold=bold)

    def svg(self) -> str:
        """Give the drawing as text. Its description stands beside it, so it is hidden itself."""
        tiles = "".join(
            f'<pattern id="{self.name}-{place}" width="8" height="8" '
            f'patternUnits="userSpaceOnUse"><path d="{PATTERNS[place].lines}" stroke="{WHITE}" '
            f'stroke-opacity="0.45" stroke-width="1.6" stroke-linecap="round" fill="none"/>'
            f"</pattern>"
            for place in sorted(self.used)
        )
        defs = f"<defs>{tiles}</defs>" if tiles else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(self.width)}" '
            f'height="{_n(self.height)}" viewBox="0 0 {_n(self.width)} {_n(self.height)}" '
            f'font-family="{FONT}">{defs}{"".join(self.parts)}</svg>'
        )


def _n(x: float) -> str:
    """Write a coordinate with one digit behind the point."""
    written = f"{x:.1f}"
    return written[:-2] if written.endswith(".0") else written


@dataclass(frozen=True, slots=True)
class Line:
    """Where one row of a drawing stands.

    Parameters
    ----------
    labels : tuple of str
        Lines of its name.
    label_y, mark_y : float
        Middle of the name and of the mark. [pixels]
    """

    labels: tuple[str, ...]
    label_y: float
    mark_y: float


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows below each other, named beside the mark on a page and above it on a phone.

    Parameters
    ----------
    lines : tuple of Line
    left, right : float
        Ends of the room for marks. [pixels]
    bottom : float
    """

    lines: tuple[Line, ...]
    left: float
    right: float
    bottom: float

    def at(self, x: float, low: float, high: float) -> float:
        """Give where a number stands between the ends."""
        return self.left + (self.right - self.left) * (x - low) / (high - low)


WIDE, NARROW = 720.0, 360.0
BAR = 22.0
_NAMES = 250.0


def rows(
    names: Sequence[str], width: float, top: float = 0.0, *, right: float = 12.0, left: float = 4.0
) -> Rows:
    """Divide a drawing into rows.

    Parameters
    ----------
    names : sequence of str
    width : float
        Of the whole drawing. [pixels]
    top : float
        Room kept free above. [pixels]
    right, left : float
        Room kept free beside the marks. [pixels]
    """
    is_wide = width >= WIDE
    room = _NAMES - 14 if is_wide else width - 8
    placed, y = [], top
    for name in names:
        labels = tuple(wrapped(name, room))
        tall = LINE * len(labels)
        if is_wide:
            height = max(tall, BAR) + 10
            placed.append(Line(labels, y + height / 2, y + height / 2))
            y += height
        else:
            placed.append(Line(labels, y + tall / 2, y + tall + BAR / 2 + 2))
            y += tall + BAR + 12
    start = _NAMES if is_wide else 0.0
    return Rows(tuple(placed), start + left, width - right, y)


def write_names(drawing: Drawing, table: Rows, *, bold: frozenset[int] = frozenset()) -> None:
    """Write the name of every row: beside its mark, or above it when there is no room beside."""
    is_wide = drawing.width >= WIDE
    for number, line in enumerate(table.lines):
        x, anchor = (_NAMES - 10, "end") if is_wide else (0.0, "start")
        drawing.write_lines(
            x, line.label_y, line.labels,
            anchor="end" if anchor == "end" else "start", bold=number in bold,
        )  # fmt: skip


def legend(drawing: Drawing, items: Sequence[tuple[int, str]], top: float = 0.0) -> float:
    """Draw what every pattern means, and give where it ends; without a drawing to be seen."""
    x, y = 0.0, top + LINE / 2
    for pattern, words in items:
        wide = 26 + text_width(words) + 18
        if x > 0 and x + wide > drawing.width:
            x, y = 0.0, y + LINE + 4
        drawing.bar(x, y - 8, 18, 16, pattern)
        drawing.write(x + 25, y, words)
        x += wide
    return y + LINE / 2 + 8
