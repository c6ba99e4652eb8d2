"""All formats at once: the same bytes everywhere, nothing about few, nothing half-written."""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.document.write import FORMATS, dossier_files, write_files
from waardeweging.dossier.source import source_of
from waardeweging.problem.errors import InputError

SCENARIOS = Path(__file__).parents[3] / "scenarios"
MAKE = """
import hashlib, json, sys
from pathlib import Path
from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.document.write import FORMATS, dossier_files
from waardeweging.dossier.source import source_of_folder
made = dossier_files(source_of_folder(Path(sys.argv[1])), FORMATS, "nl", Theme(name="Gemeente"))
print(json.dumps({name: hashlib.sha256(file).hexdigest() for name, file in made.items()}))
"""


@pytest.fixture(scope="module")
def files(golden):
    return dossier_files(golden, FORMATS, "nl", Theme(name="Gemeente"))


def test_another_process_makes_the_same_bytes(files, tmp_path):
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "77",
        "TZ": "Pacific/Apia",
        "LC_ALL": "C",
        "LANG": "tr_TR.UTF-8",
        "SOURCE_DATE_EPOCH": "1",
        **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"), "1"),
    }
    done = subprocess.run(
        [sys.executable, "-c", MAKE, str(SCENARIOS / "golden")],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout) == {
        name: hashlib.sha256(file).hexdigest() for name, file in files.items()
    }


def texts_of(files):
    """Everything that can be read from the files of a dossier, metadata included."""
    yield files["dossier.html"].decode()
    yield files["dossier.json"].decode()
    reader = pypdf.PdfReader(io.BytesIO(files["dossier.pdf"]))
    yield " ".join(page.extract_text() for page in reader.pages)
    yield str(reader.metadata)
    for name in ("dossier.docx", "collegevoorstel.docx"):
        with zipfile.ZipFile(io.BytesIO(files[name])) as archive:
            for part in archive.namelist():
                if part.endswith((".xml", ".rels")):
                    yield re.sub(r"<[^>]+>", " ", archive.read(part).decode())


def test_no_file_tells_about_a_side_of_four_people(berkum):
    ballots = berkum.scenario.ballots
    officials = [one for one in ballots if one.side == "municipality"]
    few = source_of(
        replace(berkum.scenario, ballots=tuple(b for b in ballots if b not in officials[4:]))
    )
    made = dossier_files(few, FORMATS, "nl", Theme())
    whole = "\n".join(texts_of(made))

    assert "minder dan 5" in whole
    weighing, result = few.outcome.weighing, few.outcome.result
    for figures in (weighing.municipality, weighing.residents, result.municipality):
        for x in figures:
            assert repr(float(x)) not in whole
    # As points with one digit, in a cell of a table: none of a side that is not joint too.
    joint = {f"{100 * x:.1f}" for x in (*weighing.joint, *result.joint)}
    page = made["dossier.html"].decode()
    weights = page[page.index('id="weights"') : page.index('id="firmness"')]
    shown = {x.replace(",", ".") for x in re.findall(r">(\d+,\d)<", weights)}
    assert shown <= joint


def test_files_are_written_all_or_none(files, tmp_path):
    def breaks(folder):
        raise OSError(28, "No space left on device")

    with pytest.raises(InputError, match="No space left") as caught:
        write_files(files, tmp_path / "out", breaks)
    assert caught.value.code == "dossier.unwritable"
    assert list(tmp_path.iterdir()) == []


def test_a_fault_beside_the_writing_leaves_nothing(files, tmp_path):
    def breaks(folder):
        raise ValueError("no bundle")

    with pytest.raises(ValueError, match="no bundle"):
        write_files(files, tmp_path / "out", breaks)
    assert list(tmp_path.iterdir()) == []


def test_other_files_in_the_folder_stay(files, tmp_path):
    (tmp_path / "mine.txt").write_text("keep")
    written = write_files(files, tmp_path, lambda folder: (folder / "more.zip").touch())

    assert (tmp_path / "mine.txt").read_text() == "keep"
    assert [path.name for path in written] == sorted([*files, "more.zip"])
    assert all(path.exists() for path in written)


def test_a_file_where_a_folder_should_be_is_named(files, tmp_path):
    (tmp_path / "out").touch()

    with pytest.raises(InputError) as caught:
        write_files(files, tmp_path / "out" / "deep")
    assert caught.value.code == "dossier.unwritable"


def test_only_the_formats_asked_for_are_made(golden):
    assert list(dossier_files(golden, ["json"], "en", Theme())) == ["dossier.json"]
    assert list(dossier_files(golden, ["html", "pdf"], "en", Theme())) == [
        "dossier.html",
        "dossier.pdf",
    ]


def test_pointers_lead_into_the_json_itself(files):
    whole = json.loads(files["dossier.json"])

    assert whole["outcome"]["winner"] in whole["outcome"]["alternatives"]
    assert whole["document"]["parts"][0]["id"] == "summary"
