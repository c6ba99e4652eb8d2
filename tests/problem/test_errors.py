"""Faults tell where, what was found, and the remedy; and come together."""

import copy
import pickle

import pytest

from waardeweging.problem.errors import Faults, InputError, Place, faults_in, read_all, shown


def fault(code="number.ambiguous", **details):
    return InputError(
        code,
        where=Place("performances.csv", 3, "mid"),
        found="1.200",
        remedy="Write {a} or 1.2.",
        **{"a": 1200, **details},
    )


def test_the_message_names_file_row_field_found_and_remedy():
    assert str(fault()) == (
        "performances.csv, row 3, field 'mid': found '1.200'. Write 1200 or 1.2."
    )


def test_a_section_of_a_settings_file_is_a_row_too():
    assert str(Place("framework.toml", "criteria K1", "best")) == (
        "framework.toml, criteria K1, field 'best'"
    )


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda e: pickle.loads(pickle.dumps(e))])
def test_a_fault_survives_a_worker(copied):
    again = copied(fault())

    assert str(again) == str(fault())
    assert (again.code, again.where, again.found, again.details) == (
        "number.ambiguous",
        Place("performances.csv", 3, "mid"),
        "1.200",
        {"a": "1200"},
    )


def test_braces_in_what_was_found_are_no_placeholder():
    error = InputError("x", where=Place("f"), found="{evil}", remedy="Use {a}.", a="{b}")

    assert str(error) == "f: found '{evil}'. Use {b}."


def test_what_is_shown_is_short_and_has_no_hidden_signs():
    assert shown("a\u202eb\n") == "a\\u202eb\\n"
    assert len(shown("x" * 500)) == 60


def test_faults_are_collected_from_single_errors_and_groups():
    faults = Faults()
    assert not faults
    with faults.collecting():
        raise fault()
    with faults.collecting():
        raise ExceptionGroup("two", [fault("a"), ExceptionGroup("one", [fault("b")])])

    assert [error.code for error in faults] == ["number.ambiguous", "a", "b"]
    with pytest.raises(ExceptionGroup, match="3 faults in folder") as caught:
        faults.raise_all("folder")
    assert [error.code for error in faults_in(caught.value)] == ["number.ambiguous", "a", "b"]


def test_another_error_is_not_swallowed():
    faults = Faults()
    with pytest.raises(ExceptionGroup), faults.collecting():
        raise ExceptionGroup("mixed", [fault(), KeyError("bug")])
    assert len(faults) == 1
    with pytest.raises(KeyError), faults.collecting():
        raise KeyError("bug")


def test_nothing_is_raised_without_faults():
    Faults().raise_all("folder")


def test_a_single_fault_and_another_error_are_told_apart():
    error = fault()
    assert faults_in(error) == (error,)
    assert faults_in(KeyError("bug")) == ()


def test_all_readings_are_done_and_all_their_faults_raised():
    def fails(code):
        raise fault(code)

    with pytest.raises(ExceptionGroup) as caught:
        read_all("t.csv", lambda: fails("a.b"), lambda: 1, lambda: fails("c.d"))

    assert [one.code for one in caught.value.exceptions] == ["a.b", "c.d"]
    assert read_all("t.csv", lambda: 1, lambda: "x") == [1, "x"]


def test_a_mistake_of_the_program_is_raised_as_it_is():
    with pytest.raises(ZeroDivisionError):
        read_all("t.csv", lambda: 1 // 0)
