"""The bridge of a pressure in words: what of a difference in cost is demand, stay, delay, intensity and price."""

from __future__ import annotations

import pandas as pd

from caresim.reports import ranges, words
from caresim.reports.chart import DataTable
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


def from_year_to_year(run: Run) -> DataTable | None:
    """Lay out what each whole year costs more than the year before."""
    table = run.table("pressure")
    table = table[table["area"].eq(run.county)]
    years = list(dict.fromkeys(table["year"]))
    if not years:
        return None
    found = cells(table, "year")
    caption = f"{words.capital(COST)}, {run.county}: each year's difference to the year before; {run.under_it}"
    rows = tuple((label, *(found[part, year] for year in years)) for part, label in PARTS.items())
    return DataTable(caption, ("What of the difference", *years), rows)


def cells(table: pd.DataFrame, by: str) -> dict[tuple[str, str], str]:
    """Write differences with their intervals, by part and a column."""
    columns = ["part", by, "mean", "low", "high"]
    return {
        (str(part), str(key)): ranges.with_ends(float(mean), float(low), float(high), written)
        for part, key, mean, low, high in table[columns].itertuples(index=False, name=None)
    }


def written(value: float) -> str:
    """Write pounds with their sign."""
    return ranges.signed(value, words.pounds)
