"""Where cost lands: activity times prices, by year, place, partner, service and origin, before any payment rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caresim.measures.replication import WEEK, Replication
from caresim.measures.runs import Runs
from caresim.measures.years import by_year, flow_by_year
from caresim.model.chance import DAY
from caresim.model.codes import COUNCIL, NHS, ORIGINS, SELF, SERVICES
from caresim.money.prices import Prices, prices

Floats = NDArray[np.float64]
PARTNERS = ("council", "icb", "acute_trust", "community_trust", "person")
OVERFLOWED = 3  # of pool_count
NURSING = SERVICES.index("nursing")
HOSPITAL, AT_START = ORIGINS.index("hospital"), ORIGINS.index("at_start")


@dataclass(frozen=True)
class Entry:
    """One line of the ledger: pounds by year, place and origin."""

    partner: str
    service: str
    line: str
    pounds: Floats  # y, p, o


def entries(runs: Runs, r: Replication) -> Iterator[Entry]:
    """Give every line of one replication's ledger; the sum over partners is the whole cost."""
    price = prices(runs.scenario)
    weeks = by_year(runs, r.stock) / WEEK  # y, p, s, o, funding, (people, hours)
    moved = np.moveaxis(weeks, 2, -2)  # y, p, o, funding, s, (people, hours)
    gross = price.gross(moved[..., 0], moved[..., 1])
    for s, service in enumerate(SERVICES):
        yield from care_entries(price, service, s, gross[..., s])
    nursing = moved[:, :, :, :, NURSING, 0].sum(axis=3) * price.nursing_contribution
    yield Entry("icb", "nursing", "nursing contribution", nursing)
    yield from hospital_entries(runs, r, price)
    yield from work_entries(runs, r, price)


def care_entries(price: Prices, service: str, s: int, gross: Floats) -> Iterator[Entry]:
    """Give who bears the cost of one service; `gross` is y, p, o, funding."""
    council = gross[..., COUNCIL] * price.council_share[s]
    share = price.contribution[s]
    yield Entry("council", service, "care, net of contributions", council * (1.0 - share))
    yield Entry("person", service, "contributions", council * share)
    yield Entry("community_trust", service, "care", gross[..., COUNCIL] * (1.0 - price.council_share[s]))
    yield Entry("person", service, "own care", gross[..., SELF])
    yield Entry("icb", service, "continuing care", gross[..., NHS])


def hospital_entries(runs: Runs, r: Replication, price: Prices) -> Iterator[Entry]:
    """Give the cost of acute beds, by the place people come from; and of dearer substitutes for any pool."""
    days = by_year(runs, r.beds).sum(axis=2) / DAY
    yield Entry("acute_trust", "acute_beds", "bed days", one_origin(days * price.acute_bed_day, HOSPITAL))
    for k, member in enumerate(runs.compiled.pools):
        if r.pool_count[:, k, OVERFLOWED].any() or r.pool_overflow[:, k].any():
            pounds = dearer(runs, r, price, k)[:, None] * np.asarray(member.weights) / max(sum(member.weights), 1e-12)
            partner = "acute_trust" if member.kind == "acute_beds" else "council"
            yield Entry(partner, member.kind, "spot purchase", one_origin(pounds, HOSPITAL))


def dearer(runs: Runs, r: Replication, price: Prices, k: int) -> Floats:
    """Give, by year, what substitutes for a pool cost beyond its own price, which is counted with the service itself.

    Teams: for each piece of work; beds and slots: for the time in the substitute.
    """
    kind = runs.compiled.pools[k].kind
    more = price.overflow_factor[kind] - 1.0
    if kind in ("assessment", "adaptations"):
        each = price.assessment if kind == "assessment" else price.adaptation
        return by_year(runs, r.pool_count[:, k, OVERFLOWED].astype(np.float64)) * each * more
    return by_year(runs, r.pool_overflow[:, k]) / DAY * daily_price(price, kind) * more


def daily_price(price: Prices, kind: str) -> float:
    """Give the price of a day in a pool's place; a slot of reablement is taken for an hour a day."""
    if kind == "acute_beds":
        return price.acute_bed_day
    s = SERVICES.index(kind)
    return float(price.weekly[s] * (7.0 if price.by_hour[s] else 1.0) / 7.0)


def work_entries(runs: Runs, r: Replication, price: Prices) -> Iterator[Entry]:
    """Give the cost of assessments, reviews and adaptations, by the origin of the demand."""
    for event, each, line in (
        ("assessed", price.assessment, "assessments"),
        ("review_done", price.review, "reviews"),
        ("adapted", price.adaptation, "adaptations"),
    ):
        service = "adaptations" if event == "adapted" else "assessment"
        yield Entry("council", service, line, flow_by_year(runs, r, event).sum(axis=2) * each)


def one_origin(pounds: Floats, origin: int) -> Floats:
    """Put y, p amounts under one origin."""
    out = np.zeros((*pounds.shape, len(ORIGINS)))
    out[..., origin] = pounds
    return out
