"""The reported months: their lengths, the financial years they belong to, what is in force in them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caresim.measures.runs import Runs
from caresim.model.compile.time import Time, following_year

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
DAYS_A_YEAR = 365.25


@dataclass(frozen=True, eq=False)
class Months:
    """Axes: reported month m, reported year y."""

    starts: tuple[datetime.date, ...]  # the first reported day of each month
    days: Floats  # m
    year: Ints  # m, index of its year among the reported ones
    share_of_year: Floats  # m, of the days of its financial year
    begins: Ints  # y, the calendar year in which its financial year begins
    firsts: Ints  # y, index of its first reported month

    @property
    def of_year(self) -> Ints:
        """The calendar year in which each month's financial year begins."""
        return np.asarray(self.begins[self.year])

    @property
    def of_years(self) -> tuple[Ints, Ints]:
        """The days of each year that are reported, and all that its financial year has (y)."""
        reported = self.by_year(self.days)
        whole = reported / self.by_year(self.share_of_year)
        return np.rint(reported).astype(np.int64), np.rint(whole).astype(np.int64)

    def by_year(self, values: Any) -> Any:
        """Add a first axis of months up to years."""
        return np.add.reduceat(np.asarray(values, dtype=np.float64), self.firsts, axis=0)

    def in_force(self, starts: datetime.date | None, until: datetime.date | None) -> Floats:
        """Give 1 for each month from `starts` on and before `until`, else 0."""
        kept = [(starts is None or m >= first(starts)) and (until is None or m < first(until)) for m in self.calendar]
        return np.asarray(kept, dtype=np.float64)

    @cached_property
    def calendar(self) -> tuple[datetime.date, ...]:
        """The first day of the calendar month of each month."""
        return tuple(first(m) for m in self.starts)


def first(day: datetime.date) -> datetime.date:
    """Give the first day of a day's month."""
    return day.replace(day=1)


def months_of(runs: Runs) -> Months:
    """Lay out the reported months of some runs."""
    return lay_out_months(runs.compiled.time)


@lru_cache(maxsize=64)
def lay_out_months(time: Time) -> Months:
    """Lay out the reported months of a calendar."""
    starts, years = time.month_starts, [time.financial_year(y) for y in time.reported_years]
    of = [max(i for i, y in enumerate(years) if y <= starts[m]) for m in time.reported_months]
    days = np.asarray([(starts[m + 1] - starts[m]).days for m in time.reported_months], dtype=np.float64)
    whole = np.asarray([(following_year(y) - y).days for y in years], dtype=np.float64)
    year = np.asarray(of, dtype=np.int64)
    return Months(
        starts=tuple(starts[m] for m in time.reported_months),
        days=days,
        year=year,
        share_of_year=days / whole[year],
        begins=np.asarray([y.year for y in years], dtype=np.int64),
        firsts=np.searchsorted(year, np.arange(len(years))),
    )
