import pytest

from waardeweging.dossier.document.pointers import pointer, resolve

FACTS = {"a/b": {"m~n": [10, {"x": 1}]}, "": 0, "text": "abc"}


def test_a_pointer_escapes_as_rfc_6901_says():
    # RFC 6901, section 5: "/a~1b" and "/m~0n".
    assert pointer("a/b", "m~n", 1, "x") == "/a~1b/m~0n/1/x"


def test_what_is_pointed_at_is_found_again():
    assert resolve(FACTS, pointer("a/b", "m~n", 1, "x")) == 1
    assert resolve(FACTS, "/") == 0
    assert resolve(FACTS, "") is FACTS


@pytest.mark.parametrize("where", ["/absent", "/a~1b/m~0n/2", "/a~1b/m~0n/-1", "/text/0"])
def test_what_is_not_there_is_an_error(where):
    with pytest.raises(KeyError):
        resolve(FACTS, where)
