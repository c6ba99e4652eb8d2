"""Who takes part, who speaks with whom, invitations by one side or both, and who leads."""

from datetime import date

from tests.app.projects.conftest import error

from waardeweging.presentation.catalog import text
from waardeweging.process.project import events as e
from waardeweging.process.project import people, rules


def say(key, **values):
    return text(f"project_desk.{key}", "nl", **values)


def actor(project, name, side, **fields):
    project.do(people.write_actor, e.ActorWritten(id=name, label=name, side=side, **fields))


def test_a_party_is_written_down_and_a_delegate_needs_a_mandate(open_page, project, submit):
    test = open_page("people", role="residents")
    test.text_input(key="actor-new-label-0").input("Stichting Warm")
    test.checkbox(key="actor-new-delegate-0").check()
    submit(test, "actor-new-0")
    assert error(test) == text("fault.remedy.project.mandate", "nl")
    test.text_input(key="actor-new-mandate-0").input("Besluit van de leden")
    submit(test, "actor-new-0")
    (one,) = project.state.actors.values()

    assert (one.label, one.side, one.delegate, one.share) == (
        "Stichting Warm", "residents", True, 0,
    )  # fmt: skip


def test_a_third_party_has_share_0_until_a_rule_says_otherwise(open_page, project, said, submit):
    test = open_page("people")
    test.text_input(key="actor-new-label-0").input("Netbeheerder")
    test.button_group(key="actor-new-side-0").set_value("third")
    submit(test, "actor-new-0")
    assert error(test) == say("actor_party_missing")
    test.text_input(key="actor-new-party-0").input("netbeheerder")
    test.number_input(key="actor-new-share-0").set_value(10)
    submit(test, "actor-new-0")
    assert error(test) == text("fault.remedy.project.share_open", "nl")
    project.do(rules.suggest, "r", "residents", "share", "0,5", "Half om half.")
    project.do(rules.vote, "r", "residents", 9, 9)
    project.do(rules.vote, "r", "municipality", 9, 9)
    submit(test, "actor-new-0")

    assert [one.share for one in project.state.actors.values()] == [0.1]


def test_a_side_does_not_change_who_belongs_to_the_other(open_page, project):
    actor(project, "Wonen", "municipality")
    actor(project, "Bewonersgroep", "residents")
    test = open_page("people", role="residents")

    assert test.selectbox(key="actor-which").options == [say("actor_new"), "Bewonersgroep"]


def test_who_speaks_with_one_side_only_is_named(open_page, project, said, submit):
    for name, side in (("Wonen", "municipality"), ("Groep", "residents"), ("Net", "netbeheerder")):
        actor(project, name, side)
    project.do(people.write_talk, "t", ["Wonen", "Net"], "Het net.")
    test = open_page("people", role="residents")
    assert say("people_alone", actors="Wonen, Groep en Net") in said(test)
    test.multiselect(key="talk-actors-0").set_value(["Groep"])
    submit(test, "talk-0")
    assert test.error
    test.multiselect(key="talk-actors-0").set_value(["Groep", "Net", "Wonen"])
    submit(test, "talk-0")

    assert say("people_lead", count=3) in said(test)
    assert not test.warning


def test_the_other_side_can_join_an_invitation(open_page, project, said, submit):
    test = open_page("people", role="municipality")
    test.text_input(key="invite-what-0").input("Aftrap")
    test.date_input(key="invite-day-0").set_value(date(2026, 3, 1))
    submit(test, "invite-0")
    (name,) = project.state.invitations
    assert project.state.invitations[name].by == ["municipality"]
    test = open_page("people", role="residents")
    test.button(key=f"join-{name}").click().run()

    assert people.is_joint(project.state.invitations[name])
    assert say("invitations_lead", joint=1, count=1) in said(test)


def test_both_sides_choose_the_facilitator_and_the_end_is_watched(open_page, project, said, submit):
    test = open_page("people", role="residents")
    test.text_input(key="facilitator-label-0").input("Bureau Rust")
    test.date_input(key="facilitator-until-0").set_value(date(2026, 1, 31))
    submit(test, "facilitator-0")
    test = open_page("people", role="municipality")
    submit(test, "facilitator-0")

    assert project.state.facilitator.by == ["municipality", "residents"]
    assert say("facilitator_over") in said(test)


def test_buddies_have_no_names(open_page, project, said, submit):
    test = open_page("people")
    assert say("no_names") in said(test)
    test.text_input(key="buddies-official-0").input("adviseur Wonen")
    submit(test, "buddies-0")
    assert test.error
    test.text_input(key="buddies-resident-0").input("een huurder")
    submit(test, "buddies-0")

    assert len(project.state.buddies) == 1


def test_a_party_goes_with_a_reason(open_page, project, submit):
    actor(project, "Groep", "residents")
    test = open_page("people")
    submit(test, "actor-drop-0")
    assert test.error
    test.text_input(key="actor-drop-reason-0").input("Opgeheven.")
    submit(test, "actor-drop-0")

    assert not project.state.actors


def test_a_new_link_is_shown_once_and_links_of_a_side_can_end(open_page, project, store, said):
    test = open_page("people")
    test.button(key="link-residents").click().run()
    (secret,) = [one.value.rpartition("#")[2] for one in test.code]
    assert store.staff(secret).role == "residents"
    test.button(key="end-residents").click().run()

    assert store.staff(secret) is None
    assert not test.code
    assert "end-administrator" not in [one.key for one in test.button]
