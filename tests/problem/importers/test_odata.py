import io
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.problem.errors import Faults, InputError
from waardeweging.problem.importers.odata import json_rows

ROWS = [{"code": "BU00030000", "gas": 1290, "heat": 1.234, "none": None}]
ABOUT = {"odata.metadata": "https://opendata.cbs.nl/85984NED/$metadata"}


def _read(data):
    about: dict[str, str] = {}
    faults = Faults()
    text = data if isinstance(data, bytes) else json.dumps(data).encode()
    rows = list(json_rows(io.BytesIO(text), "file.json", about, faults))
    return rows, about, list(faults)


@pytest.mark.parametrize("data", [{**ABOUT, "value": ROWS}, {"value": ROWS, **ABOUT}, ROWS])
def test_objects_come_after_a_row_of_their_keys(data):
    (header, row), about, faults = _read(data)

    assert list(header.cells) == ["code", "gas", "heat", "none"]
    assert (row.number, row["code"], row["gas"]) == (1, "BU00030000", "1290")
    assert about == (ABOUT if isinstance(data, dict) else {})
    assert not faults


def test_a_number_cannot_be_taken_for_thousands_and_null_is_empty():
    (_, row), *_ = _read({"value": ROWS})

    assert (row["heat"], row["none"]) == ("1.2340", "")


def test_what_is_no_number_or_text_shows_as_its_kind():
    (_, row), *_ = _read(b'[{"a": true, "b": [1], "c": NaN, "d": 1e5, "e": -Infinity}]')

    assert [row[key] for key in "abcde"] == ["bool", "list", "NaN", "1e5", "-Infinity"]


def test_a_byte_order_mark_and_spaces_are_allowed():
    rows, *_ = _read(b'\xef\xbb\xbf \n{ "value" : [ {"a" : 1} , {"a":2} ] }\n ')

    assert [row["a"] for row in rows[1:]] == ["1", "2"]


def test_an_empty_list_gives_no_rows():
    assert _read({"value": []})[0] == _read([])[0] == _read({})[0] == []


def test_an_object_with_other_fields_is_refused_by_its_place():
    rows, _, (fault,) = _read([{"a": 1, "b": 2}, {"b": 3, "a": 4}, {"a": 5, "c": 6}])

    assert len(rows) == 3
    assert (fault.code, fault.where.row) == ("json.fields", 3)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[",
        b"[1]",
        b'["x"]',
        b'{"value": [{"a": 1}',
        b'{"value": [{"a": 1}]',
        b'{"value": [{"a": 1} {"a": 2}]}',
        b'{"value": [{"a": 1},]}',
        b'{"value" [] }',
        b'{"value": {"a": ',
        b'[{"a": 01}]',
        b"[] []",
        b"nonsense",
        b"[" * 100_000,
        b'[{"a": "' + b"x" * 2_000_000,
    ],
)
def test_broken_json_is_refused(data):
    with pytest.raises(InputError) as caught:
        _read(data)

    assert caught.value.code == "json.broken"


def test_a_second_list_of_values_is_not_read_as_rows():
    rows, about, _ = _read(b'{"value": [{"a": 1}], "value": [{"a": 2}]}')

    assert len(rows) == 2
    assert about == {"value": "list"}


def test_a_field_that_stands_twice_is_refused():
    with pytest.raises(InputError) as caught:
        _read(b'[{"a": 1}, {"a": 1, "a": 2}]')

    assert (caught.value.code, caught.value.where.row) == ("json.twice", 2)


def test_a_number_that_ends_where_a_part_ends_is_read_whole():
    head = b'{"x": "'
    middle = b'", "odata.count": 12'
    text = head + b"y" * (64 * 1024 - len(head) - len(middle)) + middle + b'345, "value": []}'

    assert _read(text)[1]["odata.count"] == "12345"


def test_a_count_of_a_billion_is_not_believed_and_rows_are_never_held_together():
    item = json.dumps({"code": "BU00030000", "text": "x" * 900}).encode()
    text = b'{"odata.count": "1000000000", "value": [' + b",".join([item] * 20_000) + b"]}"
    stream = io.BytesIO(text)

    tracemalloc.start()
    count = sum(1 for _ in json_rows(stream, "file.json", {}, Faults()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 20_001
    assert peak < 2_000_000 < len(text)


_VALUES = st.none() | st.text(max_size=8) | st.integers() | st.floats(allow_nan=False)


@given(st.lists(st.fixed_dictionaries({"a": _VALUES, "b": _VALUES}), max_size=5))
def test_any_list_of_like_objects_is_read_back(items):
    rows, _, faults = _read(items)

    assert not faults
    assert len(rows) == (len(items) + 1 if items else 0)
    for row, item in zip(rows[1:], items, strict=True):
        for key, value in item.items():
            if isinstance(value, (int, float)) and abs(value) < 1e300:
                assert float(row[key]) == float(value)
            elif isinstance(value, str):
                assert row[key] == value
