import hashlib
import json

import pytest

from waardeweging.dossier.bundle.container import pack, unpack
from waardeweging.dossier.bundle.events import events_document
from waardeweging.dossier.project_archive import (
    ProjectArchive,
    export_project,
    import_project,
    pack_project,
    read_archive,
    unpack_project,
)
from waardeweging.problem.errors import InputError
from waardeweging.process.canonical import canonical
from waardeweging.process.chain import Recorded, link
from waardeweging.process.project import events as e
from waardeweging.process.project import kaders
from waardeweging.store import open_store

AT = "2026-01-12T19:00:00.000Z"


def make(store):
    """A project with two versions of its files, of which one file stays the same."""
    project = store.begin_project("Bérkum", neighbourhood="BU01930506", at=AT).id
    line = e.KaderWritten(id="a", sheet="content", topic="options", text="Vier opties.")
    store.change_project(project, "municipality", lambda s: kaders.write(s, line), at=AT)
    store.keep_project_files(project, {"a.toml": b"one", "b.csv": b"same"})
    store.keep_project_files(project, {"a.toml": b"two", "b.csv": b"same"}, "Beter.")
    return project


@pytest.fixture
def whole(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/whole.db", floor=0) as store:
        return export_project(store, make(store))


def refused(code, call, *arguments):
    with pytest.raises(InputError) as caught:
        call(*arguments)
    assert caught.value.code == code


def changed(whole, **parts):
    """The same archive, with other parts; None leaves a part out."""
    files = unpack(whole)
    files |= {name.replace("_", "."): part for name, part in parts.items()}
    return pack({name: part for name, part in files.items() if part is not None})


def chain(records):
    """Link records again, as a forger would."""
    done, previous = [], bytes(32)
    for number, (kind, body) in enumerate(records, 1):
        sign = link(previous, "p", number, AT, "administrator", kind, body)
        done.append(Recorded("p", number, AT, "administrator", kind, body, previous, sign))
        previous = sign
    return tuple(done)


def forge(records):
    """An archive whose chain fits, without asking whether anybody could have decided it."""
    manifest = {
        "format": "waardeweging-project-archive/1",
        "project": "p",
        "title": "B",
        "records": len(records),
        "head": records[-1].hash.hex(),
        "files": [],
    }
    parts = {"manifest.json": manifest, "chain.json": events_document(records)}
    return pack({name: canonical(part) for name, part in parts.items()})


def test_a_project_goes_out_and_comes_in_as_it_was(store, tmp_path):
    project = make(store)
    path = tmp_path / "p.zip"
    path.write_bytes(export_project(store, project))

    with open_store(f"sqlite:///{tmp_path}/other.db", floor=0) as other:
        arrived = import_project(other, read_archive(path, store.project(project).head))

        assert arrived == store.project(project)
        assert other.records(project) == store.records(project)
        assert other.project_files(project, 1) == {"a.toml": b"one", "b.csv": b"same"}
        assert other.project_files(project, 2) == {"a.toml": b"two", "b.csv": b"same"}
        assert export_project(other, project) == path.read_bytes()
        assert other.integrity().faults == ()
        refused("store.project_here", import_project, other, read_archive(path))
        assert other.records(project) == store.records(project)


def test_a_project_from_sqlite_arrives_in_any_store(store, whole):
    archive = unpack_project(whole, "p.zip")

    state = import_project(store, archive)

    assert state == archive.state
    assert export_project(store, state.id) == whole


def test_another_head_than_was_published_is_refused(whole, tmp_path):
    path = tmp_path / "p.zip"
    path.write_bytes(whole)

    refused("archive.head", read_archive, path, "0" * 64)


def test_what_was_changed_in_any_part_is_refused(whole):
    parts = unpack(whole)
    manifest, events = json.loads(parts["manifest.json"]), json.loads(parts["chain.json"])
    events["records"][1]["body"]["text"] = "Vijf opties."
    (digest, *_) = manifest["files"]
    extra = b"more"
    more = f"files/{hashlib.sha256(extra).hexdigest()}"
    told = {**manifest, "files": sorted([*manifest["files"], hashlib.sha256(extra).hexdigest()])}
    gone = {**manifest, "files": manifest["files"][1:]}

    def refuse(**other):
        refused("archive.changed", unpack_project, changed(whole, **other), "p.zip")

    refuse(chain_json=canonical(events))
    refuse(chain_json=b"[" * 5000)
    refuse(manifest_json=canonical({**manifest, "title": "Ander"}))
    refuse(manifest_json=canonical({**manifest, "files": []}))
    refuse(manifest_json=canonical({**manifest, "format": "x"}))
    refuse(manifest_json=b"\xff")
    refuse(**{f"files/{digest}": b"other"})
    refuse(**{f"files/{digest}": None, "manifest_json": canonical(gone)})
    refuse(**{more: extra, "manifest_json": canonical(told)})
    refuse(note_txt=b"hello")


def test_another_zip_or_a_newer_chain_is_refused_before_anything_is_written(whole, store):
    refused("archive.other", unpack_project, pack({"a.txt": b"x"}), "p.zip")
    refused("archive.other", unpack_project, changed(whole, chain_json=None), "p.zip")
    fields = {"title": "B", "language": "nl", "neighbourhood": "", "exploration": False}
    vote = {"id": "r", "side": "residents", "agree": 1, "of": 1}
    for later in (("teleported", {}), ("rule_voted", vote)):
        forged = forge(chain([("project_began", fields), later]))
        refused("archive.newer", unpack_project, forged, "p.zip")
    assert store.projects() == ()


def test_numbers_and_moments_that_no_chain_can_hold_are_refused(whole):
    for field, value, written in (
        ("body", {"n": float("nan")}, json.dumps),
        ("body", {"n": 10**400}, json.dumps),
        ("at", "today", lambda events: canonical(events).decode()),
    ):
        events = json.loads(unpack(whole)["chain.json"])
        events["records"][1][field] = value
        forged = changed(whole, chain_json=written(events).encode())

        refused("archive.changed", unpack_project, forged, "p.zip")


def test_what_other_readers_could_take_otherwise_is_refused(whole):
    chained = unpack(whole)["chain.json"]
    twice = chained.replace(b'{"at":', b'{"at":"2020-01-01T00:00:00.000Z","at":', 1)

    for forged in (b"\xef\xbb\xbf" + chained, twice, chained + b"\n"):
        assert forged != chained
        refused("archive.changed", unpack_project, changed(whole, chain_json=forged), "p.zip")


def test_an_empty_chain_is_refused(whole):
    empty = canonical({"stream": "p", "records": []})

    refused("archive.changed", unpack_project, changed(whole, chain_json=empty), "p.zip")


@pytest.mark.parametrize(
    ("whole", "code"),
    [(b"", "bundle.damaged"), (b"PK\x03\x04" + bytes(40), "bundle.damaged")],
)
def test_what_is_no_zip_is_refused(whole, code):
    refused(code, unpack_project, whole, "p.zip")


def test_more_than_fits_is_refused_with_another_way(whole):
    archive = unpack_project(whole, "p.zip")
    many = {hashlib.sha256(bytes([n])).hexdigest(): bytes([n]) for n in range(250)}

    refused("archive.size", pack_project, ProjectArchive(archive.records, many))
