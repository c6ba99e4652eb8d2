import pytest

from waardeweging.effects.quantities import PROPERTIES
from waardeweging.effects.techniques import read_techniques
from waardeweging.problem.errors import Faults

HEAD = "technique;parameter;low;mid;high;unit;grounds;source;note;price_year;includes_vat\n"
PUMP = "T5;investment;8000;12000;16000;€/dwelling;measured;veh;;2026;yes\n"


def _read(tmp_path, text):
    path = tmp_path / "techniques.csv"
    path.write_text(text, encoding="utf-8")
    faults = Faults()
    return read_techniques(path, faults), faults


def test_a_property_is_read_with_its_band_and_source(tmp_path):
    found, faults = _read(tmp_path, HEAD + PUMP)
    one = found["T5"]["investment"]

    assert not faults
    assert (one.id, one.low, one.mid, one.high) == ("T5.investment", 8000, 12000, 16000)
    assert (one.source, one.price_year, one.includes_vat) == ("veh", 2026, True)


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("T5;colour;1;2;3;-;expert;x;;;\n", "technique.unknown_property", "parameter"),
        ("T5;peak;1;2;;kW/dwelling;expert;x;;;\n", "number.empty", "high"),
        ("T5;peak;3;2;1;kW/dwelling;expert;x;;;\n", "parameter.order", None),
        ("T5;peak;1.234;2;3;kW/dwelling;expert;x;;;\n", "number.ambiguous", "low"),
        ("T5;peak;nan;2;3;kW/dwelling;expert;x;;;\n", "number.not_a_number", "low"),
        ("T5;peak;１;2;3;kW/dwelling;expert;x;;;\n", "number.not_a_number", "low"),
        ("T5;peak;1;2;3;kW/dwelling;guess;x;;;\n", "field.choice", "grounds"),
        ("T5;peak;1;2;3;=kW/dwelling;expert;x;;;\n", "text.formula", "unit"),
        ("T5;subsidy;1;2;3;€/dwelling;expert;x;;;yes\n", "parameter.price_year", "price_year"),
        ("T5;subsidy;1;2;3;€/dwelling;expert;x;;2026;no\n", "parameter.vat", "includes_vat"),
        ("T5;investment;1;2;3;€/dwelling;expert;x;;2026;yes\n", "id.duplicate", "parameter"),
        ("T5;peak;1;2;3;kW;expert;x;;;\n", "parameter.unit", "unit"),
        ("T5;subsidy;1;2;3;€/WEQ;expert;x;;2026;yes\n", "parameter.unit", "unit"),
        ("T5;subsidy;1;2;3;€/dwelling;expert;x;;2026.5;yes\n", "field.whole", "price_year"),
        ("T5;subsidy;1;2;3;€/dwelling;expert;x;;2026;maybe\n", "field.choice", "includes_vat"),
        ("T5;peak;-1;2;3;kW/dwelling;expert;x;;;\n", "number.too_low", "low"),
        ("T5;long_lived_share;0;0.5;50;share;expert;x;;;\n", "number.too_high", "high"),
        (";peak;1;2;3;kW/dwelling;expert;x;;;\n", "id.empty", "technique"),
    ],
)
def test_a_fault_names_row_and_column(tmp_path, line, code, field):
    _, faults = _read(tmp_path, HEAD + PUMP + line)

    (error,) = faults
    assert (error.code, error.where.row, error.where.field) == (code, 3, field)


def test_all_faults_are_named_at_once(tmp_path):
    _, faults = _read(tmp_path, HEAD + "T5;peak;x;;3;kW;expert;x;;;\nT6;hue;1;2;3;-;expert;x;;;\n")

    assert [error.where.row for error in faults] == [2, 2, 2, 3]


def test_a_missing_column_is_named(tmp_path):
    _, faults = _read(tmp_path, HEAD.replace("grounds;", ""))

    assert [error.code for error in faults] == ["table.missing_column"]


def test_the_table_of_the_project_knows_every_technique(techniques):
    assert set(techniques) == {f"T{number}" for number in range(11)}
    for own in techniques.values():
        assert {"investment", "peak"} <= set(own) <= set(PROPERTIES)
