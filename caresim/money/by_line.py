"""What each budget line saves and how much of it is cash, by partner, area and year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from caresim.config.vocabulary import COST_LINES
from caresim.money.appraisal import Appraisal
from caresim.money.investments import SERVICE as INVESTMENT
from caresim.money.outcomes import ALL_YEARS, Columns, Floats, laid_out, rows
from caresim.money.payments import SERVICE as PAYMENT

ALL_SERVICES = "all services"
MEASURES = ("saving", "cashable_saving")
COLUMNS = ("scenario", "measure", "partner", "service", "area", "year", "mean", "low", "high", "p05", "p95",
           "replications")  # fmt: skip


def cash_by_line(several: Mapping[str, Appraisal]) -> pd.DataFrame:
    """Give what every line saves and what of that is cash, at the prices of the base year; lines that are 0 left out.

    The cost of the changes (below 0) and payments received are lines too, all cash; "all services" is the sum. The sums
    are `net_saving` and `net_cashable_saving` of the appraisal.
    """
    tables = []
    for name, a in several.items():
        parts = list(line_rows(a))
        together = {column: np.concatenate([part[column] for part in parts]) for column in parts[0]}
        tables.append(pd.DataFrame({"scenario": name, **together}))
    return pd.concat(tables, ignore_index=True)[list(COLUMNS)] if tables else pd.DataFrame(columns=list(COLUMNS))


def line_rows(a: Appraisal) -> Iterator[Columns]:
    """Make the rows of every line of one appraisal, the sum of all last."""
    sums = [np.zeros(a.received.shape) for _ in MEASURES]
    for service, *pounds in lines(a):
        sums = [whole + part for whole, part in zip(sums, pounds, strict=True)]
        if pounds[0].any():
            yield from described(a, service, pounds)
    yield from described(a, ALL_SERVICES, sums)


def lines(a: Appraisal) -> Iterator[tuple[str, Floats, Floats]]:
    """Give what every line saves, and what of it is cash (r, m, u, n)."""
    for i, service in enumerate(COST_LINES):
        yield service, a.saving[..., i], a.saving[..., i] * a.cash[..., i]
    for service, pounds in ((INVESTMENT, -a.costs()), (PAYMENT, a.payments())):
        yield service, pounds, pounds


def described(a: Appraisal, service: str, pounds: Sequence[Floats]) -> Iterator[Columns]:
    """Describe a line over replications, what it saves and its cash, for everybody on whom any of it lands."""
    lands = laid_out(a, np.abs(pounds[0])).any(axis=(0, 1, 2))
    for measure, values in zip(MEASURES, pounds, strict=True):
        yearly = a.by_year(laid_out(a, values))
        yearly = np.concatenate([yearly, yearly.sum(axis=1, keepdims=True)], axis=1)
        columns = rows(a, measure, "pounds", "base_year", False, yearly, (*a.years, ALL_YEARS))
        there = np.broadcast_to(lands, yearly.shape[1:]).reshape(-1)
        yield {"service": np.full(there.sum(), service, dtype=object), **{k: v[there] for k, v in columns.items()}}
