"""Where cost lands: activity times prices, by time, place, partner, service and origin, before any payment rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from caresim.config.vocabulary import PARTNERS as PARTNERS
from caresim.measures.replication import WEEK, Replication
from caresim.measures.runs import Runs
from caresim.measures.years import by_year, flow_by_month
from caresim.model.chance import DAY
from caresim.model.codes import ORIGINS, SERVICES
from caresim.money.care import care
from caresim.money.entry import Entry as Entry
from caresim.money.entry import one_origin
from caresim.money.investments import investment_entries
from caresim.money.prices import Prices, prices_by_month
from caresim.money.spot import spot_entries

Floats = NDArray[np.float64]
NURSING = SERVICES.index("nursing")
HOSPITAL = ORIGINS.index("hospital")


def entries(runs: Runs, r: Replication) -> Iterator[Entry]:
    """Give every line of one replication's ledger by year; the sum over partners is the whole cost."""
    price = prices_by_month(runs)
    for partner, line, pounds in care(r, price):
        yield from by_service(partner, line, by_year(runs, pounds))
    for entry in other_entries(runs, r, price):
        yield replace(entry, pounds=by_year(runs, entry.pounds))


def ledger_by_year(runs: Runs, r: Replication) -> Iterator[Entry]:
    """Give the ledger of one replication by year, without origins."""
    for entry in ledger(runs, r):
        yield replace(entry, pounds=by_year(runs, entry.pounds))


def ledger(runs: Runs, r: Replication) -> tuple[Entry, ...]:
    """Give the ledger of one replication by month, without origins and without lines that are 0: it is made once."""
    return runs.once("ledger", r, lambda: tuple(without_origins(entries_by_month(runs, r))))


def without_origins(lines: Iterable[Entry]) -> Iterator[Entry]:
    """Add origins up, and leave out what is 0."""
    for entry in lines:
        if entry.pounds.any():
            yield replace(entry, pounds=entry.pounds.sum(axis=2, keepdims=True))


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


def other_entries(runs: Runs, r: Replication, price: Prices) -> Iterator[Entry]:
    """Give the lines that are not care by the week or hour."""
    weeks = r.stock[:, :, NURSING, :, :, 0].sum(axis=-1) / WEEK
    yield Entry("icb", "nursing", "nursing contribution", weeks * price.nursing_contribution[..., None])
    yield from hospital_entries(r, price)
    yield from spot_entries(runs, r, price)
    yield from work_entries(runs, r, price)
    yield from investment_entries(runs, r)


def hospital_entries(r: Replication, price: Prices) -> Iterator[Entry]:
    """Give the cost of acute beds, by the place people come from."""
    days = r.beds.sum(axis=2) / DAY
    yield Entry("acute_trust", "acute_beds", "bed days", one_origin(days * price.acute_bed_day, HOSPITAL))


def work_entries(runs: Runs, r: Replication, price: Prices) -> Iterator[Entry]:
    """Give the cost of assessments, reviews and adaptations, by the origin of the demand."""
    for event, each, line in (
        ("assessed", price.assessment, "assessments"),
        ("review_done", price.review, "reviews"),
        ("adapted", price.adaptation, "adaptations"),
    ):
        service = "adaptations" if event == "adapted" else "assessment"
        yield Entry("council", service, line, flow_by_month(r, event).sum(axis=2) * each[..., None])
