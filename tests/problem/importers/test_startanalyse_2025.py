import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.problem.importers.made_2025 import (
    CO2,
    CODE,
    PER_WEQ,
    TOTAL,
    VARIANT,
    csv_bytes,
    figure,
    municipality,
    strategy_rows,
    zip_bytes,
)

from waardeweging.problem.importers.startanalyse import VariantKey
from waardeweging.problem.importers.startanalyse_2025 import (
    VARIANTS_2025,
    read_startanalyse_2025,
)
from waardeweging.problem.importers.startanalyse_2025_schema import indicators, strategy_columns
from waardeweging.problem.importers.streaming import FewFaults

WEQ = "I11_woningequivalenten [Woning]"
V01 = "V01_Strategievariant"


def _read(tmp_path, data, name="Alkmaar_strategie.csv", **options):
    path = tmp_path / name
    path.write_bytes(data)
    faults = FewFaults(name)
    return list(read_startanalyse_2025([path], faults, **options)), list(faults)


def _key(code):
    return VariantKey(2025, code)


@pytest.fixture
def record(tmp_path):
    (found,), faults = _read(tmp_path, zip_bytes(municipality()), "Alkmaar.zip")
    assert not faults
    return found


def test_a_neighbourhood_has_names_amounts_and_winner_as_published(record):
    assert (record.code, record.name, record.municipality) == (CODE, "'t Zand", "Alkmaar")
    assert (record.municipality_code, record.weq) == ("GM0361", 1200)
    assert (record.dwellings, record.non_residential) == (1000, 100)
    assert (record.winner, record.winner_without_gas) == ("s4b", "s2d")


def test_every_variant_of_the_edition_has_its_own_column(record):
    assert {key.code for key in record.variants} == VARIANTS_2025.keys() == VARIANT.keys()
    assert len(VARIANTS_2025) == 24
    for code, column in VARIANT.items():
        assert record.variants[_key(code)].per_weq == float(figure(PER_WEQ, column))
        assert record.variants[_key(code)].total == float(figure(TOTAL, column))


def test_co2_is_read_per_variant_and_per_strategy(record):
    assert record.variants[_key("s1a")].co2 == float(figure(CO2, VARIANT["s1a"]))
    assert record.strategies["4"].costs.co2 == float(figure(CO2, "Strategie_4"))
    assert record.reference_co2 == float(figure(CO2, "Referentie_2030"))
    assert record.strategies["4"].costs.co2 != record.variants[_key("s4b")].co2


def test_the_variant_behind_each_strategy_is_kept(record):
    chosen = {number: one.variant for number, one in record.strategies.items()}

    assert chosen == {"1": "s1a", "2": "s2d", "3": "s3e", "4": "s4b"}


def test_a_variant_without_cost_is_absent_and_not_zero(tmp_path):
    cells = {(PER_WEQ, VARIANT["s2a"]): "-", (PER_WEQ, VARIANT["s2b"]): ""}
    (found,), faults = _read(tmp_path, csv_bytes(strategy_rows(cells=cells)))

    assert not faults
    assert not {_key("s2a"), _key("s2b")} & found.variants.keys()
    assert len(found.variants) == 22


def test_cost_items_come_when_asked_for(tmp_path):
    data = csv_bytes(strategy_rows())

    (with_items,), _ = _read(tmp_path, data, with_items=True)
    (without,), _ = _read(tmp_path, data)

    items = with_items.variants[_key("s2d")].items
    assert set(items) == {f"K{n:02d}" for n in range(1, 17) if n != 10}
    assert items["K04"] == float(figure("K04_Wnet_buurt", VARIANT["s2d"]))
    assert not without.variants[_key("s2d")].items


def test_letters_in_codes_of_amsterdam_are_read(tmp_path):
    (found,), faults = _read(tmp_path, csv_bytes(strategy_rows("BU0363AD03")))

    assert not faults
    assert found.code == "BU0363AD03"


def test_rows_of_neighbourhoods_may_be_mixed_with_each_other(tmp_path):
    both = zip(strategy_rows(), strategy_rows("BU03610002"), strict=True)
    found, faults = _read(tmp_path, csv_bytes([row for pair in both for row in pair]))

    assert not faults
    assert [one.code for one in found] == [CODE, "BU03610002"]


def test_dutch_thousands_are_read_once_the_file_shows_its_decimal_sign(tmp_path):
    cells = {(PER_WEQ, VARIANT["s1a"]): "1.307", (TOTAL, VARIANT["s1a"]): "2.533.697"}
    (found,), faults = _read(tmp_path, csv_bytes(strategy_rows(cells=cells)))

    assert not faults
    assert found.variants[_key("s1a")].per_weq == 1307
    assert found.variants[_key("s1a")].total == 2_533_697


def test_an_ambiguous_number_without_such_a_sign_is_refused(tmp_path):
    cells = {(PER_WEQ, VARIANT["s1a"]): "1.307"}
    found, (fault,) = _read(tmp_path, csv_bytes(strategy_rows(cells=cells)))

    assert not found
    assert (fault.code, fault.where.field) == ("number.ambiguous", VARIANT["s1a"])


def test_two_notations_in_one_file_are_refused(tmp_path):
    cells = {(CO2, VARIANT["s1a"]): "12,5", (PER_WEQ, VARIANT["s1a"]): "12.5"}
    _, (fault,) = _read(tmp_path, csv_bytes(strategy_rows(cells=cells)))

    assert (fault.code, fault.where.field) == ("number.other_notation", VARIANT["s1a"])


def test_all_municipalities_are_read_in_one_call(tmp_path):
    for name, code in (("Alkmaar", CODE), ("Bergen", "BU03730001")):
        members = municipality(name, rows=strategy_rows(code))
        (tmp_path / f"{name}.zip").write_bytes(zip_bytes(members))
    faults = FewFaults("folder")

    by_folder = [one.code for one in read_startanalyse_2025([tmp_path], faults)]
    by_file = [one.code for one in read_startanalyse_2025(sorted(tmp_path.iterdir()), faults)]

    assert by_folder == by_file == [CODE, "BU03730001"]
    assert not faults


def test_only_the_wanted_neighbourhood_is_kept(tmp_path):
    rows = strategy_rows() + strategy_rows("BU03610002")
    found, _ = _read(tmp_path, csv_bytes(rows), only=["BU03610002"])

    assert [one.code for one in found] == ["BU03610002"]


def test_a_neighbourhood_with_nothing_to_heat_has_no_costs_and_needs_no_weq(tmp_path):
    rows = strategy_rows(head={WEQ: "-"})
    for row in rows:
        row |= dict.fromkeys(strategy_columns()[28:], "-")
    (found,), faults = _read(tmp_path, csv_bytes(rows))

    assert not faults
    assert (found.weq, found.winner, dict(found.variants)) == (0, None, {})
    assert found.strategies["1"].costs is None


@pytest.mark.parametrize(
    ("head", "cells", "code", "field"),
    [
        ({"I01_buurtcode": "BU1"}, {}, "startanalyse.neighbourhood_code", "I01_buurtcode"),
        ({"I05_gemeentecode": "x"}, {}, "startanalyse.municipality_code", "I05_gemeentecode"),
        ({"I02_buurtnaam": "=cmd()"}, {}, "text.formula", "I02_buurtnaam"),
        ({WEQ: "0"}, {}, "number.not_positive", WEQ),
        ({WEQ: "-5"}, {}, "number.negative", WEQ),
        ({}, {(PER_WEQ, "Strategie_1"): "x"}, "number.not_a_number", "Strategie_1"),
        ({}, {(V01, "Strategie_2"): "s9z"}, "startanalyse.unknown_variant", "Strategie_2"),
        ({}, {(PER_WEQ, "Eenheid"): "[euro/jaar]"}, "startanalyse.unit", "Eenheid"),
    ],
)
def test_a_bad_cell_names_its_column(tmp_path, head, cells, code, field):
    found, faults = _read(tmp_path, csv_bytes(strategy_rows(head=head, cells=cells)))

    assert not found
    assert (faults[0].code, faults[0].where.field) == (code, field)


def test_a_bad_cell_names_its_row(tmp_path):
    cells = {(PER_WEQ, "Strategie_1"): "x"}
    _, (fault,) = _read(tmp_path, csv_bytes(strategy_rows(cells=cells)))

    assert fault.where.row == 2 + list(indicators()).index(PER_WEQ)


def test_an_indicator_that_the_edition_does_not_have_is_refused(tmp_path):
    rows = strategy_rows()
    rows[0]["Code_Indicator"] = "Z99_Nieuw"
    _, faults = _read(tmp_path, csv_bytes(rows))

    assert [one.code for one in faults] == [
        "startanalyse.unknown_indicator",
        "startanalyse.missing_rows",
    ]


def test_a_file_cut_off_between_rows_is_noticed(tmp_path):
    _, (fault,) = _read(tmp_path, csv_bytes(strategy_rows()[:-1]))

    assert fault.code == "startanalyse.missing_rows"
    assert "V02_Strategievariant_label_B" in fault.found


def test_an_indicator_that_stands_twice_is_refused(tmp_path):
    rows = strategy_rows()
    _, (fault,) = _read(tmp_path, csv_bytes([*rows, rows[3]]))

    assert (fault.code, fault.where.row) == ("id.duplicate", 83)


def test_a_neighbourhood_in_two_municipalities_is_refused(tmp_path):
    for name in ("Alkmaar", "Bergen"):
        (tmp_path / f"{name}.zip").write_bytes(zip_bytes(municipality(name)))
    faults = FewFaults("folder")

    found = list(read_startanalyse_2025([tmp_path], faults))

    assert [one.code for one in found] == [CODE]
    assert [(one.code, one.where.file) for one in faults] == [
        ("id.duplicate", "Bergen.zip/Bergen_strategie.csv")
    ]


def test_rows_of_one_neighbourhood_that_contradict_are_refused(tmp_path):
    rows = strategy_rows()
    rows[5][WEQ] = "1300"
    _, (fault,) = _read(tmp_path, csv_bytes(rows))

    assert (fault.code, fault.where.row) == ("startanalyse.two_heads", 7)


def test_a_renamed_column_is_both_missing_and_unknown(tmp_path):
    header = [name.replace("Variant_s4b", "Variant_s4c") for name in strategy_columns()]
    _, faults = _read(tmp_path, csv_bytes(strategy_rows(), header=header))

    assert [(one.code, one.where.field) for one in faults] == [
        ("table.missing_column", "Variant_s4b_KG_D_hWP"),
        ("table.unknown_column", "Variant_s4c_KG_D_hWP"),
    ]


def test_the_column_with_the_name_of_a_file_is_expected(tmp_path):
    header = [name.removesuffix("_combined.csv") for name in strategy_columns()]
    _, faults = _read(tmp_path, csv_bytes(strategy_rows(), header=header))

    assert faults[0].where.field == "LN_0BCM_combined.csv"


def test_another_separator_names_the_missing_columns(tmp_path):
    _, faults = _read(tmp_path, csv_bytes(strategy_rows(), delimiter="|"))

    assert {one.code for one in faults} == {"table.missing_column", "table.unknown_column"}


@pytest.mark.parametrize("delimiter", ["\t", ","])
def test_other_usual_separators_are_recognised(tmp_path, delimiter):
    found, faults = _read(tmp_path, csv_bytes(strategy_rows(), delimiter))

    assert not faults
    assert len(found) == 1


def test_editions_may_not_be_mixed(tmp_path):
    (tmp_path / "a_strategie.csv").write_bytes(csv_bytes(strategy_rows()))
    (tmp_path / "b_strategie.csv").write_text("BU_CODE;variant;weq\nBU03610001;s1a;3\n")
    faults = FewFaults("folder")

    list(read_startanalyse_2025([tmp_path], faults))

    assert [(one.code, one.where.file) for one in faults] == [
        ("startanalyse.other_edition", "b_strategie.csv")
    ]


def test_beyond_a_hundred_faults_the_rest_is_counted(tmp_path):
    cells = {(PER_WEQ, column): "x" for column in VARIANT.values()}
    rows = [
        row for number in range(10) for row in strategy_rows(f"BU0361{number:04d}", cells=cells)
    ]
    path = tmp_path / "Alkmaar_strategie.csv"
    path.write_bytes(csv_bytes(rows))
    faults = FewFaults(path.name)
    list(read_startanalyse_2025([path], faults))

    with pytest.raises(ExceptionGroup) as caught:
        faults.raise_all(path.name)
    assert len(caught.value.exceptions) == 101
    assert caught.value.exceptions[-1].details == {"more": "140"}


def test_a_zip_that_is_cut_off_leaves_the_other_municipalities_readable(tmp_path):
    (tmp_path / "Alkmaar.zip").write_bytes(zip_bytes(municipality())[:-100])
    (tmp_path / "Bergen.zip").write_bytes(zip_bytes(municipality("Bergen")))
    faults = FewFaults("folder")

    found = list(read_startanalyse_2025([tmp_path], faults))

    assert len(found) == 1
    assert [(one.code, one.where.file) for one in faults] == [("file.damaged", "Alkmaar.zip")]


SHORT = csv_bytes(strategy_rows(cells={(PER_WEQ, "Strategie_1"): "1.087,5"}))


@pytest.mark.slow
@settings(max_examples=200)
@given(st.binary(max_size=300), st.integers(0, len(SHORT)))
def test_no_bytes_give_anything_but_a_fault(tmp_path, junk, at):
    path = tmp_path / "fuzz_strategie.csv"
    path.write_bytes(SHORT[:at] + junk + SHORT[at + len(junk) // 2 :])
    faults = FewFaults(path.name)

    for record in read_startanalyse_2025([path], faults):
        assert record.code.startswith("BU")
