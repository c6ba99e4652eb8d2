import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from waardeweging.scoring.additive import additive_scores
from waardeweging.scoring.dominance import dominance_pairs, dominates, not_dominated

TABLES = arrays(
    np.float64, st.tuples(st.integers(1, 5), st.just(3)), elements=st.sampled_from((0, 0.5, 1))
)


def test_better_somewhere_and_worse_nowhere_dominates():
    values = [[0.8, 0.5], [0.8, 0.4], [0.1, 0.9]]

    assert dominance_pairs(values) == ((0, 1),)
    assert not_dominated(values) == (0, 2)


def test_equals_do_not_dominate_each_other():
    assert dominance_pairs([[0.5, 0.5], [0.5, 0.5]]) == ()
    assert not_dominated([[0.5, 0.5], [0.5, 0.5]]) == (0, 1)


def test_pairs_come_in_the_order_of_the_table():
    assert dominance_pairs([[0.1, 0.1], [0.9, 0.9], [0.5, 0.5]]) == ((1, 0), (1, 2), (2, 0))


def test_in_the_worked_example_nobody_dominates():
    values = [[0.80, 0.20, 0.50, 0.60], [0.55, 0.90, 0.60, 0.55], [0.30, 0.70, 0.40, 0.90]]

    assert dominance_pairs(values) == ()
    assert not_dominated(values) == (0, 1, 2)


def test_what_is_not_eligible_neither_dominates_nor_remains():
    values = [[0.9, 0.9], [0.5, 0.5], [0.1, 0.1]]

    assert dominance_pairs(values, [False, True, True]) == ((1, 2),)
    assert not_dominated(values, [False, True, True]) == (1,)


def test_a_stack_of_tables_is_compared_table_by_table():
    over = dominates([[[1, 1], [0, 0]], [[0, 0], [1, 1]]])

    np.testing.assert_array_equal(
        over, [[[False, True], [False, False]], [[False, False], [True, False]]]
    )


@given(TABLES)
def test_dominance_is_transitive_and_never_mutual(values):
    over = dominates(values)

    assert not (over & over.T).any()
    assert (over | ~((over.astype(int) @ over) > 0)).all()


@given(TABLES, arrays(np.float64, (4, 3), elements=st.floats(0.01, 1)))
def test_a_dominated_alternative_never_scores_above_its_dominator(values, points):
    scores = additive_scores(values, points / points.sum(axis=1, keepdims=True))

    for better, worse in dominance_pairs(values):
        assert (scores[:, better] >= scores[:, worse]).all()
