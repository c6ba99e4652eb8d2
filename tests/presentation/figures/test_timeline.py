import pytest
from tests.process.project.conftest import Log

from waardeweging.presentation.catalog import LANGUAGES
from waardeweging.presentation.figures.timeline import timeline
from waardeweging.process.project import agreements
from waardeweging.process.project import events as e

TODAY = "2026-06-01"


@pytest.fixture
def planned():
    log = Log()
    for name, day, more in (
        ("council", "2026-09-01", {"decides": "de raad"}),
        ("start", "2026-01-15", {"done": True}),
        ("late", "2026-03-01", {}),
    ):
        moment = e.MomentWritten(id=name, what=f"<b>{name}</b>", day=day, **more)
        log.do(agreements.write_moment, moment)
    return log.state


def test_without_moments_there_is_no_picture():
    assert timeline(Log().state, TODAY, "nl") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_names_the_first_that_comes_and_who_decides(planned, language):
    sentence = timeline(planned, TODAY, language).sentence

    assert "<b>council</b>" in sentence
    assert "de raad" in sentence


def test_the_table_says_what_was_held_what_is_late_and_what_comes(planned):
    table = timeline(planned, TODAY, "en").table

    assert table.iloc[:, 0].tolist() == ["<b>start</b>", "<b>late</b>", "<b>council</b>"]
    assert table.iloc[:, 3].tolist() == ["✓ held", "! should have been", "○ still to come"]


def test_a_decision_is_a_diamond_and_what_was_held_is_filled(planned):
    marks = [trace.marker.symbol for trace in timeline(planned, TODAY, "nl").figure.data]

    assert marks == ["circle", "circle-open", "diamond-open"]


def test_names_are_plain_letters_in_the_figure(planned):
    notes = [note.text for note in timeline(planned, TODAY, "nl").figure.layout.annotations]

    assert not [note for note in notes if "<b>" in note]


def test_what_is_behind_us_gives_way_to_what_comes():
    log = Log()
    for month in range(1, 13):
        moment = e.MomentWritten(id=f"m{month}", what=f"Moment {month}", day=f"2026-{month:02d}-01")
        log.do(agreements.write_moment, moment)
    picture = timeline(log.state, TODAY, "nl")
    drawn = " ".join(note.text for note in picture.figure.layout.annotations)

    assert "Moment 12" in drawn
    assert "Moment 1 " not in f"{drawn} "
    assert len(picture.table) == 12


def test_when_nothing_comes_it_says_so(planned):
    assert timeline(planned, "2027-01-01", "en").sentence == "Nothing is left in the planning."
