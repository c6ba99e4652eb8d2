import dataclasses
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest
from tests.dossier.bundles import (
    SCENARIOS,
    berkum,
    bundle,
    crowd,
    documents,
    golden,
    with_answers,
    with_rows,
    with_sides,
)
from tests.dossier.workshop import evening, workshop_bundle

from waardeweging import __version__
from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.scenario import Scenario, read_scenario
from waardeweging.dossier.bundle import Level, build_bundle, write_bundle
from waardeweging.dossier.bundle.container import LARGEST, pack, unpack
from waardeweging.dossier.bundle.documents import read_json, write_json
from waardeweging.dossier.bundle.inputs import (
    DERIVED,
    ELSEWHERE,
    RULES,
    input_documents,
    personal_fields,
    read_inputs,
)
from waardeweging.dossier.bundle.recalculate import read_held
from waardeweging.presentation.outcome_json import outcome_json
from waardeweging.problem.errors import InputError

BUILD = """
import hashlib, sys
from pathlib import Path
from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.scenario import read_scenario
from waardeweging.dossier.bundle import build_bundle
scenario = read_scenario(Path(sys.argv[1])).with_draws(50)
print(hashlib.sha256(build_bundle(scenario, analyse(scenario))).hexdigest())
"""


def test_two_processes_make_the_same_bytes(tmp_path):
    made = [
        subprocess.Popen(
            [sys.executable, "-c", BUILD, str(SCENARIOS / "golden")],
            env=os.environ
            | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": words}
            | dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), threads),
            cwd=folder,
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed, zone, words, threads, folder in (
            ("1", "Asia/Tokyo", "C.UTF-8", "1", tmp_path),
            ("2", "America/Lima", "C", "2", SCENARIOS),
        )
    ]
    first, second = (process.communicate()[0] for process in made)

    assert len(first.strip()) == 64
    assert first == second


def test_the_common_tool_checks_the_manifest(tmp_path):
    with zipfile.ZipFile(write_bundle_to(tmp_path)) as archive:
        archive.extractall(tmp_path / "out")
    done = subprocess.run(
        ["sha256sum", "--strict", "-c", "manifest-sha256.txt"],
        cwd=tmp_path / "out",
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0
    assert done.stdout.count(": OK") == len(archive.namelist()) - 1


def write_bundle_to(folder):
    scenario = golden()
    return write_bundle(scenario, analyse(scenario), folder / "bundle.zip")


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path):
    (tmp_path / "bundle.zip").mkdir()

    with pytest.raises(OSError, match=r"bundle\.zip"):
        write_bundle_to(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["bundle.zip"]


@pytest.mark.parametrize("scenario", [golden, berkum])
def test_inputs_come_back_as_they_were(scenario):
    before = scenario()
    after = read_inputs(json.loads(write_json(input_documents(before))))

    assert after.problem == before.problem
    assert after.typed == before.typed
    assert dict(after.calculations) == dict(before.calculations)
    assert all(getattr(after, name) == getattr(before, name) for name in RULES)


@pytest.mark.parametrize("variant", ["gas-price-high", None])
def test_a_variant_is_written_as_it_was_applied(variant):
    known = [one.id for one in berkum().variants]
    variant = variant if variant in known else known[0] if variant else None
    before = berkum().with_variant(variant)
    after = read_inputs(json.loads(write_json(input_documents(before))))

    assert after.problem == before.problem
    assert after.variant == variant
    assert dict(after.effects.parameters) == dict(before.effects.parameters)


def test_every_field_of_a_scenario_has_a_place():
    # A field that nobody placed is personal: it never leaves the house by accident.
    names = {field.name for field in dataclasses.fields(Scenario)}

    assert set(RULES) | set(ELSEWHERE) | set(DERIVED) <= names
    assert personal_fields() == ("participation", "compared")


def test_with_everything_the_outcome_is_that_of_analyse():
    scenario = read_scenario(SCENARIOS / "berkum").with_draws(50)
    held = documents(build_bundle(scenario, analyse(scenario), level=Level.FULL))
    again = analyse(read_held(held, Level.FULL))

    expected = json.loads(write_json(outcome_json(analyse(scenario), "nl")))
    assert held["outcome.json"] == expected
    assert json.loads(write_json(outcome_json(again, "nl"))) == expected


def test_a_seed_beyond_what_json_holds_survives():
    scenario = golden().with_seed(2**63 - 1)
    held = documents(build_bundle(scenario, analyse(scenario), level=Level.FULL))

    assert read_held(held, Level.FULL).seed == 2**63 - 1
    assert held["outcome.json"]["provenance"]["seed"] == str(2**63 - 1)


def test_a_public_bundle_names_nobody():
    names = [ballot.participant for ballot in crowd().ballots]
    for whole in (with_sides(), with_rows()):
        given = json.dumps([unpack(whole)["ballots.json"].decode(), list(unpack(whole))])
        assert not any(f'"{name}"' in given for name in names)
        assert "personal.json" not in unpack(whole)


def test_everything_names_everybody():
    held = documents(with_answers())

    assert len(held["ballots.json"]["ballots"]) == len(crowd().ballots)
    assert set(held["personal.json"]) == set(personal_fields())


@pytest.mark.parametrize("level", Level)
def test_the_log_goes_out_whole(level):
    # A record that stays inside would leave everything before it open to change.
    held = documents(workshop_bundle(level))["events.json"]["records"]

    assert [one["number"] for one in held] == list(range(1, len(evening().records) + 1))
    assert all("body" in one for one in held)


def test_answers_in_the_frozen_folder_stay_inside():
    assert "files/ballots.csv" not in unpack(workshop_bundle())
    assert "files/ballots.csv" in unpack(workshop_bundle(Level.FULL))


def test_the_software_is_listed_twice_and_agrees():
    held = documents(with_sides())["software-bill.json"]
    lines = unpack(with_sides())["requirements.txt"].decode().splitlines()

    assert held["bomFormat"] == "CycloneDX"
    assert f"waardeweging=={__version__}" in lines
    assert {f"{one['name']}=={one['version']}" for one in held["components"]} == {
        line for line in lines if not line.startswith("waardeweging==")
    }


def test_the_crate_describes_every_file():
    files = unpack(with_sides())
    graph = json.loads(files["ro-crate-metadata.json"])["@graph"]
    root = next(one for one in graph if one["@id"] == "./")

    assert {one["@id"] for one in root["hasPart"]} == files.keys() - {
        "ro-crate-metadata.json",
        "manifest-sha256.txt",
    }
    assert "datePublished" not in root


def test_a_date_is_given_and_never_made_up():
    scenario = golden()
    dated = documents(build_bundle(scenario, analyse(scenario), date="2026-11-20"))
    root = dated["ro-crate-metadata.json"]["@graph"][0]

    assert root["datePublished"] == "2026-11-20"


def test_rows_of_a_small_side_may_not_leave():
    scenario = berkum()

    with pytest.raises(InputError, match=r"fewer than 10 people; choose L0"):
        build_bundle(scenario, analyse(scenario), level=Level.ROWS)


def test_the_sentences_are_in_the_language_that_was_asked():
    scenario = golden()
    held = documents(build_bundle(scenario, analyse(scenario), language="en"))

    assert held["bundle.json"]["language"] == "en"
    assert held["outcome.json"]["title"] == scenario.title["en"]
    assert b"This bundle" in unpack(bundle_in("en"))["README.txt"]


def bundle_in(language):
    return build_bundle(golden(), analyse(golden()), language=language)


@pytest.mark.parametrize("name", ["", "../out", "/etc", "a//b", "a b", "é", "x" * 121, ".hidden"])
def test_a_name_that_leads_elsewhere_is_not_packed(name):
    with pytest.raises(ValueError, match="cannot stand in a bundle"):
        pack({name: b""})


def test_what_is_packed_is_unpacked():
    files = {"b/c.txt": b"", "a.json": b"{}", "z": bytes(10_000)}

    assert unpack(pack(files)) == files
    assert LARGEST > 10_000


@pytest.mark.parametrize(
    "written",
    [
        b'{"a":1,"a":1}',
        b"NaN",
        b"1e999",
        b"[1, 2]",
        b'{"b":1,"a":2}',
        b"1.0",
        b"\xff",
        b"{",
        b"[" * 100_000,
        b"9" * 5_000,
        '"e\u0301"'.encode(),
    ],
)
def test_json_in_any_other_notation_is_refused(written):
    with pytest.raises(InputError):
        read_json(written, "a.json")


def test_a_scenario_with_other_ballots_gives_another_bundle():
    fewer = replace(crowd(), ballots=crowd().ballots[:-1])

    assert build_bundle(fewer, analyse(fewer)) != bundle("crowd")
