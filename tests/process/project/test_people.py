import pytest

from waardeweging.problem.errors import InputError
from waardeweging.process.project import events as e
from waardeweging.process.project import people


def refused(code, decide, *arguments):
    with pytest.raises(InputError) as caught:
        decide(*arguments)
    assert caught.value.code == code


def actor(name, side, **fields):
    label = fields.pop("label", name.capitalize())
    return e.ActorWritten(id=name, label=label, side=side, **fields)


@pytest.fixture
def peopled(log):
    for name, side in (("buurt", "residents"), ("team", "municipality"), ("net", "grid")):
        log.do(people.write_actor, actor(name, side))
    return log


def test_a_delegate_has_a_mandate(log):
    refused(
        "project.mandate", people.write_actor, log.state, actor("st", "residents", delegate=True)
    )
    wanted = actor("st", "residents", delegate=True, mandate="Namens 40 huurders, besluit 3 maart.")
    assert log.do(people.write_actor, wanted).actors["st"].delegate


def test_a_third_party_has_a_share_only_by_a_rule(log):
    refused("project.share_side", people.write_actor, log.state, actor("b", "residents", share=0.1))
    refused("project.share_open", people.write_actor, log.state, actor("net", "grid", share=0.1))
    log.adopt("half")
    assert log.do(people.write_actor, actor("net", "grid", share=0.1)).actors["net"].share == 0.1
    refused("project.no_text", people.write_actor, log.state, actor("x", "grid", label=" "))


def test_who_speaks_with_one_side_only_is_named(peopled):
    assert people.unconnected(peopled.state) == ("buurt", "team", "net")
    state = peopled.do(people.write_talk, "net-team", ["net", "team"], "Capaciteit van het net.")
    assert people.unconnected(state) == ("buurt", "team", "net")
    state = peopled.do(people.write_talk, "all", ["net", "buurt", "team"], "Planning.")
    assert people.unconnected(state) == ()
    state = peopled.do(people.drop_actor, "net", "Doet niet meer mee.")
    assert list(state.actors) == ["buurt", "team"]
    assert people.unconnected(state) == ()


def test_a_talk_takes_two_who_are_there(peopled):
    refused("project.alone", people.write_talk, peopled.state, "t", ["net", "net"], "Zelf.")
    refused("project.unknown", people.write_talk, peopled.state, "t", ["net", "nobody"], "Wie?")


def test_an_invitation_of_both_sides_is_a_joint_one(peopled):
    both = ["municipality", "residents"]
    state = peopled.do(people.invite, "a", "Avond 1", "2026-02-02", both, ["net"])
    assert people.is_joint(state.invitations["a"])
    state = peopled.do(people.invite, "b", "Overleg", "2026-02-02", ["municipality"], [])
    assert not people.is_joint(state.invitations["b"])
    refused("project.side", people.invite, state, "c", "Feest", "2026-02-02", [], [])
    refused("project.side", people.invite, state, "c", "Feest", "2026-02-02", ["grid"], [])


def test_the_last_facilitator_that_was_chosen_leads(log):
    assert log.state.facilitator is None
    log.do(people.choose_facilitator, "Bureau A", ["municipality"], False, "2026-06-30")
    both = ["residents", "municipality"]
    state = log.do(people.choose_facilitator, "Bureau B", both, True, "2026-12-31")
    assert state.facilitator.label == "Bureau B"
    assert len(state.facilitators) == 2
    refused("project.no_owner", people.choose_facilitator, state, "", both, True, "2026-12-31")


def test_buddies_are_described_and_not_named(log):
    state = log.do(people.pair, "duo-1", "Adviseur warmte", "Bewoner uit de Vlasakkers")
    assert state.buddies["duo-1"].official == "Adviseur warmte"
    refused("project.pair", people.pair, state, "duo-2", "Adviseur", " ")
