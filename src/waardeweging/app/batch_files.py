"""Files of batches and boundaries: those in a folder of the server, and those sent by a visitor.

Only names of files that were found in the folder are taken, never a path. What was read is
kept, so that a rerun costs a look-up.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from waardeweging.analysis.batch.results import BatchTable, listed_parts, read_results
from waardeweging.problem.boundaries import LARGEST_FILE, Boundaries, read_boundaries
from waardeweging.problem.tables import read_bytes

# A folder with results of batches and with boundaries.
RESULTS = "WAARDEWEGING_RESULTS"
T = TypeVar("T")

_TABLES, _MAPS = frozenset({".parquet"}), frozenset({".geojson", ".json"})


@dataclass(frozen=True, slots=True)
class Given:
    """A file that can be opened.

    Parameters
    ----------
    name : str
    stamp : str
        Changes with the content.
    path : Path or None
    content : bytes
        Of a file that was sent; empty for one in the folder.
    """

    name: str
    stamp: str
    path: Path | None = None
    content: bytes = field(default=b"", repr=False)


def listed_tables() -> dict[str, Given]:
    """List the results of batches in the folder, files and folders with parts, by name."""
    return _listed(_TABLES) | _listed_folders()


def listed_maps() -> dict[str, Given]:
    """List the files with boundaries in the folder, by name."""
    return _listed(_MAPS)


def sent(name: str, content: bytes) -> Given:
    """Give a file that a visitor sent."""
    return Given(name, hashlib.sha256(content).hexdigest(), None, content)


def opened_table(file: Given) -> BatchTable:
    """Read a file of a batch, once.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        If it cannot be read.
    """
    return _table(file.name, file.stamp, file)


def opened_map(file: Given) -> Boundaries:
    """Read boundaries, once.

    Raises
    ------
    InputError
        If they cannot be read.
    """
    return _map(file.name, file.stamp, file)


def opened_rows(file: Given, variant: str, weights: str) -> pd.DataFrame:
    """Give the rows of one variant and weight set, made once; nobody may change them."""
    return _rows(file.name, file.stamp, variant, weights, file)


def made_once(make: Callable[[], T], *key: Hashable) -> T:
    """Give what a function makes; the key, of plain values, says from what it is made."""
    made: T = _made(make, *key)
    return made


def _listed(ends: frozenset[str]) -> dict[str, Given]:
    inside = (path for path in _inside() if path.suffix.lower() in ends)
    # A link to elsewhere is not a file of this folder.
    return {path.name: _found(path) for path in inside if _is_inside(path, path.parent)}


def _inside() -> list[Path]:
    folder = os.environ.get(RESULTS, "")
    root = Path(folder).resolve()
    return sorted(root.iterdir()) if folder and root.is_dir() else []


def _listed_folders() -> dict[str, Given]:
    """List the folders with parts of a batch, as ``--out FOLDER`` writes them."""
    inside = [path for path in _inside() if path.is_dir() and not path.is_symlink()]
    with_parts = ((path, listed_parts(path)) for path in inside)
    return {path.name: _found_parts(path, parts) for path, parts in with_parts if parts}


def _found_parts(folder: Path, parts: list[Path]) -> Given:
    stamps = "\n".join(_found(path).stamp for path in parts)
    return Given(folder.name, hashlib.sha256(stamps.encode()).hexdigest(), folder)


def _is_inside(path: Path, root: Path) -> bool:
    return path.is_file() and path.resolve().is_relative_to(root)


def _found(path: Path) -> Given:
    stat = path.stat()
    return Given(path.name, f"{path}:{stat.st_mtime_ns}:{stat.st_size}", path)


# Plain arguments make the key of a cache; a name that begins with _ stays out of it.


@st.cache_resource(show_spinner=False, max_entries=4)
def _table(name: str, stamp: str, _file: Given) -> BatchTable:
    return read_results(_file.path or _file.content, name)


@st.cache_resource(show_spinner=False, max_entries=4)
def _map(name: str, stamp: str, _file: Given) -> Boundaries:
    data = _file.content if _file.path is None else read_bytes(_file.path, LARGEST_FILE)
    return read_boundaries(data, name)


@st.cache_resource(show_spinner=False, max_entries=64)
def _rows(name: str, stamp: str, variant: str, weights: str, _file: Given) -> pd.DataFrame:
    return _table(name, stamp, _file).rows(variant, weights)


@st.cache_resource(show_spinner=False, max_entries=256)
def _made(_make: Callable[[], Any], *key: Hashable) -> Any:
    return _make()
