"""Parts stand whole or not at all, and are known by their footer."""

from itertools import pairwise

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from waardeweging.analysis.batch.partition import Partition
from waardeweging.analysis.batch.parts import (
    clear,
    done_part,
    footer,
    locked,
    merge,
    remove,
    replacing,
    write_part,
)
from waardeweging.problem.errors import InputError

PART = Partition(3, 10, 12, "GM0001", "GM0002")


def table(start, stop):
    return pa.table({"a": list(range(start, stop)), "b": [f"x{k}" for k in range(start, stop)]})


def test_a_part_is_done_for_its_own_run_and_partition_only(tmp_path):
    done = write_part(tmp_path, "run", PART, table(0, 5))

    assert done_part(tmp_path, "run", PART) == done
    assert (done.name, done.rows) == ("part-00003-GM0001-GM0002.parquet", 5)
    assert done_part(tmp_path, "other", PART) is None
    assert done_part(tmp_path, "run", Partition(3, 10, 13, "GM0001", "GM0002")) is None
    assert done_part(tmp_path, "run", Partition(4, 10, 12, "GM0001", "GM0002")) is None


def test_a_file_that_is_cut_off_is_not_done(tmp_path):
    path = tmp_path / write_part(tmp_path, "run", PART, table(0, 5)).name
    path.write_bytes(path.read_bytes()[:-10])

    assert done_part(tmp_path, "run", PART) is None
    assert footer(path) == {}


def test_the_same_rows_divided_otherwise_merge_into_the_same_bytes(tmp_path):
    for name, cuts in (("one", (0, 20_000)), ("two", (0, 5, 8192, 8193, 17_000, 20_000))):
        paths = []
        for start, stop in pairwise(cuts):
            part = Partition(start, start, stop, "GM0001", "GM0001")
            paths.append(tmp_path / write_part(tmp_path, "run", part, table(start, stop)).name)
        assert merge(paths, tmp_path / f"{name}.parquet", {"run": "run"}) == 20_000

    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
    assert pq.read_table(tmp_path / "one.parquet")["a"].to_pylist() == list(range(20_000))
    assert footer(tmp_path / "one.parquet") == {"run": "run"}


def test_what_fails_half_way_leaves_what_stood_there(tmp_path):
    path = tmp_path / "a"
    path.write_text("old")

    def fill():
        with replacing(path) as unfinished:
            unfinished.write_text("new")
            raise OSError(28, "No space left on device")

    with pytest.raises(InputError) as caught:
        fill()

    assert caught.value.code == "batch.unwritable"
    assert caught.value.found == "No space left on device"
    assert [one.read_text() for one in tmp_path.iterdir()] == ["old"]


def test_only_parts_and_leftovers_are_cleared(tmp_path):
    write_part(tmp_path, "run", PART, table(0, 1))
    (tmp_path / ".part-1.parquet.1.ab.unfinished").touch()
    (tmp_path / "notes.txt").touch()

    clear(tmp_path)
    remove(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_second_run_on_the_same_parts_is_refused(tmp_path):
    with locked(tmp_path / "x"):
        with pytest.raises(InputError) as caught, locked(tmp_path / "x"):
            pass
        assert caught.value.code == "batch.running"

    with locked(tmp_path / "x"):
        pass


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "x").touch()

    with pytest.raises(InputError) as caught, locked(tmp_path / "x"):
        pass

    assert caught.value.code == "batch.unwritable"
