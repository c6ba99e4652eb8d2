"""One dossier of Berkum for all tests, and what a hostile municipality would hand in."""

from pathlib import Path

import pytest

from waardeweging.dossier.document.contents import contents_of
from waardeweging.dossier.document.facts import facts_of
from waardeweging.dossier.source import source_of_folder

SCENARIOS = Path(__file__).parents[3] / "scenarios"


@pytest.fixture(scope="session")
def berkum():
    return source_of_folder(SCENARIOS / "berkum")


@pytest.fixture(scope="session")
def golden():
    """A decision with four residents and two officials: too few to show a side."""
    return source_of_folder(SCENARIOS / "golden")


@pytest.fixture(scope="session", params=["nl", "en"])
def language(request):
    return request.param


@pytest.fixture(scope="session")
def facts(berkum, language):
    return facts_of(berkum, language)


@pytest.fixture(scope="session")
def document(facts, language):
    return contents_of(facts, language)
