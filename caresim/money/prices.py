"""Prices of activity: what a week of a service costs, per person or per hour."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caresim.config import Scenario
from caresim.config.schema.root import Config
from caresim.measures.months import Months, months_of
from caresim.measures.runs import Runs
from caresim.model.codes import AGES, POOLS, SERVICES

Floats = NDArray[np.float64]
BY_HOUR = ("home_care", "direct_payment", "reablement")


@dataclass(frozen=True)
class Prices:
    """Pounds by service, in the order of SERVICES, at the prices of the scenario's base year.

    `weekly` is the gross price of a person-week, or of an hour-week (an hour a week for a week) where `by_hour`.
    Of one place at one time; or with axes of time and place before those named here.
    """

    weekly: Floats  # s
    by_hour: NDArray[np.bool_]  # s, never with other axes
    contribution: Floats  # s, share of the gross price that the person pays of council-funded care
    council_share: Floats  # s, share of the gross price that is the council's, the rest is the community trust's
    acute_bed_day: Any
    assessment: Any
    review: Any
    adaptation: Any
    nursing_contribution: Any
    overflow_factor: dict[str, Any]

    def gross(self, people_weeks: Any, hour_weeks: Any) -> Floats:
        """Give pounds from activity whose first axes are those of the prices and whose last axis is the service."""
        units = np.where(self.by_hour, hour_weeks, people_weeks)
        return np.asarray(units * self.beside(self.weekly, units.ndim))

    def beside(self, values: Floats, ndim: int) -> Floats:
        """Put axes between those of time and place and the last, so that values fit an array of `ndim` axes."""
        between = (1,) * (ndim - values.ndim)
        return values.reshape(*values.shape[:-1], *between, values.shape[-1])


def prices(of: Scenario | Config, place: str | None = None) -> Prices:
    """Read the prices of a scenario or config; of a place, where they differ by place."""
    p = (of.config if isinstance(of, Scenario) else of).prices
    here = (place, AGES[0])  # no price differs by age
    weekly = [getattr(p, s).at(*here) * (7.0 if s == "intermediate_care" else 1.0) for s in SERVICES]
    council = [p.intermediate_care_council_share.at(*here) if s == "intermediate_care" else 1.0 for s in SERVICES]
    return Prices(
        weekly=np.asarray(weekly),
        by_hour=np.asarray([s in BY_HOUR for s in SERVICES]),
        contribution=np.asarray([p.contribution_share.at(s).at(*here) for s in SERVICES]),
        council_share=np.asarray(council),
        acute_bed_day=p.acute_bed_day.at(*here),
        assessment=p.assessment.at(*here),
        review=p.review.at(*here),
        adaptation=p.adaptation.at(*here),
        nursing_contribution=p.nursing_contribution.at(*here),
        overflow_factor={pool: p.overflow_factor.at(pool).at(*here) for pool in POOLS},
    )


def prices_by_month(runs: Runs) -> Prices:
    """Give the prices of each reported month and place (axes m, p)."""
    return course(runs.scenario, months_of(runs).starts)


def prices_by_year(runs: Runs) -> Prices:
    """Give the mean price over the reported months of each year, by place (axes y, p)."""
    return yearly(runs.scenario, months_of(runs))


@lru_cache(maxsize=128)
def course(scenario: Scenario, days: tuple[datetime.date, ...]) -> Prices:
    """Give the prices in force on each day and in each place."""
    places = tuple(scenario.config.geography.places)
    known: dict[int, Prices] = {}
    columns = []
    for day in days:
        config = config_at(scenario, day)
        if id(config.prices) not in known:
            known[id(config.prices)] = stacked([prices(config, place) for place in places])
        columns.append((config, known[id(config.prices)]))
    return stacked([column for _, column in columns])


@lru_cache(maxsize=128)
def yearly(scenario: Scenario, months: Months) -> Prices:
    """Average prices over the months of each year; prices that do not change stay as they are to the last bit."""

    def average(values: Any) -> Floats:
        begin = values[months.firsts]
        counts = np.bincount(months.year).reshape(-1, *(1,) * (values.ndim - 1))
        return np.asarray(begin + months.by_year(values - begin[months.year]) / counts)

    return each(average, [course(scenario, months.starts)])


def config_at(scenario: Scenario, day: datetime.date) -> Config:
    """Give the config as it is in the month of a day."""
    return scenario.changes.at(day)


def stacked(several: list[Prices]) -> Prices:
    """Put prices side by side along a new first axis."""
    return each(lambda *values: np.stack([np.asarray(v, dtype=np.float64) for v in values]), several)


def each(change: Any, several: list[Prices]) -> Prices:
    """Make prices of which every number is made from the same number of several."""
    first = several[0]
    made: dict[str, Any] = {}
    for field in fields(Prices):
        values = [getattr(one, field.name) for one in several]
        if field.name == "by_hour":
            made[field.name] = first.by_hour
        elif field.name == "overflow_factor":
            made[field.name] = {pool: change(*(v[pool] for v in values)) for pool in first.overflow_factor}
        else:
            made[field.name] = change(*values)
    return Prices(**made)
