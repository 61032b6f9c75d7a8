"""Sheets of what a comparison is held against: budgets and agreements, targets, and whether it had settled."""

from __future__ import annotations

from caresim.reports.decision.facts import Decision
from caresim.reports.decision.tables import BASELINE
from caresim.reports.decision.workbook.lines import POUNDS, unique_names
from caresim.reports.workbook.book import Book, Column
from caresim.reports.workbook.held_against import heading, targets, warm_up

_SHARE = "0.0%"
_AMOUNTS = (
    *("mean", "low", "high", "p05", "p20", "p80", "p95", "difference_mean", "difference_p05", "difference_p95"),
    *("budget", "overspent"),
)
_GIVEN = ("budget_grade", "budget_source", "overspent_grade", "overspent_source", "share_grade", "share_source", "note")


def held_against(book: Book, decision: Decision) -> None:
    """Write a sheet for each of the three that has rows."""
    _budgets(book, decision)
    targets(book, decision)
    warm_up(book, decision)


def _budgets(book: Book, decision: Decision) -> None:
    names = {BASELINE: "Baseline", **unique_names(decision)}
    texts = ("line", "agreement", "partners", "services", "area", "year")
    rows = [
        (
            names.get(str(r["scenario"]), str(r["scenario"])),
            *(r[name] for name in texts),
            *(float(r[name]) for name in ("days", "days_of_year", "share", *_AMOUNTS)),
            *(r[name] for name in _GIVEN),
        )
        for r in decision.table("budgets").to_dict("records")
    ]
    heads = [Column("Scenario"), Column("Line", width=40), *(Column(name) for name in ("Agreement", "Partners"))]
    heads += [Column("Services", width=40), Column("Area"), Column("Year")]
    heads += [Column(heading(name), "0") for name in ("days", "days_of_year")] + [Column("Share charged", _SHARE)]
    heads += [Column(heading(name), POUNDS) for name in _AMOUNTS] + [Column(heading(name)) for name in _GIVEN]
    note = (
        "Simulated spend of the days reported, in the cash of the year; a budget or overspend is that of the whole "
        "year, and not known where it is empty. Difference p05, p95: nine in ten of the draws of the evidence lie "
        "between them."
    )
    book.table("Budgets", "Spend beside budgets and agreements", note, heads, rows)
