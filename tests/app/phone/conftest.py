"""A workshop in a real store, and phones that come in through the real doors."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from tests.app.phone.phones import Evening, Phone

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.app.hall.folders import gather
from waardeweging.app.phone.hall import Hall
from waardeweging.app.phone.routes import phone_routes
from waardeweging.app.shell import Shell
from waardeweging.store import Store, open_store


@pytest.fixture(scope="session")
def berkum_files() -> dict[str, bytes]:
    return gather(bundled_scenarios() / "berkum")


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store on disk; every test has a workshop of its own in it."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('hall') / 'hall.db'}") as opened:
        yield opened


@pytest.fixture
def evening(store: Store, berkum_files: dict[str, bytes]) -> Evening:
    """An evening about Berkum, before anything happened; marked as exploration."""
    state = store.create("Avond in Berkum", berkum_files, exploration=True)
    cards = store.issue(state.id, "residents", count=8)
    cards += store.issue(state.id, "municipality", "Ruimte", 2)
    cards += store.issue(state.id, "Corporatie", "", 1)
    clock = [1000.0]
    hall = Hall(lambda: store, lambda: clock[0])
    app = Starlette(routes=phone_routes(hall), middleware=[Middleware(Shell)])
    return Evening(store, state.id, state.room_code, cards, app, clock)


@pytest.fixture
def phone(evening: Evening) -> Phone:
    """A resident who came in."""
    found = Phone(evening)
    found.enter(evening.card())
    return found
