"""One table a sheet: differences, places, parts, appraisal, funds, sizes of effects, every number of the baseline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from caresim.reports import findings, words
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import NOTHING, Decision
from caresim.reports.decision.lookup import Lookup
from caresim.reports.decision.tables import BASELINE, EVERYBODY
from caresim.reports.decision.workbook.lines import POUNDS, unique_names
from caresim.reports.sizes import size_and_range
from caresim.reports.workbook.book import Book, Column
from caresim.reports.workbook.held_against import heading
from caresim.reports.workbook.pressure import sheet as pressure_sheet

_ONE, _SHARE, _GENERAL = "#,##0.0", "0.0%", "General"
_MEAN = f"Low and high: {phrases.MEAN}."
_ENDS = ("Mean", "Low", "High")
_WITH_EVIDENCE = ("Chance and evidence 5%", "Chance and evidence 95%")
_ESTIMATE = ["mean", "low", "high", "p05", "p95"]
_ESTIMATE_OF_CLOSING = [f"closing_{name}" for name in _ESTIMATE[1:]]


def data_sheets(book: Book, decision: Decision) -> None:
    """Write a sheet for every table that has rows."""
    _differences(book, decision)
    _appraisal(book, decision)
    _places(book, decision)
    _parts(book, decision)
    pressure_sheet(book, decision.table("pressure"), unique_names(decision))
    _cash(book, decision)
    _funds(book, decision)
    _tornado(book, decision)


def _differences(book: Book, decision: Decision) -> None:
    """Write every measure: the baseline, the difference, both kinds of range."""
    table = decision.table("differences")
    names = unique_names(decision)
    rows = []
    for key, code, unit, area, year, mean, low, high, p05, p95 in table[
        ["scenario", "measure", "unit", "area", "year", "mean", "low", "high", "p05", "p95"]
    ].itertuples(index=False, name=None):
        drawn = decision.drawn(key, code, area, year)
        level = decision.level(BASELINE, code, area, year).mean
        label = words.measure(code, unit).label
        cells = (level, mean, low, high, p05, p95, drawn.p05, drawn.p95)
        rows.append((names.get(key, key), label, area, year, *map(float, cells), unit, code))
    columns = [
        Column("Option"),
        Column("Measure", width=40),
        Column("Area"),
        Column("Year"),
        Column("Baseline", _GENERAL),
    ]
    columns += [Column(name, _GENERAL) for name in ("Difference", "Low", "High", "Chance 5%", "Chance 95%")]
    columns += [Column("Chance and evidence 5%", _GENERAL), Column("Chance and evidence 95%", _GENERAL)]
    columns += [Column("Unit"), Column("Name in tables")]
    note = f"Option less baseline, pair by pair. {_MEAN}"
    book.table("Differences", "Every measure, option less baseline", note, columns, rows)


FLOWS = (
    *("gross_saving", "cashable_saving", "capacity_released", "payments_received", "investment"),
    *("net_saving", "net_cashable_saving"),
)  # other measures are what it all comes to


def _appraisal(book: Book, decision: Decision) -> None:
    table = decision.table("appraisal")
    outcomes = ~table["measure"].isin(FLOWS)
    kept = table["basis"].eq("base_year") & table["corrected"].astype(str).eq("False")
    table = table[(outcomes | kept) & table["partner"].ne(EVERYBODY) & table["mean"].notna() & table["mean"].ne(0)]
    names = unique_names(decision)
    columns = ["scenario", "measure", "unit", "basis", "corrected", "partner", "area", "year"]
    rows = [
        (names.get(key, key), words.capital(words.name(measure)), phrases.partner(partner), area, year,
         words.name(basis), "yes" if str(corrected) == "True" else "no", *map(float, numbers), unit)
        for key, measure, unit, basis, corrected, partner, area, year, *numbers in table[
            [*columns, "mean", "low", "high", "p05", "p95"]
        ].itertuples(index=False, name=None)
    ]  # fmt: skip
    heads = [Column(name) for name in ("Option", "Measure", "Partner", "Area", "Year", "Prices", "Optimism bias")]
    heads += [Column(name, _GENERAL) for name in (*_ENDS, "p05", "p95")] + [Column("Unit")]
    note = f"Flows at base-year prices; above 0 is good for the partner, investment is a cost. {_MEAN}"
    if decision.told_alike:
        note += " Payments of an option with a way of paying are all that it pays, as against the baseline's own way."
    book.table("Appraisal", "Savings, costs and what they come to", note, heads, rows)


def _places(book: Book, decision: Decision) -> None:
    table = decision.table("differences_by_place")
    table = table[table["year"].eq(decision.last_year) & table["mean"].ne(0)]
    names = unique_names(decision)
    rows = [
        (names.get(key, key), place, age, words.capital(words.name(measure)), *map(float, numbers), unit)
        for key, place, age, measure, unit, *numbers in table[
            ["scenario", "place", "age", "measure", "unit", "mean", "low", "high"]
        ].itertuples(index=False, name=None)
    ]
    heads = [Column("Option"), Column("Place"), Column("Age"), Column("What", width=36)]
    heads += [Column(name, _ONE) for name in ("Difference", "Low", "High")] + [Column("Unit")]
    note = f"{decision.last_year}, option less baseline. {_MEAN}"
    book.table("Places", "Who is averted or helped, by place and age", note, heads, rows)


def _parts(book: Book, decision: Decision) -> None:
    table, names = decision.table("bridge"), unique_names(decision)
    rows = [
        (
            names.get(key, key),
            words.capital(part),
            words.measure(code, unit).label,
            area,
            year,
            *map(float, numbers),
            unit,
        )
        for key, part, code, unit, area, year, *numbers in table[
            ["scenario", "part", "measure", "unit", "area", "year", "mean", "low", "high"]
        ].itertuples(index=False, name=None)
        if words.known(float(numbers[0])) and numbers[0] != 0
    ]
    heads = [Column("Option"), Column("Part"), Column("Measure", width=40), Column("Area"), Column("Year")]
    heads += [Column(name, _GENERAL) for name in ("Difference", "Low", "High")] + [Column("Unit")]
    book.table("Parts", "What each part contributes", f"Each part run alone, then all together. {_MEAN}", heads, rows)


def _cash(book: Book, decision: Decision) -> None:
    """Write what each budget line saves and what of it is cash, with both kinds of range."""
    names, by = unique_names(decision), ("scenario", "measure", "partner", "service", "area", "year")
    drawn = Lookup(decision.table("drawn_cash_by_line"), by, _ESTIMATE)
    rows = []
    for *at, mean, low, high in decision.table("cash_by_line")[[*by, "mean", "low", "high"]].itertuples(
        index=False, name=None
    ):
        key, measure, partner, service, area, year = map(str, at)
        wide = drawn.get((key, measure, partner, service, area, year), NOTHING)
        texts = (phrases.partner(partner), words.capital(words.name(service)), words.capital(words.name(measure)))
        rows.append((names.get(key, key), *texts, area, year, mean, low, high, wide.p05, wide.p95))
    heads = [Column(name) for name in ("Option", "Partner", "Budget line", "What", "Area", "Year")]
    heads += [Column(name, POUNDS) for name in (*_ENDS, *_WITH_EVIDENCE)]
    note = f"Above 0 is good for the partner, at base-year prices. {_MEAN}"
    book.table("Cash by line", "What each budget line saves, and what of it is cash", note, heads, rows)


def _funds(book: Book, decision: Decision) -> None:
    table, names = decision.table("fund_balances"), unique_names(decision)
    at = ("scenario", "fund", "year")
    drawn = Lookup(decision.table("drawn_fund_balances"), at, ["closing", *_ESTIMATE_OF_CLOSING])
    flows = ["opening", "replenished", "spent", "received", "recycled", "closing", "closing_low", "closing_high"]
    rows = []
    for key, fund, year, *numbers in table[[*at, *flows]].itertuples(index=False, name=None):
        wide = drawn.get((key, fund, year), NOTHING)
        rows.append((names.get(key, key), phrases.partner(fund), year, *map(float, numbers), wide.p05, wide.p95))
    heads = [Column("Option"), Column("Fund"), Column("Year")]
    heads += [Column(heading(flow), POUNDS) for flow in flows] + [Column(name, POUNDS) for name in _WITH_EVIDENCE]
    note = f"In the cash of the day, means. {_MEAN} Chance and evidence: of the balance at the end of the year."
    book.table("Funds", "Balance of each fund", note, heads, rows)


def _tornado(book: Book, decision: Decision) -> None:
    table, names = decision.table("tornado"), unique_names(decision)
    columns = ["scenario", "assumption", "how", "value", "low_value", "high_value", "unit", "quantity"]
    rows = [
        (names.get(key, key), text, size_and_range(how, value, low, high, unit), float(value), float(low), float(high),
         unit, words.name(quantity), float(a), float(b), grade, source)
        for key, text, how, value, low, high, unit, quantity, a, b, grade, source in table[
            [*columns, "at_low", "at_high", "grade", "source"]
        ].itertuples(index=False, name=None)
    ]  # fmt: skip
    heads = [Column("Option"), Column("Assumption", width=90), Column("Size and range", width=44)]
    heads += [Column("Value", _GENERAL), Column("Low value", _GENERAL)]
    heads += [Column("High value", _GENERAL), Column("Unit"), Column("Quantity"), Column("At low", POUNDS)]
    heads += [Column("At high", POUNDS), Column("Evidence grade"), Column("Source", width=60)]
    book.table("Sensitivity", "What the answer depends on", "One assumption at a time.", heads, rows)


def assumptions(book: Book, decision: Decision) -> None:
    """Write sizes of effects, costs, and every number of the baseline, with source and grade."""
    names = unique_names(decision)
    rows = [
        (names[option.key], size.change, size.acts_on, size.in_words, size.kind, size.value, size.low, size.high,
         findings.grade({"grade": size.grade}), size.source, size.on)
        for option in decision.options
        for size in option.sizes
    ]  # fmt: skip
    heads = [
        Column("Option"),
        Column("Change"),
        Column("What it acts on", width=80),
        Column("Size and range", width=44),
    ]
    heads += [Column("How"), Column("Value", _GENERAL), Column("Low", _GENERAL), Column("High", _GENERAL)]
    heads += [Column("Evidence grade"), Column("Source", width=80), Column("Path in the config", width=44)]
    book.table(
        "Effects", "What the options are assumed to do", "times: multiplied by; plus: added; reach: share.", heads, rows
    )
    numbers = [_number(row) for row in decision.rows(BASELINE)]
    heads = [
        Column("What it is", width=70),
        Column("Value", _GENERAL),
        Column("Unit", width=28),
        Column("Evidence grade", width=32),
    ]
    heads += [Column("Low", _GENERAL), Column("High", _GENERAL), Column("Source", width=80), Column("Set in", width=44)]
    heads += [Column("Path in the config", width=58)]
    note = "Grades: " + "; ".join(f"{letter} {meaning}" for letter, meaning in findings.GRADES.items()) + "."
    book.table("Assumptions", "Every number of the baseline", note, heads, numbers)


def _number(row: Mapping[str, Any]) -> tuple[object, ...]:
    """Lay out a number in force; numbers stay numbers, all else is text."""
    value, place = row.get("value"), f"{row.get('file') or ''}:{row['line']}" if row.get("line") else row.get("file")
    shown = value if isinstance(value, int | float) else findings.plain(value)
    ends = (row.get("low"), row.get("high"))
    path = str(row.get("path"))
    return (words.in_words(path), shown, row.get("unit"), findings.grade(row), *ends, findings.source(row), place, path)
