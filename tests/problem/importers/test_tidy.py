import errno
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.importers.tidy import TidyTable, plain, some_rows, write_tidy
from waardeweging.problem.numbers import LARGEST, parse_number

FAULT = InputError("id.empty", where=Place("x"), remedy="r")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("a;b", "a;b"),
        (2025, "2025"),
        (1200.0, "1200"),
        (1.234, "1.2340"),
        (-12.5, "-12.5"),
        (0.63, "0.63"),
        (1e22, "1e+22"),
        (1.234e-07, "1.234e-07"),
    ],
)
def test_a_value_is_written_with_one_reading(value, text):
    assert plain(value) == text


@given(st.floats(-LARGEST, LARGEST))
def test_every_number_is_read_back_as_itself(value):
    assert parse_number(plain(value), Place("x")) == value


def test_a_table_is_written_with_semicolons_and_quotes_where_needed(tmp_path):
    out = tmp_path / "out.csv"

    done = write_tidy([TidyTable(out, ("a", "b"), [("x;y", 1.5), (None, 2)])], Faults(), "it")

    assert out.read_bytes() == b'a;b\n"x;y";1.5\n;2\n'
    assert (done.rows, done.files) == (2, (out,))


def test_faults_that_came_with_the_rows_leave_what_was_there(tmp_path):
    out = tmp_path / "out.csv"
    out.write_text("old")
    faults = Faults()

    def rows():
        yield (1,)
        faults.add(FAULT)

    with pytest.raises(ExceptionGroup):
        write_tidy([TidyTable(out, ("a",), rows())], faults, "it")

    assert out.read_text() == "old"
    assert os.listdir(tmp_path) == ["out.csv"]


def test_of_two_tables_none_is_written_when_the_second_fails(tmp_path):
    def failing():
        yield (1,)
        raise FAULT

    tables = [
        TidyTable(tmp_path / "a.csv", ("a",), [(1,)]),
        TidyTable(tmp_path / "b.csv", ("b",), failing()),
    ]
    with pytest.raises(InputError):
        write_tidy(tables, Faults(), "it")

    assert os.listdir(tmp_path) == []


def test_a_folder_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(InputError) as caught:
        write_tidy([TidyTable(tmp_path / "no" / "out.csv", ("a",), [])], Faults(), "it")

    assert caught.value.code == "file.unwritable"


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path):
    (tmp_path / "out.csv").mkdir()

    with pytest.raises(InputError) as caught:
        write_tidy([TidyTable(tmp_path / "out.csv", ("a",), [(1,)])], Faults(), "it")

    assert caught.value.code == "file.unwritable"
    assert os.listdir(tmp_path) == ["out.csv"]


def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch):
    out = tmp_path / "out.csv"
    out.write_text("old")

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError) as caught:
        write_tidy([TidyTable(out, ("a",), [(1,)])], Faults(), "it")

    assert caught.value.found == "No space left on device"
    assert out.read_text() == "old"
    assert os.listdir(tmp_path) == ["out.csv"]


def test_the_file_can_be_read_by_others_as_any_new_file(tmp_path):
    (tmp_path / "usual").touch()
    write_tidy([TidyTable(tmp_path / "out.csv", ("a",), [])], Faults(), "it")

    modes = {stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir()}
    assert len(modes) == 1


def test_no_rows_is_a_fault_unless_another_explains_it():
    faults = Faults()
    assert list(some_rows([1, 2], faults, "it")) == [1, 2]
    assert not faults

    assert list(some_rows([], faults, "it")) == []
    assert [one.code for one in faults] == ["table.no_rows"]

    list(some_rows([], faults, "it"))
    assert len(faults) == 1
