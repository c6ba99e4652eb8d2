import contextlib

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from waardeweging.problem.errors import InputError
from waardeweging.process import workshop as process
from waardeweging.process.chain import broken
from waardeweging.process.events import SHEETS, Purged
from waardeweging.process.workshop import apply, replay

AT = "2026-11-23T19:00:00.000Z"
SIDES = ("residents", "municipality")


def test_a_workshop_begins_with_a_record():
    with pytest.raises(ValueError, match="begins"):
        replay([])


def test_a_record_out_of_its_place_is_refused(log):
    log.do(process.note, "x")
    with pytest.raises(ValueError, match="does not follow"):
        replay(reversed(log.records))
    with pytest.raises(ValueError, match="does not follow"):
        apply(log.state, log.records[-1])


def test_the_last_answer_counts_once(exploring):
    exploring.do(process.open_sheet, "round-1", None, AT)
    first = exploring.submit("round-1").number
    exploring.submit("round-1", replaces=first)
    exploring.submit("round-1", "municipality")
    state = exploring.do(process.close, "round-1")

    assert state.sheets["round-1"].submitted == {"residents": 1, "municipality": 1}
    assert exploring.records[-1].body["counted"] == {"residents": 1, "municipality": 1}
    assert state.sheets["round-1"].head_at_close == state.head


def test_an_erased_answer_counts_no_more_unless_it_was_replaced_already(exploring):
    exploring.do(process.open_sheet, "round-1", None, AT)
    first = exploring.submit("round-1").number
    second = exploring.submit("round-1", replaces=first).number

    assert exploring.erase("round-1", first, counted=False).sheets["round-1"].submitted == {
        "residents": 1
    }
    assert exploring.erase("round-1", second).sheets["round-1"].submitted == {"residents": 0}


def test_a_corrected_side_takes_its_open_answers_along(exploring):
    exploring.do(process.issue, "residents", 2)
    exploring.seat("residents")
    exploring.do(process.open_sheet, "round-1", None, AT)
    exploring.submit("round-1")
    moved = ("residents", "municipality")
    state = exploring.do(process.correct_side, *moved, seated=True, sheets=["round-1"])

    assert state.issued == {"residents": 1, "municipality": 1}
    assert state.seated == {"residents": 0, "municipality": 1}
    assert state.sheets["round-1"].submitted == {"residents": 0, "municipality": 1}
    unseated = exploring.do(process.correct_side, *moved, seated=False, sheets=[])
    assert unseated.seated == state.seated


def test_a_revoked_card_counts_no_more(exploring):
    exploring.do(process.issue, "residents", 2)
    exploring.seat("residents")
    exploring.do(process.open_sheet, "round-1", None, AT)
    exploring.submit("round-1")
    state = exploring.do(process.revoke, "residents", seated=True, sheets=["round-1"])

    assert (state.issued, state.seated) == ({"residents": 1}, {"residents": 0})
    assert state.sheets["round-1"].submitted == {"residents": 0}
    assert exploring.do(process.revoke, "residents", seated=False, sheets=[]).seated == state.seated


def test_a_purged_workshop_is_over(log):
    state = log.keep([process.happened(Purged())])

    assert state.purged
    assert state.unlinked


class Evenings(RuleBasedStateMachine):
    """Whatever anybody tries, in any order."""

    def __init__(self):
        super().__init__()
        from importlib.util import module_from_spec, spec_from_file_location
        from pathlib import Path

        place = Path(__file__).with_name("conftest.py")
        spec = spec_from_file_location("process_conftest", place)
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        self.log = module.Log()
        self.frozen = {}

    def attempt(self, decide, *arguments):
        with contextlib.suppress(InputError):
            self.log.do(decide, *arguments)

    @rule(sheet=st.sampled_from(SHEETS), minutes=st.none() | st.integers(1, 30))
    def opens(self, sheet, minutes):
        self.attempt(process.open_sheet, sheet, minutes, AT)

    @rule(sheet=st.sampled_from(SHEETS), decide=st.sampled_from([process.pause, process.close]))
    def stops(self, sheet, decide):
        self.attempt(decide, sheet)

    @rule(sheet=st.sampled_from(SHEETS))
    def goes_on(self, sheet):
        self.attempt(process.resume, sheet, AT)
        self.attempt(process.reopen, sheet, "late", AT)

    @rule(sheet=st.sampled_from(SHEETS), side=st.sampled_from(SIDES))
    def submits(self, sheet, side):
        before = self.log.state.sheets[sheet]
        try:
            self.log.submit(sheet, side)
        except InputError:
            return
        assert before.status == "open"

    @rule(decide=st.sampled_from([process.freeze, process.unlink]))
    def freezes_or_ends(self, decide):
        self.attempt(decide)

    @rule(share=st.sampled_from([0.4, 0.5]))
    def writes_rules(self, share):
        self.attempt(process.set_rules, process.Rules(share=share))

    @rule(digit=st.sampled_from("ab"))
    def revises(self, digit):
        self.attempt(process.revise, {"scenario.toml": digit * 64}, "typo")

    @rule(agree=st.tuples(st.integers(0, 9), st.integers(0, 9)))
    def votes(self, agree):
        was = self.log.state.rules_adopted
        self.attempt(
            process.adopt_rules, dict(zip(SIDES, agree, strict=True)), dict.fromkeys(SIDES, 9)
        )
        if not was and self.log.state.rules_adopted:
            assert min(agree) >= 5

    @invariant()
    def state_follows_from_the_records(self):
        assert replay(self.log.records) == self.log.state
        assert broken(self.log.records) is None

    @invariant()
    def a_frozen_version_never_changes(self):
        state = self.log.state
        if state.is_frozen:
            kept = (state.fingerprint, state.files, state.rules)
            assert self.frozen.setdefault(state.version, kept) == kept

    @invariant()
    def nothing_is_below_zero_and_rounds_only_open_when_frozen(self):
        for sheet in self.log.state.sheets.values():
            assert all(count >= 0 for count in sheet.submitted.values())


TestEvenings = Evenings.TestCase
TestEvenings.settings = settings(max_examples=25, stateful_step_count=25)
