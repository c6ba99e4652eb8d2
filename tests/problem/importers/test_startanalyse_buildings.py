import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.problem.importers.made_2025 import (
    CODE,
    building_lines,
    lines_bytes,
    municipality,
    zip_bytes,
)

from waardeweging.problem.importers.startanalyse_buildings import read_buildings_2025
from waardeweging.problem.importers.streaming import FewFaults

LABELS = ("A_en_beter", "B", "C", "D", "E", "F", "G")


def _read(tmp_path, data, name="Alkmaar_bebouwing.csv", **options):
    path = tmp_path / name
    path.write_bytes(data)
    faults = FewFaults(name)
    return list(read_buildings_2025([path], faults, **options)), list(faults)


def _changed(line, at, text):
    lines = building_lines()
    lines[line] = [*lines[line][:at], text, *lines[line][at + 1 :]]
    return lines_bytes(lines)


def test_the_four_tables_are_told_apart_by_position(tmp_path):
    found, faults = _read(tmp_path, zip_bytes(municipality()), "Alkmaar.zip")

    assert not faults
    assert [(one.subject, one.kind) for one in found] == [
        ("dwellings_by_period", "Rijwoning"),
        ("dwellings_by_label", "Rijwoning"),
        ("other_buildings_by_period", "Kantoor"),
        ("other_buildings_by_label", "Kantoor"),
        ("dwellings_by_period", "Flat"),
        ("dwellings_by_label", "Flat"),
    ]
    assert {one.code for one in found} == {CODE}


def test_counts_are_by_period_and_label_with_the_total_apart(tmp_path):
    (periods, labels, *_), _ = _read(tmp_path, lines_bytes(building_lines()))

    assert (periods.counts["Voor_1930"], periods.counts["2015_2020"]) == (0, 10)
    assert list(labels.counts) == [*(f"Label_{label}" for label in LABELS), "Geen_label"]
    assert (sum(periods.counts.values()), periods.total) == (55, 55)
    assert (sum(labels.counts.values()), labels.total) == (28, 28)


@pytest.mark.parametrize("token", ["", "-", "."])
def test_a_missing_count_is_absent(tmp_path, token):
    (periods, *_), faults = _read(tmp_path, _changed(1, 11, token))

    assert not faults
    assert "Voor_1930" not in periods.counts


def test_thousands_are_read_where_another_cell_gives_the_decimal_sign(tmp_path):
    lines = building_lines()
    lines[1][11], lines[1][12] = "1.200", "3,5"
    (periods, *_), faults = _read(tmp_path, lines_bytes(lines))

    assert not faults
    assert (periods.counts["Voor_1930"], periods.counts["1930_1945"]) == (1200, 3.5)


def test_only_the_wanted_neighbourhood_is_kept(tmp_path):
    lines = [*building_lines(), building_lines("BU03610002")[1]]
    found, faults = _read(tmp_path, lines_bytes(lines), only=["BU03610002"])

    assert not faults
    assert {one.code for one in found} == {"BU03610002"}


@pytest.mark.parametrize(
    ("at", "text", "code", "field"),
    [
        (0, "BU1", "startanalyse.neighbourhood_code", "I01_buurtcode"),
        (10, "=cmd()", "text.formula", "column 11"),
        (11, "x", "number.not_a_number", "column 12 (Voor_1930)"),
        (22, "-1", "number.negative", "column 23 (Totaal)"),
        (34, "1.200", "number.ambiguous", "column 35 (Totaal)"),
    ],
)
def test_a_bad_cell_names_row_and_position(tmp_path, at, text, code, field):
    _, (fault,) = _read(tmp_path, _changed(1, at, text))

    assert (fault.code, fault.where.row, fault.where.field) == (code, 2, field)


def test_a_kind_that_stands_twice_is_refused(tmp_path):
    header, first, _ = building_lines()
    _, faults = _read(tmp_path, lines_bytes([header, first, first]))

    assert [(one.code, one.where.row) for one in faults] == [("id.duplicate", 3)] * 4


def test_a_renamed_or_moved_column_is_named_by_its_position(tmp_path):
    header, *rest = building_lines()
    header = [*header]
    header[33] = "Onbekend_label"
    _, (fault,) = _read(tmp_path, lines_bytes([header, *rest]))

    assert fault.code == "startanalyse.column_order"
    assert (fault.where.field, fault.found) == ("column 34", "Onbekend_label")
    assert "Geen_label" in fault.remedy


def test_a_column_too_few_is_refused(tmp_path):
    lines = [line[:-1] for line in building_lines()]
    _, (fault,) = _read(tmp_path, lines_bytes(lines))

    assert (fault.code, fault.found) == ("startanalyse.column_count", "55")


def test_another_separator_is_refused(tmp_path):
    _, faults = _read(tmp_path, lines_bytes(building_lines(), "|"))

    assert {one.code for one in faults} == {
        "startanalyse.column_order",
        "startanalyse.column_count",
    }


def test_a_file_of_another_edition_is_refused_as_such(tmp_path):
    _, (fault,) = _read(tmp_path, b"BU_CODE;sln_V01\nx;y\n")

    assert (fault.code, fault.found) == ("startanalyse.other_edition", "2020")


GOOD = lines_bytes(building_lines())


@pytest.mark.slow
@settings(max_examples=200)
@given(st.binary(max_size=300), st.integers(0, len(GOOD)))
def test_no_bytes_give_anything_but_a_fault(tmp_path, junk, at):
    path = tmp_path / "fuzz_bebouwing.csv"
    path.write_bytes(GOOD[:at] + junk + GOOD[at + len(junk) // 2 :])

    for counts in read_buildings_2025([path], FewFaults(path.name)):
        assert counts.code.startswith("BU")
