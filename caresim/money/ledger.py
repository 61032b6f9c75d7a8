"""Where cost lands: activity times prices, by time, place, partner, service and origin, before any payment rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caresim.config.vocabulary import PARTNERS as PARTNERS
from caresim.measures.replication import WEEK, Replication
from caresim.measures.runs import Runs
from caresim.measures.years import by_year, flow_by_month
from caresim.model.chance import DAY
from caresim.model.codes import COUNCIL, NHS, ORIGINS, SELF, SERVICES
from caresim.money.entry import Entry as Entry
from caresim.money.investments import investment_entries
from caresim.money.prices import Prices, prices_by_month

Floats = NDArray[np.float64]
OVERFLOWED = 3  # of pool_count
NURSING = SERVICES.index("nursing")
HOSPITAL = ORIGINS.index("hospital")
SPOT = "spot purchase"


def entries(runs: Runs, r: Replication) -> Iterator[Entry]:
    """Give every line of one replication's ledger by year; the sum over partners is the whole cost."""
    price = prices_by_month(runs)
    for partner, line, pounds in care(r, price):
        yield from by_service(partner, line, by_year(runs, pounds))
    for entry in other_entries(runs, r, price):
        yield replace(entry, pounds=by_year(runs, entry.pounds))


def entries_by_month(runs: Runs, r: Replication) -> Iterator[Entry]:
    """Give every line of one replication's ledger by month, at the prices of the month."""
    price = prices_by_month(runs)
    for partner, line, pounds in care(r, price):
        yield from by_service(partner, line, pounds)
    yield from other_entries(runs, r, price)


def by_service(partner: str, line: str, pounds: Floats) -> Iterator[Entry]:
    """Give the entries of a line: of amounts by time, place, service and origin."""
    for s, service in enumerate(SERVICES):
        yield Entry(partner, service, line, pounds[:, :, s])


def care(r: Replication, price: Prices) -> Iterator[tuple[str, str, Floats]]:
    """Give who bears the cost of care, on which line: by month, place, service and origin."""
    units = np.where(price.by_hour[:, None, None], r.stock[..., 1], r.stock[..., 0])  # m, p, s, o, funding
    gross = units * (price.weekly / WEEK)[..., None, None]
    paid = gross[..., COUNCIL] * price.council_share[..., None]
    share = price.contribution[..., None]
    yield "council", "care, net of contributions", paid * (1.0 - share)
    yield "person", "contributions", paid * share
    yield "community_trust", "care", gross[..., COUNCIL] * (1.0 - price.council_share[..., None])
    yield "person", "own care", gross[..., SELF]
    yield "icb", "continuing care", gross[..., NHS]


def other_entries(runs: Runs, r: Replication, price: Prices) -> Iterator[Entry]:
    """Give the lines that are not care by the week or hour."""
    weeks = r.stock[:, :, NURSING, :, :, 0].sum(axis=-1) / WEEK
    yield Entry("icb", "nursing", "nursing contribution", weeks * price.nursing_contribution[..., None])
    yield from hospital_entries(runs, r, price)
    yield from work_entries(runs, r, price)
    yield from investment_entries(runs, r)


def hospital_entries(runs: Runs, r: Replication, price: Prices) -> Iterator[Entry]:
    """Give the cost of acute beds, by the place people come from; and of dearer substitutes for any pool."""
    days = r.beds.sum(axis=2) / DAY
    yield Entry("acute_trust", "acute_beds", "bed days", one_origin(days * price.acute_bed_day, HOSPITAL))
    for k, member in enumerate(runs.compiled.pools):
        if r.pool_count[:, k, OVERFLOWED].any() or r.pool_overflow[:, k].any():
            shares = np.asarray(member.weights) / max(sum(member.weights), 1e-12)
            pounds = dearer(r, price, k, member.kind) * shares
            partner = "acute_trust" if member.kind == "acute_beds" else "council"
            yield Entry(partner, member.kind, SPOT, one_origin(pounds, HOSPITAL))


def dearer(r: Replication, price: Prices, k: int, kind: str) -> Floats:
    """Give what substitutes for a pool cost beyond its own price, which is counted with the service itself.

    By month, at the prices of each place. Teams: for each piece of work; beds, slots: for the time in the substitute.
    """
    more = price.overflow_factor[kind] - 1.0
    if kind in ("assessment", "adaptations"):
        each = price.assessment if kind == "assessment" else price.adaptation
        return np.asarray(r.pool_count[:, k, OVERFLOWED, None] * each * more)
    return np.asarray(r.pool_overflow[:, k, None] / DAY * daily_price(price, kind) * more)


def daily_price(price: Prices, kind: str) -> Any:
    """Give the price of a day in a pool's place; a slot of reablement is taken for an hour a day."""
    if kind == "acute_beds":
        return price.acute_bed_day
    s = SERVICES.index(kind)
    return price.weekly[..., s] * (7.0 if price.by_hour[s] else 1.0) / 7.0


def work_entries(runs: Runs, r: Replication, price: Prices) -> Iterator[Entry]:
    """Give the cost of assessments, reviews and adaptations, by the origin of the demand."""
    for event, each, line in (
        ("assessed", price.assessment, "assessments"),
        ("review_done", price.review, "reviews"),
        ("adapted", price.adaptation, "adaptations"),
    ):
        service = "adaptations" if event == "adapted" else "assessment"
        yield Entry("council", service, line, flow_by_month(runs, r, event).sum(axis=2) * each[..., None])


def one_origin(pounds: Floats, origin: int) -> Floats:
    """Put m, p amounts under one origin."""
    out = np.zeros((*pounds.shape, len(ORIGINS)))
    out[..., origin] = pounds
    return out
