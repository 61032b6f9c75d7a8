"""Scenarios with a known answer: the scenario, what theory says of it, and how to read that off a result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from caresim import Scenario, textbook
from caresim.model.codes import ARRIVES, ASKS, COMMUNITY, SAFEGUARDING, STARTS
from caresim.model.tables import LOG_COLUMNS
from tests.theory.checking import by_replication
from tests.theory.formulas import Tandem, mg1_wait, mmc_wait, priority_waits

ORDER, MINUTE, PERSON, EVENT, _, _, POOL, VALUE = range(len(LOG_COLUMNS))
DAY = 1440
SERVICE = 0.25  # mean service in days, so that the clock's minutes are fine and a run holds many people
WARM_UP_DAYS = 50
Measured = dict[str, Any]


Duration = dict[str, dict[str, float]]
EXPONENTIAL: Duration = {"exponential": {"mean_days": 1}}


def in_days(shape: Duration, mean: float = 1.0) -> Duration:
    """Turn a distribution in service times into one in days."""
    return {family: {name: value * mean * SERVICE for name, value in facts.items()} for family, facts in shape.items()}


@dataclass(frozen=True)
class Case:
    """`scenario(days)` is run for a warm-up and then so many days; `expected` maps a quantity to theory's value."""

    name: str
    formula: str
    scenario: Callable[[int], Scenario]
    expected: dict[str, float]
    measure: Callable[[Any], Measured]
    days: int = 4000
    replications: int = 40
    precision: float = 0.035  # relative half width (95 %) that the comparison must reach on the kernel
    events: bool = False


def of_queue(result: Any) -> Measured:
    return by_replication(result, textbook.QUEUE)


def single(name: str, formula: str, load: float, shape: Duration, servers: int, wait: float, **more: Any) -> Case:
    """Make a case of one queue: `load` in erlangs, `shape` a service of mean 1, `wait` in service times."""
    arrivals = load / SERVICE
    expected = {"wait": wait * SERVICE, "waiting": load * wait, "in use": load}

    def scenario(days: int) -> Scenario:
        return textbook.queue(arrivals, in_days(shape), servers, days, WARM_UP_DAYS)

    return Case(name, formula, scenario, expected, of_queue, **more)


def waits_by_class(result: Any) -> Measured:
    """Read the mean wait of each class off the log; people who came before reporting began are left out."""
    compiled = result.runs.compiled
    first = compiled.time.minute(compiled.time.report_from)
    means = [class_means(log, first) for log in result.runs.logs]
    return {"wait, urgent": np.asarray([m[0] for m in means]), "wait, other": np.asarray([m[1] for m in means])}


def class_means(log: Any, first: int) -> tuple[float, float]:
    """Give the mean wait, in days, of those of each class who asked from a minute on and have started."""
    arrived, asked, started = (log[log[:, EVENT] == event] for event in (ARRIVES, ASKS, STARTS))
    arrived = arrived[np.argsort(arrived[:, PERSON])]
    asked, started = (rows[np.argsort(rows[:, PERSON])] for rows in (asked, started))
    asked = asked[np.isin(asked[:, PERSON], started[:, PERSON])]
    wait = (started[:, MINUTE] - asked[:, MINUTE]) / DAY
    stream = arrived[np.searchsorted(arrived[:, PERSON], asked[:, PERSON]), VALUE]
    counted = asked[:, MINUTE] >= first
    return tuple(float(wait[counted & (stream == kind)].mean()) for kind in (SAFEGUARDING, COMMUNITY))  # type: ignore[return-value]


def priorities(name: str, loads: tuple[float, float], servers: int) -> Case:
    """Make a case of an urgent class and another one."""
    urgent, other = priority_waits(loads, 1.0, servers)
    rates = (loads[0] / SERVICE, loads[1] / SERVICE)

    def scenario(days: int) -> Scenario:
        return textbook.priorities(*rates, in_days(EXPONENTIAL), servers, days, WARM_UP_DAYS)

    expected = {"wait, urgent": urgent * SERVICE, "wait, other": other * SERVICE}
    return Case(name, "Cobham", scenario, expected, waits_by_class, days=2000, precision=0.05, events=True)


def of_tandem(result: Any) -> Measured:
    first, second = (by_replication(result, name) for name in (textbook.FIRST, textbook.SECOND))
    return {
        "in first": first["in use"],
        "waiting for first": first["waiting"],
        "blocked": second["waiting"],
        "in second": second["in use"],
    }


def blocking(name: str, arrivals: float, first: float, second: float, servers: tuple[int, int]) -> Case:
    """Make a case of two stations; arrivals a service time, means in service times."""
    chain = Tandem(arrivals, first, second, servers)
    expected = {
        "in first": chain.in_first,
        "waiting for first": chain.waiting_first,
        "blocked": chain.waiting_second,
        "in second": chain.in_second,
    }

    def scenario(days: int) -> Scenario:
        means = in_days(EXPONENTIAL, first), in_days(EXPONENTIAL, second)
        return textbook.tandem(arrivals / SERVICE, *means, *servers, days, WARM_UP_DAYS)

    return Case(name, "balance equations", scenario, expected, of_tandem)


CASES = (
    single("M/M/1", "Erlang C", 0.7, EXPONENTIAL, 1, mmc_wait(0.7, 1, 1)),
    single("M/M/5", "Erlang C", 4, EXPONENTIAL, 5, mmc_wait(4, 1, 5)),
    single("M/M/20", "Erlang C", 18, EXPONENTIAL, 20, mmc_wait(18, 1, 20), days=3000, replications=20),
    single("M/D/1", "Pollaczek-Khinchine", 0.7, {"fixed": {"days": 1}}, 1, mg1_wait(0.7, 1, 0)),
    single(
        "M/Gamma/1", "Pollaczek-Khinchine", 0.6, {"gamma": {"mean_days": 1, "sd_days": 0.5}}, 1, mg1_wait(0.6, 1, 0.5)
    ),
    single(
        "M/Lognormal/1",
        "Pollaczek-Khinchine",
        0.6,
        {"lognormal": {"mean_days": 1, "sd_days": 1.5}},
        1,
        mg1_wait(0.6, 1, 1.5),
        precision=0.06,  # long services are rare and matter most
    ),
    priorities("M/M/1, two classes", (0.35, 0.35), 1),
    priorities("M/M/3, two classes", (1.2, 1.2), 3),
    blocking("M/M/1 -> ./M/1", 0.5, 1.0, 0.8, (1, 1)),
    blocking("M/M/3 -> ./M/2", 1.5, 1.0, 1.0, (3, 2)),
)
