import re
import time

import pytest

from waardeweging.app.hall import results
from waardeweging.presentation.catalog import LANGUAGES, text
from waardeweging.process import workshop as process
from waardeweging.process.steps import NAMES, STEPS, pages_of
from waardeweging.process.workshop import SHEETS

RESULTS = [(step.name, page) for step in STEPS for page in step.results]


def say(key, language="nl", **values):
    return text(f"hall.beamer.{key}", language, **values)


@pytest.fixture
def full(evening):
    """Eight residents and six of the municipality, at the start of the evening."""
    evening.come_in("residents", 8)
    evening.come_in("municipality", 6)
    return evening


@pytest.fixture
def finished(full):
    """Everybody answered every sheet, and every sheet is closed."""
    for sheet in SHEETS:
        full.hold(sheet)
    return full


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_evening_shows_its_question(finished, open_page, said, language):
    framework = finished.scenario.problem.framework
    test = open_page("beamer", language)
    for step in STEPS:
        for page in pages_of(step, framework):
            finished.show(step.name, page)
            _again(test)

            assert not test.exception, (step.name, page)
            assert say("failed", language) not in said(test), (step.name, page)
            assert len(test.title) == 1
            assert text(f"hall.step.{step.name}", language) in said(test)
            # Each picture comes large and small, with one table.
            assert len(test.get("plotly_chart")) == 2 * len(
                [one for one in test.get("expander") if one.label == text("app.table", language)]
            )


def _again(test):
    from waardeweging.app.hall.scene import forget_states

    forget_states()
    test.run()


def test_no_page_shows_an_answer_before_its_sheet_is_closed(full, open_page, said, monkeypatch):
    def never(*_args):
        raise AssertionError("answers were asked for")

    for sheet in SHEETS:
        if sheet != "round-2":
            full.open(sheet)
            full.answer(sheet)
    monkeypatch.setattr("waardeweging.store.Store.answers", never)
    test = open_page("beamer")
    for step, page in RESULTS:
        full.show(step, page)
        _again(test)

        assert not test.exception
        assert not test.get("plotly_chart")
        assert say("failed") not in said(test)
        assert say("not_closed") in said(test) or step == "tables"


def test_a_covered_page_tells_its_question_and_nothing_else(finished, open_page, said):
    finished.show("outcome", "joint", hidden=True)
    test = open_page("beamer")

    assert test.title[0].value == say("joint_title")
    assert say("cover") in said(test)
    assert not test.get("plotly_chart")
    assert not any(o.label["nl"] in said(test) for o in finished.scenario.problem.alternatives)


def test_the_emergency_screen_covers_everything(finished, open_page, said):
    finished.show("outcome", "joint")
    finished.decide(lambda state: process.emergency(state, True))
    test = open_page("beamer")

    assert test.title[0].value == say("emergency")
    assert not test.get("plotly_chart")


def test_sides_of_fewer_than_five_are_never_shown_apart(evening, open_page, said):
    evening.come_in("residents", 7)
    evening.come_in("municipality", 4)
    for sheet in ("round-1", "grades", "accept", "cooperation"):
        evening.hold(sheet)
    test = open_page("beamer")
    apart = [
        *(("values", page) for page in ("values", "criteria", "disputed")),
        *(("outcome", page) for page in ("sides", "strip", "panel")),
        *((page, page) for page in ("grades", "accept")),
        ("cooperation", "answers"),
    ]
    for step, page in apart:
        evening.show(step, page)
        _again(test)

        assert say("few_side", fewest=5) in said(test), page
        assert not test.get("plotly_chart")

    evening.show("outcome", "joint")
    _again(test)
    assert len(test.get("plotly_chart")) == 2


def test_an_outcome_of_four_people_stays_closed(evening, open_page, said):
    evening.come_in("residents", 2)
    evening.come_in("municipality", 2)
    evening.hold("round-1")
    evening.show("outcome", "joint")

    assert say("few_people", fewest=5) in said(open_page("beamer"))


def test_one_side_alone_cannot_weigh(evening, open_page, said):
    evening.come_in("residents", 6)
    evening.hold("round-1")
    evening.show("outcome", "joint")

    assert say("no_side") in said(open_page("beamer"))


def test_counts_and_clock_are_all_that_shows_during_a_round(full, open_page, said):
    full.open("round-1")
    full.answer("round-1", full.seats[:3])
    full.show("round-1", "count")
    test = open_page("beamer")

    assert say("done", submitted=3, seats=8) in said(test)
    assert say("done", submitted=0, seats=6) in said(test)
    assert say("time_none") in said(test)


def test_the_values_come_without_naming_any_option(finished, open_page, said):
    test = open_page("beamer")
    names = [option.label["nl"] for option in finished.scenario.problem.alternatives]
    for page in ("values", "criteria", "disputed"):
        finished.show("values", page)
        _again(test)

        assert not [name for name in names if name in said(test)]


def test_the_closing_code_is_the_head_of_the_chain(finished, open_page, said):
    finished.show("closing", "head")
    head = finished.state.head
    # A link for the staff is an event too, so the head moves on when the page is opened.
    shown = said(open_page("beamer")).replace("</span><span>", "")

    assert finished.state.head in shown
    assert head != finished.state.head


def test_names_from_files_and_people_stay_text(full, open_page, said):
    bad = "<img src=x onerror=alert(1)> [a](http://evil) $x$"
    full.decide(lambda state: process.agree(state, "a", bad, bad, bad))
    full.show("agreements", "agreements")
    shown = "\n".join(one.proto.body for one in open_page("beamer").get("html"))

    assert "&lt;img src=x" in shown
    assert "<img src=x" not in shown
    assert "Samen &lt;b&gt;kiezen&lt;/b&gt;" in shown


@pytest.mark.parametrize("role", ["reader", "analyst", "facilitator", "administrator"])
def test_these_roles_open_the_screen(evening, open_page, said, role):
    assert say("join_scan") in said(open_page("beamer", role=role))


def test_a_helper_does_not(evening, open_page):
    assert open_page("beamer", role="helper").title[0].value == say("door_title")


def test_a_page_that_fails_leaves_a_calm_sentence(finished, open_page, said, monkeypatch):
    def broken(*_args):
        raise RuntimeError("secret detail")

    finished.show("outcome", "joint")
    monkeypatch.setattr(results, "outcome_of", broken)
    test = open_page("beamer")

    assert say("failed") in said(test)
    assert "secret detail" not in said(test)


@pytest.mark.parametrize(("step", "page"), [("values", "criteria"), ("arrival", "join")])
def test_drawing_a_page_again_costs_less_than_25_milliseconds(finished, open_page, step, page):
    """Whatever is heavy is made once for all windows; a hall may have several."""
    finished.show(step, page)
    test = open_page("beamer")
    costs = []
    for _ in range(5):
        before = time.process_time()
        test.run()
        costs.append(time.process_time() - before)

    assert min(costs) < 0.025


def test_steps_with_results_need_a_sheet():
    assert all(STEPS[NAMES.index(step)].needs for step, _ in RESULTS)


def test_the_talk_at_the_tables_has_a_clock(full, open_page, said):
    full.hold("round-1")
    full.show("tables", "question")
    since = full.state.screen.since
    beamer = open_page("beamer")
    assert re.search(r"Nog (20:00|19:5\d)", said(beamer))
    # Uncovering it, or looking again, does not start the clock anew.
    full.show("tables", "question")
    assert full.state.screen.since == since
    full.show("round-2", "count")
    assert full.state.screen.since > since
