"""A run: the same bytes however it is divided, and nothing lost in a crash."""

import signal
import subprocess
import sys
from dataclasses import replace
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from tests.analysis.batch.conftest import SETTINGS, small_job

from waardeweging.analysis.batch import Progress, run_batch
from waardeweging.analysis.batch.partition import compute
from waardeweging.analysis.batch.parts import footer
from waardeweging.problem.errors import InputError, faults_in

# Runs a batch in a process of its own; each part takes a moment, so that it can be killed.
ALONE = """
import resource, sys, time
from pathlib import Path
from waardeweging.analysis.batch import make_job, run_batch
from waardeweging.problem.errors import faults_in

sources, settings, out, limit, size = sys.argv[1:]
if int(limit):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
job = make_job([Path(one) for one in sources.split(";")], None, settings=Path(settings), draws=300,
               variants=("base", "no-subsidy"))
def report(progress):
    print(progress.parts, flush=True)
    time.sleep(0.5)
try:
    run_batch(job, Path(out), workers=1, size=int(size), report=report)
except ValueError as error:
    print(*(fault.code for fault in faults_in(error)), flush=True)
"""


@pytest.fixture(scope="module")
def whole(files, tmp_path_factory):
    """The bytes of an undisturbed run."""
    out = tmp_path_factory.mktemp("whole") / "out.parquet"
    run_batch(small_job(files), out, workers=1)
    return out


def alone(files, out, limit=0, size=1):
    sources = ";".join(str(one) for one in small_job(files).inputs)
    return subprocess.Popen(
        [sys.executable, "-c", ALONE, sources, str(SETTINGS), str(out), str(limit), str(size)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(("workers", "size"), [(2, 1), (2, 6)])
def test_workers_and_size_of_partitions_change_no_byte(files, whole, tmp_path, workers, size):
    out = tmp_path / "out.parquet"

    result = run_batch(small_job(files), out, workers=workers, size=size)

    assert out.read_bytes() == whole.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["out.parquet"]
    assert (result.neighbourhoods, result.rows) == (19, 190)


def test_the_file_says_what_it_is(files, whole):
    about: dict[str, Any] = dict(footer(whole))

    assert about["run"] == small_job(files).fingerprint()
    assert (about["draws"], about["seed"]) == (300, 2020)
    assert about["options"][0] == "gas"
    assert "PBL" in about["sources"]


def test_a_folder_holds_a_file_per_partition_with_the_same_rows(files, whole, tmp_path):
    out = tmp_path / "country"

    run_batch(small_job(files), out, workers=1, size=1)

    assert len(list(out.glob("part-*.parquet"))) == 3
    paths = sorted(out.glob("part-*.parquet"))
    found = [row for path in paths for row in pq.read_table(path).to_pylist()]
    assert found == pq.read_table(whole).to_pylist()
    assert run_batch(small_job(files), out, size=1, resume=True).kept == 3


def test_pandas_polars_and_duckdb_read_it(whole):
    chosen = "variant == 'base' and weights == 'joint'"
    pandas = pd.read_parquet(whole).query(chosen).set_index("neighbourhood")
    polars = pl.read_parquet(whole).filter(
        (pl.col("variant") == "base") & (pl.col("weights") == "joint")
    )
    query = (
        "select neighbourhood, rank_acceptability['gas'][1] from read_parquet(?) "
        "where variant = 'base' and weights = 'joint' order by neighbourhood"
    )
    duck = duckdb.execute(query, [str(whole)]).fetchall()

    first = {code: own["gas"][0] for code, own in pandas["rank_acceptability"].items()}
    assert len(first) == 19
    assert dict(duck) == first
    own = polars.select("neighbourhood", pl.col("rank_acceptability").struct.field("gas").list[0])
    assert dict(own.iter_rows()) == first


def test_progress_counts_neighbourhoods(files, tmp_path):
    told: list[Progress] = []

    run_batch(small_job(files), tmp_path / "out.parquet", workers=1, size=1, report=told.append)

    assert [one.parts for one in told] == [0, 1, 2, 3]
    assert (told[0].done, told[-1].done, told[-1].total) == (0, 19, 19)


def test_input_with_faults_writes_nothing(files, tmp_path):
    broken = tmp_path / "broken.csv"
    broken.write_text("BU_CODE;nothing\nBU00030000;1\n", encoding="utf-8")
    job = replace(small_job(files), inputs=(broken,))

    with pytest.raises(ExceptionGroup) as caught:
        run_batch(job, tmp_path / "out.parquet")

    assert faults_in(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["broken.csv"]


def test_parts_of_another_run_are_not_used(files, tmp_path):
    out = tmp_path / "country"
    run_batch(small_job(files, seed=1), out, workers=1, size=1)

    result = run_batch(small_job(files), out, workers=1, size=1, resume=True)

    assert result.kept == 0
    assert {str(footer(path)["part"]).split("/")[0] for path in out.glob("part-*")} == {result.run}


def test_a_finished_run_is_not_run_again(files, whole):
    before = whole.stat().st_mtime_ns

    result = run_batch(small_job(files), whole, resume=True)

    assert result.kept == result.parts
    assert whole.stat().st_mtime_ns == before


def test_a_partition_that_fails_is_named_and_the_rest_is_kept(files, whole, tmp_path, monkeypatch):
    from waardeweging.analysis.batch import run

    def poison(country, draws, part, pause):
        if part.number == 1:
            raise RuntimeError("poison")
        return compute(country, draws, part, pause)

    monkeypatch.setattr(run, "compute", poison)
    out = tmp_path / "out.parquet"
    with pytest.raises(ExceptionGroup) as caught:
        run_batch(small_job(files), out, workers=1, size=1)
    monkeypatch.undo()

    (fault,) = faults_in(caught.value)
    assert fault.code == "batch.partition_failed"
    assert fault.details["municipalities"] == "Zeewolde"
    assert "poison" in str(fault.found)
    result = run_batch(small_job(files), out, workers=1, size=1, resume=True)
    assert result.kept == 2
    assert out.read_bytes() == whole.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_was_stopped_goes_on_where_it_was(files, whole, tmp_path, how):
    out = tmp_path / "out.parquet"
    with alone(files, out) as process:
        while process.stdout.readline().strip() not in ("1", ""):
            pass
        process.send_signal(how)
        process.communicate(timeout=30)
    assert not out.exists()
    # Seen from Ctrl-C nothing half is left; after kill -9 it may be, and is never read.
    if how is signal.SIGINT:
        assert not list(tmp_path.glob("**/*.unfinished"))

    result = run_batch(small_job(files), out, workers=2, size=1, resume=True)

    assert 1 <= result.kept < result.parts
    assert out.read_bytes() == whole.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["out.parquet"]


@pytest.mark.slow
@pytest.mark.parametrize("size", [1, 1000])
def test_a_full_disk_is_said_and_leaves_a_run_that_goes_on(files, whole, tmp_path, size):
    # Of three parts the whole is too large, of one part already that.
    out = tmp_path / "out.parquet"
    with alone(files, out, 45_000, size) as process:
        said, errors = process.communicate(timeout=60)

    assert said.split()[-1] == "batch.unwritable", errors
    assert "Traceback" not in errors
    assert not out.exists()
    assert not list(tmp_path.glob("**/*.unfinished"))
    run_batch(small_job(files), out, workers=2, size=1, resume=True)
    assert out.read_bytes() == whole.read_bytes()


def test_a_scheduler_over_plain_tcp_elsewhere_is_refused_before_anything_is_read(tmp_path, files):
    job = replace(small_job(files), inputs=(tmp_path / "absent.csv",))

    with pytest.raises(InputError) as caught:
        run_batch(job, tmp_path / "x.parquet", scheduler="tcp://10.0.0.1:8786")

    assert caught.value.code == "batch.plain_tcp"
