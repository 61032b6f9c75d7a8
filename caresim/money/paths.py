"""Cumulative net benefit month by month: when a scenario has paid for itself."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from caresim.money.appraisal import Appraisal
from caresim.money.outcomes import areas_of, described, laid_out, partners_of

COLUMNS = ("scenario", "month", "partner", "area", "mean", "low", "high", "p05", "p95", "replications")


def cumulative_table(several: Mapping[str, Appraisal]) -> pd.DataFrame:
    """Give net savings from the first month to the end of each, in real terms, not discounted, not corrected.

    A month is named by its first reported day. The same sums as those that the payback month is read from.
    """
    tables = [cumulative_rows(name, a) for name, a in several.items()]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(COLUMNS))


def cumulative_rows(name: str, a: Appraisal) -> pd.DataFrame:
    """Make the rows of one appraisal."""
    values = np.cumsum(laid_out(a, a.net("real")), axis=1)  # r, m, area, partner
    numbers = described(values)
    m, u, p = (i.reshape(-1) for i in np.indices(numbers["mean"].shape))
    return pd.DataFrame(
        {
            "scenario": name,
            "month": pd.DatetimeIndex(a.months)[m],
            "partner": np.asarray(partners_of(a), dtype=object)[p],
            "area": np.asarray(areas_of(a), dtype=object)[u],
            **{column: numbers[column].reshape(-1) for column in ("mean", "low", "high", "p05", "p95")},
            "replications": len(values),
        }
    )
