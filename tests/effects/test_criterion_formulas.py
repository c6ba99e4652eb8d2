import re
from pathlib import Path

import pytest

from waardeweging.effects.calculation import calculate
from waardeweging.effects.criterion_formulas import CALCULATED, FORMULAS
from waardeweging.effects.parameters import override
from waardeweging.problem.errors import Faults
from waardeweging.problem.reading import read_framework
from waardeweging.problem.toml_files import read_toml

HEAT = Path(__file__).resolve().parents[2] / "scenarios" / "heat"

# Mid of the typed option tables (2026): technique, criterion, figure, allowed difference.
TYPED = [
    ("T0", "K2", 2270, 10),
    ("T1", "K2", 2100, 10),
    ("T2", "K2", 2100, 10),
    ("T4", "K2", 2450, 200),
    ("T5", "K2", 1850, 10),
    ("T6", "K2", 2230, 15),
    ("T7", "K2", 2390, 110),
    ("T8", "K2", 2750, 245),
    ("T0", "K3", 2360, 0),
    ("T1", "K3", 1925, 0),
    ("T5", "K3", 8850, 0),
    ("T6", "K3", 18000, 0),
    ("T7", "K3", 3450, 0),
    ("T1", "S1", 240, 25),
    ("T5", "S1", -300, 40),
    ("T8", "S1", 150, 45),
    ("T0", "L1", 2140, 5),
    ("T1", "L1", 620, 6),
    ("T2", "L1", 470, 1),
    ("T3", "L1", 620, 1),
    ("T4", "L1", 540, 1),
    ("T5", "L1", 960, 1),
    ("T6", "L1", 810, 1),
    ("T7", "L1", 1020, 5),
    ("T8", "L1", 1070, 5),
    ("T5", "L2", 3.5, 0),
    ("T7", "L2", 1.95, 0),
]


def _mid(techniques, parameters, facts, option, criterion):
    cells = calculate(techniques, parameters, facts, [option], [criterion])
    return cells[option.id, criterion].mid


def _variant(parameters, variant_id):
    faults = Faults()
    variants = read_toml(HEAT / "parameters.toml")["variants"]
    section = next(one["parameters"] for one in variants if one["id"] == variant_id)
    changed = override(parameters, section, "parameters.toml", variant_id, faults)
    faults.raise_all("variant")
    return changed


@pytest.mark.parametrize(("technique", "criterion", "figure", "within"), TYPED)
def test_calculated_figures_stand_near_the_typed_ones(
    techniques, parameters, facts, option, technique, criterion, figure, within
):
    mid = _mid(techniques, parameters, facts, option(technique), criterion)

    assert mid == pytest.approx(figure, abs=within + 1e-9)


def test_yearly_cost_of_gas_fits_on_an_envelope(techniques, parameters, facts, option):
    # 1,200 m³ × 1.40 + 280 + boiler 2,360 × 0.0870722 + maintenance 100
    mid = _mid(techniques, parameters, facts, option("T0"), "K2")

    assert mid == pytest.approx(1200 * 1.40 + 280 + 2360 * 0.0870722454969811 + 100)


def test_yearly_cost_of_a_network_fits_on_an_envelope(techniques, parameters, facts, option):
    # 25 GJ × 40.97 + 828 + 146 + (5,250 − 3,325) × 0.0546442
    mid = _mid(techniques, parameters, facts, option("T1", "O1"), "K2")

    assert mid == pytest.approx(25 * 40.97 + 828 + 146 + 1925 * 0.05464415834871942)


def test_without_subsidy_the_whole_connection_is_paid(techniques, parameters, facts, option):
    without = _variant(parameters, "no-subsidy")

    assert _mid(techniques, without, facts, option("T1", "O1"), "K3") == 5250
    assert _mid(techniques, without, facts, option("T1", "O1"), "K2") == pytest.approx(
        25 * 40.97 + 828 + 146 + 5250 * 0.05464415834871942
    )


def test_a_high_gas_price_touches_only_techniques_on_gas(techniques, parameters, facts, option):
    high = _variant(parameters, "gas-price-high")

    def change(technique):
        one = option(technique)
        return _mid(techniques, high, facts, one, "K2") - _mid(
            techniques, parameters, facts, one, "K2"
        )

    assert change("T0") == pytest.approx(1200 * 0.60)
    assert change("T7") == pytest.approx(400 * 0.60)
    assert change("T1") == change("T5") == change("T6") == 0


def test_a_high_electricity_price_touches_only_heat_pumps(techniques, parameters, facts, option):
    high = _variant(parameters, "electricity-price-high")
    rise = _mid(techniques, high, facts, option("T5"), "K2") - _mid(
        techniques, parameters, facts, option("T5"), "K2"
    )

    assert rise == pytest.approx(3200 * 0.12)
    assert _mid(techniques, high, facts, option("T0"), "K2") == _mid(
        techniques, parameters, facts, option("T0"), "K2"
    )


def test_a_cost_based_tariff_lowers_the_cost_of_networks(techniques, parameters, facts, option):
    tariff = _variant(parameters, "cost-based-heat-tariff")
    mid = _mid(techniques, tariff, facts, option("T1", "O1"), "K2")

    assert mid == pytest.approx(25 * 34 + 650 + 1925 * 0.05464415834871942)


def test_later_years_emit_less_and_leave_money_alone(techniques, parameters, facts, option):
    now, later, last = (
        _mid(techniques, one, facts, option("T5"), "L1")
        for one in (parameters, _variant(parameters, "2030"), _variant(parameters, "2050"))
    )

    assert (now, later, last) == pytest.approx((3200 * 0.30, 3200 * 0.20, 3200 * 0.02))
    assert _mid(techniques, _variant(parameters, "2050"), facts, option("T5"), "K2") == _mid(
        techniques, parameters, facts, option("T5"), "K2"
    )


def test_gas_is_its_own_reference_for_a_low_use_tenant(techniques, parameters, facts, option):
    cell = calculate(techniques, parameters, facts, [option("T0")], ["S1"])["T0", "S1"]

    assert (cell.low, cell.mid, cell.high) == (0, 0, 0)


def test_insulation_stands_beside_the_cost_and_is_not_hidden(techniques, parameters, facts, option):
    bare = calculate(techniques, parameters, facts, [option("T5")], ["K2"])["T5", "K2"]
    insulated = calculate(techniques, parameters, facts, [option("T5", "O6", "B")], ["K2"])
    term = next(one for one in insulated["T5", "K2"].terms if one.name == "insulation")

    assert term.mid == pytest.approx(1065, abs=1)
    assert not term.counted
    assert insulated["T5", "K2"].mid == bare.mid


def test_peak_unfolds_to_the_load_of_the_neighbourhood(techniques, parameters, facts, option):
    cell = calculate(techniques, parameters, facts, [option("T5")], ["L2"])["T5", "L2"]
    terms = {one.name: one.mid for one in cell.terms}

    assert terms["neighbourhood"] == 3.5 * 1656
    assert terms["extra"] == 2.0 * 1656
    assert "shortfall" not in terms


def test_free_grid_capacity_shows_what_does_not_fit(techniques, parameters, facts, option):
    room = facts.dwellings.model_copy(update={"value": 3000.0})
    known = facts.model_copy(update={"free_grid_capacity": room})
    cell = calculate(techniques, parameters, known, [option("T5")], ["L2"])["T5", "L2"]

    assert {one.name: one.mid for one in cell.terms}["shortfall"] == 312


def test_say_is_calculated_for_individual_ownership_only(techniques, parameters, facts, option):
    options = [option("T5", "O6"), option("T1", "O2")]
    cells = calculate(techniques, parameters, facts, options, ["D1"])

    assert set(cells) == {("T5", "D1")}
    assert cells["T5", "D1"].mid == 4.0


def test_owner_share_moves_the_say(techniques, parameters, facts, option):
    renters = facts.model_copy(
        update={"owner_share": facts.owner_share.model_copy(update={"value": 0.25})}
    )

    assert _mid(techniques, parameters, renters, option("T5"), "D1") == 2.0


def test_units_are_those_of_the_framework():
    text = (HEAT.parent / "frameworks" / "warmte.toml").read_text(encoding="utf-8")
    units = dict(re.findall(r'id = "(\w+)"\n(?:.+\n)*?unit = "(.+?)"', text))

    assert {name: FORMULAS[name].unit for name in CALCULATED} == {
        name: units[name] for name in CALCULATED
    }


def test_every_end_of_every_variant_stays_inside_the_range_people_weigh(
    techniques, parameters, facts, option
):
    faults = Faults()
    tree = read_framework(HEAT.parent / "frameworks" / "warmte.toml", faults)
    assert tree is not None
    variants = [one["id"] for one in read_toml(HEAT / "parameters.toml")["variants"]]
    options = [option(name, "O6", "B") for name in techniques]

    for given in (parameters, *(_variant(parameters, name) for name in variants)):
        for cell in calculate(techniques, given, facts, options, CALCULATED).values():
            criterion = tree.criterion(cell.criterion)
            bottom, top = sorted((criterion.worst, criterion.best))
            assert bottom <= cell.low <= cell.high <= top, (cell.alternative, cell.criterion)
