from waardeweging.presentation.dates import day_text


def test_a_day_and_the_day_of_a_moment_read_the_same():
    assert day_text("2026-11-23", "nl") == "23 november 2026"
    assert day_text("2026-11-23T18:00:00.000Z", "en") == "23 November 2026"
    assert day_text("2026-12-31T23:30:00.000Z", "nl") == "1 januari 2027"
