from waardeweging.process.project import events as e
from waardeweging.process.project import sessions
from waardeweging.process.project.indicator_moments import known, moments, states_at

TODAY = "2026-04-01"


def survey(name, day):
    return e.CooperationMeasured(id=name, label="Vragen", day=day, counted={}, means={})


def ids(log):
    return [one.id for one in moments(log.state, TODAY)]


def test_without_sessions_the_moment_afterwards_has_no_day_yet(log):
    found = moments(log.state, TODAY)

    assert [one.id for one in found] == ["t0", "now", "afterwards"]
    assert [one.day for one in found] == ["2026-01-12", TODAY, ""]


def test_surveys_stand_where_they_were_taken_and_the_start_stays_first(log):
    log.do(sessions.add, "one", "workshop", "Avond 1", "2026-02-02")
    for name, day in (
        ("half-way", "2026-01-30"),
        ("t0", "2026-02-01"),
        ("one", "2026-02-02"),
        ("afterwards", "2026-03-20"),
    ):
        log.do(sessions.record_cooperation, survey(name, day))
    found = moments(log.state, TODAY)

    assert [(one.id, one.kind) for one in found] == [
        ("t0", "start"),
        ("half-way", "other"),
        ("one", "session"),
        ("afterwards", "afterwards"),
        ("now", "now"),
    ]
    assert [one.label for one in found] == ["Vragen", "Vragen", "Avond 1", "Vragen", ""]
    assert set(known(log.state)) == set(ids(log)) - {"now"}


def test_a_state_of_a_day_holds_all_of_that_day_and_nothing_later(log):
    # Midnight in the Netherlands is an hour earlier than that of UTC.
    log.do(sessions.learn, "a", "Soep.", at="2026-01-12T22:59:59.000Z")
    log.do(sessions.learn, "b", "Brood.", at="2026-01-12T23:00:00.000Z")
    found = states_at(log.state, log.records, ["2026-01-13", "2026-01-11", "2026-01-12"])

    assert "2026-01-11" not in found
    assert list(found["2026-01-12"].lessons) == ["a"]
    assert found["2026-01-13"] == log.state
