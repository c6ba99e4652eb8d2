import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waardeweging.problem.errors import Faults
from waardeweging.problem.importers.startanalyse_2019 import (
    COLUMNS,
    VARIANTS_2019,
    read_startanalyse_2019,
)
from waardeweging.problem.importers.streaming import FewFaults

EXCERPT = Path(__file__).resolve().parents[2] / "data" / "startanalyse_2019_excerpt.csv"
LINES = EXCERPT.read_text(encoding="utf-8").splitlines()
LINE = "BU00140811;s1b;6;0;0;6;0;0;102;1;65;1169;1241162;-42081;-36;0;nee;-80"
ROW = dict(zip(COLUMNS, LINE.split(";"), strict=True))


def _read(tmp_path, rows, delimiter=";", header=None):
    path = tmp_path / "Strategie_6_Hoofdindicatoren.csv"
    lines = [list(header or rows[0]), *(list(row.values()) for row in rows)]
    path.write_text("\n".join(delimiter.join(line) for line in lines), encoding="utf-8")
    faults = FewFaults(path.name)
    return list(read_startanalyse_2019([path], faults)), list(faults)


@pytest.fixture(scope="module")
def excerpt():
    faults = Faults()
    found = {one.code: one for one in read_startanalyse_2019([EXCERPT], faults)}
    assert not faults
    return found


def test_the_winner_has_its_published_cost_per_weq(excerpt):
    # PBL (2019), Startanalyse aardgasvrije buurten, Appingedam-West.
    west = excerpt["BU00030001"]

    assert (west.winner, west.municipality_code) == ("s2a", "GM0003")
    assert (west.costs.per_weq, west.costs.total, west.costs.per_tonne) == (778, 1_100_003, 267)
    assert west.co2_reduction == 4123


def test_every_row_of_the_excerpt_is_read(excerpt):
    assert len(excerpt) == len(LINES) - 1 == 21
    assert {one.winner for one in excerpt.values()} - {None} <= VARIANTS_2019.keys()


def test_cost_per_tonne_is_cost_by_reduction_on_every_row(excerpt):
    # All three are published as whole numbers, so the ratio is known up to their rounding.
    rows = 0
    for one in excerpt.values():
        if one.costs is not None:
            ends = [one.costs.total / (one.co2_reduction + half) for half in (-0.5, 0.5)]
            rows += 1
            assert min(ends) - 0.5 <= one.costs.per_tonne <= max(ends) + 0.5, one.code

    assert rows == 18


def test_costs_may_be_below_those_of_the_reference(excerpt):
    assert excerpt["BU00141207"].costs.per_weq == -506


def test_zeros_of_a_neighbourhood_without_strategy_are_no_costs(excerpt):
    nothing = excerpt["BU00141403"]

    assert (nothing.winner, nothing.costs, nothing.co2_reduction) == (None, None, None)


def test_only_the_wanted_neighbourhood_is_kept():
    faults = Faults()

    found = list(read_startanalyse_2019([EXCERPT], faults, only=["BU00140811"]))

    assert [one.code for one in found] == ["BU00140811"]


def test_a_missing_cost_is_absent(tmp_path):
    (found,), faults = _read(tmp_path, [{**ROW, "H16_Nat_meerkost_WEQ": "-"}])

    assert not faults
    assert (found.winner, found.costs, found.co2_reduction) == ("s1b", None, 1169)


def test_thousands_are_read_where_another_cell_gives_the_decimal_sign(tmp_path):
    rows = [
        {**ROW, "H16_Nat_meerkost_WEQ": "1.087"},
        {**ROW, "BU_CODE": "BU00140812", "H14_waarde_hernieuwbaar_gas": "-0,07"},
    ]
    (first, _), faults = _read(tmp_path, rows)
    alone, refused = _read(tmp_path, rows[:1])

    assert not faults
    assert first.costs.per_weq == 1087
    assert not alone
    assert [one.code for one in refused] == ["number.ambiguous"]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"BU_CODE": "BU001408"}, "startanalyse.neighbourhood_code", "BU_CODE"),
        ({"V01_Strategievariant": "s9z"}, "startanalyse.unknown_variant", "V01_Strategievariant"),
        ({"H16_Nat_meerkost_WEQ": "x"}, "number.not_a_number", "H16_Nat_meerkost_WEQ"),
        ({"H12_Nat_meerkosten": "NaN"}, "number.not_a_number", "H12_Nat_meerkosten"),
    ],
)
def test_a_bad_cell_names_row_and_column(tmp_path, change, code, field):
    found, (fault,) = _read(tmp_path, [{**ROW, **change}])

    assert not found
    assert (fault.code, fault.where.row, fault.where.field) == (code, 2, field)


def test_all_faults_of_a_row_come_together(tmp_path):
    _, faults = _read(tmp_path, [{**ROW, "H10_CO2_reductie": "x", "V01_Strategievariant": "y"}])

    assert [one.where.field for one in faults] == ["H10_CO2_reductie", "V01_Strategievariant"]


def test_a_neighbourhood_that_stands_twice_is_refused(tmp_path):
    _, (fault,) = _read(tmp_path, [ROW, ROW])

    assert (fault.code, fault.where.row) == ("id.duplicate", 3)


def test_a_neighbourhood_in_two_files_is_refused():
    faults = FewFaults("both")
    found = list(read_startanalyse_2019([EXCERPT, EXCERPT], faults))

    assert len(found) == 21
    assert {one.code for one in faults} == {"id.duplicate"}


def test_a_renamed_column_is_both_missing_and_unknown(tmp_path):
    header = [*COLUMNS[:-1], "H16_kosten"]

    _, faults = _read(tmp_path, [ROW], header=header)

    assert [(one.code, one.where.field) for one in faults] == [
        ("table.missing_column", "H16_Nat_meerkost_WEQ"),
        ("table.unknown_column", "H16_kosten"),
    ]


def test_another_separator_names_the_missing_columns(tmp_path):
    _, faults = _read(tmp_path, [ROW], delimiter="|")

    assert {one.code for one in faults} == {"table.missing_column", "table.unknown_column"}


@pytest.mark.parametrize(
    ("mark", "edition"), [("sln_V01", 2020), ("variant", 2020), ("Code_Indicator", 2025)]
)
def test_a_file_of_another_edition_is_refused_as_such(tmp_path, mark, edition):
    header = ["I01_buurtcode" if edition == 2025 else "BU_CODE", mark]

    _, (fault,) = _read(tmp_path, [{"a": "1", "b": "2"}], header=header)

    assert (fault.code, fault.found) == ("startanalyse.other_edition", str(edition))


def test_a_truncated_gzip_is_refused(tmp_path):
    path = tmp_path / "s6.csv.gz"
    path.write_bytes(gzip.compress(EXCERPT.read_bytes())[:-20])
    faults = Faults()

    assert list(read_startanalyse_2019([path], faults)) == []
    assert [one.code for one in faults] == ["file.damaged"]


def test_a_file_that_is_not_there_is_named(tmp_path):
    faults = Faults()

    assert list(read_startanalyse_2019([tmp_path / "absent.csv"], faults)) == []
    assert [one.code for one in faults] == ["file.missing"]


@pytest.mark.slow
@settings(max_examples=200)
@given(st.binary(max_size=300), st.integers(0, 700), st.booleans())
def test_no_bytes_give_anything_but_a_fault(tmp_path, junk, at, packed):
    good = "\n".join((LINES[0], LINES[7], LINES[18])).encode()
    data = good[:at] + junk + good[at + len(junk) // 2 :]
    path = tmp_path / "fuzz.csv"
    path.write_bytes(gzip.compress(data, 1) if packed else data)

    for record in read_startanalyse_2019([path], FewFaults(path.name)):
        assert record.winner in (None, *VARIANTS_2019)
