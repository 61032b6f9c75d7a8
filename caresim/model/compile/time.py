"""The calendar of a run: minutes from the first day of the warm-up, months, financial years."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any


from caresim.config import Scenario, UnfitError
from caresim.model.chance import DAY
from caresim.model.tables import DAYS, MONTHS, YEARS

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Time:
    """Days of a run as dates; `months` by their first day run, `years` by the first day of the financial year."""

    first: datetime.date
    report_from: datetime.date
    report_to: datetime.date  # the first day no longer reported
    end: datetime.date
    months: tuple[datetime.date, ...]
    years: tuple[datetime.date, ...]

    @property
    def days(self) -> int:
        """How many days are run."""
        return (self.end - self.first).days

    def minute(self, day: datetime.date) -> int:
        """Give the first minute of a day."""
        return (day - self.first).days * DAY

    def year_name(self, index: int) -> str:
        """Name a financial year: 2018-19, or 2018 where it is the calendar year."""
        start = self.years[index]
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
        """The financial years with at least one reported day."""
        return [
            i
            for i, start in enumerate(self.years)
            if start < self.report_to and following_year(start) > self.report_from
        ]


def following_year(day: datetime.date) -> datetime.date:
    """Give the same day a year later."""
    return day.replace(year=day.year + 1)


def lay_out(scenario: Scenario) -> Time:
    """Cut the days of a scenario into months and financial years; a month is cut where reporting begins or ends.

    Raises
    ------
    UnfitError
        The run is longer than the engine's tables (sixteen years).
    """
    calendar = scenario.config.calendar
    first = calendar.first_day
    end = first + datetime.timedelta(days=calendar.total_days)
    if calendar.total_days < 1:
        raise UnfitError("calendar", "has nothing to run: the run is shorter than a day")
    cuts = {first, calendar.starts, calendar.ends}
    day = first
    while day < end:
        if day.day == 1 or (day.month, day.day) == (calendar.year_starts.month, calendar.year_starts.day):
            cuts.add(day)
        day += ONE_DAY
    months = tuple(sorted(c for c in cuts if first <= c < end))
    years = financial_years(first, end, calendar.year_starts.month, calendar.year_starts.day)
    if len(months) > MONTHS or calendar.total_days > DAYS or len(years) > YEARS:
        raise UnfitError("calendar", f"covers {len(months)} months; at most {MONTHS} fit, warm-up and run-out included")
    return Time(first, calendar.starts, calendar.ends, end, months, years)


def financial_years(first: datetime.date, end: datetime.date, month: int, day: int) -> tuple[datetime.date, ...]:
    """Give the first days of the financial years that a run touches."""
    start = datetime.date(first.year, month, day)
    if start > first:
        start = start.replace(year=start.year - 1)
    years = []
    while start < end:
        years.append(start)
        start = following_year(start)
    return tuple(years)


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
    t["year_start"][:] = time.minute(following_year(time.years[-1]))
    t["year_start"][: len(year_starts)] = year_starts
