"""What two scenarios must have in common for the people of one to be the people of the other."""

from __future__ import annotations

import datetime

from caresim.config.schema.place import Calendar
from caresim.config.schema.root import Config


def unlike(base: Config, other: Config) -> str | None:
    """Say why a scenario cannot be paired with a baseline; None if it can."""
    if days_of(base.calendar) != days_of(other.calendar):
        return "its calendar is not that of the baseline, so they cannot be paired"
    ours, theirs = base.geography, other.geography
    if tuple(ours.places) != tuple(theirs.places):
        return "its places are not those of the baseline, so they cannot be paired"
    if councils_of(base) != councils_of(other):
        return "its places belong to other unitaries than those of the baseline, so they cannot be paired"
    if ours.county != theirs.county:
        return f"its county, {theirs.county}, is not the baseline's, {ours.county}"
    if base.prices.base_year != other.prices.base_year:
        return f"its prices are of {other.prices.base_year}, the baseline's of {base.prices.base_year}"
    return None


def days_of(calendar: Calendar) -> tuple[datetime.date, datetime.date, datetime.date, int, tuple[int, int], int]:
    """Give what a calendar comes to, however it is written."""
    year_starts = (calendar.year_starts.month, calendar.year_starts.day)
    return (calendar.first_day, calendar.starts, calendar.ends, calendar.run_out, year_starts, calendar.grain_minutes)


def councils_of(config: Config) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the unitaries, and that of each place."""
    geography = config.geography
    return geography.unitaries, tuple(place.unitary for place in geography.places.values())
