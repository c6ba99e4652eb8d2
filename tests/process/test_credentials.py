import random

import pytest

from waardeweging.problem.errors import InputError
from waardeweging.process.credentials import (
    CODE_SIGNS,
    clean_code,
    clean_room_code,
    is_token,
    new_code,
    new_room_code,
    new_token,
)


def test_a_code_has_ten_signs_that_do_not_look_alike():
    code = new_code(random.Random(1))  # noqa: S311

    assert len(CODE_SIGNS) == 31
    assert not set(CODE_SIGNS) & set("01ILO")
    assert [len(half) for half in code.split("-")] == [5, 5]
    assert set(code) <= {*CODE_SIGNS, "-"}


def test_codes_are_drawn_and_never_the_same():
    assert len({new_code() for _ in range(1000)}) == 1000
    assert new_code(random.Random(1)) == new_code(random.Random(1))  # noqa: S311


@pytest.mark.parametrize("typed", ["7KQ2M-XR9TD", "7kq2mxr9td", " 7kq2m xr9td ", "7-K-Q2MXR9TD"])
def test_capitals_spaces_and_hyphens_do_not_matter(typed):
    assert clean_code(typed) == "7KQ2M-XR9TD"


@pytest.mark.parametrize("typed", ["", "7KQ2M-XR9T", "7KQ2M-XR9TDD", "OKQ2M-XR9TD", "７KQ2M-XR9TD"])
def test_another_form_is_refused_and_not_repeated(typed):
    with pytest.raises(InputError) as found:
        clean_code(typed)

    assert found.value.code == "workshop.code_form"
    assert found.value.found is None


def test_a_room_code_is_six_ascii_digits():
    assert clean_room_code(" 123 456 ") == "123456"
    assert clean_room_code(new_room_code()).isdigit()
    for typed in ("12345", "1234567", "12345a", "１２３４５６"):
        with pytest.raises(InputError):
            clean_room_code(typed)


def test_a_token_has_128_bits_and_a_known_form():
    tokens = {new_token() for _ in range(1000)}

    assert len(tokens) == 1000
    assert all(is_token(token) for token in tokens)
    assert not any(map(is_token, ("", "x" * 21, "x" * 23, "x" * 21 + "é", "x" * 21 + "\n")))
