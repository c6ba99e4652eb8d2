"""Moments as text: ISO 8601 in UTC with milliseconds, so that text order is time order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


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


def later(text: str, seconds: float) -> str:
    """Give the moment so many seconds later."""
    return moment(read_moment(text) + timedelta(seconds=seconds))


def seconds_between(start: str, end: str) -> float:
    """Say how many seconds go from one moment to another; below 0 when the end is earlier."""
    return (read_moment(end) - read_moment(start)).total_seconds()
