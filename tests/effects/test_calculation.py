import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waardeweging.effects.calculation import calculate, sample
from waardeweging.effects.criterion_formulas import CALCULATED

ALL = ("T0", "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8")


@pytest.fixture(scope="module")
def options(option):
    return [option(one, "O1" if one in {"T1", "T2", "T3"} else "O6", "D") for one in ALL]


@pytest.fixture(scope="module")
def cells(techniques, parameters, facts, options):
    return calculate(techniques, parameters, facts, options, CALCULATED)


@pytest.fixture(scope="module")
def draws(techniques, parameters, facts, options):
    rng = np.random.default_rng(1)
    return sample(techniques, parameters, facts, options, CALCULATED, rng=rng, draws=4000)


def test_every_cell_that_has_a_formula_is_calculated(cells):
    assert len(cells) == 9 * 5 + 6


def test_low_mid_and_high_are_in_order(cells):
    for key, cell in cells.items():
        assert cell.low <= cell.mid <= cell.high, key


def test_counted_terms_add_up_to_the_result_at_each_end(cells):
    for key, cell in cells.items():
        counted = [one for one in cell.terms if one.counted]
        for end in ("low", "mid", "high"):
            total = sum(getattr(one, end) for one in counted)
            assert total == pytest.approx(getattr(cell, end), abs=1e-9), (key, end)


def test_every_input_names_its_source_and_grounds(cells):
    for cell in cells.values():
        for one in cell.inputs:
            assert one.source, one
            assert one.grounds in {"measured", "calculated", "expert", "definition"}


def test_no_draw_leaves_the_band(cells, draws):
    for key, cell in cells.items():
        assert cell.low - 1e-9 <= draws[key].min(), key
        assert draws[key].max() <= cell.high + 1e-9, key


def test_low_takes_the_end_of_every_input_that_lowers_the_result(cells):
    # air heat pump: 3,800 → 2,700 kWh, price 0.32 → 0.24, maintenance 240 → 120, pump 8,000
    assert cells["T5", "K2"].low == pytest.approx(2700 * 0.24 + 120 + 4850 * 0.0870722454969811)
    assert cells["T5", "K2"].high == pytest.approx(3800 * 0.32 + 240 + 12850 * 0.0870722454969811)


def test_more_subsidy_lowers_the_contribution(cells):
    # low: connection 0; high: connection 5,500 and no subsidy
    assert (cells["T1", "K3"].low, cells["T1", "K3"].high) == (0, 5500)


def test_options_that_share_a_price_move_together(draws):
    gas, boiler = draws["T0", "K2"], draws["T8", "K2"]
    air, ground = draws["T5", "K2"], draws["T6", "K2"]

    assert np.corrcoef(gas, boiler)[0, 1] > 0.4
    assert abs(np.corrcoef(gas, air)[0, 1]) < 0.1
    assert np.corrcoef(air, ground)[0, 1] > 0.05


def test_two_organisations_of_one_network_never_differ_in_a_draw(
    techniques, parameters, facts, option
):
    public = option("T1", "O1")
    cooperative = public.model_copy(update={"id": "other", "organisation": "O2"})
    rng = np.random.default_rng(3)
    drawn = sample(techniques, parameters, facts, [public, cooperative], ["K2"], rng=rng, draws=50)

    np.testing.assert_array_equal(drawn["T1", "K2"], drawn["other", "K2"])


def test_gas_against_itself_is_zero_in_every_draw(draws):
    np.testing.assert_array_equal(draws["T0", "S1"], 0.0)


def test_an_option_that_joins_changes_no_draw_of_the_others(techniques, parameters, facts, options):
    few, many = (
        sample(
            techniques,
            parameters,
            facts,
            some,
            CALCULATED,
            rng=np.random.default_rng(7),
            draws=20,
        )
        for some in (options[1:3], options)
    )

    for key, drawn in few.items():
        np.testing.assert_array_equal(drawn, many[key])


def test_a_draw_repeats_with_its_seed(techniques, parameters, facts, options):
    def run(seed):
        rng = np.random.default_rng(seed)
        return sample(techniques, parameters, facts, options[:1], ["K2"], rng=rng, draws=10)[
            "T0", "K2"
        ]

    np.testing.assert_array_equal(run(0), run(0))
    assert not np.array_equal(run(0), run(1))


def test_draws_are_read_only(draws):
    with pytest.raises(ValueError, match="read-only"):
        draws["T0", "K2"][0] = 1.0


def test_a_missing_input_is_a_mistake_of_the_caller(techniques, parameters, facts, option):
    with pytest.raises(KeyError):
        calculate(techniques, parameters, facts, [option("T99")], ["K2"])


@settings(max_examples=25)
@given(st.floats(0.5, 3.0), st.floats(0.1, 1.0))
def test_a_dearer_carrier_never_lowers_a_yearly_cost(
    techniques, parameters, facts, options, gas, electricity
):
    dearer = dict(parameters)
    for name, factor in (("gas_price", 1 + gas), ("electricity_price", 1 + electricity)):
        one = dearer[name]
        dearer[name] = one.model_copy(
            update={end: getattr(one, end) * factor for end in ("low", "mid", "high")}
        )
    before = calculate(techniques, parameters, facts, options, ["K2"])
    after = calculate(techniques, type(parameters)(dearer), facts, options, ["K2"])

    assert all(after[key].mid >= before[key].mid for key in before)
