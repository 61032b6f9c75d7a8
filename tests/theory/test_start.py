"""People who are there at the start: what is left of their time is such that a steady state stays steady."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

import caresim
from caresim import textbook
from caresim.model.codes import LEAVES, STARTS, SUPPORT_ENDS
from tests.theory.cases import DAY, EVENT, MINUTE, PERSON
from tests.theory.checking import ERROR_RATE, SEED
from tests.theory.formulas import lognormal_equilibrium
from tests.theory.test_infinite import occupancy

MEAN, MEDIAN = 12.0, 7.0
LOGNORMAL = {"lognormal": {"mean_days": MEAN, "median_days": MEDIAN}}
TIMES = (0.5, 2.0, 7.0, 20.0, 60.0)


def survivors(times: Any, minutes: Any, of: int) -> list[int]:
    """Count those who are still there at some times (days), from the minutes at which the others left."""
    return [of - int((minutes <= t * DAY).sum()) for t in times]


def assert_leaving_as_in_equilibrium(minutes: Any, of: int) -> None:
    """Fail unless the number still there is binomial with the chance 1 - F(t), at each of the times."""
    for time, there in zip(TIMES, survivors(TIMES, minutes, of), strict=True):
        chance = 1.0 - float(lognormal_equilibrium(time, MEAN, MEDIAN))
        low, high = stats.binom.ppf([ERROR_RATE / 2, 1 - ERROR_RATE / 2], of, chance)
        assert low <= there <= high, (time, there / of, chance)


def test_beds_empty_as_the_equilibrium_distribution_says(engine: str) -> None:
    people = {"kernel": 8000, "reference": 400}[engine]
    scenario = textbook.queue(0, LOGNORMAL, None, 200, initial_in_use=people)
    result = caresim.run(scenario, engine, 1, SEED, events=True)
    log = result.runs.logs[0]
    assert_leaving_as_in_equilibrium(log[log[:, EVENT] == LEAVES][:, MINUTE], people)


def test_long_term_care_empties_as_the_equilibrium_distribution_says(engine: str) -> None:
    people = {"kernel": 8000, "reference": 400}[engine]
    config = textbook.frame("People in care, nobody new", 200, 0) | {
        "at_start": {"people": {"by_setting": {"residential": {"by_age": age_share(people)}}}},
        "packages": {"lifetime": {"residential": LOGNORMAL}},
    }
    log = caresim.run(caresim.load(config), engine, 1, SEED, events=True).runs.logs[0]
    assert_leaving_as_in_equilibrium(log[log[:, EVENT] == SUPPORT_ENDS][:, MINUTE], people)


def age_share(people: int) -> dict[str, int]:
    return {"18-64": 0, "65-74": 0, "75-84": 0, "85+": people}


@pytest.mark.slow
def test_a_steady_state_stays_steady_from_the_first_day(engine: str) -> None:
    """Arrivals times mean service are there at the start: the mean is flat, though no age at the start is known."""
    replications = {"kernel": 300, "reference": 20}[engine]
    scenario = textbook.queue(5.0, LOGNORMAL, None, 40, initial_in_use=60)
    levels = occupancy(caresim.run(scenario, engine, replications, SEED))
    for day in (1, 2, 5, 15, 40):
        left = 1.0 - float(lognormal_equilibrium(float(day), MEAN, MEDIAN))
        variance = 60 * left * (1 - left) + 60 * (1 - left)  # starters are a fixed number, arrivals a Poisson one
        error = np.sqrt(variance / replications)
        assert abs(levels[:, day - 1].mean() - 60) < stats.norm.isf(ERROR_RATE / 2) * error, day
    assert error < 0.05 * 60


def test_those_who_wait_at_the_start_are_served_first_and_once(engine: str) -> None:
    scenario = textbook.queue(4, LOGNORMAL, 10, 60, initial_in_use=10, initial_waiting=7)
    log = caresim.run(scenario, engine, 1, SEED, events=True).runs.logs[0]
    started = log[log[:, EVENT] == STARTS]
    people = started[:, PERSON]
    assert len(set(people.tolist())) == len(people)
    assert (people[:17] < 1 << 24).all()
    assert (people[17:] >= 1 << 24).all()
