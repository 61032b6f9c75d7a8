"""Find in tables read back what a report would stumble over: texts among numbers and dates, and rows that are gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

Tables = Mapping[str, pd.DataFrame]

NUMBERS_OF_A_RUN = frozenset({
    "replication", "people", "days", "capacity", "in_use", "waiting", "requests", "starts", "wait_days", "overflowed",
    "hours", "pounds", "discharges", "mean", "low", "high", "replications", "p05", "p25", "p50", "p75", "p95",
})  # fmt: skip
DATES = frozenset({"month", "date"})
ALWAYS_WITH_ROWS = ("summary", "pools", "daily")  # of a run
SHOWN_BY: dict[str, tuple[str, ...]] = {
    "flow": ("admissions", "hospital_referrals", "reablement_starts", "deaths"),
    "waits": ("delayed_days",),
    "stays": ("bed_days",),
    "stock": ("people_supported",),
    "money": ("council_gross_cost", "nhs_cost"),
    "chains": ("hospital_driven_cost",),
    "readings": ("hospital_driven_cost",),
    "reviews": ("reviews_done",),
    "dtoc": ("dtoc_days",),
}
"""Measures of the summary that are above 0 only where a table has rows."""


def wrong_values(tables: Tables, numbers: Collection[str], dates: Collection[str] = DATES) -> Iterator[tuple[str, str]]:
    """Name the tables with a text where a number or a date belongs, with column and row."""
    for name, table in tables.items():
        for column in table:
            if column in numbers and not pd.api.types.is_numeric_dtype(table[column].dtype):
                yield from first_wrong(name, table[column], "number")
            elif column in dates and not pd.api.types.is_datetime64_any_dtype(table[column].dtype):
                yield from first_wrong(name, table[column], "date")


def first_wrong(name: str, column: pd.Series, kind: str) -> Iterator[tuple[str, str]]:
    """Say which value of a column is the first that is not of a kind; a column with no values may be of any."""
    given = column[column.notna()].astype(object)
    if given.empty:
        return
    read = pd.to_numeric(given, errors="coerce") if kind == "number" else pd.to_datetime(given, errors="coerce")
    wrong = given[read.isna()]
    at = (wrong if len(wrong) else given).index[0]
    text = str(given.loc[at])[:40]
    row = list(column.index).index(at) + 1
    yield name, f"column {column.name} must hold a {kind} in every row, got {text!r} in row {row}"


def emptied_of_a_run(tables: Tables) -> Iterator[tuple[str, str]]:
    """Name the tables of a run without the rows that they always have, or that its summary counts."""
    for name in ALWAYS_WITH_ROWS:
        if name in tables and tables[name].empty:
            yield name, "has lost its rows"
    summary = tables.get("summary")
    if summary is None or not {"measure", "mean"} <= set(summary) or not pd.api.types.is_numeric_dtype(summary["mean"]):
        return
    above_zero = set(summary.loc[summary["mean"] > 0, "measure"])
    for name, measures in SHOWN_BY.items():
        shown = [measure for measure in measures if measure in above_zero]
        if shown and name in tables and tables[name].empty:
            yield name, f"has lost its rows: the summary counts {shown[0]}"


def emptied_of_a_comparison(tables: Tables) -> Iterator[tuple[str, str]]:
    """Name the tables of a comparison without rows: such a table is not written in the first place."""
    for name, table in tables.items():
        if table.empty:
            yield name, "has lost its rows"
