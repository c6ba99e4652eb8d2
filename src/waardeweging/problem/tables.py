"""Tables from CSV and xlsx, as rows of text with the place of every cell.

Nothing is interpreted here: a cell is the text that the user sees. Sizes are
checked before anything is parsed.
"""

from __future__ import annotations

import csv
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Generic, TypeVar

from python_calamine import CalamineError, CalamineWorkbook

from waardeweging.problem.errors import Faults, InputError, Place, read_all
from waardeweging.problem.text import clean_id, is_id

T = TypeVar("T")

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 500
_DELIMITERS = (";", "\t", ",")
_MOST_ENTRIES = 2000
_MOST_KNOWN = 4096
# A few columns more than are read, so that the header can be counted and named.
_MOST_WIDE = 2 * MOST_COLUMNS
# Where a cell or a row says that it stands: r="XFD1048576", or r="7" of a row.
_CELL = re.compile(rb"""\br\s*=\s*["'](\w{0,9}?)(\d{1,19})["']""")
# Excel's own line before the header, which names the sign between the columns.
_SEPARATOR = re.compile(r'"?sep=([;,\t])"?', re.IGNORECASE)
# A cell of a sheet with an error, and one whose formula nobody has calculated yet.
_ERROR = re.compile(rb"""(<(?:\w+:)?c\b[^<>]*?\bt\s*=\s*["'])e(["'])""")
_UNCALCULATED = re.compile(
    rb"""(<(\w+:)?c\b[^<>]*+)>\s*+<(?:\w+:)?f\b[^<>]*+(?<!/)>([^<]*+)</(?:\w+:)?f>\s*+"""
    rb"""(?:<(?:\w+:)?v\s*+/>|<(?:\w+:)?v></(?:\w+:)?v>)?+\s*+</(?:\w+:)?c>"""
)
_KIND = re.compile(rb"""\st\s*+=\s*+["'](\w*+)["']""")
# How an old workbook (.xls) and a zip (.xlsx, .ods) begin.
_WORKBOOKS = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04")
# All the ways in which the zip library refuses a file.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    LookupError,
    ValueError,
    OSError,
)


# Not frozen: making the rows of a large file would take three times as long.
@dataclass(slots=True)
class Row:
    """One row: its number as a spreadsheet counts it, and its cells by column."""

    file: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def place(self, column: str | None = None) -> Place:
        """Give the place of a cell, for an error."""
        return Place(self.file, self.number, column)

    def id(self, column: str) -> str:
        """Read a short name that other files refer to.

        Raises
        ------
        InputError
            If it is empty, too long or has a sign that is not allowed.
        """
        text = self.cells.get(column, "")
        return text if is_id(text) else clean_id(text, self.place(column))


@dataclass(frozen=True, slots=True)
class Table:
    """A table with named columns."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Cells(Generic[T]):
    """Reads the cells of one column; a text that came by before is looked up, not read again.

    Parameters
    ----------
    column : str
    read : callable
        What a cell says, or an `InputError` about its place.

    Attributes
    ----------
    column : str
    known : dict of str to T
        What the texts say that came by.
    """

    def __init__(self, column: str, read: Callable[[str, Place], T]) -> None:
        self.column = column
        self.known: dict[str, T] = {}
        self._read = read

    def of(self, row: Row) -> T:
        """Read the cell of a row.

        Raises
        ------
        InputError
            If it says nothing that this column may say.
        """
        text = row.cells.get(self.column, "")
        if text in self.known:
            return self.known[text]
        found = self._read(text, row.place(self.column))
        # A hostile file cannot fill the memory with texts that come by once.
        if len(self.known) < _MOST_KNOWN:
            self.known[text] = found
        return found


class Together(Generic[T]):
    """Reads the cells of several columns; texts that came by together before are looked up.

    Parameters
    ----------
    columns : sequence of Cells
    """

    def __init__(self, columns: Sequence[Cells[T]]) -> None:
        self._columns = tuple(columns)
        self._names = tuple(cells.column for cells in columns)
        self._known: dict[tuple[str, ...], tuple[T, ...]] = {}

    def of(self, row: Row) -> tuple[T, ...]:
        """Read these cells of a row.

        Raises
        ------
        ExceptionGroup of InputError
            With every fault among them.
        """
        texts = tuple(map(row.cells.get, self._names, repeat("")))
        known = self._known.get(texts)
        if known is not None:
            return known
        found = read_cells(row, self._columns)
        if len(self._known) < _MOST_KNOWN:
            self._known[texts] = found
        return found


def read_cells(row: Row, columns: Sequence[Cells[T]]) -> tuple[T, ...]:
    """Read several cells of a row.

    Raises
    ------
    ExceptionGroup of InputError
        With every fault among them.
    """
    try:
        return tuple([cells.known[row.cells[cells.column]] for cells in columns])
    except KeyError:
        return tuple(read_all(row.file, *[partial(cells.of, row) for cells in columns]))


def read_table(
    path: Path,
    *,
    required: Iterable[str],
    optional: Iterable[str] | None = (),
    largest: int = LARGEST_FILE,
) -> Table:
    """Read a CSV or xlsx file whose columns have names.

    Parameters
    ----------
    path : Path
        ``.xlsx``, or text with ``;``, ``,`` or tab between the columns.
    required : iterable of str
        Columns that must be there.
    optional : iterable of str or None
        Columns that may be there; None allows any other column.
    largest : int
        Largest file. [bytes]

    Raises
    ------
    ExceptionGroup of InputError
        With every fault of the file as a whole: missing, unknown and double
        columns; or the one that stops reading.
    """
    lines = list(xlsx_lines(path, largest)) if is_xlsx(path) else _csv_lines(path, largest)
    faults = Faults()
    if not lines:
        faults.add(nothing_in(path))
        faults.raise_all(path.name)
    header = tuple(cell.strip() for cell in lines[0][1])
    while header and not header[-1]:
        header = header[:-1]
    _check_header(header, path.name, tuple(required), optional, faults)
    rows = tuple(_rows(lines[1:], header, path.name, faults))
    faults.raise_all(path.name)
    return Table(path.name, header, rows)


def read_bytes(path: Path, largest: int = LARGEST_FILE) -> bytes:
    """Read a file, or say that it is absent or too large before reading it.

    Raises
    ------
    InputError
        If the file is absent, is no file, or is larger than `largest` bytes.
    """
    where = Place(path.name)
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise FileNotFoundError
    except (OSError, ValueError):
        raise InputError(
            "file.missing", where=where, remedy="Put this file in the folder, or correct its name."
        ) from None
    if size > largest:
        raise InputError(
            "file.too_large",
            where=where,
            found=f"{size / 1e6:.0f} MB",
            remedy="Keep the file below {most} MB; split it or remove what is not needed.",
            most=f"{largest / 1e6:.0f}",
        )
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            "file.unreadable",
            where=where,
            found=error.strerror,
            remedy="Check that you may read this file.",
        ) from None


def decode(data: bytes, file: str) -> str:
    """Decode UTF-8 with or without a byte order mark.

    Raises
    ------
    InputError
        If the bytes are not UTF-8; names the row.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_utf8(error, file) from None


def not_utf8(error: UnicodeDecodeError, file: str, row: int = 1) -> InputError:
    """Say that bytes are not UTF-8, or that they are a workbook.

    Parameters
    ----------
    error : UnicodeDecodeError
    file : str
    row : int
        In which its bytes begin.
    """
    data = error.object
    if row == 1 and data.startswith(_WORKBOOKS):
        return InputError(
            "table.workbook",
            where=Place(file),
            remedy="This is a workbook under another name; save it as .xlsx or as 'CSV UTF-8'.",
        )
    return InputError(
        "file.not_utf8",
        where=Place(file, row + data.count(b"\n", 0, error.start)),
        found=f"byte 0x{data[error.start]:02x}",
        remedy="Save the file as 'CSV UTF-8' or as text in UTF-8.",
    )


def not_csv(error: csv.Error, file: str, row: int) -> InputError:
    """Say why a row cannot be split into cells."""
    if "field limit" in str(error):
        return InputError(
            "table.long_cell",
            where=Place(file, row),
            remedy="Shorten the longest cell of this row, or close a quote that stays open.",
        )
    return InputError(
        "table.quotes",
        where=Place(file, row),
        found=str(error),
        remedy='Close every quote ("), and double a quote inside a text.',
    )


def nothing_in(path: Path) -> InputError:
    """Say that a file holds no table; in a workbook that is its first sheet."""
    if is_xlsx(path):
        return InputError(
            "table.empty_sheet",
            where=Place(path.name),
            remedy="The first sheet is empty; put the table on the first sheet.",
        )
    return InputError(
        "table.empty",
        where=Place(path.name),
        remedy="The file is empty; write a line with the column names.",
    )


def only_names(file: str) -> InputError:
    """Say that a table that must hold something has no rows."""
    return InputError(
        "table.only_names",
        where=Place(file),
        remedy="There are only column names; write at least one row below them.",
    )


def is_xlsx(path: Path) -> bool:
    """Say whether a file is read as a workbook, which its name decides."""
    return path.suffix.lower() == ".xlsx"


def _csv_lines(path: Path, largest: int) -> list[tuple[int, list[str]]]:
    text = decode(read_bytes(path, largest), path.name)
    if "\x00" in text:
        raise InputError(
            "table.not_text", where=Place(path.name), remedy="Save the table as CSV (text)."
        )
    delimiter, is_told = delimiter_in(text.lstrip("\r\n").split("\n", 1)[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines, row = [], 1
    try:
        for cells in reader:
            if "".join(cells).strip():
                if not is_told:
                    lines.append((row, cells))
                is_told = False
            row = reader.line_num + 1
            if len(lines) > MOST_ROWS + 1:
                raise _too_many(path.name)
    except csv.Error as error:
        raise not_csv(error, path.name, row) from None
    return lines


def delimiter_in(first: str) -> tuple[str, bool]:
    """Find the sign between the columns in the first line of a file.

    Returns
    -------
    delimiter : str
    is_told : bool
        Whether the line only tells the sign, as ``sep=;`` does; the header follows it.
    """
    told = _SEPARATOR.fullmatch(first.rstrip("\r\n"))
    if told is not None:
        return told[1], True
    return max(_DELIMITERS, key=first.count), False


def xlsx_lines(path: Path, largest: int = LARGEST_FILE) -> Iterator[tuple[int, list[str]]]:
    """Give number and cells of the rows of a workbook's first sheet that hold anything.

    Raises
    ------
    InputError
        If the file is absent, too large or no workbook.
    """
    checked = _checked_zip(read_bytes(path, largest), path.name)
    try:
        sheet = CalamineWorkbook.from_filelike(checked).get_sheet_by_index(0)
        values = sheet.iter_rows()
    except (CalamineError, IndexError, ValueError, OSError):
        raise _not_xlsx(path.name) from None
    del checked
    if sheet.total_height > MOST_ROWS + 1:
        raise _too_many(path.name)
    for number, row in enumerate(values, 1):
        cells = [_cell(value) for value in row]
        if "".join(cells).strip():
            yield number, cells


def _checked_zip(data: bytes, file: str) -> io.BytesIO:
    """Check a workbook and give it unpacked, as what reads it believes what it says of itself."""
    checked = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive, len(data), file)
            with zipfile.ZipFile(checked, "w", zipfile.ZIP_STORED) as unpacked:
                for entry in archive.infolist():
                    content = archive.read(entry)
                    _check_cells(content, file)
                    unpacked.writestr(entry.filename, _with_errors_as_text(content))
    except InputError:
        raise
    except _DAMAGE:
        raise _not_xlsx(file) from None
    checked.seek(0)
    return checked


def _check_sizes(archive: zipfile.ZipFile, packed: int, file: str) -> None:
    entries = archive.infolist()
    if "xl/workbook.xml" not in archive.namelist() or len(entries) > _MOST_ENTRIES:
        raise _not_xlsx(file)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > LARGEST_UNPACKED or unpacked > 200 * max(packed, 4096):
        raise InputError(
            "file.bomb",
            where=Place(file),
            found=f"{unpacked / 1e6:.0f} MB",
            remedy="Unpacked, this file is far too large; save only the table that is needed.",
        )


def _check_cells(content: bytes, file: str) -> None:
    """Refuse a cell far away: all cells before it would be made room for."""
    if b"sheetData" not in content:
        return
    for found in _CELL.finditer(content):
        column, row = found.groups()
        if int(row) > MOST_ROWS + 1:
            raise _too_many(file)
        if _column_number(column) > _MOST_WIDE:
            raise InputError(
                "table.too_many_columns",
                where=Place(file),
                found=_column_number(column),
                remedy="Keep at most {most} columns.",
                most=MOST_COLUMNS,
            )


def _with_errors_as_text(content: bytes) -> bytes:
    """Let what a spreadsheet could not calculate be read as its text, not as an empty cell."""
    if b"sheetData" not in content:
        return content
    content = _ERROR.sub(rb"\1str\2", content)
    return _UNCALCULATED.sub(_formula_itself, content)


def _formula_itself(cell: re.Match[bytes]) -> bytes:
    """Give a cell that holds its formula as text; a formula may also give an empty text."""
    begin, prefix, formula = cell.groups(b"")
    kind = _KIND.search(begin)
    if kind is not None and kind[1] == b"str":
        return cell[0]
    begin = _KIND.sub(b"", begin)
    # A name space stands before every name of a sheet, or before none.
    return b'%b t="str"><%bv>=%b</%bv></%bc>' % (begin, prefix, formula, prefix, prefix)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        # A spreadsheet cell is a number already: no notation to doubt, so
        # 1.234 is written with a form that reads back as exactly that number.
        return number_text(value)
    return "" if value is None else str(value)


def number_text(value: float) -> str:
    """Write a number so that it reads back as exactly that number, whatever the notation."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    whole, _, decimals = text.partition(".")
    return f"{text}0" if len(decimals) == 3 and whole.lstrip("-").isdigit() else text


def _not_xlsx(file: str) -> InputError:
    return InputError(
        "file.not_xlsx",
        where=Place(file),
        remedy="This is not an Excel workbook; save it again as .xlsx, or use CSV.",
    )


def _too_many(file: str) -> InputError:
    return InputError(
        "table.too_many_rows",
        where=Place(file),
        remedy="Keep at most {most} rows.",
        most=MOST_ROWS,
    )


def _check_header(
    header: tuple[str, ...],
    file: str,
    required: tuple[str, ...],
    optional: Iterable[str] | None,
    faults: Faults,
) -> None:
    if len(header) > MOST_COLUMNS:
        faults.add(
            InputError(
                "table.too_many_columns",
                where=Place(file, 1),
                found=len(header),
                remedy="Keep at most {most} columns.",
                most=MOST_COLUMNS,
            )
        )
        return
    for column in required:
        if column not in header:
            faults.add(
                InputError(
                    "table.missing_column",
                    where=Place(file, 1, column),
                    remedy="Add a column with exactly this name.",
                )
            )
    known = None if optional is None else {*required, *optional}
    for index, column in enumerate(header):
        place = Place(file, 1, column or unnamed(index))
        if column in header[:index]:
            faults.add(
                InputError(
                    "table.duplicate_column", where=place, remedy="Keep one column with this name."
                )
            )
        elif not column or (known is not None and column not in known):
            faults.add(
                InputError(
                    "table.unknown_column",
                    where=place,
                    found=column,
                    remedy="Remove this column or correct its name. Known names: {known}.",
                    known=", ".join([*required, *(optional or ())]),
                )
            )


def unnamed(index: int) -> str:
    """Say which column it is when it has no name: the first is ``#1``."""
    return f"#{index + 1}"


def check_width(cells: Sequence[str], width: int, place: Place, faults: Faults) -> None:
    """Remember a fault when a row has something where the header has no name."""
    beside = next(filter(str.strip, cells[width:]), None)
    if beside is not None:
        faults.add(
            InputError(
                "table.too_many_cells",
                where=place,
                found=beside,
                remedy="This row has more cells than the header; put quotes around a text "
                "that holds the column separator.",
            )
        )


def _rows(
    lines: list[tuple[int, list[str]]], header: tuple[str, ...], file: str, faults: Faults
) -> Iterable[Row]:
    for number, cells in lines:
        if len(cells) > len(header):
            check_width(cells, len(header), Place(file, number), faults)
        yield Row(file, number, dict(zip(header, cells, strict=False)))
