import json
import subprocess
import sys
from dataclasses import replace

import minisign
import pytest
from tests.dossier.bundles import (
    bundle,
    crowd,
    documents,
    forged,
    with_answers,
    with_rows,
    with_sides,
    without_weights,
)

from waardeweging import __version__
from waardeweging.analysis.analyse import analyse
from waardeweging.cli import main
from waardeweging.dossier.bundle import Level, build_bundle
from waardeweging.dossier.bundle.container import pack, unpack
from waardeweging.dossier.verify import Anchors, State, Step, verify_bundle
from waardeweging.dossier.verify.report import wrong
from waardeweging.dossier.verify.text import check_text, report_lines
from waardeweging.presentation.catalog import LANGUAGES, sentences
from waardeweging.problem.alternatives import DecisionProblem


def keys(whole, state=State.WRONG, anchors=None):
    return {check.key for check in verify_bundle(whole, anchors).of(state)}


def places(whole):
    return {check.place for check in verify_bundle(whole).of(State.WRONG)}


@pytest.mark.parametrize(
    ("whole", "not_checked"),
    [
        (with_answers, {"full"}),
        (with_rows, {"only_rows", "announced_rest"}),
        (with_sides, {"only_sides", "announced_rest"}),
        (without_weights, {"no_weights", "announced_rest"}),
    ],
)
def test_what_cannot_be_checked_is_named(whole, not_checked):
    report = verify_bundle(whole())

    assert report.is_right
    always = {"no_head", "unsigned", "inputs"}
    assert {check.key for check in report.of(State.OPEN)} == not_checked | always


def test_berkum_is_recalculated_from_its_bundle():
    report = verify_bundle(bundle("berkum", Level.FULL))

    assert report.is_right
    assert {"core", "outcome", "calculated", "draws"} <= {
        check.key for check in report.of(State.OK)
    }


def test_a_reader_changes_one_weight_and_is_caught(tmp_path, capsys):
    # As a reader does it: unpack, edit one number with any editor, verify.
    for name, given in unpack(with_answers()).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(given)
    assert run("verify", str(tmp_path)) == 0
    outcome = tmp_path / "outcome.json"
    weight = str(json.loads(outcome.read_bytes())["weights"]["joint"][0])
    outcome.write_text(outcome.read_text().replace(weight, "0.5", 1))

    status = run("verify", str(tmp_path), "--lang", "en")

    said = capsys.readouterr().out
    assert status == 1
    assert "outcome.json was changed" in said
    assert "outcome.json/weights/joint/0: it says 0.5" in said


def run(*arguments):
    with pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    return stopped.value.code


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_command_says_that_all_is_right(tmp_path, capsys, language):
    path = tmp_path / "bundle.zip"
    path.write_bytes(with_sides())

    assert run("verify", str(path), "--lang", language) == 0
    said = capsys.readouterr().out
    assert sentences(language)["verify.right"] in said
    assert verify_bundle(path).fingerprint in said


def test_the_command_refuses_what_is_not_there(tmp_path):
    assert run("verify", str(tmp_path / "none.zip")) == 2


def test_the_command_refuses_a_key_that_is_not_there(tmp_path):
    path = tmp_path / "bundle.zip"
    path.write_bytes(with_sides())

    assert run("verify", str(path), "--key", str(tmp_path / "none.pub")) == 2


def test_verifying_needs_neither_streamlit_nor_a_database(tmp_path):
    path = tmp_path / "bundle.zip"
    path.write_bytes(with_sides())
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path;"
            "from waardeweging.dossier.verify import verify_bundle;"
            f"assert verify_bundle(Path({str(path)!r})).is_right;"
            "print(sorted({'streamlit', 'sqlalchemy', 'psycopg', 'rocrate'} & set(sys.modules)))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "[]"


def test_the_published_fingerprint_is_recognised():
    fingerprint = verify_bundle(with_sides()).fingerprint

    assert "fingerprint" in keys(with_sides(), State.OK, Anchors(head=fingerprint))
    short = f"{fingerprint[:8]} {fingerprint[8:16]}".upper()
    assert "fingerprint" in keys(with_sides(), State.OK, Anchors(head=short))


@pytest.mark.parametrize("head", ["", "0", "00000000", "no head"])
def test_another_head_is_refused(head):
    assert keys(with_sides(), anchors=Anchors(head=head)) == {"other_head"}


def test_whoever_rebuilds_everything_is_caught_by_a_published_head_only():
    # Another honest bundle in its place: everything in it agrees.
    published = verify_bundle(with_rows()).fingerprint

    assert verify_bundle(with_sides()).is_right
    assert keys(with_sides(), anchors=Anchors(head=published)) == {"other_head"}


def test_a_bundle_without_a_log_knows_no_receipts():
    assert "no_log" in keys(with_sides(), State.OPEN, Anchors(receipt="AAAA-BBBB-CCCC-DDDD"))


def test_a_signature_of_the_municipality_is_recognised():
    pair = minisign.KeyPair.generate()
    signature = bytes(pair.secret_key.sign(with_sides(), trusted_comment="gemeente"))
    key = bytes(pair.public_key)

    right = Anchors(signature=signature, key=key)
    assert "signed" in keys(with_sides(), State.OK, right)
    assert keys(with_rows(), anchors=right) == {"bad_signature"}
    assert "no_key" in keys(with_sides(), State.OPEN, Anchors(signature=signature))


@pytest.mark.parametrize("signature", [b"", b"x", b"a\nb\nc\nd", bytes(300)])
def test_a_signature_in_another_form_is_refused(signature):
    key = bytes(minisign.KeyPair.generate().public_key)

    assert keys(with_sides(), anchors=Anchors(signature=signature, key=key)) == {"bad_signature"}


def test_a_signature_beside_the_bundle_is_found(tmp_path, capsys):
    pair = minisign.KeyPair.generate()
    path = tmp_path / "bundle.zip"
    path.write_bytes(with_sides())
    (tmp_path / "bundle.zip.minisig").write_bytes(bytes(pair.secret_key.sign(with_sides())))
    (tmp_path / "gemeente.pub").write_bytes(bytes(pair.public_key))

    assert run("verify", str(path), "--key", str(tmp_path / "gemeente.pub"), "--lang", "en") == 0
    assert "The signature is right" in capsys.readouterr().out


def changed(whole, name, change):
    held = documents(whole)
    change(held[name])
    return forged(whole, {name: held[name]})


def without(whole, name):
    return forged(whole, {name: None})


@pytest.mark.parametrize(
    "name", ["bundle.json", "ballots.json", "announced.json", "core.json", "inputs/rules.json"]
)
def test_a_file_that_is_left_out_is_named(name):
    assert name in places(without(with_sides(), name))


def test_a_file_without_a_place_is_named():
    files = unpack(with_sides()) | {"extra.json": b"{}"}

    assert places(pack(files)) == {"extra.json", "ro-crate-metadata.json"}


def test_a_manifest_with_a_stray_line_is_named():
    files = unpack(with_sides())
    files["manifest-sha256.txt"] += b"nothing\n"

    assert places(pack(files)) == {f"manifest-sha256.txt:{len(files)}"}


def test_a_manifest_in_another_order_is_named():
    files = unpack(with_sides())
    lines = files["manifest-sha256.txt"].splitlines(keepends=True)
    files["manifest-sha256.txt"] = b"".join(reversed(lines))

    assert places(pack(files)) == {"manifest-sha256.txt"}


def test_a_bundle_without_a_manifest_is_refused():
    files = unpack(with_sides())
    del files["manifest-sha256.txt"]
    report = verify_bundle(pack(files))

    assert not report.is_right
    assert report.fingerprint == ""


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("format_version", 2, "format"),
        ("level", "L3", ""),
        ("language", "xx", ""),
        ("version", "9.9", "version"),
        ("numpy", "1.0", "version"),
        ("sides_shown", False, "too_few"),
    ],
)
def test_a_head_that_says_something_else_is_named(field, value, key):
    whole = changed(with_sides(), "bundle.json", lambda held: held.update({field: value}))
    found = verify_bundle(whole).of(State.WRONG)

    assert key in {check.key for check in found}


def test_other_software_in_the_bill_is_named():
    def change(held):
        held["components"][0]["version"] = "0"

    assert keys(changed(with_sides(), "software-bill.json", change)) == {"bill"}


def test_other_software_on_this_computer_is_told_and_not_wrong():
    files = unpack(with_sides())
    lines = files["requirements.txt"].decode().splitlines()
    name, _, version = next(line for line in lines if line.startswith("babel==")).partition("==")
    held = documents(with_sides())["software-bill.json"]
    for one in held["components"]:
        if one["name"] == name:
            one["version"] = "0.1"
    listed = files["requirements.txt"].replace(f"babel=={version}".encode(), b"babel==0.1")
    whole = forged(with_sides(), {"software-bill.json": held, "requirements.txt": listed})

    assert verify_bundle(whole).is_right
    assert "software" in keys(whole, State.NOTE)


def test_a_near_tie_is_told():
    scenario = crowd()
    cells = {(c.alternative, c.criterion): c for row in scenario.problem.cells for c in row}
    first, second = (one.id for one in scenario.problem.alternatives[:2])
    for criterion in scenario.problem.framework.criteria:
        given = cells[first, criterion.id].model_copy(update={"alternative": second})
        cells[second, criterion.id] = given
    problem = scenario.problem
    twins = DecisionProblem.of(problem.framework, problem.alternatives, cells, problem.sources)
    scenario = replace(scenario, problem=twins, typed=cells)
    report = verify_bundle(build_bundle(scenario, analyse(scenario)))

    assert report.is_right
    (told,) = [one for one in report.of(State.NOTE) if one.key == "near_tie"]
    assert told.values["names"] == f"{first}, {second}"


def test_many_differences_are_counted():
    def change(held):
        held["value_scores"] = [[0.123] * len(row) for row in held["value_scores"]]

    assert "more" in keys(changed(with_sides(), "core.json", change), State.NOTE)


@pytest.mark.parametrize("key", ["winner", "ranking", "ties"])
def test_an_announced_order_that_does_not_fit_is_named(key):
    def change(held):
        held[key] = "nobody" if key == "winner" else ["nobody"]

    found = places(changed(with_sides(), "announced.json", change))
    assert found & {"announced.json/ranking", "announced.json/ties"}


def test_an_announced_order_against_its_scores_is_named():
    def change(held):
        held["ranking"] = held["ranking"][::-1]
        held["winner"] = held["ranking"][0]
        held["ties"] = []

    assert "order_of_scores" in keys(changed(with_sides(), "announced.json", change))


def test_too_few_announced_scores_are_named():
    def change(held):
        held["scores"]["joint"].pop()

    assert "announced.json/scores" in places(changed(with_sides(), "announced.json", change))


@pytest.mark.parametrize("end", [-0.05, 0.05])
def test_an_announced_score_outside_its_rounding_is_named(end):
    def change(held):
        held["scores"]["residents"][0] += end

    assert "score" in keys(changed(with_rows(), "announced.json", change))


def test_announced_weights_of_another_crowd_are_named():
    def change(held):
        held["weights"]["residents"] = [97, 1, 1, 1]

    assert "weight" in keys(changed(with_rows(), "announced.json", change))


def test_rows_of_too_few_people_are_named():
    def change(held):
        held["rows"]["residents"] = held["rows"]["residents"][:9]

    assert "too_few" in keys(changed(with_rows(), "ballots.json", change))


def test_rows_that_were_not_rounded_or_sorted_are_named():
    def change(held):
        first = held["rows"]["residents"][0].split()
        held["rows"]["residents"][0] = " ".join(["3", *first[1:]])
        held["rows"]["municipality"] = held["rows"]["municipality"][::-1]

    assert {"steps", "order"} <= keys(changed(with_rows(), "ballots.json", change))


def test_answers_in_a_public_bundle_are_named():
    given = documents(with_answers())["personal.json"]

    assert "personal.json" in places(forged(with_rows(), {"personal.json": given}))


@pytest.mark.parametrize("document", [[], 1, "x", None, {}, {"a": []}, [[[]]]])
@pytest.mark.parametrize("name", ["bundle.json", "ballots.json", "outcome.json", "draws.json"])
def test_any_json_in_any_place_is_a_finding_and_no_crash(name, document):
    whole = forged(with_rows(), {name: json.dumps(document).encode()})

    assert not verify_bundle(whole).is_right


def test_an_unknown_source_or_option_is_named():
    held = documents(with_sides())
    held["inputs/performances.json"][0]["source"] = "gossip"

    whole = forged(with_sides(), {"inputs/performances.json": held["inputs/performances.json"]})
    assert any(place.startswith("inputs/performances.json") for place in places(whole))


def test_more_calculation_than_a_dossier_asks_is_refused():
    whole = changed(with_sides(), "inputs/rules.json", lambda held: held.update(draws=1_000_000))
    options = documents(with_sides())["inputs/alternatives.json"]
    many = [options[0] | {"id": f"o{number}"} for number in range(201)]

    assert not verify_bundle(whole).is_right
    found = verify_bundle(forged(with_sides(), {"inputs/alternatives.json": many}))
    assert not found.is_right


def test_a_calculated_number_without_its_formula_is_named():
    def change(held):
        held[0]["is_calculated"] = True

    assert "no_formula" in keys(changed(with_sides(), "inputs/performances.json", change))


def test_a_calculated_number_that_does_not_follow_is_named():
    whole = bundle("berkum")
    held = documents(whole)["inputs/effects.json"]
    name = next(iter(held["parameters"]))
    held["parameters"][name]["high"] += 1
    found = places(forged(whole, {"inputs/effects.json": held}))

    assert any(place.startswith("inputs/performances.json/") for place in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_check_has_a_sentence(language):
    said = sentences(language)
    for whole in (with_answers(), with_rows(), with_sides(), b"nothing"):
        for check in verify_bundle(whole).checks:
            assert check_text(check, language)
    assert all(f"verify.step.{step.value}" in said for step in Step)
    assert all(f"verify.state_{state.value}" in said for state in State)


def test_the_lines_begin_with_the_verdict():
    lines = list(report_lines(verify_bundle(with_sides()), "bundle.zip", "en"))

    assert lines[0] == "Verification of bundle.zip"
    assert f"Made with version {__version__}." in lines
    assert "Everything that can be recalculated here is right." in lines


def test_what_a_bundle_quotes_cannot_turn_a_line_around():
    check = wrong(Step.SCHEMA, "unexpected", "a\u202eb")

    assert "\u202e" not in check_text(check, "en")
