"""A third party with a share that both sides agreed on."""

import json
from io import StringIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from tests.analysis.conftest import scenario_of

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.scenario import read_scenario
from waardeweging.analysis.shares import agreed_shares
from waardeweging.presentation.catalog import LANGUAGES, text
from waardeweging.presentation.numbers import percent
from waardeweging.presentation.outcome_json import outcome_json
from waardeweging.presentation.outcome_text import outcome_text
from waardeweging.presentation.pictures import equality_strip
from waardeweging.problem.errors import Faults, faults_in

ROWS = "".join(f"n{k};Corporatie;;1;points;100;0;0;0\n" for k in range(2))


def with_shares(folder, shares, head="", rows=ROWS):
    """Write a section, and a party that cares for costs only."""
    path = folder / "scenario.toml"
    listed = "\n".join(f'"{name}" = {share}' for name, share in shares.items())
    path.write_text(f"{head}\n{path.read_text()}\n[shares]\n{listed}\n", encoding="utf-8")
    ballots = folder / "ballots.csv"
    ballots.write_text(ballots.read_text(encoding="utf-8") + rows, encoding="utf-8")
    return folder


def codes_of(folder):
    with pytest.raises(ExceptionGroup) as caught:
        read_scenario(folder)
    return [(fault.code, fault.where.field) for fault in faults_in(caught.value)]


@pytest.fixture
def agreed(folder):
    shares = {"residents": 0.4, "municipality": 0.4, "Corporatie": 0.2}
    return analyse(read_scenario(with_shares(folder, shares)).with_draws(100))


def test_the_golden_case_with_a_fifth_for_a_party_that_sees_costs_only(agreed):
    # By hand: 0.8 × (.39375, .20625, .225, .175) + 0.2 × (1, 0, 0, 0), and the same of scores.
    weighing, result = agreed.weighing, agreed.result

    np.testing.assert_allclose(weighing.joint, [0.515, 0.165, 0.18, 0.14])
    np.testing.assert_allclose(result.joint, [0.619, 0.61675, 0.468])
    assert agreed.alternatives[result.winner].id == "A"
    np.testing.assert_allclose(weighing.influence, [0.1] * 4 + [0.2] * 2 + [0.1] * 2)
    np.testing.assert_allclose(weighing.influence @ weighing.weights, weighing.joint)
    assert weighing.share == 0.5
    assert weighing.parties == ("residents", "municipality", "Corporatie")
    assert list(weighing.shares.values()) == pytest.approx([0.4, 0.4, 0.2])


def test_influence_has_a_sum_per_party(agreed):
    # A − B = (.25, −.7, −.1, .05): 0.8 of what the sides add to B − A, and the party's own.
    told = outcome_json(agreed, "nl")
    third = told["third_parties"]["Corporatie"]

    assert told["influence"]["equal_weights_margin"] == pytest.approx(-0.125)
    assert told["influence"]["residents"] == pytest.approx(-0.8 * 0.0146875)
    assert told["influence"]["municipality"] == pytest.approx(0.8 * 0.08)
    assert third["influence"] == pytest.approx(0.2 * (0.25 + 0.125))
    assert told["influence"]["total"] == pytest.approx(0.00225)
    assert third["weights"] == [1, 0, 0, 0]
    assert third["scores"] == pytest.approx([0.8, 0.55, 0.3])
    assert told["shares"] == pytest.approx(
        {"residents": 0.4, "municipality": 0.4, "Corporatie": 0.2}
    )


def test_the_strip_stays_between_both_sides_while_the_third_party_keeps_its_share(agreed):
    # A ahead of B by .8 × (.035 − .189375 λ) + .05: equal at λ = .078 / .1515.
    (change,) = agreed.agreement.strip.changes

    assert change.at == pytest.approx(0.078 / 0.1515)
    assert agreed.agreement.decisive == (False, True)


def test_the_triangle_shows_the_point_of_the_agreed_shares(agreed):
    found = agreed.triangle

    assert found.agreed
    assert found.shares == pytest.approx([0.4, 0.4, 0.2])
    np.testing.assert_allclose(found.shares @ found.scores, agreed.result.joint)


def test_the_panel_hears_the_third_party_as_a_side(agreed):
    rules = agreed.agreement.panel.rules

    # Least satisfied: residents with A .0075 of .161875, the party with B .25 of .5.
    np.testing.assert_allclose(rules["maximin"].detail, [0.0075 / 0.161875, 0.5, 0])
    np.testing.assert_allclose(rules["minimax_regret"].detail, [0.154375, 0.25, 0.5])
    np.testing.assert_allclose(rules["first_choice"].detail, [0.7, 0.3, 0])


def test_of_more_third_parties_the_largest_share_is_in_the_triangle(folder):
    shares = {"residents": 0.3, "municipality": 0.2, "Net": 0.1, "Corporatie": 0.4}
    rows = ROWS + "".join(f"x{k};Net;;1;points;0;0;0;1\n" for k in range(5))
    outcome = analyse(read_scenario(with_shares(folder, shares, rows=rows)).with_draws(50))
    found = outcome.triangle

    assert found.third == "Corporatie"
    assert found.shares == pytest.approx([3 / 9, 2 / 9, 4 / 9])
    np.testing.assert_allclose(found.shares @ found.scores, outcome.result.joint)
    assert outcome.weighing.share == pytest.approx(0.6)


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.1, 1 / 3, 0.5, 0.7, 1.0]))
def test_a_third_party_with_share_nought_changes_nothing(seed, share):
    rng = np.random.default_rng(seed)
    values = rng.random((3, 3))
    people = [rng.random((n, 3)) + 0.01 for n in (3, 2)]
    others = [("party", point) for point in rng.random((2, 3)) + 0.01]
    faults = Faults()
    written = {"residents": share, "municipality": 1 - share, "party": 0.0}
    read, third = agreed_shares(written, 0.5, False, {"party"}, faults)

    told = [
        outcome_json(analyse(scenario_of(values, *people, others=others, draws=20, **given)), "nl")
        for given in ({"share": share}, {"share": read, "third_shares": third})
    ]

    assert not faults
    assert json.dumps(told[0]) == json.dumps(told[1])
    assert told[1]["third_parties"] == {}
    assert told[1]["shares"] == {"residents": share, "municipality": 1 - share}


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_joint_scores_are_the_shares_times_the_scores_of_the_parties(seed):
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet(np.ones(4))
    values, people = rng.random((3, 3)), [rng.random((n, 3)) + 0.01 for n in (3, 2)]
    others = [(name, point) for name in "xy" for point in rng.random((2, 3)) + 0.01]
    read, third = agreed_shares(
        dict(zip(("residents", "y", "municipality", "x"), shares, strict=True)),
        0.5,
        False,
        None,
        Faults(),
    )
    found = analyse(
        scenario_of(values, *people, others=others, share=read, third_shares=third, draws=20)
    )
    weighing, influence = found.weighing, found.agreement.influence

    np.testing.assert_allclose(
        found.result.joint, values @ (shares[[0, 2, 1, 3]] @ weighing.party_weights)
    )
    assert weighing.influence.sum() == pytest.approx(1)
    assert influence.total == pytest.approx(
        found.result.joint[found.result.winner] - found.result.joint[found.result.runner_up]
    )


@pytest.mark.parametrize(
    ("shares", "head", "fault"),
    [
        ({"residents": 0.5, "municipality": 0.5}, "lambda = 0.5", ("and_lambda", "shares")),
        ({"residents": 0.5, "Corporatie": 0.5}, "", ("side", "shares.municipality")),
        (
            {"residents": 0.5, "municipality": 0.4, "Corporatie": 0.2},
            "",
            ("sum", "shares"),
        ),
        ({"residents": 0, "municipality": 0, "Corporatie": 1}, "", ("sides", "shares")),
        (
            {"residents": 0.4, "municipality": 0.4, "Net": 0.2},
            "",
            ("without_ballots", "shares.Net"),
        ),
    ],
)
def test_shares_that_do_not_fit_are_named(folder, shares, head, fault):
    kind, field = fault

    assert codes_of(with_shares(folder, shares, head)) == [(f"scenario.shares_{kind}", field)]


def test_every_fault_of_the_shares_is_named_at_once(folder):
    shares = {"residents": 0.4, "gemeente": 0.4, "Net": 0.1}

    assert codes_of(with_shares(folder, shares, "lambda = 0.5")) == [
        ("scenario.shares_and_lambda", "shares"),
        ("ballot.side_name", "shares.gemeente"),
        ("scenario.shares_side", "shares.municipality"),
        ("scenario.shares_sum", "shares"),
        ("scenario.shares_without_ballots", "shares.gemeente"),
        ("scenario.shares_without_ballots", "shares.Net"),
    ]


def test_a_share_outside_nought_to_one_is_a_fault(folder):
    shares = {"residents": 1.5, "municipality": -0.5}

    assert [code for code, _ in codes_of(with_shares(folder, shares))] == [
        "number.too_high",
        "number.too_low",
    ]


def test_another_lambda_weighs_two_sides(agreed):
    alone = agreed.scenario.with_share(1.0)

    assert alone.third_shares == ()
    np.testing.assert_allclose(analyse(alone).result.joint, agreed.result.residents)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_and_the_strip_say_whose_share_is_meant(agreed, language):
    console = Console(record=True, width=200, file=StringIO())
    console.print(outcome_text(agreed, language))
    said = console.export_text()

    assert "Corporatie 20%" in said
    assert text("finding.third_share", language, party="Corporatie", share="20%") in said
    (change,) = agreed.agreement.strip.changes
    assert percent(change.at, language) in said
    figure = equality_strip(agreed, language).figure
    assert text("figure.strip.axis_third", language) in figure.to_json().encode().decode(
        "unicode_escape"
    )


def test_a_bargain_asks_the_third_party_too(folder):
    shares = {"residents": 0.4, "municipality": 0.4, "Corporatie": 0.2}
    scenario = read_scenario(with_shares(folder, shares, 'fallback = "C"')).with_draws(20)
    gains = outcome_json(analyse(scenario), "nl")["analyst_rules"]["nash"]["gains"]

    assert gains["Corporatie"] == pytest.approx([0.5, 0.25, 0])


def test_rounds_keep_the_share_of_the_third_party(folder):
    shares = {"residents": 0.4, "municipality": 0.4, "Corporatie": 0.2}
    again = "b1;residents;;2;points;20;40;30;10\nn0;Corporatie;;2;points;0;1;0;0\n"
    outcome = analyse(read_scenario(with_shares(folder, shares, rows=ROWS + again)).with_draws(50))
    first, second = outcome.rounds.results

    np.testing.assert_allclose(first.joint, [0.515, 0.165, 0.18, 0.14])
    np.testing.assert_allclose(second.joint, outcome.weighing.joint)
    assert not outcome.rounds.may_show
    assert outcome.rounds.steps[0].residents.people == 1
