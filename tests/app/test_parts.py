from waardeweging.app.parts import plain


def test_a_name_can_never_become_a_link_a_picture_or_a_tag():
    escaped = plain("![x](http://evil) <b> *k* `c` $x$ :red[a] ~w~ # t")

    for sign in "![]()<>*`$:~#":
        assert f"\\{sign}" in escaped
        assert escaped.count(sign) == escaped.count(f"\\{sign}")


def test_an_address_in_somebodys_words_is_no_link():
    """Streamlit makes links of addresses after it read the escapes."""
    for address in ("https://evil.test", "HTTP://evil.test", "www.evil.test", "a@evil.test"):
        shown = plain(address).replace("\\", "")

        assert shown != address
        assert shown.replace("\u2060", "") == address
    assert plain("10 km/u, om 8 uur") == "10 km/u, om 8 uur"
