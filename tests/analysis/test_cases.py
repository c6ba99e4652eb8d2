import pytest

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.cases import EDITION, find_place, national_files, write_case
from waardeweging.analysis.scenario import read_scenario
from waardeweging.problem.errors import faults_in
from waardeweging.problem.importers.startanalyse_import import read_costs


@pytest.fixture(scope="module")
def nation():
    return read_costs(list(national_files()), EDITION)


@pytest.mark.parametrize("place", ["BU01934000", "bu01934000", "Berkum", "berkum (zwolle)"])
def test_a_neighbourhood_is_found_by_code_and_by_name(nation, place):
    assert find_place(place, nation).code == "BU01934000"


@pytest.mark.parametrize(
    ("place", "code", "candidate"),
    [
        ("Noord", "case.several", "Noord (Heerenveen)"),
        ("Raalte", "case.several", "Raalte Centrum"),
        ("BU01934099", "case.several", "(Zwolle)"),
        ("Xyzzy", "case.unknown", ""),
    ],
)
def test_else_the_candidates_are_named(nation, place, code, candidate):
    with pytest.raises(ExceptionGroup) as caught:
        find_place(place, nation)
    first, *candidates = faults_in(caught.value)

    assert first.code == code
    assert any(candidate in str(one.found) for one in candidates) or not candidate


def test_a_case_weighs_with_every_value_alike_until_somebody_weighs(tmp_path):
    write_case("BU00030000", tmp_path / "case")
    scenario = read_scenario(tmp_path / "case")
    framework = scenario.problem.framework
    joint = analyse(scenario.with_draws(100)).weighing.joint
    columns = framework.weighed("resident")
    by_value: dict[str, float] = {}
    for column, weight in zip(columns, joint, strict=True):
        name = framework.criteria[column].value
        by_value[name] = by_value.get(name, 0.0) + weight

    assert scenario.neutral
    assert list(by_value.values()) == pytest.approx([0.25] * 4)
    national = scenario.with_perspective("national")
    assert national.ballots != scenario.ballots
