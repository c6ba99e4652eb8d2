"""A small country: neighbourhoods of three municipalities from the national file."""

import gzip
from functools import cache
from pathlib import Path

import pytest

from waardeweging.analysis.batch import make_job
from waardeweging.analysis.batch.country import read_country
from waardeweging.analysis.batch.draws import draw_country
from waardeweging.analysis.batch.partition import Partition, compute

SCENARIOS = Path(__file__).parents[3] / "scenarios"
NATION = SCENARIOS / "nederland" / "startanalyse2020_nl_H18_per_variant.csv.gz"
ITEMS = NATION.with_name("startanalyse2020_3gemeenten_long.csv")
SETTINGS = SCENARIOS / "nederland" / "batch.toml"
BERKUM = "BU01934000"
# Appingedam with residual heat, Zwolle with Berkum, and Zeewolde where costs leave the range.
FEW = {"GM0003": 5, "GM0193": 10, "GM0050": 4}


@cache
def few_lines():
    """Give the lines of a few neighbourhoods; the nation is unpacked once."""
    header, *lines = gzip.decompress(NATION.read_bytes()).decode().splitlines()
    column = header.split(";").index("I05_gemeentecode")
    chosen = [
        line
        for municipality, most in FEW.items()
        for line in sorted(
            (one for one in lines if one.split(";")[column] == municipality),
            key=lambda one: not one.startswith(BERKUM),
        )[:most]
    ]
    return [header, *chosen]


def small_file(folder):
    """Write a file of the Startanalyse with a few neighbourhoods."""
    path = folder / "few.csv"
    path.write_text("\n".join(few_lines()) + "\n", encoding="utf-8")
    return path


def small_items(folder):
    """Write the cost items of those neighbourhoods, as far as they were published."""
    codes = tuple(line.split(";")[0] for line in few_lines()[1:])
    header, *lines = ITEMS.read_text(encoding="utf-8").splitlines()
    path = folder / "items.csv"
    chosen = [header, *(line for line in lines if line.startswith(codes))]
    path.write_text("\n".join(chosen) + "\n", encoding="utf-8")
    return path


def small_job(folder, **chosen):
    """Make a job on those neighbourhoods."""
    given = {"draws": 300, "variants": ("base", "no-subsidy"), **chosen}
    files = [small_file(folder), small_items(folder)]
    return make_job(files, None, settings=SETTINGS, **given)


def everything(country):
    """Give a partition of the whole country."""
    return Partition(0, 0, len(country.places), "GM0000", "GM9999")


def rows_of(country, draws=None):
    """Compute all rows of a country, by neighbourhood, variant and weight set."""
    table = compute(country, draws or draw_country(country), everything(country))
    return {
        (row["neighbourhood"], row["variant"], row["weights"]): row for row in table.to_pylist()
    }


@pytest.fixture(scope="session")
def files(tmp_path_factory):
    return tmp_path_factory.mktemp("country")


@pytest.fixture(scope="session")
def country(files):
    return read_country(small_job(files))


@pytest.fixture(scope="session")
def draws(country):
    return draw_country(country)


@pytest.fixture(scope="session")
def rows(country, draws):
    return rows_of(country, draws)


@pytest.fixture(scope="session")
def national(files):
    return read_country(small_job(files, perspective="national", variants=("base",)))
