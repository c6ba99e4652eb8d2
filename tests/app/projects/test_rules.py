"""Rules of the members: proposed by anybody, held only when each side has a majority."""

from tests.app.projects.conftest import error

from waardeweging.presentation.catalog import text
from waardeweging.process.project import kaders, rules


def say(key, **values):
    return text(f"project_desk.{key}", "nl", **values)


def vote(test, submit, agree, of):
    test.number_input(key=f"vote-rule-agree-{agree[1]}").set_value(agree[0])
    test.number_input(key=f"vote-rule-of-{agree[1]}").set_value(of)
    return submit(test, f"vote-rule-{agree[1]}")


def propose(project, name="half", side="residents", subject="share", value="0,5"):
    project.do(rules.suggest, name, side, subject, value, "Beide kanten tellen even zwaar.")


def test_a_side_proposes_in_its_own_name_and_a_share_must_be_one(open_page, project, submit):
    test = open_page("rules", role="municipality")
    test.text_input(key="rule-value-0").input("1,5")
    test.text_area(key="rule-text-0").input("De gemeente telt zwaarder.")
    submit(test, "rule-0")
    assert error(test) == "Geef een getal van 0 tot 1."
    test.text_input(key="rule-value-0").input("0,5")
    submit(test, "rule-0")
    (rule,) = project.state.rules.values()

    assert (rule.suggested.side, rule.suggested.value) == ("municipality", "0,5")


def test_a_rule_holds_only_after_both_sides(open_page, project, said, submit):
    propose(project)
    theirs = open_page("rules", role="residents")
    vote(theirs, submit, (20, 0), 24)
    assert say("rule_open") in said(theirs)
    ours = open_page("rules", role="municipality")
    vote(ours, submit, (2, 0), 6)
    assert not project.state.adopted
    vote(ours, submit, (4, 1), 6)

    assert [one.id for one in project.state.adopted] == ["half"]
    assert say("rule_holds") in said(ours)


def test_a_side_with_a_link_cannot_vote_for_the_other(open_page, project, submit):
    propose(project)
    test = open_page("rules", role="residents")
    vote(test, submit, (5, 0), 6)

    assert not [one for one in test.button_group if "vote-rule-side" in str(one.key)]
    assert set(project.state.rules["half"].votes.of) == {"residents"}


def test_who_runs_it_enters_a_show_of_hands_for_the_side_that_is_chosen(open_page, project, submit):
    propose(project)
    test = open_page("rules")
    test.button_group(key="vote-rule-side-0").set_value("municipality")
    vote(test, submit, (4, 0), 6)

    assert set(project.state.rules["half"].votes.of) == {"municipality"}


def test_a_later_rule_takes_the_place_of_an_earlier_one(open_page, project, said):
    for name, value in (("half", "0,5"), ("more", "0,6")):
        propose(project, name, value=value)
        project.do(rules.vote, name, "residents", 20, 24)
        project.do(rules.vote, name, "municipality", 4, 6)
    shown = said(open_page("rules"))

    assert say("rule_replaced") in shown
    assert say("rules_lead", count=1, of=2) in shown


def test_fixed_sheets_fix_the_rules(open_page, project, said):
    propose(project)
    project.fill()
    project.agree()
    project.do(kaders.freeze)
    test = open_page("rules", role="residents")

    assert say("rules_fixed") in said(test)
    assert not [one for one in test.button if one.proto.form_id]


def test_the_screen_shows_what_holds_large_with_the_code(open_page, project, said):
    propose(project)
    project.do(rules.suggest, "names", "municipality", "other", "", "Geen namen.")
    project.do(rules.vote, "half", "residents", 20, 24)
    project.do(rules.vote, "half", "municipality", 4, 6)
    shown = said(open_page(role="reader", show="rules"))

    assert shown.index("Beide kanten") < shown.index(say("screen_open")) < shown.index("Geen namen")
    assert kaders.sheet_fingerprint(project.state, "process")[:4] in shown
    assert say("part.people") not in shown
