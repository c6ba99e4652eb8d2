"""A workshop that was held in a store, from cards to agreements."""

import secrets
from functools import cache

import numpy as np

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.analysis.scenario_in_files import scenario_in
from waardeweging.app.hall.folders import gather
from waardeweging.app.hall.rehearsal import invented_answer
from waardeweging.process import workshop as process
from waardeweging.process.moments import now
from waardeweging.process.steps import NAMES

ROUNDS = ("round-1", "round-2")
ASIDE = ("grades", "accept", "cooperation")


@cache
def files():
    return gather(bundled_scenarios() / "golden")


@cache
def scenario():
    return scenario_in(files())


class Hall:
    """One evening; what only people themselves know stays here to look for later."""

    def __init__(
        self, store, residents=24, officials=6, exploration=False, title="Avond in Berkum"
    ):
        self.store, self.sizes = store, {"residents": residents, "municipality": officials}
        rules = process.Rules(texts=("Iedereen komt aan het woord.",))
        state = store.create(title, files(), exploration=exploration, rules=rules)
        self.id, self.rng = state.id, np.random.default_rng(5)
        self.cards = [
            *store.issue(self.id, "residents", "", residents),
            *store.issue(self.id, "municipality", "wonen", officials),
        ]
        self.entries = [store.enter(self.id, card.code) for card in self.cards]
        self.seats = [entry.seat for entry in self.entries]
        self.payloads, self.secret, self.head = [], "", ""

    @property
    def state(self):
        return self.store.workshop(self.id)

    def decide(self, decision):
        return self.store.change(self.id, "facilitator", decision)

    def answer(self, sheet, seats):
        for seat in seats:
            given = invented_answer(sheet, scenario(), seat.side, self.rng)
            self.store.submit(seat, sheet, given, secrets.token_hex(8))
            if sheet in ROUNDS:
                self.payloads.append(given)

    def hold(self, sheet, seats=None):
        self.decide(lambda state: process.open_sheet(state, sheet, None, now()))
        self.answer(sheet, self.seats if seats is None else seats)
        self.decide(lambda state: process.close(state, sheet))

    def show(self, step, page):
        place = NAMES.index(step)
        self.decide(lambda state: process.show(state, place, page))

    def agree(self):
        """Vote the rules in, freeze, and go on."""
        self.decide(process.freeze)
        self.hold("rules")
        self.decide(lambda state: process.adopt_rules(state, self.sizes, self.sizes))

    def write(self):
        """Three people write; two of their texts are let through."""
        kinds = ("reason", "question", "fact")
        for seat, kind in zip(self.seats, kinds, strict=False):
            text = f"Eigen woorden, {kind}"
            made = self.store.remark(seat, "round-1", "kosten", kind, text)
            if kind != "fact":
                reply = "Dat zoeken we uit." if kind == "question" else ""
                self.store.moderate(self.id, made, "shown", reply)

    def close(self):
        """Agree on what comes next, show the closing code, cut cards and answers apart."""
        self.decide(
            lambda state: process.agree(state, "a", "zoekt de prijs uit", "gemeente", "mei")
        )
        self.show("closing", "head")
        head = self.state.head
        self.secret = self.store.staff_link(self.id, "facilitator", "2099-01-01T00:00:00.000Z")
        self.store.unlink(self.id)
        return head


def held(store, *sizes, **settings):
    """Hold a whole evening."""
    hall = Hall(store, *sizes, **settings)
    hall.agree()
    for sheet in (*ROUNDS, *ASIDE):
        hall.hold(sheet)
    hall.write()
    hall.head = hall.close()
    return hall
