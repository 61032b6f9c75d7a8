"""A number of a run: what it is on average, its interval, its range."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caresim.measures.statistics import mean_interval

COLUMNS = ("name", "unit", "mean", "low", "high", "p05", "p95", "replications")
STATISTICS = ("mean", "low", "high", "p05", "p95")


@dataclass(frozen=True)
class Samples:
    """One value a replication, and its unit."""

    unit: str
    values: NDArray[np.float64]


@dataclass(frozen=True)
class Number:
    """A mean over replications, its 95 % interval, and the range in which nine replications in ten lie."""

    unit: str
    mean: float
    low: float = math.nan
    high: float = math.nan
    p05: float = math.nan
    p95: float = math.nan
    replications: int = 0


def number_of(samples: Samples) -> Number:
    """Describe samples; values that are nan are left out."""
    known = samples.values[~np.isnan(samples.values)]
    n = len(known)
    if n == 0:
        return Number(samples.unit, math.nan, replications=0)
    found = (*mean_interval(known).values(), *np.percentile(known, [5, 95]))
    return Number(samples.unit, *(float(value) for value in found), replications=n)


def write_numbers(path: Path, numbers: Mapping[str, Number]) -> None:
    """Write numbers by their names, in order, so that a change shows as a changed line."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(COLUMNS)
        for name in sorted(numbers):
            x = numbers[name]
            values = [rounded(value) for value in (x.mean, x.low, x.high, x.p05, x.p95)]
            out.writerow([name, x.unit, *values, x.replications])


def read_numbers(path: Path) -> dict[str, Number]:
    """Read what `write_numbers` wrote; nothing where there is no file."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["name"]: read_row(row) for row in csv.DictReader(stream)}


def read_row(row: Mapping[str, Any]) -> Number:
    """Read one number."""
    values = [math.nan if row[name] == "" else float(row[name]) for name in STATISTICS]
    return Number(row["unit"], *values, replications=int(row["replications"]))


def rounded(value: float) -> str:
    """Write seven figures, more than anything is known to; nothing for nan."""
    return "" if math.isnan(value) else f"{value:.7g}"
