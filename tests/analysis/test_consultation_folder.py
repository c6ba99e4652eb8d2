import resource
import shutil
import time

import numpy as np
import openpyxl
import pytest

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.consultation_folder import import_consultation
from waardeweging.analysis.consulting import asked_of, consult
from waardeweging.analysis.library import bundled_scenarios
from waardeweging.analysis.scenario import read_scenario
from waardeweging.elicitation.consultation_file import read_consultation
from waardeweging.problem.errors import InputError, faults_in

SCENARIOS = bundled_scenarios()
EXAMPLE = SCENARIOS / "raadpleging"


def codes_of(error):
    return [one.code for one in faults_in(error)]


def test_the_folder_gives_the_outcome_of_the_consultation(tmp_path):
    import_consultation(EXAMPLE / "consultation.csv", EXAMPLE, tmp_path / "uit")
    scenario = read_scenario(EXAMPLE).with_draws(50)
    given = read_consultation(EXAMPLE / "consultation.csv", asked_of(scenario))

    found = analyse(read_scenario(tmp_path / "uit").with_draws(50))
    expected = consult(scenario, given).outcome

    np.testing.assert_array_equal(found.weighing.weights, expected.weighing.weights)
    np.testing.assert_array_equal(found.weighing.joint, expected.weighing.joint)
    assert found.graded == expected.graded
    assert found.representation == expected.representation


def test_flags_stand_beside_the_answers_and_nothing_else_of_who_answered(tmp_path):
    import_consultation(EXAMPLE / "consultation.csv", EXAMPLE, tmp_path / "uit")
    lines = (tmp_path / "uit" / "flags.csv").read_text(encoding="utf-8").splitlines()

    assert lines[0] == "participant;flags"
    assert len(lines) == 34
    assert any(line.endswith(";burst same_device too_fast") for line in lines)
    written = {path.name for path in (tmp_path / "uit").iterdir()}
    assert "consultation.csv" not in written
    for path in (tmp_path / "uit").glob("*.csv"):
        assert "2026-10-0" not in path.read_text(encoding="utf-8"), path.name


def test_a_framework_from_elsewhere_comes_along(tmp_path):
    berkum = SCENARIOS / "berkum"
    scenario = read_scenario(berkum)
    criteria = asked_of(scenario).criteria
    rows = [f"w{row};{';'.join(['5'] * len(criteria))}" for row in range(6)]
    file = tmp_path / "antwoorden.csv"
    file.write_text(f"participant;{';'.join(criteria)}\n" + "\n".join(rows), encoding="utf-8")
    import_consultation(file, berkum, tmp_path / "ver" / "weg")

    found = read_scenario(tmp_path / "ver" / "weg")
    assert found.problem.framework == scenario.problem.framework
    assert sum(one.side == "residents" for one in found.ballots) == 6
    assert {one.side for one in found.ballots} >= {"municipality"}


def test_a_workbook_with_decimals_and_workbooks_in_the_scenario_work_too(tmp_path):
    folder = tmp_path / "scenario"
    shutil.copytree(EXAMPLE, folder)
    book = openpyxl.Workbook()
    for line in (folder / "alternatives.csv").read_text(encoding="utf-8").splitlines():
        book.active.append([*line.split(";")])
    book.save(folder / "alternatives.xlsx")
    (folder / "alternatives.csv").unlink()
    answers = openpyxl.Workbook()
    answers.active.append(["participant", "kosten", "zeggenschap", "leefbaarheid", "co2"])
    answers.active.append(["w1", 12.345, 0.5, 1, 86.155])
    answers.save(tmp_path / "antwoorden.xlsx")
    import_consultation(tmp_path / "antwoorden.xlsx", folder, tmp_path / "uit")

    (mine,) = [one for one in read_scenario(tmp_path / "uit").ballots if one.side == "residents"]
    assert mine.answers == (12.345, 0.5, 1, 86.155)


def test_abstentions_and_answers_without_grades_or_attributes_survive(tmp_path):
    file = tmp_path / "a.csv"
    head = "participant;kosten;zeggenschap;leefbaarheid;co2;grade:A;leeftijd"
    file.write_text(f"{head}\nw1;;;;;3;\nw2;1;1;1;1;;65+\nw3;1;1;1;1;;\n", encoding="utf-8")
    import_consultation(file, EXAMPLE, tmp_path / "uit")
    found = read_scenario(tmp_path / "uit")

    assert [one.participant for one in found.ballots if one.abstains] == ["w1"]
    assert found.participation.attributes == {"w2": {"leeftijd": "65+"}}
    (sheet,) = [one for one in found.participation.grades if one.side == "residents"]
    assert (sheet.participant, sheet.grades) == ("w1", (3, None, None))


def test_codes_become_numbers(tmp_path):
    (tmp_path / "codes.csv").write_text("code\n7KQ2M-XR9TD\n", encoding="utf-8")
    file = tmp_path / "a.csv"
    file.write_text(
        "participant;kosten;zeggenschap;leefbaarheid;co2\n7kq2mxr9td;1;1;1;2\n", encoding="utf-8"
    )
    given, raised = import_consultation(
        file, EXAMPLE, tmp_path / "uit", codes=tmp_path / "codes.csv"
    )

    assert given.issued == 1
    assert not raised.any.any()
    for path in (tmp_path / "uit").glob("*.csv"):
        assert "7KQ2M" not in path.read_text(encoding="utf-8").upper()


def test_after_a_fault_nothing_is_written(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("participant;kosten\nw1;x\n", encoding="utf-8")
    with pytest.raises(ExceptionGroup):
        import_consultation(file, EXAMPLE, tmp_path / "uit")

    assert not (tmp_path / "uit").exists()


def test_a_full_folder_is_replaced_only_when_that_was_said(tmp_path):
    out = tmp_path / "uit"
    out.mkdir()
    (out / "x").touch()
    with pytest.raises(InputError) as caught:
        import_consultation(EXAMPLE / "consultation.csv", EXAMPLE, out)
    assert caught.value.code == "folder.not_empty"

    import_consultation(EXAMPLE / "consultation.csv", EXAMPLE, out, replace=True)
    assert not (out / "x").exists()


def test_the_scenario_itself_is_never_overwritten(tmp_path):
    folder = tmp_path / "scenario"
    shutil.copytree(EXAMPLE, folder)
    with pytest.raises(InputError) as caught:
        import_consultation(folder / "consultation.csv", folder, folder, replace=True)

    assert caught.value.code == "consultation.same_folder"
    assert (folder / "consultation.csv").exists()


def test_a_framework_that_cannot_come_along_is_named(tmp_path):
    folder = tmp_path / "a" / "scenario"
    shutil.copytree(EXAMPLE, folder)
    shutil.move(folder / "framework.toml", tmp_path / "a" / "framework.toml")
    settings = folder / "scenario.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'framework = "../framework.toml"\n{text}', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        import_consultation(folder / "consultation.csv", folder, tmp_path / "uit")
    assert caught.value.code == "consultation.outside"

    (tmp_path / "a" / "frameworks").mkdir()
    shutil.move(tmp_path / "a" / "framework.toml", tmp_path / "a" / "frameworks" / "w.toml")
    settings.write_text(f"framework = '../frameworks/w.toml'\n{text}", encoding="utf-8")
    import_consultation(folder / "consultation.csv", folder, tmp_path / "goed")
    assert read_scenario(tmp_path / "goed").problem == read_scenario(EXAMPLE).problem

    (folder / "w.toml").touch()
    with pytest.raises(InputError) as caught:
        import_consultation(folder / "consultation.csv", folder, tmp_path / "uit")
    assert caught.value.code == "consultation.framework"


@pytest.mark.slow
def test_a_hundred_thousand_answers_are_imported_in_time_and_in_little_memory(tmp_path):
    file = tmp_path / "stad.csv"
    points = (f"{5 * (row % 9)};30;{row % 7};20" for row in range(100_000))
    lines = (f"w{row};{given};{row % 5};65+;90" for row, given in enumerate(points))
    head = "participant;kosten;zeggenschap;leefbaarheid;co2;grade:A;leeftijd;seconds"
    file.write_text("\n".join([head, *lines]), encoding="utf-8")
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    given, _ = import_consultation(file, EXAMPLE, tmp_path / "uit")

    assert len(given) == 100_000
    # Of the processor: other work on the same machine does not count.
    assert time.process_time() - began < 20
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown * 1024 < 40 * file.stat().st_size
