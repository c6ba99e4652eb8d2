"""One evening, of which everything that leaves is read: no answer, no few, no telling difference.

A resident answers with numbers and words that occur nowhere else, and three officials
come from a department with a name that occurs nowhere else. All that others get to see
is read at every moment: pages, forms that were refused, both screens, log and files.
"""

import logging
import re
from typing import Any

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from streamlit.testing.v1 import AppTest
from tests.app.hall.conftest import _page, _said
from tests.app.phone.phones import Phone, hidden
from tests.dossier.leaks import is_like, lists, rows_in, secrets_in, texts

from waardeweging.analysis.answered import answered
from waardeweging.app.hall.door import staff_routes
from waardeweging.app.hall.scene import forget_states
from waardeweging.app.phone.hall import Hall
from waardeweging.app.phone.routes import DOORS, phone_routes
from waardeweging.app.shell import Shell
from waardeweging.dossier.bundle import Level
from waardeweging.dossier.bundle.container import unpack
from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.making import whole_dossier
from waardeweging.dossier.workshop import source_of_workshop
from waardeweging.elicitation.weighing import weigh
from waardeweging.problem.errors import InputError

FIRST, SECOND = (97, 13, 41, 7), (7, 41, 13, 97)
WORDS = ("Kanariereden", "Kanarievraag", "Kanarievogels")
PAGES = (("values", "values"), ("outcome", "joint"), ("outcome", "sides"))
# What differs at every visit and says nothing: the key of a form, and with it how far
# a page shrinks, and how far the log is.
FLEETING = re.compile(
    r'name="key" value="[^"]*"|data-seen="[^"]*"|"seen":\s*"[^"]*"|<span>[0-9a-f]{4}</span>'
    r"|content-length: \d+"
)


class Night:
    """The evening, with everybody who is not the canary."""

    def __init__(self, evening, caplog) -> None:
        self.evening, self.caplog = evening, caplog
        self.read_so_far: list[tuple[str, str]] = []
        store = evening.store
        self.room = evening.state.room_code
        hall = Hall(lambda: store, lambda: 1000.0 * len(self.read_so_far))
        self.app = Starlette(
            routes=[*phone_routes(hall), *staff_routes()], middleware=[Middleware(Shell)]
        )
        self.secrets = [evening.secret(role) for role in ("facilitator", "reader", "helper")]
        cards = [
            *store.issue(evening.id, "residents", "", 2),
            *store.issue(evening.id, "municipality", WORDS[2], 3),
        ]
        self.secrets += [card.code for card in cards]
        self.others = {"nobody": Phone(self), "neighbour": Phone(self), "colleague": Phone(self)}
        self.canary, self.helper = Phone(self), Phone(self)
        self.canary.enter(cards[0])
        self.others["neighbour"].enter(cards[1])
        self.helper.fill("paper/open", secret=self.secrets[2])
        evening.come_in("residents", 10)
        evening.come_in("municipality", 8)
        few = [store.enter(evening.id, card.code) for card in cards[2:]]
        evening.seats += [
            store.seat(self.token(self.others["neighbour"])),
            *(one.seat for one in few),
        ]
        (card,) = store.issue(evening.id, "municipality", "", 1)
        self.others["colleague"].enter(card)
        self.secrets += [card.code, *(self.token(one) for one in self.phones), few[0].token]
        self.screens = {
            page: AppTest.from_function(_page, args=(page, secret, "nl"), default_timeout=60).run()
            for page, secret in zip(("facilitator", "beamer"), self.secrets, strict=False)
        }

    @property
    def phones(self):
        return [self.canary, self.others["neighbour"], self.others["colleague"]]

    @staticmethod
    def token(phone) -> str:
        return str(next(one.value for one in phone.cookies.jar if one.name == "ww-seat"))

    def read(self, *, whole: bool = True) -> dict[str, str]:
        """Give what others than the canary can see now, by who sees it and where.

        Between two looks at everything, only pages that follow the screen are read.
        """
        seen = {}
        followed = [f"/w/{self.room}/{name}" for name in ("now", "beside")]
        for who, phone in {**self.others, "helper": self.helper}.items():
            for path in paths(self.room) if whole else followed:
                answer = phone.get(path)
                heads = "".join(f"{key}: {value}\n" for key, value in answer.headers.items())
                seen[f"{who} {path}"] = f"{answer.status_code} {answer.url}\n{heads}{answer.text}"
        forget_states()
        for page, screen in self.screens.items():
            assert not screen.run().exception
            seen[page] = _said(screen)
        self.read_so_far += seen.items()
        return {place: FLEETING.sub("", text) for place, text in seen.items()}

    def answer(self, points) -> None:
        """Let the canary hand in, through the pages."""
        phone = self.canary
        names = list(
            dict.fromkeys(re.findall(r'name="(c-[^"]+)"', phone.at("round-1/inside/alles").text))
        )
        phone.fill(
            "round-1/inside/alles", go="next", **dict(zip(names, map(str, points), strict=True))
        )
        page = hidden(phone.at("round-1/hand-in"))
        done = phone.fill("round-1/hand-in", reason=WORDS[0], **page)
        assert done.url.path.endswith("/round-1/done"), done.text
        phone.fill("ask", text=WORDS[1], about="A", kind="question")


def paths(room):
    """Give every address of the phone pages that can be looked at, and some that cannot."""
    parts = {"room": room, "option": "A", "value": "alles"}
    found = [
        door.path.format(sheet=sheet, **parts)
        for door in DOORS
        if door.method == "GET"
        for sheet in (("round-1", "grades") if "{sheet}" in door.path else ("",))
    ]
    return [*found, "/staff", f"/w/{room}/nowhere", "/w/000000"]


def unlike(before, after):
    """Give what differs, with the lines that do."""
    return [
        (place, *sorted({*before[place].splitlines()} ^ {*after[place].splitlines()}))
        for place in before
        if before[place] != after[place]
    ]


def tour(night):
    """Show every page with figures of the rounds, and read everything at each."""
    seen: dict[str, Any] = {}
    for step, page in PAGES:
        night.evening.show(step, page)
        seen |= {f"{page} {place}": text for place, text in night.read(whole=False).items()}
    return seen


@pytest.fixture
def night(evening, caplog):
    caplog.set_level(logging.DEBUG)
    return Night(evening, caplog)


def test_nothing_that_leaves_tells_of_one_person_or_of_a_few(night):
    evening, store = night.evening, night.evening.store
    evening.open("round-1")
    evening.answer("round-1")
    night.answer(FIRST)
    # Before the close nothing that others see depends on what somebody answers.
    before = night.read()
    night.answer(SECOND)
    assert unlike(before, night.read()) == []

    night.answer(FIRST)
    evening.close("round-1")
    shown = tour(night)
    # A newcomer, and somebody who thinks again, leave every figure as it was.
    evening.reopen("round-1")
    evening.answer("round-1", evening.come_in("residents", 1))
    night.answer(SECOND)
    evening.close("round-1")
    again = tour(night)
    # On phones the order of the options came only at the last page.
    figures = [p for p in shown if p.endswith("beamer") or re.match("sides .*/beside", p)]
    assert len(figures) == len(PAGES) + 4
    assert [place for place in figures if shown[place] != again[place]] == []
    with pytest.raises(InputError) as refused:
        source_of_workshop(store, evening.id, "nl")
    assert not secrets_in([("refusal", str(refused.value))], WORDS)

    # From five on there is another figure.
    evening.reopen("round-1")
    evening.answer("round-1", evening.come_in("residents", 5))
    evening.close("round-1")
    later = tour(night)
    night.read()
    assert [place for place in figures if again[place] != later[place]]
    for sheet in ("grades", "accept", "cooperation"):
        evening.hold(sheet)
        evening.show(sheet, "answers" if sheet == "cooperation" else sheet)
        night.read(whole=False)
    evening.show("closing", "head")

    weights = everybodys_weights(evening)
    night.secrets += [one.nonce.hex() for one in store.evidence(evening.id, "round-1")]
    night.secrets += [one.pseudonym for one in store.answers(evening.id, "round-1")]
    store.unlink(evening.id)
    night.read()
    made: dict[str, Any] = {}
    for level in (Level.AGGREGATES, Level.ROWS):
        source = source_of_workshop(store, evening.id, "nl", level)
        # What is laid out on paper is read in the tests of the dossier.
        formats = ("html", "docx", "json") if level is Level.ROWS else ("json",)
        files = whole_dossier(source, formats, "nl", Theme(), level)
        assert "events.json" in unpack(files["bundle.zip"])
        made |= {f"{level.value}-{name}": content for name, content in files.items()}

    read = [*night.read_so_far, *texts(made), ("log", night.caplog.text)]
    assert len(read) > 500
    assert secrets_in(read, [*night.secrets, WORDS[2]]) == []
    # A moderator reads what people write; nobody else does before it is let through.
    assert set(secrets_in(read, WORDS[:2])) == {"facilitator"}
    planted = {row for given in (FIRST, SECOND) for row in ways_to_write(given)}
    assert [place for place, text in read if rows_in(text, 4) & planted] == []
    assert not [one for one in lists(made) for row in weights if is_like(one, row, 1e-4)]


def everybodys_weights(evening):
    given = {"round-1": evening.store.answers(evening.id, "round-1")}
    scenario = answered(evening.scenario, given)
    columns = scenario.problem.framework.weighed(scenario.perspective)
    return weigh(scenario.ballots, columns, scenario.share).weights


def ways_to_write(points):
    """Give an answer as points, and as shares of a hundred, rounded in every way we round."""
    shares = 100 * np.array(points) / sum(points)
    rows = [points, *(shares.round(digits).tolist() for digits in (0, 1, 2))]
    return {tuple(sorted(float(x) for x in row)) for row in rows}


def test_what_is_looked_for_is_found_where_it_may_stand(night):
    """The reader itself: on the canary's own phone and in the controller's bundle."""
    evening, store = night.evening, night.evening.store
    evening.open("round-1")
    evening.answer("round-1")
    night.answer(FIRST)
    own = night.canary.at("mine").text
    assert rows_in(own, 4) & ways_to_write(FIRST)
    evening.close("round-1")
    source = source_of_workshop(store, evening.id, "nl", Level.FULL)
    made = whole_dossier(source, ("json",), "nl", Theme(), Level.FULL)

    assert secrets_in(texts(made), [WORDS[2]])
    assert [name for name, text in texts(made) if rows_in(text, 4) & ways_to_write(FIRST)]
