import pytest
from pydantic import ValidationError

from waardeweging.process.events import EVENTS, Closed, Created, Event, Rules, read_event
from waardeweging.process.project import events as project_events


def test_every_kind_has_one_form_and_a_sentence():
    every = {**EVENTS, **project_events.EVENTS}
    # A script has steps of its own, which are never recorded.
    known = {form for form in Event.__subclasses__() if not form.__name__.startswith("_")}
    assert set(every.values()) == known
    assert all(form.__doc__ for form in every.values())


def test_an_event_reads_back_as_it_was_written():
    rules = Rules(share=0.4, fewest=7, texts=("Iedereen telt mee.",))
    event = Created(
        title="Berkum",
        language="nl",
        exploration=False,
        room_code="123456",
        files={"scenario.toml": "0" * 64},
        rules=rules,
    )

    assert read_event("created", event.model_dump(mode="json")) == event


def test_an_unknown_kind_field_or_value_is_refused():
    with pytest.raises(ValueError, match="unknown kind"):
        read_event("voted", {})
    for body in (
        {"sheet": "round-1", "counted": {}, "by": "me"},
        {"sheet": "round-3", "counted": {}},
        {"sheet": "round-1", "counted": {"residents": -1}},
        {"sheet": "round-1", "counted": {"residents": 1.0}},
        {"sheet": "round-1", "counted": {"residents": True}},
    ):
        with pytest.raises(ValidationError):
            read_event("closed", body)


def test_an_event_never_changes():
    event = Closed(sheet="round-1", counted={})
    with pytest.raises(ValidationError):
        event.sheet = "round-2"


def test_figures_about_fewer_than_five_people_cannot_be_agreed_on():
    with pytest.raises(ValidationError):
        Rules(fewest=4)
