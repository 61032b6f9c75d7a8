"""Queues that theory knows, as ordinary scenarios: the whole model with everything else set to nothing.

Each reduces the model to a system with a known answer; docs/verification.md sets simulation and answer side by side.
There is one place and one age band (the oldest, so that nobody grows older), 1,000 people, and a rate per 1,000
and year such that `arrivals_a_day` come on an average day. A distribution is a mapping as in a config.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from caresim.config import Scenario, load

DAYS_A_YEAR = 365.25
PEOPLE = 1000  # so that a rate per 1,000 is a number of people
EVERYBODY = {"by_age": {"18-64": 0, "65-74": 0, "75-84": 0, "85+": PEOPLE}}
QUEUE, FIRST, SECOND = "queue", "first", "second"
NEED_HOURS = 5

Duration = Mapping[str, Any]


def queue(
    arrivals_a_day: float,
    service: Duration,
    servers: int | None,
    days: int,
    warm_up_days: int = 0,
    initial_in_use: int = 0,
    initial_waiting: int = 0,
    weekday_factors: Sequence[float] | None = None,
) -> Scenario:
    """Return one queue, M/G/c, as a scenario whose pool is called "queue".

    Parameters
    ----------
    servers : None for no limit
    initial_in_use : people in service on the first day; what is left of their service is drawn from its equilibrium
    initial_waiting : people who wait on the first day, ahead of all who arrive
    weekday_factors : of arrivals, Monday first; scaled to a mean of 1

    Raises
    ------
    ConfigError
        A number that a config would refuse, such as a negative rate.
    """
    config = hospital_only(f"M/G/{servers or 'infinity'}", arrivals_a_day, days, warm_up_days)
    config["hospital"] = {"stay": {"emergency": dict(service)}, "follow_up_days": 1}
    config["pools"] = {
        "acute_beds": {
            "name": QUEUE,
            "capacity": limit(servers),
            "at_start": {"in_use": initial_in_use, "waiting": initial_waiting},
        }
    }
    if weekday_factors is not None:
        config["demand"]["admissions"]["weekday_factor"] = list(weekday_factors)
    return load(config)


def infinite(arrivals_a_day: float, service: Duration, days: int, warm_up_days: int = 0) -> Scenario:
    """Return M/G/infinity: nobody waits, and the number in service is Poisson with mean arrivals x service."""
    return queue(arrivals_a_day, service, None, days, warm_up_days)


def tandem(
    arrivals_a_day: float,
    first: Duration,
    second: Duration,
    servers_first: int | None,
    servers_second: int | None,
    days: int,
    warm_up_days: int = 0,
) -> Scenario:
    """Return two stations in a row, "first" and "second": who finds the second full keeps their place in the first.

    People who have been served at the first station (a bed) go on to the second (a reablement slot) in the order in
    which they finished; the blocking is "after service".
    """
    config = hospital_only("Tandem with blocking", arrivals_a_day, days, warm_up_days)
    config["hospital"] = {"stay": {"emergency": dict(first)}, "follow_up_days": 1}
    config["need"] = {"first": {"fixed": {"hours": NEED_HOURS}}}
    config["discharge"] = {"referred_above": 1, "to_assess": 1, "reablement_offered": 1}
    config["reablement"] = {"planned": dict(second), "outcomes": {"independent": 1}}
    config["pools"] = {
        "acute_beds": {"name": FIRST, "capacity": limit(servers_first)},
        "reablement": {"name": SECOND, "capacity": limit(servers_second)},
    }
    return load(config)


def priorities(
    urgent_a_day: float,
    other_a_day: float,
    service: Duration,
    servers: int,
    days: int,
    warm_up_days: int = 0,
) -> Scenario:
    """Return a queue of two classes, the urgent ahead of the others, nobody sent away once begun; pool "queue".

    The urgent are safeguarding enquiries, the others community requests; they are assessed and leave.
    """
    config = frame("M/G/c with priorities", days, warm_up_days)
    config["demand"] |= {"safeguarding": rate(urgent_a_day), "community": rate(other_a_day)}
    config["waiting"] = {"assessment": {"by_work": {"safeguarding": dict(service), "community": dict(service)}}}
    config["pools"] = {
        "assessment": {"name": QUEUE, "capacity": servers, "priority": {"safeguarding": 0, "community": 1}}
    }
    return load(config)


def hospital_only(name: str, arrivals_a_day: float, days: int, warm_up_days: int) -> dict[str, Any]:
    """Start a config in which people only come by emergency admission."""
    config = frame(name, days, warm_up_days)
    config["demand"]["admissions"] = {"other_emergency": rate(arrivals_a_day), "netted": False}
    return config


def frame(name: str, days: int, warm_up_days: int) -> dict[str, Any]:
    """Start a config of one place and age in which nothing happens yet."""
    return {
        "caresim": 1,
        "name": name,
        "calendar": {"days": days, "warm_up_days": warm_up_days},
        "demand": {"population": EVERYBODY},
    }


def rate(arrivals_a_day: float) -> float:
    """Turn arrivals a day into arrivals per 1,000 people a year."""
    return arrivals_a_day * DAYS_A_YEAR * 1000 / PEOPLE


def limit(servers: int | None) -> int | str:
    """Write a number of servers as a config does."""
    return "unlimited" if servers is None else servers
