from waardeweging.app.ahead import _FOLDER, asking_ahead, scripts


def test_the_scripts_of_the_first_elements_come_with_the_streamlit_that_is_installed():
    assert {name.partition(".")[0] for name in scripts()} >= {"Html", "ButtonGroup", "WidgetLabel"}
    assert all((_FOLDER / name).is_file() for name in scripts())


def test_a_document_asks_once_for_what_it_names_already():
    known, new = scripts()[:2]
    page = asking_ahead(f'<head><link href="./static/js/{known}"></head><body></body>')

    assert (page.count(known), page.count(new)) == (1, 1)
    assert page.index(new) < page.index("</head>")
