"""What a pressure is made of: a difference in cost, split into demand, length of stay, delay, intensity and price.

The cost is that of acute beds and of the council's care that begins at a discharge (first 52 weeks). It is

    admissions x days until ready each x price of a bed day
  + admissions x days delayed each     x price of a bed day
  + admissions x care begun each       x price of care

with care at fixed prices, so that what is left of its cost is price. A difference of such sums is split by logarithmic
means (Ang, "The LMDI approach to decomposition analysis: a practical guide", Energy Policy 33, 2005): the parts add up
to it exactly, and in whatever order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
PARTS = ("demand", "length_of_stay", "delay", "intensity", "price")
NOTHING = 1e-100  # in place of 0, of which there is no logarithm: then a part has all of what comes or goes with it
ALIKE = 1e-9
ROUNDING = 1e-12  # a price that has not changed is what it was


@dataclass(frozen=True, eq=False)
class HospitalDemand:
    """Hospital demand and its cost; arrays of any shape, the same for all."""

    admissions: Floats
    ready: Floats  # days in a bed until ready
    delayed: Floats  # days in a bed after that
    beds: Floats  # pounds
    care: Floats  # pounds
    volume: Floats  # pounds of the same care at fixed prices

    def at(self, index: Any) -> HospitalDemand:
        """Give a part of all arrays."""
        return HospitalDemand(*(values[index] for values in vars(self).values()))

    @property
    def cost(self) -> Floats:
        """All of it in pounds."""
        return self.beds + self.care


def split(before: HospitalDemand, after: HospitalDemand) -> Floats:
    """Split what it costs more after than before; the first axis is that of PARTS."""
    (stay, delay, care), factors = means(terms_of(before), terms_of(after)), changes(before, after)
    return np.stack(
        [
            (stay + delay + care) * factors["admissions"],
            stay * factors["ready"],
            delay * factors["delayed"],
            care * factors["volume"],
            (stay + delay) * factors["bed_price"] + care * factors["care_price"],
        ]
    )


def terms_of(demand: HospitalDemand) -> Floats:
    """Give the three products: the cost of days until ready, of days delayed, of care."""
    days = above(demand.ready) + above(demand.delayed)
    each = above(demand.beds) / days
    return np.stack([above(demand.ready) * each, above(demand.delayed) * each, above(demand.care)])


def changes(before: HospitalDemand, after: HospitalDemand) -> dict[str, Floats]:
    """Give the logarithm of the ratio of every factor, after over before."""
    now, then = factors_of(after), factors_of(before)
    ratios = {name: now[name] / then[name] for name in now}
    return {name: np.where(np.abs(r - 1.0) < ROUNDING, 0.0, np.log(r)) for name, r in ratios.items()}


def factors_of(demand: HospitalDemand) -> dict[str, Floats]:
    """Give admissions, what each of them takes, and prices."""
    admissions, volume = above(demand.admissions), above(demand.volume)
    ready, delayed = above(demand.ready), above(demand.delayed)
    return {
        "admissions": admissions,
        "ready": ready / admissions,
        "delayed": delayed / admissions,
        "volume": volume / admissions,
        "bed_price": above(demand.beds) / (ready + delayed),
        "care_price": above(demand.care) / volume,
    }


def means(one: Floats, other: Floats) -> Floats:
    """Give logarithmic means; that of two equal numbers is the number."""
    apart = np.abs(one - other) > ALIKE * np.maximum(one, other)
    ratio = np.where(apart, other / one, np.e)
    return np.asarray(np.where(apart, (other - one) / np.log(ratio), (one + other) / 2.0))


def above(values: Floats) -> Floats:
    """Keep numbers above 0."""
    return np.maximum(values, NOTHING)
