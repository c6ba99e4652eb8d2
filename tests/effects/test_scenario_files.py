import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.effects.scenario_files import csv_text, toml_text, write_folder
from waardeweging.problem.errors import InputError

plain = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
values = st.one_of(
    plain,
    st.booleans(),
    st.integers(-(2**60), 2**60),
    st.floats(allow_nan=False, allow_infinity=False),
)


@pytest.mark.parametrize("text", ["=1+1", "+31", "-x", "@sum", "\tx", "\rx"])
def test_a_text_that_a_spreadsheet_would_run_is_guarded(text):
    line = csv_text(["a"], [[text]]).split("\n", 1)[1]

    assert line.lstrip('"').startswith("'")


def test_a_negative_number_stays_a_number():
    assert csv_text(["a", "b", "c"], [["-700", -700, "-0.5"]]) == "a;b;c\n-700;-700;-0.5\n"


@given(st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), values, max_size=5))
def test_toml_reads_back_as_it_was(table):
    assert tomllib.loads(toml_text(table)) == table


def test_toml_puts_own_keys_before_sections():
    table = {"section": {"x": 1, "deep": {"y": [1, 2]}}, "own": "text"}

    assert tomllib.loads(toml_text(table)) == table
    assert toml_text(table).startswith("own = ")


def test_toml_refuses_what_it_cannot_say():
    with pytest.raises(TypeError, match="NoneType"):
        toml_text({"x": None})


def test_a_folder_is_written_whole(tmp_path):
    write_folder({"a.csv": "één\n", "b.toml": ""}, tmp_path / "new")

    assert (tmp_path / "new" / "a.csv").read_bytes() == "één\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_an_empty_folder_is_filled(tmp_path):
    write_folder({"a": "1"}, tmp_path)

    assert (tmp_path / "a").read_text() == "1"


def test_a_folder_with_files_is_refused_and_left_alone(tmp_path):
    target = tmp_path / "mine"
    target.mkdir()
    (target / "own.txt").write_text("keep")

    with pytest.raises(InputError) as caught:
        write_folder({"a": "1"}, target)

    assert caught.value.code == "folder.not_empty"
    assert [path.name for path in target.iterdir()] == ["own.txt"]


def test_a_folder_is_replaced_when_asked(tmp_path):
    target = tmp_path / "mine"
    target.mkdir()
    (target / "old.txt").write_text("old")

    write_folder({"a": "1"}, target, replace=True)

    assert [path.name for path in target.iterdir()] == ["a"]
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_what_stood_there_stays_when_writing_fails(tmp_path):
    target = tmp_path / "mine"
    target.mkdir()
    (target / "old.txt").write_text("old")

    with pytest.raises(InputError) as caught:
        write_folder({"x" * 300: "name too long for a disk"}, target, replace=True)

    assert caught.value.code == "folder.unwritable"
    assert (target / "old.txt").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_file_name_is_never_a_path(tmp_path):
    with pytest.raises(ValueError, match="path"):
        write_folder({"../out.txt": ""}, tmp_path / "new")
