import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.app.phone.words import plain_words


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Rust in huis. ", "Rust in huis."),
        ("een\r\ntwee", "een\ntwee"),
        ("=1+1", "1+1"),
        ("- punt\n= \n@x", "punt\n= \n@x"),
        ("\u202eom\u200bgekeerd\x00", "omgekeerd"),
        ("e\u0301", "é"),
        ("\n=\n=1", "1"),
        ("=-@", ""),
    ],
)
def test_only_what_can_be_read_is_kept(text, kept):
    assert plain_words(text) == kept


@given(st.text())
def test_whatever_is_written_is_printable_and_starts_no_formula(text):
    kept = plain_words(text)

    assert all(sign.isprintable() or sign == "\n" for sign in kept)
    assert not kept.startswith(("=", "+", "-", "@", "\t"))
    assert plain_words(kept) == kept
