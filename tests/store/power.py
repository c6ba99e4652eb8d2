"""Cut the power at any moment: what was not synced may be lost, torn or out of order.

    python tests/store/power.py 200

A preloaded shim records every write and sync of a process that submits. A round takes a
moment, keeps what was synced before it, keeps of the rest a random part of the sectors, and
looks whether everything that was acknowledged before that moment is there.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SECTOR = 512
SHEET = "round-1"


@dataclass
class Step:
    op: str
    file: str
    offset: int
    bytes: bytes


def build(folder):
    """Compile the shim; None where there is no compiler."""
    shim = Path(folder) / "shim.so"
    command = [
        "gcc",
        "-shared",
        "-fPIC",
        "-O1",
        "-w",
        "-o",
        shim,
        HERE / "shim.c",
        "-ldl",
        "-lpthread",
    ]
    try:
        subprocess.run(list(map(str, command)), check=True, capture_output=True)
    except FileNotFoundError:
        return None
    return shim


def record(shim, folder, submissions, clients, synchronous="FULL"):
    """Let a process submit with the shim; give what it did, step by step."""
    data = Path(folder) / "data"
    data.mkdir()
    environment = os.environ | {
        "LD_PRELOAD": str(shim),
        "WW_TRACE": str(Path(folder) / "trace"),
        "WW_BELOW": str(data),
    }
    command = [sys.executable, __file__, "--submit", str(data), str(submissions), str(clients)]
    command += ["--synchronous", synchronous]
    subprocess.run(command, check=True, env=environment)
    return read_trace((Path(folder) / "trace").read_bytes())


def read_trace(written):
    steps, place = [], 0
    while place < len(written):
        end = written.index(b"\n", place)
        op, file, offset, length = written[place:end].decode().split(" ")
        place = end + 1
        size = int(length) if op == "W" else 0
        steps.append(Step(op, file, int(offset), written[place : place + size]))
        place += size
    return steps


def submit(data, submissions, clients, synchronous):
    """Submit, and write every acknowledgement to a file of its own."""
    from waardeweging.process import workshop as process
    from waardeweging.process.moments import now
    from waardeweging.store import database, open_store

    if synchronous != "FULL":
        prepare = database._prepare_writer

        def careless(connection, extra):
            prepare(connection, extra)
            connection.execute(f"PRAGMA synchronous={synchronous}")

        database._prepare_writer = careless
    handle = os.open(f"{data}/acknowledged", os.O_WRONLY | os.O_CREAT)
    store = open_store(f"sqlite:///{data}/hall.sqlite", floor=0)
    workshop = store.create("Power", {"scenario.toml": b""}, exploration=True).id
    cards = store.issue(workshop, "residents", "", clients)
    seats = [store.enter(workshop, card.code).seat for card in cards]
    store.change(
        workshop, "facilitator", lambda state: process.open_sheet(state, SHEET, None, now())
    )
    os.write(handle, json.dumps(["open", workshop]).encode() + b"\n")
    lock = threading.Lock()

    def submit_all(client):
        for turn in range(1, submissions // clients + 1):
            points = {"values": {"costs": 100}, "criteria": {"price": turn % 101, "noise": 100}}
            receipt = store.submit(seats[client], SHEET, points, f"c{client}-{turn}")
            with lock:
                os.write(handle, json.dumps([receipt.number, receipt.text]).encode() + b"\n")

    threads = [threading.Thread(target=submit_all, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # No clean end: the power goes, and nothing is tidied up.
    os._exit(0)


def image(steps, moment, folder, rng):
    """Write the files as they may be after the power went at a moment."""
    before = steps[:moment]
    for file in {step.file for step in before} - {"acknowledged", "hall.sqlite-shm"}:
        mine = [step for step in before if step.file == file]
        # SQLite syncs the folder with every file that it removes, before it goes on.
        gone = max((place for place, step in enumerate(mine) if step.op == "U"), default=-1)
        if not (mine := mine[gone + 1 :]):
            continue
        synced = max((place for place, step in enumerate(mine) if step.op == "S"), default=-1)
        content = bytearray()
        for place, step in enumerate(mine):
            _apply(content, step, None if place <= synced else rng)
        (Path(folder) / file).write_bytes(content)


def _apply(content, step, rng):
    if step.op == "T" and (rng is None or rng.random() < 0.5):
        del content[step.offset :]
        content.extend(bytes(step.offset - len(content)))
    if step.op != "W":
        return
    for start in range(0, len(step.bytes), SECTOR):
        if rng is None or rng.random() < 0.5:
            part, at = step.bytes[start : start + SECTOR], step.offset + start
            content.extend(bytes(max(0, at + len(part) - len(content))))
            content[at : at + len(part)] = part


def acknowledged(steps, moment):
    lines = b"".join(step.bytes for step in steps[:moment] if step.file == "acknowledged")
    return [json.loads(line) for line in lines.splitlines()]


def look(folder, wanted):
    """Open what is left; give the acknowledged answers that are lost, and what does not fit."""
    from waardeweging.process.chain import receipt
    from waardeweging.store import open_store

    with open_store(f"sqlite:///{folder}/hall.sqlite", floor=0) as store:
        faults = len(store.integrity().faults)
        if not wanted:
            return 0, 0, faults
        if wanted[0][1] not in {workshop.id for workshop in store.workshops()}:
            return len(wanted), 0, faults
        records = [one for one in store.records(wanted[0][1]) if one.kind == "submitted"]
        kept = {(one.number, receipt(bytes.fromhex(one.body["leaf"]))) for one in records}
        twice = len(records) - len(kept)
        return sum(tuple(one) not in kept for one in wanted[1:]), twice, faults


def rounds(count, submissions=240, clients=4, seed=0, synchronous="FULL", traces=1):
    """Cut the power so many times; None where there is no compiler."""
    figures = {"acknowledged": 0, "rounds with loss": 0, "lost": 0, "twice": 0, "faults": 0}
    rng = random.Random(seed)  # noqa: S311
    with tempfile.TemporaryDirectory(prefix="ww-power-") as folder:
        shim = build(folder)
        if shim is None:
            return None
        for trace in range(traces):
            place = Path(folder) / str(trace)
            place.mkdir()
            steps = record(shim, place, submissions, clients, synchronous)
            for turn in range(count // traces):
                moment = rng.randrange(1, len(steps) + 1)
                left = place / f"left-{turn}"
                left.mkdir()
                image(steps, moment, left, rng)
                wanted = acknowledged(steps, moment)
                lost, twice, faults = look(left, wanted)
                figures["acknowledged"] += max(0, len(wanted) - 1)
                figures["rounds with loss"] += lost > 0
                figures["lost"] += lost
                figures["twice"] += twice
                figures["faults"] += faults
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", type=int, nargs="?", default=200)
    parser.add_argument("--submit", nargs=3)
    parser.add_argument("--synchronous", default="FULL")
    given = parser.parse_args()
    if given.submit:
        data, submissions, clients = given.submit
        submit(data, int(submissions), int(clients), given.synchronous)
    figures = rounds(given.rounds, traces=10, submissions=400, synchronous=given.synchronous)
    print(f"{given.rounds} rounds, synchronous={given.synchronous}: {figures}")


if __name__ == "__main__":
    main()
