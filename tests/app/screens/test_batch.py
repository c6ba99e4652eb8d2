"""The page about many neighbourhoods: open a file, ask, compare, save."""

import json
import os

import pytest
from tests.analysis.batch.conftest import small_job

from waardeweging.analysis.batch import run_batch
from waardeweging.app import batch_files
from waardeweging.app.batch_files import RESULTS
from waardeweging.presentation.catalog import LANGUAGES, text

SQUARE = [[5.0, 52.0], [6.0, 52.0], [6.0, 53.0], [5.0, 52.0]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with two runs, boundaries, a file of something else and a link to outside."""
    found = tmp_path_factory.mktemp("results")
    files = tmp_path_factory.mktemp("input")
    run_batch(small_job(files), found / "a.parquet", workers=1)
    given = {"perspective": "national", "variants": ("base",), "weights": ("joint", "smaa")}
    run_batch(small_job(files, **given), found / "b.parquet", workers=1)
    run_batch(small_job(files, **given), found / "d", workers=1, size=1)
    (found / "c.parquet").write_bytes(b"PAR1")
    features = [
        {"properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [SQUARE]}}
        for code in ("GM0193", "GM0003")
    ]
    (found / "areas.geojson").write_text(json.dumps({"features": features}))
    (found / "elsewhere.geojson").write_text(
        json.dumps({"features": features}).replace("GM0", "GM9")
    )
    (found / "kapot.json").write_text("{")
    outside = tmp_path_factory.mktemp("outside") / "secret.parquet"
    outside.write_bytes((found / "a.parquet").read_bytes())
    (found / "link.parquet").symlink_to(outside)
    return found


@pytest.fixture
def opened(folder, monkeypatch, open_screen):
    monkeypatch.setenv(RESULTS, str(folder))
    return lambda language="nl": open_screen("batch", language=language)


def test_without_a_file_the_page_says_how_to_make_one(open_screen, shown, monkeypatch):
    monkeypatch.delenv(RESULTS, raising=False)
    test = open_screen("batch")

    assert not test.exception
    assert text("page.batch.none", "nl") in shown(test)
    assert "waardeweging batch" in test.code[0].value
    assert RESULTS in shown(test)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_stands_first(opened, shown, language):
    test = opened(language)
    said = shown(test)

    assert not test.exception
    who = text("batch.weights.joint", language)
    begins = f"{who[0].upper()}{who[1:]}"
    wanted = next(line for line in said.splitlines() if line.startswith(begins) and "19" in line)
    assert said.index(wanted) < said.index(text("page.batch.chosen_title", language))
    assert "Zwolle" in said


def test_only_files_inside_the_folder_are_listed(opened):
    assert opened().selectbox(key="batch-file").options == [
        "a.parquet",
        "b.parquet",
        "c.parquet",
        "d",
    ]


def test_a_folder_with_parts_opens_like_a_file(opened, shown):
    test = opened()
    said = [
        shown(test.selectbox(key="batch-file").set_value(name).run()) for name in ("b.parquet", "d")
    ]

    assert not test.exception
    lines = [[line for line in one.splitlines() if "19" in line] for one in said]
    assert lines[0]
    assert lines[0] == lines[1]


def test_filters_narrow_the_table_and_the_answer(opened, shown):
    test = opened()
    test.multiselect(key="batch-municipalities").set_value(["GM0193"]).run()
    assert "Appingedam" not in "\n".join(str(one.proto.body) for one in test.get("html"))

    test.selectbox(key="batch-changed").set_value("no").run()
    assert not test.exception

    test.selectbox(key="batch-changed").set_value("yes").run()
    test.selectbox(key="batch-order").set_value("points").run()
    test.selectbox(key="batch-measure").set_value("regret").run()
    test.selectbox(key="batch-weights").set_value("smaa").run()
    assert not test.exception


def test_a_measure_that_was_not_computed_is_said(opened, shown):
    test = opened()
    test.selectbox(key="batch-weights").set_value("ballots").run()
    test.selectbox(key="batch-measure").set_value("regret").run()

    assert not test.exception
    assert text("page.batch.no_rows", "nl") in shown(test)


def test_boundaries_make_a_map_and_what_is_none_is_said(opened, shown):
    test = opened()
    assert text("figure.map.missing", "nl", count="1") in shown(test)

    test.selectbox(key="batch-map").set_value("elsewhere.geojson").run()
    assert test.info[0].value == text("page.batch.no_match", "nl")

    test.selectbox(key="batch-map").set_value("kapot.json").run()
    assert "kapot.json" in shown(test)
    assert not test.exception


def test_two_runs_are_compared(opened, shown):
    test = opened()
    test.selectbox(key="batch-compare_file").set_value("b.parquet").run()

    assert not test.exception
    assert text("batch.compare.second", "nl") in "\n".join(
        str(one.proto.body) for one in test.get("html")
    )

    test.selectbox(key="batch-compare_file").set_value("c.parquet").run()
    assert "c.parquet" in test.error[0].value.replace("\\", "")


def test_a_file_of_something_else_is_refused_in_place(opened):
    test = opened()
    test.selectbox(key="batch-file").set_value("c.parquet").run()

    assert not test.exception
    assert "c.parquet" in test.error[0].value.replace("\\", "")


def test_a_file_from_the_computer_of_the_visitor_goes_before_the_list(opened, folder, shown):
    test = opened()
    content = (folder / "b.parquet").read_bytes()
    test.file_uploader(key="batch-file-upload").upload("mine.parquet", content).run()

    assert not test.exception
    assert test.selectbox(key="batch-weights").options == [
        text(f"batch.weights.{one}", "nl") for one in ("joint", "smaa")
    ]


def test_a_changed_file_is_read_again(folder, monkeypatch):
    monkeypatch.setenv(RESULTS, str(folder))
    before = batch_files.listed_maps()["areas.geojson"]
    os.utime(folder / "areas.geojson", (1, 1))

    assert batch_files.listed_maps()["areas.geojson"].stamp != before.stamp


def test_a_folder_that_is_not_there_lists_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv(RESULTS, str(tmp_path / "absent"))

    assert batch_files.listed_tables() == {}
