import shutil
from pathlib import Path

import pytest

from waardeweging.effects.heat_tables import read_heat_tables
from waardeweging.problem.errors import faults_in

HEAT = Path(__file__).resolve().parents[2] / "scenarios" / "heat"


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(HEAT, tmp_path / "heat")
    return tmp_path / "heat"


def _codes(folder):
    with pytest.raises(ExceptionGroup) as caught:
        read_heat_tables(folder)
    return [error.code for error in faults_in(caught.value)]


def test_tables_of_the_project_are_read():
    tables = read_heat_tables(HEAT)

    assert set(tables.technique_cells) == {f"T{number}" for number in range(11)}
    assert set(tables.organisation_cells) == {f"O{number}" for number in range(1, 7)}
    assert len(tables.options) >= 7


def test_every_cell_names_a_known_source_and_a_band_in_order():
    tables = read_heat_tables(HEAT)
    sources = {row["source"] for row in tables.sources}
    rows = [
        row
        for by_id in (tables.technique_cells, tables.organisation_cells)
        for own in by_id.values()
        for row in own.values()
    ]

    assert len(rows) == 99 + 30
    for row in rows:
        assert row["source"] in sources
        assert float(row["low"]) <= float(row["mid"]) <= float(row["high"])


def test_unknown_technique_and_organisation_are_named_at_once(folder):
    text = (folder / "options.csv").read_text(encoding="utf-8")
    (folder / "options.csv").write_text(text.replace(";T5;O6;", ";T55;O66;"), encoding="utf-8")

    assert _codes(folder) == ["option.unknown_technique", "option.unknown_organisation"]


def test_a_cell_that_stands_twice_is_refused(folder):
    path = folder / "technique_cells.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[1]]), encoding="utf-8")

    assert _codes(folder) == ["id.duplicate"]


def test_every_missing_table_is_named(folder):
    (folder / "sources.csv").unlink()
    (folder / "parameters.toml").unlink()

    assert _codes(folder) == ["file.missing", "file.missing"]
