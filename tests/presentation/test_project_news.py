"""Every event of a project has a plain sentence, in every language."""

import re

import pytest
from tests.process.project.conftest import Log

from waardeweging.presentation.catalog import LANGUAGES
from waardeweging.presentation.project_news import news, shortened, topic_text
from waardeweging.process.events import Note
from waardeweging.process.project import agreements, inputs, kaders, people, rules, sessions
from waardeweging.process.project import events as e

DAY, LATER = "2026-02-01", "2026-03-01"


def told(log, language="en"):
    """The last sentence."""
    return news(log.records, language)[0].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_project_is_told_the_newest_first(language):
    log = everything()
    found = news(log.records, language)

    assert [one.kind for one in reversed(found)] == [one.kind for one in log.records]
    assert {one.kind for one in found} == set(e.EVENTS) - {"staff_linked", "staff_withdrawn"}
    assert all(one.text and "{" not in one.text and "‘’" not in one.text for one in found)


def test_a_rule_is_adopted_only_when_the_last_side_agrees():
    log = Log()
    log.do(rules.suggest, "half", "residents", "share", "0,5", "Half each.")
    log.do(rules.vote, "half", "residents", 20, 24)
    assert told(log) == "Side residents is in favour of a rule: 20 of 24. The rule: ‘Half each’."
    log.do(rules.vote, "half", "municipality", 1, 6)
    assert (
        told(log) == "Side municipality is not in favour of a rule: 1 of 6. The rule: ‘Half each’."
    )
    log.do(rules.vote, "half", "municipality", 5, 6)
    assert told(log) == "This rule was adopted: ‘Half each’."


def test_days_read_in_the_language_of_the_reader():
    log = Log()
    log.do(agreements.write_moment, e.MomentWritten(id="m", what="Raad", day=DAY))

    assert told(log, "nl") == "In de planning: Raad, op 1 februari 2026."
    assert told(log, "en") == "Planned: Raad, on 1 February 2026."


def test_a_moved_moment_says_why():
    log = Log()
    log.do(agreements.write_moment, e.MomentWritten(id="m", what="Council", day=DAY))
    moved = e.MomentWritten(id="m", what="Council", day=LATER, reason="Figures are late.")
    log.do(agreements.write_moment, moved)

    assert told(log) == "Moved to 1 March 2026: Council. Reason: Figures are late."


def test_what_went_is_named_by_its_text():
    log = Log()
    log.line("options", text="Four options.")
    log.do(kaders.drop, "options", "Double.")

    assert told(log) == "Gone from a sheet: ‘Four options’. Reason: Double."


def test_braces_that_somebody_wrote_stay_as_they_are():
    log = Log()
    log.do(sessions.learn, "l", "Ask {everybody} <b>")

    assert told(log) == "Learned: Ask {everybody} <b>"


def test_a_long_text_is_cut_at_a_word():
    assert shortened("one two  three\nfour", 12) == "one two…"
    assert shortened("one\ntwo", 12) == "one two"


def everything():
    log = Log()
    log.keep(sessions.announce(log.state, "Berkum", exploration=False, public=True))
    log.keep(sessions.announce(log.state, "Berkum", exploration=True, public=True))
    log.keep(sessions.announce(log.state, "Berkum", exploration=False, public=False))
    log.keep(sessions.announce(log.state, "Berkum warm", exploration=False, public=False))
    log.adopt("half")
    log.line("above", level="municipality", text="Geen gas na 2040.", owner="gemeente")
    log.line("extra", text="Een extra regel.")
    log.line("extra", text="Een andere regel.")
    log.do(kaders.drop, "extra", "Dubbel.")
    log.line("ours", overrides="above", reason="Wij willen 2035.", text="Geen gas na 2035.")
    log.do(kaders.write_goal, "g", "Iedereen warm.", "long")
    log.do(kaders.write_goal, "g", "Iedereen warm en droog.", "long", "Duidelijker.")
    log.do(kaders.drop_goal, "g", "Gehaald.")
    log.do(kaders.keep_files, {"scenario.toml": "0" * 64})
    log.do(kaders.keep_files, {"scenario.toml": "1" * 64}, "Andere cijfers.")
    _inputs(log)
    _people(log)
    _agreements(log)
    _sessions(log)
    log.fill()
    log.agree()
    log.do(kaders.freeze)
    log.do(kaders.revise, "Er is een nieuwe optie.")
    log.do(kaders.vote, "content", "residents", 2, 24)
    log.keep((_happened(Note(text="De zaal was koud.")),))
    return log


def _happened(event):
    from waardeweging.process.deciding import happened

    return happened(event)


def _inputs(log):
    log.do(inputs.give, e.InputGiven(id="w", about="worry", side="residents", text="De huur."))
    claim = e.InputGiven(
        id="c", about="performance", side="residents", text="Te laag.", alternative="gas",
        criterion="K1", value=1234.5,
    )  # fmt: skip
    log.do(inputs.give, claim)
    log.do(inputs.assign, "w", "Afdeling Wonen", DAY)
    log.do(inputs.answer, "w", "partly", "Wij vragen de corporatie.")
    log.do(inputs.answer, "w", "adopted", "De corporatie zei ja.")


def _people(log):
    write = people.write_actor
    log.do(write, e.ActorWritten(id="a", label="Stichting", side="residents"))
    log.do(write, e.ActorWritten(id="a", label="Stichting Warm", side="residents"))
    coop = e.ActorWritten(id="b", label="Coop", side="residents", delegate=True, mandate="Leden")
    log.do(write, coop)
    log.do(write, e.ActorWritten(id="c", label="Bouwer", side="bouwer"))
    log.do(people.write_talk, "t", ["a", "b"], "Het net.")
    log.do(people.drop_actor, "c", "Verhuisd.")
    log.do(people.invite, "i", "Avond", DAY, ["residents"], ["a"])
    log.do(people.invite, "i", "Avond", DAY, ["residents", "municipality"], ["a"])
    for independent in (True, False):
        log.do(people.choose_facilitator, "Bureau", ["residents"], independent, LATER)
    log.do(people.pair, "p", "afdeling Wonen", "een huurder")


def _agreements(log):
    write = agreements.write
    for status, evidence in (("open", ""), ("open", "-"), ("busy", ""), ("done", "Op de site."),
                             ("dropped", "Niet meer nodig.")):  # fmt: skip
        agreed = e.AgreementWritten(
            id="a", what="Bel de corporatie", who="Wonen", status=status, evidence=evidence
        )
        log.do(write, agreed)
    log.do(write, e.AgreementWritten(id="b", what="Meet het geluid", who="GGD", due=DAY))
    for name, more in (("m", {}), ("m", {"done": True}), ("n", {"decides": "De raad"}),
                       ("n", {"decides": "Het college"})):  # fmt: skip
        log.do(agreements.write_moment, e.MomentWritten(id=name, what="Raad", day=DAY, **more))
    decided = {"what": "Warmtenet", "reason": "Steun.", "owner": "De raad", "day": DAY}
    log.do(agreements.decide, e.DecisionTaken(id="d", **decided))
    log.do(agreements.decide, e.DecisionTaken(id="e", departs=True, advice="Wacht.", **decided))


def _sessions(log):
    log.do(sessions.add, "s", "workshop", "Avond 1", DAY)
    weighed = {"residents": {"K1": 60, "K2": 40}}
    counted = {"residents": 12, "municipality": 3}
    log.do(
        sessions.record_weights,
        e.SessionWeighed(id="s", counted=counted, weights=weighed, first=["gas"]),
    )
    measured = e.CooperationMeasured(
        id="s", label="Avond 1", day=DAY, counted=counted, means={"residents": {"voice": 4.0}}
    )
    log.do(sessions.record_cooperation, measured)
    seen = e.IndicatorObserved(
        indicator="facilitation", moment="s", side="residents", value=3.0, grounds="Gevraagd."
    )
    log.do(sessions.observe, seen)
    log.do(sessions.learn, "l", "Eerder uitnodigen.")
    log.do(sessions.harvest, e.Harvested(id="h", session="s", text="Kosten per jaar."))


def test_a_topic_without_a_word_is_shown_itself():
    assert topic_text("budget", "nl") == "Budget"
    assert topic_text("Parkeren", "nl") == "Parkeren"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_somebody_wrote_at_length_is_told_in_sentences_of_at_most_20_words(language):
    log, long = Log(), "warm water " * 60
    decided = e.DecisionTaken(
        id="d", what=long, reason=long, owner="council", day=DAY, departs=True, advice="Wait"
    )
    log.do(agreements.decide, decided)

    assert all(len(one.split()) <= 20 for one in re.split(r"[.:…]", told(log, language)))
