"""The workbook of a comparison: a cover, a budget book that calculates, and every table behind the figures."""

from __future__ import annotations

from pathlib import Path

from caresim.reports.chart import Chart, Missing
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.workbook.budget import budget_book
from caresim.reports.decision.workbook.cover import cover, options
from caresim.reports.decision.workbook.held_against import held_against
from caresim.reports.decision.workbook.inputs import inputs
from caresim.reports.decision.workbook.lines import lines, write_lines
from caresim.reports.decision.workbook.sheets import assumptions, data_sheets
from caresim.reports.sources import Numbers
from caresim.reports.workbook.book import Book
from caresim.reports.workbook.cover import contents
from caresim.reports.workbook.sources import sources


def write(path: Path, decision: Decision, charts: list[Chart | Missing], numbers: Numbers | None = None) -> None:
    """Write the workbook of a comparison; sheets without data are left out. `numbers` are those that the page cites."""
    with Book(path, decision, numbers) as book:
        found = lines(decision)
        cover(book, decision, charts)
        index = book.reserve("Contents")
        options(book, decision, found)
        if found:
            budget_book(book, decision, found)
            write_lines(book, decision, found, inputs(book, decision, found))
        data_sheets(book, decision)
        held_against(book, decision)
        assumptions(book, decision)
        sources(book)
        contents(book, index)
