from datetime import UTC, datetime, timedelta, timezone

import pytest

from waardeweging.process.moments import (
    day_of,
    later,
    moment,
    now,
    read_moment,
    seconds_between,
)


def test_a_moment_is_written_in_utc_with_milliseconds():
    here = datetime(2026, 11, 23, 20, 33, 0, 7000, tzinfo=timezone(timedelta(hours=1)))

    assert moment(here) == "2026-11-23T19:33:00.007Z"
    assert read_moment("2026-11-23T19:33:00.007Z") == here


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        moment(datetime(2026, 11, 23))


def test_time_is_added_and_taken_apart():
    assert later("2026-11-23T23:59:59.500Z", 0.5) == "2026-11-24T00:00:00.000Z"
    assert seconds_between("2026-11-23T19:00:00.000Z", "2026-11-23T18:59:00.000Z") == -60


def test_now_is_now():
    assert abs((read_moment(now()) - datetime.now(UTC)).total_seconds()) < 5


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-11-23T22:59:59.999Z", "2026-11-23"),
        ("2026-11-23T23:00:00.000Z", "2026-11-24"),
        ("2026-07-01T21:59:59.999Z", "2026-07-01"),
        ("2026-07-01T22:00:00.000Z", "2026-07-02"),
        ("2026-12-31T23:30:00.000Z", "2027-01-01"),
    ],
)
def test_a_day_ends_at_midnight_in_the_netherlands(at, day):
    assert day_of(at) == day
