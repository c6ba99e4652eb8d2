"""The stacked neighbourhoods, and the template from which they differ."""

from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.batch.conftest import BERKUM, SCENARIOS, SETTINGS, rows_of, small_job
from tests.problem.importers.made_2025 import csv_bytes, strategy_rows

from waardeweging.analysis.batch import make_job
from waardeweging.analysis.batch.country import read_country
from waardeweging.analysis.scenario import read_scenario
from waardeweging.problem.errors import InputError, faults_in
from waardeweging.problem.importers.startanalyse import VariantKey


def test_neighbourhoods_stand_by_municipality_and_code(country):
    codes = [(place.municipality_code, place.code) for place in country.places]

    assert codes == sorted(codes)


def test_the_bands_of_berkum_are_those_of_its_own_folder(country):
    own = read_scenario(SCENARIOS / "berkum").problem
    column = [criterion.id for criterion in own.framework.criteria].index("K1")
    row = [place.code for place in country.places].index(BERKUM)

    wanted = np.stack([table[:, column] for table in (own.low, own.mid, own.high)], axis=1)
    np.testing.assert_array_equal(country.bands[row][country.present[row]], wanted)
    ids = [option.id for option in own.alternatives]
    assert [
        name for name, here in zip(country.options, country.present[row], strict=True) if here
    ] == ids


def test_ballots_seed_and_share_come_from_the_scenario(country):
    own = read_scenario(SCENARIOS / "berkum")

    assert country.template.ballots == own.ballots
    assert (country.template.seed, country.template.share) == (own.seed, own.share)
    assert country.template.draws == 300


def test_an_unknown_variant_is_refused_with_the_known_ones(files):
    with pytest.raises(InputError, match="gas-price-high"):
        read_country(small_job(files, variants=("gas-price-hihg",)))


def test_ballots_on_other_criteria_are_refused(files):
    job = replace(small_job(files), scenario=SCENARIOS / "golden")

    with pytest.raises(ExceptionGroup) as caught:
        read_country(job)

    assert {fault.where.file for fault in faults_in(caught.value)} == {"ballots.csv"}


def test_someone_who_abstained_still_does(files, tmp_path):
    folder = tmp_path / "scenarios" / "berkum"
    folder.mkdir(parents=True)
    for path in (SCENARIOS / "berkum").glob("*.*"):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder.parent / "frameworks").symlink_to(SCENARIOS / "frameworks")
    with (folder / "ballots.csv").open("a", encoding="utf-8") as file:
        file.write("voorbeeld-b99;residents;;1;points" + ";" * 20 + "\n")

    country = read_country(replace(small_job(files), scenario=folder))

    assert country.template.ballots[-1].abstains
    assert "voorbeeld-b99" in country.weighing.abstained


def test_the_edition_of_2025_is_weighed_with_its_own_codes(tmp_path):
    given = tmp_path / "Alkmaar_strategie.csv"
    given.write_bytes(csv_bytes(strategy_rows()))
    settings = tmp_path / "batch.toml"
    text = SETTINGS.read_text(encoding="utf-8").replace("edition = 2020", "edition = 2025")
    settings.write_text(text.replace('"../', f'"{SCENARIOS.as_posix()}/'), encoding="utf-8")
    country = read_country(make_job([given], None, settings=settings, draws=100))

    codes = dict(zip(country.options, country.codes, strict=True))
    assert codes["hybrid-green-gas"] == "s4b"
    assert not country.present[:, country.options.index("boiler-green-gas")].any()
    row = country.places[0].variants[VariantKey(2025, "s4b")]
    assert country.bands[0, country.options.index("hybrid-green-gas"), 1] == round(row.per_weq)
    assert {one["neighbourhood"] for one in rows_of(country).values()} == {"BU03610001"}


def test_the_edition_of_2019_has_costs_of_the_winner_only(tmp_path, files):
    settings = tmp_path / "batch.toml"
    text = SETTINGS.read_text(encoding="utf-8").replace("edition = 2020", "edition = 2019")
    settings.write_text(text.replace('"../', f'"{SCENARIOS.as_posix()}/'), encoding="utf-8")

    with pytest.raises(InputError) as caught:
        read_country(replace(small_job(files), settings=settings))

    assert caught.value.code == "startanalyse.winner_only"
