"""Kill what keeps answers while people submit, again and again, and count what was lost.

    python tests/store/kills.py server 200 --clients 8      kill -9 of a server with SQLite
    python tests/store/kills.py postgres 50 --clients 8     immediate stops of PostgreSQL

Somebody who got no answer sends the same again, with the same key, as a phone does.
"""

import argparse
import contextlib
import importlib.util
import json
import multiprocessing
import os
import random
import signal
import socket
import socketserver
import sys
import tempfile
import threading
import time
from pathlib import Path

from waardeweging.process import workshop as process
from waardeweging.process.moments import now
from waardeweging.store import Store, StoreBusy, open_store

SHEET = "round-1"


def prepare(store, clients):
    """Make an open sheet; give the workshop and a token per client."""
    workshop = store.create("Kills", {"scenario.toml": b""}, exploration=True).id
    cards = store.issue(workshop, "residents", "", clients)
    tokens = [store.enter(workshop, card.code).token for card in cards]
    store.change(
        workshop, "facilitator", lambda state: process.open_sheet(state, SHEET, None, now())
    )
    return workshop, tokens


def payload(points):
    return {"values": {"costs": 100}, "criteria": {"price": points % 101, "noise": 100}}


class Clients:
    """People who submit one answer after another, and remember what was acknowledged."""

    def __init__(self, send, tokens):
        self._send = send
        self.acknowledged: list[list[tuple[str, int]]] = [[] for _ in tokens]
        self.repeated = 0
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._submit_all, args=(client, token), daemon=True)
            for client, token in enumerate(tokens)
        ]
        for thread in self._threads:
            thread.start()

    def _submit_all(self, client, token):
        turn = 0
        while not self._over.is_set():
            turn += 1
            self.acknowledged[client].append(
                (f"c{client}-{turn}", self._insist(token, client, turn))
            )

    def _insist(self, token, client, turn):
        while True:
            number = self._send(token, payload(turn), f"c{client}-{turn}")
            if number is not None:
                return number
            self.repeated += 1
            time.sleep(0.01)

    def count(self):
        return sum(map(len, self.acknowledged))

    def finish(self):
        self._over.set()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive()


class _Handler(socketserver.StreamRequestHandler):
    def handle(self):
        assert isinstance(self.server, _Server)
        store = self.server.store
        for line in self.rfile:
            asked = json.loads(line)
            receipt = store.submit(
                store.seat(asked["token"]), SHEET, asked["payload"], asked["key"]
            )
            self.wfile.write(json.dumps(receipt.number).encode() + b"\n")


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    store: Store


def serve(url, address):
    """Keep a store and submit what comes in, until somebody kills this process."""
    with open_store(url, floor=0) as store:
        Path(address).unlink(missing_ok=True)
        with _Server(address, _Handler) as server:
            server.store = store
            server.serve_forever()


class _Line:
    """One connection per client, made anew after every kill."""

    def __init__(self, address):
        self._address = address
        self._files = {}

    def send(self, token, payload, key):
        try:
            if token not in self._files:
                self._files[token] = self._connect()
            stream = self._files[token]
            stream.write(json.dumps({"token": token, "payload": payload, "key": key}).encode())
            stream.write(b"\n")
            stream.flush()
            return json.loads(stream.readline())
        except (OSError, ValueError):
            self._drop(token)
            return None

    def _connect(self):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(self._address)
            # The file keeps the line open after this block.
            return line.makefile("rwb")

    def _drop(self, token):
        stream = self._files.pop(token, None)
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()

    def close(self):
        for token in tuple(self._files):
            self._drop(token)


def check(url, workshop, clients):
    """Compare what is kept with what was acknowledged."""
    with open_store(url, floor=0) as store:
        found = store.integrity()
        records = store.records(workshop)
        submitted = [record for record in records if record.kind == "submitted"]
        numbers = {record.number for record in submitted}
        acknowledged = [number for mine in clients.acknowledged for _, number in mine]
        store.change(workshop, "facilitator", lambda state: process.close(state, SHEET))
        current = [answer.payload for answer in store.answers(workshop, SHEET)]
        last = [payload(len(mine)) for mine in clients.acknowledged]
        return {
            "acknowledged": len(acknowledged),
            "repeated": clients.repeated,
            "lost": len([number for number in acknowledged if number not in numbers]),
            "twice": len(submitted) - len(set(acknowledged)),
            "faults": len(found.faults),
            "current answers": len(current),
            "last ones": _written(current) == _written(last),
        }


def _written(answers):
    return sorted(json.dumps(answer, sort_keys=True) for answer in answers)


def kill_server(rounds, clients, seed=0):
    """Kill a server with an SQLite file so many times during submissions."""
    rng = random.Random(seed)  # noqa: S311
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["waardeweging.store"])
    with tempfile.TemporaryDirectory(prefix="ww-kills-") as folder:
        url, address = f"sqlite:///{folder}/hall.sqlite", f"{folder}/line"
        with open_store(url, floor=0) as store:
            workshop, tokens = prepare(store, clients)
        line = _Line(address)
        people = Clients(line.send, tokens)
        for _ in range(rounds):
            server = context.Process(target=serve, args=(url, address), daemon=True)
            server.start()
            _until_more(people, rng.randrange(1, 6 * clients))
            time.sleep(rng.uniform(0, 0.02))
            os.kill(server.pid, signal.SIGKILL)
            server.join()
        server = context.Process(target=serve, args=(url, address), daemon=True)
        server.start()
        people.finish()
        line.close()
        os.kill(server.pid, signal.SIGKILL)
        server.join()
        return check(url, workshop, people)


def stop_postgres(cluster, rounds, clients, seed=0):
    """Stop PostgreSQL so many times, immediately, during submissions."""
    rng = random.Random(seed)  # noqa: S311
    url = cluster.new_url()
    with open_store(url) as store:
        workshop, tokens = prepare(store, clients)
        seats = {token: store.seat(token) for token in tokens}

        def send(token, payload, key):
            try:
                return store.submit(seats[token], SHEET, payload, key).number
            except StoreBusy:
                return None

        people = Clients(send, tokens)
        for _ in range(rounds):
            _until_more(people, rng.randrange(1, 6 * clients))
            time.sleep(rng.uniform(0, 0.02))
            cluster.stop("immediate")
            cluster.start()
        people.finish()
    return check(url, workshop, people)


def _until_more(people, more):
    wanted, began = people.count() + more, time.monotonic()
    while people.count() < wanted:
        assert time.monotonic() - began < 60, "nothing was acknowledged for a minute"
        time.sleep(0.002)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["server", "postgres"])
    parser.add_argument("rounds", type=int)
    parser.add_argument("--clients", type=int, default=8)
    given = parser.parse_args()
    began = time.monotonic()
    if given.what == "server":
        figures = kill_server(given.rounds, given.clients)
    else:
        spec = importlib.util.spec_from_file_location(
            "postgres", Path(__file__).with_name("postgres.py")
        )
        postgres = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(postgres)
        cluster = postgres.Cluster()
        cluster.start()
        try:
            figures = stop_postgres(cluster, given.rounds, given.clients)
        finally:
            cluster.remove()
    print(f"{given.rounds} rounds in {time.monotonic() - began:.0f} s: {figures}")
    is_right = figures["last ones"] and figures["current answers"] == given.clients
    return int(bool(figures["lost"] or figures["twice"] or figures["faults"] or not is_right))


if __name__ == "__main__":
    sys.exit(main())
