from dataclasses import replace

import numpy as np
import pytest

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.library import bundled_scenarios
from waardeweging.analysis.participation import Participation
from waardeweging.analysis.scenario import read_scenario
from waardeweging.analysis.subgroups import LEAST, NOT_SAID, subgroups
from waardeweging.elicitation.ballots import Ballot
from waardeweging.elicitation.population import REST, PopulationMargin


@pytest.fixture(scope="module")
def scenario():
    return read_scenario(bundled_scenarios() / "oefenavond").with_draws(50)


def outcome(scenario, said, points=(25.0, 25.0, 25.0, 25.0)):
    """Residents r0, r1, … of whom `said` tells the category, and five officials."""
    criteria = tuple(one.id for one in scenario.problem.framework.criteria)

    def ballot(name, side, answers):
        return Ballot(participant=name, side=side, criteria=criteria, answers=answers)

    officials = [ballot(f"g{n}", "municipality", (25.0,) * 4) for n in range(5)]
    people = [
        ballot(f"r{n}", "residents", (70.0, 10.0, 10.0, 10.0) if one == "koop" else points)
        for n, one in enumerate(said)
    ]
    attributes = {f"r{n}": {"woning": one} for n, one in enumerate(said) if one}
    margin = PopulationMargin(
        attribute="woning",
        categories=("koop", "huur", "anders"),
        shares=(0.5, 0.4, 0.1),
    )
    given = Participation((), (margin,), attributes)
    return analyse(replace(scenario, ballots=(*people, *officials), participation=given))


def test_a_group_weighs_as_if_it_decided_alone(scenario):
    said = ["koop"] * 10 + ["huur"] * 12
    owners, tenants = subgroups(outcome(scenario, said, (10.0, 70.0, 10.0, 10.0)))

    assert (owners.category, owners.people, tenants.category, tenants.people) == (
        "koop",
        10,
        "huur",
        12,
    )
    np.testing.assert_allclose(owners.weights, [0.7, 0.1, 0.1, 0.1])
    # kosten .8/.55/.3, zeggenschap .2/.9/.7, leefbaarheid .5/.6/.4, co2 .6/.55/.9
    np.testing.assert_allclose(owners.scores, [0.69, 0.59, 0.41], atol=1e-12)
    assert (owners.winner, tenants.winner) == (0, 1)


def test_less_than_ten_people_stand_together_or_not_at_all(scenario):
    found = subgroups(outcome(scenario, ["koop"] * 15 + ["huur"] * 6 + ["anders"] * 5))

    assert [(one.category, one.people) for one in found] == [("koop", 15), (REST, 11)]
    assert subgroups(outcome(scenario, ["koop"] * 15 + ["huur"] * 6)) == ()
    assert subgroups(outcome(scenario, ["koop"] * 6)) == ()
    assert all(one.people >= LEAST for one in found)


def test_those_who_did_not_say_cannot_be_found_by_subtracting(scenario):
    few = subgroups(outcome(scenario, ["koop"] * 12 + ["huur"] * 12 + [""] * 3))
    many = subgroups(outcome(scenario, ["koop"] * 12 + ["huur"] * 12 + [""] * 10))

    assert [(one.category, one.people) for one in few] == [("huur", 12), (REST, 15)]
    assert [one.category for one in many] == ["koop", "huur", NOT_SAID]


def test_nothing_is_said_without_attributes(scenario):
    nobody = replace(scenario, participation=Participation())

    assert subgroups(analyse(nobody)) == ()
