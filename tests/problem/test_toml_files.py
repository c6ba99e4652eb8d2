"""A broken settings file is told in the reader's own words, with the line."""

import pytest

from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.labels import Label
from waardeweging.problem.toml_files import parse, read_toml


@pytest.mark.parametrize(
    ("written", "code", "row"),
    [
        ("a = 1\nb", "no_equals", 2),
        ("= 3", "name", 1),
        ("a = {b = 1,\n}", "name", 1),
        ("a = 1\nb = \n", "value", 2),
        ("a = ja", "value", 1),
        ("a = “x”", "value", 1),
        ("a = 0,5", "rest", 1),
        ("a = [1,\n2\n", "unclosed", 2),
        ("a = {b = 1", "unclosed", 1),
        ("[a\n", "unclosed", 1),
        ("[[a]\n", "unclosed", 1),
        ('a = """x', "quote", 1),
        ("a = 'x", "quote", 1),
        ('a = "x\n"', "sign", 1),
        (r'a = "C:\qmap"', "backslash", 1),
        ("a = 1\na = 2", "twice", 2),
        ("[a]\n[a]", "twice", 2),
        ("a = {b = 1, b = 2}", "twice", 1),
        ("a = " + 5000 * "[", "broken", None),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, written, code, row):
    path = tmp_path / "a.toml"
    path.write_text(written, encoding="utf-8")

    with pytest.raises(InputError) as caught:
        read_toml(path)

    assert (caught.value.code, caught.value.where.row) == (f"toml.{code}", row)
    assert caught.value.found


@pytest.mark.parametrize(
    ("written", "field", "row"),
    [
        ('a = 1\nb = "x\u202ey"', "b", 2),
        ("[[a]]\nb = 1\n[[a]]\nb = { nl = ['x', 'y\u200b'] }", "a 2.b.nl 2", 4),
        (r'b = "x\u202ey"', "b", None),
        (r'"k\u200b" = 1', "k\u200b", None),
    ],
)
def test_a_sign_that_does_not_show_is_refused_wherever_it_stands(tmp_path, written, field, row):
    path = tmp_path / "a.toml"
    path.write_text(written, encoding="utf-8")

    with pytest.raises(InputError) as caught:
        read_toml(path)
    where = caught.value.where
    assert (caught.value.code, where.field, where.row) == ("text.hidden_sign", field, row)


def test_a_text_of_more_lines_is_no_hidden_sign(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text('a = """x\n\ty"""', encoding="utf-8")

    assert read_toml(path) == {"a": "x\n\ty"}


def test_a_label_is_no_longer_than_a_text_of_a_table():
    faults = Faults()
    parse(Label, "x" * 2001, Place("a.toml", None, "title"), faults)

    assert {one.code for one in faults} == {"text.too_long"}
