"""What a project tells, and what stays out of it before any text is written."""

import json

import pytest
from tests.dossier.project.played import TODAY, Story, played, source
from tests.process.project.conftest import Log

from waardeweging.dossier.project.facts import project_facts
from waardeweging.dossier.project.source import ProjectSource
from waardeweging.process.project import agreements, inputs, kaders, rules, sessions
from waardeweging.process.project import events as e


def facts_of(log, today=TODAY):
    return project_facts(ProjectSource(tuple(log.records)), "nl", today)


@pytest.fixture(scope="module")
def facts():
    return project_facts(source(), "nl", TODAY)


@pytest.fixture(scope="module")
def small():
    return project_facts(source(small=True), "nl", TODAY)


def test_the_promise_is_that_of_the_line_in_force(facts):
    assert facts["promise"]["rung"] == "advise"
    assert facts_of(Log())["promise"] is None


def test_frozen_kaders_have_a_version_a_fingerprint_and_their_departures(facts):
    told = facts["kaders"]
    assert (told["version"], told["frozen_on"]) == (1, "2026-02-01")
    assert told["versions"][0]["fingerprint"] == told["fingerprint"] == played().state.fingerprint
    assert [(one["from_text"], one["text"], one["reason"]) for one in told["overrides"]] == [
        ("Label B in 2040.", "Label C in 2040.", "Oud.")
    ]
    assert [one["departed"] for one in told["sheets"][0]["lines"][:2]] == [True, False]


def test_a_vote_is_told_in_numbers_unless_a_few_people_voted(facts, small):
    told = facts["rules"][0]["votes"]
    assert [(one["side"], one["agree"], one["of"]) for one in told["sides"]] == [
        ("residents", 20, 24),
        ("municipality", 4, 6),
    ]
    hidden = small["rules"][0]["votes"]
    assert (hidden["carried"], hidden["sides"], hidden["small"]) == (True, [], True)
    assert all(sheet["votes"]["sides"] == [] for sheet in small["kaders"]["sheets"])


def test_a_vote_on_an_earlier_text_is_not_told():
    log = Log()
    log.fill()
    log.agree()
    log.line("content-options", text="Vijf opties.")
    sheet = facts_of(log)["kaders"]["sheets"][0]
    assert (sheet["agreed"], sheet["votes"]) == (False, None)


def test_the_members_may_agree_on_a_larger_smallest_group():
    log = Log()
    log.adopt("tien", "fewest", "10")
    assert facts_of(log)["fewest"] == 10
    assert facts_of(log)["rules"][0]["votes"]["small"]


def test_a_rule_that_another_replaced_no_longer_holds():
    log = Log()
    log.adopt("half")
    log.adopt("meer", value="0,6")
    assert [one["holds"] for one in facts_of(log)["rules"]] == [False, True]


def test_input_has_its_answer_its_owner_and_how_long_that_took(facts):
    told = facts["inputs"]
    assert [one["status"] for one in told["rows"]] == ["partly", "assigned"]
    assert [one["days"] for one in told["rows"]] == [10.0, None]
    assert (told["given"], told["answered"], told["open"], told["late"]) == (2, 1, 1, 1)
    assert (told["median_days"], told["next_due"]) == (10.0, "2026-05-01")
    assert told["replies"] == {"adopted": 0, "partly": 1, "declined": 0}


def test_what_is_late_depends_on_the_day():
    early = facts_of(played(), "2026-04-15")
    assert (early["inputs"]["late"], early["agreements"]["overdue"]) == (0, 0)
    assert facts_of(played())["agreements"]["overdue"] == 1


def test_each_role_finds_what_it_was_promised_and_what_others_expect(facts):
    told = facts["standing"]
    assert told["residents"]["waits"] == {
        "count": 1,
        "next_due": "2026-05-01",
        "owners": ["gemeente"],
    }
    assert told["municipality"]["answers"]["count"] == 1
    assert (told["municipality"]["promised"], told["municipality"]["duties"]) == ([1], [0])
    assert (told["residents"]["promised"], told["residents"]["duties"]) == ([0], [1])
    assert (told["third"]["promised"], told["third"]["duties"]) == ([0, 1], [])


def test_what_somebody_of_an_unknown_side_promised_was_promised_to_all():
    log = Log()
    said = e.AgreementWritten(id="1", what="Koffie", who="de molenaar")
    done = e.AgreementWritten(id="2", what="Thee", who="x", status="done", evidence="Op.")
    for one in (said, done):
        log.do(agreements.write, one)
    told = facts_of(log)["standing"]
    assert {role: one["promised"] for role, one in told.items()} == {
        "residents": [0],
        "municipality": [0],
        "third": [0],
    }


def test_weights_of_a_small_side_stay_out_and_nobody_is_counted(small, facts):
    row = small["sessions"]["rows"][0]
    assert row["counted"] == [
        {"side": "residents", "people": 24},
        {"side": "municipality", "people": None},
    ]
    assert list(row["weights"]) == ["residents"]
    assert [one["side"] for one in small["sessions"]["drift"]] == ["residents"]
    assert [one["side"] for one in facts["sessions"]["drift"]] == ["residents", "municipality"]
    moved = [(x["criterion"], x["moved"]) for x in facts["sessions"]["drift"][0]["criteria"]]
    assert moved == [("kosten", -10), ("rust", 10)]


def test_everybody_and_nobody_are_never_told(facts):
    shares = [one["shares"]["residents"] for one in facts["sessions"]["rows"][0]["acceptance"]]
    assert sorted(shares) == [0.5, 0.95]


def test_a_session_without_a_result_is_there_too():
    log = Log()
    log.do(sessions.add, "a", "consultation", "Raadpleging", "2026-05-01")
    told = facts_of(log)["sessions"]
    assert (told["held"], told["weighed"], told["drift"]) == (1, [], [])


def test_the_side_of_a_minority_text_is_told_of_a_crowd_only(facts, small):
    assert [one["side"] for one in facts["harvest"] if one["minority"]] == ["municipality"]
    assert [one["side"] for one in small["harvest"] if one["minority"]] == [""]


def test_the_news_tells_no_small_vote_no_pair_and_no_secret_link(facts, small):
    said = " ".join(one["text"] for one in small["news"])
    assert "2 van de 3" not in said
    assert "hond" not in json.dumps(facts)
    assert any("4 van de 6" in one["text"] for one in facts["news"])


def test_every_indicator_is_there_without_a_sum(facts):
    assert {one["indicator"] for one in facts["cooperation"]} == set(e.INDICATORS)
    assert "total" not in json.dumps(facts["cooperation"])


def test_a_project_that_just_began_has_facts_too():
    told = facts_of(Log())
    assert told["moments"] == {"rows": [], "ahead": 0, "next": None, "next_decision": None}
    assert told["inputs"]["median_days"] is None


def test_goals_keep_their_earlier_texts_and_why_they_went():
    log = Story()
    log.do(kaders.write_goal, "a", "Warm.", "short")
    log.do(kaders.drop_goal, "a", "Te vaag.")
    goal = facts_of(log)["goals"][0]
    assert (goal["dropped"], goal["version"]) == ("Te vaag.", 1)


def test_an_owner_whose_side_is_in_two_minds_belongs_to_none():
    log = Log()
    given = e.InputGiven(id="1", about="other", side="", text="Hoi.")
    log.do(inputs.give, given)
    log.do(inputs.assign, "1", "gemeente en bewoners", "2026-02-01")
    told = facts_of(log)["standing"]
    assert [told[role]["answers"]["count"] for role in told] == [0, 0, 0]


def test_a_rule_without_votes_has_none():
    log = Log()
    log.do(rules.suggest, "a", "residents", "other", "", "Om de beurt.")
    assert facts_of(log)["rules"][0]["votes"] is None
