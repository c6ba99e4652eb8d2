"""Results that hold arrays, and stay as they were made.

A frozen dataclass does not freeze its arrays: after pickle, deepcopy or a
worker they are writeable again, ``==`` raises and ``hash`` fails. `ArrayRecord`
mends all three.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def read_only(values: ArrayLike, *, shape: tuple[int | None, ...] | None = None) -> FloatArray:
    """Copy values into a read-only array of floats.

    Parameters
    ----------
    values : array_like
        Finite numbers.
    shape : tuple of int or None, optional
        Expected shape; None leaves that axis free.

    Returns
    -------
    array
        A read-only copy.

    Raises
    ------
    ValueError
        If a value is not finite or the shape differs.
    """
    array = np.array(values, dtype=np.float64)
    if not np.isfinite(array).all():
        raise ValueError("values must be finite")
    if shape is not None and (
        array.ndim != len(shape)
        or any(want not in (None, have) for want, have in zip(shape, array.shape, strict=True))
    ):
        raise ValueError(f"shape is {array.shape}, expected {shape}")
    array.flags.writeable = False
    return array


@dataclass(frozen=True, eq=False)
class ArrayRecord:
    """A frozen dataclass whose arrays are read-only, also after a copy."""

    def __post_init__(self) -> None:
        self._lock()

    def _lock(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, np.ndarray) and value.flags.writeable:
                if value.base is not None:
                    value = value.copy()
                    object.__setattr__(self, field.name, value)
                value.flags.writeable = False

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)
        self._lock()

    def __getstate__(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def _key(self) -> tuple[object, ...]:
        return tuple(_comparable(getattr(self, field.name)) for field in fields(self))

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())


def _comparable(value: object) -> object:
    if isinstance(value, np.ndarray):
        return (value.shape, value.dtype.str, value.tobytes())
    if isinstance(value, dict):
        return tuple((key, _comparable(item)) for key, item in value.items())
    if isinstance(value, list | tuple):
        return tuple(_comparable(item) for item in value)
    return value
