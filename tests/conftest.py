"""The whole suite: files run side by side, the longest first, so that none is left for the end."""

from pathlib import Path

import pytest

_LONGEST = ("test_house.py", "test_docs.py", "e2e")
_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    name = item.path.relative_to(_HERE).parts[0]
    return _LONGEST.index(name) if name in _LONGEST else len(_LONGEST)
