import pytest

from waardeweging.effects.binding import bind, check_inputs
from waardeweging.effects.criterion_formulas import CALCULATED, FORMULAS
from waardeweging.effects.neighbourhood import Fact
from waardeweging.effects.parameters import Parameters
from waardeweging.effects.techniques import Techniques
from waardeweging.problem.errors import Faults


@pytest.fixture
def check(techniques, parameters, facts, option):
    def run(*, sources=None, criteria=CALCULATED, options=None, **changed):
        faults = Faults()
        given = {"techniques": techniques, "parameters": parameters, "facts": facts, **changed}
        check_inputs(
            given["techniques"],
            given["parameters"],
            given["facts"],
            options or [option("T5", "O6", "B"), option("T1", "O2", "D")],
            criteria,
            sources=sources,
            files=("scenario.toml", "techniques.csv"),
            faults=faults,
        )
        return [(error.code, error.where.field) for error in faults]

    return run


def test_a_complete_scenario_has_no_faults(check):
    assert check() == []


def test_a_missing_parameter_is_named(check, parameters):
    fewer = Parameters({name: one for name, one in parameters.items() if name != "gas_price"})

    assert check(parameters=fewer) == [("parameter.missing", "gas_price")]


def test_only_the_insulation_that_options_have_needs_a_cost(check, parameters, option):
    fewer = Parameters({name: one for name, one in parameters.items() if name != "insulation_d"})

    assert check(parameters=fewer) == [("parameter.missing", "insulation_d")]
    assert check(parameters=fewer, options=[option("T5", "O6", "B")]) == []


def test_a_missing_property_and_a_missing_technique_are_named(check, techniques, option):
    fewer = Techniques(
        {
            name: {key: one for key, one in own.items() if (name, key) != ("T5", "peak")}
            for name, own in techniques.items()
        }
    )

    assert check(techniques=fewer, criteria=["L2"]) == [("technique.missing", "T5 × peak")]
    assert check(options=[option("T77")], criteria=["L2"]) == [("technique.missing", "T77 × peak")]


def test_a_missing_fact_is_named_only_when_a_cell_needs_it(check, facts, parameters, option):
    unknown = facts.model_copy(update={"owner_share": None})
    fewer = Parameters({name: one for name, one in parameters.items() if name != "owner_share"})

    assert check(facts=unknown) == []
    assert check(facts=unknown, parameters=fewer) == [("fact.missing", "owner_share")]
    assert check(facts=unknown, parameters=fewer, options=[option("T1", "O2", "D")]) == []


def test_a_criterion_without_a_formula_is_refused(check):
    assert check(criteria=["K4"]) == [("effects.unknown_criterion", "criteria")]


def test_a_source_that_is_not_in_the_table_is_named(check, parameters, techniques, facts):
    known = {one.source for one in parameters.values()}
    known |= {one.source for own in techniques.values() for one in own.values()}

    assert ("parameter.unknown_source", "source") in check(sources=known)
    assert check(sources=known | {"pbl", "case"}) == []


def test_inputs_of_two_options_share_their_keys(techniques, parameters, facts, option):
    air = bind(FORMULAS["S1"], option("T5"), techniques, parameters, facts)
    gas = bind(FORMULAS["S1"], option("T0"), techniques, parameters, facts)
    keys_air = {one.name: one.key for one in air}
    keys_gas = {one.name: one.key for one in gas}

    assert keys_air["electricity_price"] == keys_gas["electricity_price"] == "electricity_price"
    assert keys_air["investment"] == "T5.investment"
    assert keys_air["reference_investment"] == keys_gas["investment"] == "T0.investment"


def test_a_fact_of_the_neighbourhood_goes_before_the_country(techniques, parameters, facts, option):
    heat = Fact(value=50.0, low=45.0, high=55.0, unit="GJ/dwelling/yr", source="x")
    known = facts.model_copy(update={"heat_now": heat, "space_saving_b": None})
    inputs = {
        one.name: one
        for one in bind(FORMULAS["K2"], option("T5", "O6", "B"), techniques, parameters, known)
    }

    assert (inputs["heat_now"].key, inputs["heat_now"].low) == ("facts.heat_now", 45.0)
    assert inputs["space_saving"].key == "space_saving_b"


def test_what_does_not_concern_a_technique_is_no_input(techniques, parameters, facts, option):
    def names(technique, organisation="O6"):
        bound = bind(
            FORMULAS["K2"], option(technique, organisation, "D"), techniques, parameters, facts
        )
        return {one.name for one in bound}

    assert not {"heat_price", "network_capital", "green_gas_premium"} & names("T5")
    assert "green_gas_premium" in names("T7")
    assert "network_rate" in names("T1", "O2")
    assert "network_rate" not in names("T1", "O5")
    assert not {"spf_space", "efficiency_space"} & names("T1", "O2")
