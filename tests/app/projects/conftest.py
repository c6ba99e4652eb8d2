"""A project in a real store, and its page opened with the link of a role."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from tests.app.hall.conftest import SECONDS, _said, files_of

from waardeweging.app import hall_store
from waardeweging.app.hall import results
from waardeweging.app.projects.begin import project_link
from waardeweging.process.project import events as e
from waardeweging.process.project import kaders
from waardeweging.process.project.state import Project
from waardeweging.store import Store, open_store

TITLE = "Buurt <b>warm</b>"


def error(test: AppTest) -> str:
    """Give the first fault on a page as people read it."""
    return str(test.error[0].value).replace("\\", "").replace("\u2060", "")


@dataclass
class Kept:
    """A project in the store, with shortcuts for what happens in it."""

    store: Store
    id: str

    @property
    def state(self) -> Project:
        return self.store.project(self.id)

    def do(self, decide, *arguments, by="administrator", **named) -> Project:
        return self.store.change_project(
            self.id, by, lambda state: decide(state, *arguments, **named)
        )

    def line(self, name, sheet="content", topic="options", **fields) -> Project:
        text = fields.pop("text", f"Dit is afgesproken over {topic}.")
        line = e.KaderWritten(id=name, sheet=sheet, topic=topic, text=text, **fields)
        return self.do(kaders.write, line)

    def fill(self) -> Project:
        for sheet, topics in kaders.TOPICS.items():
            for topic in topics:
                value = "advise" if topic == "promise" else ""
                self.line(f"{sheet}-{topic}", sheet, topic, value=value)
        return self.state

    def agree(self) -> Project:
        for sheet in e.KADERS:
            self.do(kaders.vote, sheet, "residents", 20, 24)
            self.do(kaders.vote, sheet, "municipality", 4, 6)
        return self.state

    def put_files(self, name="golden", reason="") -> Project:
        return self.store.keep_project_files(self.id, files_of(name), reason)


def _page(secret, language, part, show):
    """Show the page of a project; this body runs as a script of its own."""
    import streamlit as st

    from waardeweging.app.projects import page
    from waardeweging.app.session import current_session

    if secret:
        st.session_state["staff-secret"] = secret
    session = current_session()
    session.language = language
    st.query_params["lang"] = language
    if part:
        st.query_params["part"] = part
    if show:
        st.query_params["show"] = show
    page.page(session)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'project.db'}") as opened:
        hall_store.use_store(opened)
        yield opened
        hall_store.use_store(None)


@pytest.fixture
def project(store: Store) -> Kept:
    return Kept(store, store.begin_project(TITLE, neighbourhood="BU01930506").id)


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # A test page has no browser, and so no cookies.
    monkeypatch.setattr("waardeweging.app.hall.staff._cookies", dict)
    monkeypatch.setenv("WAARDEWEGING_PUBLIC_URL", "http://localhost:8501/")
    yield
    results.forget()


@pytest.fixture
def open_page(project: Kept) -> Callable[..., AppTest]:
    """Open the page of the project with a link for a role, at one of its parts."""

    def open_one(part="", role="administrator", language="nl", show="") -> AppTest:
        secret = project_link(project.store, project.id, role) if role else ""
        given = (secret, language, part, show)
        return AppTest.from_function(_page, args=given, default_timeout=SECONDS).run()

    return open_one


@pytest.fixture
def said() -> Callable[[AppTest], str]:
    return _said


@pytest.fixture
def submit() -> Callable[[AppTest, str], AppTest]:
    """Press the first button of a form."""

    def press(test: AppTest, form: str, nth: int = 0) -> AppTest:
        found = [one for one in test.button if one.proto.form_id == form]
        found[nth].click().run()
        assert not test.exception
        return test

    return press
