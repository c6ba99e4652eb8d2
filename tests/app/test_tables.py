import pandas as pd

from waardeweging.app.tables import Marked, Noted, _body, table_html


def test_a_table_has_a_caption_and_header_cells():
    html = table_html("Winnaars", ["Optie", "Punten"], [("Net", "60")])

    assert "<caption" in html
    assert ">Winnaars</caption>" in html
    assert '<th scope="col" role="columnheader">Punten</th>' in html
    assert '<th scope="row" role="rowheader">Net</th>' in html


def test_every_text_is_escaped():
    nasty = "<img src=x onerror=alert(1)>"
    html = table_html(nasty, [nasty, nasty], [(nasty, nasty), (nasty, Marked(nasty, nasty, nasty))])

    assert "<img" not in html


def test_a_mark_is_for_the_eye_and_its_words_are_read_out():
    html = _body([("Kosten", Marked("●●●○○", "3 van de 5", "€ 20"))], ["", "Net"])

    assert '<span class="ww-mark" aria-hidden="true">●●●○○</span>' in html
    assert '<span class="ww-read-out">3 van de 5:</span> € 20' in html


def test_a_name_has_its_unit_under_it():
    html = _body([(Noted("Kosten", "€ per <jaar>"), "20")], ["", "Net"])

    assert "Kosten <small>€ per &lt;jaar&gt;</small></th>" in html


def test_a_table_of_many_columns_becomes_cards_on_a_phone():
    wide = table_html("x", ["a", "b", "c", "d"], [("1", "2", "3", "4")])

    assert 'class="ww-table cards"' in wide
    assert 'data-column="c">3</td>' in wide
    assert "cards" not in table_html("x", ["a", "b"], [("1", "2")])


def test_numbers_of_a_frame_are_written_as_they_are(monkeypatch):
    said: list[str] = []
    monkeypatch.setattr("waardeweging.app.tables.st.html", said.append)
    from waardeweging.app.tables import show_frame

    show_frame("x", pd.DataFrame({"Optie": ["Net"], "Punten": ["1.234"]}))

    assert ">1.234</td>" in said[0]
