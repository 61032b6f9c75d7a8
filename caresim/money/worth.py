"""What a stream of costs and savings is worth: discounting, payback, ratios, where uncertainty comes from.

Arrays only; the last axis is time unless said otherwise, any axes may stand before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caresim.config.sizes import Z95

Floats = NDArray[np.float64]
TINY = 1e-6  # pounds: less than any rounding of sums that should be nothing


def discount_factors(rate: float, years: Any) -> Floats:
    """Give what a pound of each year is worth in year 0 (Green Book: the first year is not discounted)."""
    return np.asarray((1.0 + rate) ** -np.asarray(years, dtype=np.float64))


def payback_month(net: Any, spent: Any) -> Floats:
    """Give the month in which an investment has paid for itself, counted from 1 in the first month it costs anything.

    It has when the cumulative net saving is at nothing or above from then on to the end; before, it may have been so
    for a while by chance. `net` is saving less cost, `spent` the cost; nan where it does not pay back in time, or where
    nothing was spent.
    """
    net, spent = np.asarray(net, dtype=np.float64), np.asarray(spent, dtype=np.float64)
    length = net.shape[-1]
    below = np.cumsum(net, axis=-1) < -TINY
    last = length - 1 - np.argmax(below[..., ::-1], axis=-1)  # the last month still below nothing
    paid = np.where(below.any(axis=-1), last + 1, 0)
    costs = np.abs(spent) > TINY
    begins = np.argmax(costs, axis=-1)
    month = np.maximum(paid - begins + 1, 1).astype(np.float64)
    return np.where((paid >= length) | ~costs.any(axis=-1), np.nan, month)


def wilson(share: Any, count: int) -> tuple[Floats, Floats]:
    """Give the 95 % interval of a share of `count` replications (Wilson 1927)."""
    p = np.asarray(share, dtype=np.float64)
    middle = (p + Z95**2 / (2 * count)) / (1 + Z95**2 / count)
    half = Z95 / (1 + Z95**2 / count) * np.sqrt(p * (1 - p) / count + Z95**2 / (4 * count**2))
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


def ratio_of_means(benefit: Any, cost: Any) -> tuple[Floats, Floats]:
    """Give mean benefit / mean cost, and its standard error by linearisation; the first axis is replications.

    nan where there is no cost: a ratio to an income says nothing.
    """
    benefit, cost = np.asarray(benefit, dtype=np.float64), np.asarray(cost, dtype=np.float64)
    n = benefit.shape[0]
    mean = cost.mean(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.where(mean > TINY, benefit.mean(axis=0) / mean, np.nan)
        rest = (benefit - ratio * cost) / mean
    error = rest.std(axis=0, ddof=1) / np.sqrt(n) if n > 1 else np.full(ratio.shape, np.nan)
    return ratio, error


@dataclass(frozen=True)
class Split:
    """A variance in two parts: chance (one county lives one life) and how large the effects are."""

    total: Floats
    chance: Floats
    size: Floats

    @property
    def share_of_size(self) -> Floats:
        """The part of the variance that better evidence could take away."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(self.total > 0, self.size / self.total, np.nan)


def split_of_variance(central: Any, drawn: Any) -> Split:
    """Split the variance of an outcome by the law of total variance; the first axis is replications.

    `central` has replications at central sizes, `drawn` each at sizes of its own. Total = the variance of the drawn;
    chance = that of the central ones (taken to be the same at every size); size = what is left, never below nothing.
    """
    total = np.var(np.asarray(drawn, dtype=np.float64), axis=0, ddof=1)
    chance = np.minimum(np.var(np.asarray(central, dtype=np.float64), axis=0, ddof=1), total)
    return Split(np.asarray(total), np.asarray(chance), np.asarray(total - chance))
