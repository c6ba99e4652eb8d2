import pytest

from waardeweging.app.projects.begin import begin
from waardeweging.app.projects.templates import find_template, templates
from waardeweging.problem.errors import InputError
from waardeweging.process.project import kaders


def begun_with(store, template):
    return begin(
        store, "Wijk", language="nl", neighbourhood="", exploration=True, template=template
    ).state


def test_every_template_of_the_program_begins_a_project(store):
    assert set(templates()) == {
        "gemeentelijk-kader-warmte",
        "verkenning",
        "wijk-stap-voor-stap",
    }
    for name in templates():
        found = find_template(name)
        state = begun_with(store, found)
        assert len(state.kaders) == len(found.kaders)
        assert len(state.moments) == len(found.moments)
        assert not state.adopted


def test_step_by_step_lacks_only_what_members_decide_themselves(store):
    state = begun_with(store, find_template("wijk-stap-voor-stap"))
    gaps = {sheet: kaders.missing(state, sheet) for sheet in kaders.TOPICS}

    assert gaps == {
        "content": (),
        "process": ("share", "fewest", "anonymity", "stop"),
        "actors": (),
        "support": (),
    }


def test_a_template_is_found_by_name_or_file(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text('title = "Eigen"\n', encoding="utf-8")

    assert find_template(str(path)).title["nl"] == "Eigen"
    with pytest.raises(InputError, match="verkenning"):
        find_template("nowhere")
