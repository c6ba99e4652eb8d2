"""Settings and choices of a batch, and the fingerprint that tells one run from another."""

from dataclasses import replace

import pytest
from tests.analysis.batch.conftest import SETTINGS, small_file, small_job

from waardeweging.analysis.batch.settings import make_job, read_settings
from waardeweging.problem.errors import InputError


def changed(tmp_path, old, new):
    text = SETTINGS.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "batch.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_a_fingerprint_follows_content_and_choices_and_not_places(files, tmp_path):
    job = small_job(files)
    moved = replace(job, inputs=(small_file(tmp_path), *job.inputs[1:]))
    other = tmp_path / "other.csv"
    other.write_text(job.inputs[0].read_text(encoding="utf-8").replace("1816", "1817"), "utf-8")

    assert moved.fingerprint() == job.fingerprint()
    for one in (
        replace(job, draws=301),
        replace(job, seed=0),
        replace(job, variants=("base",)),
        replace(job, perspective="national"),
        replace(job, bands=False),
        replace(job, weights=("joint",)),
        replace(job, inputs=(other, *job.inputs[1:])),
    ):
        assert one.fingerprint() != job.fingerprint()


@pytest.mark.parametrize("draws", [99, 100_001])
def test_a_number_of_draws_that_makes_no_sense_is_refused(files, draws):
    with pytest.raises(InputError, match="draws"):
        make_job([small_file(files)], None, settings=SETTINGS, draws=draws)


def test_an_unknown_key_is_refused(tmp_path):
    with pytest.raises(ExceptionGroup):
        read_settings(changed(tmp_path, "edition = 2020", "edition = 2020\ncolour = 1"))
