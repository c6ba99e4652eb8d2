"""A whole practice evening in real browsers: facilitator, beamer, two phones, nobody else."""

import contextlib
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.analysis.scenario import read_scenario
from waardeweging.presentation.catalog import text
from waardeweging.process.steps import STEPS, Place, after, place_of

expect.set_options(timeout=30_000)

ROOT = Path(__file__).parents[2]
WEIGHINGS = ("practice", "round-1", "round-2")
COUNT_TITLES = {
    "practice": "practice_title",
    "round-1": "round_title",
    "round-2": "round2_title",
    "grades": "grades_count_title",
    "accept": "accept_count_title",
    "cooperation": "cooperation_count_title",
}
CODE = re.compile(r"[0-9A-Z]{5}-[0-9A-Z]{5}")
RECEIPT = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")
# Pages on which everything is different from the pages before.
CHECKED = ("join", "promise", "values", "joint", "grades")


def say(key: str, **values: object) -> str:
    return text(f"hall.{key}", "nl", **values)


@dataclass
class Phone:
    """Somebody with a phone and a card."""

    page: Page
    base: str
    code: str = ""

    def come_in(self, code: str) -> None:
        self.code = code
        self.page.goto(self.base)
        self.page.locator("#code").fill(code)
        self.page.locator("form button.main").click()
        expect(self.page.locator("#code")).to_have_count(0)

    def answer(self, sheet: str) -> str:
        """Fill in a sheet and give the receipt."""
        # A phone that waits goes there by itself, perhaps at this very moment.
        with contextlib.suppress(Error):
            self.page.goto(f"{self.base}/{sheet}")
        expect(self.page).to_have_url(re.compile(rf"/{sheet}\b"))
        if sheet == "rules":
            self.page.locator("button[value=yes]").click()
        elif sheet in WEIGHINGS:
            self._weigh()
        else:
            for name in self.page.locator("fieldset.choose").all():
                name.locator("label").nth(1).click()
            self.page.locator("button.main").click()
        expect(self.page.locator(".receipt code")).to_have_text(RECEIPT)
        return self.page.locator(".receipt code").inner_text()

    def _weigh(self) -> None:
        while "/hand-in" not in self.page.url:
            here = self.page.url
            if "/mirror" not in here:
                fields = self.page.locator("input.amount")
                count = fields.count()
                first = 100 - 10 * (count - 1) if "/values" in here else 100
                for place in range(count):
                    fields.nth(place).fill(str(10 if place else first))
            with self.page.expect_navigation():
                self.page.locator(".bar .main").click()
        self.page.locator("button.main").click()


@dataclass
class Desk:
    """The facilitator, who only looks at what the screen says."""

    page: Page
    pressed: list[str] = field(default_factory=list)

    def press(self, key: str) -> None:
        button = self.page.locator(f".st-key-{key} button")
        self.pressed.append(button.inner_text())
        button.click()

    def tab(self, name: str) -> None:
        self.pressed.append(say(f"facilitator.tab.{name}"))
        self.page.get_by_role("tab", name=self.pressed[-1], exact=True).click()

    def at(self, place: Place) -> None:
        step = say(f"step.{place.part.name}")
        where = say("facilitator.where", number=place.step + 1, total=len(STEPS), step=step)
        expect(self.page.get_by_role("heading", name=where, exact=True)).to_be_visible()

    def hand_out(self, side: str) -> str:
        """Make one card for a late joiner and read its code."""
        before = set(CODE.findall(self.page.locator("body").inner_text()))
        late = self.page.locator(".st-key-late")
        late.get_by_text(text(f"word.{side}", "nl"), exact=True).click()
        self.pressed.append(say("facilitator.late_make"))
        late.get_by_role("button", name=self.pressed[-1]).click()
        made = self.page.locator(".st-key-cards-made")
        expect(made.get_by_text(CODE)).to_have_count(len(before) + 1)
        (code,) = set(CODE.findall(made.inner_text())) - before
        return str(code)


def title_of(place: Place, values: dict[str, str]) -> str:
    if place.page == "count":
        return say(f"beamer.{COUNT_TITLES[place.part.sheet]}")
    if place.page.startswith("facts:"):
        return say("beamer.facts_title", value=values[place.page.partition(":")[2]])
    return say(f"beamer.{place.page}_title")


@pytest.fixture
def hall(open_page, app_url, evening_links):
    """Four windows: the desk, the screen, and two phones."""
    facilitator = open_page(f"staff#{evening_links['facilitator']}", width=1280, height=900)
    screen = open_page(f"staff#{evening_links['screen']}")
    phones = [open_page("health", width=390, height=844) for _ in range(2)]
    room = f"{app_url}/w/{evening_links['room']}"
    return Desk(facilitator), screen, [Phone(page, room) for page in phones]


@pytest.mark.slow
def test_a_whole_evening(hall, app_home, evening_links, assert_accessible):
    desk, screen, phones = hall
    framework = read_scenario(bundled_scenarios() / "golden").problem.framework
    values = {value.id: value.label["nl"] for value in framework.values}
    place: Place | None = place_of(0, "", framework)
    assert place is not None

    desk.at(place)
    for page, path in ((desk.page, "facilitator"), (screen, "beamer")):
        assert page.url.rpartition("/")[2] == path
    desk.tab("setup")
    desk.press("rehearse")
    expect(desk.page.get_by_text(say("facilitator.rehearsed"))).to_be_visible()
    assert_accessible(desk.page)
    desk.tab("people")
    desk.page.locator(".st-key-late summary").click()
    for phone, side in zip(phones, ("residents", "municipality"), strict=True):
        phone.come_in(desk.hand_out(side))
    expect(screen.get_by_text(say("beamer.join_count", seated=7, issued=7))).to_have_count(2)
    assert_accessible(desk.page)
    desk.tab("evening")

    receipts = []
    while place is not None:
        desk.at(place)
        expect(screen.locator("h1")).to_have_text(title_of(place, values))
        if place.tells_answers:
            if desk.page.get_by_text(say("facilitator.uncover")).is_visible():
                expect(screen.get_by_text(say("beamer.cover"))).to_be_visible()
                assert screen.locator(".js-plotly-plot, table").count() == 0
                desk.press("cover")
            expect(screen.get_by_text(say("beamer.cover"))).to_have_count(0)
            expect(screen.locator(".js-plotly-plot, table, .ww-points").first).to_be_visible()
        if place.page in ("count", "vote"):
            receipts += hold(desk, screen, phones, place.part.sheet)
        if place.page in CHECKED:
            assert_accessible(screen)
        expect(screen.get_by_text(say("beamer.failed"))).to_have_count(0)
        place = go_on(desk, place, framework)

    assert len(set(receipts)) == 2 * 7
    assert named_in_the_how_to(desk.pressed) == []
    # Who never saw it presses once or twice a minute: a whole evening fits in ten.
    assert len(desk.pressed) < 70
    log = (app_home / "app.log").read_text(encoding="utf-8", errors="replace")
    codes = [phone.code for phone in phones]
    for secret in (*evening_links.values(), *receipts, *codes, "Mozilla", '"GET ', '"POST '):
        assert secret not in log


def named_in_the_how_to(pressed: list[str]) -> list[str]:
    """Give what had to be pressed and is not in bold on the page that says how."""
    page = (ROOT / "docs" / "how-to" / "run-an-evening.md").read_text(encoding="utf-8")
    bold = " | ".join(re.findall(r"\*\*(.+?)\*\*", page.partition("## A real evening")[0]))
    names = {re.split(r"[:▸›→]", one)[0].strip() for one in pressed}
    return sorted(name for name in names if name not in bold)


def go_on(desk: Desk, place: Place, framework) -> Place | None:
    following = after(place, framework)
    if following is not None:
        desk.press("next")
    return following


def hold(desk: Desk, screen: Page, phones: list[Phone], sheet: str) -> list[str]:
    """Open a sheet, let both phones answer it, and close it."""
    desk.press(f"open-{sheet}")
    expect(screen.get_by_text(say("beamer.done", submitted=6, seats=7))).to_have_count(2)
    if sheet == "round-1":
        # Whoever loads a page again loses nothing.
        for page in (screen, desk.page):
            page.reload()
    receipts = [phone.answer(sheet) for phone in phones]
    expect(screen.get_by_text(say("beamer.done", submitted=7, seats=7))).to_have_count(2)
    desk.press(f"close-{sheet}")
    closed = "vote_adopted" if sheet == "rules" else "closed_lead"
    expect(screen.get_by_text(say(f"beamer.{closed}"))).to_be_visible()
    return receipts


def test_a_link_with_a_wrong_secret_says_so(open_page, app_url, assert_accessible):
    page = open_page("staff#wrong", width=390, height=844)

    expect(page.get_by_text(text("hall.staff.unknown", "nl"))).to_be_visible()
    assert "wrong" not in page.url
    assert_accessible(page)
