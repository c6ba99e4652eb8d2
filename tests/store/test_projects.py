import pytest

from waardeweging.problem.errors import InputError
from waardeweging.process import workshop as process
from waardeweging.process.project import events as e
from waardeweging.process.project import kaders, rules
from waardeweging.process.project.state import Project
from waardeweging.process.streams import replay
from waardeweging.store import StoreError, open_store

AT = "2026-01-12T19:00:00.000Z"


def fill(store, project):
    for sheet, topics in kaders.TOPICS.items():
        for topic in topics:
            value = "advise" if topic == "promise" else ""
            line = e.KaderWritten(
                id=f"{sheet}-{topic}", sheet=sheet, topic=topic, text="Zo.", value=value
            )
            store.change_project(
                project, "municipality", lambda s, line=line: kaders.write(s, line)
            )


def agree(store, project):
    for sheet in e.KADERS:
        for side in ("residents", "municipality"):
            store.change_project(
                project, side, lambda s, sheet=sheet, side=side: kaders.vote(s, sheet, side, 5, 6)
            )


def test_a_project_is_kept_beside_workshops(store):
    project = store.begin_project("Berkum", neighbourhood="BU01930506", at=AT)
    workshop = store.create("Avond 1", {"scenario.toml": b""})
    assert store.projects() == (store.project(project.id),)
    assert [one.id for one in store.workshops()] == [workshop.id]
    assert project.began_at == AT
    assert store.integrity().faults == ()


def test_a_project_is_no_workshop_and_a_workshop_no_project(store):
    project = store.begin_project("Berkum")
    workshop = store.create("Avond 1", {"scenario.toml": b""})
    for ask, wrong in ((store.workshop, project.id), (store.project, workshop.id)):
        with pytest.raises(InputError, match="not here"):
            ask(wrong)


def test_what_is_decided_stands_in_the_chain_and_survives(url):
    with open_store(url, floor=0) as store:
        project = store.begin_project("Berkum").id
        decide = lambda s: rules.suggest(s, "half", "residents", "share", "0,5", "Gelijk.")  # noqa: E731
        store.change_project(project, "residents", decide, key="k")
        kept = store.change_project(project, "residents", decide, key="k")
        assert replay(Project, store.records(project)) == kept
    with open_store(url, floor=0) as store:
        assert store.project(project) == kept
        assert [one.by for one in store.records(project)] == ["administrator", "residents"]


def test_a_workshop_of_a_project_waits_for_agreed_kaders(store):
    project = store.begin_project("Berkum").id
    evening = store.create("Avond 1", {"scenario.toml": b""}).id
    store.add_workshop(project, evening, "Avond 1", "2026-02-02")
    store.change(evening, "facilitator", process.freeze)
    opening = lambda s: process.open_sheet(s, "round-1", None, AT)  # noqa: E731
    with pytest.raises(InputError) as caught:
        store.change(evening, "facilitator", opening)
    assert caught.value.code == "workshop.kaders_open"
    fill(store, project)
    agree(store, project)
    state = store.change_project(project, "administrator", kaders.freeze)
    assert store.workshop(evening).kaders.fingerprint == state.fingerprint
    assert store.change(evening, "facilitator", opening).sheets["round-1"].status == "open"
    store.change_project(project, "administrator", lambda s: kaders.revise(s, "Meer geld."))
    assert store.workshop(evening).kaders.fingerprint is None


def test_files_of_a_project_have_versions(store):
    project = store.begin_project("Berkum").id
    assert store.project_files(project) == {}
    store.keep_project_files(project, {"framework.toml": b"one"})
    with pytest.raises(InputError):
        store.keep_project_files(project, {"framework.toml": b"two"})
    store.keep_project_files(project, {"framework.toml": b"two"}, "Nieuw criterium.")
    assert store.project_files(project) == {"framework.toml": b"two"}
    assert store.project_files(project, 1) == {"framework.toml": b"one"}


def test_a_project_moves_to_another_store_as_it_was(store, tmp_path):
    project = store.begin_project("Berkum").id
    store.keep_project_files(project, {"framework.toml": b"one"})
    records = store.records(project)
    with open_store(f"sqlite:///{tmp_path}/other.sqlite", floor=0) as other:
        assert other.import_chain(records, store.project_files(project)) == store.project(project)
        assert other.records(project) == records
        assert other.project_files(project) == {"framework.toml": b"one"}
        with pytest.raises(StoreError):
            other.import_chain((records[1], records[0]))


def test_a_side_gets_a_link_of_its_own(store):
    project = store.begin_project("Berkum").id
    secret = store.staff_link(project, "residents", "2099-01-01T00:00:00.000Z")
    assert (store.staff(secret).workshop, store.staff(secret).role) == (project, "residents")
