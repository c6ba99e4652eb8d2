"""A claim makes a range wider; it is never averaged away."""

import pytest
from tests.app.hall.conftest import files_of

from waardeweging.analysis.claims import MARK, holds_claims, widened
from waardeweging.analysis.scenario_in_files import scenario_in
from waardeweging.problem.errors import faults_in
from waardeweging.process.project.events import InputGiven
from waardeweging.process.project.state import Input


def claim(value, name="c", alternative="A", criterion="kosten", source="Onze rekening"):
    given = InputGiven(
        id=name, about="performance", side="residents", text="Het is anders.", source=source,
        alternative=alternative, criterion=criterion, value=value,
    )  # fmt: skip
    return Input(given, "2026-02-01T19:00:00.000Z")


def cell_of(files, alternative="A", criterion="kosten"):
    problem = scenario_in(files).problem
    return next(
        cell
        for row in problem.cells
        for cell in row
        if (cell.alternative, cell.criterion) == (alternative, criterion)
    )


@pytest.mark.parametrize(
    ("values", "band"),
    [((0.5,), (0.5, 0.8, 0.8)), ((0.95,), (0.8, 0.8, 0.95)), ((0.5, 0.9), (0.5, 0.8, 0.9)),
     ((0.8,), (0.8, 0.8, 0.8))],
)  # fmt: skip
def test_the_range_reaches_what_is_claimed_and_the_middle_stays(values, band):
    claims = [claim(value, f"c{value}") for value in values]
    files = widened(files_of("golden"), claims)
    cell = cell_of(files)

    assert (cell.low, cell.mid, cell.high) == band
    assert (cell.grounds, cell.source) == ("expert", f"{MARK}c{values[-1]}")
    assert "voorbeeld" in cell.note


def test_other_cells_and_files_stay_as_they_are():
    before = files_of("golden")
    files = widened(before, [claim(0.5)])

    assert cell_of(files, "B") == cell_of(before, "B")
    assert files["framework.toml"] == before["framework.toml"]
    assert holds_claims(files)
    assert not holds_claims(before)
    assert not holds_claims({})


def test_the_source_names_the_claim():
    files = widened(files_of("golden"), [claim(0.5)])
    source = next(one for one in scenario_in(files).problem.sources if one.id == f"{MARK}c")

    assert (source.title, source.publisher, source.year) == ("Onze rekening", "residents", "2026")


def test_a_value_of_three_decimals_has_one_reading():
    assert cell_of(widened(files_of("golden"), [claim(0.125)])).low == 0.125


def test_a_calculated_cell_becomes_a_typed_one():
    before = files_of("berkum")
    calculated = {("warmteschap", "K1"), ("gas", "K1")}
    problem = scenario_in(before).problem
    place = next(
        (cell.alternative, cell.criterion)
        for row in problem.cells
        for cell in row
        if f"{cell.alternative};{cell.criterion};".encode() not in before["performances.csv"]
        or (cell.alternative, cell.criterion) in calculated
    )
    was = cell_of(before, *place)
    cell = cell_of(widened(before, [claim(was.high + 1, "c", *place)]), *place)

    assert (cell.mid, cell.high) == (was.mid, was.high + 1)


def test_every_claim_that_names_nothing_is_told_at_once():
    claims = [claim(0.5, "x", "Z"), claim(0.5, "y", "A", "smaak")]
    with pytest.raises(ExceptionGroup) as found:
        widened(files_of("golden"), claims)

    assert [fault.code for fault in faults_in(found.value)] == ["project.claim_unknown"] * 2
