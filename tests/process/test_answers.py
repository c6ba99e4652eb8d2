import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.elicitation.weighing import weigh
from waardeweging.problem.criteria import Criterion, Framework, Value
from waardeweging.problem.errors import faults_in
from waardeweging.process.answers import QUESTIONS, Given, as_ballots, check_form, check_payload
from waardeweging.process.events import SHEETS


def criterion(name, value, perspective=None):
    return Criterion(
        id=name, label=name, value=value, unit="", worst=0.0, best=1.0, perspective=perspective
    )


FRAMEWORK = Framework(
    values=tuple(Value(id=name, label=name) for name in ("costs", "comfort", "say")),
    criteria=(
        criterion("bill", "costs", "resident"),
        criterion("noise", "comfort"),
        criterion("nation", "costs", "national"),
        criterion("warmth", "comfort"),
        criterion("vote", "say"),
    ),
)
OPTIONS = ("grid", "pump")
WEIGHING = {
    "values": {"costs": 50, "comfort": 30, "say": 20},
    "criteria": {"noise": 100, "warmth": 50},
}
GOOD = {
    "rules": {"agree": False},
    "practice": WEIGHING,
    "round-1": WEIGHING,
    "round-2": {"abstain": True},
    "grades": {"grades": {"grid": 4, "pump": None}},
    "accept": {"accept": {"grid": None, "pump": False}},
    "cooperation": {"answers": dict.fromkeys(QUESTIONS, 3)},
}


def check(sheet, payload, perspective="resident"):
    return check_payload(sheet, payload, FRAMEWORK, OPTIONS, perspective)


def faults(sheet, payload, perspective="resident"):
    with pytest.raises(ExceptionGroup) as found:
        check(sheet, payload, perspective)
    return [(one.code.removeprefix("workshop."), one.where.field) for one in faults_in(found.value)]


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_good_answer_comes_back_as_it_was(sheet):
    assert check(sheet, GOOD[sheet]) == GOOD[sheet]
    assert check_form(sheet, GOOD[sheet]) == GOOD[sheet]


def test_there_is_no_other_sheet():
    with pytest.raises(ValueError, match="no such sheet"):
        check_form("round-3", {})


BAD = [True, 1.0, -1, 101, "5", "５", None, [], {}, 1e999, float("nan"), 2**70]


@pytest.mark.parametrize("bad", BAD, ids=repr)
def test_only_whole_numbers_from_0_to_100_are_points(bad):
    payload = {**WEIGHING, "criteria": {"noise": bad, "warmth": 50}}

    assert faults("round-1", payload) == [("answer_form", "criteria.noise")]


@pytest.mark.parametrize("bad", [True, 2.0, -1, 5, "3", []], ids=repr)
def test_only_five_grades_or_none_are_grades(bad):
    assert faults("grades", {"grades": {"grid": bad, "pump": 1}}) == [
        ("answer_form", "grades.grid")
    ]


@pytest.mark.parametrize(
    ("sheet", "payload"),
    [
        ("rules", {"agree": 1}),
        ("rules", {"agree": None}),
        ("rules", {"agree": True, "name": "x"}),
        ("rules", None),
        ("rules", []),
        ("grades", {"abstain": True}),
        ("round-1", {"abstain": False}),
        ("round-1", {"abstain": True, "values": {}}),
        ("round-1", {"values": {}}),
        ("accept", {"accept": {"grid": 1, "pump": True}}),
        ("accept", {"accept": {str(n): True for n in range(201)}}),
        ("cooperation", {"answers": {"x" * 65: 1}}),
    ],
)
def test_another_form_is_refused(sheet, payload):
    assert {code for code, _ in faults(sheet, payload)} == {"answer_form"}


def test_every_fault_is_named_at_once():
    payload = {"values": {"costs": 60, "comfort": 40, "luck": 1}, "criteria": {"vote": 3, "x": 1}}

    assert faults("round-1", payload) == [
        ("no_answer", "values.say"),
        ("not_asked", "values.luck"),
        ("not_asked", "criteria.x"),
        ("undivided", "comfort"),
    ]


def test_a_value_needs_points_inside_it_unless_it_has_none_or_one_criterion():
    values = {"costs": 50, "comfort": 50, "say": 0}
    assert faults("round-1", {"values": values, "criteria": {}}) == [("undivided", "comfort")]
    zeros = {"noise": 0, "warmth": 0}
    assert faults("round-1", {"values": values, "criteria": zeros}) == [("undivided", "comfort")]
    check("round-1", {"values": values | {"comfort": 0}, "criteria": {}})


def test_some_value_gets_points():
    none = dict.fromkeys(("costs", "comfort", "say"), 0)

    assert faults("round-1", {"values": none, "criteria": {}}) == [("all_zero", "values")]


def test_without_a_perspective_every_criterion_is_asked():
    more = {"bill": 100, "nation": 0, "noise": 1, "warmth": 1}
    check("round-1", {**WEIGHING, "criteria": more}, None)

    assert faults("round-1", WEIGHING, None) == [("undivided", "costs")]
    assert faults("round-1", {**WEIGHING, "criteria": more}) == [("not_asked", "criteria.nation")]


def test_options_and_questions_are_all_asked_and_no_others():
    assert faults("grades", {"grades": {"grid": 1, "oil": 2}}) == [
        ("no_answer", "grades.pump"),
        ("not_asked", "grades.oil"),
    ]
    assert faults("accept", {"accept": {}})[0] == ("no_answer", "accept.grid")
    assert len(faults("cooperation", {"answers": {}})) == len(QUESTIONS)


def test_a_single_value_needs_no_points():
    one = Framework(
        values=(Value(id="all", label="all"),),
        criteria=(criterion("a", "all"), criterion("b", "all")),
    )
    payload = {"values": {}, "criteria": {"a": 100, "b": 25}}

    assert check_payload("round-1", payload, one, OPTIONS) == payload
    (ballot,) = as_ballots([Given("p", "residents", "", payload)], one, "resident", 1)
    assert ballot.answers == pytest.approx((0.8, 0.2))
    with pytest.raises(ExceptionGroup):
        check_payload("round-1", {**payload, "values": {"none": 1}}, one, OPTIONS)


def test_weights_are_points_of_the_value_times_the_share_inside_it():
    given = [
        Given("p1", "residents", "", WEIGHING),
        Given("p2", "municipality", "grid", {"abstain": True}),
    ]

    first, second = as_ballots(given, FRAMEWORK, "resident", 2)

    # 0.5 · 1, 0.3 · 100/150, 0, 0.3 · 50/150, 0.2 · 1
    np.testing.assert_allclose(first.answers, [0.5, 0.2, 0.0, 0.1, 0.2])
    assert (first.participant, first.side, first.round) == ("p1", "residents", 2)
    assert second.abstains
    assert second.department == "grid"


def test_ballots_go_straight_into_the_weighing():
    given = [
        Given(f"p{n}", side, "", WEIGHING) for n, side in enumerate(("residents", "municipality"))
    ]
    weighing = weigh(as_ballots(given, FRAMEWORK, "resident", 1), (0, 1, 3, 4), 0.5)

    np.testing.assert_allclose(weighing.joint, [0.5, 0.2, 0.1, 0.2])


@given(
    st.fixed_dictionaries({v.id: st.integers(0, 100) for v in FRAMEWORK.values}),
    st.fixed_dictionaries(
        {name: st.integers(0, 100) for name in ("bill", "noise", "warmth", "vote")}
    ),
)
def test_what_is_accepted_always_gives_weights(values, criteria):
    payload = {"values": values, "criteria": criteria}
    try:
        answer = check("round-1", payload)
    except ExceptionGroup:
        return
    (ballot,) = as_ballots([Given("p", "residents", "", answer)], FRAMEWORK, "resident", 1)

    assert sum(ballot.answers) == pytest.approx(1)
    assert json.loads(json.dumps(answer)) == answer
