"""Sheets of what a baseline is held against: figures, and whether it had settled."""

from __future__ import annotations

from caresim.reports import ranges, words
from caresim.reports.possible import CUT
from caresim.reports.shared_facts import Facts
from caresim.reports.workbook.book import Book, Column

_GENERAL = "General"
_FIGURES = ("figure", "figure_low", "figure_high", "within", "mean", "low", "high", "residual")
_LEVELS = ("first_months", "expected", "mean", "low", "high")


def targets(book: Book, facts: Facts) -> None:
    """Write what the scenario was fitted to and is held against, if anything is known."""
    rows = [
        (words.measure(str(r["measure"])).label, r["year"], str(r["role"]).replace("_", " "),
         *(float(r[name]) for name in _FIGURES), r["unit"], r["met"], r["grade"], r["source"], r["note"])
        for r in facts.table("targets").to_dict("records")
    ]  # fmt: skip
    heads = [Column("Measure", width=40), Column("Year"), Column("Role")]
    heads += [Column(heading(name), _GENERAL) for name in _FIGURES] + [Column("Unit"), Column("Met")]
    heads += [Column("Evidence grade"), Column("Source", width=60), Column("Note", width=40)]
    meant = "Fitted: parameters were tuned to it, so agreement is no evidence. Held out: none was."
    note = f"{meant} Low, high: {ranges.MEAN}. {CUT}"
    book.table("Targets", "What the baseline was fitted to and is held against", note, heads, rows)


def warm_up(book: Book, facts: Facts) -> None:
    """Write whether its levels had settled when reporting began, if that can be facts."""
    rows = [
        (words.capital(words.name(str(r["level"]))), float(r["warm_up_days"]), *(float(r[n]) for n in _LEVELS))
        for r in facts.table("warm_up").to_dict("records")
    ]
    heads = [Column("Level", width=40), Column("Warm-up days", _GENERAL)]
    heads += [Column(name, _GENERAL) for name in ("First three months", "Expected", "Difference", "Low", "High")]
    note = f"Expected: a straight line through the same months of later years, drawn back. Low, high: {ranges.MEAN}."
    book.table("Settled", "Whether the baseline had settled when reporting began", note, heads, rows)


def heading(name: str) -> str:
    """Write the name of a column as a heading."""
    return words.capital(name.replace("_", " ").replace("difference mean", "difference"))
