import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.effects.balance import technique_balances
from waardeweging.effects.energy import (
    GJ_PER_KWH,
    GJ_PER_M3,
    energy_use,
    implied_boiler,
    implied_pump,
    space_heat,
)

VESTA = Path(__file__).resolve().parents[1] / "data" / "energy" / "vesta_energy_balance_2030.csv"
HEAT = st.floats(0.0, 200.0)
SHARE = st.floats(0.0, 1.0)
PERFORMANCE = st.floats(0.5, 8.0)
SWITCH = st.sampled_from([0.0, 1.0])


def _rows():
    with VESTA.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@given(HEAT, HEAT, SHARE, SHARE, PERFORMANCE, PERFORMANCE, PERFORMANCE, PERFORMANCE, SWITCH, SWITCH)
def test_useful_heat_is_what_comes_in_times_its_performance(
    space, water, pump, pump_water, spf_space, spf_water, boiler, boiler_water, network, source
):
    use = energy_use(
        space,
        water,
        pump_share=pump,
        pump_share_water=pump_water,
        spf_space=spf_space,
        spf_water=spf_water,
        efficiency_space=boiler,
        efficiency_water=boiler_water,
        network_heat=network,
        source_network=source,
        auxiliary=0.0,
    )
    by_pump = space * pump + water * pump_water
    rest_space, rest_water = space * (1 - pump), water * (1 - pump_water)
    # electricity and what the pump draws from its surroundings
    assert use.electricity * GJ_PER_KWH + use.ambient + source * (
        use.network - network * (rest_space + rest_water)
    ) == pytest.approx(by_pump, rel=1e-9, abs=1e-9)
    burned = use.gas * GJ_PER_M3
    made = (1 - network) * (rest_space + rest_water)
    # gas at efficiencies between the two parts
    least, most = sorted((boiler, boiler_water))
    assert burned * least <= made + 1e-9
    assert made <= burned * most + 1e-9
    exact = (1 - network) * (rest_space / boiler + rest_water / boiler_water)
    assert burned == pytest.approx(exact, rel=1e-9, abs=1e-9)


@given(HEAT, SHARE, st.floats(0.0, 0.9))
def test_the_same_level_is_the_same_demand_and_more_insulation_never_needs_more(heat, part, saving):
    water = heat * part
    demand = space_heat(heat, water, saving)

    assert demand == space_heat(heat, water, saving)
    assert demand <= space_heat(heat, water, 0.0) + 1e-12


def test_a_boiler_burns_33_cubic_metres_per_gj_as_in_vesta():
    today = next(row for row in _rows() if row["situation"].startswith("now"))

    assert float(today["gas_m3_per_GJ_heat"]) == pytest.approx(33.0)
    assert implied_boiler(33.0) == pytest.approx(0.957, abs=1e-3)
    # 48 m³ per GJ, as tables said before, is a boiler that does not exist
    assert implied_boiler(48.0) == pytest.approx(0.658, abs=1e-3)
    assert implied_pump(128.0) == pytest.approx(2.17, abs=0.01)


# Technique and level of every situation that PBL's Vesta gives.
SITUATIONS = {
    "now (start year 2019)": ("T0", "today"),
    "s1a air heat pump, label B": ("T5", "B"),
    "s1b ground heat pump, label B": ("T6", "B"),
    "s4a hybrid, label B": ("T7", "B"),
    "s4b gas boiler, label B": ("T8", "B"),
    "s4c hybrid, label D": ("T7", "D"),
    "s4d gas boiler, label D": ("T8", "D"),
}


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["situation"])
def test_mid_figures_agree_with_the_published_balance(techniques, row):
    technique, level = SITUATIONS[row["situation"]]
    balances = technique_balances(
        techniques, float(row["space_GJ"]), float(row["hot_water_GJ"]), level
    )
    own = next(one for one in balances if one.id == technique)

    assert own.gas_m3 == pytest.approx(float(row["gas_m3"]), rel=0.03)
    assert own.electricity_kwh == pytest.approx(float(row["electricity_for_heat_kWh"]), rel=0.05)
    if level != "today":
        # The start year of Vesta counts the peak of appliances otherwise (2.71 kW); every
        # boiler of 2030 has 1.5.
        assert own.peak_kw == pytest.approx(float(row["peak_kW"]), rel=0.05)


def test_the_worked_example_of_pbl(techniques):
    # PBL (2025), Referentieverbruik warmte woningen II: terraced house, 26 GJ of space heat at
    # 104 %, and hot water of three persons 275 m³ at 76 %. PBL prints 794 and 1,069 m³.
    water = 275 * GJ_PER_M3 * 0.76
    own = next(
        one for one in technique_balances(techniques, 26.0, water, "today") if one.id == "T0"
    )

    assert pytest.approx(789.9, abs=0.05) == 26 / 1.04 / GJ_PER_M3
    assert own.gas_m3 == pytest.approx(26 / 1.04 / GJ_PER_M3 + 275, abs=0.5)
    assert own.gas_m3 == pytest.approx(794 + 275, rel=0.005)


def test_arguments_broadcast():
    use = energy_use(
        np.array([10.0, 20.0]),
        5.0,
        pump_share=1.0,
        pump_share_water=1.0,
        spf_space=np.array([[3.0], [4.0]]),
        spf_water=2.0,
        efficiency_space=1.0,
        efficiency_water=1.0,
        network_heat=0.0,
        source_network=0.0,
        auxiliary=0.0,
    )

    assert use.electricity.shape == (2, 2)
