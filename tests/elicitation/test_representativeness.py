import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize

from waardeweging.elicitation.representativeness import (
    HIGHEST,
    LOWEST,
    Margin,
    composition,
    composition_match,
    design_effect,
    rake,
    representativeness_weights,
)

# A worked table with its result: README of ProportionalFitting.jl 0.6 (E.-J. van Kesteren,
# https://github.com/vankesteren/ProportionalFitting.jl); the table itself is the example of
# the encyclopedia article "Iterative proportional fitting".
COUNTS = np.array([[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]])
ROWS, COLUMNS = [150, 300, 400, 150], [200, 300, 400, 100]
FITTED = [
    [64.5585, 46.2325, 35.3843, 3.82473],
    [49.9679, 68.1594, 156.499, 25.3742],
    [56.7219, 144.428, 145.082, 53.7673],
    [28.7516, 41.18, 63.0347, 17.0337],
]


def _margin(attribute, targets, members):
    names = tuple(f"{attribute} {index}" for index in range(len(targets)))
    return Margin(attribute, names, np.array(targets, dtype=float), np.array(members))


def _people(counts):
    """Give row and column of everyone in a table of counts."""
    cells = np.repeat(np.arange(counts.size), counts.ravel())
    return cells // counts.shape[1], cells % counts.shape[1]


def _worked():
    rows, columns = _people(COUNTS)
    return (
        _margin("row", np.array(ROWS) / 1000, rows),
        _margin("column", np.array(COLUMNS) / 1000, columns),
    )


def _ages(*counts):
    return np.repeat(np.arange(len(counts)), counts)


def test_the_match_is_the_part_that_need_not_change_category():
    # 20 points too many young, 15 and 5 too few of the others: 0.2 must move.
    assert composition_match([0.5, 0.3, 0.2], [0.3, 0.45, 0.25]) == pytest.approx(0.8)
    assert composition_match([0.25, 0.75], [0.25, 0.75]) == 1
    assert composition_match([1.0, 0.0], [0.0, 1.0]) == 0
    assert composition_match(np.eye(2), [0.5, 0.5]).tolist() == [0.5, 0.5]


def test_composition_counts_those_whose_category_is_known():
    found = composition(_margin("age", [0.3, 0.3, 0.4], [0, 0, 1, 2, -1, -1]))

    assert found.attribute == "age"
    assert found.categories == ("age 0", "age 1", "age 2")
    np.testing.assert_allclose(found.shares, [0.5, 0.25, 0.25])
    assert found.match == pytest.approx(0.8)
    assert found.unknown == 2


def test_composition_of_nobody_known_has_no_match():
    found = composition(_margin("age", [0.5, 0.5], [-1, -1]))

    assert found.match is None
    assert found.shares.tolist() == [0, 0]
    assert composition(_margin("age", [1.0], np.empty(0, dtype=int))).match is None


def test_raking_gives_the_table_of_a_published_example():
    rows, columns = _people(COUNTS)
    weights, cycles = rake(_worked(), np.ones(800))
    fitted = np.zeros((4, 4))
    np.add.at(fitted, (rows, columns), weights * 1000 / 800)

    np.testing.assert_allclose(fitted, FITTED, rtol=1e-5)
    assert weights.mean() == pytest.approx(1)
    assert 1 < cycles < 50


def test_raking_on_three_margins_equals_fitting_a_log_linear_model():
    rng = np.random.default_rng(3)
    members = [rng.integers(0, size, 200) for size in (2, 3, 4)]
    margins = [
        _margin(f"{k}", rng.dirichlet(np.full(size, 8.0)), own)
        for k, (size, own) in enumerate(zip((2, 3, 4), members, strict=True))
    ]
    design = np.vstack([margin.belongs for margin in margins]).astype(float)
    targets = np.concatenate([margin.targets for margin in margins]) * 200

    # The dual of "closest in relative entropy": weights are exponentials of one term per category.
    def slack(terms):
        weights = np.exp(terms @ design)
        return weights.sum() - terms @ targets, design @ weights - targets

    terms = minimize(slack, np.zeros(9), jac=True, method="BFGS", options={"gtol": 1e-9}).x

    np.testing.assert_allclose(rake(margins, np.ones(200))[0], np.exp(terms @ design), atol=1e-7)


def test_one_margin_needs_one_pass_and_gives_target_over_share():
    found = representativeness_weights("residents", 40, [_margin("age", [0.5, 0.5], _ages(30, 10))])

    np.testing.assert_allclose(found.weights, [2 / 3] * 30 + [2] * 10)
    # 40 × (30 × 4/9 + 10 × 4) / 40².
    assert found.design_effect == pytest.approx(4 / 3)
    assert (found.reasons, found.trimmed) == ((), 0)
    assert found.gap < 1e-9


def test_equal_weights_have_no_design_effect_and_one_heavy_person_a_large_one():
    assert design_effect(np.ones(50)) == 1
    # Kish: 10 people of whom one counts nine times: 10 × (9 + 81) / 18².
    assert design_effect([1] * 9 + [9]) == pytest.approx(900 / 324)


def test_the_worked_example_is_weighted_within_the_limits():
    found = representativeness_weights("residents", 800, _worked())

    assert found.reasons == ()
    assert found.weights.mean() == pytest.approx(1)
    assert found.weights.min() >= LOWEST - 1e-12
    assert found.weights.max() <= HIGHEST + 1e-12
    assert found.gap < 1e-8
    assert [composition(margin, found.weights).match for margin in _worked()] == [
        pytest.approx(1)
    ] * 2


def test_weights_within_the_limits_are_those_of_plain_raking():
    rows, columns = _people(np.array([[12, 20], [30, 18]]))
    margins = [_margin("row", [0.6, 0.4], rows), _margin("column", [0.5, 0.5], columns)]
    found = representativeness_weights("residents", 80, margins)

    assert found.trimmed == 0
    np.testing.assert_allclose(found.weights, rake(margins, np.ones(80))[0], rtol=1e-10)
    # One pass more, to see that no limit is passed.
    assert found.cycles == rake(margins, np.ones(80))[1] + 1


def test_a_weight_at_a_limit_leaves_a_gap_that_is_reported():
    # 5 of 100 people stand for 40 %: weight 8 is held at 3, so they make up 15 %.
    margin = _margin("age", [0.6, 0.4], _ages(95, 5))
    found = representativeness_weights("residents", 100, [margin])

    assert found.trimmed == 5
    np.testing.assert_allclose(found.weights, [85 / 95] * 95 + [3] * 5)
    assert found.gap == pytest.approx(0.25)
    assert found.weights.mean() == pytest.approx(1)


def test_targets_are_met_within_the_limits_where_others_can_make_up():
    # Plain raking gives the five people of the first cell 3.08; at 3 they carry 15, and
    # 38 + 38 + 9 of the other cells make up the targets.
    rows, columns = _people(np.array([[5, 35], [35, 25]]))
    margins = [_margin("row", [0.53, 0.47], rows), _margin("column", [0.53, 0.47], columns)]
    plain, _ = rake(margins, np.ones(100))
    found = representativeness_weights("residents", 100, margins)

    assert plain[0] > HIGHEST
    assert found.trimmed == 5
    assert found.gap < 1e-8
    np.testing.assert_allclose(
        found.weights, np.repeat([3, 38 / 35, 38 / 35, 9 / 25], [5, 35, 35, 25]), atol=1e-7
    )


def test_rounded_targets_are_brought_to_a_sum_of_one():
    margin = _margin("age", [0.3333333, 0.3333333, 0.3333333], _ages(20, 10, 10))

    assert margin.targets.sum() == pytest.approx(1, abs=1e-15)
    assert not margin.targets.flags.writeable
    assert representativeness_weights("residents", 40, [margin]).gap < 1e-9


@pytest.mark.parametrize(
    ("side", "margins", "reasons"),
    [
        ("municipality", [_margin("age", [0.5, 0.5], _ages(20, 20))], ("not_residents",)),
        ("residents", [], ("no_margins",)),
        ("residents", [_margin("age", [0.5, 0.5], _ages(20, 20))] * 4, ("too_many_margins",)),
        ("residents", [_margin("age", [0.5, 0.5], [*_ages(20, 19), -1])], ("unknown_category",)),
        ("residents", [_margin("age", [0.5, 0.5], _ages(36, 4))], ("small_category",)),
        (
            "residents",
            [_margin("age", [0.5, 0.5, 0.0], _ages(20, 19, 1))],
            ("absent_in_population",),
        ),
        (
            "corporation",
            [_margin("age", [0.9, 0.1, 0.0], [*_ages(30, 4, 5), -1])],
            ("not_residents", "unknown_category", "small_category", "absent_in_population"),
        ),
    ],
)
def test_every_reason_against_weights_is_given(side, margins, reasons):
    found = representativeness_weights(side, 40, margins)

    assert found.reasons == reasons
    assert found.weights.size == 0
    assert (found.design_effect, found.trimmed, found.gap) == (1.0, 0, 0.0)


@pytest.mark.parametrize(("people", "reasons"), [(29, ("too_few_people",)), (30, ())])
def test_thirty_people_are_the_least(people, reasons):
    margin = _margin("age", [0.5, 0.5], _ages(people - 10, 10))

    assert representativeness_weights("residents", people, [margin]).reasons == reasons


@pytest.mark.parametrize(("number", "reasons"), [(4, ("small_category",)), (5, ())])
def test_five_people_per_category_are_the_least(number, reasons):
    margin = _margin("age", [0.8, 0.2], _ages(40 - number, number))

    assert representativeness_weights("residents", 40, [margin]).reasons == reasons


def test_a_category_without_people_and_without_target_is_no_reason():
    margin = _margin("age", [0.5, 0.5, 0.0], _ages(20, 20))

    np.testing.assert_allclose(
        representativeness_weights("residents", 40, [margin]).weights, np.ones(40)
    )


def test_targets_that_contradict_each_other_are_refused():
    # The same split twice, with different targets: no weights can meet both.
    margins = [_margin("a", [0.5, 0.5], _ages(20, 20)), _margin("b", [0.4, 0.6], _ages(20, 20))]
    found = representativeness_weights("residents", 40, margins)

    assert found.reasons == ("not_converged",)
    assert found.weights.size == 0
    assert found.cycles > 1


def test_weights_that_never_come_to_rest_stop_after_a_thousand_passes(monkeypatch):
    monkeypatch.setattr("waardeweging.elicitation.representativeness._AT_REST", -1.0)

    assert rake(_worked(), np.ones(800))[1] == 1000


def _can_be_had(margins, people):
    rows = np.vstack([margin.belongs for margin in margins])
    wanted = np.concatenate([margin.targets for margin in margins]) * people
    return linprog(np.zeros(people), A_eq=rows, b_eq=wanted).success


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1), st.integers(1, 3))
@example(1922718, 3)
def test_weights_restore_the_composition_unless_a_limit_is_in_the_way(seed, n_margins):
    rng = np.random.default_rng(seed)
    people = int(rng.integers(40, 200))
    margins = [
        _margin(f"{k}", rng.dirichlet(np.full(3, 3.0)), rng.permutation(np.arange(people) % 3))
        for k in range(n_margins)
    ]
    found = representativeness_weights("residents", people, margins)

    if found.reasons:
        # Some compositions cannot be had together from the people who are there.
        assert found.reasons == ("not_converged",)
        assert not _can_be_had(margins, people)
        return
    assert found.weights.mean() == pytest.approx(1)
    assert found.weights.min() >= LOWEST - 1e-9
    assert found.weights.max() <= HIGHEST + 1e-9
    assert 1 <= found.design_effect <= HIGHEST
    assert found.gap < 1e-7 or found.trimmed > 0
    for margin in margins:
        after = composition(margin, found.weights)
        assert after.match == pytest.approx(1, abs=1e-6) or found.trimmed > 0


def test_the_order_of_people_does_not_matter():
    order = np.random.default_rng(1).permutation(800)
    moved = [_margin(one.attribute, one.targets, one.members[order]) for one in _worked()]
    first = representativeness_weights("residents", 800, _worked())
    second = representativeness_weights("residents", 800, moved)

    np.testing.assert_allclose(second.weights, first.weights[order], atol=1e-12)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: _margin("age", [0.5, 0.4], [0, 1]), "must sum to 1"),
        (lambda: _margin("age", [1.5, -0.5], [0, 1]), "one share per category"),
        (lambda: _margin("age", [np.nan, 1.0], [0, 1]), "one share per category"),
        (lambda: Margin("age", ("a",), np.array([0.5, 0.5]), np.array([0])), "one share per"),
        (lambda: _margin("age", [0.5, 0.5], [0, 2]), "without name"),
        (lambda: _margin("age", [0.5, 0.5], [0, -2]), "without name"),
        (lambda: _margin("age", [0.5, 0.5], [0.0, 1.0]), "one category per person"),
        (lambda: _margin("age", [0.5, 0.5], [[0, 1]]), "one category per person"),
        (lambda: rake([_margin("age", [0.5, 0.5], [0, -1])], [1, 1]), "without a target"),
        (lambda: rake([_margin("age", [1.0, 0.0], [0, 1])], [1, 1]), "without a target"),
        (
            lambda: representativeness_weights("residents", 3, [_margin("age", [1.0], [0, 0])]),
            "about 3 people",
        ),
    ],
)
def test_margins_that_do_not_fit_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
