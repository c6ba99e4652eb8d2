"""What a batch wrote is read again, and nothing else is."""

import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from tests.analysis.batch.conftest import small_job

from waardeweging.analysis.batch import results, run_batch
from waardeweging.analysis.batch.results import _TYPES, BatchTable, read_results
from waardeweging.problem.errors import InputError, faults_in


@pytest.fixture(scope="module")
def path(files, tmp_path_factory):
    out = tmp_path_factory.mktemp("results") / "few.parquet"
    run_batch(small_job(files), out, workers=1)
    return out


@pytest.fixture(scope="module")
def table(path) -> BatchTable:
    return read_results(path, path.name)


def made(tmp_path, about=None, drop=(), kinds=None, rows=3):
    """Write a file in the form of a batch."""
    types = {name: kind for name, kind in (_TYPES | (kinds or {})).items() if name not in drop}
    content = pa.table({name: pa.nulls(rows, kind) for name, kind in types.items()})
    about = json.dumps({"run": "r"}) if about is None else about
    out = tmp_path / "made.parquet"
    pq.write_table(content.replace_schema_metadata({"waardeweging": about}), out)
    return out


def codes(error):
    return {(fault.code, fault.where.field) for fault in faults_in(error)}


def test_every_variant_and_weight_set_has_all_neighbourhoods(path, table):
    whole = pq.read_table(path, partitioning=None)

    assert table.variants == ("base", "no-subsidy")
    assert table.weights == ("joint", "residents", "municipality", "ballots", "smaa")
    for variant in table.variants:
        for weights in table.weights:
            rows = table.rows(variant, weights)
            wanted = whole.filter(
                pc.and_(pc.equal(whole["variant"], variant), pc.equal(whole["weights"], weights))
            ).to_pandas()
            assert list(rows["neighbourhood"]) == list(wanted["neighbourhood"])
            assert list(rows["winner"]) == list(wanted["winner"])
            np.testing.assert_array_equal(rows["winner_share"], wanted["winner_share"])


def test_a_folder_with_parts_reads_like_the_one_file(files, table, tmp_path):
    folder = tmp_path / "few"
    run_batch(small_job(files), folder, workers=1, size=1)

    again = read_results(folder, "few")

    assert len(results.listed_parts(folder)) > 1
    assert table.about.items() <= again.about.items()
    for variant in table.variants:
        pd.testing.assert_frame_equal(
            again.rows(variant, "joint").astype(object), table.rows(variant, "joint").astype(object)
        )


def test_a_folder_without_all_parts_of_one_run_is_refused(files, tmp_path):
    folder = tmp_path / "few"
    run_batch(small_job(files), folder, workers=1, size=1)
    last = results.listed_parts(folder)[-1]
    last.rename(tmp_path / "elsewhere.parquet")

    with pytest.raises(InputError) as missing:
        read_results(folder, "few")
    made(tmp_path).rename(last)
    with pytest.raises(InputError) as several:
        read_results(folder, "few")
    for part in results.listed_parts(folder):
        part.unlink()
    last.symlink_to(tmp_path / "elsewhere.parquet")
    with pytest.raises(InputError) as nothing:
        read_results(folder, "few")

    codes = [one.value.code for one in (missing, several, nothing)]
    assert codes == [f"batch_file.{one}" for one in ("parts_missing", "several_runs", "unknown")]


def test_the_content_of_a_file_reads_like_the_file(path, table):
    again = read_results(path.read_bytes(), "sent")

    assert again.about == table.about
    assert again.rows("base", "joint").equals(table.rows("base", "joint"))


def test_options_and_variants_have_their_names(table):
    assert table.label("options", "gas", "nl") == "Gasketel zoals nu"
    assert table.label("variants", "no-subsidy", "en") != "no-subsidy"
    assert table.label("options", "unheard-of", "en") == "unheard-of"


def test_a_variant_that_was_not_run_has_no_rows(table):
    assert table.rows("unheard-of", "joint").empty


def test_a_file_without_labels_shows_ids(tmp_path):
    table = read_results(made(tmp_path), "x")

    assert table.label("options", "gas", "nl") == "gas"
    assert len(table.rows("", "")) == 3


def test_an_empty_batch_has_no_variants(tmp_path):
    assert read_results(made(tmp_path, rows=0), "x").variants == ()


@pytest.mark.parametrize(
    "about", ["{}", "[]", "null", "{", '{"run": 1, "labels": {"options": {"a": 3}}}', "[" * 9999]
)
def test_a_footer_of_something_else_is_refused(tmp_path, about):
    with pytest.raises(InputError) as caught:
        read_results(made(tmp_path, about), "x")

    assert caught.value.code == "batch_file.unknown"


def test_a_file_that_is_no_parquet_is_refused(tmp_path, path):
    for data in (b"", b"PAR1", b"neighbourhood;winner\n", path.read_bytes()[:-9]):
        with pytest.raises(InputError) as caught:
            read_results(data, "x")
        assert caught.value.code == "batch_file.unknown"
    with pytest.raises(InputError):
        read_results(tmp_path / "absent.parquet", "x")


def test_missing_and_changed_columns_are_all_named(tmp_path):
    changed = made(tmp_path, drop=("tie",), kinds={"margin": pa.string()})

    with pytest.raises(ExceptionGroup) as caught:
        read_results(changed, "x")

    assert codes(caught.value) == {("batch_file.column", "tie"), ("batch_file.column", "margin")}


def test_a_file_with_more_rows_than_a_screen_can_ask_of_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(results, "MOST_ROWS", 2)

    with pytest.raises(ExceptionGroup) as caught:
        read_results(made(tmp_path), "x")

    assert codes(caught.value) == {("batch_file.too_large", None)}
