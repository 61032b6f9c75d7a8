"""The headline measures of a run as a table for the terminal."""

from __future__ import annotations

from math import isnan, nan
from typing import TYPE_CHECKING, Any

from caresim.cli.screen import answer, answer_table
from caresim.reports.ranges import between

if TYPE_CHECKING:
    from pandas import DataFrame

FIRST = (
    "hospital_driven_cost",
    "hospital_driven_cost_in_year",
    "new_demand_cost_in_year",
    "council_gross_cost",
    "delayed_beds",
    "emergency_admissions_65_plus",
    "stays_over_7_days_share",
    "hospital_share_of_new_demand",
    "people_supported",
    "people_supported_in_year",
)
"""Measures that open the table, in this order; all others follow as they come."""

HEADINGS = ("measure", "unit", "year", "mean", "95 % interval", "5 to 95 % of runs")
NUMBERS = HEADINGS[3:]


def print_summary(summary: DataFrame) -> None:
    """Print the whole area's measures in the first reported year, headline first."""
    if summary.empty:
        answer("No measure has a value: the run is shorter than any reported period.")
        return
    area, year = summary["area"].iloc[0], summary["year"].min()
    rows = summary[(summary["area"] == area) & (summary["year"] == year)].to_dict(orient="records")
    order = {measure: place for place, measure in enumerate(FIRST)}
    rows.sort(key=lambda row: order.get(row["measure"], len(order)))
    answer_table(HEADINGS, [cells(row) for row in rows], numbers=NUMBERS)
    runs = int(rows[0]["replications"])
    answer(f"\n{area}, {year}, {runs} replication{'' if runs == 1 else 's'}. The interval is of the mean and holds")
    answer("simulation error only: what is not known about the parameters is not in it.")


def cells(row: dict[Any, Any]) -> tuple[str, ...]:
    """Put one measure into words."""
    unit = str(row["unit"])
    return (
        str(row["measure"]).replace("_", " "),
        unit,
        str(row["year"]),
        number(row["mean"], unit),
        span(row["low"], row["high"], unit, row["mean"]),
        span(row["p05"], row["p95"], unit, row["mean"]),
    )


def span(low: float, high: float, unit: str, mean: float = nan) -> str:
    """Say from where to where, or that there is nothing to say it from."""
    if isnan(low) or isnan(high):  # not a number: one replication has no interval
        return "none"
    return between(low, high, lambda value: number(value, unit), mean)


def number(value: float, unit: str) -> str:
    """Write a number as a reader of its unit expects it: millions of pounds, whole people, three figures of a share."""
    if isnan(value):
        return "none"
    if abs(value) >= 1e6 and unit.startswith("pounds"):
        return f"{value / 1e6:,.2f}m"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.3g}"
