"""Pages without a browser: fill in, press, look at what is shown."""

import html
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from waardeweging.app.desk import SCENARIOS
from waardeweging.app.launch import SCRIPT

OpenScreen = Callable[..., AppTest]
SECONDS = 30


def _screen(name, scenario, language, settings):
    """Show one screen, as the navigation would; this body runs as a script of its own."""
    from importlib import import_module

    from waardeweging.app.navigation import _shown
    from waardeweging.app.session import current_session

    session = current_session()
    session.language = language
    session.scenario = scenario
    for setting, value in settings.items():
        setattr(session, setting, value)
    _shown(import_module(f"waardeweging.app.screens.{name}").page, session)


@pytest.fixture(autouse=True)
def _no_search_for_components(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every new test page from searching all installed packages: most of its time."""
    monkeypatch.setattr(
        "streamlit.components.v2.manifest_scanner.scan_component_manifests",
        lambda *_args, **_kwargs: [],
        raising=False,
    )


@pytest.fixture
def open_screen() -> OpenScreen:
    """Open one page by its name, in a scenario and a language."""

    def open_one(
        name: str, scenario: str = "berkum", language: str = "nl", **settings: Any
    ) -> AppTest:
        test = AppTest.from_function(
            _screen, args=(name, scenario, language, settings), default_timeout=SECONDS
        )
        return test.run()

    return open_one


@pytest.fixture
def open_app() -> OpenScreen:
    """Open the whole app at its first page, with query parameters."""

    def open_one(**asked: str) -> AppTest:
        test = AppTest.from_file(str(SCRIPT), default_timeout=SECONDS)
        test.query_params.update(asked)
        return test.run()

    return open_one


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name of a scenario on the shelf with two faults in two files."""
    folder = tmp_path / "kapot"
    folder.mkdir()
    (folder / "scenario.toml").write_text('id = "kapot"\nlambda = 3\n', encoding="utf-8")
    (folder / "framework.toml").write_text("[[values]\n", encoding="utf-8")
    monkeypatch.setenv(SCENARIOS, str(tmp_path))
    return folder.name


@pytest.fixture
def shown() -> Callable[[AppTest], str]:
    """Give all that stands on a screen as one text."""
    return _shown_text


def _shown_text(test: AppTest) -> str:
    """Give everything that stands on the screen, as one text without Markdown's escapes."""
    parts: list[str] = []
    for element in test.main:
        proto = getattr(element, "proto", None)
        parts += [str(getattr(element, name, "") or "") for name in ("label", "value")]
        parts += [str(getattr(proto, name, "") or "") for name in ("label", "body", "text")]
        parts += [str(option) for option in getattr(element, "options", ())]
    return html.unescape("\n".join(parts).replace("\\", ""))
