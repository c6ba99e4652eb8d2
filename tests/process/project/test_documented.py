import pytest
from tests.presentation.conftest import SCENARIOS

from waardeweging.analysis.scenario import read_scenario
from waardeweging.problem.alternatives import DecisionProblem
from waardeweging.process.project import kaders, sessions
from waardeweging.process.project.documented import Documented, documented, in_time_share

SIGN = "0" * 64


@pytest.fixture(scope="module")
def problem():
    return read_scenario(SCENARIOS / "oefenavond").problem


def changed(problem, **fields):
    """The problem with another first cell."""
    cells = {(c.alternative, c.criterion): c for row in problem.cells for c in row}
    first = problem.cells[0][0]
    cells[first.alternative, first.criterion] = first.model_copy(update=fields)
    return DecisionProblem.of(problem.framework, problem.alternatives, cells, problem.sources)


def test_a_performance_counts_with_source_and_range_or_when_it_was_measured(problem):
    full = documented(problem)
    cell = problem.cells[0][0]
    narrow = {"low": cell.mid, "high": cell.mid}

    assert full.of == len(problem.alternatives) * len(problem.framework.criteria)
    assert cell in full.cells
    for fields, counts in (
        ({"grounds": "expert", **narrow}, False),
        ({"grounds": "measured", **narrow}, True),
        ({"source": "nowhere"}, False),
    ):
        found = documented(changed(problem, **fields))
        assert (len(found.cells) == len(full.cells)) == counts


def keep(log, day):
    log.do(kaders.keep_files, {"performances.csv": SIGN}, "Nieuw.", at=f"{day}T12:00:00.000Z")


def test_what_changed_in_the_last_five_days_was_not_there_in_time(log, problem):
    log.do(sessions.add, "one", "workshop", "Avond 1", "2026-02-10")
    first, second = documented(problem), documented(changed(problem, note="Nieuwe bron."))
    facts = {1: first, 2: second}
    assert in_time_share(log.state, "one", facts).missing == "no_cases"
    keep(log, "2026-02-05")
    assert in_time_share(log.state, "one", facts).value == len(first.cells) / first.of
    keep(log, "2026-02-06")
    found = in_time_share(log.state, "one", facts)
    assert found.value == (len(first.cells) - 1) / first.of
    assert found.of == first.of
    assert in_time_share(log.state, "one", {1: first}).missing == "not_measured"
    assert in_time_share(log.state, "one", {2: second}).value == 0


def test_files_that_came_too_late_count_for_nothing(log):
    log.do(sessions.add, "one", "workshop", "Avond 1", "2026-02-10")
    keep(log, "2026-02-08")
    assert in_time_share(log.state, "one", {1: Documented(frozenset(), 4)}).value == 0
