"""Find in tables read back what a report would stumble over: texts among numbers and dates, and rows that are gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pandas as pd

Tables = Mapping[str, pd.DataFrame]

NUMBERS_OF_A_RUN = frozenset({
    "replication", "people", "days", "capacity", "in_use", "waiting", "requests", "starts", "wait_days", "overflowed",
    "hours", "pounds", "discharges", "mean", "low", "high", "replications", "p05", "p25", "p50", "p75", "p95",
})  # fmt: skip
DATES = frozenset({"month", "date"})


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


def lost_rows(tables: Tables, written: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name the tables that have not as many rows as were written."""
    for name, table in tables.items():
        if len(table) != written.get(name, 0):
            yield name, f"has {len(table)} rows, but manifest.json says that {written.get(name, 0)} were written"
