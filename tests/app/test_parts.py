from waardeweging.app.parts import plain


def test_a_name_can_never_become_a_link_a_picture_or_a_tag():
    escaped = plain("![x](http://evil) <b> *k* `c` $x$ :red[a] ~w~ # t")

    for sign in "![]()<>*`$:~#":
        assert f"\\{sign}" in escaped
        assert escaped.count(sign) == escaped.count(f"\\{sign}")
