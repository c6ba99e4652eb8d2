import struct
import zlib

import pytest

from waardeweging.dossier.document.theme import Theme, contrast, read_theme

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def png(width=1, height=1):
    def chunk(kind, content):
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\x00\xff" * height))
    return b"\x89PNG\r\n\x1a\n" + head + pixels + chunk(b"IEND", b"")


@pytest.fixture
def theme_file(tmp_path):
    def write(text="", **files):
        for name, content in files.items():
            (tmp_path / name.replace("_", ".")).write_bytes(content)
        path = tmp_path / "theme.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def codes(error):
    return sorted(fault.code for fault in error.value.exceptions)


def test_a_theme_has_a_name_colours_and_a_logo(theme_file):
    theme = read_theme(
        theme_file('name = "Zwolle"\naccent = "#006633"\nlogo = "own.png"', own_png=png())
    )

    assert (theme.name, theme.accent, theme.logo_type) == ("Zwolle", "#006633", "image/png")
    assert theme.logo_bytes == png()


def test_an_empty_theme_is_complete(theme_file):
    assert read_theme(theme_file()) == Theme()


def test_black_on_white_has_the_highest_contrast():
    # WCAG 2.2: from 1 to 1 to 21 to 1.
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == 1
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_colours_that_cannot_be_read_are_refused_together(theme_file):
    with pytest.raises(ExceptionGroup) as error:
        read_theme(theme_file('accent = "#ffee00"\naccent_text = "#ffffff"'))
    assert codes(error) == ["theme.contrast", "theme.contrast"]


@pytest.mark.parametrize("colour", ["red", "#12345", "#12345g", "url(x)", "#123456;}"])
def test_a_colour_is_six_hexadecimal_digits(theme_file, colour):
    with pytest.raises(ExceptionGroup) as error:
        read_theme(theme_file(f'accent = "{colour}"'))
    assert codes(error) == ["field.wrong"]


@pytest.mark.parametrize("name", ["../own.png", "/etc/passwd", "own.gif", "own.html", "a/b.svg"])
def test_a_logo_lies_beside_its_theme(theme_file, name):
    with pytest.raises(ExceptionGroup) as error:
        read_theme(theme_file(f'logo = "{name}"', own_png=png()))
    assert codes(error) == ["theme.file_name"]


def test_a_logo_that_is_absent_is_named(theme_file):
    with pytest.raises(ExceptionGroup) as error:
        read_theme(theme_file('logo = "own.svg"'))
    assert codes(error) == ["file.missing"]


@pytest.mark.parametrize(
    "content",
    [
        SVG.format("<script>alert(1)</script>"),
        SVG.format('<image href="http://x/y.png"/>'),
        SVG.format('<rect onclick="x()"/>'),
        SVG.format('<rect fill="url(http://x/#a)"/>'),
        SVG.format("<foreignObject/>"),
        SVG.format("<style>@import 'http://x'</style>"),
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"),
        "<svg/>",
        "<html/>",
        "no xml",
    ],
)
def test_a_logo_only_draws(theme_file, content):
    with pytest.raises(ExceptionGroup) as error:
        read_theme(theme_file('logo = "own.svg"', own_svg=content.encode()))
    assert codes(error) == ["theme.logo_content"]


def test_a_plain_drawing_is_a_logo(theme_file):
    drawing = SVG.format('<defs><linearGradient id="g"/></defs><rect fill="url(#g)"/>').encode()
    theme = read_theme(theme_file('logo = "own.svg"', own_svg=drawing))

    assert theme.logo_type == "image/svg+xml"


@pytest.mark.parametrize(
    "spoil", [lambda x: x[:-4], lambda x: x[4:], lambda x: x[:40] + b"?" + x[41:]]
)
def test_a_broken_picture_is_no_logo(theme_file, spoil):
    with pytest.raises(ExceptionGroup) as error:
        read_theme(theme_file('logo = "own.png"', own_png=spoil(png())))
    assert codes(error) == ["theme.logo_content"]


def test_bytes_cannot_be_given_in_the_theme_itself(theme_file):
    theme = read_theme(theme_file('logo_bytes = "<script>"\nproposal_bytes = "x"'))

    assert theme == Theme()


def test_an_unknown_field_is_named(theme_file):
    with pytest.raises(ExceptionGroup) as error:
        read_theme(theme_file('colour = "#000000"'))
    assert codes(error) == ["field.unknown"]


@pytest.mark.parametrize(("field", "name"), [("logo", "own.svg"), ("proposal", "own.docx")])
def test_an_empty_file_is_not_taken_for_none(theme_file, field, name):
    with pytest.raises(ExceptionGroup) as caught:
        read_theme(theme_file(f'{field} = "{name}"', **{name.replace(".", "_"): b""}))

    assert codes(caught) == ["theme.empty_file"]
