"""Pictures of working together: a mark per side, a line for the gap, words for both."""

import pytest
from tests.presentation.test_indicator_tables import TODAY, asked, found
from tests.process.project.conftest import Log

from waardeweging.presentation.catalog import LANGUAGES
from waardeweging.presentation.figures.canvas import MUNICIPALITY_MARK, RESIDENTS_MARK
from waardeweging.presentation.figures.cooperation import cooperation_gaps, cooperation_over_time
from waardeweging.process.project import events as e
from waardeweging.process.project import inputs, sessions
from waardeweging.process.project.indicators import indicators


@pytest.fixture
def rows():
    log = Log()
    log.do(sessions.add, "one", "workshop", "Avond <b>1</b>", "2026-02-02")
    log.do(sessions.record_cooperation, asked("t0", "2026-01-15", 2.0, 4.0))
    log.do(sessions.record_cooperation, asked("one", "2026-02-02", 3.0, 3.0))
    for name, side in (("a", "residents"), ("b", "municipality")):
        log.do(inputs.give, e.InputGiven(id=name, about="worry", side=side, text="Geluid."))
    log.do(inputs.answer, "a", "partly", "Deels.", at="2026-01-22T19:00:00.000Z")
    return indicators(log.state, log.records, TODAY)


def marks(figure):
    """Marks without those of the key, which stand at the top."""
    lowest = min(trace.y[0] for trace in figure.data)
    return [trace for trace in figure.data if trace.y[0] > lowest]


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_pictures_can_be_read_without_seeing_them(rows, language):
    for picture in (
        cooperation_gaps(rows, language),
        cooperation_over_time(found(rows, "trust", "asked"), language),
        cooperation_over_time(found(rows, "equal_weight", "steps"), language),
    ):
        assert picture.question.endswith("?")
        assert picture.sentence.endswith(".")
        assert "{" not in picture.alt
        assert not picture.table.empty
        assert picture.enlarged(1.5).figure.layout.height > picture.figure.layout.height


def test_every_row_has_a_mark_per_side_on_its_own_scale_and_a_line_between(rows):
    figure = cooperation_gaps(rows, "nl").figure
    first = marks(figure)[:2]

    # Trust of the municipality fell by 1 and that of residents rose by 1, from -4 to 4.
    assert [trace.x[0] for trace in first] == [0.375, 0.625]
    assert [(trace.marker.color, trace.marker.symbol) for trace in first] == [
        MUNICIPALITY_MARK,
        RESIDENTS_MARK,
    ]
    assert (figure.layout.shapes[0].x0, figure.layout.shapes[0].x1) == (0.375, 0.625)
    assert first[0].y == first[1].y


def test_marks_at_one_place_do_not_hide_each_other(rows):
    drawn = marks(cooperation_over_time(found(rows, "trust", "asked"), "nl").figure)

    assert [trace.x[0] for trace in drawn] == [0.25, 0.75, 0.5, 0.5]
    assert drawn[0].y == drawn[1].y
    assert drawn[2].y != drawn[3].y


def test_days_have_no_end_and_run_to_the_longest(rows):
    row = found(rows, "follow_through", "days")
    drawn = marks(cooperation_over_time(row, "nl").figure)

    assert {trace.x[0] for trace in drawn} == {1}
    assert row.gap is None


def test_names_from_people_are_letters(rows):
    figure = cooperation_over_time(found(rows, "trust", "asked"), "nl").figure

    assert any("&lt;b&gt;" in note.text for note in figure.layout.annotations)


def test_without_values_there_is_no_picture():
    log = Log()
    rows = indicators(log.state, log.records, TODAY)

    assert cooperation_over_time(found(rows, "voice", "asked"), "nl") is None
    assert cooperation_gaps([found(rows, "voice", "asked")], "nl") is None
