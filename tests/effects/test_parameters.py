import pytest

from waardeweging.effects.parameters import (
    Parameter,
    Parameters,
    check_one_price_basis,
    override,
    read_parameters,
)
from waardeweging.problem.errors import Faults

GAS = {
    "low": 1.2,
    "mid": 1.4,
    "high": 1.6,
    "unit": "€/m³",
    "grounds": "expert",
    "source": "assumption",
    "price_year": 2026,
    "includes_vat": True,
}
HEAT = {
    "low": 25,
    "mid": 25,
    "high": 25,
    "unit": "GJ/dwelling/yr",
    "grounds": "definition",
    "source": "tables",
}


def _read(section):
    faults = Faults()
    return read_parameters(section, "scenario.toml", faults), faults


def _codes(faults):
    return [error.code for error in faults]


def test_parameters_are_read_by_id():
    found, faults = _read({"gas_price": GAS, "heat_now": HEAT})

    assert not faults
    assert found["gas_price"].mid == 1.4
    assert found["heat_now"].mid == 25
    assert list(found) == ["gas_price", "heat_now"]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"low": 1.5}, "parameter.order", None),
        ({"mid": float("nan")}, "number.not_finite", "mid"),
        ({"high": float("inf")}, "number.not_finite", "high"),
        ({"mid": "1.4"}, "field.number", "mid"),
        ({"mid": True}, "field.number", "mid"),
        ({"grounds": "guess"}, "field.choice", "grounds"),
        ({"surprise": 1}, "field.unknown", "surprise"),
        ({"unit": "ct/m³"}, "parameter.unit", "unit"),
        ({"low": -1.2}, "number.too_low", "low"),
        ({"price_year": None}, "parameter.price_year", "price_year"),
        ({"includes_vat": False}, "parameter.vat", "includes_vat"),
    ],
)
def test_a_fault_names_the_parameter_and_the_field(change, code, field):
    found, faults = _read({"gas_price": {**GAS, **change}})

    (error,) = faults
    assert (error.code, error.where.field) == (code, field)
    assert error.where.row == "parameters gas_price"
    assert "gas_price" not in found or code in ("parameter.price_year", "parameter.vat")


@pytest.mark.parametrize(
    ("name", "wrong", "code"),
    [
        ("rate_owner", {"unit": "1/yr", "high": 4}, "number.too_high"),
        ("rate_owner", {"unit": "1/yr", "low": -1}, "number.too_low"),
        ("life_network", {"unit": "yr", "low": 0, "mid": 1, "high": 2}, "number.too_low"),
        ("subsidy_share", {"unit": "share", "high": 100}, "number.too_high"),
        ("gas_standing", {"unit": "€"}, "parameter.unit"),
    ],
)
def test_a_number_that_no_formula_can_take_is_refused(name, wrong, code):
    given = {**HEAT, "low": 0, "mid": 0.5, "high": 1, **wrong}

    found, faults = _read({name: given, "own_number": HEAT})

    assert _codes(faults) == [code]
    assert list(found) == ["own_number"]


def test_every_fault_is_named_at_once():
    _, faults = _read({"a": {**GAS, "low": 9}, "b": 3, "c": {"low": 1}, "bad id!": HEAT})

    assert {error.where.row or error.where.field for error in faults} >= {
        "parameters a",
        "b",
        "parameters c",
        "parameters bad id!",
    }


@pytest.mark.parametrize("section", [None, 3, "text", []])
def test_a_section_that_is_no_section_is_refused(section):
    _, faults = _read(section)

    assert _codes(faults) == ["parameter.section"]


def test_a_parameter_out_of_order_cannot_be_made():
    with pytest.raises(ValueError, match="rising order"):
        Parameter(id="x", low=2, mid=1, high=3, unit="-", grounds="expert", source="s")


def test_a_variant_replaces_what_it_names_and_keeps_unit_and_source():
    base, faults = _read({"gas_price": GAS, "heat_now": HEAT})
    varied = override(
        base,
        {"gas_price": {"low": 1.8, "mid": 2.0, "high": 2.2}},
        "scenario.toml",
        "high",
        faults,
    )

    assert not faults
    assert varied["gas_price"].mid == 2.0
    assert varied["gas_price"].unit == "€/m³"
    assert varied["heat_now"] == base["heat_now"]
    assert base["gas_price"].mid == 1.4


def test_a_variant_of_half_a_band_is_refused():
    base, faults = _read({"gas_price": GAS})
    override(base, {"gas_price": {"mid": 2.0}}, "scenario.toml", "high", faults)

    assert [error.where.field for error in faults] == ["low", "high"]


def test_a_variant_of_an_unknown_parameter_is_refused():
    base, faults = _read({"gas_price": GAS})
    override(base, {"gasprice": {"low": 1, "mid": 1, "high": 1}}, "s.toml", "high", faults)

    (error,) = faults
    assert error.code == "parameter.unknown"
    assert "gas_price" in error.remedy


def test_two_price_years_are_not_added_to_each_other():
    section = {"gas_price": GAS, "old": {**GAS, "price_year": 2019}}
    found, faults = _read(section)
    check_one_price_basis(found, "scenario.toml", faults)

    (error,) = faults
    assert error.code == "parameter.price_years"
    assert "2019: old" in str(error.found)


def test_parameters_name_themselves():
    assert repr(Parameters({})) == "Parameters()"
    assert len(Parameters({})) == 0
