"""Indicators in words: gaps first, units written out, and a reason where there is no value."""

import pytest
from tests.process.project.conftest import Log

from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.catalog import LANGUAGES, text
from waardeweging.presentation.indicator_tables import (
    apart_text,
    cell_text,
    dated_moment,
    gap_text,
    gaps_table,
    indicator_name,
    indicator_sentences,
    moments_table,
    nothing_known,
    row_table,
    value_text,
)
from waardeweging.process.project import events as e
from waardeweging.process.project import inputs, rules, sessions
from waardeweging.process.project.indicator_moments import Moment
from waardeweging.process.project.indicator_rows import (
    CHANGE,
    DAYS,
    GRADE,
    PEOPLE,
    RUNG,
    SHARE,
    STEP,
    Cell,
)
from waardeweging.process.project.indicators import indicators

TODAY = "2026-04-01"


def asked(moment, day, residents, municipality, people=(24, 6)):
    return e.CooperationMeasured(
        id=moment,
        label="Avond",
        day=day,
        counted=dict(zip(SIDES, people, strict=True)),
        means={
            side: {"trust": mean}
            for side, mean in zip(SIDES, (residents, municipality), strict=True)
        },
    )


@pytest.fixture
def log():
    log = Log()
    log.do(sessions.add, "one", "workshop", "Avond", "2026-02-02")
    log.do(sessions.record_cooperation, asked("t0", "2026-01-15", 2.0, 4.0))
    log.do(sessions.record_cooperation, asked("one", "2026-02-02", 2.5, None, (24, 3)))
    seen = e.IndicatorObserved(
        indicator="room", moment="one", side="residents", value=2, grounds="Verslag, punt 4."
    )
    log.do(sessions.observe, seen)
    return log


@pytest.fixture
def rows(log):
    return indicators(log.state, log.records, TODAY)


def found(rows, indicator, measure):
    (row,) = (row for row in rows if (row.indicator, row.measure) == (indicator, measure))
    return row


@pytest.mark.parametrize(
    ("value", "scale", "written"),
    [
        (3, STEP, "stap 3"),
        (2, RUNG, "trede 2"),
        (0.4, SHARE, "40%"),
        (3.5, GRADE, "3,5"),
        (1.5, CHANGE, "+1,5"),
        (-0.5, CHANGE, "−0,5"),
        (12.25, DAYS, "12,3 dagen"),
        (1, DAYS, "1 dag"),
        (811, PEOPLE, "811"),
    ],
)
def test_a_value_is_written_with_what_it_counts(value, scale, written):
    assert value_text(value, scale, "nl") == written


def test_a_share_says_of_how_many_and_a_cell_without_value_says_why():
    assert cell_text(Cell.known(0.5, 8), SHARE, "nl") == "50% (van 8)"
    assert cell_text(Cell.known(3.5, 24), GRADE, "nl") == "3,5"
    assert cell_text(Cell(missing="few"), GRADE, "en") == "too few people"
    assert cell_text(Cell(), GRADE, "en") == "not measured"


def test_the_last_moment_that_both_sides_have_is_compared(rows):
    table = gaps_table(rows, "nl").set_index("Indicator")

    assert table.index[0] == "Vertrouwen: vertrouwt men de ander"
    assert table.iloc[0].tolist() == [
        "2",
        "4",
        "verschil 2 punten",
        "Begin",
        "gevraagd",
        "cijfer 1 tot 5",
    ]
    assert table.loc["Gelijk gewicht: hoever is dit", "Verschil"] == "voor iedereen"
    assert list(table.loc["Navolgbare besluiten: besluiten met hun redenen"])[:4] == [
        "niets te tellen",
        "niets te tellen",
        "voor iedereen",
        "–",
    ]


def test_a_row_over_time_has_a_line_per_moment_and_says_how_it_was_seen(rows):
    table = row_table(found(rows, "trust", "asked"), "nl")
    assert table.columns.tolist() == ["Wanneer", "bewoners", "gemeente", "Verschil"]
    assert table.iloc[1].tolist() == ["Avond, 2 februari 2026", "2,5", "te weinig mensen", "–"]
    assert table.iloc[-1].tolist()[1:3] == ["komt nog", "komt nog"]

    seen = row_table(found(rows, "room", "observed"), "nl")
    assert seen.iloc[1].tolist()[1:] == ["trede 2", "niet gemeten", "–", "Verslag, punt 4."]
    joint = row_table(found(rows, "equal_weight", "steps"), "nl")
    assert joint.columns.tolist() == ["Wanneer", "voor iedereen"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_stands_in_one_table_with_a_column_per_moment(rows, language):
    table = moments_table(rows, language)

    assert len(table) == sum(len(row.cells) for row in rows)
    assert table.shape[1] == 2 + len(rows[0].moments)
    assert table.columns.is_unique
    assert not table.map(lambda cell: "{" in cell or "None" in cell).to_numpy().any()
    assert moments_table((), language).empty


def test_moments_with_one_name_and_day_keep_a_column_each(log):
    log.do(sessions.add, "two", "workshop", "Avond", "2026-02-02")
    heads = moments_table(indicators(log.state, log.records, TODAY), "en").columns.tolist()

    assert "Avond, 2 February 2026 (2)" in heads


def test_sentences_say_the_widest_gap_what_is_unknown_and_that_there_is_no_total(rows):
    said = indicator_sentences(rows, "nl", fewest=8)

    assert said[:2] == (
        "Op ‘Vertrouwen: vertrouwt men de ander’ lopen de kanten het verst uiteen.",
        "Bewoners: 2. Gemeente: 4. De schaal is: cijfer 1 tot 5.",
    )
    assert said[2].startswith("Nog niets bekend over: gelijke informatie, gehoord worden")
    assert said[3:] == (
        "Er is geen totaalcijfer. Elk punt staat op zichzelf.",
        "Van minder dan 8 mensen ziet u hier geen cijfer.",
    )


@pytest.mark.parametrize(
    ("gap", "unit", "nl", "en"),
    [
        (0.2, "share", "20 procentpunt", "20 percentage points"),
        (0.5, "grade", "0,5 punt", "0.5 point"),
        (1.0, "step", "1 stap", "1 step"),
        (3.0, "days", "3 dagen", "3 days"),
        (0.0, "step", "0 stappen", "0 steps"),
    ],
)
def test_a_difference_is_said_in_its_unit(gap, unit, nl, en):
    assert apart_text(gap, unit, "nl") == nl
    assert apart_text(gap, unit, "en") == en


def test_of_a_project_where_nothing_happened_nothing_is_known():
    log = Log()
    rows = indicators(log.state, log.records, TODAY)
    assert nothing_known(rows)
    assert indicator_sentences(rows, "en") == (text("indicator.said.empty", "en"),)
    log.do(rules.suggest, "half", "residents", "share", "0,5", "Gelijk.")
    assert not nothing_known(indicators(log.state, log.records, TODAY))


def test_equal_answers_and_no_answers_read_differently():
    log = Log()
    log.do(sessions.record_cooperation, asked("t0", "2026-01-15", 4.0, 4.0))
    rows = indicators(log.state, log.records, TODAY)
    assert indicator_sentences(rows, "en")[0] == text("indicator.said.no_gap", "en")
    assert gap_text(found(rows, "trust", "asked"), 0.0, "en") == "equal"


def test_a_gap_in_one_case_is_no_headline():
    log = Log()
    log.do(rules.suggest, "half", "residents", "share", "0,5", "Gelijk.")
    rows = indicators(log.state, log.records, TODAY)
    assert "furthest apart" in indicator_sentences(rows, "en")[0]
    only = [row for row in rows if row.measure != "steps"]
    assert indicator_sentences(only, "en")[0] == text("indicator.said.unknown", "en")
    for name, side in (("a", "residents"), ("b", "municipality")):
        log.do(inputs.give, e.InputGiven(id=name, about="worry", side=side, text="Noise."))
    log.do(inputs.answer, "a", "partly", "Partly.")
    late = [row for row in indicators(log.state, log.records, TODAY) if row.measure == "answered"]
    assert late[0].gap == 1
    assert indicator_sentences(late, "en")[0] == text("indicator.said.few_cases", "en")


def test_nothing_is_unknown_when_all_twelve_have_a_value():
    log = Log()
    for indicator in e.INDICATORS:
        for side in SIDES:
            seen = e.IndicatorObserved(
                indicator=indicator, moment="t0", side=side, value=1, grounds="Verslag."
            )
            log.do(sessions.observe, seen)
    said = indicator_sentences(indicators(log.state, log.records, TODAY), "nl")

    assert not any("Nog niets bekend" in one for one in said)


def test_a_moment_without_label_or_day_still_has_a_name():
    assert dated_moment(Moment("x", "other", "", ""), "nl") == "x"
    assert dated_moment(Moment("afterwards", "afterwards"), "en") == "Half a year later"


def test_every_row_has_a_name_in_every_language(rows):
    for language in LANGUAGES:
        names = [indicator_name(row, language) for row in rows]
        assert len(set(names)) == len(names)
        assert gap_text(rows[0], 0.25, language)
