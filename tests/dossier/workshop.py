"""A workshop that was held in a test: its chain, its frozen files and its outcome."""

import hashlib
import random
from dataclasses import replace
from functools import cache

from tests.dossier.bundles import FEW_DRAWS, SCENARIOS, golden

from waardeweging.analysis.analyse import analyse
from waardeweging.dossier.bundle import Level, Opened, build_bundle
from waardeweging.process import workshop as process
from waardeweging.process.answers import Given, as_ballots
from waardeweging.process.chain import GENESIS, Recorded, leaf, link, receipt
from waardeweging.process.events import Submitted
from waardeweging.process.moments import later

FIRST_ANSWER = 7
START = "2026-11-20T19:00:00.000Z"


class Evening:
    """Keeps a chain as a store does, without one."""

    def __init__(self, files):
        self.files = files
        self.records = []
        self.state = process.Workshop(id="evening")
        digests = {name: hashlib.sha256(given).hexdigest() for name, given in files.items()}
        self.do(
            process.create("Trial", digests, language="nl", exploration=False, room_code="123456")
        )
        self._chance = random.Random(7)  # noqa: S311
        self.answers = []
        self.receipts = []

    def do(self, decided, by="facilitator"):
        for one in decided:
            number = len(self.records) + 1
            at = later(START, float(number))
            previous = self.records[-1].hash if self.records else GENESIS
            sign = link(previous, "evening", number, at, by, one.kind, one.body)
            record = Recorded("evening", number, at, by, one.kind, one.body, previous, sign)
            self.records.append(record)
            self.state = process.apply(self.state, record)

    def submit(self, side, replaces=None):
        points = [self._chance.randrange(5, 100) for _ in range(4)]
        criteria = ("kosten", "zeggenschap", "leefbaarheid", "co2")
        payload = {
            "values": {"alles": 100},
            "criteria": dict(zip(criteria, points, strict=True)),
        }
        nonce = self._chance.randbytes(16)
        sign = leaf(payload, nonce)
        event = Submitted(sheet="round-1", leaf=sign.hex(), side=side, replaces=replaces)
        self.do((process.happened(event),), by="participant")
        number = len(self.records)
        self.answers = [one for one in self.answers if one[0] != replaces]
        self.answers.append((number, Given(f"v{number}", side, "", payload), nonce))
        return receipt(sign)


@cache
def evening(residents=14, officials=11):
    """An evening with one round, in which one person answered twice."""
    files = {
        path.name: path.read_bytes()
        for path in sorted((SCENARIOS / "golden").iterdir())
        if path.is_file()
    }
    held = Evening(files)
    held.do(process.issue(held.state, "residents", residents))
    held.do(process.issue(held.state, "municipality", officials))
    held.do(process.freeze(held.state))
    held.do(process.note(held.state, "Late start: the coffee machine."))
    held.do(process.open_sheet(held.state, "round-1", None, START))
    sides = ["residents"] * residents + ["municipality"] * officials
    held.receipts = [held.submit(side) for side in sides]
    held.receipts.append(held.submit(sides[0], replaces=FIRST_ANSWER))
    held.do(process.close(held.state, "round-1"))
    held.do(process.show(held.state, 3, "outcome"))
    return held


@cache
def scenario_of_evening(residents=14, officials=11):
    held = evening(residents, officials)
    plain = replace(golden(), ballots=()).with_draws(FEW_DRAWS)
    given = sorted((one[1] for one in held.answers), key=lambda one: one.pseudonym)
    framework = plain.problem.framework
    ballots = as_ballots(given, framework, plain.perspective, 1)
    return replace(plain, ballots=ballots).with_share(held.state.rules.share)


@cache
def workshop_bundle(level=None, residents=14, officials=11):
    """The bundle of that evening; rows when nothing else is asked."""
    held = evening(residents, officials)
    scenario = scenario_of_evening(residents, officials)
    return build_bundle(
        scenario,
        analyse(scenario),
        level=level or Level.ROWS,
        records=held.records,
        opened=[Opened(number, one.payload, nonce) for number, one, nonce in held.answers],
        files=held.files,
    )
