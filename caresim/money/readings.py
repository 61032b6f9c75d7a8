"""The hospital-driven cost, in its three readings, from chains of support.

(a) `in_year`: chains begun at a hospital discharge in the year, cost up to its end; (b) `all_new_in_year`: chains of
all new requests, hospital or not, up to the end of the year; (c) `first_52_weeks`: chains begun at a hospital discharge
in the year, cost of their first 52 weeks. Gross of contributions, the council's share; by the year the chain began in.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from caresim.measures.replication import WEEK, Replication
from caresim.measures.runs import Runs
from caresim.measures.years import flows_by_year
from caresim.model.codes import ORIGINS, PATHWAYS
from caresim.model.tables import FLOWS, WINDOWS
from caresim.money.care import SHORT
from caresim.money.prices import Prices, prices_by_year

Floats = NDArray[np.float64]
IN_YEAR, FIRST_52_WEEKS = WINDOWS.index("in_year"), WINDOWS.index("first_52_weeks")
HOSPITAL = ORIGINS.index("hospital")
NEW_REQUESTS = [ORIGINS.index(o) for o in ("hospital", "community", "safeguarding", "coming_of_age")]
READINGS = ("in_year", "all_new_in_year", "first_52_weeks")


def chain_pounds(runs: Runs, r: Replication, net: bool = False) -> Floats:
    """Give the cost of chains by year begun, place, origin, window and service (y, p, o, window, s).

    At the mean prices of the year in which they begin.
    """
    pounds = priced(runs, np.moveaxis(r.chain, 3, -2))
    return pounds - contributions(runs, r) if net else pounds


def contributions(runs: Runs, r: Replication) -> Floats:
    """Give what people pay of their chains (y, p, o, window, s): of short-term services after the free weeks only."""
    charged, share = r.chain.copy(), prices_by_year(runs).contribution
    charged[:, :, :, SHORT] = r.charged_chain
    pounds = priced(runs, np.moveaxis(charged, 3, -2))
    return pounds * prices_by_year(runs).beside(share, pounds.ndim)


def pathway_pounds(runs: Runs, r: Replication) -> Floats:
    """Give the headline reading by year, place and the pathway of the discharge that began the chain (y, p, pathway).

    Over pathways it adds up to the reading `first_52_weeks`.
    """
    return np.asarray(priced(runs, r.pathway_chain).sum(axis=-1))


def discharges(runs: Runs, r: Replication) -> Floats:
    """Count live discharges by year, place and pathway."""
    events = [FLOWS.index(f"discharged_{pathway}") for pathway in PATHWAYS]
    return np.asarray(flows_by_year(runs, r)[..., events].sum(axis=(2, 3)))


def volume(runs: Runs, r: Replication, fixed: Prices) -> Floats:
    """Give the reading `first_52_weeks` by year and place at other prices, the same in all years."""
    pounds = priced(runs, np.moveaxis(r.chain, 3, -2), prices=fixed)
    return np.asarray(pounds.sum(axis=-1)[:, :, HOSPITAL, FIRST_52_WEEKS])


def priced(runs: Runs, minutes: Any, prices: Prices | None = None) -> Floats:
    """Give the council's cost of minutes by year, place, anything, service and (people, hours)."""
    price, units = prices or prices_by_year(runs), minutes / WEEK
    pounds = price.gross(units[..., 0], units[..., 1])
    return np.asarray(pounds * price.beside(price.council_share, pounds.ndim))


def reading(runs: Runs, r: Replication, name: str, net: bool = False) -> Floats:
    """Give one reading by year and place."""
    pounds = chain_pounds(runs, r, net).sum(axis=-1)
    if name == "in_year":
        return np.asarray(pounds[:, :, HOSPITAL, IN_YEAR])
    if name == "first_52_weeks":
        return np.asarray(pounds[:, :, HOSPITAL, FIRST_52_WEEKS])
    return np.asarray(pounds[:, :, NEW_REQUESTS, IN_YEAR].sum(axis=2))
