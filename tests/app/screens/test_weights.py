import numpy as np
import pytest

from waardeweging.app import desk
from waardeweging.app.desk import choice_of, outcome_of, shelf
from waardeweging.presentation.catalog import LANGUAGES, text


@pytest.fixture(scope="module")
def outcome():
    return outcome_of(choice_of(shelf()["berkum"]))


def give_values(test, points: dict[str, str]):
    for name, given in points.items():
        test.text_input(key=f"points-{name}").set_value(given)
    return test.run()


def fill_in(test, outcome):
    """Give 25 points to every value and 100 to every step."""
    framework = outcome.scenario.problem.framework
    give_values(test, {value.id: "25" for value in framework.values})
    test.button(key="lock").click().run()
    for value in framework.values:
        test.button_group(key="inside-value").set_value(value.id).run()
        for criterion in outcome.criteria:
            if criterion.value == value.id:
                test.text_input(key=f"points-{criterion.id}").set_value("100")
        test.run()
    return test


def test_nothing_is_prefilled(open_screen):
    test = open_screen("weights")

    assert [field.value for field in test.text_input] == [""] * len(test.text_input)
    assert test.button(key="lock").disabled


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_counts_the_points_that_are_left(open_screen, shown, outcome, language):
    values = outcome.scenario.problem.framework.values
    test = give_values(
        open_screen("weights", language=language), {values[0].id: "60", values[1].id: "28"}
    )

    said = text("number.points", language, x="12")
    assert text("page.weights.left", language, points=said) in shown(test)


def test_one_answer_never_moves_another(open_screen, outcome):
    first, second, *_ = outcome.scenario.problem.framework.values
    test = give_values(open_screen("weights"), {first.id: "60"})
    give_values(test, {second.id: "70"})

    assert test.text_input(key=f"points-{first.id}").value == "60"
    assert test.button(key="lock").disabled


def test_buttons_take_and_give_points(open_screen, outcome):
    value = outcome.scenario.problem.framework.values[0].id
    test = open_screen("weights")
    test.button(key=f"more-{value}").click().run()
    test.button(key=f"more-{value}").click().run()
    test.button(key=f"less-{value}").click().run()

    assert test.text_input(key=f"points-{value}").value == "5"


@pytest.mark.parametrize("given", ["veel", "-5", "101", "1.234"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_points_is_said_beside_the_field(open_screen, outcome, given, language):
    value = outcome.scenario.problem.framework.values[0].id
    test = give_values(open_screen("weights", language=language), {value: given})

    assert given.replace(".", "\\.").replace("-", "\\-") in test.error[0].value

    give_values(test, {value: "2,5"})

    assert not test.error


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_ranking_and_mirror_follow_when_all_is_filled_in(open_screen, shown, outcome, language):
    test = open_screen("weights", language=language)
    assert text("page.weights.ranking_wait", language) in shown(test)

    said = shown(fill_in(test, outcome))

    assert not test.exception
    assert text("page.weights.mirror_title", language) in said
    assert text("page.weights.ranking_wait", language) not in said
    shares = [criterion.value for criterion in outcome.criteria]
    weights = [0.25 / shares.count(value) for value in shares]
    best = outcome.result.ranking[
        int(np.argmax((outcome.result.values @ weights)[list(outcome.result.ranking)]))
    ]
    assert outcome.alternatives[best].label[language] in said


def test_a_trade_off_that_is_not_right_says_what_to_change(open_screen, outcome, shown):
    test = fill_in(open_screen("weights"), outcome)
    test.radio[0].set_value("mirror_no").run()

    assert text("page.weights.mirror_change", "nl", criterion="", other="")[:18] in shown(test)


def test_locked_points_can_be_taken_up_again(open_screen, outcome):
    values = outcome.scenario.problem.framework.values
    test = give_values(open_screen("weights"), {value.id: "25" for value in values})
    test.button(key="lock").click().run()
    test.button(key="unlock").click().run()

    assert test.text_input(key=f"points-{values[0].id}").value == "25"


def test_a_button_leads_to_the_next_value(open_screen, outcome):
    values = outcome.scenario.problem.framework.values
    test = give_values(open_screen("weights"), {value.id: "25" for value in values})
    test.button(key="lock").click().run()
    before = test.button_group(key="inside-value").value
    test.button(key="next-value").click().run()

    assert test.button_group(key="inside-value").value != before


def test_a_framework_of_one_value_asks_for_its_steps_only(open_screen):
    test = open_screen("weights", "golden")
    for field in test.text_input:
        field.set_value("50")
    test.run()

    assert not test.exception
    assert len(test.text_input) == 4
    assert text("page.weights.mirror_title", "nl") in [header.value for header in test.header]


def test_the_order_is_random_per_visitor_and_stable_for_one(open_screen):
    orders = [
        [field.key for field in open_screen("weights", order_seed=seed).text_input]
        for seed in (1, 1, 2, 3, 4)
    ]

    assert orders[0] == orders[1]
    assert len({tuple(order) for order in orders}) > 1


def test_a_move_computes_no_outcome(open_screen, outcome, monkeypatch: pytest.MonkeyPatch):
    test = open_screen("weights")

    def refuse(*_args):
        raise AssertionError("a move must not analyse or read")

    monkeypatch.setattr(desk, "analyse", refuse)
    monkeypatch.setattr(desk, "read_scenario", refuse)
    fill_in(test, outcome)

    assert not test.exception
