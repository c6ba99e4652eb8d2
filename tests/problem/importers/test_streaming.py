import io
import os
import tracemalloc
from pathlib import Path

import pytest

from waardeweging.problem.errors import Faults, InputError
from waardeweging.problem.importers.streaming import (
    at_most,
    counted,
    reading,
    stream_rows,
    table_lines,
    table_rows,
)


def _rows(data, faults=None):
    return table_rows(io.BytesIO(data), "file.csv", Faults() if faults is None else faults)


def test_names_that_stand_twice_are_given_as_they_are_where_position_counts():
    lines = list(table_lines(io.BytesIO(b"a;Totaal;Totaal\n1;2;3\n"), "file.csv", Faults()))

    assert lines == [(1, ["a", "Totaal", "Totaal"]), (2, ["1", "2", "3"])]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_the_line_in_which_excel_tells_the_separator_is_not_the_header(end):
    lines = end.join([b"sep=;", b"a,x;b", b"1;2", b"3"])
    faults = Faults()

    given = list(table_lines(io.BytesIO(lines), "file.csv", faults))

    assert given == [(2, ["a,x", "b"]), (3, ["1", "2"])]
    assert [fault.where.row for fault in faults] == [4]


def test_names_that_stand_twice_are_refused_where_names_count():
    with pytest.raises(InputError) as caught:
        list(_rows(b"a;Totaal;Totaal\n1;2;3\n"))

    assert (caught.value.code, caught.value.where.field) == ("table.duplicate_column", "Totaal")


def test_rows_up_to_the_most_are_given_and_one_more_is_refused():
    rows = b"a;b\n" + b"1;2\n" * 3

    assert len(list(at_most(_rows(rows), "file.csv", 4))) == 4
    with pytest.raises(InputError) as caught:
        list(at_most(_rows(rows), "file.csv", 3))
    assert (caught.value.code, caught.value.where.file) == ("table.too_many_rows", "file.csv")


def test_more_bytes_than_expected_are_refused_while_they_come():
    assert counted(io.BytesIO(b"x" * 10), 10, "f").read() == b"x" * 10
    with pytest.raises(InputError) as caught:
        counted(io.BytesIO(b"x" * 11), 10, "f").read()
    assert caught.value.code == "file.bomb"


def test_a_name_that_no_file_can_have_is_a_missing_file():
    with pytest.raises(InputError) as caught, reading(Path("a\0b.csv")):
        pytest.fail("opened")

    assert caught.value.code == "file.missing"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path):
    path = tmp_path / "secret.csv"
    path.write_text("a;b\n")
    path.chmod(0)

    with pytest.raises(InputError) as caught, reading(path):
        pytest.fail("opened")
    assert caught.value.code == "file.unreadable"


def test_a_disk_that_fails_while_reading_is_named(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("a;b\n")

    with pytest.raises(InputError) as caught, reading(path):
        raise OSError(5, "Input/output error")
    assert (caught.value.code, caught.value.found) == ("file.unreadable", "Input/output error")


def test_memory_does_not_grow_with_the_file(tmp_path):
    peaks = []
    for rows in (20_000, 80_000):
        path = tmp_path / f"{rows}.csv"
        path.write_bytes(b"a;b;c\n" + b"BU01934000;1307;1.234,5\n" * rows)
        tracemalloc.start()
        assert sum(1 for _ in stream_rows(path, Faults())) == rows + 1
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < 1.1 * peaks[0] < 1_000_000


@pytest.mark.parametrize("row", [1, 3, 9_000])
def test_the_row_of_bytes_that_are_not_utf8_is_named(row):
    lines = [b"a;b"] + [b"1;2"] * 10_000
    lines[row - 1] = b"1;\xe9"

    with pytest.raises(InputError) as caught:
        list(_rows(b"\n".join(lines)))
    assert (caught.value.code, caught.value.where.row) == ("file.not_utf8", row)


@pytest.mark.parametrize(
    ("cell", "code"),
    [(b'"2', "table.quotes"), (b'"2"x', "table.quotes"), (b"x" * 200_000, "table.long_cell")],
)
def test_the_row_that_cannot_be_split_is_named(cell, code):
    with pytest.raises(InputError) as caught:
        list(_rows(b"a;b\n1;2\n1;" + cell))

    assert (caught.value.code, caught.value.where.row) == (code, 3)


def test_a_row_of_the_wrong_width_says_how_many_cells_it_has():
    faults = Faults()
    list(_rows(b"a;b\n1;2;3\n", faults))

    assert [one.found for one in faults] == ["3"]
