"""Grades are kept as given; what is wrong in one is named."""

import pytest

from waardeweging.elicitation.ballots import latest
from waardeweging.elicitation.grades import WORDS, grade_table, read_grades
from waardeweging.problem.errors import Faults

SIDES = {"b1": "residents", "g1": "municipality"}


def read(tmp_path, rows, head="participant;side;round;net;pomp", options=("net", "pomp")):
    path = tmp_path / "grades.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    faults = Faults()
    return read_grades(path, options, SIDES, faults), [fault.code for fault in faults]


def test_numbers_and_words_of_both_languages_are_the_same_five_grades(tmp_path):
    rows = [
        f"p{grade}{place};residents;1;{grade};{word}"
        for grade, words in enumerate(WORDS)
        for place, word in enumerate(words)
    ]
    sheets, faults = read(tmp_path, rows)

    assert faults == []
    assert [sheet.grades for sheet in sheets] == [(g, g) for g in range(5) for _ in "12"]


def test_capitals_and_spaces_do_not_matter_and_empty_is_no_answer(tmp_path):
    (sheet,), faults = read(tmp_path, ["b1;residents;; Heel  Goed ;"])

    assert faults == []
    assert (sheet.round, sheet.grades) == (1, (4, None))
    assert grade_table([sheet], 2).tolist() == [[4, -1]]


def test_a_table_without_sheets_keeps_its_columns():
    assert grade_table([], 3).shape == (0, 3)


def test_who_gave_no_ballot_may_grade(tmp_path):
    (sheet,), faults = read(tmp_path, ["b99;residents;1;1;2"])

    assert (sheet.participant, faults) == ("b99", [])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("b1;residents;1;5;0", "grade.unknown"),
        ("b1;residents;1;3,5;0", "grade.unknown"),
        ("b1;residents;1;-1;0", "grade.unknown"),
        ("b1;residents;1;٣;0", "grade.unknown"),
        ("b1;residents;1;prima;0", "grade.unknown"),
        ("b1;municipality;1;3;0", "grade.two_sides"),
        ("b1;bewoners;1;3;0", "ballot.side_name"),
        (";residents;1;3;0", "id.empty"),
        ("b1;residents;half;3;0", "number.not_a_number"),
        ("b1;residents;0;3;0", "ballot.round"),
    ],
)
def test_a_fault_in_a_row_is_named(tmp_path, row, code):
    assert read(tmp_path, [row])[1] == [code]


def test_all_faults_of_a_row_are_named_at_once(tmp_path):
    assert read(tmp_path, ["b1;;x;9;8"])[1] == [
        "text.empty",
        "number.not_a_number",
        "grade.unknown",
        "grade.unknown",
    ]


def test_twice_in_one_round_is_a_fault_and_two_rounds_are_not(tmp_path):
    twice = ["b1;residents;1;3;0", "b1;residents;1;4;0"]
    rounds = ["b1;residents;2;3;0", "b1;residents;1;4;0", "g1;municipality;1;1;1"]

    assert read(tmp_path, twice)[1] == ["grade.duplicate"]
    sheets, faults = read(tmp_path, rounds)
    assert faults == []
    assert [(one.participant, one.round) for one in latest(sheets)] == [("b1", 2), ("g1", 1)]


def test_a_column_that_is_no_option_is_a_fault_of_the_file(tmp_path):
    assert read(tmp_path, [], head="participant;side;net;pomp;ketel")[1] == ["table.unknown_column"]
    assert read(tmp_path, [], head="participant;side;net")[1] == ["table.missing_column"]


def test_nothing_is_checked_against_options_that_could_not_be_read(tmp_path):
    assert read(tmp_path, ["b1;residents;1;9;9"], options=()) == ((), [])
