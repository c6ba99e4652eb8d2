"""A broken settings file is told in the reader's own words, with the line."""

import pytest

from waardeweging.problem.errors import InputError
from waardeweging.problem.toml_files import read_toml


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
