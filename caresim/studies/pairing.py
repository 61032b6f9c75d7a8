"""What two sets of replications that share their luck say about a difference."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from caresim.measures.statistics import ratio, student

Floats = NDArray[np.float64]


def of_differences(differences: Floats) -> dict[str, Floats]:
    """Describe differences over their first axis, the replications; nan where there is none.

    mean; low and high, its 95 % interval (Student's t; nan where there is one replication only); p05 and p95, between
    which nine replications in ten lie; p20 and p80, below and above which one in five lies; replications, those in
    which the difference has a value; share_lower and share_higher, the shares of them in which it is below and above 0.
    """
    there = ~np.isnan(differences)
    n = there.sum(axis=0)
    known = np.where(there, differences, 0.0)
    mean = ratio(known.sum(axis=0), n)
    half = student(n) * np.sqrt(ratio(variance(differences), n))
    p05, p20, p80, p95 = percentiles(differences, (5, 20, 80, 95))
    return {
        "mean": mean,
        "low": mean - half,
        "high": mean + half,
        "p05": p05,
        "p95": p95,
        "p20": p20,
        "p80": p80,
        "replications": n,
        "share_lower": ratio(((known < 0) & there).sum(axis=0), n),
        "share_higher": ratio(((known > 0) & there).sum(axis=0), n),
    }


def paired(base: Floats, changed: Floats) -> dict[str, Floats]:
    """Describe `changed - base`, replication by replication, and what would be known without the pairing.

    low_unpaired and high_unpaired are the 95 % interval if each had been simulated with luck of its own: the same
    mean and the same t, with the sum of the two variances. variance_ratio is that sum over the variance of the paired
    difference, (var(base) + var(changed)) / var(changed - base): how many times the replications unpaired runs would
    need for the same precision. The paired interval is narrower by its square root. It is infinite where the
    difference is the same in every replication, and nan where nothing varies at all.
    """
    differences = changed - base
    known = np.where(np.isnan(differences), np.nan, 1.0)
    described = of_differences(differences)
    n, apart = described["replications"], variance(base * known) + variance(changed * known)
    half = student(n) * np.sqrt(ratio(apart, n))
    spread = variance(differences)
    with np.errstate(divide="ignore", invalid="ignore"):
        gained = np.where((apart == 0) & (spread == 0), np.nan, apart / spread)
    described["low_unpaired"] = described["mean"] - half
    described["high_unpaired"] = described["mean"] + half
    described["variance_ratio"] = gained
    return described


def variance(values: Floats) -> Floats:
    """Give the variance over the first axis, nan values left out; nan where there are fewer than two."""
    there = ~np.isnan(values)
    n = there.sum(axis=0)
    mean = ratio(np.where(there, values, 0.0).sum(axis=0), n)
    squares = np.where(there, values - mean, 0.0) ** 2
    return ratio(squares.sum(axis=0), np.where(n > 1, n - 1, 0))


def percentiles(values: Floats, at: tuple[float, ...]) -> Floats:
    """Give percentiles over the first axis, nan values left out; they become the first axis."""
    columns = values.reshape(len(values), -1)
    there = ~np.isnan(columns)
    out = np.full((len(at), columns.shape[1]), np.nan)
    whole, part = there.all(axis=0), there.any(axis=0) & ~there.all(axis=0)
    if whole.any():
        out[:, whole] = np.percentile(columns[:, whole], at, axis=0)
    for column in np.flatnonzero(part):
        out[:, column] = np.percentile(columns[there[:, column], column], at)
    return out.reshape(len(at), *values.shape[1:])
