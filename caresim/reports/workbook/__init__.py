"""The workbook: a cover, one table a sheet, and a money sheet that calculates."""

from __future__ import annotations

from pathlib import Path

from caresim.reports.chart import Chart, Missing
from caresim.reports.facts import Run
from caresim.reports.sources import Numbers
from caresim.reports.workbook.book import Book
from caresim.reports.workbook.cover import contents, cover
from caresim.reports.workbook.held_against import targets, warm_up
from caresim.reports.workbook.money import money
from caresim.reports.workbook.pressure import sheet as pressure_sheet
from caresim.reports.workbook.sheets import assumptions, data_sheets, summary
from caresim.reports.workbook.sources import sources


def write(path: Path, run: Run, charts: list[Chart | Missing], numbers: Numbers | None = None) -> None:
    """Write the workbook of a single run; sheets without data are left out. `numbers` are those that the page cites."""
    with Book(path, run, numbers) as book:
        cover(book, run, charts)
        index = book.reserve("Contents")
        summary(book, run)
        money(book, run)
        data_sheets(book, run)
        pressure_sheet(book, run.table("pressure"))
        targets(book, run)
        warm_up(book, run)
        assumptions(book, run)
        sources(book)
        contents(book, index)
