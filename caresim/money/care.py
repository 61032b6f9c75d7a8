"""What care by the week or hour costs at its usual price, and who bears it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caresim.measures.replication import WEEK, Replication
from caresim.model.codes import COUNCIL, NHS, SELF, SERVICES, SHORT_TERM
from caresim.money.prices import Prices

Floats = NDArray[np.float64]
SHORT = slice(SERVICES.index(SHORT_TERM[0]), len(SERVICES))  # they come last


def care(r: Replication, price: Prices) -> Iterator[tuple[str, str, Floats]]:
    """Give who bears the cost of care, on which line: by month, place, service and origin."""
    by = borne(r, price)
    paid = contributions(r, price, by["council"])
    yield "council", "care, net of contributions", by["council"] - paid
    yield "person", "contributions", paid
    yield "community_trust", "care", by["community_trust"]
    yield "person", "own care", by["person"]
    yield "icb", "continuing care", by["icb"]


def contributions(r: Replication, price: Prices, council: Floats) -> Floats:
    """Give what people pay of the council's care (m, p, s, o): of short-term services only after the free weeks.

    The first weeks are free under regulation 3 of the Care and Support (Charging and Assessment of Resources)
    Regulations 2014.
    """
    charged = council.copy()
    charged[:, :, SHORT] = gross_of(r.charged, price, SHORT) * price.council_share[..., SHORT, None]
    return np.asarray(charged * price.contribution[..., None])


def gross_of(minutes: Any, price: Prices, services: slice) -> Floats:
    """Give the gross cost of people- and hour-minutes (last axis) of some services (m, p, s, o)."""
    units = np.where(price.by_hour[services, None], minutes[..., 1], minutes[..., 0])
    return np.asarray(units * (price.weekly[..., services, None] / WEEK))


def borne(r: Replication, price: Prices) -> dict[str, Floats]:
    """Give the gross cost of care by who pays for it (m, p, s, o), the council's before contributions."""
    units = np.where(price.by_hour[:, None, None], r.stock[..., 1], r.stock[..., 0])  # m, p, s, o, funding
    gross = units * (price.weekly / WEEK)[..., None, None]
    return {
        "council": gross[..., COUNCIL] * price.council_share[..., None],
        "community_trust": gross[..., COUNCIL] * (1.0 - price.council_share[..., None]),
        "person": gross[..., SELF],
        "icb": gross[..., NHS],
    }
