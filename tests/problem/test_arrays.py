"""Arrays in results stay as they were made, also after a copy."""

import copy
import pickle
from dataclasses import dataclass

import numpy as np
import pytest

from waardeweging.problem.arrays import ArrayRecord, FloatArray, read_only


@dataclass(frozen=True, eq=False)
class Record(ArrayRecord):
    name: str
    numbers: FloatArray
    more: dict[str, FloatArray]


def record():
    return Record("a", np.arange(6.0).reshape(2, 3), {"b": np.ones(2)})


@pytest.mark.parametrize(
    "made", [lambda r: r, copy.deepcopy, copy.copy, lambda r: pickle.loads(pickle.dumps(r))]
)
def test_an_array_cannot_be_changed_and_copies_are_equal(made):
    again = made(record())

    with pytest.raises(ValueError, match="read-only"):
        again.numbers[0, 0] = 9
    assert again == record()
    assert hash(again) == hash(record())


def test_a_view_does_not_let_its_owner_change_the_record():
    owner = np.zeros(4)
    made = Record("a", owner[:2], {})
    owner[0] = 5

    assert made.numbers[0] == 0


def test_records_differ_by_any_field_and_by_kind():
    assert record() != Record("a", np.arange(6.0), {"b": np.ones(2)})
    assert record() != Record("b", record().numbers, {"b": np.ones(2)})
    assert record() != "a"


def test_read_only_copies_and_checks():
    owner = np.ones(2)
    made = read_only(owner, shape=(2,))
    owner[0] = 7

    assert made.tolist() == [1, 1]
    assert not made.flags.writeable
    assert read_only([[1, 2]], shape=(None, 2)).shape == (1, 2)


@pytest.mark.parametrize(
    ("values", "shape"), [([1, np.nan], None), ([1, np.inf], None), ([1, 2], (3,)), ([1], (1, 1))]
)
def test_read_only_refuses_what_is_not_finite_or_another_shape(values, shape):
    with pytest.raises(ValueError, match=r"finite|shape"):
        read_only(values, shape=shape)
