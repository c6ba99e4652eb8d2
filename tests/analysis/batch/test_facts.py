"""Facts of neighbourhoods: local knowledge, then files, then the stated default."""

import numpy as np
import pytest
from tests.analysis.batch.conftest import BERKUM, SCENARIOS

from waardeweging.analysis.batch.facts import known_facts, read_given, read_local, stack
from waardeweging.effects.parameters import Parameter
from waardeweging.problem.errors import faults_in

LABELS = "label_a;label_b;label_c;label_d;label_e;label_f;label_g"


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_a_cell_that_is_empty_is_unknown_and_other_columns_are_left_alone(tmp_path):
    path = write(tmp_path / "a.csv", "code;level;owner_share;gas_use\nBU1;buurt;0,6;\nBU2;x;;900\n")

    assert read_given([path]) == {"BU1": {"owner_share": 0.6}, "BU2": {"gas_use": 900.0}}


def test_the_first_file_wins_cell_by_cell(tmp_path):
    one = write(tmp_path / "a.csv", "code;owner_share\nBU1;0.6\n")
    two = write(tmp_path / "b.csv", "code;owner_share;gas_use\nBU1;0.1;900\n")

    assert read_given([one, two]) == {"BU1": {"owner_share": 0.6, "gas_use": 900.0}}


def test_every_fault_of_every_file_is_named(tmp_path):
    one = write(tmp_path / "a.csv", "code;owner_share;gas_use\nBU1;60;-1\nBU2;x;1\n")
    two = write(tmp_path / "b.csv", "name\nBU1\n")

    with pytest.raises(ExceptionGroup) as caught:
        read_given([one, two])

    places = {
        (fault.where.file, fault.where.row, fault.where.field) for fault in faults_in(caught.value)
    }
    assert places == {
        ("a.csv", 2, "owner_share"),
        ("a.csv", 2, "gas_use"),
        ("a.csv", 3, "owner_share"),
        ("b.csv", 1, "code"),
    }


def stacked(codes, local, given):
    derived: list[dict[str, dict[str, float]]] = [{} for _ in codes]
    whole = known_facts(codes, local, given)
    owners = Parameter(
        id="owner_share",
        low=0.2,
        mid=0.57,
        high=0.9,
        unit="share",
        grounds="expert",
        source="cbs-ownership-2020",
    )
    return stack(codes, whole, derived, {"owner_share": owners}, (local, given, "cbs.csv"))


def test_local_knowledge_goes_before_files_and_files_before_defaults():
    given = {"BU1": {"owner_share": 0.4, "gas_use": 1800.0}, BERKUM: {"owner_share": 0.1}}

    found = stacked([BERKUM, "BU1", "BU2"], read_local(SCENARIOS / "heat"), given)

    assert found.owner_share.tolist() == [0.75, 0.4, 0.57]
    assert found.owner_source == ("local", "cbs.csv", "cbs-ownership-2020")
    assert found.gas_use.tolist() == [-1.0, 1800.0, -1.0]


def test_homes_below_a_label_are_known_only_when_all_labels_are(tmp_path):
    whole = write(tmp_path / "a.csv", f"code;{LABELS}\nBU1;0.1;0.2;0.3;0.1;0.1;0.1;0.1\n")
    part = write(tmp_path / "b.csv", "code;label_a\nBU2;0.1\n")

    found = stacked(["BU1", "BU2"], {}, read_given([whole, part]))

    np.testing.assert_allclose(found.below_b, [0.7, -1])
    np.testing.assert_allclose(found.below_d, [0.3, -1])


def test_what_is_not_known_of_a_neighbourhood_is_drawn_as_that_of_the_country(country):
    heat = country.facts.numbers["heat_now"]

    assert {one.key for one in heat.spreads} == {"facts.heat_now"}
    assert len(set(heat.mid.tolist())) > 10
    # residual heat: published items in Zwolle, implied costs elsewhere, the mean where absent
    keys = {(one.key, one.low) for one in country.facts.numbers["network_capital_t1"].spreads}
    assert {key for key, _ in keys} == {"facts.network_capital_t1", "T1.network_capital"}
    assert len(keys) == 3


def test_a_neighbourhood_that_stands_twice_or_has_no_code_is_refused(tmp_path):
    path = write(tmp_path / "a.csv", "code;owner_share\nBU1;0.6\nBU1;0.2\n;0.3\n")

    with pytest.raises(ExceptionGroup) as caught:
        read_given([path])

    assert [(fault.code, fault.where.row) for fault in faults_in(caught.value)] == [
        ("fact.duplicate", 3),
        ("id.empty", 4),
    ]
