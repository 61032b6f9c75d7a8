"""When, where and how many: calendar, geography, demand."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import AfterValidator

from caresim.config.kinds import Number
from caresim.config.schema.base import Amount, Noted, Probability, Section, may, said
from caresim.config.smallkinds import DayOf, DividerOf, Flag, MonthDay, MonthDayOf, NameOf, NamesOf, SharesByName
from caresim.config.spreads import QuantityOf, SeriesOf
from caresim.config.values import Frozen, Quantity, Series

MOST_PLACES = MOST_HUBS = MOST_UNITARIES = 16
MOST_TRUSTS = 8
PER_1000 = "per 1,000 people a year"
MINUTES_A_DAY = 1440

WholeYears = Annotated[int | None, Number(least=1, most=15, whole=True)]
WholeDays = Annotated[int | None, Number(least=1, most=5479, whole=True)]
Weeks = Annotated[int | None, Number(least=0, most=782, whole=True)]
SomeDays = Annotated[int | None, Number(least=0, most=5479, whole=True)]
Grain = Annotated[int, DividerOf(MINUTES_A_DAY)]
Date = Annotated[datetime.date, DayOf()]
Month = Annotated[Series, SeriesOf(12, Number(least=0))]
Week = Annotated[Series, SeriesOf(7, Number(least=0))]
Growth = Annotated[Quantity, QuantityOf(Number(least=-0.5, most=0.5))]


class Calendar(Section):
    """The days that are run and the days that are reported."""

    instead: ClassVar[tuple[tuple[str, str], ...]] = (
        ("years", "days"),
        ("warm_up_weeks", "warm_up_days"),
        ("run_out_weeks", "run_out_days"),
    )

    starts: Date = said("date", "The first day reported")
    years: WholeYears = may("years", "How many years are reported; or give days")
    days: WholeDays = may("days", "How many days are reported; or give years")
    warm_up_weeks: Weeks = may("weeks", "Run before the first day reported")
    warm_up_days: SomeDays = may("days", "Run before the first day reported")
    run_out_weeks: Weeks = may("weeks", "Run after the last day reported")
    run_out_days: SomeDays = may("days", "Run after the last day reported")
    year_starts: Annotated[MonthDay, MonthDayOf()] = said("month-day", "The first day of a financial year")
    grain_minutes: Grain = said("minutes", "The clock's grain; more than 1 is for tests with whole-day clocks")

    @property
    def ends(self) -> datetime.date:
        """The first day that is no longer reported."""
        if self.days is not None:
            return self.starts + datetime.timedelta(days=self.days)
        year = self.starts.year + (self.years or 1)
        if (self.starts.month, self.starts.day) == (2, 29):
            return datetime.date(year, 3, 1)
        return self.starts.replace(year=year)

    @property
    def reported_days(self) -> int:
        return (self.ends - self.starts).days

    @property
    def warm_up(self) -> int:
        """Days run before the first day reported."""
        return self.warm_up_days if self.warm_up_days is not None else 7 * (self.warm_up_weeks or 0)

    @property
    def run_out(self) -> int:
        """Days run after the last day reported."""
        return self.run_out_days if self.run_out_days is not None else 7 * (self.run_out_weeks or 0)

    @property
    def first_day(self) -> datetime.date:
        """The first day run."""
        return self.starts - datetime.timedelta(days=self.warm_up)

    @property
    def total_days(self) -> int:
        return self.warm_up + self.reported_days + self.run_out


class Place(Noted):
    """Where a place belongs."""

    unitary: Annotated[str, NameOf()] = said(None, "The council it belongs to")
    hub: Annotated[str, NameOf()] = said(None, "The hub that serves it")
    trusts: Annotated[Mapping[str, float], SharesByName()] = said("share", "Which acute trust its people go to")


class Geography(Section):
    """The county, its councils, trusts, hubs and places."""

    county: Annotated[str, NameOf()] = said(None, "The name of the whole")
    unitaries: Annotated[tuple[str, ...], NamesOf(MOST_UNITARIES)] = said(None, "Its councils")
    trusts: Annotated[tuple[str, ...], NamesOf(MOST_TRUSTS)] = said(None, "Its acute trusts")
    hubs: Annotated[tuple[str, ...], NamesOf(MOST_HUBS)] = said(None, "Its hubs")
    places: Annotated[dict[str, Place], AfterValidator(Frozen)] = said(None, "Its smallest areas")
    trusts_grade: Noted | None = may(None, "Grade and source of the shares of the trusts")

    def members(self, scope: str) -> tuple[str, ...]:
        """Return the members of a scope, in order."""
        if scope == "county":
            return (self.county,)
        if scope == "place":
            return tuple(self.places)
        return {"unitary": self.unitaries, "hub": self.hubs, "trust": self.trusts}[scope]


class Admissions(Section):
    """Admissions of the population; published rates count every admission."""

    fall: Amount = said(PER_1000, "Emergency admissions caused by a fall")
    other_emergency: Amount = said(PER_1000, "Other emergency admissions")
    planned: Amount = said(PER_1000, "Planned admissions that stay over night")
    share_from_care: Probability = said("share of admissions", "Share made by people in long-term care")
    netted: Annotated[bool, Flag()] = said(None, "Take out readmissions and people in care before the run")
    month_factor: Month = said("factor", "April to March")
    weekday_factor: Week = said("factor", "Monday to Sunday")
    place_factor: Amount = said("factor", "By place")


class Demand(Section):
    """How many people there are and how many ask."""

    population: Amount = said("people", "People by place and age")
    population_date: Date = said("date", "The day of the population figures")
    growth_a_year: Growth = said("per year", "Growth of the population; 0.01 is one per cent")
    admissions: Admissions = said(None, "Admissions to hospital")
    community: Amount = said(PER_1000, "Requests for support that do not come from hospital")
    safeguarding: Amount = said(PER_1000, "Safeguarding enquiries")
    coming_of_age: Amount = said(PER_1000, "Young people turning 18 who are known to the service")
    self_funded_home_care: Amount = said(PER_1000, "People who buy home care themselves")
    self_funded_care_home: Amount = said(PER_1000, "People who move to a care home at their own cost")
