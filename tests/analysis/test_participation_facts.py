"""On whose behalf people take part, and rules beside the panel, as findings."""

from dataclasses import replace

import pytest
from tests.analysis.conftest import scenario_of

from waardeweging.analysis.analyse import analyse

VALUES = [[0.9, 0.2], [0.2, 0.8], [0.4, 0.4]]


def made(residents=6, municipality=6, changes=None, **settings):
    """Give some ballots another kind, mandate or department."""
    scenario = scenario_of(
        VALUES, [[3, 1]] * residents, [[1, 1]] * municipality, draws=20, **settings
    )
    ballots = tuple(
        one.model_copy(update=(changes or {}).get(one.participant, {})) for one in scenario.ballots
    )
    return replace(scenario, ballots=ballots)


def kinds(outcome):
    return {finding.kind: finding for finding in outcome.findings}


INSTITUTION = {"kind": "institution"}


def test_an_institution_is_named_and_is_not_needed_beside_enough_people():
    alone = kinds(analyse(made(municipality=1, changes={"g0": INSTITUTION})))
    beside = kinds(analyse(made(changes={"g0": INSTITUTION})))

    assert alone["institutions"].words == {"names": "g0"}
    assert alone["institutions"].numbers == {"count": 1}
    assert "institution_not_needed" not in alone
    assert beside["institution_not_needed"].words == {"side": "municipality"}


def test_delegates_are_told_with_their_mandates():
    changes = {
        "b0": {"kind": "delegate", "mandate": "Stichting"},
        "b1": {"kind": "delegate", "mandate": "Buurtraad"},
    }
    said = kinds(analyse(made(changes=changes)))["delegates"]

    assert said.words == {"mandates": "Stichting; Buurtraad"}
    assert said.numbers == {"count": 2}


@pytest.mark.parametrize(("teams", "how"), [("aabbcc", "apart"), ("aaabbb", "pooled")])
def test_departments_count_apart_or_together_and_it_is_said(teams, how):
    changes = {f"g{k}": {"department": team} for k, team in enumerate(teams)}

    said = kinds(analyse(made(changes=changes)))["departments"]

    assert said.words == {"how": how}
    assert said.numbers == {"departments": len(set(teams))}


def test_without_any_of_it_nothing_is_said():
    found = kinds(analyse(made()))

    assert not found.keys() & {"institutions", "delegates", "departments", "grades", "rounds_gap"}
    assert "beside_agrees" in found


def test_the_rules_beside_that_choose_otherwise_are_named():
    # Either of the first two is the worst of one side, and worse for it than the fallback.
    scenario = scenario_of(VALUES, [[3, 1]] * 6, [[1, 3]] * 6, draws=20, fallback="a2")
    said = kinds(analyse(scenario))

    assert said["beside_differs"].words == {"nash": "a2", "norm_inf": "a2"}
    assert said["beside_differs"].alternatives == ("a0", "a2")
    assert said["beside_differs"].numbers == {"rules": 6, "others": 2}
    assert said["no_bargain"].alternatives == ("a2",)


def test_a_fallback_that_nobody_can_better_is_said():
    said = kinds(analyse(made(fallback="a0")))

    assert said["no_bargain"].alternatives == ("a0",)


def test_one_option_has_no_other_rules():
    scenario = scenario_of([[0.3, 0.7]], [[1, 1]], [[1, 0]])

    assert not kinds(analyse(scenario)).keys() & {"beside_agrees", "beside_differs"}
