"""The sheet of what a pressure is made of."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from caresim.reports import ranges, words
from caresim.reports.pressure import COST, PARTS
from caresim.reports.workbook.book import Book, Column

_POUNDS = '"£"#,##0'


def sheet(book: Book, table: pd.DataFrame, who: dict[str, str] | None = None) -> None:
    """Write all of it as a sheet; `who` names the scenarios of a comparison."""
    rows = [
        (*whose(r, who), r["area"], r["year"], PARTS.get(str(r["part"]), str(r["part"])),
         *(float(r[number]) for number in ("mean", "low", "high")))
        for r in table.to_dict("records")
    ]  # fmt: skip
    heads = [Column("Area"), Column("Year"), Column("What of the difference", width=40)]
    heads = heads if who is None else [Column("Option"), *heads]
    heads += [Column(name, _POUNDS) for name in ("Difference", "Low", "High")]
    against = "each whole year less the year before" if who is None else "option less baseline"
    note = f"{words.capital(COST)}; {against}. The parts add up. Low, high: {ranges.MEAN}."
    book.table("Pressure", "Demand, length of stay, delay, intensity, price", note, heads, rows)


def whose(row: Mapping[Hashable, Any], who: dict[str, str] | None) -> tuple[str, ...]:
    """Name the scenario of a row, where there are several."""
    return () if who is None else (who.get(str(row["scenario"]), str(row["scenario"])),)
