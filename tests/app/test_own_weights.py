import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from waardeweging.app.own_weights import OwnWeights, Questions
from waardeweging.problem.criteria import Criterion, Framework, Value
from waardeweging.problem.labels import Label


def criterion(name: str, value: str) -> Criterion:
    label = Label(nl=name, en=name)
    return Criterion(id=name, label=label, value=value, unit="%", worst=0, best=100)


def framework(**values: int) -> Framework:
    """Values by id with their number of criteria."""
    return Framework(
        values=tuple(Value(id=name, label=Label(nl=name, en=name)) for name in values),
        criteria=tuple(
            criterion(f"{name}{number}", name)
            for name, count in values.items()
            for number in range(count)
        ),
    )


def questions(of: Framework, seed: int = 1) -> Questions:
    return Questions.of(of, range(len(of.criteria)), np.random.default_rng(seed))


TWO = framework(a=2, b=1)


def test_points_of_values_are_counted_down_from_a_hundred():
    own = OwnWeights(values={"a": 60, "b": 28})

    assert own.points_left() == 12
    assert not own.may_lock(TWO.values)


def test_values_may_be_locked_when_all_have_points_and_none_are_left():
    assert OwnWeights(values={"a": 100, "b": 0}).may_lock(TWO.values)
    assert not OwnWeights(values={"a": 100}).may_lock(TWO.values)
    assert not OwnWeights(values={"a": 100, "b": 5}).may_lock(TWO.values)


def test_weights_multiply_the_share_of_a_value_with_the_share_inside_it():
    own = OwnWeights(values={"a": 60, "b": 40}, criteria={"a0": 100, "a1": 50}, locked=True)
    weights = questions(TWO).weights(own)

    assert weights is not None
    np.testing.assert_allclose(weights, [0.4, 0.2, 0.4])


def test_there_are_no_weights_until_values_are_locked_and_all_steps_have_points():
    own = OwnWeights(values={"a": 60, "b": 40}, criteria={"a0": 100, "a1": 50})
    assert questions(TWO).weights(own) is None
    own.lock()
    del own.criteria["a1"]

    assert questions(TWO).weights(own) is None
    assert [value.id for value in questions(TWO).open_values(own)] == ["a"]


def test_a_value_with_only_zeros_inside_is_still_open():
    own = OwnWeights(values={"a": 60, "b": 40}, criteria={"a0": 0, "a1": 0}, locked=True)
    asked = questions(TWO)

    assert asked.all_zero(TWO.values[0], own)
    assert asked.weights(own) is None


def test_a_value_without_points_needs_no_answers_inside():
    own = OwnWeights(values={"a": 0, "b": 100}, locked=True)
    weights = questions(TWO).weights(own)

    assert weights is not None
    np.testing.assert_allclose(weights, [0, 0, 1])


def test_one_value_needs_no_points_of_its_own():
    own = OwnWeights(criteria={"a0": 30, "a1": 90})
    weights = questions(framework(a=2)).weights(own)

    assert weights is not None
    np.testing.assert_allclose(weights, [0.25, 0.75])


def test_the_order_is_the_same_for_one_visitor_and_differs_between_visitors():
    many = framework(a=5, b=4, c=3)
    orders = {
        tuple(c.id for v in q.values for c in q.inside(v))
        for q in (questions(many, seed) for seed in (1, 1, 2, 3))
    }

    assert len(orders) == 3


@given(
    some.lists(some.integers(0, 100), min_size=4, max_size=4),
    some.integers(0, 100),
    some.integers(0, 1000),
)
def test_the_order_of_questions_never_changes_the_weights(points, share, seed):
    both = framework(a=2, b=2)
    own = OwnWeights(
        values={"a": share, "b": 100 - share},
        criteria=dict(zip(("a0", "a1", "b0", "b1"), map(float, points), strict=True)),
        locked=True,
    )
    one, other = questions(both, 1).weights(own), questions(both, seed).weights(own)

    if one is None:
        assert other is None
    else:
        assert one.sum() == pytest.approx(1)
        np.testing.assert_allclose(one, other)
