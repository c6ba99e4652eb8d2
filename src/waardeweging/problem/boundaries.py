"""Reads boundaries of areas from a GeoJSON file, thinned to what a screen can show.

Any file will do whose areas carry a code of CBS, such as ``GM0193`` or ``BU01934000``, in
some property. Coordinates may be degrees or the metres of a national grid.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from waardeweging.problem.arrays import FloatArray
from waardeweging.problem.errors import InputError, Place

LARGEST_FILE = 64 * 1024 * 1024
MOST_POINTS = 4_000_000
# Details smaller than this part of the map are left out.
_DETAIL = 1 / 1500
_CODE = re.compile(r"(?:GM\d{4}|BU\d{8})", re.ASCII)
_LEAST_POINTS = 4
_FURTHEST = 1e9


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Areas with their outlines.

    Parameters
    ----------
    rings : mapping from code to tuple of array, shape (n_points, 2)
        Closed lines, x to the east and y to the north, in one scale.
    """

    rings: Mapping[str, tuple[FloatArray, ...]]


def read_boundaries(data: bytes, name: str) -> Boundaries:
    """Read a GeoJSON file.

    Parameters
    ----------
    data : bytes
    name : str
        Of the file, for an error.

    Raises
    ------
    InputError
        If it is no GeoJSON of areas, is too large, or has no codes of CBS.

    References
    ----------
    H. Butler et al., The GeoJSON Format, RFC 7946, 2016.
    """
    if len(data) > LARGEST_FILE:
        raise _too_large(name, f"{len(data) / 1e6:.0f} MB")
    try:
        document = json.loads(data, parse_constant=_refuse)
        features = document["features"]
        areas = [(_properties(one), _rings(one["geometry"])) for one in features]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        raise InputError(
            "boundaries.no_geojson",
            where=Place(name),
            remedy="Give a GeoJSON file: a FeatureCollection of areas with outlines.",
        ) from None
    if sum(len(ring) for _, rings in areas for ring in rings) > MOST_POINTS:
        raise _too_large(name, f"> {MOST_POINTS}")
    return _thinned(_named(areas, name))


def _refuse(constant: str) -> float:
    raise ValueError(constant)


def _too_large(name: str, found: str) -> InputError:
    return InputError(
        "boundaries.too_large",
        where=Place(name),
        found=found,
        remedy="Give simpler boundaries, below {most} MB; generalised ones of CBS do.",
        most=LARGEST_FILE // 2**20,
    )


def _properties(feature: Mapping[str, Any]) -> dict[str, str]:
    """Give the properties that hold a code."""
    given = {**(feature.get("properties") or {}), "id": feature.get("id")}
    found = {str(key): value for key, value in given.items() if isinstance(value, str)}
    return {key: value for key, value in found.items() if _CODE.fullmatch(value)}


def _rings(geometry: Mapping[str, Any] | None) -> tuple[FloatArray, ...]:
    return tuple(_ring(points) for points in _lines(geometry) if len(points) >= _LEAST_POINTS)


def _lines(geometry: Mapping[str, Any] | None) -> Iterator[Sequence[Any]]:
    """Give the outlines and holes of an area; what is a line or a point has none."""
    kind = geometry["type"] if geometry else ""
    if geometry and kind == "Polygon":
        yield from geometry["coordinates"]
    elif geometry and kind == "MultiPolygon":
        for polygon in geometry["coordinates"]:
            yield from polygon
    elif geometry and kind == "GeometryCollection":
        for one in geometry["geometries"]:
            yield from _lines(one)


def _ring(points: Sequence[Sequence[float]]) -> FloatArray:
    found = np.array([point[:2] for point in points], dtype=np.float64)
    if found.shape != (len(points), 2) or not (np.abs(found) < _FURTHEST).all():
        raise ValueError("a point is two numbers on the earth")
    return found


def _named(
    areas: Sequence[tuple[dict[str, str], tuple[FloatArray, ...]]], name: str
) -> dict[str, tuple[FloatArray, ...]]:
    """Name every area by the property that has a code most often, and the most distinct ones."""
    drawn = [(codes, rings) for codes, rings in areas if rings]
    distinct = Counter(key for key, _ in {(k, v) for codes, _ in drawn for k, v in codes.items()})
    if not distinct:
        raise InputError(
            "boundaries.no_codes",
            where=Place(name),
            remedy="Give every area a property with its CBS code, such as GM0193 or BU01934000.",
        )
    key = min(distinct, key=lambda one: (-distinct[one], one))
    found: dict[str, tuple[FloatArray, ...]] = {}
    for codes, rings in drawn:
        if key in codes:
            found[codes[key]] = (*found.get(codes[key], ()), *rings)
    return found


def _thinned(rings: Mapping[str, tuple[FloatArray, ...]]) -> Boundaries:
    """Bring all to one scale, and leave out what is too small to see."""
    whole = np.concatenate([ring for own in rings.values() for ring in own])
    scale = np.array([_narrowing(whole), 1.0])
    size = float(np.ptp(whole * scale, axis=0).max()) or 1.0
    return Boundaries(
        {
            code: tuple(_sparse(ring * scale, size * _DETAIL) for ring in own)
            for code, own in rings.items()
        }
    )


def _narrowing(points: FloatArray) -> float:
    """Give how much shorter a degree to the east is; 1 for metres."""
    if np.abs(points[:, 0]).max() > 180 or np.abs(points[:, 1]).max() > 90:
        return 1.0
    return math.cos(math.radians(float(points[:, 1].mean())))


def _sparse(ring: FloatArray, step: float) -> FloatArray:
    """Keep points a step apart along the line, and a closed line whatever its size."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(ring, axis=0).T))])
    kept = np.flatnonzero(np.diff(np.floor(along / step), prepend=-1.0))
    if len(kept) < _LEAST_POINTS:
        kept = np.linspace(0, len(ring) - 1, min(len(ring), _LEAST_POINTS)).astype(int)
    found = ring[kept]
    return found if (found[-1] == ring[-1]).all() else np.vstack([found, ring[-1:]])
