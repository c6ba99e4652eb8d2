import io
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.problem.importers.made_2025 import municipality, zip_bytes

from waardeweging.problem.errors import Faults, InputError
from waardeweging.problem.importers import archives
from waardeweging.problem.importers.archives import find_tables

ENDING = ("_strategie.csv",)
ALKMAAR = zip_bytes(municipality())


def _found(tmp_path, data, name="Alkmaar.zip"):
    path = tmp_path / name
    path.write_bytes(data)
    faults = Faults()
    return find_tables([path], ENDING, faults), [fault.code for fault in faults]


def _read(source):
    with source.opened() as stream:
        return stream.read()


def test_a_table_in_a_zip_is_named_after_both_and_can_be_opened_twice(tmp_path):
    (source,), faults = _found(tmp_path, ALKMAAR)

    assert not faults
    assert source.file == "Alkmaar.zip/Alkmaar_strategie.csv"
    assert _read(source) == _read(source) == municipality()["Alkmaar_strategie.csv"]


def test_a_file_that_is_no_zip_counts_as_one_table(tmp_path):
    (source,), faults = _found(tmp_path, b"a;b\n", "any name.csv")

    assert not faults
    assert _read(source) == b"a;b\n"


def test_a_folder_gives_its_zips_and_tables_in_order_of_name(tmp_path):
    for name in ("b.zip", "a_strategie.csv", "notes.txt", "a_bebouwing.csv"):
        (tmp_path / name).write_bytes(ALKMAAR if name.endswith("zip") else b"a;b\n")
    faults = Faults()

    found = find_tables([tmp_path], ENDING, faults)

    assert [one.file for one in found] == ["a_strategie.csv", "b.zip/Alkmaar_strategie.csv"]
    assert not faults


def test_a_bad_zip_in_a_folder_leaves_the_others_readable(tmp_path):
    (tmp_path / "a.zip").write_bytes(ALKMAAR[:-10])
    (tmp_path / "b.zip").write_bytes(ALKMAAR)
    faults = Faults()

    found = find_tables([tmp_path], ENDING, faults)

    assert len(found) == 1
    assert [fault.where.file for fault in faults] == ["a.zip"]


def test_a_zip_or_folder_without_such_a_table_is_refused(tmp_path):
    found, faults = _found(tmp_path, zip_bytes({"readme.txt": b"x"}))
    (tmp_path / "empty").mkdir()
    more = Faults()

    assert not found
    assert faults == ["archive.no_table"]
    assert find_tables([tmp_path / "empty"], ENDING, more) == []
    assert [fault.code for fault in more] == ["archive.no_table"]


def test_the_folder_one_stands_in_is_named_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    faults = Faults()
    find_tables([Path()], ENDING, faults)

    assert [fault.where.file for fault in faults] == ["."]


def test_a_folder_with_far_too_many_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_FILES", 1)
    for name in ("a.zip", "b.zip"):
        (tmp_path / name).write_bytes(ALKMAAR)
    faults = Faults()

    assert find_tables([tmp_path], ENDING, faults) == []
    assert [fault.code for fault in faults] == ["archive.too_many"]


def test_a_file_that_is_not_there_is_named(tmp_path):
    faults = Faults()
    find_tables([tmp_path / "absent.zip"], ENDING, faults)

    assert [(one.code, one.where.file) for one in faults] == [("file.missing", "absent.zip")]


@pytest.mark.parametrize(
    "name",
    [
        "../x_strategie.csv",
        "/x_strategie.csv",
        "a/../../x_strategie.csv",
        "C:\\x_strategie.csv",
        "..\\x_strategie.csv",
        "\\\\host\\x_strategie.csv",
    ],
)
def test_a_path_outside_the_zip_is_refused_before_anything_is_opened(tmp_path, name):
    found, faults = _found(tmp_path, zip_bytes({name: b"x"}))

    assert not found
    assert faults == ["archive.outside"]


def test_a_name_that_stands_twice_is_refused(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a_strategie.csv", b"x")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a_strategie.csv", b"y")

    assert _found(tmp_path, packed.getvalue()) == ([], ["id.duplicate"])


def test_a_bomb_is_refused_by_what_it_says(tmp_path):
    bomb = zip_bytes({"a_strategie.csv": b";" * 50_000_000})
    assert len(bomb) < 100_000

    assert _found(tmp_path, bomb) == ([], ["file.bomb"])


def test_a_bomb_that_lies_about_its_size_is_refused_while_it_comes_out(tmp_path):
    bomb = bytearray(zip_bytes({"a_strategie.csv": b";" * 50_000_000}))
    claim = struct.pack("<L", 1_000_000)
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = bomb.rfind(mark)
        bomb[start + at : start + at + 4] = claim
    (source,), faults = _found(tmp_path, bytes(bomb))
    assert not faults

    with pytest.raises(InputError) as caught:
        _read(source)
    assert caught.value.code in {"file.bomb", "file.damaged"}


def test_entries_that_overlap_are_a_bomb(tmp_path):
    data = bytearray(zip_bytes({"a_strategie.csv": b"x" * 1000, "b_strategie.csv": b"x" * 1000}))
    start = data.rfind(b"PK\x01\x02")
    data[start + 20 : start + 24] = struct.pack("<L", 10_000)

    assert _found(tmp_path, bytes(data)) == ([], ["file.bomb"])


def test_a_directory_that_claims_a_billion_entries_is_not_believed(tmp_path):
    data = bytearray(ALKMAAR)
    end = data.rfind(b"PK\x05\x06")
    data[end + 8 : end + 12] = b"\xff\xff\xff\xff"

    assert _found(tmp_path, bytes(data)) == ([], ["archive.too_many"])


def test_more_entries_than_the_directory_says_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_ENTRIES", 2)
    data = bytearray(ALKMAAR)
    end = data.rfind(b"PK\x05\x06")
    data[end + 8 : end + 12] = b"\x01\x00\x01\x00"

    assert _found(tmp_path, bytes(data))[1] == ["archive.too_many"]


def test_the_form_for_zips_beyond_four_gigabyte_is_refused(tmp_path):
    end = ALKMAAR.rfind(b"PK\x05\x06")
    locator = b"PK\x06\x07" + bytes(16)

    assert _found(tmp_path, ALKMAAR[:end] + locator + ALKMAAR[end:])[1] == ["archive.too_many"]


@pytest.mark.parametrize(("at", "value"), [(8, 1), (10, 12)])
def test_a_password_or_a_rare_way_of_packing_is_refused(tmp_path, at, value):
    data = bytearray(ALKMAAR)
    start = data.find(b"PK\x01\x02")
    data[start + at : start + at + 2] = struct.pack("<H", value)

    assert _found(tmp_path, bytes(data)) == ([], ["archive.form"])


@pytest.mark.parametrize("cut", [30, 1000, len(ALKMAAR) - 30, len(ALKMAAR) - 1])
def test_a_truncated_zip_is_refused(tmp_path, cut):
    assert _found(tmp_path, ALKMAAR[:cut]) == ([], ["file.damaged"])


def test_a_directory_that_makes_no_sense_is_refused(tmp_path):
    data = bytearray(ALKMAAR)
    data[data.rfind(b"PK\x01\x02")] = 0

    assert _found(tmp_path, bytes(data)) == ([], ["file.damaged"])


def test_damage_inside_a_member_is_refused_when_it_is_read(tmp_path):
    data = bytearray(ALKMAAR)
    data[100:140] = bytes(40)
    (source,), _ = _found(tmp_path, bytes(data))

    with pytest.raises(InputError) as caught:
        _read(source)
    assert caught.value.code == "file.damaged"


def test_a_member_whose_own_header_differs_is_refused_when_it_is_opened(tmp_path):
    data = bytearray(ALKMAAR)
    data[30:37] = b"Bergen_"
    (source,), _ = _found(tmp_path, bytes(data))

    with pytest.raises(InputError) as caught:
        _read(source)
    assert caught.value.code == "file.damaged"


SMALL = zip_bytes({"a_strategie.csv": b"a;b\n1;2\n", "b_strategie.csv": b"x"})


@pytest.mark.slow
@settings(max_examples=200)
@given(st.integers(0, 2000), st.binary(max_size=40), st.booleans())
def test_no_bytes_in_a_zip_give_anything_but_an_input_error(tmp_path, at, junk, from_end):
    at = max(0, len(SMALL) - at) if from_end else at
    path = tmp_path / "fuzz.zip"
    path.write_bytes(SMALL[:at] + junk + SMALL[at + len(junk) :])

    # Whatever is wrong, it is in `faults` or raised as an InputError.
    for source in find_tables([path], ENDING, Faults()):
        with suppress(InputError):
            _read(source)
