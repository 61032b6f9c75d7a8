"""The bridge of a pressure in words: what of a difference in cost is demand, stay, delay, intensity and price."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from caresim.reports import ranges, words
from caresim.reports.chart import DataTable
from caresim.reports.estimate import Estimate
from caresim.reports.facts import Run

PARTS = {
    "demand": "Demand: how many are admitted",
    "length_of_stay": "Length of stay: days until ready",
    "delay": "Delay: days waiting to leave",
    "intensity": "Intensity: care begun for each admission",
    "price": "Price of beds and care",
    "total": "All together",
}
COST = (
    "cost of acute beds and of the council's care that begins at a discharge (first 52 weeks), at prices of the base "
    "year"
)
REASONS = {
    "demand": ("more people admitted", "fewer people admitted"),
    "length_of_stay": ("longer stays", "shorter stays"),
    "delay": ("longer waits to leave", "shorter waits to leave"),
    "intensity": ("more care begun for each admission", "less care begun for each admission"),
    "price": ("dearer beds and care", "cheaper beds and care"),
}
"""Why the cost is higher, and why it is lower."""
TOTAL = "total"
_WORTH_SAYING = 0.25  # of the first reason


def written(value: float) -> str:
    """Write pounds with their sign."""
    return ranges.signed(value, words.pounds_rounded)


def from_year_to_year(run: Run) -> DataTable | None:
    """Lay out what each whole year costs more than the year before."""
    table = run.table("pressure")
    table = table[table["area"].eq(run.county)]
    years = list(dict.fromkeys(table["year"]))
    if not years:
        return None
    found = cells(table, "year")
    line = f"under it the {ranges.MEAN}" if run.replications > 1 else run.interval
    against = "each year's difference to the year before" + (
        "; last, of the last year to the first" * (" to " in years[-1])
    )
    caption = f"{words.capital(COST)}, {run.county}: {against}; {line}"
    rows = tuple((label, *(found[part, year] for year in years)) for part, label in PARTS.items())
    return DataTable(caption, ("What of the difference", *years), rows)


def cells(table: pd.DataFrame, by: str, write: ranges.Write = written) -> dict[tuple[str, str], str]:
    """Write differences with their intervals, by part and a column."""
    columns = ["part", by, "mean", "low", "high"]
    return {
        (str(part), str(key)): ranges.with_ends(float(mean), float(low), float(high), write)
        for part, key, mean, low, high in table[columns].itertuples(index=False, name=None)
    }


def why(parts: Mapping[str, Estimate], write: ranges.Write) -> str:
    """Name the one or two parts that most of the total comes from, each with its amount."""
    up = parts[TOTAL].mean > 0
    mine = {part: parts[part].mean for part in REASONS if (parts[part].mean > 0) == up and parts[part].mean}
    first = sorted(mine, key=lambda part: -abs(mine[part]))[:2]
    kept = [part for part in first if abs(mine[part]) >= _WORTH_SAYING * abs(mine[first[0]])]
    return words.listed([f"{REASONS[part][0 if up else 1]} ({write(mine[part])})" for part in kept])


def by_chance(total: Estimate) -> str:
    """Say so where chance may be all of it."""
    return "; chance may be all of it" if total.has_interval and total.low <= 0 <= total.high else ""
