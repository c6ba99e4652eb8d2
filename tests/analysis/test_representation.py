"""Who took part against who lives here, by plain sums, and under its guard."""

import csv
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.conftest import SCENARIOS, scenario_of

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.participation import Participation
from waardeweging.analysis.scenario import read_scenario
from waardeweging.elicitation.population import PopulationMargin

FOLDER = SCENARIOS / "oefenavond"


@pytest.fixture(scope="module")
def evening():
    return analyse(read_scenario(FOLDER).with_draws(50))


def made(ages, **more):
    """Residents of these ages; the old give everything to the second criterion."""
    points = [[9, 1] if age == "young" else [1, 9] for age in ages]
    scenario = scenario_of([[0.9, 0.2], [0.2, 0.8]], points, [[1, 1]] * 5, draws=20)
    population = (
        PopulationMargin(attribute="age", categories=("young", "old"), shares=(0.5, 0.5)),
        *more.get("others", ()),
    )
    attributes = {f"b{k}": {"age": age} for k, age in enumerate(ages) if age}
    return replace(scenario, participation=Participation((), population, attributes))


def kinds(outcome):
    return {finding.kind: finding for finding in outcome.findings}


def test_the_match_is_one_minus_half_the_sum_of_the_differences(evening):
    with (FOLDER / "attributes.csv").open(encoding="utf-8") as file:
        homes = Counter(row["woning"] for row in csv.DictReader(file, delimiter=";"))
    total = sum(homes.values())
    age, home = evening.representation.attributes

    wanted = 1 - (abs(homes["koop"] / total - 0.6) + abs(homes["huur"] / total - 0.4)) / 2
    assert home.took_part.match == pytest.approx(wanted)
    assert age.took_part.targets.tolist() == pytest.approx([0.34, 0.40, 0.26])
    said = kinds(evening)["composition"]
    assert said.words == {"attribute": "woning", "category": "huur"}
    assert said.numbers["match"] == pytest.approx(wanted)


def test_weighted_residents_have_the_composition_of_the_neighbourhood(evening):
    for one in evening.representation.attributes:
        np.testing.assert_allclose(one.weighted.shares, one.took_part.targets, atol=1e-9)


def test_one_attribute_by_hand():
    # 30 young and 10 old, half of each live there: a young one counts 2/3, an old one 2.
    outcome = analyse(made(["young"] * 30 + ["old"] * 10))
    found = outcome.representation

    np.testing.assert_allclose(outcome.weighing.residents, [0.7, 0.3])
    np.testing.assert_allclose(found.reweighted.residents, [0.5, 0.5])
    np.testing.assert_allclose(found.reweighted.joint, [0.5, 0.5])
    np.testing.assert_allclose(found.reweighted.scores, [0.55, 0.5])
    assert found.raking.design_effect == pytest.approx(4 / 3)
    assert kinds(outcome)["raked_same"].numbers["effective"] == pytest.approx(30)


def test_the_outcome_itself_never_changes():
    ages = ["young"] * 30 + ["old"] * 10
    with_population = made(ages)
    without = replace(with_population, participation=Participation())

    assert analyse(with_population).result == analyse(without).result
    assert analyse(without).representation is None


def test_another_winner_with_weights_is_said():
    scenario = made(["young"] * 32 + ["old"] * 8)
    population = (
        PopulationMargin(attribute="age", categories=("young", "old"), shares=(0.2, 0.8)),
    )
    scenario = replace(
        scenario, participation=replace(scenario.participation, population=population)
    )
    said = kinds(analyse(scenario))["raked_differs"]

    assert said.alternatives == ("a0", "a1")


@pytest.mark.parametrize(
    ("ages", "reason"),
    [
        (["young"] * 15 + ["old"] * 14, "too_few_people"),
        (["young"] * 40 + ["old"] * 4, "small_category"),
        (["young"] * 30 + ["old"] * 10 + [""], "unknown_category"),
    ],
)
def test_without_warrant_there_are_no_weights_and_the_reason_is_said(ages, reason):
    outcome = analyse(made(ages))

    assert outcome.representation.reweighted is None
    assert outcome.representation.attributes[0].weighted is None
    assert kinds(outcome)["not_raked"].words == {reason: reason}


def test_when_too_few_are_known_nothing_is_shown():
    outcome = analyse(made(["young"] * 3 + [""] * 30))

    assert outcome.representation.attributes[0].took_part is None
    assert "composition_hidden" in kinds(outcome)


def test_groups_that_stand_together_have_no_name_in_the_sentence():
    homes = PopulationMargin(
        attribute="home", categories=("own", "rent", "other"), shares=(0.1, 0.3, 0.6)
    )
    scenario = made(["young"] * 20 + ["old"] * 20, others=(homes,))
    attributes = {
        name: {**given, "home": "own" if k < 32 else "rent" if k < 36 else "other"}
        for k, (name, given) in enumerate(scenario.participation.attributes.items())
    }
    scenario = replace(
        scenario, participation=replace(scenario.participation, attributes=attributes)
    )
    said = kinds(analyse(scenario))["composition_rest"]

    assert said.words["attribute"] == "home"
    assert said.numbers["match"] == pytest.approx(0.3)
