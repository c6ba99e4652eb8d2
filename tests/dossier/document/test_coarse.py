"""What a public dossier holds of means: no more than its bundle."""

import json
from dataclasses import replace

import pytest
from tests.dossier.bundles import crowd

from waardeweging.dossier.document.coarse import rounded
from waardeweging.dossier.document.facts import facts_of, shows_sides
from waardeweging.dossier.source import source_of
from waardeweging.elicitation.ballots import Ballot

SIDES = ("residents", "municipality", "joint")


@pytest.fixture(scope="module")
def source():
    return source_of(crowd())


def numbers(item):
    if isinstance(item, dict | list):
        for one in item.values() if isinstance(item, dict) else item:
            yield from numbers(one)
    elif isinstance(item, float):
        yield item


def test_weights_are_whole_points_unless_every_answer_goes_along(source):
    coarse, exact = facts_of(source, "nl"), facts_of(source, "nl", exact=True)

    for side in SIDES:
        told = coarse["outcome"]["weights"][side]
        assert all(100 * weight == pytest.approx(round(100 * weight)) for weight in told)
        assert told == pytest.approx(exact["outcome"]["weights"][side], abs=0.005)
    rows = coarse["outcome"]["dispute"]["criteria"]
    assert [row["residents"] for row in rows] == coarse["outcome"]["weights"]["residents"]


def test_no_exact_mean_is_anywhere_in_a_public_dossier(source):
    weighing, result = source.outcome.weighing, source.outcome.result
    means = [*weighing.residents, *weighing.municipality, *weighing.joint]
    means += [*result.residents, *result.municipality, *result.contributions.ravel()]
    told = list(numbers(json.loads(json.dumps(facts_of(source, "nl")))))

    assert not [x for x in means for y in told for unit in (1, 100) if abs(y - unit * x) < 1e-9]


@pytest.mark.parametrize(
    ("given", "told"),
    [(0.12345, 0.123), (12.3456, 12.35), (-1234.56, -1235.0), (-0.0001, 0.0), (7, 7), (None, None)],
)
def test_three_decimals_or_as_many_digits_are_kept(given, told):
    assert rounded(given) == told
    assert rounded([{"x": given}]) == [{"x": told}]


def test_who_abstained_makes_no_side_large_enough():
    scenario = crowd(14, 6)
    silent = [
        Ballot(participant=one.participant, side=one.side, criteria=one.criteria, answers=())
        for one in scenario.ballots[-2:]
    ]
    facts = facts_of(source_of(replace(scenario, ballots=(*scenario.ballots[:-2], *silent))), "nl")

    assert not shows_sides(facts["people"])
    assert facts["outcome"]["weights"]["municipality"] is None
