"""Twelve ways to break a table, each at the door where the folder comes in."""

import re
import shutil

import pytest

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.analysis.notices import notices_of
from waardeweging.analysis.scenario import read_scenario
from waardeweging.presentation.sentences import fault_lines, fault_text
from waardeweging.problem.errors import faults_in

_TECHNIQUES, _SCENARIO = "techniques.csv", "scenario.toml"


@pytest.fixture
def folder(tmp_path):
    here = tmp_path / "scenarios"
    shutil.copytree(bundled_scenarios() / "berkum", here / "berkum")
    shutil.copytree(bundled_scenarios() / "frameworks", here / "frameworks")
    return here / "berkum"


def _row(technique, name, change):
    def changed(text):
        rows = text.splitlines()
        at = next(n for n, row in enumerate(rows) if row.startswith(f"{technique};{name};"))
        cells = rows[at].split(";")
        rows[at] = ";".join(change(cells))
        return "\n".join(rows) + "\n"

    return changed


def _band(low, mid, high):
    return lambda cells: [*cells[:2], str(low), str(mid), str(high), *cells[5:]]


def _key(section, **changes):
    def changed(text):
        start = text.index(f"[{section}]")
        end = text.find("\n[", start)
        part = text[start:end]
        for key, value in changes.items():
            part = re.sub(rf"^{key} = .*$", f"{key} = {value}", part, flags=re.MULTILINE)
        return text[:start] + part + text[end:]

    return changed


def _add(*lines):
    return lambda text: text + "\n".join(lines) + "\n"


BROKEN = {
    "a performance of 1.5": (
        _TECHNIQUES,
        _row("T5", "spf_space_b", _band(1.4, 1.5, 1.6)),
        "number.too_low",
    ),
    "a hybrid that makes 1.6 GJ of one": (
        _TECHNIQUES,
        lambda text: (
            "".join(
                line for line in text.splitlines(True) if not line.startswith(("T9;spf", "T9;pump"))
            )
            + "T9;gas_per_gj;16;16;16;m³/GJ;definition;definition;;;\n"
            + "T9;electricity_per_gj;88;88;88;kWh/GJ;definition;definition;;;\n"
        ),
        "technique.pump",
    ),
    "a demand of its own": (
        _TECHNIQUES,
        _add("T5;heat_now;25;25;25;GJ/dwelling/yr;definition;definition;;;"),
        "technique.unknown_property",
    ),
    "label B that needs more than D": (
        _SCENARIO,
        _key("facts.space_saving_b", low="0.01", value="0.02", high="0.03"),
        "insulation.levels",
    ),
    "VAT mixed": (
        _TECHNIQUES,
        _row("T5", "investment", lambda cells: [*cells[:-1], "no"]),
        "parameter.vat",
    ),
    "price years mixed": (
        _TECHNIQUES,
        _row("T5", "investment", lambda cells: [*cells[:-2], "2018", cells[-1]]),
        "parameter.price_years",
    ),
    "tonnes for kilograms": (
        _SCENARIO,
        _key("parameters.emission_gas", low="0.00178", mid="0.00178", high="0.00178"),
        "parameter.unlikely",
    ),
    "a negative subsidy": (
        _TECHNIQUES,
        _row("T5", "subsidy", _band(-3475, -2575, -2125)),
        "number.too_low",
    ),
    "a network that loses 60 %": (
        _TECHNIQUES,
        _add("T1;network_loss;0.5;0.6;0.7;share;definition;definition;;;"),
        "number.too_high",
    ),
    "heat per MWh for per GJ": (
        _SCENARIO,
        _key("parameters.heat_price", low="150", mid="155", high="160"),
        "parameter.unlikely",
    ),
    "m³ for kWh": (
        _SCENARIO,
        _key("parameters.electricity_price", low="1.5", mid="1.9", high="2.5"),
        "parameter.parts",
    ),
}


@pytest.mark.parametrize(("file", "broken", "code"), BROKEN.values(), ids=BROKEN)
def test_a_table_that_breaks_physics_or_units_is_refused(folder, file, broken, code):
    path = folder / file
    whole = path.read_text(encoding="utf-8")
    path.write_text(broken(whole), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != whole

    with pytest.raises(ExceptionGroup) as caught:
        read_scenario(folder)

    assert code in {one.code for one in faults_in(caught.value)}
    for language in ("nl", "en"):
        lines = fault_lines(caught.value, language)
        assert all(line.startswith((_TECHNIQUES, _SCENARIO)) for line in lines)


def test_a_criterion_on_which_the_options_do_not_differ_is_flagged(folder):
    path = folder / "performances.csv"
    rows = [row.split(";") for row in path.read_text(encoding="utf-8").splitlines()]
    same = [
        [*row[:2], "3", "3", "3", *row[5:]] if len(row) > 2 and row[1] == "S3" else row
        for row in rows
    ]
    path.write_text("\n".join(";".join(row) for row in same) + "\n", encoding="utf-8")

    found = notices_of(read_scenario(folder))

    (flat,) = [one for one in found if one.code == "notice.flat"]
    assert flat.where.field == "S3"
    assert "Gedoe in huis" in fault_text(flat, "nl")
    assert "another range" in fault_text(flat, "en")


def test_a_typed_number_beside_the_formula_is_flagged(folder):
    path = folder / "performances.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text + "air-heat-pump;L2;1.2;1.2;1.2;kW/dwelling;calculated;definition;;\n",
        encoding="utf-8",
    )

    found = notices_of(read_scenario(folder))

    assert [(one.where.field, one.found) for one in found if one.code.endswith("calculation")] == [
        ("air-heat-pump × L2", "1.2")
    ]


def test_the_examples_that_come_along_tell_their_options_apart():
    for path in sorted(bundled_scenarios().glob("*/scenario.toml")):
        codes = {one.code for one in notices_of(read_scenario(path.parent))}
        assert not codes & {"notice.flat", "notice.wide", "notice.beside_calculation"}, path
