import pytest

from waardeweging.effects.neighbourhood import Fact, NeighbourhoodFacts, read_facts
from waardeweging.problem.errors import Faults

DWELLINGS = {"value": 1656, "unit": "dwellings", "source": "pbl"}


def _share(value):
    return {"value": value, "unit": "share", "source": "pbl"}


def _read(section):
    faults = Faults()
    return read_facts(section, "scenario.toml", faults), faults


def test_an_unknown_fact_is_none_and_not_zero():
    facts, faults = _read({"dwellings": DWELLINGS})

    assert not faults
    assert facts.dwellings.value == 1656
    assert facts.free_grid_capacity is None
    assert facts.get("owner_share") is None
    assert facts.get("no_such_fact") is None


@pytest.mark.parametrize(
    ("section", "code"),
    [
        ({}, "field.missing"),
        (None, "field.missing"),
        ({"dwellings": DWELLINGS, "inhabitants": DWELLINGS}, "field.unknown"),
        ({"dwellings": {**DWELLINGS, "value": -1}}, "number.too_low"),
        ({"dwellings": {**DWELLINGS, "value": float("nan")}}, "number.not_finite"),
        ({"dwellings": {**DWELLINGS, "value": "1656"}}, "field.number"),
        ({"dwellings": {"value": 3, "unit": "x"}}, "field.missing"),
        ({"dwellings": DWELLINGS, "owner_share": _share(75)}, "fact.share"),
        ({"dwellings": DWELLINGS, "label_a": _share(8)}, "fact.share"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(section, code):
    facts, faults = _read(section)

    assert facts is None
    assert [error.code for error in faults] == [code]


def test_share_below_a_label_counts_only_worse_labels():
    # Berkum, PBL 2020: registered and provisional together make 98 percent
    shares = dict(zip("abcdefg", (0.08, 0.23, 0.27, 0.21, 0.07, 0.10, 0.02), strict=True))
    facts = NeighbourhoodFacts(
        dwellings=Fact(**DWELLINGS),
        **{f"label_{name}": Fact(**_share(value)) for name, value in shares.items()},
    )

    assert facts.share_below("B").value == pytest.approx(0.67 / 0.98)
    assert facts.share_below("D").value == pytest.approx(0.19 / 0.98)
    assert facts.share_below("G").value == 0
    assert facts.share_below("Z") is None


def test_share_below_is_unknown_without_all_labels():
    facts = NeighbourhoodFacts(dwellings=Fact(**DWELLINGS), label_a=Fact(**_share(0.5)))

    assert facts.share_below("B") is None
