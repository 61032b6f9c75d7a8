"""Activity of the reported time by month, and added up to financial years."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from caresim.measures.months import months_of
from caresim.measures.replication import Ints, Replication
from caresim.measures.runs import Runs
from caresim.model.codes import AGES, ORIGINS
from caresim.model.tables import FLOWS

T = TypeVar("T")
Floats = NDArray[np.float64]
_kept = threading.local()  # the flows of the last replication asked for: many measures ask for them in turn


def years_of_months(runs: Runs) -> NDArray[np.int64]:
    """Give the index of each reported month's year among the reported years."""
    return months_of(runs).year


def by_year(runs: Runs, values: Any) -> Floats:
    """Add a first axis of reported months up to reported years."""
    return np.asarray(months_of(runs).by_year(values))


def flow_by_month(runs: Runs, r: Replication, event: str) -> Floats:
    """Give an event of the flow table by month, place, age and origin."""
    cell, which = kept("cells", r, lambda: quotient(r.flow_at, len(FLOWS)))
    meant = which == FLOWS.index(event)
    out = np.zeros(shape_of(runs, len(months_of(runs).days))[:-1])
    out.reshape(-1)[cell[meant]] = r.flow_people[meant]
    return out


def flows_by_year(runs: Runs, r: Replication) -> Floats:
    """Give every event of the flow table by year, place, age, origin and event."""
    return kept("years", r, lambda: added_up(runs, r))


def kept(what: str, r: Replication, make: Callable[[], T]) -> T:
    """Make something of a replication, or give it back if it was the last that was made."""
    last: tuple[Replication, T] | None = getattr(_kept, what, None)
    if last is None or last[0] is not r:
        last = (r, make())
        setattr(_kept, what, last)
    return last[1]


def added_up(runs: Runs, r: Replication) -> Floats:
    """Add the flows, of which only those above 0 are stored, up to years."""
    months = months_of(runs)
    shape = shape_of(runs, len(months.begins))
    size = math.prod(shape[1:])
    month, cell = quotient(r.flow_at, size)
    out = np.bincount(months.year[month] * size + cell, r.flow_people, math.prod(shape))
    out.setflags(write=False)
    return np.asarray(out.reshape(shape), dtype=np.float64)


def quotient(cells: Ints, size: int) -> tuple[Ints, Ints]:
    """Divide numbers of cells, none below 0, by a size: quotient and remainder, faster than numpy's own."""
    whole = cells // size
    return whole, cells - whole * size


def shape_of(runs: Runs, times: int) -> tuple[int, ...]:
    """Give the shape of the flow table over some months or years."""
    return (times, len(runs.compiled.places), len(AGES), len(ORIGINS), len(FLOWS))
