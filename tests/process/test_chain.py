import hashlib
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.process.chain import GENESIS, Recorded, broken, leaf, link, receipt

BODIES = st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(0, 9), max_size=3)


def chained(bodies, stream="w"):
    records, previous = [], GENESIS
    for number, body in enumerate(bodies, 1):
        at = f"2026-11-23T19:00:0{number % 10}.000Z"
        sign = link(previous, stream, number, at, "facilitator", "note", body)
        records.append(Recorded(stream, number, at, "facilitator", "note", body, previous, sign))
        previous = sign
    return records


def test_a_link_is_the_hash_of_a_tag_the_hash_before_and_the_fields():
    written = b'["w",1,"2026-11-23T19:00:00.000Z","facilitator","note",{"text":"x"}]'
    expected = hashlib.sha256(b"waardeweging/record/1\n" + bytes(32) + written).digest()

    found = link(GENESIS, "w", 1, "2026-11-23T19:00:00.000Z", "facilitator", "note", {"text": "x"})

    assert found == expected


@given(st.lists(BODIES, max_size=6))
def test_an_untouched_chain_fits(bodies):
    assert broken(chained(bodies)) is None


CHANGES = {
    "stream": "v",
    "number": 9,
    "at": "2026-11-23T19:00:00.001Z",
    "by": "reader",
    "kind": "shown",
    "body": {"a": 10},
    "previous": bytes(31) + b"\1",
    "hash": bytes(31) + b"\2",
}


@pytest.mark.parametrize("name", [field.name for field in fields(Recorded)])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_change_of_any_field_of_any_record_is_found_there(name, place):
    records = chained([{"a": 1}, {"a": 2}, {"a": 3}])
    records[place] = replace(records[place], **{name: CHANGES[name]})

    # The stream of the first record is taken on trust; its hash is not.
    assert broken(records) == place + 1


def test_leaving_out_putting_in_and_changing_places_are_found():
    one, two, three = chained([{"a": 1}, {"a": 2}, {"a": 3}])

    assert broken([one, three]) == 2
    assert broken([one, two, two, three]) == 3
    assert broken([two, one, three]) == 1
    assert broken([two, three]) == 1


def test_a_chain_can_be_checked_from_a_known_head():
    records = chained([{"a": 1}, {"a": 2}, {"a": 3}])

    assert broken(records[1:], records[0].hash, 1) is None
    assert broken(records[2:], records[0].hash, 1) == 2


def test_a_rebuilt_chain_fits_and_has_another_head():
    # Why the head must leave the building: alone, a chain cannot show this.
    told, rebuilt = chained([{"a": 1}, {"a": 2}]), chained([{"a": 1}, {"a": 3}])

    assert broken(rebuilt) is None
    assert rebuilt[-1].hash != told[-1].hash


@given(st.binary(min_size=16, max_size=16), st.integers(0, 100))
def test_a_leaf_depends_on_answer_and_nonce(nonce, points):
    payload = {"criteria": {"noise": points}}

    assert leaf(payload, nonce) == leaf({"criteria": {"noise": points}}, nonce)
    assert leaf(payload, nonce) != leaf(payload, bytes(reversed(nonce)) + b"\0")
    assert leaf(payload, nonce) != leaf({"criteria": {"noise": points + 1}}, nonce)


def test_a_receipt_has_eighty_bits_in_four_groups():
    assert receipt(bytes(32)) == "AAAA-AAAA-AAAA-AAAA".replace("A", "2")
    assert receipt(b"\xff" * 32) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    # 0b00001_00010_…: signs number 1 and 2 of the alphabet, and so on
    assert receipt(bytes([0b00001000, 0b10000110]) + bytes(30)).startswith("3452-")


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_receipts_differ_when_the_first_eighty_bits_differ(one, other):
    assert (receipt(one) == receipt(other)) == (one[:10] == other[:10])
