"""Spot purchase: what substitutes for full pools cost beyond the usual price, and who bears it.

What is counted is how much of a pool's substitute was used in a month, not by whom. So it is shared out in proportion
to all that the places of the pool use of it in that month, and borne as the usual cost of that use is. Contributions
alone do not grow: they follow what a person has, so what the council pays for is dearer for the council only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caresim.measures.replication import WEEK, Replication
from caresim.measures.runs import Runs
from caresim.measures.years import flow_by_month
from caresim.model.chance import DAY
from caresim.model.codes import ORIGINS, SERVICES
from caresim.money.care import borne
from caresim.money.entry import Entry, one_origin
from caresim.money.prices import Prices

Floats = NDArray[np.float64]
SPOT = "spot purchase"
OVERFLOWED = 3  # of pool_count
HOSPITAL = ORIGINS.index("hospital")
HOURS_A_WEEK = {"reablement": 7.0}  # of a slot, where nobody's visits say how many
WORK = {
    "assessment": {"assessed": "assessment", "review_done": "review"},
    "adaptations": {"adapted": "adaptation"},
}
"""Pools of teams: what they do, as events of the flow table, and the name of its price."""


@dataclass(frozen=True, eq=False)
class Use:
    """What a pool is used for, substitutes among it: units of the pool, and their usual cost by who bears it."""

    service: str
    units: Floats  # m, p: unit-minutes, or pieces of work
    cost: Mapping[str, Floats]  # partner -> m, p, o


def spot_entries(runs: Runs, r: Replication, price: Prices) -> Iterator[Entry]:
    """Give what substitutes for any pool cost beyond its own price, which is counted with the service itself."""
    for k, member in enumerate(runs.compiled.pools):
        taken, weights = substituted(r, k, member.kind), np.asarray(member.weights)
        if taken.any():
            uses, alike = uses_of(runs, r, price, member.kind), [one_each(price, member.kind)]
            known = units_of(uses, weights) > 0
            more = weights * (price.overflow_factor[member.kind] - 1.0)
            yield from in_proportion(uses, np.where(known, taken, 0.0), weights, more)
            yield from in_proportion(alike, np.where(known, 0.0, taken), weights, more)


def substituted(r: Replication, k: int, kind: str) -> Floats:
    """Give what was used of a pool's substitute by month: unit-minutes; of a team, pieces of work."""
    return np.asarray(r.pool_count[:, k, OVERFLOWED] if kind in WORK else r.pool_overflow[:, k], dtype=np.float64)


def in_proportion(uses: Sequence[Use], taken: Floats, weights: Floats, more: Floats) -> Iterator[Entry]:
    """Share what was taken of a substitute (m) out over uses; `more` is what it costs beyond the usual (m, p)."""
    used = units_of(uses, weights)
    part = np.divide(taken, used, out=np.zeros_like(taken), where=used > 0)
    dearer = (part[:, None] * more)[..., None]
    for use in uses:
        for partner, pounds in use.cost.items():
            if (extra := pounds * dearer).any():
                yield Entry(partner, use.service, SPOT, extra)


def units_of(uses: Sequence[Use], weights: Floats) -> Floats:
    """Add up what the places of a pool use of it by month, each by its weight."""
    return np.asarray(sum(use.units @ weights for use in uses))


# ---- what pools are used for


def uses_of(runs: Runs, r: Replication, price: Prices, kind: str) -> list[Use]:
    """Give what a kind of pool is used for in every place."""
    if kind == "acute_beds":
        minutes = r.beds.sum(axis=2)
        return [Use(kind, minutes, {"acute_trust": one_origin(minutes / DAY * price.acute_bed_day, HOSPITAL)})]
    if kind in WORK:
        return [work_of(runs, r, kind, event, getattr(price, name)) for event, name in WORK[kind].items()]
    by, homes = borne(r, price), ("residential", "temporary_placement")  # temporary placements are in residential homes
    return [care_of(r, by, service) for service in (homes if kind == "residential" else (kind,))]


def work_of(runs: Runs, r: Replication, kind: str, event: str, each: Any) -> Use:
    """Give the pieces of work that a kind of team has done."""
    done = flow_by_month(r, event).sum(axis=2)
    return Use(kind, done.sum(axis=2), {"council": done * each[..., None]})


def care_of(r: Replication, by: Mapping[str, Floats], service: str) -> Use:
    """Give a service; home care takes its hours from its pool, every other service a place for each person."""
    s = SERVICES.index(service)
    units = r.stock[:, :, s, :, :, int(service == "home_care")].sum(axis=(2, 3))
    return Use(service, units, {partner: pounds[:, :, s] for partner, pounds in by.items()})


def one_each(price: Prices, kind: str) -> Use:
    """Give one unit in every place: for months in which substitutes were taken and nobody is known to use the pool."""
    if kind == "acute_beds":
        cost = {"acute_trust": price.acute_bed_day / DAY}
    elif kind in WORK:
        cost = {"council": getattr(price, next(iter(WORK[kind].values())))}
    else:
        s = SERVICES.index(kind)
        each, share = price.weekly[..., s] * HOURS_A_WEEK.get(kind, 1.0) / WEEK, price.council_share[..., s]
        cost = {"council": each * share, "community_trust": each * (1.0 - share)}
    everywhere = {partner: one_origin(pounds, HOSPITAL) for partner, pounds in cost.items()}
    return Use(kind, np.ones_like(price.acute_bed_day), everywhere)
