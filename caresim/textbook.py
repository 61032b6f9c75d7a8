"""Queues that theory knows, as ordinary scenarios: the whole model with everything else set to nothing.

Each reduces the model to a system with a known answer; docs/verification.md sets simulation and answer side by side.
There is one place and one age band (the oldest, so that nobody grows older), 1,000 people, and a rate per 1,000
and year such that `arrivals_a_day` come on an average day. A distribution is a mapping as in a config.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from caresim.config import ConfigError, Scenario, load
from caresim.config.datafiles import DataFiles
from caresim.config.faults import Fault, join
from caresim.config.kinds import Kind, Number, Problems
from caresim.config.poolkinds import MOST_CAPACITY
from caresim.config.schema.base import Days
from caresim.config.schema.place import SomeDays, Week, WholeDays
from caresim.config.tree import from_plain, plain

DAYS_A_YEAR = 365.25
PEOPLE = 1000  # so that a rate per 1,000 is a number of people
EVERYBODY = {"by_age": {"18-64": 0, "65-74": 0, "75-84": 0, "85+": PEOPLE}}
QUEUE, FIRST, SECOND = "queue", "first", "second"
NEED_HOURS = 5

Duration = Mapping[str, Any]

RATE = Number(least=0, most=1_000_000)
COUNT = Number(least=0, most=MOST_CAPACITY, whole=True)
DISTRIBUTION: Kind = get_args(Days)[1]
ALLOWED: dict[str, Kind] = {
    **dict.fromkeys(("arrivals_a_day", "urgent_a_day", "other_a_day"), RATE),
    **dict.fromkeys(("service", "first", "second"), DISTRIBUTION),
    **dict.fromkeys(("servers", "servers_first", "servers_second", "initial_in_use", "initial_waiting"), COUNT),
    "days": get_args(WholeDays)[1],
    "warm_up_days": get_args(SomeDays)[1],
    "weekday_factors": get_args(Week)[1],
}
"""What an argument may be; most are as in a config, whose own words would be of paths that nobody wrote here."""


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
        Arguments that cannot be, such as a negative rate; all of them at once.
    """
    refuse_unsuitable(locals(), may_be_none=("servers", "weekday_factors"))
    config = hospital_only(f"M/G/{'infinity' if servers is None else servers}", arrivals_a_day, days, warm_up_days)
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
    refuse_unsuitable(locals(), may_be_none=("servers_first", "servers_second"))
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
    refuse_unsuitable(locals())
    config = frame("M/G/c with priorities", days, warm_up_days)
    config["demand"] |= {"safeguarding": rate(urgent_a_day), "community": rate(other_a_day)}
    config["waiting"] = {"assessment": {"by_work": {"safeguarding": dict(service), "community": dict(service)}}}
    config["pools"] = {
        "assessment": {"name": QUEUE, "capacity": servers, "priority": {"safeguarding": 0, "community": 1}}
    }
    return load(config)


def refuse_unsuitable(given: Mapping[str, object], may_be_none: Sequence[str] = ()) -> None:
    """Say everything that is wrong with a function's arguments; None is right for those that may be left open."""
    problems, files = Problems(), DataFiles()
    for name, value in given.items():
        if value is not None or name not in may_be_none:
            filled = files.fill(from_plain(value, __name__, (name,)), (name,))
            ALLOWED[name].read(plain(filled), (name,), problems)
    faults = [Fault(__name__, None, join(path), message) for path, message in problems.found]
    faults = [fault for fault in faults if not files.hides(fault)] + files.faults
    if faults:
        raise ConfigError(faults)


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
