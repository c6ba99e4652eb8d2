"""The rows of a partition: one neighbourhood of a batch is that neighbourhood analysed."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from tests.analysis.batch.conftest import BERKUM, FEW, SCENARIOS, everything, rows_of, small_job

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.batch.country import read_country
from waardeweging.analysis.batch.partition import compute, partitions
from waardeweging.analysis.batch.settings import WEIGHT_SETS
from waardeweging.analysis.scenario import read_scenario


def analysed(variant, folder=SCENARIOS / "berkum", **chosen):
    scenario = read_scenario(folder).with_draws(300)
    return analyse(replace(scenario.with_variant(None if variant == "base" else variant), **chosen))


def table(row, column, outcome):
    """Give shares of the options that are here, on the places that there are here."""
    number = len(outcome.alternatives)
    return np.array([row[column][option.id][:number] for option in outcome.alternatives])


def alike(found, wanted, draws=300):
    """Check that two sets of shares differ by chance only: typed cells are drawn apart."""
    error = np.sqrt(2 * np.maximum(wanted * (1 - wanted), 0.01) / draws)
    assert (np.abs(found - wanted) <= 4 * error).all()


@pytest.mark.parametrize("variant", ["base", "no-subsidy"])
def test_berkum_in_the_batch_is_berkum_analysed_bit_for_bit(rows, variant):
    outcome = analysed(variant)
    ids = [option.id for option in outcome.alternatives]
    joint = rows[BERKUM, variant, "joint"]
    result, firm = outcome.result, outcome.firm

    scores = {name: one for name, one in joint["scores"].items() if one is not None}
    assert list(scores) == ids
    np.testing.assert_allclose(list(scores.values()), result.joint, rtol=0, atol=1e-12)
    assert joint["winner"] == ids[result.winner]
    assert joint["runner_up"] == ids[result.runner_up]
    margin = result.joint[result.winner] - result.joint[result.runner_up]
    assert joint["margin"] == pytest.approx(margin, abs=1e-12)
    assert joint["ties"] == [ids[row] for row in result.ties]
    assert joint["tie"] == bool(result.ties)
    assert joint["points_to_flip"] == pytest.approx(firm.flip.points, abs=1e-9)
    assert joint["flip_rival"] == ids[firm.flip.rival]
    assert joint["robustness"] == firm.by_weights.value
    assert joint["robustness_bands"] == firm.with_bands.value
    assert joint["cost_only_winner"] == ids[outcome.cost_only.ranking[0]]
    assert (table(joint, "rank_acceptability", outcome) == firm.people.shares).all()
    assert joint["winner_share"] == firm.people.winner_share[result.winner]
    alike(table(joint, "rank_acceptability_bands", outcome), firm.people_and_bands.shares)


@pytest.mark.parametrize("variant", ["base", "no-subsidy"])
def test_the_other_weight_sets_of_berkum_are_those_analysed(rows, variant):
    outcome = analysed(variant)
    own = {name: rows[BERKUM, variant, name] for name in WEIGHT_SETS}

    for side in ("residents", "municipality"):
        scores = [one for one in own[side]["scores"].values() if one is not None]
        np.testing.assert_allclose(scores, getattr(outcome.result, side), rtol=0, atol=1e-12)
    smaa = table(own["smaa"], "rank_acceptability", outcome)
    assert (smaa == outcome.free.everywhere.shares).all()
    ballots = table(own["ballots"], "rank_acceptability", outcome)
    np.testing.assert_allclose(ballots, outcome.firm.acceptability, rtol=0, atol=1e-15)
    worth = own["joint"]["value_of_information"]
    assert worth == pytest.approx(outcome.research.of_everything, rel=0.5)


def test_berkum_weighed_nationally_agrees_but_for_its_drawn_costs(national):
    outcome = analysed("base", perspective="national")
    joint = rows_of(national)[BERKUM, "base", "joint"]
    ids = [option.id for option in outcome.alternatives]

    scores = [one for one in joint["scores"].values() if one is not None]
    np.testing.assert_allclose(scores, outcome.result.joint, rtol=0, atol=1e-12)
    assert joint["points_to_flip"] == pytest.approx(outcome.firm.flip.points, abs=1e-9)
    assert (table(joint, "rank_acceptability", outcome) == outcome.firm.people.shares).all()
    wanted = outcome.firm.people_and_bands.shares
    alike(table(joint, "rank_acceptability_bands", outcome), wanted)
    assert ids[outcome.result.winner] == joint["winner"]


def test_gas_use_of_a_neighbourhood_drives_its_heat_demand(files, tmp_path):
    given = tmp_path / "facts.csv"
    given.write_text(f"code;gas_use\n{BERKUM};934\n", encoding="utf-8")
    country = read_country(replace(small_job(files, variants=("base",)), facts=(given,)))
    joint = rows_of(country)[BERKUM, "base", "joint"]
    other = rows_of(read_country(small_job(files, variants=("base",))))[BERKUM, "base", "joint"]

    assert (joint["gas_use"], joint["demand_source"]) == (934, "gas_use")
    assert joint["heat_now"] == pytest.approx(900 * 0.03165 * 0.95, rel=1e-3)
    assert joint["scores"]["air-heat-pump"] != other["scores"]["air-heat-pump"]
    assert other["demand_source"] == "reference_emission"


def test_neighbourhoods_differ_as_far_as_their_figures_do(rows, country):
    scores = {
        tuple(rows[place.code, "base", "joint"]["scores"].values()) for place in country.places
    }

    assert len(scores) == len(country.places)


def test_every_neighbourhood_has_a_row_per_variant_and_weight_set_in_order(country, draws):
    table = compute(country, draws, everything(country))

    keys = [(row["neighbourhood"], row["variant"], row["weights"]) for row in table.to_pylist()]
    assert keys == [
        (place.code, variant, weights)
        for place in country.places
        for variant in ("base", "no-subsidy")
        for weights in WEIGHT_SETS
    ]


def test_an_absent_option_is_named_and_has_no_score_and_no_place(country, rows):
    without = set()
    for place, there in zip(country.places, country.present, strict=True):
        row = rows[place.code, "base", "joint"]
        assert row["absent"] == [
            name for name, here in zip(country.options, there, strict=True) if not here
        ]
        for option in row["absent"]:
            assert row["scores"][option] is None
            assert row["rank_acceptability"][option] is None
            assert row["rank_acceptability_bands"][option] is None
            assert option not in (row["winner"], row["runner_up"], *row["ties"])
        without |= set(row["absent"])
    assert {"residual-heat-public", "air-to-air"} <= without


def test_shares_of_options_that_are_there_sum_to_one_by_option_and_by_place(rows):
    for row in rows.values():
        for column in ("rank_acceptability", "rank_acceptability_bands"):
            # The reference is on no place.
            given = {name: own for name, own in row[column].items() if name != "gas"}
            shares = np.array([own for own in given.values() if own is not None])
            np.testing.assert_allclose(shares.sum(axis=1), 1)
            np.testing.assert_allclose(shares.sum(axis=0)[: len(shares)], 1)


def test_the_published_winner_is_kept_as_published(country, rows):
    for place in country.places:
        row = rows[place.code, "base", "joint"]
        assert row["published_winner"] == place.winner
    codes = dict(zip(country.options, country.variant_codes, strict=True))
    for row in rows.values():
        assert row["published_options"] or not row["published_winner"]
        for option in row["published_options"]:
            assert row["published_winner"] in codes[option]
            assert option not in row["absent"]


def test_costs_alone_choose_the_lowest_cost_among_the_options(country, rows):
    is_option = np.array([not one.reference for one in country.template.problem.alternatives])
    for place, bands, present in zip(country.places, country.bands, country.present, strict=True):
        costs = np.where(present & is_option, bands[:, 1], np.inf)
        row = rows[place.code, "base", "joint"]
        chosen = country.options.index(row["cost_only_winner"])

        assert costs[chosen] == costs.min()
        assert row["weighing_changes_choice"] == (row["winner"] != row["cost_only_winner"])


def test_costs_beyond_the_range_are_named(national):
    found = {row["neighbourhood"]: row for row in rows_of(national).values()}
    option = national.options.index("geothermal-cooperative")
    place = next(
        place
        for place, bands in zip(national.places, national.bands, strict=True)
        if bands[option, 1] > 3000
    )

    assert "geothermal-cooperative × K1" in found[place.code]["outside_range"]
    assert not [one for one in found[BERKUM]["outside_range"] if one.endswith("K1")]


def test_weight_sets_that_are_no_single_weights_have_no_margin_and_no_flip(rows):
    for name in ("ballots", "smaa"):
        row = rows[BERKUM, "base", name]
        assert row["winner"] is not None
        assert {row["margin"], row["points_to_flip"], row["value_of_information"]} == {None}


def test_errors_are_those_of_the_number_of_draws(rows):
    row = rows[BERKUM, "base", "joint"]
    share = row["winner_share_bands"]

    assert row["winner_share_bands_error"] == math.sqrt(share * (1 - share) / 300)
    assert rows[BERKUM, "base", "ballots"]["winner_share_error"] == 0


def test_a_run_without_bands_leaves_their_columns_empty(files):
    country = read_country(small_job(files, bands=False, variants=("base",)))
    row = rows_of(country)[BERKUM, "base", "joint"]

    assert row["winner_share"] is not None
    assert row["winner_share_bands"] is None
    assert row["rank_acceptability_bands"] is None
    assert row["value_of_information"] is None


def test_one_neighbourhood_alone_gives_the_rows_it_has_in_company(country, draws, rows):
    for position, place in enumerate(country.places[:3]):
        part = replace(everything(country), start=position, stop=position + 1)
        alone = compute(country, draws, part).to_pylist()
        assert alone == [rows[place.code, row["variant"], row["weights"]] for row in alone]


def test_a_municipality_is_never_cut(country):
    for size in (1, 5, 6, 1000):
        parts = partitions(country, size)

        assert parts[0].start == 0
        assert parts[-1].stop == len(country.places)
        assert all(one.stop == two.start for one, two in pairwise(parts))
        codes = [
            {place.municipality_code for place in country.places[part.start : part.stop]}
            for part in parts
        ]
        assert sum(map(len, codes)) == len(FEW)
        assert all(part.size >= min(size, 4) for part in parts)


def test_work_stops_at_its_next_pause(country, draws):
    class AskedError(Exception):
        pass

    calls = []

    def pause():
        calls.append(1)
        if len(calls) == 3:
            raise AskedError

    with pytest.raises(AskedError):
        compute(country, draws, everything(country), pause)
