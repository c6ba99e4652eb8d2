import threading

import pytest

from waardeweging.problem.errors import InputError
from waardeweging.process import workshop as process
from waardeweging.process.chain import broken
from waardeweging.process.moments import later, now

FILES = {"scenario.toml": b'title = "Trial"\n', "frameworks/heat.toml": b""}


def refused(code, call, *arguments, **named):
    with pytest.raises(InputError) as found:
        call(*arguments, **named)
    assert found.value.code == f"workshop.{code}"


def test_a_workshop_keeps_its_files_as_they_were(store):
    state = store.create("Berkum", FILES, language="en", at="2026-11-23T19:00:00.000Z")

    assert store.files(state.id) == FILES
    assert store.workshop(state.id) == state
    assert (state.title, state.language, state.exploration) == ("Berkum", "en", False)
    assert state.created_at == "2026-11-23T19:00:00.000Z"
    assert [record.kind for record in store.records(state.id)] == ["created"]
    assert store.records(state.id, after=1) == ()


def test_workshops_are_listed_with_the_newest_first(store):
    first = store.create("One", FILES, at="2026-11-23T19:00:00.000Z")
    second = store.create("Two", FILES, at="2026-11-24T19:00:00.000Z")

    assert store.workshops() == (second, first)


def test_an_unknown_workshop_is_refused(store):
    for call in (store.workshop, store.records, store.files):
        refused("unknown", call, "nothing")
    refused("unknown", store.change, "nothing", "facilitator", process.freeze)


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../a", "a/../../b", "a\\b", "./a", "a//b", "a/", ""]
)
def test_a_path_stays_inside_the_folder(store, path):
    refused("file_path", store.create, "Berkum", {path: b""})


def test_too_many_or_too_big_files_are_refused(store):
    refused("files_size", store.create, "Berkum", {str(n): b"" for n in range(201)})
    refused("files_size", store.create, "Berkum", {"a": bytes(20 * 1024 * 1024 + 1)})


def test_a_refusal_leaves_nothing_behind(store):
    refused("no_title", store.create, " ", FILES)
    assert store.workshops() == ()
    state = store.create("Berkum", FILES)

    def decide(found):
        yield from process.note(found, "first")
        process.check_closed(found, "round-1")

    refused("not_closed", store.change, state.id, "facilitator", decide)
    assert store.workshop(state.id) == state
    assert store.records(state.id)[-1].number == 1


def test_a_decision_with_a_key_is_taken_once(store):
    state = store.create("Berkum", FILES)
    for _ in range(3):
        state = store.change(
            state.id, "facilitator", lambda found: process.note(found, "x"), key="k"
        )

    assert state.number == 2


def test_decisions_at_once_each_get_their_place(store):
    state = store.create("Berkum", FILES)

    def write():
        store.change(state.id, "facilitator", lambda found: process.note(found, "x"))

    threads = [threading.Thread(target=write) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    records = store.records(state.id)
    assert [record.number for record in records] == list(range(1, 22))
    assert broken(records) is None
    assert process.replay(records) == store.workshop(state.id)


def test_other_files_make_a_new_version_that_is_frozen_anew(store):
    state = store.create("Berkum", FILES)
    first = store.change(state.id, "facilitator", process.freeze)
    state = store.revise(state.id, "facilitator", {"scenario.toml": b"new"}, "typo")

    assert (state.version, state.fingerprint) == (2, None)
    assert store.files(state.id) == {"scenario.toml": b"new"}
    assert store.change(state.id, "facilitator", process.freeze).fingerprint != first.fingerprint


def test_a_secret_link_opens_one_role_of_one_workshop_until_it_expires(store):
    workshop = store.create("Berkum", FILES).id
    secret = store.staff_link(workshop, "facilitator", later(now(), 3600))
    old = store.staff_link(workshop, "analyst", later(now(), -1))
    seat = store.staff(secret)

    assert (seat.workshop, seat.role) == (workshop, "facilitator")
    assert store.staff(old) is None
    assert store.staff("guess") is None
    assert secret not in repr(store.records(workshop))
    store.withdraw_staff(workshop, "analyst")
    assert store.staff(secret) == seat
    store.withdraw_staff(workshop, "facilitator")
    assert store.staff(secret) is None
    assert [record.kind for record in store.records(workshop)][1:] == [
        "staff_linked",
        "staff_linked",
        "staff_withdrawn",
        "staff_withdrawn",
    ]


def test_a_room_code_opens_its_room(store, monkeypatch):
    first = store.create("One", FILES)
    codes = iter([first.room_code, "000001"])
    monkeypatch.setattr("waardeweging.store.workshops.new_room_code", lambda: next(codes))
    second = store.create("Two", FILES)

    assert store.by_room_code(f" {first.room_code} ") == first.id
    assert second.room_code == "000001"
    assert store.by_room_code("000002") is None
    refused("room_form", store.by_room_code, "12")


def test_a_purge_deletes_everything_about_people_and_keeps_the_chain(evening):
    store = evening.store
    evening.open()
    evening.submit(0)
    store.remark(evening.seats[0], "round-1", "", "question", "Wanneer?")
    secret = store.staff_link(evening.id, "facilitator", later(now(), 3600))
    room = store.workshop(evening.id).room_code

    assert store.purge("2020-01-01T00:00:00.000Z") == ()
    assert store.purge(later(now(), 60)) == (evening.id,)
    assert store.purge(later(now(), 60)) == ()
    assert store.workshop(evening.id).purged
    assert store.seat(evening.entries[0].token) is None
    assert store.staff(secret) is None
    assert store.by_room_code(room) is None
    assert store.remarks(evening.id, moderated_only=False) == ()
    refused("no_card", evening.submit, 0, 60)
    found = store.integrity()
    assert (found.answers, found.faults) == (0, ())
