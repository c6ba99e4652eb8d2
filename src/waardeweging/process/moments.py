"""Moments as text: ISO 8601 in UTC with milliseconds, so that text order is time order.

A day is that of people in the Netherlands: an evening that ends after midnight ends a day later,
also while it is still the evening before in UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Amsterdam")
"""Where the days are counted."""


def moment(when: datetime) -> str:
    """Write a moment with a time zone as text.

    Raises
    ------
    ValueError
        If it has no time zone.
    """
    if when.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    text = when.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def read_moment(text: str) -> datetime:
    """Read a moment that `moment` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z")


def now() -> str:
    """Give this moment."""
    return moment(datetime.now(UTC))


def day_of(text: str) -> str:
    """Give the day of a moment in the Netherlands, such as ``2026-11-23``."""
    return read_moment(text).astimezone(HERE).date().isoformat()


def today() -> str:
    """Give this day in the Netherlands."""
    return day_of(now())


def later(text: str, seconds: float) -> str:
    """Give the moment so many seconds later."""
    return moment(read_moment(text) + timedelta(seconds=seconds))


def seconds_between(start: str, end: str) -> float:
    """Say how many seconds go from one moment to another; below 0 when the end is earlier."""
    return (read_moment(end) - read_moment(start)).total_seconds()
