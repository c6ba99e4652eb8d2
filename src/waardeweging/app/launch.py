"""Serve the app: one process with its settings, routes and middleware.

Three doors lead here: ``waardeweging app``, ``python app.py`` and ``streamlit run app.py``.
"""

from __future__ import annotations

import gc
import os
import tomllib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from waardeweging import __version__
from waardeweging.app.hall.after_sign_in import AfterSignIn
from waardeweging.app.hall.door import staff_routes
from waardeweging.app.hall_store import kept_hall_store
from waardeweging.app.phone.routes import phone_routes
from waardeweging.app.projects.public import public_routes
from waardeweging.app.shell import SCRIPT_PATH, Shell

_HERE = Path(__file__).parent
SCRIPT = _HERE / "main.py"
CONFIG = _HERE / "config.toml"
DATABASE = "WAARDEWEGING_DATABASE_URL"

# What pages need; loaded before the garbage collector is told to leave it alone.
_HEAVY = ("waardeweging.app.navigation", "plotly.graph_objects")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Load what every page needs and keep the garbage collector away from it."""
    for module in _HEAVY:
        import_module(module)
    gc.collect()
    gc.freeze()
    with kept_hall_store(at_once=DATABASE in os.environ):
        yield
    gc.unfreeze()


async def _health(_request: Request) -> Response:
    return JSONResponse({"status": "ok", "version": __version__})


async def _script(_request: Request) -> Response:
    return FileResponse(_HERE / "shell.js", media_type="text/javascript")


def routes() -> list[BaseRoute]:
    """Give the pages that Streamlit does not serve."""
    own = [Route("/health", _health), Route(SCRIPT_PATH, _script)]
    return [*own, *phone_routes(), *staff_routes(), *public_routes()]


def middleware() -> list[Middleware]:
    """Give what stands around every answer."""
    return [Middleware(Shell), Middleware(AfterSignIn)]


def settings() -> dict[str, Any]:
    """Give the packaged settings, flat: ``{"server.port": 8501, …}``."""
    with CONFIG.open("rb") as stream:
        return dict(_flat(tomllib.load(stream)))


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    found = []
    for key, value in table.items():
        name = f"{prefix}{key}"
        found += _flat(value, f"{name}.") if isinstance(value, Mapping) else [(name, value)]
    return found


def run(app: st.App, **overrides: Any) -> None:
    """Serve an app with the packaged settings until it is stopped.

    Parameters
    ----------
    app : streamlit.App
    **overrides
        Settings by dotted name.
    """
    app.run(config=settings() | overrides)


def serve(host: str = "127.0.0.1", port: int = 8501, database_url: str | None = None) -> None:
    """Serve the app on an address until it is stopped.

    Parameters
    ----------
    host : str
        Address to listen on; the default is this computer only.
    port : int
    database_url : str, optional
        Handed on to whatever keeps answers, by the environment of this process.
    """
    if database_url is not None:
        os.environ[DATABASE] = database_url
    app = st.App(SCRIPT, routes=routes(), middleware=middleware(), lifespan=lifespan)
    run(app, **{"server.address": host, "server.port": port})
