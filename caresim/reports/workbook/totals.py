"""Sheets of totals: a table of the run summed by year and some of its columns, with mean and interval."""

from __future__ import annotations

from dataclasses import dataclass

from caresim.reports import ranges, words
from caresim.reports.facts import Run
from caresim.reports.possible import CUT
from caresim.reports.workbook.book import Book, Column

PEOPLE, ONE, POUNDS = "#,##0", "#,##0.0", '"£"#,##0'
INTERVAL = f"Means over replications; low and high are the {ranges.MEAN}. {CUT}"


@dataclass(frozen=True)
class Totals:
    """A sheet of totals: its name and title, the table, by which columns it sums which value, and how that is shown."""

    sheet: str
    table: str
    title: str
    by: tuple[str, ...]
    value: str
    number: str = PEOPLE


READINGS = Totals(
    "Readings", "readings", "Three readings of the cost pressure", ("reading", "unitary"), "pounds", POUNDS
)
CHAINS = Totals(
    "Chains", "chains", "What the hospital-driven cost is made of", ("window", "service", "unitary"), "pounds", POUNDS
)
FLOW = Totals("Flow", "flow", "What happened to people, by year", ("event", "unitary", "age", "origin"), "people")
WAITS = Totals(
    "Waits", "waits", "Days waited in a hospital bed, by way out and reason", ("pathway", "reason", "unitary"), "days"
)
BODIES = Totals(
    "Delays by body",
    "dtoc",
    "Delayed transfers of care: days by the body responsible (pre-2020 count)",
    ("body", "reason", "pathway", "unitary"),
    "days",
)
STAYS = Totals("Stays", "stays", "Emergency stays by whole days in hospital", ("days", "age", "unitary"), "people")
LEDGER = Totals(
    "Ledger",
    "money",
    "Pounds by who pays, service and origin",
    ("partner", "service", "origin", "line", "unitary"),
    "pounds",
    POUNDS,
)


def totals(book: Book, run: Run, of: Totals) -> None:
    """Write a sheet of totals, if its table has rows."""
    if run.table(of.table).empty or not run.years:
        return
    rows = [
        (year, *(_cell(column, code) for column, code in zip(of.by, key, strict=True)), *total.mean_low_high)
        for year, found in run.totals_by_year(of.table, of.by, of.value).items()
        for key, total in found.items()
        if total.mean != 0
    ]
    columns = [Column("Year"), *(Column(words.capital(name), "0" if name == "days" else None) for name in of.by)]
    heading = words.capital(of.value) + (" in the year" if of.value != "pounds" else "")
    columns += [Column(heading, of.number), Column("Low", of.number), Column("High", of.number)]
    book.table(of.sheet, of.title, INTERVAL, columns, rows)


def _cell(column: str, code: str) -> int | str:
    if column == "days":
        return int(float(code))
    return code if column in {"age", "unitary"} else words.capital(words.name(code))
