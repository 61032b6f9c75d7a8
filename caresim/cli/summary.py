"""The dozen measures of a run that matter first, for the terminal; all of them are in the report and the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isnan
from typing import TYPE_CHECKING, Any

from caresim.cli.screen import answer, answer_table
from caresim.reports import words
from caresim.reports.possible import possible
from caresim.reports.ranges import between

if TYPE_CHECKING:
    from pathlib import Path

    from pandas import DataFrame

GROUPS = {
    "What it costs": (
        "hospital_driven_cost",
        "hospital_driven_cost_in_year",
        "new_demand_cost_in_year",
        "council_net_cost",
        "nhs_cost",
    ),
    "In hospital": ("emergency_admissions_65_plus", "stays_over_7_days_share", "delayed_beds"),
    "Support": (
        "hospital_share_of_new_demand",
        "people_supported",
        "reablement_independent_share",
        "new_residential_and_nursing_65_plus",
    ),
}
"""What a commissioner asks for first, in this order."""

NUMBERS = ("mean", "95 % interval", "5 to 95 % of runs")
Row = Mapping[str, Any]


def print_summary(summary: DataFrame, folder: Path | None) -> None:
    """Print the whole area's measures that matter first in the first reported year, and say where the rest is.

    `folder` is where the report is, if there is one.
    """
    if summary.empty:
        answer("No measure has a value: the run is shorter than any reported period.")
        return
    area, year = summary["area"].iloc[0], summary["year"].min()
    here = possible(summary[(summary["area"] == area) & (summary["year"] == year)]).to_dict(orient="records")
    rows: dict[str, Row] = {str(row["measure"]): {str(key): value for key, value in row.items()} for row in here}
    shown = list(lines(rows))
    answer_table((f"{area}, {year}", *NUMBERS), shown, numbers=NUMBERS, spared=1)
    runs = int(here[0]["replications"])
    answer(f"\n{area}, {year}, {words.count(runs, 'replication')}. The interval is for the mean and covers")
    answer("simulation error only: what is not known about the parameters is not in it.")
    left = len(rows) - sum(1 for line in shown if line[1])
    where = "with --out DIR or --json" if folder is None else f"report.xlsx and tables/ in {folder}"
    answer(f"{left} more measures, the other years and areas: {where}.")


def lines(rows: Mapping[str, Row]) -> Iterator[tuple[str, ...]]:
    """Give a line a group and a line a measure; what did not happen is left out."""
    for group, measures in GROUPS.items():
        there = [rows[measure] for measure in measures if measure in rows and happened(rows[measure])]
        if there:
            yield (group, "", "", "")
            yield from (cells(row) for row in there)


def happened(row: Row) -> bool:
    """Tell whether a measure is known and anything else than nothing in some replication."""
    return not isnan(row["mean"]) and any(row[end] != 0 for end in ("mean", "p05", "p95"))


def cells(row: Row) -> tuple[str, ...]:
    """Put one measure into words."""
    found = words.measure(str(row["measure"]), str(row["unit"]))

    def span(low: float, high: float) -> str:
        return "none" if isnan(low) or isnan(high) else between(low, high, found.exactly, row["mean"])

    ends = span(row["low"], row["high"]), span(row["p05"], row["p95"])
    return (f"  {found.label}", found.exactly(row["mean"]), *ends)
