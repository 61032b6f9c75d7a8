"""Sheets of what a simulation is held against: budgets and agreements, targets, and whether it had settled."""

from __future__ import annotations

from caresim.reports import words
from caresim.reports.decision import said
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.tables import BASELINE
from caresim.reports.decision.workbook.lines import POUNDS, unique_names
from caresim.reports.workbook.book import Book, Column

_GENERAL, _SHARE = "General", "0.0%"
_AMOUNTS = (
    *("mean", "low", "high", "p05", "p20", "p80", "p95", "difference_mean", "difference_p05", "difference_p95"),
    *("budget", "overspent"),
)
_GIVEN = ("budget_grade", "budget_source", "overspent_grade", "overspent_source", "share_grade", "share_source", "note")
_FIGURES = ("figure", "figure_low", "figure_high", "within", "mean", "low", "high", "residual")
_LEVELS = ("first_months", "expected", "mean", "low", "high")


def held_against(book: Book, decision: Decision) -> None:
    """Write a sheet for each of the three that has rows."""
    _budgets(book, decision)
    _targets(book, decision)
    _warm_up(book, decision)


def _budgets(book: Book, decision: Decision) -> None:
    names = {BASELINE: "Baseline", **unique_names(decision)}
    texts = ("line", "agreement", "partners", "services", "area", "year")
    rows = [
        (
            names.get(str(r["scenario"]), str(r["scenario"])),
            *(r[name] for name in texts),
            *(float(r[name]) for name in ("share", *_AMOUNTS)),
            *(r[name] for name in _GIVEN),
        )
        for r in decision.table("budgets").to_dict("records")
    ]
    heads = [Column("Scenario"), Column("Line", width=40), *(Column(name) for name in ("Agreement", "Partners"))]
    heads += [Column("Services", width=40), Column("Area"), Column("Year"), Column("Share charged", _SHARE)]
    heads += [Column(_heading(name), POUNDS) for name in _AMOUNTS] + [Column(_heading(name)) for name in _GIVEN]
    note = (
        "Simulated spend in the cash of the year. A budget or overspend that is empty is not known. Difference p05, "
        "p95: nine in ten of the draws of the evidence lie between them."
    )
    book.table("Budgets", "Spend beside budgets and agreements", note, heads, rows)


def _targets(book: Book, decision: Decision) -> None:
    rows = [
        (words.measure(str(r["measure"])).label, r["year"], str(r["role"]).replace("_", " "),
         *(float(r[name]) for name in _FIGURES), r["unit"], r["met"], r["grade"], r["source"], r["note"])
        for r in decision.table("targets").to_dict("records")
    ]  # fmt: skip
    heads = [Column("Measure", width=40), Column("Year"), Column("Role")]
    heads += [Column(_heading(name), _GENERAL) for name in _FIGURES] + [Column("Unit"), Column("Met")]
    heads += [Column("Evidence grade"), Column("Source", width=60), Column("Note", width=40)]
    note = (
        f"Fitted: parameters were tuned to it, so agreement is no evidence. Held out: none was. Low, high: {said.MEAN}."
    )
    book.table("Targets", "What the baseline was fitted to and is held against", note, heads, rows)


def _warm_up(book: Book, decision: Decision) -> None:
    rows = [
        (words.capital(words.name(str(r["level"]))), float(r["warm_up_days"]), *(float(r[n]) for n in _LEVELS))
        for r in decision.table("warm_up").to_dict("records")
    ]
    heads = [Column("Level", width=40), Column("Warm-up days", _GENERAL)]
    heads += [Column(name, _GENERAL) for name in ("First three months", "Expected", "Difference", "Low", "High")]
    note = f"Expected: a straight line through the same months of later years, drawn back. Low, high: {said.MEAN}."
    book.table("Settled", "Whether the baseline had settled when reporting began", note, heads, rows)


def _heading(name: str) -> str:
    return words.capital(name.replace("_", " ").replace("difference mean", "difference"))
