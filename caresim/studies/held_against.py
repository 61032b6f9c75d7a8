"""What speaks for and against a baseline: figures it was fitted to or is held against, and whether it had settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from caresim.config.schema.budgets import Target
from caresim.config.vocabulary import QUEUES
from caresim.measures.months import months_of
from caresim.measures.replication import Replication
from caresim.measures.runs import Runs
from caresim.measures.tables import years
from caresim.model.chance import DAY
from caresim.model.codes import COUNCIL, HOME_CARE
from caresim.money.summary import UNITS, area_names
from caresim.studies.pairing import of_differences
from caresim.studies.result import Result

Floats = NDArray[np.float64]
MONTHS_A_YEAR, A_QUARTER = 12, 3
PART = "part of a year"
FEWEST_YEARS = 3  # that a trend can be told from the first months


def target_table(baseline: Result) -> pd.DataFrame:
    """Set every target beside what is simulated for the whole county: simulated, its interval, and the residual."""
    county = area_names(baseline.runs)[0]
    table = baseline.summary[baseline.summary["area"] == county]
    columns = ["measure", "year", "mean", "low", "high"]
    found = {(row[0], row[1]): row[2:] for row in table[columns].itertuples(index=False, name=None)}
    reported, whole = months_of(baseline.runs).of_years
    parts = {
        year for year, days, all_days in zip(years(baseline.runs), reported, whole, strict=True) if days < all_days
    }
    return pd.DataFrame([row_of(target, found, target.year in parts) for target in baseline.scenario.config.targets])


def row_of(target: Target, found: Mapping[tuple[str, str], tuple[float, ...]], in_part: bool) -> dict[str, Any]:
    """Make the row of one target; what is simulated is nan where its year is not reported.

    A year that is reported only in part is not compared: the figure is that of the whole.
    """
    mean, low, high = found.get((target.measure, target.year), (np.nan,) * 3)
    return {
        "role": target.role,
        "measure": target.measure,
        "unit": UNITS[target.measure],
        "year": target.year,
        "figure": target.figure,
        "figure_low": np.nan if target.low is None else target.low,
        "figure_high": np.nan if target.high is None else target.high,
        "within": np.nan if target.within is None else target.within,
        "mean": mean,
        "low": low,
        "high": high,
        "residual": np.nan if in_part else mean - target.figure,
        "met": PART if in_part else met(target, mean),
        "grade": target.grade or "",
        "source": target.source or "",
        "note": target.note or "",
    }


def met(target: Target, simulated: float) -> str:
    """Say whether a target is met: within its tolerance, else inside its range; nothing where neither is given."""
    if np.isnan(simulated):
        return ""
    if target.within is not None:
        return "yes" if abs(simulated - target.figure) <= target.within else "no"
    if target.low is None or target.high is None:
        return ""
    return "yes" if target.low <= simulated <= target.high else "no"


# ---- whether it had settled


def warm_up_table(runs: Runs) -> pd.DataFrame:
    """Hold the first three reported months against what the same months of later years lead one to expect.

    The same months, so that the season is the same; a straight line through the later years is drawn back to the first.
    A level that had not settled when reporting began is off that line. So is one whose growth is no straight line: a
    difference is a sign, not a proof. Fewer than three whole years say nothing: then there are no rows.
    """
    whole_years = len(months_of(runs).days) // MONTHS_A_YEAR
    if whole_years < FEWEST_YEARS:
        return pd.DataFrame()
    found: dict[str, list[Floats]] = {}
    for own, r in runs.each():
        for name, monthly in levels(own, r):
            found.setdefault(name, []).append(monthly)
    rows = []
    for name, several in found.items():
        values = np.stack(several)[:, : whole_years * MONTHS_A_YEAR]
        begun = values.reshape(len(values), whole_years, MONTHS_A_YEAR)[:, :, :A_QUARTER].mean(axis=2)
        expected = begun[:, 1:] @ drawn_back(whole_years - 1)
        described = of_differences(begun[:, 0] - expected)
        rows.append(
            {
                "level": name,
                "warm_up_days": runs.scenario.config.calendar.warm_up,
                "years": whole_years,
                "first_months": begun[:, 0].mean(),
                "expected": expected.mean(),
                "mean": float(described["mean"]),
                "low": float(described["low"]),
                "high": float(described["high"]),
                "replications": int(described["replications"]),
            }
        )
    return pd.DataFrame(rows)


def drawn_back(count: int) -> Floats:
    """Give the weights of values at 1, 2, ... with which a straight line through them is read off at 0."""
    design = np.column_stack([np.ones(count), np.arange(1, count + 1)])
    return np.asarray(np.linalg.pinv(design)[0])


def levels(runs: Runs, r: Replication) -> Iterator[tuple[str, Floats]]:
    """Give the stocks and queues of the whole county by reported month."""
    days = months_of(runs).days
    yield "people_supported", r.supported[..., 0].sum(axis=(1, 2)).astype(np.float64)
    hours = r.stock[:, :, HOME_CARE, :, COUNCIL, 1].sum(axis=(1, 2)) / DAY / days
    yield "home_care_hours_a_week", hours
    yield "beds_in_use", r.beds.sum(axis=(1, 2)) / DAY / days
    ends = np.cumsum(days).astype(int)[:-1]
    ready = r.delayed[:, :, 0].sum(axis=1)
    yield "delayed_beds", np.asarray([part.mean() if len(part) else np.nan for part in np.split(ready, ends)])
    for kind in QUEUES[1:]:
        pools = [k for k, member in enumerate(runs.compiled.pools) if member.kind == kind]
        yield f"waiting_for_{kind}", r.pool_use[:, pools, 1].sum(axis=1) / DAY / days


__all__ = ["target_table", "warm_up_table"]
