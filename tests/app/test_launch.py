import asyncio
import gc
import os
import tomllib
from pathlib import Path

import pytest
import streamlit as st
from streamlit.web.server.app_discovery import discover_asgi_app

from waardeweging.app import launch

ROOT = Path(__file__).parents[2]


def test_settings_are_flat_and_known_to_streamlit():
    found = launch.settings()

    assert found["server.address"] == "127.0.0.1"
    assert found["browser.gatherUsageStats"] is False
    assert found["runner.postScriptGC"] is False
    for name in found:
        st.get_option(name)


def test_the_settings_beside_app_py_are_the_packaged_ones():
    beside = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    packaged = tomllib.loads(launch.CONFIG.read_text(encoding="utf-8"))

    assert beside == packaged


def test_streamlit_run_finds_the_app_in_app_py():
    found = discover_asgi_app(ROOT / "app.py")

    assert found.is_asgi_app
    assert found.app_name == "app"


def test_serve_passes_address_port_and_database(monkeypatch: pytest.MonkeyPatch):
    given = {}
    monkeypatch.setattr(st.App, "run", lambda app, *, config: given.update(config))
    monkeypatch.setenv(launch.DATABASE, "sqlite:///other.db")

    launch.serve("0.0.0.0", 8600, "sqlite:///here.db")  # noqa: S104

    assert given["server.address"] == "0.0.0.0"  # noqa: S104
    assert given["server.port"] == 8600
    assert given["theme.primaryColor"] == "#154273"
    assert os.environ[launch.DATABASE] == "sqlite:///here.db"


def test_while_serving_the_garbage_collector_leaves_loaded_modules_alone():
    frozen = []

    async def serve() -> None:
        async with launch.lifespan(None):
            frozen.append(gc.get_freeze_count())

    before = gc.get_freeze_count()
    asyncio.run(serve())

    assert frozen[0] > before
    assert gc.get_freeze_count() == 0


def test_our_routes_answer_health_the_shell_script_and_phones():
    paths = [getattr(route, "path", "") for route in launch.routes()]

    assert paths[:2] == ["/health", "/shell.js"]
    assert "/w/{room}/now" in paths


def test_a_database_that_was_asked_for_is_opened_before_anybody_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(launch.DATABASE, f"sqlite:///{tmp_path / 'hall.db'}")

    async def serve() -> None:
        async with launch.lifespan(None):
            assert (tmp_path / "hall.db").exists()

    asyncio.run(serve())
