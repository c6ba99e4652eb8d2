import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waardeweging.problem.errors import Faults, faults_in
from waardeweging.problem.importers.etm import EtmOutcome, import_etm, read_etm
from waardeweging.problem.importers.streaming import FewFaults

# The form of the scenario tools of Quintel, with invented figures.
SCENARIOS = """,REG_2030,GM0193_zwolle_present,REG_2050,unit
total_co2_emissions,187370133.64826342,235106182.74185917,3998438.6647373885,kg
heat_production_total,1.404,1.455,,PJ
biomass_in_sankey,0.0,6.44569482339999e-06,0.0,PJ
"""
API = "gquery,unit,present,future\ndashboard_co2,%,0.0,-49.125\nnumber_of_houses,-,56000,58000\n"


def _read(tmp_path, text):
    path = tmp_path / "outcomes.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    faults = FewFaults(path.name)
    return list(read_etm(path, faults)), list(faults)


def test_a_table_of_scenarios_gives_the_present_per_area_and_the_future_per_scenario(tmp_path):
    found, faults = _read(tmp_path, SCENARIOS)

    assert not faults
    assert found[:3] == [
        EtmOutcome("total_co2_emissions", "kg", "REG_2030", "future", 187370133.64826342),
        EtmOutcome("total_co2_emissions", "kg", "GM0193_zwolle", "present", 235106182.74185917),
        EtmOutcome("total_co2_emissions", "kg", "REG_2050", "future", 3998438.6647373885),
    ]


def test_an_outcome_that_is_not_there_is_absent(tmp_path):
    found, _ = _read(tmp_path, SCENARIOS)

    heat = [one for one in found if one.query == "heat_production_total"]
    assert [one.value for one in heat] == [1.404, 1.455]


def test_a_table_of_one_scenario_has_present_and_future(tmp_path):
    found, faults = _read(tmp_path, API)

    assert not faults
    assert [(one.query, one.unit, one.scenario, one.moment, one.value) for one in found] == [
        ("dashboard_co2", "%", "", "present", 0),
        ("dashboard_co2", "%", "", "future", -49.125),
        ("number_of_houses", "", "", "present", 56_000),
        ("number_of_houses", "", "", "future", 58_000),
    ]


def test_a_dutch_spreadsheet_is_read(tmp_path):
    found, faults = _read(tmp_path, "query;unit;future\na;PJ;1.234\nb;PJ;12,5\n")

    assert not faults
    assert [one.value for one in found] == [1234, 12.5]


@pytest.mark.parametrize(
    ("old", "new", "code", "row"),
    [
        ("dashboard_co2", "CO2 in totaal", "etm.query", 2),
        ("dashboard_co2", "=cmd()", "etm.query", 2),
        ("dashboard_co2", "", "etm.query", 2),
        ("number_of_houses", "dashboard_co2", "id.duplicate", 3),
        ("%", "=cmd()", "text.formula", 2),
        ("56000", "NaN", "number.not_a_number", 3),
        ("56000", "1e999", "number.not_finite", 3),
        ("present", "=x", "text.formula", 1),
    ],
)
def test_a_bad_cell_names_its_row(tmp_path, old, new, code, row):
    _, (fault,) = _read(tmp_path, API.replace(old, new))

    assert (fault.code, fault.where.row) == (code, row)


def test_all_faults_of_a_row_come_together(tmp_path):
    _, faults = _read(tmp_path, "query,unit,present,future\na,@b,x,y\n")

    assert [one.where.field for one in faults] == ["unit", "present", "future"]


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        ("name,unit,future", ["query"]),
        ("query,eenheid,future", ["unit"]),
        ("query,unit", ["future"]),
        ("a|b|c", ["query", "unit"]),
    ],
)
def test_columns_that_are_not_there_are_named(tmp_path, header, missing):
    _, faults = _read(tmp_path, f"{header}\n")

    assert [(one.code, one.where.field) for one in faults] == [
        ("table.missing_column", name) for name in missing
    ]


def test_a_column_without_a_name_beside_the_query_is_refused(tmp_path):
    _, (fault,) = _read(tmp_path, "query,unit,,future\na,PJ,1,2\n")

    assert fault.code == "etm.nameless"


def test_the_tidy_file_has_a_row_per_outcome(tmp_path):
    (tmp_path / "outcomes.csv").write_text(SCENARIOS)
    out = tmp_path / "etm.csv"

    done = import_etm(tmp_path / "outcomes.csv", out)

    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8")), delimiter=";"))
    assert done.rows == len(rows) == 8
    assert list(rows[0]) == ["query", "unit", "scenario", "moment", "value"]
    assert rows[3]["value"] == "1.4040"


def test_nothing_is_written_after_a_fault(tmp_path):
    (tmp_path / "outcomes.csv").write_text(API.replace("56000", "x"))

    with pytest.raises(ExceptionGroup) as caught:
        import_etm(tmp_path / "outcomes.csv", tmp_path / "etm.csv")

    assert len(faults_in(caught.value)) == 1
    assert not (tmp_path / "etm.csv").exists()


@pytest.mark.slow
@settings(max_examples=200)
@given(st.binary(max_size=200), st.integers(0, 260))
def test_no_bytes_give_anything_but_an_input_error(tmp_path, junk, at):
    good = SCENARIOS.encode()
    path = tmp_path / "fuzz.csv"
    path.write_bytes(good[:at] + junk + good[at + len(junk) // 2 :])

    faults = Faults()
    with faults.collecting():
        for outcome in read_etm(path, faults):
            assert outcome.query
