import pytest
from tests.process.project.conftest import Log

from waardeweging.presentation.catalog import LANGUAGES
from waardeweging.presentation.figures.talks import talks_map
from waardeweging.process.project import events as e
from waardeweging.process.project import people


@pytest.fixture
def log():
    log = Log()
    for name, side in (("Wonen", "municipality"), ("<b>Groep</b>", "residents"), ("Net", "net")):
        actor = e.ActorWritten(id=name, label=name, side=side)
        log.do(people.write_actor, actor)
    log.do(people.write_talk, "t", ["Wonen", "Net"], "Het net.")
    return log


def marks(picture):
    return {trace.x[0]: trace.marker.color for trace in picture.figure.data}


def test_without_parties_there_is_no_picture():
    assert talks_map(Log().state, "nl") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_speaks_with_one_side_only_is_named_and_drawn_open(log, language):
    picture = talks_map(log.state, language)

    assert "Wonen" in picture.sentence
    assert set(marks(picture).values()) == {"white"}
    assert "Wonen" in picture.alt
    assert "Net" in picture.alt


def test_after_a_talk_with_everybody_nothing_is_open(log):
    log.do(people.write_talk, "u", ["Wonen", "Net", "<b>Groep</b>"], "Alles.")
    picture = talks_map(log.state, "en")

    assert picture.sentence == "Each party speaks with both sides."
    assert "white" not in marks(picture).values()
    assert picture.table.iloc[0].tolist() == ["Wonen", "Net and <b>Groep</b>", "● yes"]
    assert len(picture.figure.layout.shapes) == 3


def test_sides_stand_left_and_right_and_others_between(log):
    assert sorted(marks(talks_map(log.state, "nl"))) == [0.0, 1.0, 2.0]


def test_who_left_stands_in_no_talk(log):
    log.do(people.drop_actor, "Net", "Verhuisd.")
    picture = talks_map(log.state, "nl")

    assert not picture.figure.layout.shapes
    assert "Net" not in picture.table.to_string()


def test_names_are_plain_letters_and_long_ones_are_cut(log):
    long = e.ActorWritten(id="l", label="Zeer lange naam " * 6, side="residents")
    log.do(people.write_actor, long)
    notes = [note.text for note in talks_map(log.state, "nl").figure.layout.annotations]

    assert not [note for note in notes if "<b>Groep" in note]
    assert max(note.count("<br>") for note in notes) == 2


def test_a_full_column_leaves_the_rest_to_the_table(log):
    for number in range(10):
        actor = e.ActorWritten(id=f"r{number}", label=f"Groep {number}", side="residents")
        log.do(people.write_actor, actor)
    log.do(people.write_talk, "v", ["r9", "Wonen"], "Iets.")
    picture = talks_map(log.state, "nl")

    assert len(picture.figure.data) == 6 + 2
    assert len(picture.table) == 13


def test_no_line_between_the_sides_runs_through_a_mark_in_the_middle(log):
    for number in range(3):
        for side in ("residents", "net", "municipality"):
            actor = e.ActorWritten(id=f"{side}{number}", label="Partij", side=side)
            log.do(people.write_actor, actor)
    for first in range(3):
        for second in range(3):
            pair = [f"residents{first}", f"municipality{second}"]
            log.do(people.write_talk, f"{first}{second}", pair, "Iets.")
    figure = talks_map(log.state, "nl").figure
    middle = [trace.y[0] for trace in figure.data if trace.x[0] == 1.0]
    lines = [one for one in figure.layout.shapes if one.x1 - one.x0 in (2.0, -2.0)]

    assert lines
    assert all(abs((one.y0 + one.y1) / 2 - y) > 10 for one in lines for y in middle)


def test_a_name_in_the_middle_stands_clear_of_the_line_between_two_sides(log):
    log.do(people.write_talk, "v", ["Wonen", "<b>Groep</b>"], "Iets.")
    figure = talks_map(log.state, "nl").figure
    (line,) = [one for one in figure.layout.shapes if abs(one.x1 - one.x0) == 2.0]
    (name,) = [note for note in figure.layout.annotations if note.text == "Net"]

    assert abs((line.y0 + line.y1) / 2 - name.y) > 17
