"""What may be paid for by the piece: people counted, days in hospital, weeks and hours of care, heads."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from caresim.config import Scenario
from caresim.measures.months import months_of
from caresim.measures.replication import WEEK, Replication
from caresim.measures.runs import Runs
from caresim.measures.years import flow_by_month
from caresim.model.chance import DAY
from caresim.model.codes import AGES, SERVICES
from caresim.model.compile.demand import population
from caresim.model.compile.time import Time
from caresim.model.tables import FLOWS

Floats = NDArray[np.float64]
UNITS_A_WEEK = {"hour": 1.0, "week": 1.0, "day": 7.0}
MIDNIGHTS = 2  # of waits
OVER_65 = slice(1, None)


def activity(runs: Runs, r: Replication, name: str) -> Floats:
    """Give how much there was of something by reported month and place.

    `name` is an event of the flow table; bed_day; delayed_day (midnights, in the month in which the bed was left);
    head_65_plus (people of 65 and over, each month counted as its share of the financial year); or a service and its
    unit, such as home_care_hour, whoever pays for it.
    """
    if name in FLOWS:
        return np.asarray(flow_by_month(r, name).sum(axis=(2, 3)))
    if name == "bed_day":
        return np.asarray(r.beds.sum(axis=2) / DAY)
    if name == "delayed_day":
        return np.asarray(r.waits[..., MIDNIGHTS].sum(axis=(2, 3)), dtype=np.float64)
    if name == "head_65_plus":
        older = heads(runs)[:, :, OVER_65].sum(axis=2)
        return np.asarray(older * months_of(runs).share_of_year[:, None])
    service, _, unit = name.rpartition("_")
    level = r.stock[:, :, SERVICES.index(service), :, :, int(unit == "hour")].sum(axis=(2, 3))
    return np.asarray(level / WEEK * UNITS_A_WEEK[unit])


def heads(runs: Runs) -> Floats:
    """Give the people in the middle of each reported month, by place and age."""
    return _heads(runs.scenario, runs.compiled.time)


@lru_cache(maxsize=64)
def _heads(scenario: Scenario, time: Time) -> Floats:
    starts, places = time.month_starts, tuple(scenario.config.geography.places)
    middles = [starts[m] + (starts[m + 1] - starts[m]) / 2 for m in time.reported_months]
    people = np.asarray([[[population(scenario, p, a, day) for a in AGES] for p in places] for day in middles])
    people.flags.writeable = False  # it is shared
    return people
