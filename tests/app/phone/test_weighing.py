import numpy as np
import pytest

from waardeweging.analysis.scenario_in_files import scenario_in
from waardeweging.app.own_weights import Questions
from waardeweging.app.phone.weighing import (
    Draft,
    answer_of,
    asked_on,
    fault_of,
    filled_in,
    moved,
    questions_for,
    read_whole,
    steps_of,
    still_to_do,
)
from waardeweging.problem.criteria import Criterion, Framework, Value
from waardeweging.problem.labels import Label


def criterion(name: str, value: str) -> Criterion:
    label = Label(nl=name, en=name)
    return Criterion(id=name, label=label, value=value, unit="€", worst=1.0, best=0.0)


def questions(**criteria_of: str) -> Questions:
    """Values by name, with the names of their criteria: ``questions(a="pq", b="r")``."""
    framework = Framework(
        values=tuple(Value(id=v, label=Label(nl=v, en=v)) for v in criteria_of),
        criteria=tuple(criterion(c, v) for v, names in criteria_of.items() for c in names),
    )
    count = len(framework.criteria)
    return Questions.of(framework, range(count), np.random.default_rng(0))


TWO = questions(a="pq", b="r", c="st")
WHOLE = Draft({"a": 50, "b": 50, "c": 0}, {"p": 100, "q": 0})


def test_a_value_with_one_step_has_no_page_and_one_without_points_neither():
    assert set(steps_of(TWO, Draft())) == {"values", "inside/a", "inside/c", "mirror", "hand-in"}
    assert "inside/c" not in steps_of(TWO, WHOLE)


def test_one_value_alone_is_not_weighed():
    one = questions(a="pq")

    assert steps_of(one, Draft())[0] == "inside/a"
    assert answer_of(one, Draft({}, {"p": 100, "q": 5})) == {
        "values": {},
        "criteria": {"p": 100, "q": 5},
    }


def test_the_first_page_that_is_not_complete_is_found():
    assert still_to_do(TWO, Draft()) == "values"
    assert still_to_do(TWO, Draft({"a": 50, "b": 50, "c": 0})) == "inside/a"
    assert still_to_do(TWO, WHOLE) is None
    assert still_to_do(TWO, Draft(abstains=True)) is None


def test_an_answer_holds_what_was_asked_and_nothing_else():
    draft = Draft(WHOLE.values, {**WHOLE.criteria, "s": 30, "t": 40, "r": 1})

    assert answer_of(TWO, draft) == {
        "values": {"a": 50, "b": 50, "c": 0},
        "criteria": {"p": 100, "q": 0},
    }
    assert answer_of(TWO, Draft(abstains=True)) == {"abstain": True}


def test_a_form_replaces_only_what_it_asks():
    draft = filled_in(Draft({"a": 10, "b": 20}, {"p": 5}), {"v-a": "", "v-c": "7"}, TWO)

    assert draft == Draft({"b": 20, "c": 7}, {"p": 5})


def test_a_draft_is_read_back_as_it_was_written():
    for draft in (WHOLE, Draft(), Draft(abstains=True)):
        assert Draft.of(draft.payload()) == draft
    assert Draft.of(None) == Draft()


@pytest.mark.parametrize(
    ("step", "points"), [("v-a:+5", 15), ("v-a:-20", 0), ("v-a:+99", 100), ("v-a:x", 10)]
)
def test_a_step_stays_between_0_and_100(step, points):
    assert moved(Draft({"a": 10}), step).values["a"] == points


def test_a_step_for_a_criterion_begins_at_0():
    assert moved(Draft(), "c-p:+10") == Draft({}, {"p": 10})
    assert moved(Draft(), "x-p:+10") == Draft()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "empty"),
        ("-1", "too_low"),
        ("100,5", "too_high"),
        ("2,5", "not_whole"),
        ("1.234", "not_a_number"),
        ("1e999", "not_a_number"),
        ("9" * 400, "too_high"),
        ("50", ""),
        ("50,0", ""),
    ],
)
def test_what_is_wrong_with_points_has_a_name(text, fault):
    assert fault_of(text) == fault


def test_points_are_whole_numbers():
    assert read_whole(" 50,0 ") == 50


def test_a_page_asks_its_own_and_another_is_not_there():
    assert {value.id for value in asked_on(TWO, "values")} == {"a", "b", "c"}
    assert {one.id for one in asked_on(TWO, "inside/a")} == {"p", "q"}
    with pytest.raises(KeyError):
        asked_on(TWO, "inside/z")


def test_the_order_of_a_person_says_nothing_about_another(evening):
    scenario = scenario_in(evening.store.files(evening.id))
    orders = {
        person: [v.id for v in questions_for(scenario, "w", person).values] for person in "abcdefgh"
    }

    assert len({tuple(order) for order in orders.values()}) > 3
    assert [v.id for v in questions_for(scenario, "w", "a").values] == orders["a"]
