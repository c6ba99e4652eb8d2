import pytest

from waardeweging.process import workshop as process
from waardeweging.process.chain import Recorded, link
from waardeweging.process.events import Erased, Seated, Submitted

AT = "2026-11-23T19:00:00.000Z"


class Log:
    """A workshop with its records, as a store would keep it."""

    def __init__(self, exploration=False):
        self.records = []
        self.state = process.Workshop(id="w")
        self.keep(
            process.create(
                "Berkum",
                {"scenario.toml": "0" * 64},
                language="nl",
                exploration=exploration,
                room_code="123456",
            )
        )

    def keep(self, decided, at=AT):
        for event in decided:
            previous, number = bytes.fromhex(self.state.head), self.state.number + 1
            sign = link(previous, "w", number, at, "facilitator", event.kind, event.body)
            record = Recorded(
                "w", number, at, "facilitator", event.kind, event.body, previous, sign
            )
            self.records.append(record)
            self.state = process.apply(self.state, record)
        return self.state

    def do(self, decide, *arguments, at=AT, **named):
        return self.keep(decide(self.state, *arguments, **named), at)

    def seat(self, side):
        return self.keep([process.happened(Seated(side=side))])

    def submit(self, sheet, side="residents", replaces=None):
        process.check_takes_answers(self.state, sheet, AT)
        event = Submitted(sheet=sheet, leaf="1" * 64, side=side, replaces=replaces)
        return self.keep([process.happened(event)])

    def erase(self, sheet, number, counted=True, side="residents"):
        event = Erased(sheet=sheet, number=number, side=side, counted=counted)
        return self.keep([process.happened(event)])


@pytest.fixture
def log():
    return Log()


@pytest.fixture
def exploring():
    return Log(exploration=True)
