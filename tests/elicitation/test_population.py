"""Who lives here and who took part: files, faults, and figures that are about nobody."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.elicitation.population import (
    REST,
    PopulationMargin,
    coarsened,
    margins_of,
    read_attributes,
    read_population,
)
from waardeweging.elicitation.representativeness import Margin, composition
from waardeweging.problem.errors import Faults

SIDES = {"b1": "residents", "b2": "residents", "g1": "municipality"}
AGE = PopulationMargin(attribute="age", categories=("young", "old"), shares=(0.25, 0.75))


def population(tmp_path, *rows, head="attribute;category;count;share;source", sources=("cbs",)):
    path = tmp_path / "population.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    faults = Faults()
    return read_population(path, sources, faults), [fault.code for fault in faults]


def attributes(tmp_path, *rows, head="participant;age", known=(AGE,), sides=SIDES):
    path = tmp_path / "attributes.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    faults = Faults()
    return read_attributes(path, known, sides, faults), [fault.code for fault in faults]


def test_counts_become_shares_and_rounded_shares_are_made_to_sum(tmp_path):
    found, faults = population(
        tmp_path,
        "age;young;100;;cbs",
        "age;old;300;;cbs",
        "home;own;;0.333;cbs",
        "home;rent;;0.66;cbs",
    )

    assert faults == []
    assert [one.attribute for one in found] == ["age", "home"]
    assert found[0].shares == (0.25, 0.75)
    assert found[1].shares == pytest.approx((0.333 / 0.993, 0.66 / 0.993))
    assert found[0].sources == ("cbs",)


TWO = ("age;young;1;;cbs", "age;old;1;;cbs")


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ((*TWO, "age;old;2;;cbs"), ["population.duplicate"]),
        (("age;young;1;;cbs", "age;old;;0.5;cbs"), ["population.mixed"]),
        (("age;young;1;;cbs",), ["population.categories"]),
        (tuple(f"age;c{k};1;;cbs" for k in range(9)), ["population.categories"]),
        (("age;young;0;;cbs", "age;old;0;;cbs"), ["population.total"]),
        (("age;young;;0.5;cbs", "age;old;;0.4;cbs"), ["population.total"]),
        ((*TWO, "age;x;1;0.5;cbs"), ["population.count_or_share"]),
        ((*TWO, "age;x;;;cbs"), ["population.count_or_share"]),
        ((*TWO, "age;x;-1;;cbs"), ["population.number"]),
        ((*TWO, "age;x;;1.5;cbs"), ["population.number"]),
        ((*TWO, "age;x;veel;;cbs"), ["number.not_a_number"]),
        ((*TWO, "age;;1;;cbs"), ["text.empty"]),
        ((*TWO, "age;x;1;;abc"), ["population.unknown_source"]),
        ((*TWO, ";x;1;;cbs"), ["id.empty"]),
        ((*TWO, "participant;x;1;;cbs"), ["population.name"]),
        (
            tuple(f"k{k};{one};1;;cbs" for k in range(7) for one in "ab"),
            ["population.too_many"],
        ),
    ],
)
def test_a_fault_of_the_population_is_named(tmp_path, rows, codes):
    assert population(tmp_path, *rows)[1] == codes


def test_sources_that_could_not_be_read_are_not_checked(tmp_path):
    assert population(tmp_path, *TWO, sources=())[1] == []


def test_a_missing_column_is_a_fault_of_the_file(tmp_path):
    assert population(tmp_path, head="attribute;category")[1] == ["table.missing_column"]


def test_what_someone_does_not_want_to_say_is_left_out(tmp_path):
    found, faults = attributes(tmp_path, "b1;old", "b2;Wil ik niet zeggen")

    assert faults == []
    assert found == {"b1": {"age": "old"}, "b2": {}}


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        (("b1;old", "b1;young"), ["attribute.duplicate"]),
        (("b1;eighty-three",), ["attribute.unknown_category"]),
        (("b9;old",), ["attribute.unknown_participant"]),
        (("g1;old",), ["attribute.not_a_resident"]),
        ((";old",), ["id.empty"]),
    ],
)
def test_a_fault_of_the_attributes_is_named(tmp_path, rows, codes):
    assert attributes(tmp_path, *rows)[1] == codes


def test_an_attribute_without_a_population_is_an_unknown_column(tmp_path):
    assert attributes(tmp_path, head="participant;age;income")[1] == ["table.unknown_column"]


def test_attributes_are_not_checked_against_files_that_could_not_be_read(tmp_path):
    assert attributes(tmp_path, "b9;old", sides={}) == ({"b9": {"age": "old"}}, [])
    assert attributes(tmp_path, "b9;nonsense", known=()) == ({}, [])


def test_people_are_laid_beside_the_population_in_their_own_order():
    (margin,) = margins_of(["b2", "b3", "b1"], [AGE], {"b1": {"age": "old"}, "b2": {}})

    assert margin.members.tolist() == [-1, -1, 1]
    assert margin.targets.tolist() == [0.25, 0.75]


def of_counts(*counts, unknown=0):
    members = np.repeat(np.arange(len(counts) + 1), [*counts, unknown])
    names = tuple("abcdefgh"[: len(counts)])
    targets = np.arange(1.0, len(counts) + 1)
    members[members == len(counts)] = -1
    return Margin("k", names, targets / targets.sum(), members)


def test_nothing_is_put_together_when_every_category_has_five_or_nobody():
    margin = of_counts(5, 0, 9)

    assert coarsened(margin) is margin


def test_small_categories_stand_together_and_keep_their_part_of_the_population():
    found = coarsened(of_counts(9, 3, 4, 0, unknown=2))

    assert found.categories == ("a", "d", REST)
    np.testing.assert_allclose(found.targets, [0.1, 0.4, 0.5])
    assert composition(found).shares.tolist() == [9 / 16, 0, 7 / 16]
    assert composition(found).unknown == 2


def test_one_small_category_takes_the_next_smallest_along():
    # Alone it would follow from the whole.
    assert coarsened(of_counts(9, 2, 6, 8)).categories == ("a", "d", REST)


def test_small_categories_that_are_few_together_take_the_next_smallest_along():
    assert coarsened(of_counts(9, 1, 2, 7)).categories == ("a", REST)


@pytest.mark.parametrize("counts", [(0, 0), (4, 0, 0), (2, 9), (1, 1)])
def test_nothing_is_shown_when_it_would_be_about_a_few(counts):
    assert coarsened(of_counts(*counts, unknown=3)) is None


@given(st.lists(st.integers(0, 12), min_size=2, max_size=8))
def test_no_shown_category_holds_one_to_four_people_nor_follows_from_the_others(counts):
    found = coarsened(of_counts(*counts))

    if found is not None:
        shown = found.belongs.sum(axis=1)
        assert not ((shown > 0) & (shown < 5)).any()
        hidden = [count for count in counts if 0 < count < 5]
        assert shown.sum() == sum(counts)
        if hidden:
            # At least two categories stand together, so none can be counted back.
            assert len(counts) - (len(shown) - 1) >= 2
