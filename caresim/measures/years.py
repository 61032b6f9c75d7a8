"""Activity of the reported time by month, and added up to financial years."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from caresim.measures.months import months_of
from caresim.measures.replication import Replication
from caresim.measures.runs import Runs
from caresim.model.tables import FLOWS

Floats = NDArray[np.float64]


def years_of_months(runs: Runs) -> NDArray[np.int64]:
    """Give the index of each reported month's year among the reported years."""
    return months_of(runs).year


def by_year(runs: Runs, values: Any) -> Floats:
    """Add a first axis of reported months up to reported years."""
    return np.asarray(months_of(runs).by_year(values))


def flow_by_month(r: Replication, event: str) -> Floats:
    """Give an event of the flow table by month, place, age and origin."""
    return np.asarray(r.flow[..., FLOWS.index(event)], dtype=np.float64)


def flows_by_year(runs: Runs, r: Replication) -> Floats:
    """Give every event of the flow table by year, place, age, origin and event."""
    parts = np.split(r.flow, months_of(runs).firsts[1:])
    return np.stack([part.sum(axis=0, dtype=np.float64) for part in parts])  # of so many cells faster than by_year
