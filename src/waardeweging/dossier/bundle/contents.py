"""The files of a bundle: their names, what each is for, and the head of the whole."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from waardeweging import __version__
from waardeweging.dossier.bundle import inputs
from waardeweging.dossier.bundle.crate import CRATE
from waardeweging.dossier.bundle.levels import Level
from waardeweging.problem.labels import Described

FORMAT_VERSION = 1

HEAD = "bundle.json"
ANNOUNCED = "announced.json"
BALLOTS = "ballots.json"
CORE = "core.json"
DRAWS = "draws.json"
EVENTS = "events.json"
OPENED = "opened.json"
OUTCOME = "outcome.json"
PERSONAL = inputs.PERSONAL
REQUIREMENTS = "requirements.txt"
SOFTWARE = "software-bill.json"
MANIFEST = "manifest-sha256.txt"
README = "README.txt"
REPORT = "report/"
FILES = "files/"

ALWAYS = (
    HEAD,
    README,
    ANNOUNCED,
    BALLOTS,
    CORE,
    DRAWS,
    OUTCOME,
    REQUIREMENTS,
    SOFTWARE,
    CRATE,
    inputs.FRAMEWORK,
    inputs.ALTERNATIVES,
    inputs.PERFORMANCES,
    inputs.SOURCES,
    inputs.RULES_FILE,
)
SOMETIMES = (EVENTS, OPENED, PERSONAL, inputs.EFFECTS)

ABOUT = {
    HEAD: "What this bundle is: level, version, language",
    README: "How to check this bundle",
    ANNOUNCED: "The outcome as announced, rounded",
    BALLOTS: "Answers, as far as the level allows",
    CORE: "Value scores, weights and scores in exact arithmetic",
    DRAWS: "Fingerprints of the random numbers",
    EVENTS: "Log of the workshop, as a chain of hashes",
    OPENED: "Answers with the nonces of their leaves in the log",
    OUTCOME: "Outcome of what this bundle holds",
    PERSONAL: "What people answered beside their weights",
    REQUIREMENTS: "Software to install for the same result",
    SOFTWARE: "Software bill of materials (CycloneDX)",
    inputs.FRAMEWORK: "Values, criteria, ranges and requirements",
    inputs.ALTERNATIVES: "Options",
    inputs.PERFORMANCES: "What each option does on each criterion, with its source",
    inputs.SOURCES: "Sources of the numbers",
    inputs.RULES_FILE: "Rules of weighing: share of the sides, tie margin, seed, draws",
    inputs.EFFECTS: "Parameters, facts and techniques behind calculated numbers",
}

Version = Annotated[str, Field(max_length=60)]


class Head(Described):
    """What a bundle is.

    Parameters
    ----------
    format : str
    format_version : int
    level : Level
        How much of the answers it holds.
    sides_shown : bool
        Whether both sides were large enough for figures about each.
    language : str
        Of the sentences in the outcome.
    version : str
        Of the program that made it.
    numpy, python : str
        Of what that program ran on.
    """

    format: Literal["waardeweging-bundle"] = "waardeweging-bundle"
    format_version: int = FORMAT_VERSION
    level: Level
    sides_shown: bool
    language: Literal["nl", "en"]
    version: Version = __version__
    numpy: Version = np.__version__
    python: Version = f"{sys.version_info.major}.{sys.version_info.minor}"
