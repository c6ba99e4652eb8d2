import threading

import pytest

from waardeweging.problem.errors import InputError
from waardeweging.process import workshop as process
from waardeweging.process.chain import leaf, receipt
from waardeweging.store import Conflict, open_store

WEIGHING = {"values": {"costs": 60, "comfort": 40}, "criteria": {"price": 50, "noise": 100}}


def refused(code, call, *arguments, **named):
    with pytest.raises(InputError) as found:
        call(*arguments, **named)
    assert found.value.code == f"workshop.{code}"


def test_an_answer_comes_back_with_a_receipt_for_its_leaf(evening):
    evening.open()
    found = evening.submit(0, 50)
    record = evening.store.records(evening.id)[found.number - 1]

    assert evening.store.own(evening.seats[0], "round-1") == WEIGHING
    assert evening.store.own(evening.seats[1], "round-1") is None
    assert found.text == receipt(bytes.fromhex(record.body["leaf"]))
    assert evening.store.receipt(evening.seats[0], "round-1") == found.text
    assert evening.store.receipt(evening.seats[1], "round-1") is None
    assert (found.number, found.at) == (record.number, record.at)
    # Without the nonce nobody finds out what was answered.
    assert leaf(WEIGHING, bytes(16)).hex() != record.body["leaf"]


def test_the_same_again_gives_the_same_receipt_and_something_else_a_conflict(evening):
    evening.open()
    first = evening.submit(0, 50, "key")

    assert evening.submit(0, 50, "key") == first
    with pytest.raises(Conflict):
        evening.submit(0, 51, "key")
    with pytest.raises(Conflict):
        evening.store.submit(evening.seats[0], "practice", WEIGHING, "key")
    # A key belongs to its card.
    assert evening.submit(1, 51, "key").number == first.number + 1
    evening.close()
    assert evening.submit(0, 50, "key") == first


def test_the_last_version_counts_and_the_chain_says_what_it_replaces(evening):
    evening.open()
    first, last = evening.submit(0, 10), evening.submit(0, 20)
    evening.close()
    assert evening.store.receipt(evening.seats[0], "round-1") == last.text
    (answer,) = evening.store.answers(evening.id, "round-1")

    assert answer.payload["criteria"]["price"] == 20
    assert evening.store.records(evening.id)[last.number - 1].body["replaces"] == first.number


def test_nobody_sees_an_answer_before_the_close(evening):
    evening.open()
    evening.submit(0)
    refused("not_closed", evening.store.answers, evening.id, "round-1")
    assert evening.store.counts(evening.id, "round-1") == {
        "residents": (1, 3),
        "municipality": (0, 2),
    }
    evening.close()
    assert len(evening.store.answers(evening.id, "round-1")) == 1
    evening.decide(process.reopen, "round-1", "late", "2026-11-23T19:00:00.000Z")
    refused("not_closed", evening.store.answers, evening.id, "round-1")


def test_a_sheet_that_is_not_open_takes_no_answer(evening):
    refused("sheet_waiting", evening.submit, 0)
    evening.open()
    evening.decide(process.pause, "round-1")
    refused("sheet_paused", evening.submit, 0)
    evening.close()
    refused("sheet_closed", evening.submit, 0)
    assert evening.store.counts(evening.id, "round-1")["residents"] == (0, 3)


def test_pseudonyms_link_the_sheets_of_one_person_and_their_order_says_nothing(evening):
    for sheet in ("practice", "round-1"):
        evening.open(sheet)
        for person in (4, 0, 2):
            evening.submit(person, 10 * person, sheet=sheet)
        evening.close(sheet)
    first = evening.store.answers(evening.id, "practice")
    second = evening.store.answers(evening.id, "round-1")

    assert first == second
    assert [one.pseudonym for one in first] == sorted(one.pseudonym for one in first)
    assert {(one.side, one.department) for one in first} == {
        ("residents", ""),
        ("municipality", "grid"),
    }
    text = repr(first)
    assert not any(card.code in text for card in evening.cards)
    assert not any(seat.credential in text for seat in evening.seats)


def test_64_parallel_answers_of_one_card_leave_one_that_counts(evening):
    evening.open()
    faults = []

    def submit(number):
        try:
            evening.submit(0, number)
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=submit, args=(number,)) for number in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    evening.close()

    assert not faults
    assert len(evening.store.answers(evening.id, "round-1")) == 1
    assert evening.store.counts(evening.id, "round-1")["residents"] == (1, 3)
    assert evening.store.integrity().answers == 64
    assert not evening.store.integrity().faults


def test_two_servers_on_one_postgresql_run_one_workshop(cluster, request):
    url = cluster.new_url()
    with open_store(url) as here, open_store(url) as there:
        evening = request.getfixturevalue("load_evening")(here)
        evening.open()
        stores = [here, there]

        def submit(number):
            store = stores[number % 2]
            seat = store.seat(evening.entries[0].token)
            payload = WEIGHING | {"criteria": {"price": number, "noise": 100}}
            store.submit(seat, "round-1", payload, f"k{number}")

        threads = [threading.Thread(target=submit, args=(number,)) for number in range(40)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        there.change(evening.id, "facilitator", lambda state: process.close(state, "round-1"))

        assert here.workshop(evening.id) == there.workshop(evening.id)
        assert len(here.answers(evening.id, "round-1")) == 1
        assert here.integrity().answers == 40
        assert not here.integrity().faults


def test_an_answer_of_another_form_or_a_key_of_another_length_is_refused(evening):
    evening.open()
    with pytest.raises(ExceptionGroup):
        evening.store.submit(evening.seats[0], "round-1", {"values": {"costs": 1e999}}, "k")
    for key in ("", "x" * 101):
        refused("key", evening.store.submit, evening.seats[0], "round-1", WEIGHING, key)


def test_a_helper_enters_what_stands_on_paper(evening):
    evening.open()
    card = evening.store.issue(evening.id, "residents")[0]
    typed = card.code.lower().replace("-", " ")
    first = evening.store.by_hand(evening.id, typed, "round-1", WEIGHING, "p1")

    assert evening.store.by_hand(evening.id, typed, "round-1", WEIGHING, "p1") == first
    assert evening.store.counts(evening.id, "round-1")["residents"] == (1, 4)
    assert evening.store.records(evening.id)[first.number - 1].by == "helper"
    refused("no_card", evening.store.by_hand, evening.id, "22222-22222", "round-1", WEIGHING, "p")


def test_a_draft_is_replaced_and_never_in_the_chain(evening):
    store, seat = evening.store, evening.seats[0]
    number = store.workshop(evening.id).number
    assert store.draft(seat, "round-1") is None
    store.save_draft(seat, "round-1", {"values": {"costs": 1}})
    store.save_draft(seat, "round-1", {"values": {"costs": 2}, "open": "second"})

    assert store.draft(seat, "round-1") == {"values": {"costs": 2}, "open": "second"}
    assert store.draft(evening.seats[1], "round-1") is None
    assert store.workshop(evening.id).number == number
    refused("draft_size", store.save_draft, seat, "round-1", {"a": "x" * 20_001})
    refused("draft_size", store.save_draft, seat, "round-9", {})


def test_somebody_deletes_what_is_theirs_and_the_chain_still_fits(evening):
    store, seat = evening.store, evening.seats[0]
    for sheet in ("practice", "round-1"):
        evening.open(sheet)
        evening.submit(0, 10, sheet=sheet)
        evening.submit(1, 30, sheet=sheet)
    evening.submit(0, 20)
    store.save_draft(seat, "round-1", {"a": 1})
    store.remark(seat, "round-1", "price", "reason", "Te duur.")
    store.erase(seat, "round-1")

    assert store.own(seat, "round-1") is None
    assert store.own(seat, "practice") is not None
    assert store.draft(seat, "round-1") is None
    assert store.own_remarks(seat) == ()
    assert store.counts(evening.id, "round-1")["residents"] == (1, 3)
    assert [one.kind for one in store.records(evening.id)].count("erased") == 2
    found = store.integrity()
    assert (found.faults, found.answers) == ((), 3)
    # The phone sends the deleted answer again: it stays deleted.
    evening.submit(0, 20)
    assert store.own(seat, "round-1") is None
    store.erase(seat)
    store.erase(seat)
    assert store.own(seat, "practice") is None
    assert store.integrity().answers == 2


def test_after_unlinking_no_answer_leads_to_a_card(evening):
    store = evening.store
    evening.open()
    for person in range(5):
        evening.submit(person, 10 * person)
    store.remark(evening.seats[0], "round-1", "", "question", "Wanneer?")
    store.save_draft(evening.seats[0], "round-1", {"a": 1})
    evening.close()
    before = store.answers(evening.id, "round-1")
    store.unlink(evening.id)

    assert store.answers(evening.id, "round-1") == before
    assert all(store.seat(entry.token) is None for entry in evening.entries)
    assert store.own(evening.seats[0], "round-1") is None
    assert store.draft(evening.seats[0], "round-1") is None
    assert store.own_remarks(evening.seats[0]) == ()
    refused("ended", store.erase, evening.seats[0])
    refused("ended", store.save_draft, evening.seats[0], "round-1", {})
    refused("ended", evening.submit, 0, 0)
    assert not store.integrity().faults
    linking = {one.pseudonym for one in before}
    rows = store._read(
        lambda connection: connection.exec_driver_sql("SELECT * FROM credential").all()
    )
    assert rows
    assert not any(str(item) in linking for row in rows for item in row)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_was_deleted_is_gone_from_the_files(evening, tmp_path):
    evening.open()
    canary = "canary-4711-vogel"
    evening.store.save_draft(evening.seats[0], "round-1", {"note": canary})
    evening.store.remark(evening.seats[0], "round-1", "", "fact", canary)
    files = sorted(tmp_path.glob("hall.sqlite*"))
    assert any(canary.encode() in file.read_bytes() for file in files)
    evening.store.erase(evening.seats[0])

    assert not any(canary.encode() in file.read_bytes() for file in tmp_path.glob("hall.sqlite*"))


def test_evidence_opens_the_leaves_of_the_answers_that_count_once_closed(evening):
    evening.open()
    evening.submit(0, 10)
    refused("not_closed", evening.store.evidence, evening.id, "round-1")
    last, other = evening.submit(0, 20), evening.submit(1, 30)
    evening.close()
    found = evening.store.evidence(evening.id, "round-1")
    records = evening.store.records(evening.id)

    assert [one.number for one in found] == [last.number, other.number]
    assert [one.payload["criteria"]["price"] for one in found] == [20, 30]
    for one in found:
        assert leaf(one.payload, one.nonce).hex() == records[one.number - 1].body["leaf"]
        assert one.nonce.hex() not in repr(one)


def test_evidence_of_a_deleted_answer_is_gone(evening):
    evening.open()
    evening.submit(0)
    evening.close()
    evening.store.erase(evening.seats[0])

    assert evening.store.evidence(evening.id, "round-1") == ()
