from pathlib import Path

import pytest

from waardeweging.effects.neighbourhood import Fact
from waardeweging.effects.parameters import read_parameters
from waardeweging.effects.plausibility import check_plausible
from waardeweging.effects.techniques import Techniques, read_techniques
from waardeweging.problem.errors import Faults
from waardeweging.problem.toml_files import read_toml

HEAT = Path(__file__).resolve().parents[2] / "scenarios" / "heat"
HEAD = "technique;parameter;low;mid;high;unit;grounds;source;note;price_year;includes_vat\n"


@pytest.fixture
def found(techniques, parameters, facts, option):
    """Say what is wrong when some mids of a technique or parameter are others."""

    def run(technique=None, prices=None, local=None):
        table = {name: dict(own) for name, own in techniques.items()}
        for (name, key), value in (technique or {}).items():
            one = table[name].get(key) or next(iter(table[name].values()))
            table[name][key] = one.model_copy(
                update={"low": value, "mid": value, "high": value, "id": f"{name}.{key}"}
            )
        given = dict(parameters)
        for key, value in (prices or {}).items():
            given[key] = given[key].model_copy(update={"low": value, "mid": value, "high": value})
        faults = Faults()
        options = [
            option("T0"),
            option("T1", "O1", "D"),
            option("T5", "O6", "B"),
            option("T7", "O6", "D"),
        ]
        check_plausible(
            Techniques(table),
            type(parameters)(given),
            facts.model_copy(update=local or {}),
            options,
            ("scenario.toml", "techniques.csv"),
            faults,
        )
        return [(error.code, error.where.field or error.where.row) for error in faults]

    return run


def test_the_shipped_tables_are_plausible(found):
    assert found() == []


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({("T5", "spf_space_b"): 1.5}, "technique.performance", "T5 × spf_space_b"),
        ({("T7", "gas_connection"): 0.0}, "technique.no_source", "T7 × pump_share"),
        ({("T0", "efficiency_space"): 0.6}, "technique.efficiency", "T0 × efficiency_space"),
        ({("T5", "spf_space_b"): 3.0}, "technique.levels", "T5 × spf_space_b"),
        ({("T1", "emission_heat_now"): 0.0246}, "technique.emission", "T1 × emission_heat_now"),
        ({("T1", "emission_heat_now"): 246.0}, "technique.emission", "T1 × emission_heat_now"),
    ],
)
def test_what_no_device_does_is_refused_with_its_place(found, changed, code, field):
    assert (code, field) in found(technique=changed)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("gas_price", 41.0),  # per GJ
        ("electricity_price", 255.0),  # per MWh
        ("heat_price", 147.5),  # per MWh is still below the bound; per MWh of a dear network is not
        ("emission_gas", 0.00178),  # tonnes
        ("heat_now", 10_000.0),  # kWh
    ],
)
def test_a_number_in_another_unit_is_asked_about(found, name, value):
    if name == "heat_price":
        value = 1000 * value / 147.5
    assert [code for code, _ in found(prices={name: value})] == ["parameter.unlikely"]


def test_label_b_below_label_d_is_refused(found):
    less = Fact(value=0.05, unit="share", source="x")

    assert found(local={"space_saving_b": less}) == [("insulation.levels", "mid")]


# ------------------------------------------------------------------ tables of before 2026


def _old(tmp_path, *lines):
    path = tmp_path / "techniques.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    faults = Faults()
    return read_techniques(path, faults), [(one.code, one.where.field, one.found) for one in faults]


def _line(technique, name, value, unit):
    return f"{technique};{name};{value};{value};{value};{unit};definition;x;;;"


def test_a_typed_use_is_read_as_the_performance_behind_it(tmp_path):
    found, faults = _old(
        tmp_path,
        _line("T0", "gas_per_gj", 33, "m³/GJ"),
        _line("T5", "electricity_per_gj", 86, "kWh/GJ"),
        _line("T1", "heat_per_gj", 1, "GJ/GJ"),
        _line("T7", "gas_per_gj", 7.5, "m³/GJ"),
        _line("T7", "electricity_per_gj", 66, "kWh/GJ"),
    )

    assert faults == []
    assert found["T0"]["efficiency_space"].mid == pytest.approx(0.957, abs=1e-3)
    assert found["T5"]["spf_water"].mid == pytest.approx(3.23, abs=0.01)
    assert found["T1"]["network_heat"].mid == 1
    assert found["T7"]["pump_share"].mid == pytest.approx(1 - 7.5 * 0.03165)


@pytest.mark.parametrize(
    ("lines", "code", "number"),
    [
        # a boiler of 66 %, a heat pump of 1.5, a hybrid that makes 1.6 GJ out of 1
        ([_line("T0", "gas_per_gj", 48, "m³/GJ")], "technique.boiler", "0.66"),
        ([_line("T5", "electricity_per_gj", 185, "kWh/GJ")], "technique.pump", "1.50"),
        (
            [
                _line("T7", "gas_per_gj", 16, "m³/GJ"),
                _line("T7", "electricity_per_gj", 88, "kWh/GJ"),
            ],
            "technique.pump",
            "1.56",
        ),
        ([_line("T1", "heat_per_gj", 2.5, "GJ/GJ")], "technique.network_use", "2.50"),
    ],
)
def test_a_typed_use_that_no_device_has_is_refused(tmp_path, lines, code, number):
    _, faults = _old(tmp_path, *lines)

    assert [(one, found) for one, _, found in faults] == [(code, number)]


def test_the_old_parameters_are_brought_to_date():
    band = {
        "low": 25,
        "mid": 25,
        "high": 25,
        "unit": "GJ/yr",
        "grounds": "definition",
        "source": "x",
    }
    low_use = {**band, "low": 7.5, "mid": 10, "high": 12.5}
    faults = Faults()
    found = read_parameters({"heat_demand": band, "low_use_heat": low_use}, "scenario.toml", faults)

    assert not faults
    assert found["heat_now"].mid == 25
    assert (found["low_use_share"].low, found["low_use_share"].mid) == (0.3, 0.4)
    assert found["space_saving_b"].mid == 0


def test_a_total_is_the_sum_of_its_parts():
    section = read_toml(HEAT / "parameters.toml")["parameters"]
    shipped = [name for name, one in section.items() if "parts" in one]
    assert set(shipped) == {"gas_price", "electricity_price", "gas_standing", "heat_standing"}

    # rent of the delivery set counted twice, as it was before
    twice = {**section["heat_standing"], "parts": {"standing": 828, "delivery_set": 146}}
    faults = Faults()
    read_parameters({"heat_standing": twice}, "scenario.toml", faults)
    assert [(one.code, one.where.field) for one in faults] == [("parameter.parts", "parts")]
