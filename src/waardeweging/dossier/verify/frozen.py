"""Whether options, numbers and rules are those of the files that were frozen."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from waardeweging.analysis.scenario import FILE, Scenario
from waardeweging.analysis.scenario_in_files import named_outside, scenario_of_files
from waardeweging.dossier.bundle.contents import FILES
from waardeweging.dossier.bundle.documents import write_json
from waardeweging.dossier.bundle.inputs import RULES_FILE, input_documents
from waardeweging.dossier.verify.comparing import TOLERANCE, differences
from waardeweging.dossier.verify.report import Check, Step, ok, open_promise, wrong

_MOST_NAMED = 8
# What the files say and nobody chooses on the evening itself.
_SETTLED = ("neighbourhood", "tie_margin", "value_orders", "fallback", "stop_rule")


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
    settings = tomllib.loads(files[FILE].decode("utf-8-sig"))
    if (outside := named_outside(settings)) is not None:
        raise ValueError(f"a path outside the folder: {outside[1]}")
    return scenario_of_files(files)
