"""Tables as rows of text with the place of every cell."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from waardeweging.problem import tables
from waardeweging.problem.errors import InputError, Place, faults_in
from waardeweging.problem.tables import Cells, Row, Together, read_bytes, read_table


def write(tmp_path, text, name="t.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def codes(path, **columns):
    with pytest.raises((ExceptionGroup, ValueError)) as caught:
        read_table(path, **{"required": ("a",), **columns})
    return [(f.code, f.where.row) for f in faults_in(caught.value)]


def test_rows_keep_their_number_past_empty_lines_and_breaks_in_a_text(tmp_path):
    path = write(tmp_path, 'a;b\r\n\r\n1;"x\ny"\r\n2;z\r\n')

    table = read_table(path, required=("a", "b"))

    assert [(row.number, row["a"], row["b"]) for row in table.rows] == [
        (3, "1", "x\ny"),
        (5, "2", "z"),
    ]
    assert str(table.rows[0].place("b")) == "t.csv, row 3, field 'b'"


def test_a_short_row_has_empty_cells(tmp_path):
    (row,) = read_table(write(tmp_path, "a;b\n1\n"), required=("a", "b")).rows

    assert row["b"] == ""


def test_any_other_column_may_be_allowed(tmp_path):
    table = read_table(write(tmp_path, "a,x,y\n1,2,3\n"), required=("a",), optional=None)

    assert table.columns == ("a", "x", "y")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", ("table.empty", None)),
        ("\n\n", ("table.empty", None)),
        ("b\n1\n", ("table.missing_column", 1)),
        ("a;a\n1;2\n", ("table.duplicate_column", 1)),
        ("a;z\n1;2\n", ("table.unknown_column", 1)),
        ("a;;b\n1;2;3\n", ("table.unknown_column", 1)),
        ("a;b\n1;2;3\n", ("table.too_many_cells", 2)),
        ('a;b\n1;"2\n', ("table.quotes", 2)),
        ("a;b\n1;\x00\n", ("table.not_text", None)),
        (b"a;b\n1;\xff\n", ("file.not_utf8", 2)),
        (b"\xff\xfea\x00", ("file.not_utf8", 1)),
    ],
)
def test_a_fault_of_the_file_is_named(tmp_path, text, fault):
    assert fault in codes(write(tmp_path, text), optional=("b",))


def test_too_many_rows_and_columns_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    monkeypatch.setattr(tables, "MOST_COLUMNS", 3)

    assert codes(write(tmp_path, "a\n1\n2\n3\n")) == [("table.too_many_rows", None)]
    assert codes(write(tmp_path, "a;b;c;d\n")) == [("table.too_many_columns", 1)]


def test_a_folder_is_no_file_and_a_name_with_a_zero_byte_is_none_either(tmp_path):
    for path in (tmp_path, tmp_path / "a\x00b"):
        with pytest.raises(ValueError, match="Put this file in the folder"):
            read_bytes(path)


# ------------------------------------------------------------------- workbooks that lie


def _workbook(tmp_path, change=lambda sheet: sheet, **zipped):
    """Write a workbook of two rows, with its sheet changed."""
    book, made = Workbook(), io.BytesIO()
    for line in (["a", "b"], [1, "x"]):
        book.active.append(line)
    book.save(made)
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if "sheet1" in name else content)
    return path


def test_a_workbook_that_claims_a_billion_rows_is_read_for_what_it_holds(tmp_path):
    path = _workbook(tmp_path, lambda sheet: sheet.replace(b'"A1:B2"', b'"A1:XFD1000000000"'))

    assert [row.cells for row in read_table(path, required=["a", "b"]).rows] == [
        {"a": "1", "b": "x"}
    ]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (b"B1048576", "table.too_many_rows"),
        (b"B999999999999999999", "table.too_many_rows"),
        (b"XFD2", "table.too_many_columns"),
    ],
)
def test_a_cell_far_away_is_refused_before_room_is_made_for_all_before_it(tmp_path, cell, code):
    path = _workbook(tmp_path, lambda sheet: sheet.replace(b'"B2"', b'"' + cell + b'"'))

    with pytest.raises(InputError) as caught:
        read_table(path, required=["a"])

    assert caught.value.code == code


@pytest.mark.parametrize("at", [80, -30, -10])
def test_a_damaged_workbook_is_refused_in_one_sentence(tmp_path, at):
    path = _workbook(tmp_path)
    data = bytearray(path.read_bytes())
    data[at] ^= 0xFF
    path.write_bytes(data)

    with pytest.raises(InputError) as caught:
        read_table(path, required=["a"])

    assert caught.value.code == "file.not_xlsx"


def test_a_text_of_a_column_is_read_once_and_a_fault_names_every_row(monkeypatch):
    seen = []

    def read(text, place):
        seen.append((text, place.row))
        if text == "x":
            raise InputError("a.b", where=place, remedy="No.")
        return len(text)

    cells = Cells("kosten", read)
    rows = [Row("t.csv", number, {"kosten": text}) for number, text in enumerate("aaxx", 2)]

    assert [cells.of(row) for row in rows[:2]] == [1, 1]
    for row in rows[2:]:
        with pytest.raises(InputError) as caught:
            cells.of(row)
        assert caught.value.where.row == row.number
    assert seen == [("a", 2), ("x", 4), ("x", 5)]
    assert cells.of(Row("t.csv", 9, {})) == 0
    monkeypatch.setattr("waardeweging.problem.tables._MOST_KNOWN", 0)
    forgetful = Cells("kosten", read)
    assert [forgetful.of(row) for row in rows[:2]] == [1, 1]
    assert seen[-2:] == [("a", 2), ("a", 3)]


def test_texts_that_come_together_are_read_once_and_all_their_faults_show():
    seen = []

    def read(text, place):
        seen.append((text, place.row, place.field))
        if text == "x":
            raise InputError("a.b", where=place, remedy="No.")
        return text.upper()

    together = Together([Cells("kant", read), Cells("ronde", read)])
    rows = [
        Row("t.csv", number, dict(zip(("kant", "ronde"), texts, strict=False)))
        for number, texts in enumerate(("ab", "ab", "ba", "xx", "a"), 2)
    ]

    assert [together.of(row) for row in rows[:3]] == [("A", "B"), ("A", "B"), ("B", "A")]
    assert len(seen) == 4
    with pytest.raises(ExceptionGroup) as caught:
        together.of(rows[3])
    assert [str(fault.where) for fault in caught.value.exceptions] == [
        "t.csv, row 5, field 'kant'",
        "t.csv, row 5, field 'ronde'",
    ]
    assert together.of(rows[4]) == ("A", "")


def test_a_short_name_is_trimmed_or_refused_at_its_place():
    row = Row("t.csv", 3, {"naam": " a.b ", "leeg": " "})

    assert row.id("naam") == "a.b"
    with pytest.raises(InputError) as caught:
        row.id("leeg")
    assert caught.value.where == Place("t.csv", 3, "leeg")


@pytest.mark.parametrize("start", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04\x14\xff"])
def test_a_workbook_under_another_name_is_called_so(tmp_path, start):
    assert codes(write(tmp_path, start)) == [("table.workbook", None)]


def test_a_cell_that_is_far_too_long_is_not_called_an_open_quote(tmp_path):
    assert codes(write(tmp_path, "a\n1\n" + "x" * 200_000)) == [("table.long_cell", 3)]


def test_an_empty_first_sheet_is_called_so(tmp_path):
    Workbook().save(tmp_path / "t.xlsx")

    assert codes(tmp_path / "t.xlsx") == [("table.empty_sheet", None)]


def test_a_column_without_a_name_goes_by_its_number(tmp_path):
    with pytest.raises(ExceptionGroup) as caught:
        read_table(write(tmp_path, "a;;b\n1;2;3\n"), required=("a", "b"))

    assert [one.where.field for one in faults_in(caught.value)] == ["#2"]


# ---------------------------------------------------- what a spreadsheet writes of its own


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (b'<c r="A2" t="e"><v>#DIV/0!</v></c>', "#DIV/0!"),
        (b"<c t = 'e' r=\"A2\"><f>1/0</f><v>#N/A</v></c>", "#N/A"),
        (b'<c r="A2"><f>SUM(B2:B9)</f><v></v></c>', "=SUM(B2:B9)"),
        (b'<c r="A2" t="n"><f a="b">B2*2</f> <v/> </c>', "=B2*2"),
        (b'<c r="A2"><f>B2*2</f></c>', "=B2*2"),
        (b'<c r="A2" t="str"><f>IF(B2,"","x")</f><v></v></c>', ""),
        (b'<c r="A2"><f>B2*2</f><v>4</v></c>', "4"),
    ],
)
def test_what_a_workbook_could_not_calculate_is_never_an_empty_cell(tmp_path, cell, text):
    old = b'<c r="A2" t="n"><v>1</v></c>'
    path = _workbook(tmp_path, lambda sheet: sheet.replace(old, cell))

    (row,) = read_table(path, required=["a", "b"]).rows

    assert row.cells == {"a": text, "b": "x"}


@pytest.mark.parametrize(
    "text", ["sep=;\na;b\n1;2\n", "SEP=,\r\na,b\r\n1,2\r\n", '"sep=\t"\n\na\tb\n1\t2\n']
)
def test_the_line_in_which_excel_tells_the_separator_is_not_the_header(tmp_path, text):
    (row,) = read_table(write(tmp_path, text), required=("a", "b")).rows

    assert row.cells == {"a": "1", "b": "2"}
    assert row.number == text.count("\n")


def test_an_empty_line_before_the_header_does_not_hide_the_separator(tmp_path):
    assert read_table(write(tmp_path, "\r\n\na,b\n1,2\n"), required=("a", "b")).columns == (
        "a",
        "b",
    )
