"""Set means over replications beside what theory says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

ERROR_RATE = 1e-4  # of each comparison: how often a right engine would fail with another seed
SEED = 20180401


@dataclass(frozen=True)
class Estimate:
    """A mean over replications, with its standard error."""

    mean: float
    error: float
    replications: int

    def half_width(self, error_rate: float = 0.05) -> float:
        """Give half the width of the interval that misses the true mean as rarely as that."""
        return float(stats.t.isf(error_rate / 2, self.replications - 1)) * self.error


def estimate(values: Any) -> Estimate:
    """Estimate a mean from one value a replication."""
    values = np.asarray(values, dtype=float)
    return Estimate(float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values))), len(values))


def assert_agrees(values: Any, expected: float, precision: float) -> None:
    """Fail unless theory lies in the interval of the mean and the interval (95 %) is within `precision` of theory.

    A comparison that is too coarse to find a mistake fails as well.
    """
    found = estimate(values)
    assert found.half_width() <= precision * abs(expected), f"too coarse: {found} for {expected:g}"
    assert abs(found.mean - expected) <= found.half_width(ERROR_RATE), (
        f"simulated {found.mean:.5g} +- {found.half_width():.2g} (95 %), theory {expected:.5g}"
    )


def by_replication(result: Any, pool: str) -> dict[str, Any]:
    """Give, for each replication: mean in use, mean waiting, mean wait of those who started (days), requests."""
    table = result.table("pools")
    table = table[table["pool"] == pool]
    months = sorted(table["month"].unique())
    ends = [*months[1:], pd.Timestamp(result.scenario.config.calendar.ends)]
    days = table["month"].map({m: (end - m).days for m, end in zip(months, ends, strict=True)}).astype(float)
    shares = table.assign(days=days, in_use=table["in_use"] * days, waiting=table["waiting"] * days)
    sums = shares.groupby("replication")[["days", "in_use", "waiting", "requests", "starts", "wait_days"]].sum()
    return {
        "in use": (sums["in_use"] / sums["days"]).to_numpy(),
        "waiting": (sums["waiting"] / sums["days"]).to_numpy(),
        "wait": (sums["wait_days"] / sums["starts"]).to_numpy(),
        "requests": sums["requests"].to_numpy(),
    }
