"""Outlines of areas, from files that anybody may have made."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.problem import boundaries
from waardeweging.problem.boundaries import read_boundaries
from waardeweging.problem.errors import InputError

SQUARE = [[5.0, 52.0], [6.0, 52.0], [6.0, 53.0], [5.0, 53.0], [5.0, 52.0]]


def area(code, rings=None, kind="Polygon", **properties):
    return {
        "type": "Feature",
        "properties": {"statcode": code, **properties},
        "geometry": {"type": kind, "coordinates": [SQUARE] if rings is None else rings},
    }


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_an_area_keeps_its_shape_with_degrees_to_the_east_made_shorter():
    (ring,) = read_boundaries(collection(area("GM0193")), "x").rings["GM0193"]

    width, height = np.ptp(ring, axis=0)
    np.testing.assert_allclose(height, 1.0)
    # cos(52.4°), as a degree to the east is that much shorter there
    np.testing.assert_allclose(width, np.cos(np.radians(52.4)), rtol=1e-3)


def test_metres_keep_their_scale():
    metres = [[0, 0], [1000, 0], [1000, 500], [0, 500], [0, 0]]
    (ring,) = read_boundaries(collection(area("GM0193", [metres])), "x").rings["GM0193"]

    np.testing.assert_allclose(np.ptp(ring, axis=0), [1000, 500])


def test_islands_holes_and_collections_all_count():
    island = {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE, SQUARE]]}
    both = {"type": "GeometryCollection", "geometries": [island, {"type": "Point"}]}
    found = read_boundaries(collection({**area("GM0193"), "geometry": both}), "x")

    assert len(found.rings["GM0193"]) == 3


def test_an_area_without_an_outline_is_left_out():
    nowhere = {**area("GM0001"), "geometry": None}

    assert list(read_boundaries(collection(nowhere, area("GM0193")), "x").rings) == ["GM0193"]


def test_the_property_with_the_most_distinct_codes_names_the_areas():
    # Neighbourhoods carry the code of their municipality as well.
    areas = [area(f"BU0193400{k}", gm="GM0193") for k in range(3)]

    assert set(read_boundaries(collection(*areas), "x").rings) == {
        "BU01934000", "BU01934001", "BU01934002",
    }  # fmt: skip


def test_an_area_in_two_features_is_one():
    found = read_boundaries(collection(area("GM0193"), area("GM0193")), "x")

    assert len(found.rings["GM0193"]) == 2


def test_details_that_nobody_can_see_are_left_out():
    turn = np.linspace(0, 2 * np.pi, 20_001)
    fine = np.stack([5 + np.cos(turn), 52 + np.sin(turn)], axis=1)
    fine[-1] = fine[0]
    (ring,) = read_boundaries(collection(area("GM0193", [fine.tolist()])), "x").rings["GM0193"]

    assert 1000 < len(ring) < 10_000
    np.testing.assert_array_equal(ring[0], ring[-1])


def test_an_island_too_small_to_see_stays_a_closed_line():
    tiny = [[x / 1e6 + 5, y / 1e6 + 52] for x, y in SQUARE]
    found = read_boundaries(collection(area("GM0193"), area("GM0001", [tiny])), "x")

    assert 4 <= len(found.rings["GM0001"][0]) <= 5


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no_geojson"),
        (b"\xff", "no_geojson"),
        (b"{}", "no_geojson"),
        (b'{"features": [3]}', "no_geojson"),
        (b'{"features": [{"geometry": {"type": "Polygon"}}]}', "no_geojson"),
        (b"[" * 100_000, "no_geojson"),
        (collection(area("GM0193", [[[5, 52], [6], [6, 53], [5, 52]]])), "no_geojson"),
        (collection(area("GM0193", [[[5, "x"]] * 4])), "no_geojson"),
        (collection(area("GM0193")).replace(b"53.0", b"NaN"), "no_geojson"),
        (collection(area("GM0193")).replace(b"53.0", b"1e999"), "no_geojson"),
        (collection(area("GM0193")).replace(b"53.0", b"1e308"), "no_geojson"),
        (collection(), "no_codes"),
        (collection(area("Zwolle")), "no_codes"),
        (collection(area("GM0193", [SQUARE[:3]])), "no_codes"),
    ],
)
def test_other_files_are_refused(data, code):
    with pytest.raises(InputError) as caught:
        read_boundaries(data, "x")

    assert caught.value.code == f"boundaries.{code}"


@pytest.mark.parametrize("limit", ["LARGEST_FILE", "MOST_POINTS"])
def test_far_too_much_is_refused(monkeypatch, limit):
    monkeypatch.setattr(boundaries, limit, 3)

    with pytest.raises(InputError) as caught:
        read_boundaries(collection(area("GM0193")), "x")

    assert caught.value.code == "boundaries.too_large"


@given(st.lists(st.tuples(st.floats(-1e8, 1e8), st.floats(-1e8, 1e8)), min_size=4, max_size=9))
def test_any_finite_outline_gives_finite_points(points):
    closed = [*map(list, points), list(points[0])]
    (ring,) = read_boundaries(collection(area("GM0193", [closed])), "x").rings["GM0193"]

    assert np.isfinite(ring).all()
