import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waardeweging.process.canonical import canonical

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.sampled_from("abc"), max_size=4), inner, max_size=4)
    ),
    max_leaves=10,
)


def test_the_published_example_gives_the_published_bytes():
    # RFC 8785, section 3.2.2 and 3.2.4
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "€$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }

    assert (
        canonical(value)
        == (
            '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
            '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
        ).encode()
    )


@settings(max_examples=60)
@given(VALUES)
def test_the_order_of_keys_and_the_kind_of_list_never_matter(value):
    assert canonical(value) == canonical(turned(value))


def turned(value):
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return tuple(map(turned, value)) if isinstance(value, list) else value


def test_two_ways_to_type_a_letter_are_one():
    assert canonical({"cafe\u0301": "e\u0301"}) == canonical({"caf\u00e9": "\u00e9"})


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        math.inf,
        2**53,
        {1: "a"},
        {"e\u0301": 1, "\u00e9": 2},
        b"bytes",
        object(),
        "\ud800",
    ],
)
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(ValueError, match=r"canonical|same text"):
        canonical([value])
