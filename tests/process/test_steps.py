from pathlib import Path

import pytest

from waardeweging.problem.errors import Faults
from waardeweging.problem.reading import read_framework
from waardeweging.process.events import SHEETS
from waardeweging.process.steps import NAMES, STEPS, after, before, place_of

FRAMEWORK = Path(__file__).parents[2] / "scenarios" / "golden" / "framework.toml"


@pytest.fixture
def framework():
    return read_framework(FRAMEWORK, Faults())


def walk(framework):
    found = [place_of(0, "", framework)]
    while following := after(found[-1], framework):
        found.append(following)
    return found


def test_the_remote_visits_every_page_once_and_back_is_the_way_it_came(framework):
    places = walk(framework)

    assert len({one.page for one in places if one.page != "count"}) == sum(
        one.page != "count" for one in places
    )
    assert list(dict.fromkeys(one.part.name for one in places)) == list(NAMES)
    assert [before(one, framework) for one in places] == [None, *places[:-1]]


def test_facts_have_a_page_per_value(framework):
    pages = [one.page for one in walk(framework) if one.part.name == "options"]

    assert pages == ["list", *(f"facts:{value.id}" for value in framework.values), "questions"]


def test_what_does_not_exist_gives_the_first(framework):

    assert place_of(99, "x", framework) == place_of(0, "join", framework)
    assert place_of(NAMES.index("outcome"), "x", framework).page == "joint"


def test_values_come_before_any_ranking_and_every_sheet_has_its_step():
    order = [page for step in STEPS for page in step.pages]

    assert max(order.index(page) for page in ("values", "criteria", "disputed")) < order.index(
        "joint"
    )
    assert [step.sheet for step in STEPS if step.sheet] == [
        *SHEETS[:4], "grades", "accept", "cooperation",
    ]  # fmt: skip
    assert all(step.needs in ("", *SHEETS) for step in STEPS)


def test_filling_in_takes_less_than_sixty_percent_of_a_two_hour_evening():
    assert 0 < sum(step.minutes for step in STEPS if step.sheet) < 0.6 * 120
