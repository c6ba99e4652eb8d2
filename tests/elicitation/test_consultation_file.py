import csv
import gzip
import tracemalloc
import zipfile
from contextlib import suppress

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waardeweging.elicitation.consultation import Asked, with_pseudonyms
from waardeweging.elicitation.consultation_file import read_codes, read_consultation
from waardeweging.elicitation.population import PopulationMargin
from waardeweging.problem.errors import InputError, faults_in

AGES = PopulationMargin(attribute="leeftijd", categories=("18-64", "65+"), shares=(0.6, 0.4))
ASKED = Asked(("kosten", "co2"), ("A", "B"), (AGES,))
FULL = "participant;side;kosten;co2;grade:A;grade:B;leeftijd;seconds;time;device"


def write(folder, text, name="consultation.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def faults(path, asked=ASKED, codes=None):
    with pytest.raises((InputError, ExceptionGroup)) as caught:
        read_consultation(path, asked, codes)
    return [(one.code, one.where.row, one.where.field) for one in faults_in(caught.value)]


def test_every_column_is_read_as_given(tmp_path):
    rows = [
        FULL,
        f"w1;;60;40;3;onacceptabel;65+;90;2026-10-05 09:30:00;{'x' * 64}",
        "w2;municipality;0,5;1;;4;wil ik niet zeggen;;5-10-2026 9:31;",
        f"w3;residents;;;2;2;;12,5;2026-10-05T09:29:00Z;{'x' * 64}",
    ]
    found = read_consultation(write(tmp_path, "\n".join(rows)), ASKED)

    assert found.participants == ("w1", "w2", "w3")
    assert [found.side_names[place] for place in found.sides] == [
        "residents",
        "municipality",
        "residents",
    ]
    assert found.points.tolist() == [[60, 40], [0.5, 1], [0, 0]]
    assert found.abstains.tolist() == [False, False, True]
    assert found.grades.tolist() == [[3, 0], [-1, 4], [2, 2]]
    assert found.members.tolist() == [[1, -1, -1]]
    assert found.seconds.tolist() == [90, -1, 12.5]
    assert (found.moments - found.moments[2]).tolist() == [60, 120, 0]
    assert found.devices.tolist() == [0, -1, 0]
    assert found.order.tolist() == [2, 0, 1]
    assert (found.issued, len(found)) == (None, 3)
    assert not found.strangers.any()


def test_only_participant_and_criteria_are_needed(tmp_path):
    found = read_consultation(write(tmp_path, "co2,participant,kosten\n1,w1,3\n"), ASKED)

    assert found.points.tolist() == [[3, 1]]
    assert found.side_names == ("residents",)
    assert found.grades.tolist() == [[-1, -1]]
    assert found.members.tolist() == [[-1]]
    assert not found.knows_order
    assert not found.on_side("municipality").any()


def test_the_last_answer_of_somebody_counts_by_moment_or_else_by_row(tmp_path):
    rows = ["w1;1;0", "w2;1;0", "W1;0;1"]
    in_file = read_consultation(
        write(tmp_path, "\n".join(["participant;kosten;co2", *rows])), ASKED
    )
    times = ("2026-10-05 12:00", "2026-10-05 12:01", "2026-10-05 11:00")
    timed = "\n".join(
        ["participant;kosten;co2;time", *(";".join(one) for one in zip(rows, times, strict=True))]
    )

    assert in_file.counted.tolist() == [1, 2]
    assert read_consultation(write(tmp_path, timed), ASKED).counted.tolist() == [0, 1]


def test_all_faults_of_a_file_come_at_once_with_row_and_field(tmp_path):
    rows = [
        FULL,
        "jan@buurt.nl;bewoner;-1;1.234;5;x;jong;-3;gisteren;",
        "w2;;10;;;;;;2026-02-30 10:00;",
        "w3;;0;0;;;;9999999;;",
        "w4;residents;2000000;1;;;;;1999-01-01 10:00;",
        "w4;municipality;1;1;;;;;;",
        ";municipality;1;1;;;;;;",
        "w5;;1;1;;;;;;;too many",
    ]

    assert faults(write(tmp_path, "\n".join(rows))) == [
        ("id.sign", 2, "participant"),
        ("ballot.side_name", 2, "side"),
        ("ballot.negative", 2, "kosten"),
        ("number.ambiguous", 2, "co2"),
        ("consultation.seconds", 2, "seconds"),
        ("consultation.time", 2, "time"),
        ("grade.unknown", 2, "grade:A"),
        ("grade.unknown", 2, "grade:B"),
        ("attribute.unknown_category", 2, "leeftijd"),
        ("ballot.gap", 3, "co2"),
        ("consultation.time", 3, "time"),
        ("ballot.all_zero", 4, None),
        ("consultation.seconds", 4, "seconds"),
        ("ballot.too_many", 5, "kosten"),
        ("consultation.time", 5, "time"),
        ("ballot.two_sides", 6, "side"),
        ("id.empty", 7, "participant"),
        ("table.cell_count", 8, None),
    ]


def test_all_faults_of_the_header_come_at_once(tmp_path):
    path = write(tmp_path, "naam;kosten;kosten;\nx;1;2;3\n")

    assert faults(path) == [
        ("table.missing_column", 1, "participant"),
        ("table.missing_column", 1, "co2"),
        ("table.unknown_column", 1, "naam"),
        ("table.duplicate_column", 1, "kosten"),
        ("table.unknown_column", 1, "#4"),
    ]


def test_an_attribute_cannot_have_the_name_of_another_column(tmp_path):
    clash = AGES.model_copy(update={"attribute": "kosten"})
    path = write(tmp_path, "participant;kosten;co2\nw1;1;1\n")

    assert faults(path, Asked(("kosten", "co2"), (), (clash,))) == [
        ("consultation.name", 1, "kosten")
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "table.empty"),
        ("participant;kosten;co2\n", "consultation.nobody"),
        ('participant;kosten;co2\nw1;"1;2\n', "table.quotes"),
        ("participant;kosten;co2\nw\x001;1;2\n", "id.sign"),
        ("participant;kosten;co2\n=1+1;1;2\n", "id.sign"),
        ("participant;kosten;co2\nw1;１;2\n", "number.not_a_number"),
        ("participant;kosten;co2\nw1;1e999;2\n", "number.not_finite"),
        ("participant;kosten;co2\nw1;nan;2\n", "number.not_a_number"),
    ],
)
def test_what_is_no_answer_is_refused(tmp_path, text, code):
    assert faults(write(tmp_path, text))[0][0] == code


def test_a_file_that_is_not_utf8_absent_or_packed_too_tightly_is_refused(tmp_path):
    (tmp_path / "latin.csv").write_bytes("participant;kosten;co2\nw1;1;1\n# é".encode("latin-1"))
    bomb = tmp_path / "bomb.csv.gz"
    bomb.write_bytes(gzip.compress(b"participant;kosten;co2\n" + b";" * 60_000_000))

    assert faults(tmp_path / "latin.csv")[0][0] == "file.not_utf8"
    assert faults(tmp_path / "not-there.csv")[0][0] == "file.missing"
    assert faults(bomb)[0][0] in ("file.bomb", "table.unknown_column")


def test_more_faults_than_anyone_repairs_are_counted(tmp_path):
    rows = "\n".join(f"w{row};x;1" for row in range(1500))
    found = faults(write(tmp_path, f"participant;kosten;co2\n{rows}"))

    assert len(found) == 1001
    assert found[-1][0] == "faults.more"


def test_more_sides_or_rows_than_an_honest_file_has_are_refused(tmp_path, monkeypatch):
    sides = "\n".join(f"w{row};partij {row};1;1" for row in range(60))
    path = write(tmp_path, f"participant;side;kosten;co2\n{sides}")
    found = faults(path)

    assert found[0] == ("consultation.sides", 52, "side")
    assert len(found) == 10
    monkeypatch.setattr("waardeweging.elicitation.consultation_file.MOST_ROWS", 40)
    assert faults(path) == [("table.too_many_rows", None, None)]


def test_a_workbook_gives_the_same_as_text(tmp_path):
    rows: list[list[object]] = [
        [*FULL.split(";")],
        ["w1", "", 60, 40, 3, "onacceptabel", "65+", 90, "2026-10-05 09:30:00", "x"],
        ["w2", "municipality", 0.5, 1.125, None, 4, None, None, "2026-10-05 09:31:00", None],
    ]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "consultation.xlsx")
    lines = [";".join("" if cell is None else str(cell) for cell in row) for row in rows]
    text = write(tmp_path, "\n".join(lines).replace("1.125", "1,1250"))

    found = read_consultation(tmp_path / "consultation.xlsx", ASKED)
    assert found.points.tolist() == [[60, 40], [0.5, 1.125]]
    assert found._key()[1:] == read_consultation(text, ASKED)._key()[1:]


def test_an_empty_or_forged_workbook_is_refused(tmp_path):
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    with zipfile.ZipFile(tmp_path / "forged.xlsx", "w") as archive:
        archive.writestr("xl/other.xml", "x")

    assert faults(tmp_path / "empty.xlsx")[0][0] == "table.empty_sheet"
    assert faults(tmp_path / "forged.xlsx")[0][0] == "file.not_xlsx"


def test_a_code_is_known_however_it_is_typed_and_leaves_no_trace(tmp_path):
    codes = read_codes(write(tmp_path, "code;straat\n7KQ2M-XR9TD;a\nAAAAA-BBBBB;b\n;c\n", "c.csv"))
    rows = "7kq2m xr9td;1;1\n7KQ2MXR9TD;1;2\nZZZZZ-ZZZZZ;2;2\n"
    found = read_consultation(
        write(tmp_path, f"participant;kosten;co2\n{rows}"), ASKED, codes=codes
    )

    assert found.issued == 2
    assert found.counted.tolist() == [1, 2]
    assert found.strangers.tolist() == [False, False, True]
    assert with_pseudonyms(found).participants == ("w000001", "w000001", "w000002")


def test_a_wrong_code_is_not_repeated_in_the_fault(tmp_path):
    path = write(tmp_path, "participant;kosten;co2\n7KQ2M_XR9TD;1;1\n")
    with pytest.raises(ExceptionGroup) as caught:
        read_consultation(path, ASKED, codes=("7KQ2M-XR9TD",))

    assert "7KQ2M" not in str(faults_in(caught.value)[0])


def test_without_codes_participants_keep_their_pseudonyms(tmp_path):
    found = read_consultation(write(tmp_path, "participant;kosten;co2\nw9;1;1\n"), ASKED)

    assert with_pseudonyms(found) is found


@settings(max_examples=60)
@given(st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=6))
def test_whatever_stands_in_a_file_only_input_errors_come_out(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("any") / "consultation.csv"
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        csv.writer(file, delimiter=";").writerows([["participant", "kosten", "co2"], *rows])
    with suppress(InputError, ExceptionGroup):
        found = read_consultation(path, ASKED)
        assert found.points.shape == (len(found), 2)


def test_memory_grows_with_the_rows_and_a_row_takes_little(tmp_path):
    rng = np.random.default_rng(1)
    lines = [
        f"w{row:06d};;{rng.integers(5, 100)};{rng.integers(100)};{rng.integers(5)};"
        f"{rng.integers(5)};65+;{rng.integers(60, 999)};;"
        for row in range(20_000)
    ]

    def most(rows):
        path = write(tmp_path, "\n".join([FULL, *lines[:rows]]))
        tracemalloc.start()
        try:
            read_consultation(path, ASKED)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    # One ballot as an object takes some 1,500 bytes.
    assert (most(20_000) - most(10_000)) / 10_000 < 450


def test_what_stands_beside_the_names_in_a_sheet_is_a_fault(tmp_path):
    book = openpyxl.Workbook()
    for row in (["participant", "kosten", "co2"], ["w1", 1, 2], ["w2", 1, 2, None, "bel terug"]):
        book.active.append(row)
    book.save(tmp_path / "c.xlsx")

    assert faults(tmp_path / "c.xlsx") == [("table.too_many_cells", 3, None)]


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        ("7KQ2M\n🙂\n=cmd\n", [("consultation.code", 3), ("consultation.code", 4)]),
        ("7KQ2M\nAAAAA\n7kq-2m\n", [("consultation.code_twice", 4)]),
        ("", [("table.only_names", None)]),
    ],
)
def test_codes_that_nobody_can_use_are_faults(tmp_path, codes, found):
    with pytest.raises(ExceptionGroup) as caught:
        read_codes(write(tmp_path, f"code\n{codes}", "codes.csv"))

    assert [(one.code, one.where.row) for one in faults_in(caught.value)] == found
    assert "7KQ2M" not in str(caught.value.exceptions)
