from dataclasses import replace

from waardeweging.process.state import Workshop
from waardeweging.store.states import States


def test_an_older_state_never_takes_the_place_of_a_later_one():
    states, later = States(is_sole_writer=True), Workshop("w", number=3)
    states.keep({"w": later})
    states.keep({"w": replace(later, number=2)})

    assert states.known("w") is later


def test_memory_is_certain_only_for_who_writes_alone():
    shared = States(is_sole_writer=False)
    shared.keep({"w": Workshop("w", number=3)})

    assert shared.known("w") is None


def test_what_is_forgotten_is_read_anew(evening):
    before = evening.store.workshop(evening.id)
    evening.store._states.forget()

    assert evening.store.workshop(evening.id) == before
    assert evening.store.workshop(evening.id) is not before
