"""The sheets with the run's tables in their order: the summary, activity and cost, and every number that went in."""

from __future__ import annotations

import pandas as pd

from caresim.reports import findings, words
from caresim.reports.facts import Run
from caresim.reports.workbook.book import Book, Column
from caresim.reports.workbook.levels import assessments, daily, pathway_costs, pools, reviews, stock
from caresim.reports.workbook.totals import BODIES, CHAINS, FLOW, INTERVAL, LEDGER, READINGS, STAYS, WAITS, totals


def summary(book: Book, run: Run) -> None:
    """Write every measure by year and area, shares as per cent and pounds as pounds."""
    table = run.table("summary")
    if table.empty:
        return
    sheet = book.sheet("Summary", "Every measure by year and area", f"{INTERVAL} p05 and p95: {words.SPREAD_NAME}.")
    headings = (
        "Measure",
        "Area",
        "Year",
        "Mean",
        "Low",
        "High",
        "p05",
        "p95",
        "Replications",
        "What it counts",
        "Name in tables",
    )
    rows = list(_summary_rows(run, table))
    columns = [{"header": heading} for heading in headings]
    sheet.add_table(
        3, 0, 3 + len(rows), len(headings) - 1,
        {"name": "table_summary", "style": "Table Style Light 1", "columns": columns},
    )  # fmt: skip
    for line, (number, row) in enumerate(rows, start=4):
        for place, value in enumerate(row):
            book.put(sheet, line, place, value, number if 3 <= place <= 7 else None)
    for place, width in enumerate((38, 24, 10, 15, 15, 15, 15, 15, 12, 80, 34)):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(4, 1)


def _summary_rows(run: Run, table: pd.DataFrame) -> list[tuple[str, tuple[object, ...]]]:
    columns = ["measure", "unit", "area", "year", "mean", "low", "high", "p05", "p95", "replications"]
    rows = []
    for code, unit, area, year, *numbers in table[columns].itertuples(index=False, name=None):
        look = words.measure(str(code), str(unit))
        cells = (look.label, str(area), str(year), *(float(value) for value in numbers), look.meaning, str(code))
        rows.append((look.excel, cells))
    return rows


def data_sheets(book: Book, run: Run) -> None:
    """Write a sheet for every table that has rows."""
    for of in (READINGS, CHAINS, FLOW, WAITS, BODIES):
        totals(book, run, of)
    for write in (pools, assessments, reviews, pathway_costs, stock):
        write(book, run)
    for of in (STAYS, LEDGER):
        totals(book, run, of)
    daily(book, run)


def assumptions(book: Book, run: Run) -> None:
    """Write every number in force with source and grade."""
    if not run.assumptions:
        return
    rows = []
    for row in run.assumptions:
        place = f"{row.get('file') or ''}:{row['line']}" if row.get("line") else row.get("file")
        value = row.get("value")
        shown = value if isinstance(value, int | float) else findings.plain(value)
        cells = (row.get("unit"), findings.grade(row), row.get("low"), row.get("high"), findings.source(row), place)
        rows.append((words.in_words(str(row.get("path"))), shown, *cells, str(row.get("path"))))
    columns = [Column("What it is", width=70), Column("Value", "General"), Column("Unit", width=28)]
    columns += [Column("Evidence grade", width=32), Column("Low", "General"), Column("High", "General")]
    columns += [Column("Source", width=80), Column("Set in", width=44), Column("Path in the config", width=58)]
    note = "Grades: " + "; ".join(f"{letter} {meaning}" for letter, meaning in findings.GRADES.items()) + "."
    book.table("Assumptions", "Every number that went in", note, columns, rows)
