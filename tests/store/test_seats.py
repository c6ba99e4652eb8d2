import pytest

from waardeweging.problem.errors import InputError
from waardeweging.process.credentials import new_token


def refused(code, call, *arguments, **named):
    with pytest.raises(InputError) as found:
        call(*arguments, **named)
    assert found.value.code == f"workshop.{code}"


def test_the_side_comes_from_the_card(evening):
    assert [(seat.side, seat.department) for seat in evening.seats] == [
        ("residents", ""),
        ("residents", ""),
        ("residents", ""),
        ("municipality", "grid"),
        ("municipality", "grid"),
    ]
    assert evening.store.seat(evening.entries[3].token) == evening.seats[3]
    state = evening.store.workshop(evening.id)
    assert (state.issued, state.seated) == ({"residents": 3, "municipality": 2},) * 2


def test_a_card_is_used_on_one_device_at_a_time(evening):
    again = evening.store.enter(evening.id, evening.cards[0].code.lower(), "en")

    assert again.seat.credential == evening.seats[0].credential
    assert evening.store.seat(evening.entries[0].token) is None
    assert evening.store.seat(again.token).language == "en"
    assert evening.store.workshop(evening.id).seated["residents"] == 3


def test_an_unknown_code_or_token_opens_nothing(evening):
    refused("no_card", evening.store.enter, evening.id, "22222-22222")
    refused("code_form", evening.store.enter, evening.id, "2222")
    refused("unknown", evening.store.enter, "elsewhere", evening.cards[0].code)
    other = evening.store.create("Other", {"a": b""}, exploration=True).id
    refused("no_card", evening.store.enter, other, evening.cards[0].code)
    for token in ("", "x", new_token(), evening.entries[0].token[:-1], "' OR 1=1 --"):
        assert evening.store.seat(token) is None


def test_codes_and_tokens_are_kept_as_keyed_hashes_only(evening, url):
    dump = evening.store._read(
        lambda connection: repr(connection.exec_driver_sql("SELECT * FROM credential").all())
    )

    for card, entry in zip(evening.cards, evening.entries, strict=True):
        assert card.code not in dump
        assert entry.token not in dump
        assert card.code not in repr(card)
        assert entry.token not in repr(entry)
        assert card.code not in repr(evening.store.records(evening.id))


def test_buddies_share_a_number_on_both_sides_until_cards_are_cut_loose(evening):
    store = evening.store
    first = store.issue_pairs(evening.id, "  grid ", 2)
    later = store.issue_pairs(evening.id, count=1)
    seats = [store.enter(evening.id, card.code).seat for card in (*first, *later)]

    assert [(one.side, one.department, one.buddy) for one in seats] == [
        ("residents", "", "1"),
        ("municipality", "grid", "1"),
        ("residents", "", "2"),
        ("municipality", "grid", "2"),
        ("residents", "", "3"),
        ("municipality", "", "3"),
    ]
    state = store.workshop(evening.id)
    assert (state.pairs, state.issued) == (3, {"residents": 6, "municipality": 5})
    # The log says how many pairs there are, and nothing of whose.
    told = [one.body for one in store.records(evening.id) if one.kind in ("issued", "paired")]
    assert told[2:5] == [
        {"side": "residents", "department": "", "count": 2},
        {"side": "municipality", "department": "", "count": 2},
        {"count": 2},
    ]
    store.unlink(evening.id)
    assert {seat.buddy for seat in store.seats(evening.id)} == {""}
    store.purge("2099-01-01T00:00:00.000Z")
    assert store.seats(evening.id) == ()


def test_a_lost_card_gives_side_department_and_buddy_to_the_next(evening):
    _, official = evening.store.issue_pairs(evening.id, "grid", 1)
    card = evening.store.replace_card(evening.id, official.code)

    assert (card.side, card.department, card.buddy) == ("municipality", "grid", "1")
    assert evening.store.workshop(evening.id).issued["municipality"] == 3
    refused("card_ended", evening.store.enter, evening.id, official.code)
    assert evening.store.enter(evening.id, card.code).seat.buddy == "1"


def test_pairs_are_refused_like_any_cards(evening):
    refused("card_count", evening.store.issue_pairs, evening.id, "", 0)
    evening.store.unlink(evening.id)
    refused("over", evening.store.issue_pairs, evening.id)


def test_a_language_is_remembered_and_a_device_can_leave(evening):
    assert evening.store.speak(evening.seats[0], "tr").language == "tr"
    assert evening.store.seat(evening.entries[0].token).language == "tr"
    evening.store.leave(evening.seats[0])
    assert evening.store.seat(evening.entries[0].token) is None
    assert evening.store.enter(evening.id, evening.cards[0].code).seat == evening.seats[0]


def test_everybody_who_came_in_has_a_seat_in_an_order_that_says_nothing(evening):
    evening.store.issue(evening.id, "residents")
    found = evening.store.seats(evening.id)

    assert set(found) == set(evening.seats)
    assert [seat.credential for seat in found] == sorted(seat.credential for seat in found)


def test_a_wrong_side_is_corrected_for_sheets_that_are_not_closed(evening):
    for sheet in ("practice", "round-1"):
        evening.open(sheet)
        evening.submit(0, sheet=sheet)
    evening.close("practice")
    code = evening.cards[0].code
    state = evening.store.correct_side(evening.id, code, "municipality", "social")
    evening.close("round-1")

    assert state.seated == {"residents": 2, "municipality": 3}
    (practice,) = evening.store.answers(evening.id, "practice")
    (answer,) = evening.store.answers(evening.id, "round-1")
    assert (practice.side, practice.department) == ("residents", "")
    assert (answer.side, answer.department) == ("municipality", "social")
    assert evening.store.counts(evening.id, "round-1")["municipality"] == (1, 3)
    assert evening.store.seat(evening.entries[0].token).side == "municipality"
    refused("same_side", evening.store.correct_side, evening.id, code, "municipality")
    assert evening.store.records(evening.id)[state.number - 1].kind == "side_corrected"
    assert not evening.store.integrity().faults


def test_a_lost_card_ends_with_its_answers_on_sheets_that_are_not_closed(evening):
    evening.open("practice")
    evening.submit(0, sheet="practice")
    evening.close("practice")
    evening.open()
    evening.submit(0)
    evening.submit(1)
    evening.store.revoke(evening.id, evening.cards[0].code)

    assert evening.store.seat(evening.entries[0].token) is None
    refused("card_ended", evening.store.enter, evening.id, evening.cards[0].code)
    refused("card_ended", evening.submit, 0, 99)
    assert evening.store.counts(evening.id, "round-1")["residents"] == (1, 2)
    assert evening.store.counts(evening.id, "practice")["residents"] == (1, 2)
    assert evening.store.workshop(evening.id).issued["residents"] == 2
    evening.close()
    assert len(evening.store.answers(evening.id, "round-1")) == 1
    assert not evening.store.integrity().faults


def test_a_card_that_never_came_in_can_be_corrected_and_revoked(evening):
    card = evening.store.issue(evening.id, "residents")[0]
    evening.store.correct_side(evening.id, card.code, "municipality")
    state = evening.store.revoke(evening.id, card.code)

    assert state.seated == {"residents": 3, "municipality": 2}
    assert state.issued == {"residents": 3, "municipality": 2}
