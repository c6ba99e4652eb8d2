"""A real browser against the real command: start the app once, open pages on it.

Without Chromium the browser tests are skipped with the reason. Where they must
run, `WAARDEWEGING_REQUIRE_BROWSER=1` makes its absence a failure.
"""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, sync_playwright
from tests.e2e.rest import NOTE_TRAFFIC
from tests.e2e.sign_in import SignIn, served
from tests.payloads import PAYLOADS

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.app.hall.begin import link_end
from waardeweging.app.hall.folders import gather
from waardeweging.process import workshop as process
from waardeweging.process.events import Role
from waardeweging.store import open_store

CHROMIUM = Path(os.environ.get("WAARDEWEGING_CHROMIUM", "/usr/bin/chromium"))
REQUIRED = os.environ.get("WAARDEWEGING_REQUIRE_BROWSER") == "1"
# The name of every other machine leads nowhere, and no proxy knows the way.
ONLY_HERE = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--no-proxy-server"]
# Drop-downs of an address bar that nobody sees take half a second of every window. This list
# stands in the place of the driver's own; the others on it are about networks and first frames.
SWITCHED_OFF = [
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "OptimizationHints", "MediaRouter", "PaintHolding",
    "NetworkTimeServiceQuerying", "PreconnectToSearch", "HttpsUpgrades",
]  # fmt: skip
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    f"--disable-features={','.join(SWITCHED_OFF)}",
    *ONLY_HERE,
]
LOCALES = {"nl": "nl-NL", "en": "en-GB"}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
START_SECONDS = 60.0

Language = Literal["nl", "en"]
OpenPage = Callable[..., Page]
AssertAccessible = Callable[[Page], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Path of Chromium, or a skip that says how to get it."""
    if not CHROMIUM.exists():
        reason = f"no Chromium at {CHROMIUM}: apt-get install chromium fonts-dejavu-core libatomic1"
        if REQUIRED:
            pytest.fail(f"{reason} (WAARDEWEGING_REQUIRE_BROWSER=1)")
        pytest.skip(reason)
    return CHROMIUM


@pytest.fixture(scope="session")
def app_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with the data of the app; what must be there before it starts is put there first."""
    return tmp_path_factory.mktemp("app")


@pytest.fixture(scope="session")
def evening_links(chromium: Path, app_home: Path) -> dict[str, str]:
    """Begin a practice evening with the command of the how-to: room, facilitator, screen."""
    command = [sys.executable, "-m", "waardeweging.cli", "workshop", "create"]
    done = subprocess.run(
        [*command, str(bundled_scenarios() / "golden"), "--exploration"],
        env=_environment(app_home),
        capture_output=True,
        text=True,
        check=True,
    )
    secrets = re.findall(r"/staff#(\S+)", done.stdout)
    rooms = re.findall(r"\b\d{6}\b", done.stdout)
    return {"room": rooms[0], "facilitator": secrets[0], "screen": secrets[1]}


@pytest.fixture(scope="session")
def hostile_links(chromium: Path, app_home: Path, evening_links: dict[str, str]) -> dict[str, str]:
    """Begin another evening, in which every text of people and organisers is hostile."""
    path = app_home / "data" / "waardeweging" / "waardeweging.sqlite"
    with open_store(f"sqlite:///{path}") as store:
        made = store.create(
            PAYLOADS[1],
            gather(bundled_scenarios() / "golden"),
            exploration=True,
            rules=process.Rules(texts=PAYLOADS),
        )
        (card,) = store.issue(made.id, PAYLOADS[2][:200], PAYLOADS[3][:80])
        seat = store.enter(made.id, card.code).seat
        for place in range(0, len(PAYLOADS), 10):
            words = "\n".join(PAYLOADS[place : place + 10])
            remark = store.remark(seat, "round-1", "", "question", words)
            if place % 20:
                store.moderate(made.id, remark, "shown", words)
            agreed = partial(
                process.agree, agreement=str(place), what=words, who=words[:200], when="-"
            )
            store.change(made.id, "facilitator", agreed)
        roles: dict[str, Role] = {"facilitator": "facilitator", "screen": "reader"}
        return {name: store.staff_link(made.id, role, link_end()) for name, role in roles.items()}


@pytest.fixture(scope="session")
def project_links(chromium: Path, app_home: Path, hostile_links: dict[str, str]) -> dict[str, str]:
    """Begin a project with the command of the how-to: a link per role."""
    command = [sys.executable, "-m", "waardeweging.cli", "project", "create", "Vogelbuurt"]
    done = subprocess.run(
        [*command, "--exploration"],
        env=_environment(app_home),
        capture_output=True,
        text=True,
        check=True,
    )
    roles = ("administrator", "residents", "municipality")
    return dict(zip(roles, re.findall(r"/staff#(\S+)", done.stdout), strict=True))


def _environment(home: Path) -> dict[str, str]:
    environment = {**os.environ, "XDG_DATA_HOME": str(home / "data")}
    environment.pop("WAARDEWEGING_DATABASE_URL", None)
    return environment


@pytest.fixture(scope="session")
def sign_in() -> Iterator[SignIn]:
    """A sign-in service of an organisation, in this process."""
    with served() as service:
        yield service


@pytest.fixture(scope="session")
def app_url(
    chromium: Path,
    app_home: Path,
    evening_links: dict[str, str],
    hostile_links: dict[str, str],
    project_links: dict[str, str],
    sign_in: SignIn,
) -> Iterator[str]:
    """Address of an app started with the command that users give, on data of its own."""
    folder = app_home
    port = _free_port()
    settings = folder / ".streamlit" / "secrets.toml"
    settings.parent.mkdir()
    settings.write_text(sign_in.settings(f"http://127.0.0.1:{port}", evening_links["room"]))
    log = folder / "app.log"
    with log.open("wb") as stream:
        server = subprocess.Popen(
            [sys.executable, "-m", "waardeweging.cli", "app", "--port", str(port)],
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_healthy(server, url, log)
            yield url
        finally:
            _stop(server)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(server: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError),
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer,  # noqa: S310
        ):
            if answer.status == 200:
                return
        time.sleep(0.1)
    said = log.read_text(encoding="utf-8", errors="replace")[-4000:]
    pytest.fail(f"the app did not answer on {url} (exit status {server.poll()}):\n{said}")


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    # Per module: playwright keeps an event loop in this thread, which other tests must not meet.
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


def remember_outside(context: BrowserContext, home: str, outside: list[str]) -> None:
    """Note what is asked of another machine; to stop each request would switch off the cache."""
    here = ("", urlsplit(home).netloc)

    def note(request: Request) -> None:
        if urlsplit(request.url).netloc not in here:
            outside.append(request.url)

    context.on("request", note)


@pytest.fixture
def open_page(
    browser: Browser, app_url: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[OpenPage]:
    """Open pages on the app: ``open_page("weights", width=390, height=844, language="en")``.

    Whatever a page asks of another machine is refused and fails the test: the
    app needs no network. A failed test leaves a picture of each page.
    """
    outside: list[str] = []
    pages: list[Page] = []

    def open_one(
        path: str = "", *, width: int = 1920, height: int = 1080, language: Language = "nl"
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=LOCALES[language],
            timezone_id="Europe/Amsterdam",
            has_touch=width < 600,
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        remember_outside(context, app_url, outside)
        context.add_init_script(NOTE_TRAFFIC)
        page = context.new_page()
        pages.append(page)
        query = "" if language == "nl" else f"?lang={language}"
        page.goto(f"{app_url}/{path.lstrip('/')}{query}")
        return page

    failed_before = request.session.testsfailed
    yield open_one
    for number, page in enumerate(pages, start=1):
        if request.session.testsfailed > failed_before:
            with contextlib.suppress(Error):
                page.screenshot(path=tmp_path / f"page-{number}.png", full_page=True)
        page.context.close()
    assert outside == [], "the app asked another machine for something"


@pytest.fixture(scope="session")
def assert_accessible() -> AssertAccessible:
    """Check a page with axe against WCAG 2.2 A and AA; every violation is shown."""
    axe = Axe()

    def check(page: Page) -> None:
        options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
        results = axe.run(page, options=options)
        if results.violations_count:
            pytest.fail(f"{page.url}\n{_report(results.response['violations'])}")

    return check


def _report(violations: list[dict[str, object]]) -> str:
    return "\n".join(_line(violation) for violation in violations)


def _line(violation: dict[str, object]) -> str:
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    places = "\n".join(f"    {' '.join(map(str, node['target']))}" for node in nodes)
    return f"{violation['id']} ({violation['impact']}): {violation['help']}\n{places}"
