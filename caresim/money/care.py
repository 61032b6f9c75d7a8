"""What care by the week or hour costs at its usual price, and who bears it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from caresim.measures.replication import WEEK, Replication
from caresim.model.codes import COUNCIL, NHS, SELF
from caresim.money.prices import Prices

Floats = NDArray[np.float64]


def care(r: Replication, price: Prices) -> Iterator[tuple[str, str, Floats]]:
    """Give who bears the cost of care, on which line: by month, place, service and origin."""
    by = borne(r, price)
    share = price.contribution[..., None]
    yield "council", "care, net of contributions", by["council"] * (1.0 - share)
    yield "person", "contributions", by["council"] * share
    yield "community_trust", "care", by["community_trust"]
    yield "person", "own care", by["person"]
    yield "icb", "continuing care", by["icb"]


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
