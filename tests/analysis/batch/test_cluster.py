"""A cluster of real processes: the same bytes, whoever dies on the way."""

import os
import signal
import threading
from dataclasses import replace

import pytest
from tests.analysis.batch.conftest import small_job
from tests.analysis.batch.dask_processes import Marked, Processes, under_way

from waardeweging.analysis.batch import cluster, run_batch
from waardeweging.analysis.batch.cluster import check_address
from waardeweging.problem.errors import InputError, faults_in

# A part per municipality: three, each of which takes a moment.
SIZE = 1


@pytest.fixture(scope="module")
def whole(files, tmp_path_factory):
    """The bytes of a run in threads."""
    out = tmp_path_factory.mktemp("whole") / "out.parquet"
    run_batch(small_job(files), out, workers=1)
    return out.read_bytes()


@pytest.fixture(scope="module")
def processes(tmp_path_factory):
    """One cluster of two workers for all tests; the last of them ends it."""
    found = Processes(tmp_path_factory.mktemp("cluster"))
    found.add_workers(2)
    found.wait_for(2)
    yield found
    found.close()


@pytest.fixture
def marked(tmp_path, monkeypatch, processes):
    """Make every task of the run a marked one, and be impatient."""
    # The test before may have taken the workers along.
    processes.wait_for(1)

    def mark(change=lambda task: task, waits=(3.0, 2.0), **how):
        folder = tmp_path / "begun"
        folder.mkdir()

        class Hurried(cluster._Window):
            def __init__(self, client, address, task, silence, patience):
                super().__init__(client, address, Marked(change(task), folder, **how), *waits)

        monkeypatch.setattr(cluster, "_Window", Hurried)
        return folder

    return mark


@pytest.mark.parametrize(
    "address",
    ["tcp://127.0.0.1:8786", "127.0.0.1:8786", "tcp://[::1]:80", "localhost:80", "tls://a.nl:8786"],
)
def test_this_machine_and_encrypted_connections_are_allowed(address):
    check_address(address)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("tcp://10.0.0.1:8786", "batch.plain_tcp"),
        ("tcp://scheduler.example.nl:8786", "batch.plain_tcp"),
        ("scheduler:8786", "batch.plain_tcp"),
        ("tcp://localhost.example.nl:8786", "batch.plain_tcp"),
        ("tcp://127.0.0.1", "batch.address"),
        ("http://127.0.0.1:8786", "batch.address"),
        ("inproc://x", "batch.address"),
        ("tls://:8786", "batch.address"),
        ("tcp://127.0.0.1:x", "batch.address"),
    ],
)
def test_other_addresses_are_refused(address, code):
    with pytest.raises(InputError) as caught:
        check_address(address)

    assert caught.value.code == code


@pytest.mark.slow
def test_two_worker_processes_give_the_bytes_of_threads(files, whole, tmp_path, processes):
    out = tmp_path / "out.parquet"

    run_batch(small_job(files), out, scheduler=processes.address, size=SIZE)

    assert out.read_bytes() == whole


@pytest.mark.slow
def test_a_killed_worker_changes_nothing(files, whole, tmp_path, processes, marked):
    begun = marked(seconds=0.4)
    out = tmp_path / "out.parquet"

    def kill():
        os.kill(under_way(begun), signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    run_batch(small_job(files), out, scheduler=processes.address, size=SIZE)
    killer.join()

    assert out.read_bytes() == whole


@pytest.mark.slow
def test_a_partition_that_kills_its_worker_is_named(files, whole, tmp_path, processes, marked):
    # Without patience it is also tried on workers that come back under another address.
    marked(deadly=1, waits=(cluster.SILENCE, 0.0))
    out = tmp_path / "out.parquet"

    with pytest.raises(ExceptionGroup) as caught:
        run_batch(small_job(files), out, scheduler=processes.address, size=SIZE)

    (fault,) = faults_in(caught.value)
    assert fault.details["municipalities"] == "Zeewolde"
    assert "kills the worker" in str(fault.found)
    assert run_batch(small_job(files), out, workers=1, size=SIZE, resume=True).kept == 2
    assert out.read_bytes() == whole


@pytest.mark.slow
def test_a_worker_with_other_files_is_refused(files, tmp_path, processes, marked):
    marked(lambda task: replace(task, run="other"))

    with pytest.raises(InputError) as caught:
        run_batch(small_job(files), tmp_path / "x.parquet", scheduler=processes.address)

    assert caught.value.code == "batch.other_files"


@pytest.mark.slow
def test_a_frozen_worker_is_left_behind(files, whole, tmp_path, processes, marked):
    begun = marked(seconds=0.4)
    out = tmp_path / "out.parquet"

    def freeze():
        os.kill(under_way(begun), signal.SIGSTOP)

    freezer = threading.Thread(target=freeze)
    freezer.start()
    run_batch(small_job(files), out, scheduler=processes.address, size=SIZE)
    freezer.join()

    assert out.read_bytes() == whole


@pytest.mark.slow
def test_a_killed_scheduler_ends_the_run_and_another_goes_on(
    files, whole, tmp_path, processes, marked
):
    begun = marked(seconds=0.5)
    out = tmp_path / "out.parquet"
    address = processes.address

    def kill():
        under_way(begun)
        os.killpg(processes.scheduler.pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(InputError) as caught:
        run_batch(small_job(files), out, scheduler=address, size=SIZE)
    killer.join()

    assert caught.value.code == "batch.cluster_lost"
    run_batch(small_job(files), out, workers=1, size=SIZE, resume=True)
    assert out.read_bytes() == whole


def test_an_address_where_nobody_listens_is_said(files, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT", "1s")

    with pytest.raises(InputError) as caught:
        run_batch(small_job(files), tmp_path / "x.parquet", scheduler="tcp://127.0.0.1:9")

    assert caught.value.code == "batch.cluster_lost"
