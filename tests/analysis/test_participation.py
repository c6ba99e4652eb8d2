"""Files beside the ballots are read when they are there, with every fault at once."""

import pytest

from waardeweging.analysis.scenario import read_scenario
from waardeweging.deliberation.movement import StopRule
from waardeweging.problem.errors import faults_in

GRADES = "participant;side;round;A;B;C\nb1;residents;1;4;3;0\n"
POPULATION = "attribute;category;count;source\nage;young;1;voorbeeld\nage;old;1;voorbeeld\n"
ATTRIBUTES = "participant;age\nb1;old\n"


def codes(folder):
    with pytest.raises(ExceptionGroup) as caught:
        read_scenario(folder)
    return sorted(fault.code for fault in faults_in(caught.value))


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")


def test_a_scenario_without_these_files_is_complete(folder):
    scenario = read_scenario(folder)

    assert scenario.participation.grades == ()
    assert (scenario.fallback, scenario.stop_rule) == (None, StopRule())


def test_what_is_there_is_read_and_changes_the_fingerprint(folder):
    before = read_scenario(folder).input_sha256
    write(folder, grades=GRADES, population=POPULATION, attributes=ATTRIBUTES)
    scenario = read_scenario(folder)

    assert scenario.input_sha256 != before
    assert scenario.participation.grades[0].grades == (4, 3, 0)
    assert scenario.participation.population[0].shares == (0.5, 0.5)
    assert scenario.participation.attributes == {"b1": {"age": "old"}}


def test_fallback_and_stop_rule_stand_in_the_scenario_file(folder):
    file = folder / "scenario.toml"
    rule = "\n[stop_rule]\nstill_points = 5.0\nstill_share = 0.5\nlast_round = 3\n"
    file.write_text('fallback = "C"\n' + file.read_text() + rule)
    scenario = read_scenario(folder)

    assert scenario.fallback == "C"
    assert scenario.stop_rule == StopRule(5.0, 0.5, 3)


def test_an_unknown_fallback_is_a_fault(folder):
    file = folder / "scenario.toml"
    file.write_text('fallback = "D"\n' + file.read_text())

    assert codes(folder) == ["scenario.unknown_fallback"]


def test_attributes_without_a_population_are_a_fault(folder):
    write(folder, attributes=ATTRIBUTES)

    assert codes(folder) == ["attribute.no_population"]


def test_faults_of_all_files_are_named_at_once(folder):
    write(
        folder,
        grades=GRADES + "b2;residents;1;7;1;1\n",
        population=POPULATION + "home;own;1;voorbeeld\n",
        attributes=ATTRIBUTES + "b9;old\n",
    )

    assert codes(folder) == [
        "attribute.unknown_participant",
        "grade.unknown",
        "population.categories",
    ]


def test_a_fault_in_one_file_does_not_show_in_the_others(folder):
    write(folder, grades=GRADES, population=POPULATION, attributes=ATTRIBUTES)
    for name in ("ballots", "sources", "alternatives"):
        file = folder / f"{name}.csv"
        file.write_text(file.read_text().replace(";", ";=", 1).replace("\n", "\n=", 2))

    assert not {code.partition(".")[0] for code in codes(folder)} & {"grade", "attribute"}


def test_a_group_that_could_not_be_read_is_no_fault_of_who_is_in_it(folder):
    groups = POPULATION + "age;oldest;many;voorbeeld\n"
    write(folder, population=groups, attributes="participant;age\nb1;oldest\nb9;old\n")

    assert codes(folder) == ["attribute.unknown_participant", "number.not_a_number"]


@pytest.mark.parametrize("name", ["population", "sources"])
def test_a_table_that_others_refer_to_needs_a_row(folder, name):
    write(folder, population=POPULATION)
    file = folder / f"{name}.csv"
    file.write_text(file.read_text().partition("\n")[0] + "\n")

    assert "table.only_names" in codes(folder)
