"""The calendar of a run: minutes from the first day of the warm-up, months, years.

A year of the run is a financial year, or the part of one that is run and reported, or run and not reported: so whatever
is counted by year begins and ends where reporting does.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from caresim.config import Scenario, UnfitError
from caresim.config.smallkinds import MonthDay
from caresim.model.chance import DAY
from caresim.model.tables import DAYS, MONTHS, YEARS

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Time:
    """Days of a run as dates; `months` and `years` by their first day run."""

    first: datetime.date
    report_from: datetime.date
    report_to: datetime.date  # the first day no longer reported
    end: datetime.date
    months: tuple[datetime.date, ...]
    years: tuple[datetime.date, ...]
    year_starts: MonthDay  # of a financial year

    @property
    def days(self) -> int:
        """How many days are run."""
        return (self.end - self.first).days

    def minute(self, day: datetime.date) -> int:
        """Give the first minute of a day."""
        return (day - self.first).days * DAY

    def financial_year(self, index: int) -> datetime.date:
        """Give the first day of the financial year that a year of the run is, or is a part of."""
        day = self.years[index]
        start = day.replace(month=self.year_starts.month, day=self.year_starts.day)
        return start if start <= day else start.replace(year=start.year - 1)

    def is_whole(self, index: int) -> bool:
        """Tell whether a year of the run is a whole financial year."""
        start = self.financial_year(index)
        return self.years[index] == start and (*self.years, self.end)[index + 1] == following_year(start)

    def year_name(self, index: int) -> str:
        """Name a financial year: 2018-19, or 2018 where it is the calendar year."""
        start = self.financial_year(index)
        if (start.month, start.day) == (1, 1):
            return str(start.year)
        return f"{start.year}-{(start.year + 1) % 100:02d}"

    @property
    def month_starts(self) -> tuple[datetime.date, ...]:
        """The first day run of each month, and the end."""
        return (*self.months, self.end)

    @property
    def reported_months(self) -> list[int]:
        """The months with at least one reported day."""
        starts = self.month_starts
        return [i for i in range(len(self.months)) if starts[i] < self.report_to and starts[i + 1] > self.report_from]

    @property
    def reported_years(self) -> list[int]:
        """The reported years, or reported parts of years."""
        return [i for i, start in enumerate(self.years) if self.report_from <= start < self.report_to]


def following_year(day: datetime.date) -> datetime.date:
    """Give the same day a year later."""
    return day.replace(year=day.year + 1)


def lay_out(scenario: Scenario) -> Time:
    """Cut the days of a scenario into months and financial years; both are cut where reporting begins or ends.

    Raises
    ------
    UnfitError
        The run is longer than the engine's tables (sixteen years).
    """
    calendar = scenario.config.calendar
    first, new_year = calendar.first_day, calendar.year_starts
    end = first + datetime.timedelta(days=calendar.total_days)
    if calendar.total_days < 1:
        raise UnfitError("calendar", "has nothing to run: the run is shorter than a day")
    days = [first + n * ONE_DAY for n in range(calendar.total_days)]
    cuts = {first, calendar.starts, calendar.ends} - {end}
    cuts.update(day for day in days if (day.month, day.day) == new_year)
    years, months = tuple(sorted(cuts)), tuple(sorted(cuts.union(day for day in days if day.day == 1)))
    if len(months) > MONTHS or calendar.total_days > DAYS or len(years) > YEARS:
        raise UnfitError("calendar", f"covers {len(months)} months; at most {MONTHS} fit, warm-up and run-out included")
    return Time(first, calendar.starts, calendar.ends, end, months, years, new_year)


def fill_time(T: Any, time: Time, grain: int) -> None:
    """Write the calendar into the tables."""
    t = T[0]
    starts = [time.minute(day) for day in time.month_starts]
    t["horizon"] = starts[-1]
    t["grain"] = grain
    t["months"] = len(time.months)
    t["years"] = len(time.years)
    t["first_weekday"] = time.first.weekday()
    t["month_start"][:] = starts[-1]
    t["month_start"][: len(starts)] = starts
    for m in range(len(time.months)):
        t["month_of_day"][starts[m] // DAY : starts[m + 1] // DAY] = m
        t["year_of_month"][m] = sum(time.month_starts[m] >= y for y in time.years) - 1
    t["month_of_day"][time.days :] = len(time.months) - 1
    year_starts = [time.minute(day) for day in time.years]
    t["year_start"][:] = starts[-1]
    t["year_start"][: len(year_starts)] = year_starts
