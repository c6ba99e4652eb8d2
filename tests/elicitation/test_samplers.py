import math
from itertools import combinations

import numpy as np
import pytest
from scipy.spatial import ConvexHull

from waardeweging.elicitation import ordered_totals
from waardeweging.elicitation.methods import rank_order_centroid
from waardeweging.elicitation.ordered_totals import CircularOrderError
from waardeweging.elicitation.samplers import (
    draw_weights,
    order_draws,
    ordered_groups,
    partial_order_draws,
    simplex_draws,
)
from waardeweging.elicitation.statements import (
    around,
    from_ranks,
    heavier,
    ratio_between,
    weight_between,
)
from waardeweging.elicitation.weight_sets import NoWeightsLeftError, weight_set

DRAWS = 20_000


def _single(n_criteria):
    return [(j,) for j in range(n_criteria)]


def _corners(chosen):
    """Solve every choice of n − 1 bounds and keep the points that satisfy the others."""
    n = chosen.n_criteria
    found = []
    for rows in combinations(range(len(chosen.rows)), n - 1):
        system = np.vstack([np.ones(n), chosen.rows[list(rows)]])
        if abs(np.linalg.det(system)) > 1e-9:
            point = np.linalg.solve(system, [1.0, *chosen.bounds[list(rows)]])
            if (chosen.rows @ point >= chosen.bounds - 1e-9).all():
                found.append(point)
    return np.unique(np.round(found, 12), axis=0)


def _exact_part(chosen):
    """Give the part of all weights that is in the set, from its exact volume."""
    n = chosen.n_criteria
    return ConvexHull(_corners(chosen)[:, 1:]).volume * math.factorial(n - 1)


def _centroid(chosen):
    """Give the exact mean of the set by cutting it into simplices around one corner."""
    corners = _corners(chosen)
    hull = ConvexHull(corners[:, 1:])
    base = corners[0]
    parts = [np.vstack([base, corners[facet]]) for facet in hull.simplices]
    sizes = [abs(np.linalg.det(part[1:, 1:] - part[0, 1:])) for part in parts]
    return np.average([part.mean(axis=0) for part in parts], axis=0, weights=sizes)


def _assert_means(drawn, exact, effective, errors=4):
    error = drawn.std(axis=0) / math.sqrt(effective)

    assert (np.abs(drawn.mean(axis=0) - exact) <= errors * error + 1e-12).all()


def test_draws_over_all_weights_have_the_known_moments():
    drawn = simplex_draws(5, DRAWS, np.random.default_rng(1))

    # Dirichlet(1): variance (n − 1) / (n² (n + 1)), covariance −1 / (n² (n + 1)).
    np.testing.assert_allclose(drawn.sum(axis=1), 1)
    _assert_means(drawn, 1 / 5, DRAWS)
    np.testing.assert_allclose(np.cov(drawn.T), (5 * np.eye(5) - 1) / (25 * 6), atol=2e-3)


@pytest.mark.parametrize("n_criteria", [1, 2, 4, 8, 16])
def test_the_mean_of_a_complete_order_is_the_rank_order_centroid(n_criteria):
    order = np.random.default_rng(n_criteria).permutation(n_criteria).tolist()
    drawn = order_draws(order, DRAWS, np.random.default_rng(2))

    assert (np.diff(drawn[:, order], axis=1) <= 0).all()
    _assert_means(drawn[:, order], rank_order_centroid(n_criteria), DRAWS)


def test_a_complete_order_spreads_as_a_mixture_of_its_corners():
    # The set is the simplex with corners (1, 0, 0), (½, ½, 0) and (⅓, ⅓, ⅓).
    corners = np.array([[1, 0, 0], [1 / 2, 1 / 2, 0], [1 / 3, 1 / 3, 1 / 3]])
    drawn = order_draws([0, 1, 2], DRAWS, np.random.default_rng(3))
    mixture = drawn @ np.linalg.inv(corners)

    np.testing.assert_allclose(np.cov(mixture.T), (3 * np.eye(3) - 1) / (9 * 4), atol=2e-3)


def test_a_partial_order_has_the_exact_mean_and_share_of_its_set():
    above = [(0, 1), (0, 2)]
    chosen = weight_set(4, [heavier(f"{one}", 4, *one) for one in above])
    drawn = partial_order_draws(_single(4), above, DRAWS, np.random.default_rng(4))
    everything = simplex_draws(4, 100_000, np.random.default_rng(5))
    share = (everything @ chosen.rows.T >= chosen.bounds).all(axis=1).mean()
    exact = _exact_part(chosen)

    assert exact == pytest.approx(1 / 3)
    assert abs(share - exact) <= 3 * math.sqrt(exact * (1 - exact) / 100_000)
    assert (drawn[:, 0] > drawn[:, 1]).all()
    assert (drawn[:, 0] > drawn[:, 2]).all()
    _assert_means(drawn, _centroid(chosen), DRAWS)


def test_a_partial_order_fills_every_part_of_its_set_in_proportion():
    # Half of the draws have 1 above 2, and in a quarter the free criterion is the heaviest.
    drawn = partial_order_draws(_single(4), [(0, 1), (0, 2)], DRAWS, np.random.default_rng(6))

    assert abs((drawn[:, 1] > drawn[:, 2]).mean() - 1 / 2) < 3 * math.sqrt(1 / 4 / DRAWS)
    assert abs((drawn[:, 3] > drawn[:, 0]).mean() - 1 / 4) < 3 * math.sqrt(3 / 16 / DRAWS)


def test_groups_that_are_not_linked_keep_their_own_order():
    above = [(3, 1), (1, 4), (5, 0), (2, 0)]
    drawn = partial_order_draws(_single(7), above, 2000, np.random.default_rng(7))

    assert all((drawn[:, one] > drawn[:, two]).all() for one, two in above)
    np.testing.assert_allclose(drawn.sum(axis=1), 1)


@pytest.mark.parametrize(
    ("statements", "method"),
    [
        ([], "simplex"),
        (from_ranks([3, 1, 2, 4]), "order"),
        ([heavier("a", 4, 0, 1), ratio_between("b", 4, 0, 2, 1)], "order"),
        ([heavier("values", 4, (0, 1), (2, 3))], "order"),
        ([heavier("values", 4, (0, 1), 2)], "order"),
        ([heavier("values", 4, (0, 1), 2), heavier("one", 4, 0, 3)], "rejection"),
        ([ratio_between("a", 4, 0, 1, 2, 4)], "rejection"),
        ([ratio_between("a", 4, 0, 1, 2)], "rejection"),
        ([heavier("a", 4, 0, 1), weight_between("b", 4, 0, 0.3, 0.5)], "rejection"),
        ([ratio_between(f"{j}", 4, j, j + 1, 1, 1.5) for j in range(3)], "hit_and_run"),
        ([around("method", [0.4, 0.3, 0.2, 0.1], 0.05)], "hit_and_run"),
        ([weight_between("a", 4, 2, 0.25, 0.25)], "hit_and_run"),
    ],
    ids=[
        "free",
        "ranks",
        "pairs",
        "values",
        "uneven",
        "nested",
        "ratio",
        "open",
        "mixed",
        "ratios",
        "around",
        "fixed",
    ],
)
def test_each_set_is_drawn_exactly_where_that_can_be_had(statements, method):
    chosen = weight_set(4, statements)
    drawn = draw_weights(chosen, 3000, np.random.default_rng(9))

    assert drawn.method == method
    assert drawn.weights.shape == (3000, 4)
    assert (drawn.weights @ chosen.rows.T >= chosen.bounds - 1e-8).all()
    if method != "hit_and_run":
        assert (drawn.r_hat, drawn.effective) == (1.0, 3000.0)
    corners = _corners(chosen)
    if np.linalg.matrix_rank(corners - corners[0], tol=1e-9) == 3:
        _assert_means(drawn.weights, _centroid(chosen), drawn.effective)


@pytest.mark.parametrize("seed", range(4))
def test_shares_inside_a_set_equal_exact_volumes_within_three_errors(seed):
    # A cut through a random inner point: the part on one side has a known volume.
    rng = np.random.default_rng(seed)
    centre = rng.dirichlet(np.full(4, 4.0))
    said = [
        around("around", centre, 0.06),
        ratio_between("r", 4, 0, 1, 0.9 * centre[0] / centre[1]),
    ]
    cut = weight_between("cut", 4, 2, centre[2] + 0.01)
    exact = _exact_part(weight_set(4, [*said, cut])) / _exact_part(weight_set(4, said))
    drawn = draw_weights(weight_set(4, said), 10_000, rng)
    share = (drawn.weights[:, 2] >= centre[2] + 0.01).mean()

    assert drawn.method == "hit_and_run"
    assert 0.2 < exact < 0.7
    assert abs(share - exact) <= 3 * math.sqrt(exact * (1 - exact) / drawn.effective)


def test_hit_and_run_and_throwing_away_tell_the_same(monkeypatch):
    chosen = weight_set(
        5, [heavier("values", 5, (0, 1), (2, 3)), weight_between("b", 5, 4, 0.1, 0.4)]
    )
    exact = draw_weights(chosen, DRAWS, np.random.default_rng(10))
    monkeypatch.setattr("waardeweging.elicitation.samplers._LEAST_ACCEPTED", 10**9)
    walked = draw_weights(chosen, DRAWS, np.random.default_rng(11))
    error = np.sqrt(exact.weights.var(axis=0) * (1 / exact.effective + 1 / walked.effective))

    assert (exact.method, walked.method) == ("rejection", "hit_and_run")
    assert (np.abs(exact.weights.mean(axis=0) - walked.weights.mean(axis=0)) < 4 * error).all()
    np.testing.assert_allclose(np.cov(exact.weights.T), np.cov(walked.weights.T), atol=1e-3)


def test_orders_that_leave_too_much_open_to_count_are_drawn_another_way(monkeypatch):
    monkeypatch.setattr(ordered_totals, "_MOST_STATES", 5)
    chosen = weight_set(4, [heavier(f"{j}", 4, 0, j) for j in (1, 2, 3)])
    drawn = draw_weights(chosen, 2000, np.random.default_rng(12))

    assert drawn.method == "rejection"
    _assert_means(drawn.weights, _centroid(chosen), 2000)


def test_a_circle_of_at_least_as_heavy_gives_equal_weights():
    chosen = weight_set(
        3, [heavier("a", 3, 0, 1, strict=False), heavier("b", 3, 1, 0, strict=False)]
    )
    drawn = draw_weights(chosen, 1000, np.random.default_rng(13))

    assert drawn.method == "hit_and_run"
    np.testing.assert_allclose(drawn.weights[:, 0], drawn.weights[:, 1], atol=1e-7)
    _assert_means(drawn.weights, [1 / 4, 1 / 4, 1 / 2], drawn.effective)


def test_an_order_of_values_is_drawn_evenly_inside_and_between_values():
    chosen = weight_set(6, [heavier("a", 6, (0, 1), (2, 3, 4)), heavier("b", 6, (2, 3, 4), (5,))])
    drawn = draw_weights(chosen, DRAWS, np.random.default_rng(16))
    every = simplex_draws(6, 100_000, np.random.default_rng(17))
    kept = every[(every @ chosen.rows.T >= chosen.bounds).all(axis=1)]
    error = kept.std(axis=0) * math.sqrt(1 / len(kept) + 1 / DRAWS)

    assert drawn.method == "order"
    assert (np.abs(drawn.weights.mean(axis=0) - kept.mean(axis=0)) < 4 * error).all()
    np.testing.assert_allclose(np.cov(drawn.weights.T), np.cov(kept.T), atol=1e-3)


def test_an_order_with_a_statement_that_says_more_is_no_order():
    assert ordered_groups(weight_set(3, [heavier("a", 3, 0, (1, 2))])) == (
        ((0,), (1, 2)),
        ((0, 1),),
    )
    assert ordered_groups(weight_set(3, [weight_between("b", 3, 0, 0.2)])) is None
    assert ordered_groups(weight_set(3, [ratio_between("r", 3, 0, 1, 2)])) is None


def test_the_same_generator_gives_the_same_draws():
    chosen = weight_set(3, [around("a", [0.5, 0.3, 0.2], 0.05)])
    first, second = (draw_weights(chosen, 500, np.random.default_rng(14)) for _ in range(2))

    assert first == second
    assert not first.weights.flags.writeable


@pytest.mark.parametrize("statements", [[], [heavier("a", 3, 0, (1, 2))]])
def test_one_draw_can_be_asked_for(statements):
    drawn = draw_weights(weight_set(3, statements), 1, np.random.default_rng(15))

    assert drawn.weights.shape == (1, 3)
    assert drawn.effective == 1


def test_an_empty_set_gives_no_draws():
    chosen = weight_set(2, [heavier("a", 2, 0, 1), heavier("b", 2, 1, 0)])

    with pytest.raises(NoWeightsLeftError, match="a, b"):
        draw_weights(chosen, 10, np.random.default_rng(1))


def test_what_cannot_be_drawn_is_refused():
    rng = np.random.default_rng(1)
    with pytest.raises(ValueError, match="1 or more"):
        draw_weights(weight_set(2), 0, rng)
    with pytest.raises(ValueError, match="every criterion once"):
        order_draws([0, 0, 2], 5, rng)
    with pytest.raises(CircularOrderError):
        partial_order_draws(_single(3), [(0, 1), (1, 0)], 5, rng)
