"""Whether options, numbers and rules are those of the files that were frozen."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from waardeweging.analysis.scenario import FILE, Scenario, read_scenario
from waardeweging.dossier.bundle.contents import FILES
from waardeweging.dossier.bundle.documents import write_json
from waardeweging.dossier.bundle.inputs import RULES_FILE, input_documents
from waardeweging.dossier.verify.comparing import TOLERANCE, differences
from waardeweging.dossier.verify.report import Check, Step, ok, open_promise, wrong
from waardeweging.elicitation.ballots import SIDES
from waardeweging.problem.errors import Faults
from waardeweging.problem.reading import find_table, read_framework
from waardeweging.problem.toml_files import read_toml

_MOST_NAMED = 8
# What the files say and nobody chooses on the evening itself.
_SETTLED = ("neighbourhood", "tie_margin", "value_orders", "fallback", "stop_rule")
_NAME = re.compile(r"(?:\.\./frameworks/)?[A-Za-z0-9][\w.-]*", re.ASCII)


def check_frozen(documents: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[Check]:
    """Read the frozen files again and compare the inputs with them.

    Parameters
    ----------
    documents : mapping of str to JSON
    files : mapping of str to bytes
    """
    own = {
        name.removeprefix(FILES): given for name, given in files.items() if name.startswith(FILES)
    }
    if FILE not in own:
        return
    try:
        scenario = _read(own).with_variant(documents[RULES_FILE]["variant"])
    except Exception as error:
        # Files of a stranger may break any reader, and that is all there is to say then.
        yield open_promise(Step.CHAIN, "frozen_unread", found=error)
        return
    mine = json.loads(write_json(input_documents(scenario)))
    found = []
    for name, expected in mine.items():
        held = documents.get(name)
        if name == RULES_FILE:
            expected = {key: expected[key] for key in _SETTLED}
            held = {key: held[key] for key in _SETTLED} if held else {}
        found += [f"{name}{one.place}" for one in differences(held, expected, TOLERANCE)]
    yield from (wrong(Step.CHAIN, "frozen_differs", place) for place in found[:_MOST_NAMED])
    if not found:
        yield ok(Step.CHAIN, "frozen_inputs")


def _read(files: Mapping[str, bytes]) -> Scenario:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "scenario"
        for name, given in files.items():
            # A framework from outside the folder is found beside it as well.
            for root in (folder, Path(place)) if "/" in name else (folder,):
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_bytes(given)
        settings = read_toml(folder / FILE)
        framework = str(settings.get("framework", "framework.toml"))
        techniques = str(settings.get("effects", {}).get("techniques", "techniques.csv"))
        if not (_NAME.fullmatch(framework) and _NAME.fullmatch(techniques)):
            raise ValueError(f"a path outside the folder: {framework}, {techniques}")
        _write_stand_in(folder, framework)
        return read_scenario(folder)


def _write_stand_in(folder: Path, framework: str) -> None:
    """Write a ballot per side where the answers stayed inside: a folder cannot do without."""
    target = find_table(folder, "ballots")
    if target.exists():
        return
    read = read_framework(folder / framework, Faults())
    criteria = [criterion.id for criterion in read.criteria] if read else []
    rows = [["participant", "side", "method", *criteria]]
    rows += [[side, side, "points", *("1" for _ in criteria)] for side in SIDES]
    target.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
