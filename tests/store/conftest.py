import importlib.util
import os
from pathlib import Path

import pytest

from waardeweging.process import workshop as process
from waardeweging.process.moments import now
from waardeweging.store import open_store

HERE = Path(__file__).parent
FILES = {"scenario.toml": b'title = "Trial"\n', "framework.toml": b"values = []\n"}
WEIGHING = {"values": {"costs": 60, "comfort": 40}, "criteria": {"price": 100, "noise": 30}}


def load(name):
    spec = importlib.util.spec_from_file_location(f"store_{name}", HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def running_cluster():
    postgres = load("postgres")
    if postgres.binaries() is None:
        assert not os.environ.get("WAARDEWEGING_REQUIRE_POSTGRES"), "there is no PostgreSQL"
        pytest.skip("there is no PostgreSQL on this machine")
    cluster = postgres.Cluster("-c fsync=off")
    cluster.start()
    yield cluster
    cluster.remove()


@pytest.fixture
def cluster(running_cluster):
    yield running_cluster
    running_cluster.release()


@pytest.fixture
def sqlite_url(tmp_path):
    return f"sqlite:///{tmp_path}/hall.sqlite"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request):
    if request.param == "sqlite":
        return request.getfixturevalue("sqlite_url")
    return request.getfixturevalue("cluster").new_url()


@pytest.fixture
def store(url):
    with open_store(url, floor=0) as store:
        yield store


class Evening:
    """A workshop in a store, with cards that came in."""

    def __init__(self, store, residents=3, officials=2):
        self.store = store
        self.id = store.create("Trial", FILES, exploration=True).id
        self.cards = store.issue(self.id, "residents", "", residents)
        self.cards += store.issue(self.id, "municipality", "grid", officials)
        self.entries = [store.enter(self.id, card.code, "nl") for card in self.cards]
        self.seats = [entry.seat for entry in self.entries]

    def decide(self, decide, *arguments):
        return self.store.change(self.id, "facilitator", lambda state: decide(state, *arguments))

    def open(self, sheet="round-1"):
        return self.decide(process.open_sheet, sheet, None, now())

    def close(self, sheet="round-1"):
        return self.decide(process.close, sheet)

    def submit(self, person, points=50, key=None, sheet="round-1"):
        payload = WEIGHING | {"criteria": {"price": points, "noise": 100}}
        return self.store.submit(self.seats[person], sheet, payload, key or f"{sheet}-{points}")


@pytest.fixture
def evening(store):
    return Evening(store)


@pytest.fixture
def load_evening():
    return Evening
