"""The whole suite: files run side by side, the longest first, so that none is left for the end."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No clock decides whether a property holds. A folder that examples share is meant where it is.
_HURRIED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("suite", settings(), deadline=None, suppress_health_check=_HURRIED)
settings.load_profile("suite")

_LONGEST = ("test_house.py", "test_docs.py", "e2e")
_HERE = Path(__file__).parent


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: tests of browsers and databases wait a great deal."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_turn)


def pytest_collection_finish() -> None:
    """Keep what was loaded away from the garbage collector: a tenth of all time went there."""
    gc.collect()
    gc.freeze()


def _turn(item: pytest.Item) -> int:
    name = item.path.relative_to(_HERE).parts[0]
    return _LONGEST.index(name) if name in _LONGEST else len(_LONGEST)
