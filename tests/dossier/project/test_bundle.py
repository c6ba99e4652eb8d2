"""The bundle of a project: anyone recalculates it, and whoever changes something is caught."""

import hashlib
import json
from functools import cache

import pytest
from tests.dossier.project.played import TODAY, played, source
from typer.testing import CliRunner

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.app.hall.folders import gather
from waardeweging.cli import main
from waardeweging.dossier.bundle.container import pack, unpack
from waardeweging.dossier.bundle.contents import MANIFEST
from waardeweging.dossier.bundle.crate import CRATE
from waardeweging.dossier.bundle.documents import write_json
from waardeweging.dossier.bundle.write import manifest
from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.project.making import BUNDLE, find_project, project_dossier
from waardeweging.dossier.project.source import ProjectSource, source_of_project
from waardeweging.dossier.verify import Anchors, State, verify_bundle
from waardeweging.process.chain import link
from waardeweging.process.project import kaders
from waardeweging.store import open_store

FORMS = ("html", "json")


def bundle_of(given, language="nl"):
    return project_dossier(given, FORMS, language, Theme(), TODAY)[BUNDLE]


@cache
def golden():
    return gather(bundled_scenarios() / "golden")


@cache
def files():
    """The files of a bundle whose project keeps options and performances too."""
    log = played()
    digests = {name: hashlib.sha256(given).hexdigest() for name, given in golden().items()}
    log.do(kaders.keep_files, digests)
    public = without_ballots(golden())
    return unpack(bundle_of(ProjectSource(tuple(log.records), (public,))), "bundle.zip")


def without_ballots(given):
    return {name: one for name, one in given.items() if "ballots" not in name}


def found(changed, **anchors):
    return verify_bundle(changed, Anchors(**anchors))


def places(report):
    return {check.place or check.values["place"] for check in report.of(State.WRONG)}


def sealed(changed):
    """Write crate and manifest anew, as somebody would who covers up a change."""
    rest = {name: given for name, given in changed.items() if name != MANIFEST}
    graph = json.loads(rest[CRATE])
    for one in graph["@graph"]:
        if one["@type"] == "File":
            one["contentSize"] = str(len(rest[one["@id"]]))
    rest[CRATE] = write_json(graph)
    return pack(rest | {MANIFEST: manifest(rest)})


def altered(name, change):
    document = json.loads(files()[name])
    change(document)
    return files() | {name: write_json(document)}


def relinked(document):
    """Make the hashes of a changed log fit again."""
    previous = bytes(32)
    for number, one in enumerate(document["records"], 1):
        one["number"] = number
        sign = link(
            previous, document["stream"], number, one["at"], one["by"], one["kind"], one["body"]
        )
        one["hash"], previous = sign.hex(), sign


def test_a_bundle_is_right_and_everything_in_it_was_recalculated():
    report = found(sealed(files()))

    assert report.is_right, [check.key for check in report.of(State.WRONG)]
    assert {"chain", "files", "project_facts", "suppression"} <= {
        check.key for check in report.of(State.OK)
    }
    assert "no_receipt" not in {check.key for check in report.of(State.OPEN)}
    assert any(name.startswith("files/1/") for name in files())


def test_the_head_of_the_log_is_found_in_it():
    head = json.loads(files()["project.json"])["log"]["head"]

    assert found(sealed(files()), head=head).is_right
    assert not found(sealed(files()), head="0" * 64).is_right


def test_a_bundle_without_its_log_says_what_cannot_be_recalculated():
    whole = bundle_of(source(small=True))
    report = found(whole)

    assert "events.json" not in unpack(whole, "bundle.zip")
    assert report.is_right
    assert "project_no_log" in {check.key for check in report.of(State.OPEN)}


def dropped(document):
    del document["records"][20]
    relinked(document)


def swapped(document):
    records = document["records"]
    records[2], records[3] = records[3], records[2]
    relinked(document)


def other_vote(document):
    vote = next(one for one in document["records"] if one["kind"] == "rule_voted")
    vote["body"]["agree"] += 1
    relinked(document)


def small_vote(document):
    vote = next(one for one in document["records"] if one["kind"] == "rule_voted")
    vote["body"] |= {"agree": 3, "of": 3}
    relinked(document)


def other_line(document):
    line = next(one for one in document["records"] if one["kind"] == "kader_written")
    line["body"]["text"] = "Iets anders."
    relinked(document)


def no_majority(document):
    for one in document["records"]:
        if one["kind"] == "sheet_voted":
            one["body"]["agree"] = 0
    relinked(document)


def unlinked(document):
    document["records"][5]["by"] = "nobody"


def earlier(document):
    document["records"][-1]["at"] = "2020-01-01T00:00:00.000Z"
    relinked(document)


def unknown(document):
    document["records"][-1]["kind"] = "magic"
    relinked(document)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (dropped, "events.json/39"),
        (swapped, "project.json/log/head"),
        (other_vote, "project.json/log/head"),
        (small_vote, "events.json"),
        (other_line, "events.json/40"),
        (no_majority, "events.json/40"),
        (unlinked, "events.json/6"),
        (earlier, "events.json/"),
        (unknown, "events.json/"),
    ],
)
def test_a_log_that_was_changed_is_caught_though_its_hashes_fit(change, place):
    report = found(sealed(altered("events.json", change)))

    assert any(one.startswith(place) for one in places(report)), places(report)


def _answer(document):
    document["inputs"]["rows"][0]["because"] = "Daarom."


def _weight(document):
    document["sessions"]["rows"][0]["weights"]["residents"]["kosten"] = 61


def _day(document):
    document["date"] = "2026-11-24"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (_answer, "project.json/inputs/rows/0/because"),
        (_weight, "project.json/sessions/rows/0/weights/residents/kosten"),
        (_day, "project.json/date"),
    ],
)
def test_facts_that_were_changed_are_caught_with_their_place(change, place):
    report = found(sealed(altered("project.json", change)))

    assert place in places(report)


def test_a_page_that_was_changed_is_caught():
    page = files()["report/dossier.html"].replace(b"20 van 24", b"21 van 24", 1)
    report = found(sealed(files() | {"report/dossier.html": page}))

    assert any(one.startswith("report/dossier.html#/") for one in places(report))


def test_a_kept_file_that_was_changed_left_out_or_added_is_caught():
    name = next(name for name in files() if name.endswith("performances.csv"))
    other = {key: one for key, one in files().items() if key != name}
    graph = json.loads(other[CRATE])
    graph["@graph"] = [one for one in graph["@graph"] if one["@id"] != name]
    for changed, where in (
        (files() | {name: files()[name] + b"\n"}, name),
        (other | {CRATE: write_json(graph)}, name),
        (files() | {"files/2/framework.toml": b""}, "files/2/framework.toml"),
    ):
        rest = {key: one for key, one in changed.items() if key != MANIFEST}
        report = found(pack(rest | {MANIFEST: manifest(rest)}))
        assert where in places(report)


def test_what_is_no_project_after_all_is_refused_safely():
    for name, change in (
        ("bundle.json", lambda one: one.update(date="gisteren")),
        ("bundle.json", lambda one: one.update(version="9.9")),
        ("events.json", lambda one: one.update(records=[])),
        ("project.json", lambda one: one.clear()),
    ):
        assert not found(sealed(altered(name, change))).is_right
    assert not found(b"PK").is_right


def test_the_command_writes_the_dossier_of_a_project_that_is_kept(tmp_path):
    url = f"sqlite:///{tmp_path / 'hall.sqlite'}"
    with open_store(url, floor=0) as store:
        project = store.import_chain(played().records).id
        store.keep_project_files(project, golden())
        assert source_of_project(store, project).names("nl")["options"]
        assert find_project(store, "warm BERKUM") == store.project(project)
        store.create("Warm Berkum", golden())
        assert find_project(store, "warm berkum") is None
        assert find_project(store, "nergens") is None
    out = tmp_path / "out"
    given = ["dossier", project, "--out", str(out), "--format", "json", "--database", url]
    done = CliRunner().invoke(main, given)

    assert done.exit_code == 0, done.output
    assert {path.name for path in out.iterdir()} == {"dossier.json", "bundle.zip"}
    assert verify_bundle(out / "bundle.zip").is_right
