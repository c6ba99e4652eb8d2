"""What a batch runs on: files, defaults for facts nobody gave, and what is drawn."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field

from waardeweging.problem.criteria import Perspective, Text
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.labels import Described
from waardeweging.problem.toml_files import parse, read_toml

# Raised when the same input gives other numbers than before; part of the run key.
KERNEL = 1
MOST_DRAWS = 100_000
BASE = "base"

WeightSet = Literal["joint", "residents", "municipality", "ballots", "smaa"]
WEIGHT_SETS: tuple[WeightSet, ...] = get_args(WeightSet)


class BatchFile(Described):
    """The keys of ``batch.toml``; paths are relative to its folder.

    Parameters
    ----------
    heat : str
        Folder with the option tables.
    scenario : str
        Folder whose ballots, shares and draws are used.
    framework : str
    edition : int
        Of the Startanalyse; the variant codes of the option tables belong to it.
    weights : tuple of str
        Weight sets that are run.
    draws : int, optional
        For each neighbourhood; those of the scenario when left out.
    """

    heat: Text = "../heat"
    scenario: Text = "../berkum"
    framework: Text = "../frameworks/warmte.toml"
    edition: Annotated[int, Field(strict=True)] = 2020
    weights: tuple[WeightSet, ...] = WEIGHT_SETS
    draws: Annotated[int, Field(strict=True, ge=100, le=MOST_DRAWS)] | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One batch, by the paths of its input and what was chosen.

    Parameters
    ----------
    inputs : tuple of Path
        Files of the Startanalyse.
    facts : tuple of Path
        Tables with owner share, gas use or labels per neighbourhood.
    settings, framework, scenario : Path
    perspective : str or None
        None takes that of the scenario; so do `seed`, `draws` and `variants`.
    seed, draws : int or None
    variants : tuple of str or None
        Variants by id; ``base`` is the scenario without one. None runs all.
    weights : tuple of str or None
        None takes the weight sets of the settings.
    bands : bool
        Whether performances are drawn from their bands as well.
    """

    inputs: tuple[Path, ...]
    facts: tuple[Path, ...]
    settings: Path
    framework: Path
    scenario: Path
    perspective: Perspective | None = None
    seed: int | None = None
    draws: int | None = None
    variants: tuple[str, ...] | None = None
    weights: tuple[WeightSet, ...] | None = None
    bands: bool = True

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file whose content decides the outcome, in a fixed order."""
        folders = (self.scenario, self.heat_folder)
        inside = (path for folder in folders for path in sorted(folder.rglob("*")))
        read = (path for path in inside if path.suffix in {".toml", ".csv", ".xlsx"})
        return (*self.inputs, *self.facts, self.settings, self.framework, *read)

    @property
    def heat_folder(self) -> Path:
        """Folder with the option tables."""
        return (self.settings.parent / read_settings(self.settings).heat).resolve()

    def fingerprint(self) -> str:
        """Hash the content of all files and every choice, apart from where files stand."""
        whole = hashlib.sha256()
        for path in self.files:
            whole.update(hashlib.sha256(_content(path)).digest())
        chosen = (
            KERNEL,
            self.perspective,
            self.seed,
            self.draws,
            self.variants,
            self.weights,
            self.bands,
            len(self.inputs),
            len(self.facts),
        )
        whole.update(json.dumps(chosen).encode())
        return whole.hexdigest()


def read_settings(path: Path) -> BatchFile:
    """Read ``batch.toml``.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        With every fault of the file.
    """
    faults = Faults()
    found = parse(BatchFile, read_toml(path), Place(path.name), faults)
    faults.raise_all(path.name)
    if found is None:
        raise RuntimeError("settings without faults were not read")
    return found


def make_job(
    inputs: Sequence[Path],
    framework: Path | None,
    *,
    settings: Path,
    scenario: Path | None = None,
    facts: Sequence[Path] = (),
    perspective: Perspective | None = None,
    seed: int | None = None,
    draws: int | None = None,
    variants: Sequence[str] | None = None,
    weights: Sequence[WeightSet] | None = None,
    bands: bool = True,
) -> Job:
    """Put a job together; what is left out comes from the settings.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        If the settings cannot be used or there are too many draws.
    """
    given = read_settings(settings)
    beside = settings.parent
    if draws is not None and not 100 <= draws <= MOST_DRAWS:
        raise InputError(
            "batch.draws",
            where=Place("draws"),
            found=draws,
            remedy="Choose {least} to {most} draws; each neighbourhood gets that many.",
            least=100,
            most=MOST_DRAWS,
        )
    return Job(
        inputs=tuple(path.resolve() for path in inputs),
        facts=tuple(path.resolve() for path in facts),
        settings=settings.resolve(),
        framework=(framework or beside / given.framework).resolve(),
        scenario=(scenario or beside / given.scenario).resolve(),
        perspective=perspective,
        seed=seed,
        draws=draws,
        variants=None if variants is None else tuple(variants),
        weights=tuple(weights or given.weights),
        bands=bands,
    )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            "file.unreadable",
            where=Place(path.name),
            found=error.strerror,
            remedy="Check that you may read this file.",
        ) from None
