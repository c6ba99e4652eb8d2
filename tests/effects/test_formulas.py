import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.effects import formulas

rates = st.floats(0.0001, 0.3)
lives = st.floats(1, 60)
amounts = st.floats(0, 1e6)


def test_recovery_factors_equal_the_published_ones_at_the_rate_of_an_owner():
    # crf15 and crf30 at 3.54 % as given with the option tables
    factors = formulas.capital_recovery_factor(0.0354, [15, 30])

    np.testing.assert_allclose(factors, [0.0870722454969811, 0.05464415834871942], rtol=1e-12)


def test_recovery_factor_equals_the_textbook_table():
    # Blank & Tarquin, Engineering Economy, compound interest tables: (A/P, 10 %, 5) = 0.26380
    assert formulas.capital_recovery_factor(0.10, 5) == pytest.approx(0.26380, abs=5e-6)


def test_money_without_interest_is_paid_back_in_equal_parts():
    np.testing.assert_array_equal(
        formulas.capital_recovery_factor([0.0, 0.0], [15, 30]), [1 / 15, 1 / 30]
    )


@given(rates, lives)
def test_payments_are_worth_what_was_borrowed(rate, life):
    life = round(life)
    payment = formulas.capital_recovery_factor(rate, life)
    worth = sum(payment / (1 + rate) ** year for year in range(1, life + 1))

    assert worth == pytest.approx(1, rel=1e-9)


@given(rates, lives)
def test_a_higher_rate_or_a_shorter_life_costs_more_a_year(rate, life):
    here = formulas.capital_recovery_factor(rate, life)

    assert formulas.capital_recovery_factor(rate * 1.1, life) > here
    assert formulas.capital_recovery_factor(rate, life * 1.1) < here


def test_blended_factor_takes_each_part_over_its_own_life():
    factor = formulas.blended_recovery_factor(0.0, 10, 40, 0.25)

    assert factor == pytest.approx(0.75 / 10 + 0.25 / 40)


@given(amounts, amounts, st.floats(0, 1))
def test_own_contribution_is_never_negative(investment, subsidy, share):
    assert formulas.own_contribution(investment, subsidy, share) >= 0


def test_own_contribution_is_the_investment_less_the_subsidy():
    # air heat pump 12,000 less ISDE 3,150
    assert formulas.own_contribution(12000, 3150, 1) == 8850


def test_a_subsidy_never_exceeds_what_was_spent():
    assert formulas.granted_subsidy(1000, 3325, 1) == 1000


def test_factors_follow_straight_lines_between_their_anchors():
    years = [2020, 2026, 2028, 2030, 2040, 2050, 2080]

    np.testing.assert_allclose(
        formulas.at_year(years, 0.30, 0.20, 0.0), [0.3, 0.3, 0.25, 0.2, 0.1, 0.0, 0.0], atol=1e-15
    )


def test_energy_cost_is_use_times_price():
    # 25 GJ, 48 m³ per GJ, € 1.40 per m³
    assert formulas.energy_cost(25, 48, 1.40) == pytest.approx(1680)


def test_green_gas_costs_extra_only_for_the_green_part():
    np.testing.assert_allclose(
        formulas.green_gas_surcharge(0.40, [0, 0.5, 1], [1, 1, 0]), [0, 0.2, 0]
    )


def test_emissions_are_use_times_factor():
    # 1,200 m³ of natural gas at 1.78 kg
    assert formulas.chain_emissions(25, 48, 1.78) == pytest.approx(2136)


def test_say_is_shared_between_owners_and_tenants():
    np.testing.assert_allclose(formulas.mean_say([0, 0.75, 1], 5, 1), [1, 4, 5])


def test_shortfall_counts_only_what_the_grid_has_no_room_for():
    # 1,656 dwellings from 1.5 to 3.5 kW ask 3,312 kW more
    np.testing.assert_allclose(
        formulas.grid_shortfall(3.5, 1.5, 1656, [0, 3000, 4000]), [3312, 312, 0]
    )


def test_formulas_broadcast_over_draws_neighbourhoods_and_options():
    draws = np.linspace(1.2, 1.6, 7)[:, None, None]
    heat = np.array([20.0, 25.0, 30.0])[None, :, None]
    use = np.array([48.0, 16.0])[None, None, :]

    cost = formulas.energy_cost(heat, use, draws)

    assert cost.shape == (7, 3, 2)
    assert cost[3, 1, 0] == formulas.energy_cost(25.0, 48.0, draws[3, 0, 0])
