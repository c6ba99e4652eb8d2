import pytest

from waardeweging.process.chain import Recorded, link
from waardeweging.process.project import events as e
from waardeweging.process.project import kaders, rules, sessions
from waardeweging.process.project import replaying as _  # noqa: F401
from waardeweging.process.project.state import Project
from waardeweging.process.streams import apply

AT = "2026-01-12T19:00:00.000Z"


class Log:
    """A project with its records, as a store would keep it."""

    def __init__(self):
        self.records = []
        self.state = Project(id="p")
        self.keep(
            sessions.begin("Berkum", language="nl", neighbourhood="BU01930506", exploration=False)
        )

    def keep(self, decided, at=AT):
        for event in decided:
            previous, number = bytes.fromhex(self.state.head), self.state.number + 1
            sign = link(previous, "p", number, at, "administrator", event.kind, event.body)
            record = Recorded(
                "p", number, at, "administrator", event.kind, event.body, previous, sign
            )
            self.records.append(record)
            self.state = apply(self.state, record)
        return self.state

    def do(self, decide, *arguments, at=AT, **named):
        return self.keep(decide(self.state, *arguments, **named), at)

    def line(self, name, sheet="content", topic="options", **fields):
        text = fields.pop("text", "De vier opties op de lijst.")
        return self.do(
            kaders.write, e.KaderWritten(id=name, sheet=sheet, topic=topic, text=text, **fields)
        )

    def fill(self):
        for sheet, topics in kaders.TOPICS.items():
            for topic in topics:
                value = "advise" if topic == "promise" else ""
                self.line(f"{sheet}-{topic}", sheet, topic, value=value)
        return self.state

    def agree(self, residents=(20, 24), municipality=(4, 6)):
        for sheet in e.KADERS:
            self.do(kaders.vote, sheet, "residents", *residents)
            self.do(kaders.vote, sheet, "municipality", *municipality)
        return self.state

    def adopt(self, name, subject="share", value="0,5"):
        self.do(rules.suggest, name, "residents", subject, value, "Beide kanten tellen even zwaar.")
        self.do(rules.vote, name, "residents", 20, 24)
        return self.do(rules.vote, name, "municipality", 4, 6)


@pytest.fixture
def log():
    return Log()
