import pytest
from streamlit.testing.v1 import AppTest
from tests.app.hall.conftest import SECONDS, _page, files_of

from waardeweging.app.hall.begin import link_end
from waardeweging.app.hall.scene import forget_states
from waardeweging.presentation.catalog import LANGUAGES, text


@pytest.fixture
def open_desk(store):
    """Open the facilitator's page of an evening in the same store."""

    def open_one(language="nl", role="facilitator"):
        forget_states()
        evening = store.create("Avond", files_of("golden"), exploration=True)
        secret = store.staff_link(evening.id, role, link_end())
        given = ("facilitator", secret, language)
        return AppTest.from_function(_page, args=given, default_timeout=SECONDS).run()

    return open_one


def fill_in(test, name, code="", template=""):
    test.text_input(key="project-name-0").input(name)
    test.text_input(key="project-code-0").input(code)
    test.selectbox(key="project-template-0").select(template)
    return test


def links_on(test):
    return [one.value.rpartition("#")[2] for one in test.code if "/staff#" in one.value]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_facilitator_begins_a_project_and_sees_its_links_once(
    store, open_desk, submit, said, language
):
    test = fill_in(open_desk(language), "Buurt <b>warm</b>", "BU01930506", "wijk-stap-voor-stap")
    test.checkbox(key="project-exploration-0").check()
    submit(test, "project-0")
    (state,) = store.projects()

    assert (state.title, state.language) == ("Buurt <b>warm</b>", language)
    assert (state.neighbourhood, state.exploration) == ("BU01930506", True)
    assert state.goals
    assert not state.adopted
    roles = [store.staff(secret).role for secret in links_on(test)]
    assert roles == ["administrator", "residents", "municipality"]
    assert text("project_begin.begun", language, title=state.title) in said(test)
    test.button(key="project-links-forget").click().run()
    assert not links_on(test)


def test_a_second_press_finds_an_empty_form(store, open_desk, submit):
    test = submit(fill_in(open_desk(), "Berkum"), "project-0")
    submit(test, "project-1")

    assert len(store.projects()) == 1
    assert test.text_input(key="project-name-1").value == ""


@pytest.mark.parametrize(
    ("name", "code", "field"), [(" ", "", "name"), ("Berkum", "Vogelbuurt", "neighbourhood")]
)
def test_what_is_wrong_is_said_by_its_field_and_nothing_begins(
    store, open_desk, submit, said, name, code, field
):
    test = submit(fill_in(open_desk(), name, code, "verkenning"), "project-0")

    (fault,) = [one.value.replace("\\", "") for one in test.error]
    assert fault.startswith(text(f"project_begin.{field}", "nl"))
    assert code in fault
    assert store.projects() == ()
    assert test.text_input(key="project-name-0").value == name


@pytest.mark.parametrize("role", ["reader", "helper", "analyst"])
def test_who_may_begin_no_workshop_may_begin_no_project(open_desk, role):
    test = open_desk(role=role)

    assert not [one for one in test.button if one.proto.form_id == "project-0"]
