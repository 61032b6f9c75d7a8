"""A number that a report shows, with how far chance may have moved it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

import numpy as np

from caresim.measures.statistics import mean_interval
from caresim.reports.possible import ANYTHING, Limits

NAN = float("nan")


@dataclass(frozen=True)
class Estimate:
    """A mean over replications, its 95 % interval, and the 5, 95, 20 and 80 % points of single replications."""

    mean: float
    low: float = NAN
    high: float = NAN
    p05: float = NAN
    p95: float = NAN
    p20: float = NAN
    p80: float = NAN

    @property
    def has_interval(self) -> bool:
        """One replication has no interval."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    @property
    def mean_low_high(self) -> tuple[float, float, float]:
        """The mean and the ends of its interval."""
        return self.mean, self.low, self.high

    @property
    def reach(self) -> float:
        """The furthest point that a bar with its interval takes."""
        return max(self.mean, self.high) if self.has_interval else self.mean

    def times(self, factor: float) -> Estimate:
        """Change the unit."""
        return Estimate(*(value * factor for value in astuple(self)))

    @property
    def turned(self) -> Estimate:
        """A difference as a saving: the sign and the ends of its ranges change places."""
        return Estimate(-self.mean + 0.0, -self.high, -self.low, -self.p95, -self.p05, -self.p80, -self.p20)


def estimate(values: Sequence[float] | np.ndarray[Any, Any], within: Limits = ANYTHING) -> Estimate:
    """Summarise one value a replication; the interval is Student's t, cut where it would pass what is possible."""
    sample = np.asarray(values, dtype=float).reshape(1, -1)
    return estimates(sample, within)[0] if sample.size else Estimate(NAN)


def estimates(sample: np.ndarray[Any, Any], within: Limits = ANYTHING) -> list[Estimate]:
    """Summarise rows of one value a replication."""
    if sample.shape[1] == 1:
        return [Estimate(float(mean)) for mean in sample[:, 0]]
    found = mean_interval(sample, axis=1)
    ends = np.clip([found["low"], found["high"]], *within)
    columns = [found["mean"], *ends, *np.percentile(sample, [5, 95], axis=1)]
    return [Estimate(*(float(number) for number in row)) for row in zip(*columns, strict=True)]
