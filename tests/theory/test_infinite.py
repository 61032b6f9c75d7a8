"""Without a limit nobody waits: occupancy is Poisson, and arrivals are what they are meant to be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

import caresim
from caresim import textbook
from caresim.model.codes import ADMITTED, ARRIVES
from tests.theory.cases import DAY, EVENT, MINUTE, PERSON
from tests.theory.checking import ERROR_RATE, SEED, assert_agrees
from tests.theory.formulas import lognormal_equilibrium

MEAN, MEDIAN = 5.0, 3.0
LOGNORMAL = {"lognormal": {"mean_days": MEAN, "median_days": MEDIAN}}
WEEK = (1.4, 1.1, 1.0, 0.9, 1.2, 0.8, 0.6)
COUNT = {"kernel": 400, "reference": 60}


def occupancy(result: Any) -> Any:
    """Give the number in service at the midnight that ends each day, by replication."""
    return np.stack([r.daily[:, 0, 0] for r in result.runs.replications])


@pytest.mark.slow
def test_occupancy_is_poisson_whatever_the_service(engine: str) -> None:
    """From empty, the number at time t is Poisson with mean a E[S] F(t), F the equilibrium distribution of service."""
    levels = occupancy(caresim.run(textbook.infinite(8.0, LOGNORMAL, 40), engine, COUNT[engine], SEED))
    for day in (1, 3, 10, 40):
        mean = 8.0 * MEAN * float(lognormal_equilibrium(float(day), MEAN, MEDIAN))
        numbers = levels[:, day - 1]
        assert_poisson(numbers, mean)


def assert_poisson(numbers: Any, mean: float) -> None:
    """Fail unless independent counts have this mean and, by the dispersion test, a variance as large."""
    n, total = len(numbers), int(numbers.sum())
    low, high = stats.poisson.ppf([ERROR_RATE / 2, 1 - ERROR_RATE / 2], n * mean)
    assert low <= total <= high, (total / n, mean)
    low, high = stats.chi2.ppf([ERROR_RATE / 2, 1 - ERROR_RATE / 2], n - 1)
    assert low <= (n - 1) * numbers.var(ddof=1) / numbers.mean() <= high, (numbers.var(ddof=1), numbers.mean())


@pytest.mark.slow
def test_mean_occupancy_is_arrivals_times_service(engine: str) -> None:
    days, replications, precision = {"kernel": (1000, 20, 0.01), "reference": (300, 6, 0.05)}[engine]
    result = caresim.run(textbook.infinite(8.0, LOGNORMAL, days, 200), engine, replications, SEED)
    assert_agrees(occupancy(result).mean(axis=1), 8.0 * MEAN, precision)


def arrivals_of(engine: str, rate: float, days: int, replications: int) -> list[Any]:
    """Give the minutes of all arrivals, by replication, with weekday factors; day 0 is a Monday."""
    scenario = textbook.queue(rate, {"fixed": {"days": 1}}, None, days, weekday_factors=WEEK)
    scenario = caresim.load(scenario, {"calendar.starts": "2018-04-02"})
    result = caresim.run(scenario, engine, replications, SEED, events=True, workers=1)
    return [log[log[:, EVENT] == ARRIVES][:, MINUTE] for log in result.runs.logs]


@pytest.mark.slow
def test_arrivals_are_poisson_with_the_rate_of_their_weekday(engine: str) -> None:
    """Candidates at fixed rates, thinned: counts by day are Poisson, evenly spread within the day, and independent."""
    rate, weeks, replications = 3.7, {"kernel": 200, "reference": 30}[engine], 4
    minutes = arrivals_of(engine, rate, 7 * weeks, replications)
    days = np.stack([np.bincount(m // DAY, minlength=7 * weeks) for m in minutes]).reshape(-1, 7)
    factors = np.asarray(WEEK) / np.mean(WEEK)
    for weekday in range(7):
        assert_poisson(days[:, weekday], rate * factors[weekday])
    within = np.concatenate(minutes) % DAY
    assert stats.kstest((within + 0.5) / DAY, "uniform").pvalue > ERROR_RATE
    standard = (days - rate * factors) / np.sqrt(rate * factors)
    series = standard.reshape(-1)
    assert abs((series[1:] * series[:-1]).mean()) < stats.norm.isf(ERROR_RATE / 2) / np.sqrt(len(series) - 1)


def test_gaps_between_arrivals_are_exponential(engine: str) -> None:
    """Over the two strips of a rate of 1.7 a day; KS test of the gaps as shares of their time scale."""
    days = {"kernel": 2000, "reference": 400}[engine]
    scenario = textbook.infinite(1.7, {"fixed": {"days": 1}}, days)
    result = caresim.run(scenario, engine, 1, SEED, events=True)
    log = result.runs.logs[0]
    minutes = log[log[:, EVENT] == ARRIVES][:, MINUTE]
    gaps = np.diff(minutes) / DAY + np.random.default_rng(1).uniform(-0.5, 0.5, len(minutes) - 1) / DAY
    assert stats.kstest(gaps, "expon", args=(0, 1 / 1.7)).pvalue > ERROR_RATE


def lives(log: Any) -> dict[int, list[tuple[int, ...]]]:
    """Give each person's rows of a log, but for the first column."""
    order = np.argsort(log[:, PERSON], kind="stable")
    people, begin = np.unique(log[order, PERSON], return_index=True)
    parts = np.split(log[order, 1:], begin[1:])
    return {int(p): [tuple(row) for row in rows.tolist()] for p, rows in zip(people, parts, strict=True)}


def test_a_lower_rate_removes_people_and_leaves_all_others_as_they_were(engine: str) -> None:
    before, after = (
        lives(caresim.run(textbook.infinite(rate, LOGNORMAL, 60), engine, 1, SEED, events=True).runs.logs[0])
        for rate in (5.3, 3.1)
    )
    assert set(after) < set(before)
    assert {person: before[person] for person in after} == after
    assert 0.4 < len(after) / len(before) < 0.8


def test_weekday_factors_move_nobody_who_comes_either_way(engine: str) -> None:
    plain, busy = (
        lives(caresim.run(textbook.queue(3.0, LOGNORMAL, None, 60, weekday_factors=f), engine, 1, SEED, events=True)
              .runs.logs[0])
        for f in (None, WEEK)
    )  # fmt: skip
    both = set(plain) & set(busy)
    assert both < set(plain)
    assert both < set(busy)
    assert all(plain[person] == busy[person] for person in both)


def test_an_arrival_is_admitted_at_once(engine: str) -> None:
    log = caresim.run(textbook.infinite(3.0, LOGNORMAL, 30), engine, 1, SEED, events=True).runs.logs[0]
    arrived, admitted = (log[log[:, EVENT] == kind][:, [MINUTE, PERSON]] for kind in (ARRIVES, ADMITTED))
    assert np.array_equal(arrived, admitted)
