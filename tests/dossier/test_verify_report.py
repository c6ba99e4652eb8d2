import json
from functools import cache

import pytest
from tests.dossier.bundles import crowd, documents, forged, golden

from waardeweging.analysis.analyse import analyse
from waardeweging.dossier.bundle import Level, build_bundle
from waardeweging.dossier.bundle.container import unpack
from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.document.write import dossier_files
from waardeweging.dossier.source import source_of
from waardeweging.dossier.verify import State, verify_bundle

JSON, PAGE = "report/dossier.json", "report/dossier.html"


@cache
def reported(name, level):
    scenario = {"crowd": crowd, "golden": golden}[name]()
    look, exact = Theme(name="Elders"), level is Level.FULL
    report = dossier_files(source_of(scenario), ("html", "json"), "nl", look, exact)
    return build_bundle(scenario, analyse(scenario), level=level, report=report)


def places(whole):
    return {check.place for check in verify_bundle(whole).of(State.WRONG)}


@pytest.mark.parametrize("name", ["crowd", "golden"])
@pytest.mark.parametrize("level", [None, Level.FULL])
def test_the_numbers_of_an_honest_dossier_are_right(name, level):
    report = verify_bundle(reported(name, level))

    assert not report.of(State.WRONG)
    assert {"report", "report_page"} <= {check.key for check in report.of(State.OK)}


def told(whole, change):
    facts = json.loads(unpack(whole)[JSON])
    change(facts)
    return forged(whole, {JSON: json.dumps(facts).encode()})


@pytest.mark.parametrize("level", [Level.AGGREGATES, Level.FULL])
def test_another_score_in_the_dossier_is_named(level):
    def change(facts):
        facts["outcome"]["scores"]["joint"][0] += 0.01

    found = places(told(reported("crowd", level), change))
    assert f"{JSON}/outcome/scores/joint/0" in found


def test_another_performance_in_the_dossier_is_named():
    def change(facts):
        facts["inputs"]["performances"][0][0]["mid"] += 1

    found = places(told(reported("crowd", None), change))
    assert any(place.startswith(f"{JSON}/inputs/performances/") for place in found)


def test_another_number_on_the_page_is_named():
    whole = reported("crowd", None)
    page = unpack(whole)[PAGE].decode()
    joint = documents(whole)["announced.json"]["scores"]["joint"]
    shown = f"{100 * max(joint):.0f}"
    changed = page.replace(f">{shown}<", ">99<", 1)
    assert changed != page

    assert any(place.startswith(PAGE) for place in places(forged(whole, {PAGE: changed.encode()})))


@pytest.mark.parametrize("written", [b"", b"[]", b"{}", b"nothing"])
def test_a_report_that_is_no_dossier_is_named(written):
    found = places(forged(reported("crowd", None), {JSON: written}))

    assert {JSON, PAGE} <= found


def test_what_is_laid_out_for_paper_is_not_called_checked():
    scenario = crowd()
    whole = build_bundle(scenario, analyse(scenario), report={"dossier.pdf": b"%PDF"})

    assert "report_rest" in {check.key for check in verify_bundle(whole).of(State.OPEN)}
