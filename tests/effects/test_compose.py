import csv
import io
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from tests.problem.importers.made_2025 import csv_bytes, strategy_rows

from waardeweging.effects.compose import costs_table, make_scenario
from waardeweging.effects.criterion_formulas import CALCULATED
from waardeweging.effects.national_cost import cost_band
from waardeweging.problem.errors import Faults, InputError
from waardeweging.problem.importers.startanalyse import VariantKey, read_startanalyse_files
from waardeweging.problem.importers.startanalyse_import import read_costs
from waardeweging.problem.reading import read_framework

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
NATION = SCENARIOS / "nederland" / "startanalyse2020_nl_H18_per_variant.csv.gz"
ITEMS = NATION.with_name("startanalyse2020_3gemeenten_long.csv")
FRAMEWORK = SCENARIOS / "frameworks" / "warmte.toml"
BERKUM = "BU01934000"


@pytest.fixture(scope="module")
def nation():
    return read_startanalyse_files([NATION, ITEMS], 2020)


def _files(costs):
    return make_scenario(
        costs, 2020, SCENARIOS / "heat", FRAMEWORK, reference="../frameworks/warmte.toml"
    )


def _rows(text):
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.fixture(scope="module")
def berkum(nation):
    return _files(nation[BERKUM])


def test_the_committed_folder_is_what_the_command_makes(berkum):
    committed = {
        path.name: path.read_bytes().decode("utf-8") for path in (SCENARIOS / "berkum").iterdir()
    }

    assert committed == berkum


def test_making_it_again_gives_the_same_bytes(nation, berkum):
    assert _files(nation[BERKUM]) == berkum


def test_national_costs_are_the_published_figures(berkum):
    costs = {
        row["fact"]: float(row["mid"])
        for row in _rows(berkum["performances.csv"])
        if row["criterion"] == "K1" and row["alternative"] != "hybrid-natural-gas"
    }

    assert costs == {
        "K1:reference": 0,
        "K1:s1a": 1308,
        "K1:s1b": 1492,
        "K1:s2d": 1726,
        "K1:s2e": 2053,
        "K1:s4c": 729,
        "K1:s4d": 761,
    }


def test_options_hold_two_organisations_of_one_network_pumps_and_hybrid(berkum):
    options = _rows(berkum["alternatives.csv"])
    kinds = {(row["technique"], row["organisation"]) for row in options}

    assert len(options) >= 7
    assert {("T1", "O1"), ("T1", "O2"), ("T5", "O6"), ("T6", "O6"), ("T7", "O6")} <= kinds


def test_two_organisations_of_one_network_differ_only_in_their_own_cells(berkum):
    rows = _rows(berkum["performances.csv"])
    public, cooperative = (
        {
            row["criterion"]: (row["low"], row["mid"], row["high"])
            for row in rows
            if row["alternative"] == f"residual-heat-{kind}"
        }
        for kind in ("public", "cooperative")
    )
    differ = {name for name in public if public[name] != cooperative[name]}

    assert differ <= {"D1", "D2", "D3", "D4", "D5"}
    assert "D1" in differ


def test_every_cell_is_typed_or_calculated_and_none_is_both(berkum):
    faults = Faults()
    tree = read_framework(FRAMEWORK, faults)
    options = _rows(berkum["alternatives.csv"])
    typed = {(row["alternative"], row["criterion"]) for row in _rows(berkum["performances.csv"])}
    calculated = {
        (row["alternative"], name)
        for row in options
        for name in CALCULATED
        if name != "D1" or row["organisation"] == "O6"
    }

    assert not typed & calculated
    assert typed | calculated == {
        (row["alternative"], criterion.id) for row in options for criterion in tree.criteria
    }


def test_every_source_that_is_named_is_in_the_table(berkum):
    known = {row["source"] for row in _rows(berkum["sources.csv"])}
    settings = tomllib.loads(berkum["scenario.toml"])
    named = {row["source"] for row in _rows(berkum["performances.csv"])}
    named |= {row["source"] for row in _rows(berkum["techniques.csv"])}
    named |= {one["source"] for one in settings["parameters"].values()}
    named |= {one["source"] for one in settings["facts"].values()}

    assert named <= known


def test_ballots_are_labelled_as_invented(berkum):
    ballots = _rows(berkum["ballots.csv"])
    note = tomllib.loads(berkum["scenario.toml"])["ballots_note"]

    assert all(row["participant"].startswith("voorbeeld-") for row in ballots)
    assert "verzonnen" in note["nl"]
    assert "invented" in note["en"]
    assert "invented" in berkum["README.md"]
    sides = [row["side"] for row in ballots]
    assert (sides.count("residents"), sides.count("municipality")) == (24, 6)


def test_the_band_reaches_the_other_variants_of_the_technique(nation):
    low, mid, high = cost_band(nation[BERKUM], VariantKey(2020, "s2e"))

    # s2b 2,435 is within a fifth above 2,053; s2f 1,566 is further than a fifth below
    assert (low, mid, high) == pytest.approx((1566, 2053, 2053 * 1.2))


def test_the_band_is_at_least_a_fifth(nation):
    band = cost_band(nation[BERKUM], VariantKey(2020, "s1a"))

    assert band == pytest.approx((1308 * 0.8, 1308, 1308 * 1.2))


def test_an_option_without_a_published_cost_is_left_out_and_named(nation):
    here = nation[BERKUM]
    without = {key: one for key, one in here.variants.items() if key.code != "s2d"}
    files = _files(replace(here, variants=without))

    assert "T1" not in {row["technique"] for row in _rows(files["alternatives.csv"])}
    assert "Public residual heat network" in files["README.md"]


def test_another_neighbourhood_gets_no_ballots_of_berkum(nation):
    files = _files(nation["BU00030000"])
    settings = tomllib.loads(files["scenario.toml"])

    assert "ballots.csv" not in files
    assert settings["neutral_weights"] is True
    assert "owner_share" not in settings["facts"]
    assert settings["parameters"]["owner_share"]["grounds"] == "expert"
    assert "Nobody has weighed yet" in files["README.md"]


def test_the_published_winner_stands_beside(berkum, nation):
    published = tomllib.loads(berkum["scenario.toml"])["published"]
    assert (published["variant"], published["options"]) == ("s4c", ["hybrid-green-gas"])

    # on water, by PBL: no costs in the file, and an option all the same
    wet = next(one for one in nation.values() if one.winner == "s3h" and one.weq > 100)
    files = _files(wet)
    rows = {
        row["alternative"]: row
        for row in _rows(files["performances.csv"])
        if row["criterion"] == "K1"
    }
    assert tomllib.loads(files["scenario.toml"])["published"]["options"] == [
        "low-temperature-cooperative"
    ]
    cell, pump = rows["low-temperature-cooperative"], rows["air-heat-pump"]
    assert float(cell["mid"]) < float(cell["high"]) <= float(pump["mid"])
    assert "Door ons geschat" in cell["note"]


def test_a_file_without_dwellings_is_refused(nation):
    with pytest.raises(InputError) as caught:
        _files(replace(nation[BERKUM], dwellings=None))

    assert caught.value.code == "startanalyse.no_dwellings"


def test_costs_of_all_neighbourhoods_fit_in_one_table(nation):
    table = costs_table({BERKUM: nation[BERKUM]})

    assert "2020;BU01934000;Berkum;Zwolle;1938;s4c;s4c;729\n" in table
    assert len(_rows(table)) == 11


# --------------------------------------------------------------------- another edition


@pytest.fixture
def of_2025(tmp_path):
    """A neighbourhood as the Startanalyse of 2025 gives it, with invented figures."""
    path = tmp_path / "Alkmaar_strategie.csv"
    path.write_bytes(csv_bytes(strategy_rows()))
    return read_costs([path], 2025)["BU03610001"]


def test_a_code_means_what_it_means_in_its_edition(of_2025):
    files = make_scenario(
        of_2025, 2025, SCENARIOS / "heat", FRAMEWORK, reference="../frameworks/warmte.toml"
    )
    costs = {
        row["alternative"]: row
        for row in _rows(files["performances.csv"])
        if row["criterion"] == "K1"
    }

    hybrid = costs["hybrid-green-gas"]
    assert float(hybrid["mid"]) == of_2025.variants[VariantKey(2025, "s4b")].per_weq
    assert hybrid["source"] == "pbl-startanalyse-2025"
    assert "variant s4b (D, climate neutral gas with hybrid heat pump)" in hybrid["note"]
    assert "boiler-green-gas" not in costs
    assert "Boiler on green gas (variant `-`)" in files["README.md"]
    assert "pbl-startanalyse-2020" not in files["performances.csv"]


def test_hybrids_on_climate_neutral_gas_are_one_family_in_2025_only(of_2025):
    key = VariantKey(2025, "s4b")
    low, _, high = cost_band(of_2025, key)
    other = of_2025.variants[VariantKey(2025, "s4a")].per_weq

    assert low <= other <= high


def test_grades_come_along_only_where_a_neighbourhood_has_them(nation, berkum):
    elsewhere = next(costs for code, costs in nation.items() if code != BERKUM and costs.dwellings)

    assert berkum["grades.csv"].startswith("participant;side;round;gas;")
    assert "grades.csv" not in _files(elsewhere)
