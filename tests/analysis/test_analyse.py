"""The golden case figure by figure, and what must hold for every scenario."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.conftest import SCENARIOS, scenario_of

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.scenario import read_scenario
from waardeweging.problem.errors import InputError
from waardeweging.robustness.classes import Firmness

A, B, C = 0, 1, 2
KOSTEN, ZEGGENSCHAP, LEEFBAARHEID, CO2 = range(4)


@pytest.fixture(scope="module")
def golden():
    return analyse(read_scenario(SCENARIOS / "golden"))


def near(actual, wanted, atol=1e-9):
    np.testing.assert_allclose(actual, wanted, rtol=0, atol=atol)


def test_golden_weights(golden):
    near(golden.weighing.residents, [0.3375, 0.3125, 0.25, 0.10])
    near(golden.weighing.municipality, [0.45, 0.10, 0.20, 0.25])
    near(golden.weighing.joint, [0.39375, 0.20625, 0.225, 0.175])


def test_golden_scores(golden):
    near(golden.result.residents, [0.5175, 0.671875, 0.51])
    near(golden.result.municipality, [0.63, 0.595, 0.51])
    near(golden.result.joint, [0.57375, 0.6334375, 0.51])
    near(golden.result.contributions.sum(axis=1), golden.result.joint)
    assert golden.result.ranking == (B, A, C)


def test_golden_equality_strip(golden):
    strip = golden.agreement.strip
    assert (strip.winner_at_0, strip.winner_at_1) == (A, B)
    (change,) = strip.changes
    assert (change.previous, change.next) == (A, B)
    near(change.at, 0.184818, 5e-7)
    near(strip.headcount_share, 4 / 6)


def test_golden_panel(golden):
    rules = golden.agreement.panel.rules
    near(rules["geometric"].detail, [0.58494, 0.62519, 0.49909], 5e-6)
    near(rules["maximin"].detail, [0.0463, 0.7083, 0], 5e-5)
    near(rules["minimax_regret"].detail, [0.1544, 0.035, 0.1619], 5e-5)
    near(rules["first_choice"].detail, [0.625, 0.375, 0])
    winners = {name: rule.winner for name, rule in rules.items()}
    assert winners["arithmetic"] == winners["geometric"] == winners["maximin"] == B
    assert winners["minimax_regret"] == B
    assert winners["first_choice"] == A
    assert not golden.agreement.panel.agrees


def test_golden_points_to_flip(golden):
    flip = golden.firm.flip
    near(flip.points, 6.2829, 5e-5)
    assert (flip.rival, flip.giver, flip.receiver) == (A, ZEGGENSCHAP, KOSTEN)


def test_golden_stability_intervals(golden):
    kosten, zeggenschap, leefbaarheid, co2 = golden.firm.stability
    near(kosten.high.weight, 0.51060, 5e-6)
    near(zeggenschap.low.weight, 0.13226, 5e-6)
    near(co2.high.weight, 0.39010, 5e-6)
    assert (kosten.high.rival, zeggenschap.low.rival, co2.high.rival) == (A, A, C)
    assert kosten.low is zeggenschap.high is co2.low is None
    assert (leefbaarheid.low, leefbaarheid.high) == (None, None)


def test_golden_dispute(golden):
    dispute = golden.agreement.dispute
    near(dispute.effects, [0.028125, 0.14875, 0.005, 0.0075])
    near(dispute.total, 0.189375)
    near(golden.agreement.points_to_move, 26.25)
    near(golden.agreement.mean_pairwise_points, 26.0)
    near(golden.agreement.spread.eta_squared, 0.62616, 5e-6)
    near(golden.agreement.concordance, 0.31173, 5e-6)


def test_golden_influence(golden):
    influence = golden.agreement.influence
    near(influence.equal_weights_margin, 0.125)
    near(influence.groups, [0.0146875, -0.08])
    near(influence.total, 0.0596875)


def test_golden_bootstrap_and_class(golden):
    # Four residents and two officials can be drawn in 35 × 3 ways: counted out by hand below.
    exact = exact_bootstrap(golden)
    error = golden.firm.people.winner_error
    assert np.abs(golden.firm.people.winner_share - exact)[B] < 4 * error[B]
    assert golden.firm.by_weights is Firmness.FAIR


def exact_bootstrap(outcome):
    from itertools import product

    values, weighing = outcome.result.values, outcome.weighing
    residents, officials = weighing.weights[:4], weighing.weights[4:]
    wins = np.zeros(3)
    for drawn in product(range(4), repeat=4):
        for team in product(range(2), repeat=2):
            joint = (residents[list(drawn)].mean(0) + officials[list(team)].mean(0)) / 2
            wins[(values @ joint).argmax()] += 1
    return wins / wins.sum()


points = st.integers(0, 100)


@st.composite
def cases(draw, bands=0.0):
    m, n = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    values = draw(
        st.lists(st.lists(st.integers(0, 20), min_size=n, max_size=n), min_size=m, max_size=m)
    )
    person = st.lists(points, min_size=n, max_size=n).filter(any)
    residents = draw(st.lists(person, min_size=1, max_size=5))
    municipality = draw(st.lists(person, min_size=1, max_size=4))
    return np.array(values) / 20, residents, municipality


few = settings(max_examples=30)


@few
@given(cases())
def test_ten_copies_of_every_resident_change_nothing(case):
    values, residents, municipality = case
    once = analyse(scenario_of(values, residents, municipality))
    ten = analyse(scenario_of(values, residents * 10, municipality))

    near(ten.weighing.joint, once.weighing.joint, 1e-12)
    near(ten.result.joint, once.result.joint, 1e-12)
    near(ten.firm.acceptability, once.firm.acceptability, 1e-12)


@few
@given(cases(), st.randoms(use_true_random=False))
def test_another_order_gives_the_same_outcome_in_that_order(case, random):
    values, residents, municipality = case
    rows = random.sample(range(len(values)), len(values))
    columns = random.sample(range(values.shape[1]), values.shape[1])
    people = random.sample(residents, len(residents))
    before = analyse(scenario_of(values, residents, municipality))
    after = analyse(
        scenario_of(
            values[rows][:, columns],
            [[person[j] for j in columns] for person in people],
            [[person[j] for j in columns] for person in municipality],
        )
    )

    near(after.weighing.joint, before.weighing.joint[columns], 1e-12)
    near(after.result.joint, before.result.joint[rows], 1e-12)
    near(after.firm.acceptability, before.firm.acceptability[rows], 1e-12)
    if before.firm.flip is None or after.firm.flip is None:
        assert before.firm.flip == after.firm.flip
    else:
        near(after.firm.flip.points, before.firm.flip.points)


@few
@given(cases(), st.data())
def test_a_clone_or_a_dominated_option_changes_no_other_score(case, data):
    values, residents, municipality = case
    copied = data.draw(st.integers(0, len(values) - 1))
    worse = values[copied] * data.draw(st.floats(0, 1))
    before = analyse(scenario_of(values, residents, municipality))
    after = analyse(scenario_of([*values, values[copied], worse], residents, municipality))

    assert after.result.joint[: len(values)].tolist() == before.result.joint.tolist()
    assert after.result.joint[len(values)] == before.result.joint[copied]
    assert after.result.winner == before.result.winner
    if copied == before.result.winner:
        assert len(values) in after.result.ties
        assert after.firm.flip.points == 0


@few
@given(cases(), st.sampled_from([1000.0, 0.001, 3.0]))
def test_another_unit_with_its_range_changes_nothing(case, factor):
    values, residents, municipality = case
    euros = analyse(scenario_of(values, residents, municipality, bands=0.1))
    other = analyse(scenario_of(values, residents, municipality, bands=0.1, factor=factor))

    near(other.result.joint, euros.result.joint)
    near(other.firm.people_and_bands.shares, euros.firm.people_and_bands.shares, 0.02)


@few
@given(cases())
def test_the_mean_of_scores_is_the_score_of_mean_weights(case):
    values, residents, municipality = case
    outcome = analyse(scenario_of(values, residents, municipality))
    weighing = outcome.weighing

    near(weighing.influence @ (weighing.weights @ values.T), outcome.result.joint, 1e-12)
    near(weighing.influence.sum(), 1)


@few
@given(cases(), st.data())
def test_a_better_performance_never_lowers_a_score(case, data):
    values, residents, municipality = case
    row = data.draw(st.integers(0, len(values) - 1))
    column = data.draw(st.integers(0, values.shape[1] - 1))
    better = values.copy()
    better[row, column] += (1 - better[row, column]) / 2

    before = analyse(scenario_of(values, residents, municipality)).result.joint
    after = analyse(scenario_of(better, residents, municipality)).result.joint

    assert after[row] >= before[row]


@few
@given(cases(), st.data())
def test_all_weight_on_one_criterion_gives_its_order(case, data):
    values, *_ = case
    column = data.draw(st.integers(0, values.shape[1] - 1))
    only = [[100 if j == column else 0 for j in range(values.shape[1])]]

    result = analyse(scenario_of(values, only, only)).result

    near(result.joint, values[:, column], 1e-12)


@few
@given(cases())
def test_everything_that_should_add_up_does(case):
    values, residents, municipality = case
    outcome = analyse(scenario_of(values, residents, municipality, bands=0.1))
    result, agreement = outcome.result, outcome.agreement
    winner, rival = result.ranking[:2]
    gap = (result.residents - result.municipality)[[winner, rival]]

    near(agreement.dispute.effects.sum(), gap[0] - gap[1])
    near(agreement.influence.total, result.joint[winner] - result.joint[rival])
    for shares in (outcome.firm.acceptability, outcome.firm.people_and_bands.shares):
        near(shares.sum(axis=0), 1)
        near(shares.sum(axis=1), 1)


def test_points_to_flip_equal_a_linear_programme():
    from scipy.optimize import linprog

    rng = np.random.default_rng(7)
    for _ in range(60):
        m, n = rng.integers(2, 6, 2)
        values = rng.integers(0, 6, (m, n)) / 5
        people = rng.integers(0, 10, (3, n)) + np.eye(3, n)
        outcome = analyse(scenario_of(values, people[:2].tolist(), people[2:].tolist()))
        w, winner = outcome.weighing.joint, outcome.result.winner
        best = np.inf
        for rival in set(range(m)) - {winner}:
            # w + p - q with p, q >= 0: the least q that makes the rival level.
            d = values[winner] - values[rival]
            if d.min() >= 0 and d @ w > 1e-12:
                continue  # nowhere better: it can be level at most, never ahead
            found = linprog(
                np.r_[np.zeros(n), np.ones(n)],
                A_ub=np.r_[d, -d][None],
                b_ub=[-(d @ w)],
                A_eq=np.r_[np.ones(n), -np.ones(n)][None],
                b_eq=[0],
                bounds=[(0, None)] * n + [(0, float(x)) for x in w],
            )
            if found.status == 0:
                best = min(best, 100 * found.fun)
        flip = outcome.firm.flip
        near(np.inf if flip is None else flip.points, best)


def test_the_same_seed_gives_the_same_numbers_and_another_seed_others():
    case = ([[0.5, 0.4], [0.4, 0.5]], [[60, 40], [45, 55]], [[50, 50], [20, 80]])
    one, two = (analyse(scenario_of(*case, bands=0.2)) for _ in range(2))
    other = analyse(scenario_of(*case, bands=0.2, seed=1))

    assert one.firm == two.firm
    assert one.firm.people_and_bands != other.firm.people_and_bands


def test_a_third_party_is_seen_and_counts_for_nothing():
    case = ([[1, 0], [0, 1]], [[60, 40]], [[60, 40]])
    without = analyse(scenario_of(*case))
    with_one = analyse(scenario_of(*case, others=[("corporation", [0, 100])]))

    assert with_one.weighing.sides[-1] == "corporation"
    assert with_one.result.joint.tolist() == without.result.joint.tolist()
    assert with_one.firm == without.firm
    assert with_one.agreement == without.agreement
    assert "third_parties" in {finding.kind for finding in with_one.findings}


def test_an_option_that_fails_a_requirement_is_excluded_and_never_wins():
    rule = {"criterion": "c0", "limit": 0.5, "sense": "at_most", "source": "law"}
    outcome = analyse(
        scenario_of([[1, 1], [0.4, 0], [0.2, 0.1]], [[1, 1]], [[1, 1]], requirements=[rule])
    )

    assert [one.alternative for one in outcome.result.exclusions] == [0]
    assert outcome.result.ranking == (1, 2)
    assert outcome.firm.acceptability[0].tolist() == [0, 0, 0]
    assert "excluded" in {finding.kind for finding in outcome.findings}


def test_a_requirement_that_only_the_band_breaks_is_told():
    rule = {"criterion": "c0", "limit": 0.5, "sense": "at_most", "source": "law"}
    outcome = analyse(
        scenario_of([[0.45, 1], [0, 0]], [[1, 1]], [[1, 1]], requirements=[rule], bands=0.1)
    )

    assert outcome.result.exclusions == ()
    assert [one.alternative for one in outcome.result.at_risk] == [0]


def test_when_no_option_is_left_the_user_is_told():
    rule = {"criterion": "c0", "limit": 0.1, "sense": "at_most", "source": "law"}
    with pytest.raises(InputError, match="No option keeps all requirements"):
        analyse(scenario_of([[1, 1], [0.4, 0]], [[1, 1]], [[1, 1]], requirements=[rule]))


@pytest.mark.parametrize("values", [[[0.3, 0.7]], [[0.5, 0.5]] * 3])
def test_one_option_and_equal_options_have_an_outcome(values):
    outcome = analyse(scenario_of(values, [[1, 1]], [[1, 0]]))

    assert outcome.result.winner == 0
    assert len(outcome.result.ties) == len(values) - 1


def test_one_criterion_has_an_outcome():
    outcome = analyse(scenario_of([[0.3], [0.7]], [[1]], [[5]]))

    assert outcome.result.winner == 1
    assert outcome.firm.flip is None
    assert outcome.firm.by_weights is Firmness.FIRM


def test_residents_alone_and_municipality_alone_are_the_ends_of_the_strip():
    case = ([[1, 0], [0, 1]], [[60, 40]], [[10, 90]])
    alone = [analyse(scenario_of(*case, share=share)) for share in (0.0, 1.0)]
    both = analyse(scenario_of(*case))

    assert alone[0].result.winner == both.agreement.strip.winner_at_0 == 1
    assert alone[1].result.winner == both.agreement.strip.winner_at_1 == 0
    assert alone[1].result.joint.tolist() == both.result.residents.tolist()
