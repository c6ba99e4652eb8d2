"""Counts over a batch are counts over its rows."""

import pytest
from tests.analysis.batch.conftest import small_job

from waardeweging.analysis.batch import run_batch
from waardeweging.analysis.batch.summary import summarise


def chosen(rows, variant, weights):
    return {code: row for (code, *own), row in rows.items() if own == [variant, weights]}


def test_counts_are_those_of_the_rows(files, rows, tmp_path):
    out = tmp_path / "out.parquet"
    run_batch(small_job(files), out, workers=1)
    base, varied = chosen(rows, "base", "joint"), chosen(rows, "no-subsidy", "joint")
    residents = chosen(rows, "base", "residents")
    municipality = chosen(rows, "base", "municipality")

    found = summarise(out)

    assert found.neighbourhoods == len(base) == 19
    assert found.changed == sum(row["weighing_changes_choice"] for row in base.values())
    assert found.tied == sum(row["tie"] for row in base.values())
    winners = [row["winner"] for row in base.values()]
    assert dict(found.winners) == {one: winners.count(one) for one in set(winners)}
    assert found.sides_differ == sum(
        residents[code]["winner"] != municipality[code]["winner"] for code in base
    )
    assert found.by_variant == sum(base[code]["winner"] != varied[code]["winner"] for code in base)
    assert found.as_published == sum(
        row["winner"] in row["published_options"] for row in base.values()
    )


@pytest.mark.parametrize("whole", [True, False])
def test_what_was_not_asked_is_not_counted(files, tmp_path, whole):
    out = tmp_path / ("out.parquet" if whole else "out")
    run_batch(small_job(files, variants=("base",), weights=("joint",)), out, workers=1, size=1)

    found = summarise(out)

    assert found.changed is not None
    assert found.sides_differ is None
    assert found.by_variant is None


def test_a_run_without_joint_weights_has_no_choice_to_count(files, tmp_path):
    out = tmp_path / "out.parquet"
    run_batch(small_job(files, variants=("base",), weights=("smaa",)), out, workers=1)

    found = summarise(out)

    assert (found.neighbourhoods, found.changed, found.winners) == (19, None, ())
