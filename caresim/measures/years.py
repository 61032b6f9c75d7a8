"""Activity of the reported time by month, and added up to financial years."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caresim.measures.months import months_of
from caresim.measures.replication import Replication
from caresim.measures.runs import Runs
from caresim.model.codes import AGES, ORIGINS
from caresim.model.tables import FLOWS

Floats = NDArray[np.float64]
_kept = threading.local()  # the flows of the last replication asked for: every event of it is asked for in turn


def years_of_months(runs: Runs) -> NDArray[np.int64]:
    """Give the index of each reported month's year among the reported years."""
    return months_of(runs).year


def by_year(runs: Runs, values: Any) -> Floats:
    """Add a first axis of reported months up to reported years."""
    return np.asarray(months_of(runs).by_year(values))


def flow_by_year(runs: Runs, r: Replication, event: str) -> Floats:
    """Give an event of the flow table by year, place, age and origin."""
    return np.asarray(flows_by_year(runs, r)[..., FLOWS.index(event)])


def flows_by_year(runs: Runs, r: Replication) -> Floats:
    """Give every event of the flow table by year, place, age, origin and event."""
    kept: tuple[Replication, Floats] | None = getattr(_kept, "flows", None)
    if kept is None or kept[0] is not r:
        kept = _kept.flows = (r, added_up(runs, r))
    return kept[1]


def added_up(runs: Runs, r: Replication) -> Floats:
    """Add the flows of the months up to years."""
    cells = (len(runs.compiled.places), len(AGES), len(ORIGINS), len(FLOWS))
    size = int(np.prod(cells))
    month, cell = np.divmod(r.flow_at, size)
    years = len(runs.compiled.time.reported_years)
    at = years_of_months(runs)[month] * size + cell
    total = np.asarray(np.bincount(at, weights=r.flow_people, minlength=years * size), dtype=np.float64)
    total.setflags(write=False)
    return total.reshape(years, *cells)
