"""Phones against the real app over real HTTP: ``python -m benchmarks.phones 200 500``.

Every phone comes in within the first part of the evening, votes, weighs with a draft per
move, hands in, and looks meanwhile whether something happened. Printed are the times of
requests as phones see them, errors, and what the server's process cost.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from pathlib import Path

import httpx2 as httpx
import numpy as np
from rich.console import Console
from rich.table import Table

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.app.hall.folders import gather
from waardeweging.process import workshop as process
from waardeweging.process.moments import now
from waardeweging.store import open_store

_TICKS = os.sysconf("SC_CLK_TCK")
_LOOK_EVERY = 4.0


@dataclass
class Hall:
    """What all phones of a run share.

    Parameters
    ----------
    url, room : str
    join, hand_in : float
        Seconds in which everybody comes in, and after that hands in. [s]
    """

    url: str
    room: str
    join: float
    hand_in: float
    times: list[tuple[str, float]] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    anew: int = 0


def main() -> None:
    """Run, and print one row per number of phones."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.phones", description=__doc__)
    parser.add_argument("phones", nargs="*", type=int, default=[200, 500])
    parser.add_argument("--join", type=float, default=60.0, help="seconds in which all come in")
    parser.add_argument("--hand-in", type=float, default=300.0, help="seconds to hand in")
    given = parser.parse_args()
    table = Table(
        "phones", "requests", "p50", "p95", "p99", "longest", "errors", "anew", "CPU", "answers"
    )
    for count in given.phones:
        table.add_row(*_row(count, given.join, given.hand_in))
    console = Console()
    (console if console.is_terminal else Console(width=120)).print(table)


def _row(count: int, join: float, hand_in: float) -> tuple[str, ...]:
    with tempfile.TemporaryDirectory() as place:
        url = f"sqlite:///{Path(place) / 'hall.db'}"
        room, codes = _evening(url, count)
        with _server(url, Path(place)) as (address, process_id):
            hall = Hall(address, room, join, hand_in)
            before, began = _cpu(process_id), time.monotonic()
            asyncio.run(_all(hall, codes))
            cores = (_cpu(process_id) - before) / (time.monotonic() - began)
        with open_store(url) as store:
            (state,) = store.workshops()
            handed_in = sum(state.sheets["round-1"].submitted.values())
    milliseconds = 1000 * np.array([seconds for _, seconds in hall.times])
    p50, p95, p99 = np.percentile(milliseconds, (50, 95, 99))
    errors = sum(number for code, number in hall.answers.items() if code not in range(200, 400))
    return (
        f"{count}",
        f"{len(milliseconds)}",
        f"{p50:.0f} ms",
        f"{p95:.0f} ms",
        f"{p99:.0f} ms",
        f"{milliseconds.max():.0f} ms",
        f"{errors}",
        f"{hall.anew}",
        f"{cores:.2f} core",
        f"{handed_in} of {count}",
    )


def _evening(url: str, count: int) -> tuple[str, list[str]]:
    """Prepare a workshop on Berkum with two sheets open."""
    with open_store(url) as store:
        state = store.create("Meting", gather(bundled_scenarios() / "berkum"), exploration=True)
        cards = store.issue(state.id, "residents", count=count)
        for sheet in ("rules", "round-1"):
            store.change(state.id, "facilitator", partial(_opened, sheet))
        return state.room_code, [card.code for card in cards]


def _opened(sheet: str, state: process.Workshop) -> process.Decided:
    return process.open_sheet(state, sheet, None, now())


@contextmanager
def _server(url: str, place: Path) -> Iterator[tuple[str, int]]:
    """Start the app with the command that users give."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "waardeweging.cli", "app", "--port", str(port)]
    environment = {**os.environ, "WAARDEWEGING_DATABASE_URL": url}
    with (place / "app.log").open("wb") as log:
        server = subprocess.Popen(  # noqa: S603
            command, env=environment, stdout=log, stderr=subprocess.STDOUT, cwd=place
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            if httpx.get(f"{address}/health", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise TimeoutError(f"the app did not answer on {address}")


def _cpu(process_id: int) -> float:
    """Give the seconds of processor time that a process used."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


async def _all(hall: Hall, codes: list[str]) -> None:
    await asyncio.gather(*(_phone(hall, code, place) for place, code in enumerate(codes)))


async def _phone(hall: Hall, code: str, place: int) -> None:
    """Play one person, with pauses of people."""
    chance = random.Random(place)  # noqa: S311
    await asyncio.sleep(chance.uniform(0, hall.join))
    headers = {"origin": hall.url, "user-agent": f"phone {place % 9}"}
    async with httpx.AsyncClient(
        base_url=hall.url, headers=headers, follow_redirects=False, timeout=60
    ) as client:
        looking = asyncio.create_task(_look(hall, client, chance))
        try:
            await _evening_of(hall, client, code, chance)
        finally:
            looking.cancel()


async def _evening_of(
    hall: Hall, client: httpx.AsyncClient, code: str, chance: random.Random
) -> None:
    room, sheet = f"/w/{hall.room}", f"/w/{hall.room}/round-1"
    page = await _ask(hall, client, "enter", "GET", room)
    for address in re.findall(r'"(/w/static/[^"]+)"', page.text):
        await _ask(hall, client, "static", "GET", address)
    await _ask(hall, client, "enter", "POST", f"{room}/enter", {"code": code})
    page = await _ask(hall, client, "page", "GET", f"{room}/rules")
    vote = {**_hidden(page), "agree": "yes"}
    await _ask(hall, client, "hand in", "POST", f"{room}/rules", vote)
    page = await _ask(hall, client, "page", "GET", f"{sheet}/values")
    pause = hall.hand_in / 40
    address = f"{sheet}/values"
    while True:
        names = re.findall(r'<input class="amount" id="([^"]+)"', page.text)
        points = dict.fromkeys(names, "25")
        for place in range(1, len(names) + 1):
            await asyncio.sleep(chance.uniform(0, 2 * pause))
            moved = dict.fromkeys(names, "") | dict.fromkeys(names[:place], "25")
            await _ask(hall, client, "draft", "POST", f"{sheet}/draft", moved)
        went = await _ask(hall, client, "page", "POST", address, {**points, "go": "next"})
        address = went.headers.get("location", f"{sheet}/mirror")
        page = await _ask(hall, client, "page", "GET", address)
        if "/inside/" not in address:
            break
    page = await _ask(hall, client, "page", "GET", f"{sheet}/hand-in")
    await asyncio.sleep(chance.uniform(0, pause))
    await _ask(hall, client, "hand in", "POST", f"{sheet}/hand-in", _hidden(page))
    await _ask(hall, client, "page", "GET", f"{sheet}/done")


async def _look(hall: Hall, client: httpx.AsyncClient, chance: random.Random) -> None:
    """Look now and then whether something happened."""
    while True:
        await asyncio.sleep(_LOOK_EVERY * chance.uniform(0.8, 1.2))
        await _ask(hall, client, "status", "GET", f"/w/{hall.room}/status")


async def _ask(
    hall: Hall,
    client: httpx.AsyncClient,
    what: str,
    method: str,
    path: str,
    form: dict[str, str] | None = None,
) -> httpx.Response:
    began = time.perf_counter()
    try:
        answer = await client.request(method, path, data=form)
    except (httpx.ReadError, httpx.RemoteProtocolError):
        # The server closed an idle connection just then; a browser connects anew as well.
        hall.anew += 1
        answer = await client.request(method, path, data=form)
    hall.times.append((what, time.perf_counter() - began))
    hall.answers[answer.status_code] += 1
    return answer


def _hidden(page: httpx.Response) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
    return {name: unescape(value) for name, value in found}


if __name__ == "__main__":
    main()
