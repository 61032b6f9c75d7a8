"""One replication's counts cut down to what is reported: levels as areas, months and years within the reported time.

Arrays of whole numbers only; they are small enough that hundreds of replications fit in memory at once: each takes 32
bits where all fit, or 16 where there are many and most are small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caresim.engines.outcome import Outcome
from caresim.model.chance import DAY
from caresim.model.compile import Compiled

Ints = NDArray[np.signedinteger[Any]]
WEEK = 7 * DAY
SHORT = (np.int16, np.int32)


@dataclass(frozen=True)
class Replication:
    """Axes: reported month m, year y, day d; place p, unitary u, pool k, age a, origin o, service s."""

    number: int
    events: int
    flow: Ints  # m, p, a, o, event
    waits: Ints  # m, p, pathway, reason, (people, minutes, midnights)
    pool_use: Ints  # m, k, (in use, waiting): minutes
    pool_count: Ints  # m, k, (requests, starts, minutes waited, overflowed)
    work_waiting: Ints  # m, p, class of work: minutes waiting for an assessment
    work_count: Ints  # m, p, class of work, (requests, starts, minutes waited)
    reviews: Ints  # m, p, funding, result, (people, hours a week)
    pool_capacity: Ints  # m, k: unit-minutes
    pool_overflow: Ints  # m, k: minutes in the substitute
    daily: Ints  # d, k, (in use, waiting) at midnight
    delayed: Ints  # d, u, (ready in a bed, assessment asked) at midnight
    beds: Ints  # m, p, a: minutes
    away: Ints  # m, p, a: minutes
    stock: Ints  # m, p, s, o, funding, (people, hours): minutes
    charged: Ints  # m, p, short-term service, o, (people, hours): minutes after the weeks that are free
    unmet: Ints  # m, p, (people at home without support they wait for, hours a week missing): minutes
    supported: Ints  # m, p, a, (any, long-term) at month end
    distinct: Ints  # y, p, a, (any, long-term)
    lost: Ints  # y, p, a: minutes between death and the end of the year
    chain: Ints  # y, p, o, s, window, (people, hours): minutes
    charged_chain: Ints  # y, p, o, short-term service, window, (people, hours): minutes; of these, after the free weeks
    pathway_chain: Ints  # y, p, pathway, s, (people, hours): minutes; begun at a hospital discharge, first 52 weeks
    stays: Ints  # y, p, a, whole days


def reduce(compiled: Compiled, outcome: Outcome, number: int) -> Replication:
    """Cut an engine's counts down to the reported time and the places and pools there are."""
    c, time = outcome.counts[0], compiled.time
    m, y = time.reported_months, time.reported_years
    p, k, u = len(compiled.places), len(compiled.pools), len(compiled.unitaries)
    capacity0 = compiled.tables[0]["capacity"][:k]
    lengths = month_minutes(compiled)
    return Replication(
        number=number,
        events=outcome.events,
        flow=narrow(c["flow"][m[0] : m[-1] + 1, :p], SHORT),
        waits=narrow(c["waits"][m][:, :p]),
        pool_use=narrow(area(c["pool_use"][:, :k], lengths)[m]),
        pool_count=narrow(c["pool_count"][m][:, :k]),
        work_waiting=narrow(area(c["work"][:, :p, :, :2], lengths)[m]),
        work_count=narrow(c["work"][m][:, :p, :, 2:]),
        reviews=narrow(c["reviews"][m][:, :p]),
        pool_capacity=narrow(capacity0 * lengths[m, None] + area(c["capacity"][:, :k], lengths)[m]),
        pool_overflow=narrow(area(c["overflow"][:, :k], lengths)[m]),
        daily=narrow(at_midnight(compiled, c["daily"][:, :k]), SHORT),
        delayed=narrow(at_midnight(compiled, c["delayed"][:, :u])),
        beds=narrow(area(c["beds"][:, :p], lengths)[m]),
        away=narrow(area(c["away"][:, :p], lengths)[m]),
        stock=narrow(area(c["stock"][:, :p], lengths)[m]),
        charged=narrow(area(c["charged"][:, :p], lengths)[m]),
        unmet=narrow(area(c["unmet"][:, :p], lengths)[m]),
        supported=narrow(np.cumsum(c["supported"][: len(time.months), :p], axis=0, dtype=np.int64)[m]),
        distinct=narrow(c["distinct"][y][:, :p]),
        lost=narrow(c["at_home_lost"][y][:, :p]),
        chain=narrow(c["chain"][y][:, :p]),
        charged_chain=narrow(c["charged_chain"][y][:, :p]),
        pathway_chain=narrow(c["pathway_chain"][y][:, :p]),
        stays=narrow(c["stays"][y][:, :p]),
    )


def narrow(values: Any, kinds: Sequence[type[np.signedinteger[Any]]] = (np.int32,)) -> Ints:
    """Copy whole numbers into the first of some kinds of number in which all of them fit, else into 64 bits.

    Raises
    ------
    TypeError
        They are not whole.
    """
    low, high = values.min(initial=0), values.max(initial=0)
    fitting = (kind for kind in kinds if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max)
    return np.asarray(values.astype(next(fitting, np.int64), casting="same_kind"))


def month_minutes(compiled: Compiled) -> Ints:
    """Give the length of each month of the run."""
    starts = [compiled.time.minute(day) for day in compiled.time.month_starts]
    return np.asarray(np.diff(starts), dtype=np.int64)


def area(changes: Any, lengths: Ints) -> Ints:
    """Turn changes of levels into their areas by month: minutes within the month of a change, full months after it."""
    n = len(lengths)
    level = np.cumsum(changes[:n, ..., 1], axis=0)
    before = np.concatenate([np.zeros_like(level[:1]), level[:-1]])
    shape = (n,) + (1,) * (level.ndim - 1)
    return np.asarray(changes[:n, ..., 0] + before * lengths.reshape(shape), dtype=np.int64)


def at_midnight(compiled: Compiled, changes: Any) -> Ints:
    """Turn changes into the levels at the midnight that ends each reported day."""
    time = compiled.time
    first, last = (time.report_from - time.first).days, (time.report_to - time.first).days
    return np.asarray(np.cumsum(changes[: last + 1], axis=0, dtype=np.int64)[first + 1 : last + 1])
