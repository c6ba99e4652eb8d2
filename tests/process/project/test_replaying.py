"""Whatever people do, in whatever order: the rules of the process hold."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.process.project.conftest import Log

from waardeweging.elicitation.ballots import SIDES
from waardeweging.problem.errors import InputError
from waardeweging.process.chain import broken
from waardeweging.process.project import events as e
from waardeweging.process.project import kaders, rules
from waardeweging.process.project.state import Project
from waardeweging.process.streams import replay

NAMES = st.sampled_from(["a", "b"])
COUNTS = st.integers(0, 3)


class AnyProject(RuleBasedStateMachine):
    """Two rules and a few lines, written, voted and frozen at random."""

    def __init__(self):
        super().__init__()
        self.log = Log()
        self.frozen = {}

    def attempt(self, decide, *arguments):
        try:
            self.log.do(decide, *arguments)
        except InputError:
            return

    @rule(name=NAMES, subject=st.sampled_from(e.SUBJECTS), value=st.sampled_from(["0.4", "7", "x"]))
    def suggests(self, name, subject, value):
        self.attempt(rules.suggest, name, "residents", subject, value, "Zo doen we het.")

    @rule(name=NAMES, side=st.sampled_from([*SIDES, "business"]), agree=COUNTS, of=COUNTS)
    def votes(self, name, side, agree, of):
        self.attempt(rules.vote, name, side, agree, of)

    @rule(sheet=st.sampled_from(e.KADERS), place=st.integers(0, 5), text=st.sampled_from("pq"))
    def writes(self, sheet, place, text):
        topic = kaders.TOPICS[sheet][place % len(kaders.TOPICS[sheet])]
        value = "advise" if topic == "promise" else ""
        line = e.KaderWritten(
            id=f"{sheet}-{topic}", sheet=sheet, topic=topic, text=text, value=value
        )
        self.attempt(kaders.write, line)

    @rule()
    def fills(self):
        if not self.log.state.is_frozen:
            self.log.fill()

    @rule(agree=st.tuples(COUNTS, COUNTS))
    def sides_vote_on_sheets(self, agree):
        for sheet in e.KADERS:
            for side, count in zip(SIDES, agree, strict=True):
                self.attempt(kaders.vote, sheet, side, count, 3)

    @rule()
    def freezes(self):
        self.attempt(kaders.freeze)

    @rule(reason=st.sampled_from(["", "Nieuw besluit."]))
    def revises(self, reason):
        self.attempt(kaders.revise, reason)

    def teardown(self):
        # Once, at the end: rebuilding after every step says no more and takes far longer.
        assert replay(Project, self.log.records) == self.log.state
        assert broken(self.log.records) is None

    @invariant()
    def nothing_holds_without_a_majority_of_each_side(self):
        for one in self.log.state.rules.values():
            most = [2 * one.votes.agree.get(side, 0) > one.votes.of.get(side, 0) for side in SIDES]
            assert (one.adopted_at is not None) == all(most)
        if self.log.state.is_frozen:
            assert all(kaders.is_agreed(self.log.state, sheet) for sheet in e.KADERS)

    @invariant()
    def a_frozen_version_never_changes(self):
        for version in self.log.state.versions:
            assert self.frozen.setdefault(version.number, version) == version
        if self.log.state.is_frozen:
            assert kaders.fingerprint(self.log.state) == self.log.state.fingerprint


AnyProject.TestCase.settings = settings(max_examples=150, stateful_step_count=20)
TestAnyProject = AnyProject.TestCase
