import csv
import gzip
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waardeweging.problem.errors import Faults, InputError, Place, faults_in
from waardeweging.problem.importers import streaming
from waardeweging.problem.importers.cbs import COLUMNS, TABLES, Region, import_cbs, read_cbs
from waardeweging.problem.importers.streaming import FewFaults
from waardeweging.problem.numbers import parse_number

# Columns of 85984NED as CBS calls them; invented figures.
ROW = {
    "ID": "1",
    "WijkenEnBuurten": "BU01934000",
    "Gemeentenaam_1": "Zwolle              ",
    "SoortRegio_2": "Buurt     ",
    "Codering_3": "BU01934000",
    "HuishoudensTotaal_29": "    1525",
    "Woningvoorraad_35": "    1656",
    "PercentageMeergezinswoning_45": "      12",
    "Koopwoningen_47": "      63",
    "HuurwoningenTotaal_48": "      37",
    "InBezitWoningcorporatie_49": "      28",
    "Appartement_50": "     900",
    "GemiddeldAardgasverbruikTotaal_55": "    1290",
    "PercentageWoningenMetStadsverwarming_56": "     2.5",
    "GemiddeldInkomenPerInwoner_78": "    29.1",
}
GAS = "GemiddeldAardgasverbruikTotaal_55"
OWNERS = "Koopwoningen_47"
NAME = "85984NED_UntypedDataSet_23112026_120000.csv"


def _csv(rows, delimiter=";", header=None):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(header or rows[0])
    writer.writerows(row.values() for row in rows)
    return out.getvalue().encode()


def _json(rows, table="85984NED", **more):
    about = {"odata.metadata": f"https://opendata.cbs.nl/ODataApi/OData/{table}/$metadata"}
    return json.dumps({**about, "value": rows, **more}).encode()


def _read(tmp_path, data, name=NAME, year=None):
    path = tmp_path / name
    path.write_bytes(data)
    faults = FewFaults(name)
    return list(read_cbs(path, faults, year)), list(faults)


def _refused(tmp_path, data, name=NAME, year=None):
    with pytest.raises(InputError) as caught:
        _read(tmp_path, data, name, year)
    return caught.value


def _figures(region):
    return (region.households, region.dwellings, region.gas_use, region.income)


def test_a_downloaded_table_gives_figures_in_our_units(tmp_path):
    (found,), faults = _read(tmp_path, _csv([ROW]))

    assert not faults
    assert (found.code, found.level, found.year) == ("BU01934000", "buurt", 2024)
    assert _figures(found) == (1525, 1656, 1290, 29_100)
    assert (found.owner_share, found.tenant_share, found.corporation_share) == (0.63, 0.37, 0.28)
    assert (found.multi_family_share, found.district_heating_share) == (0.12, 0.025)


def test_the_open_data_service_gives_the_same(tmp_path):
    typed = {
        name: cell.strip()
        if name[:2] in ("Wi", "Co", "Ge", "So") and not cell.strip()[0].isdigit()
        else float(cell)
        for name, cell in ROW.items()
    }
    typed["WijkenEnBuurten"] = typed["Codering_3"] = "BU01934000"
    from_json, faults = _read(tmp_path, _json([typed]), "answer.json")
    from_csv, _ = _read(tmp_path, _csv([ROW]))

    assert not faults
    assert from_json == from_csv


@pytest.mark.parametrize(("table", "year"), TABLES.items())
def test_every_table_is_known_by_its_number_and_any_serial_numbers(tmp_path, table, year):
    renumbered = {
        f"{name.rpartition('_')[0] or name}_{at}": cell
        for at, (name, cell) in enumerate(ROW.items(), 5)
    }
    renumbered = {
        ("WijkenEnBuurten" if "Wijken" in name else name): cell for name, cell in renumbered.items()
    }
    (found,), faults = _read(tmp_path, _csv([renumbered]), f"{table}_TypedDataSet.csv")

    assert not faults
    assert found.year == year
    assert _figures(found) == (1525, 1656, 1290, 29_100)


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("GM0363    ", "gemeente"),
        ("WK0363TJ  ", "wijk"),
        ("WK019340  ", "wijk"),
        ("BU0363AD03", "buurt"),
    ],
)
def test_padding_is_left_off_and_the_level_shows_from_the_code(tmp_path, code, level):
    (found,), _ = _read(tmp_path, _csv([{**ROW, "WijkenEnBuurten": code}]))

    assert (found.code, found.level) == (code.strip(), level)


def test_the_country_is_left_out(tmp_path):
    country = {**ROW, "WijkenEnBuurten": "NL00      "}
    found, faults = _read(tmp_path, _csv([country, ROW]))

    assert not faults
    assert len(found) == 1


@pytest.mark.parametrize("missing", ["", ".", "       .", "-99997", "  -99997.0"])
def test_what_cbs_keeps_secret_is_absent(tmp_path, missing):
    (found,), faults = _read(tmp_path, _csv([{**ROW, GAS: missing}]))

    assert not faults
    assert found.gas_use is None


@pytest.mark.parametrize("missing", [None, ".", -99997, "      ."])
def test_null_and_its_like_in_json_are_absent(tmp_path, missing):
    (found,), faults = _read(tmp_path, _json([{**ROW, GAS: missing}]), "a.json")

    assert not faults
    assert found.gas_use is None


def test_a_number_of_json_is_never_taken_for_thousands(tmp_path):
    (found,), _ = _read(
        tmp_path, _json([{**ROW, "GemiddeldInkomenPerInwoner_78": 29.125}]), "a.json"
    )

    assert found.income == 29_125


def test_a_spreadsheet_with_decimal_commas_is_read(tmp_path):
    dutch = {
        **ROW,
        "GemiddeldInkomenPerInwoner_78": "29,1",
        GAS: "1.290",
        "PercentageWoningenMetStadsverwarming_56": "2,5",
    }
    (found,), faults = _read(tmp_path, _csv([dutch]))

    assert not faults
    assert _figures(found) == (1525, 1656, 1290, 29_100)


def test_a_packed_file_is_read(tmp_path):
    found, faults = _read(tmp_path, gzip.compress(_csv([ROW])), "85984NED.csv.gz")

    assert not faults
    assert len(found) == 1


def test_an_answer_for_the_whole_country_may_be_larger_than_other_files(tmp_path, monkeypatch):
    monkeypatch.setattr(streaming, "LARGEST_PACKED", 10)

    assert len(_read(tmp_path, _json([ROW]), "85984NED.json")[0]) == 1


def test_the_year_may_be_given_where_the_file_does_not_say(tmp_path):
    (found,), _ = _read(tmp_path, _csv([ROW]), "kerncijfers.csv", year=2023)

    assert found.year == 2023


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("kerncijfers.csv", None, "cbs.no_year"),
        ("kerncijfers.csv", 2019, "cbs.unknown_year"),
        ("84583NED.csv", None, "cbs.unknown_table"),
        (NAME, 2023, "cbs.other_year"),
    ],
)
def test_a_table_that_is_not_known_is_refused(tmp_path, name, year, code):
    assert _refused(tmp_path, _csv([ROW]), name, year).code == code


def test_file_and_name_must_agree_on_the_table(tmp_path):
    assert _refused(tmp_path, _json([ROW], "84583NED"), "a.json").code == "cbs.unknown_table"
    assert _refused(tmp_path, _json([ROW], "85039NED"), "85984NED.json").code == "cbs.other_year"


def test_what_json_says_about_itself_may_stand_behind_its_rows(tmp_path):
    behind = json.dumps({"value": [ROW], "@odata.context": "x/85984NED/$metadata"}).encode()

    assert _refused(tmp_path, behind, "a.json", 2020).code == "cbs.other_year"
    assert _read(tmp_path, behind, "a.json", 2024)[0]


@pytest.mark.parametrize("key", ["odata.nextLink", "@odata.nextLink"])
def test_one_page_of_several_is_refused(tmp_path, key):
    error = _refused(tmp_path, _json([ROW], **{key: "https://…$skip=10000"}), "a.json")

    assert error.code == "cbs.one_page"


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"WijkenEnBuurten": "Berkum"}, "cbs.region_code", "WijkenEnBuurten"),
        ({"WijkenEnBuurten": "bu01934000"}, "cbs.region_code", "WijkenEnBuurten"),
        ({OWNERS: "163"}, "number.too_high", OWNERS),
        ({GAS: "-3"}, "number.negative", GAS),
        ({GAS: "veel"}, "number.not_a_number", GAS),
        ({GAS: "1,5"}, "number.other_notation", GAS),
        ({GAS: "NaN"}, "number.not_a_number", GAS),
    ],
)
def test_a_bad_cell_names_row_and_column(tmp_path, change, code, field):
    found, (fault,) = _read(
        tmp_path, _csv([{**ROW, "WijkenEnBuurten": "GM0193"}, {**ROW, **change}])
    )

    assert len(found) == 1
    assert (fault.code, fault.where.row, fault.where.field) == (code, 3, field)


def test_an_ambiguous_number_is_refused(tmp_path):
    row = {
        **ROW,
        GAS: "1.290",
        "GemiddeldInkomenPerInwoner_78": ".",
        "PercentageWoningenMetStadsverwarming_56": ".",
    }
    _, (fault,) = _read(tmp_path, _csv([row]))

    assert fault.code == "number.ambiguous"


def test_all_faults_of_a_row_come_together(tmp_path):
    _, faults = _read(tmp_path, _csv([{**ROW, GAS: "x", OWNERS: "y"}]))

    assert [one.where.field for one in faults] == [OWNERS, GAS]


def test_a_region_that_stands_twice_is_refused(tmp_path):
    found, (fault,) = _read(tmp_path, _csv([ROW, ROW]))

    assert len(found) == 1
    assert (fault.code, fault.where.row) == ("id.duplicate", 3)


def test_a_renamed_column_is_named(tmp_path):
    header = [name.replace("Koopwoningen", "PercentageKoopwoningen") for name in ROW]
    found, (fault,) = _read(tmp_path, _csv([ROW], header=header))

    assert not found
    assert (fault.code, fault.where.field) == ("cbs.missing_column", "Koopwoningen")


def test_a_column_that_stands_twice_under_two_serial_numbers_is_refused(tmp_path):
    _, (fault,) = _read(tmp_path, _csv([{**ROW, "Koopwoningen_40": "1"}]))

    assert (fault.code, fault.where.field) == ("table.duplicate_column", "Koopwoningen")


def test_another_separator_names_every_missing_column(tmp_path):
    _, faults = _read(tmp_path, _csv([ROW], "|").replace(b'"', b""))

    assert {one.code for one in faults} == {"cbs.missing_column"}
    assert len(faults) == len(COLUMNS) + 1
    assert _refused(tmp_path, _csv([ROW], "|")).code == "table.quotes"


def test_the_observations_of_odata_4_are_refused_by_their_columns(tmp_path):
    observations = [{"Id": 1, "Measure": "M000297", "WijkenEnBuurten": "BU01934000", "Value": 3}]
    _, faults = _read(tmp_path, _json(observations), "a.json")

    assert {one.where.field for one in faults} == set(COLUMNS)


def test_an_empty_answer_is_refused(tmp_path):
    assert _refused(tmp_path, _json([]), "a.json").code == "table.no_rows"
    assert _refused(tmp_path, b"", NAME).code == "table.empty"


def test_a_truncated_answer_is_refused(tmp_path):
    assert _refused(tmp_path, _json([ROW] * 3)[:-40], "a.json").code == "json.broken"


# ------------------------------------------------------------ writing


def test_the_tidy_file_has_a_column_per_figure_and_numbers_with_one_reading(tmp_path):
    (tmp_path / NAME).write_bytes(_csv([ROW, {**ROW, "WijkenEnBuurten": "GM0193", GAS: "."}]))
    out = tmp_path / "cbs.csv"

    done = import_cbs(tmp_path / NAME, out)

    assert (done.rows, done.files) == (2, (out,))
    first, second = csv.DictReader(io.StringIO(out.read_text("utf-8")), delimiter=";")
    assert list(first) == list(Region.__dataclass_fields__)
    assert (first["code"], first["owner_share"], first["income"]) == ("BU01934000", "0.63", "29100")
    assert second["gas_use"] == ""
    for name, cell in first.items():
        if name not in ("code", "level"):
            parse_number(cell, Place("cbs.csv", 2, name))


def test_nothing_is_written_after_a_fault(tmp_path):
    (tmp_path / NAME).write_bytes(_csv([ROW, ROW, {**ROW, "WijkenEnBuurten": "x"}]))
    out = tmp_path / "cbs.csv"
    out.write_text("what was there")

    with pytest.raises(ExceptionGroup) as caught:
        import_cbs(tmp_path / NAME, out)

    assert [one.code for one in faults_in(caught.value)] == ["id.duplicate", "cbs.region_code"]
    assert out.read_text() == "what was there"
    assert sorted(one.name for one in tmp_path.iterdir()) == [NAME, "cbs.csv"]


def test_a_table_of_the_country_alone_has_nothing_to_read(tmp_path):
    (tmp_path / NAME).write_bytes(_csv([{**ROW, "WijkenEnBuurten": "NL00"}]))

    with pytest.raises(ExceptionGroup) as caught:
        import_cbs(tmp_path / NAME, tmp_path / "out.csv")
    assert [one.code for one in faults_in(caught.value)] == ["table.no_rows"]


CSV, JSON = _csv([ROW]), _json([ROW])


@pytest.mark.slow
@settings(max_examples=200)
@given(st.binary(max_size=300), st.integers(0, 800), st.booleans())
def test_no_bytes_give_anything_but_an_input_error(tmp_path, junk, at, as_json):
    good = JSON if as_json else CSV
    path = tmp_path / NAME
    path.write_bytes(good[:at] + junk + good[at + len(junk) // 2 :])

    faults = Faults()
    with faults.collecting():
        for region in read_cbs(path, faults):
            assert region.year == 2024
