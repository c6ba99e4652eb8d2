from waardeweging.app.hall.steps import NAMES, STEPS, after, before, place_of
from waardeweging.process.events import SHEETS


def walk(framework):
    found = [place_of(0, "", framework)]
    while following := after(found[-1], framework):
        found.append(following)
    return found


def test_the_remote_visits_every_page_once_and_back_is_the_way_it_came(evening):
    framework = evening.scenario.problem.framework
    places = walk(framework)

    assert len({one.page for one in places if one.page != "count"}) == sum(
        one.page != "count" for one in places
    )
    assert list(dict.fromkeys(one.part.name for one in places)) == list(NAMES)
    assert [before(one, framework) for one in places] == [None, *places[:-1]]


def test_facts_have_a_page_per_value(evening):
    framework = evening.scenario.problem.framework
    pages = [one.page for one in walk(framework) if one.part.name == "options"]

    assert pages == ["list", *(f"facts:{value.id}" for value in framework.values), "questions"]


def test_what_does_not_exist_gives_the_first(evening):
    framework = evening.scenario.problem.framework

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
