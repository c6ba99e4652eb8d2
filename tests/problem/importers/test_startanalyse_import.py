import csv
import io
from pathlib import Path

import pytest
from tests.problem.importers.made_2025 import (
    CODE,
    PER_WEQ,
    VARIANT,
    csv_bytes,
    municipality,
    strategy_rows,
    zip_bytes,
)

from waardeweging.effects.compose import costs_table
from waardeweging.problem.errors import InputError, Place, faults_in
from waardeweging.problem.importers.startanalyse import read_startanalyse
from waardeweging.problem.importers.startanalyse_import import COLUMNS, import_startanalyse
from waardeweging.problem.numbers import parse_number

ROOT = Path(__file__).resolve().parents[3]
LONG = ROOT / "scenarios" / "nederland" / "startanalyse2020_3gemeenten_long.csv"
OF_2019 = ROOT / "tests" / "data" / "startanalyse_2019_excerpt.csv"


def _rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8")), delimiter=";"))


@pytest.fixture
def alkmaar(tmp_path):
    path = tmp_path / "Alkmaar.zip"
    path.write_bytes(zip_bytes(municipality()))
    return path


def test_the_winners_of_2019_are_a_row_each(tmp_path):
    done = import_startanalyse([OF_2019], 2019, tmp_path / "out.csv")

    rows = _rows(tmp_path / "out.csv")
    assert done.rows == len(rows) == 21
    assert rows[0]["edition"] == "2019"
    assert (rows[0]["neighbourhood"], rows[0]["variant"]) == ("BU00030001", "s2a")
    assert rows[0]["cost_per_weq"] == "778"
    nothing = next(row for row in rows if row["neighbourhood"] == "BU00141403")
    assert (nothing["variant"], nothing["cost_per_weq"]) == ("", "")


def test_edition_2020_has_the_same_columns_as_the_table_made_before(tmp_path):
    import_startanalyse([LONG], 2020, tmp_path / "out.csv", only=["BU01934000"])

    before = costs_table(read_startanalyse(LONG, 2020, only=["BU01934000"]))
    rows = _rows(tmp_path / "out.csv")
    known = list(csv.DictReader(io.StringIO(before), delimiter=";"))
    assert [{name: row[name] for name in known[0]} for row in rows] == known


def test_edition_2025_gives_costs_and_buildings_in_a_folder(tmp_path, alkmaar):
    (tmp_path / "out").mkdir()

    done = import_startanalyse([alkmaar], 2025, tmp_path / "out")

    costs, buildings = done.files
    assert (costs.name, buildings.name) == ("startanalyse_2025.csv", "bebouwing_2025.csv")
    assert done.rows == len(_rows(costs)) == 24
    assert _rows(costs)[0]["published_winner"] == "s4b"
    assert _rows(buildings)[0] == {
        "edition": "2025",
        "neighbourhood": CODE,
        "subject": "dwellings_by_period",
        "kind": "Rijwoning",
        "class": "Voor_1930",
        "count": "0",
    }


def test_a_single_file_holds_costs_only(tmp_path, alkmaar):
    done = import_startanalyse([alkmaar], 2025, tmp_path / "out.csv")

    assert done.files == (tmp_path / "out.csv",)


def test_a_plain_file_into_a_folder_comes_without_buildings(tmp_path):
    (tmp_path / "Alkmaar_strategie.csv").write_bytes(csv_bytes(strategy_rows()))
    (tmp_path / "out").mkdir()

    done = import_startanalyse([tmp_path / "Alkmaar_strategie.csv"], 2025, tmp_path / "out")

    assert [one.name for one in done.files] == ["startanalyse_2025.csv"]


def test_every_number_can_be_read_in_one_way(tmp_path, alkmaar):
    import_startanalyse([alkmaar], 2025, tmp_path / "out.csv")

    for row in _rows(tmp_path / "out.csv"):
        assert list(row) == list(COLUMNS)
        for name in ("weq", "cost_per_weq", "dwellings", "co2"):
            parse_number(row[name], Place("out.csv", None, name))


def test_a_neighbourhood_without_any_cost_keeps_a_row(tmp_path):
    cells = {(PER_WEQ, column): "-" for column in VARIANT.values()}
    (tmp_path / "a_strategie.csv").write_bytes(csv_bytes(strategy_rows(cells=cells)))

    import_startanalyse([tmp_path / "a_strategie.csv"], 2025, tmp_path / "out.csv")

    (row,) = _rows(tmp_path / "out.csv")
    assert (row["neighbourhood"], row["variant"], row["published_winner"]) == (CODE, "", "s4b")


def test_nothing_is_written_after_a_fault_in_any_file(tmp_path, alkmaar):
    broken = tmp_path / "Bergen.zip"
    broken.write_bytes(zip_bytes(municipality("Bergen"))[:-50])
    (tmp_path / "out").mkdir()

    with pytest.raises(ExceptionGroup) as caught:
        import_startanalyse([alkmaar, broken], 2025, tmp_path / "out")

    assert [(one.code, one.where.file) for one in faults_in(caught.value)] == [
        ("file.damaged", "Bergen.zip")
    ]
    assert not list((tmp_path / "out").iterdir())


def test_faults_of_the_buildings_alone_stop_the_costs_too(tmp_path):
    members = municipality() | {"Alkmaar_bebouwing.csv": b"a;b\n1;2\n"}
    (tmp_path / "Alkmaar.zip").write_bytes(zip_bytes(members))
    (tmp_path / "out").mkdir()

    with pytest.raises(ExceptionGroup) as caught:
        import_startanalyse([tmp_path / "Alkmaar.zip"], 2025, tmp_path / "out")

    assert {one.code for one in faults_in(caught.value)} == {
        "startanalyse.column_order",
        "startanalyse.column_count",
    }
    assert not list((tmp_path / "out").iterdir())


def test_a_fault_of_edition_2020_comes_out_as_well(tmp_path):
    with pytest.raises(ExceptionGroup) as caught:
        import_startanalyse([OF_2019], 2020, tmp_path / "out.csv")

    assert "table.missing_column" in {one.code for one in faults_in(caught.value)}


@pytest.mark.parametrize("edition", [2021, -1])
def test_an_unknown_edition_is_refused(tmp_path, edition):
    with pytest.raises(InputError) as caught:
        import_startanalyse([OF_2019], edition, tmp_path / "out.csv")

    assert caught.value.code == "startanalyse.edition_unknown"
    assert "2019, 2020, 2025" in caught.value.remedy


def test_a_folder_with_no_file_of_pbl_has_nothing_to_read(tmp_path):
    (tmp_path / "in").mkdir()

    with pytest.raises(ExceptionGroup) as caught:
        import_startanalyse([tmp_path / "in"], 2025, tmp_path / "out.csv")

    assert [one.code for one in faults_in(caught.value)] == ["archive.no_table"]
