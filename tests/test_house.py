"""The tree keeps the rules of the house: style, types, direction of imports."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOOLS = Path(sys.executable).parent

COMMANDS = {
    "ruff finds nothing": ["ruff", "check", "."],
    "every file is formatted": ["ruff", "format", "--check", "."],
    "types hold in strict mode": ["mypy"],
    "imports go one way": ["lint-imports", "--no-logo"],
}


def _run(tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(TOOLS / tool), *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def _contracts() -> dict[str, dict[str, object]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {one["id"]: one for one in settings["tool"]["importlinter"]["contracts"]}


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_house_rule_holds(command):
    done = _run(*command)

    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"


def test_import_contract_knows_every_room_and_no_other():
    contract = _contracts()["rooms"]
    layers = contract["layers"]
    assert isinstance(layers, list)
    names = {name for layer in layers for name in re.findall(r"\w+", layer)}
    package = ROOT / "src" / "waardeweging"
    rooms = {path.parent.name for path in package.glob("*/__init__.py")}
    modules = {path.stem for path in package.glob("*.py")} - {"__init__"}

    assert contract["exhaustive"] is True
    assert rooms | modules <= names


def test_a_forbidden_import_breaks_the_contract(tmp_path):
    package = tmp_path / "waardeweging"
    for room in ("problem", "scoring", "app"):
        (package / room).mkdir(parents=True)
        (package / room / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package / "problem" / "criteria.py").write_text("import waardeweging.scoring\n")
    (package / "scoring" / "additive.py").write_text("import pymcdm\n")
    (package / "app" / "pages.py").write_text("import streamlit\n")
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    absent = r"cli|presentation|analysis|explanation|deliberation|robustness|process|elicitation"
    absent += "|effects|dossier"
    trial = tmp_path / "pyproject.toml"
    trial.write_text(re.sub(rf'"({absent})( \|.*)?",', r'"(\1)",', settings), encoding="utf-8")

    done = subprocess.run(
        [str(TOOLS / "lint-imports"), "--no-cache", "--no-logo", "--config", str(trial)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1, done.stdout + done.stderr
    assert "waardeweging.problem.criteria -> waardeweging.scoring" in done.stdout
    assert "waardeweging.scoring.additive -> pymcdm" in done.stdout
    assert "Streamlit and Starlette only in app KEPT" in done.stdout
