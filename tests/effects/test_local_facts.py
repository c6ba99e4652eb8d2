import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.effects.local_facts import demand_source, local_facts
from waardeweging.problem.importers.startanalyse import NeighbourhoodCosts, VariantCosts, VariantKey

LABELS = "abcdefg"
TOTALS = {"s1a": 1308, "s2d": 1726, "s2e": 2053, "s2f": 1566, "s4b": 1081, "s4d": 761}
# K04-K07, K08, K11, K12 and K15 of Berkum, published [€/yr]
ITEMS = {
    "s1a": {"K08": 1259722},
    "s4d": {"K08": 490260},
    "s2d": {
        "K04": 1729919,
        "K05": 367667,
        "K06": 574276,
        "K07": 24597,
        "K11": 319769,
        "K12": 473308,
        "K15": 557377,
    },
}


def _berkum(*, items=False, **changed):
    def variant(code):
        return VariantCosts(TOTALS[code], items=ITEMS.get(code, {}) if items else {})

    given = {
        "code": "BU01934000",
        "name": "Berkum",
        "municipality_code": "GM0193",
        "municipality": "Zwolle",
        "weq": 1938.0,
        "variants": {VariantKey(2020, code): variant(code) for code in TOTALS},
        "dwellings": 1656.0,
        "reference_co2": 4954.0,
    }
    return NeighbourhoodCosts(**{**given, **changed})


def _labels(*shares):
    return {f"label_{one}": share for one, share in zip(LABELS, shares, strict=True)}


def test_heat_comes_from_the_gas_of_the_neighbourhood_first():
    found = local_facts(_berkum(), 2020, {"gas_use": 1234.0})["heat_now"]

    # 1,200 m³ without cooking × 31.65 MJ × 0.95
    assert found["value"] == pytest.approx(1200 * 0.03165 * 0.95, rel=1e-3)
    assert demand_source(found) == "gas_use"


def test_dwellings_without_gas_do_not_lower_the_heat_of_the_others():
    known = {"gas_use": 634.0, "district_share": 0.5}

    assert local_facts(_berkum(), 2020, known)["heat_now"]["value"] == pytest.approx(
        1200 * 0.03165 * 0.95, rel=1e-3
    )


def test_else_heat_comes_from_the_emission_of_the_reference():
    found = local_facts(_berkum(), 2020, {})["heat_now"]

    assert found["value"] == pytest.approx(4954 / 1938 * 16.6, rel=1e-3)
    assert found["low"] < found["value"] < found["high"]
    assert found["grounds"] == "calculated"
    assert demand_source(found) == "reference_emission"


def test_without_emission_nothing_is_said_and_the_mean_holds():
    assert local_facts(_berkum(reference_co2=0.0), 2020, {}) == {}
    assert demand_source(None) == "national_mean"


def test_published_items_are_taken_as_they_are():
    found = local_facts(_berkum(items=True), 2020, {})

    assert found["insulation_b"]["value"] == pytest.approx(1259722 / 1938, rel=1e-3)
    capital = (1729919 + 367667 + 574276 + 24597) / 1938
    assert found["network_capital_t1"]["value"] == pytest.approx(capital, rel=1e-3)


def test_what_published_totals_imply_is_near_the_published_items():
    # for Berkum, without its items: network within 5 %, insulation within its band
    implied = local_facts(_berkum(), 2020, {})
    published = local_facts(_berkum(items=True), 2020, {})
    for name in ("network_capital_t1", "network_running_t1"):
        assert implied[name]["value"] == pytest.approx(published[name]["value"], rel=0.05)
    for name in ("insulation_b", "insulation_d"):
        assert implied[name]["low"] <= published[name]["value"] <= implied[name]["high"]


def test_who_has_the_label_saves_nothing_and_pays_nothing():
    good = local_facts(_berkum(), 2020, _labels(0.5, 0.5, 0, 0, 0, 0, 0))

    for level in "bd":
        assert good[f"space_saving_{level}"]["value"] == 0
        assert good[f"insulation_{level}"]["value"] == 0


@given(st.lists(st.floats(0.01, 1.0), min_size=7, max_size=7), st.integers(0, 5))
def test_worse_labels_save_at_least_as_much(shares, place):
    total = sum(shares)
    before = [one / total for one in shares]
    after = list(before)
    after[6] += after[place]
    after[place] = 0.0
    saved = [
        local_facts(_berkum(), 2020, _labels(*one))["space_saving_b"]["value"]
        for one in (before, after)
    ]

    assert saved[1] >= saved[0] - 2e-4 or np.isclose(saved[0], saved[1], rtol=1e-3)


@given(
    st.floats(0.2, 8.0),
    st.dictionaries(st.sampled_from(sorted(TOTALS)), st.floats(-500, 6000)),
)
def test_every_fact_is_plausible_whatever_was_published(tonne, totals):
    variants = {VariantKey(2020, code): VariantCosts(one) for code, one in totals.items()}
    found = local_facts(_berkum(reference_co2=tonne * 1938, variants=variants), 2020, {})

    for name, fact in found.items():
        low, mid, high = fact["low"], fact["value"], fact["high"]
        assert 0 <= low <= mid <= high, name
        if name.startswith("space_saving"):
            assert mid <= 0.5
    assert 14 <= found["heat_now"]["value"] <= 130
    if {"space_saving_b", "space_saving_d"} <= found.keys():
        assert found["space_saving_d"]["value"] <= found["space_saving_b"]["value"]
