import pytest

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.analysis.scenario import read_scenario
from waardeweging.analysis.scenario_in_files import scenario_in
from waardeweging.app.hall.folders import complete, gather, sent_files
from waardeweging.problem.errors import InputError


@pytest.mark.parametrize("name", ["golden", "berkum"])
def test_a_folder_comes_back_as_the_same_problem_without_its_answers(name):
    folder = bundled_scenarios() / name
    files = gather(folder)
    found, given = scenario_in(files), read_scenario(folder)

    assert found.problem.alternatives == given.problem.alternatives
    assert found.problem.framework == given.problem.framework
    assert (found.problem.mid == given.problem.mid).all()
    assert given.ballots
    assert found.ballots == ()
    assert not [path for path in files if "ballots" in path]


def test_a_framework_outside_the_folder_comes_along():
    assert "frameworks/warmte.toml" in gather(bundled_scenarios() / "berkum")


def test_uploaded_files_find_a_framework_that_comes_with_the_program():
    files = gather(bundled_scenarios() / "berkum")
    uploaded = {name: content for name, content in files.items() if "/" not in name}

    assert complete(uploaded) == files


@pytest.mark.parametrize(
    "settings",
    [
        'framework = "/etc/passwd"',
        'framework = "../../../../etc/passwd"',
        "framework = 3",
        '[effects]\ntechniques = "../techniques.csv"',
    ],
)
def test_names_that_lead_out_of_the_folder_are_refused(settings):
    files = gather(bundled_scenarios() / "golden")
    with pytest.raises(InputError) as caught:
        complete({**files, "scenario.toml": settings.encode()})

    assert caught.value.code == "hall.outside"


def test_files_without_a_scenario_are_refused():
    with pytest.raises(InputError) as caught:
        complete({"notes.csv": b"a;b"})

    assert caught.value.code == "hall.no_scenario"


def test_files_that_were_sent_are_a_folder_too():
    files = gather(bundled_scenarios() / "golden")

    assert sent_files(files.items()) == files


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("x" * 300 + ".csv", "hall.file_name"),
        ("é" * 99 + ".csv", "hall.file_name"),
        ("../alternatives.csv", "hall.file_name"),
        ("a\x00.csv", "hall.file_name"),
        ("a\u202evsc.csv", "hall.file_name"),
        ("", "hall.file_name"),
        ("performances.xlsx", "hall.twice"),
        ("performances.csv", "hall.twice"),
        ("Scenario.toml", "hall.twice"),
    ],
)
def test_a_file_that_cannot_be_kept_or_came_twice_is_named(name, code):
    given = [*gather(bundled_scenarios() / "golden").items(), (name, b"a;b")]
    with pytest.raises(ExceptionGroup) as caught:
        sent_files(given)

    (fault,) = caught.value.exceptions
    assert fault.code == code
    assert fault.where.file.isprintable()


def test_faults_of_the_files_are_all_told():
    files = gather(bundled_scenarios() / "golden")
    with pytest.raises(ExceptionGroup) as caught:
        complete({**files, "alternatives.csv": b"alternative;label\n"})

    assert caught.value.exceptions


def test_a_path_outside_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="outside"):
        scenario_in({"../evil.toml": b""})
