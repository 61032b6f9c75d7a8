"""Activity of the reported time by month, and added up to financial years."""

from __future__ import annotations

import threading
from collections.abc import Callable
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


def flow_by_month(runs: Runs, r: Replication, event: str) -> Floats:
    """Give an event of the flow table by month, place, age and origin."""
    return np.asarray(flows_by_month(runs, r)[..., FLOWS.index(event)])


def flows_by_month(runs: Runs, r: Replication) -> Floats:
    """Give every event of the flow table by month, place, age, origin and event."""
    return kept("months", r, lambda: laid_out(runs, r))


def flows_by_year(runs: Runs, r: Replication) -> Floats:
    """Give every event of the flow table by year, place, age, origin and event."""
    return kept("years", r, lambda: by_year(runs, flows_by_month(runs, r)))


def kept(what: str, r: Replication, make: Callable[[], Floats]) -> Floats:
    """Make something of a replication, or give it back if it was the last that was made."""
    last: tuple[Replication, Floats] | None = getattr(_kept, what, None)
    if last is None or last[0] is not r:
        made = make()
        made.setflags(write=False)
        last = (r, made)
        setattr(_kept, what, last)
    return last[1]


def laid_out(runs: Runs, r: Replication) -> Floats:
    """Put the flows, of which only those above 0 are stored, into one array."""
    cells = (len(months_of(runs).days), len(runs.compiled.places), len(AGES), len(ORIGINS), len(FLOWS))
    out = np.zeros(cells)
    out.reshape(-1)[r.flow_at] = r.flow_people
    return out
