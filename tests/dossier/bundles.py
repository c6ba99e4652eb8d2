"""Bundles to verify and to tamper with, made once."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.scenario import read_scenario
from waardeweging.dossier.bundle import Level, build_bundle
from waardeweging.dossier.bundle.container import pack, unpack
from waardeweging.dossier.bundle.documents import write_json
from waardeweging.dossier.bundle.write import manifest
from waardeweging.elicitation.ballots import Ballot

SCENARIOS = Path(__file__).parents[2] / "scenarios"
FEW_DRAWS = 50


@cache
def golden():
    return read_scenario(SCENARIOS / "golden").with_draws(FEW_DRAWS)


@cache
def berkum():
    return read_scenario(SCENARIOS / "berkum").with_draws(FEW_DRAWS)


@cache
def crowd(residents=14, officials=11):
    """The worked example with enough people on both sides to publish rows."""
    scenario = golden()
    criteria = [criterion.id for criterion in scenario.problem.framework.criteria]
    sides = ["residents"] * residents + ["municipality"] * officials
    ballots = tuple(
        Ballot(
            participant=f"p{number}",
            side=side,
            criteria=criteria,
            answers=[float(1 + (7 * number + 13 * j * number + 5 * j) % 97) for j in range(4)],
        )
        for number, side in enumerate(sides)
    )
    return replace(scenario, ballots=ballots)


@cache
def bundle(name, level=None):
    scenario = {"golden": golden, "berkum": berkum, "crowd": crowd}[name]()
    return build_bundle(scenario, analyse(scenario), level=level)


@cache
def with_answers():
    return bundle("crowd", Level.FULL)


@cache
def with_rows():
    return bundle("crowd", Level.ROWS)


@cache
def with_sides():
    return bundle("crowd", Level.AGGREGATES)


@cache
def without_weights():
    return bundle("golden")


def documents(whole):
    return {
        name: json.loads(given) for name, given in unpack(whole).items() if name.endswith(".json")
    }


def forged(whole, changed):
    """Put other documents in a bundle, and make everything that describes it agree."""
    files = unpack(whole)
    for name, document in changed.items():
        if document is None:
            del files[name]
        else:
            files[name] = document if isinstance(document, bytes) else write_json(document)
    return sealed(files)


def sealed(files):
    files = {name: given for name, given in files.items() if name != "manifest-sha256.txt"}
    crate = json.loads(files["ro-crate-metadata.json"])
    named = [one for one in crate["@graph"] if one["@type"] == "File"]
    for one in named:
        if one["@id"] in files:
            one["contentSize"] = str(len(files[one["@id"]]))
    crate["@graph"] = [
        one for one in crate["@graph"] if one["@type"] != "File" or one["@id"] in files
    ]
    crate["@graph"] += [
        {"@id": name, "@type": "File", "contentSize": str(len(files[name]))}
        for name in sorted(files.keys() - {one["@id"] for one in named})
        if name != "ro-crate-metadata.json"
    ]
    files["ro-crate-metadata.json"] = write_json(crate)
    return pack(files | {"manifest-sha256.txt": manifest(files)})
