"""What is reported of one replication: levels as areas, months and years within the reported time (see reduction.py).

Arrays of whole numbers only; they are small enough that hundreds of replications fit in memory at once: each takes 32
bits where all fit, or 16 where there are many and most are small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
