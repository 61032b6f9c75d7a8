"""Tables of what a baseline is held against: what it was fitted to, what was held out, and whether it had settled."""

from __future__ import annotations

from typing import Any

from caresim.reports import ranges, words
from caresim.reports.chart import DataTable
from caresim.reports.findings import grade, source
from caresim.reports.shared_facts import Facts

_MET = {"yes": "met", "no": "missed", "part of a year": "not compared: only part of the year is reported"}


def targets(facts: Facts) -> DataTable | None:
    """Set what was fitted and what was held out beside what the baseline gives, with the residual."""
    body = [_target(row) for row in facts.table("targets").itertuples(index=False)]
    if not body:
        return None
    caption = (
        f"{facts.county}, baseline. Fitted: parameters were tuned to it, so agreement is no evidence. Held out: "
        f"none was. Under what is simulated the {ranges.MEAN}"
    )
    head = ("Measure", "Role", "Figure", "Simulated", "Residual", "Met", "Evidence grade", "Source")
    return DataTable(caption, head, tuple(body), frozenset({"Role", "Evidence grade", "Source"}))


def _target(row: Any) -> tuple[str, ...]:
    found = words.measure(str(row.measure))
    there = words.known(row.mean)
    role = {"fitted": "fitted", "held_out": "held out"}.get(str(row.role), str(row.role))
    tolerance = f"\nwithin {found.exactly(row.within)}" if words.known(row.within) else ""
    return (
        f"{found.label}, {row.year}",
        role + (f"\n{row.note}" if row.note else ""),
        ranges.with_ends(row.figure, row.figure_low, row.figure_high, found.exactly),
        ranges.with_ends(row.mean, row.low, row.high, found.exactly) if there else "not reported",
        ranges.signed(row.residual, found.exactly) if words.known(row.residual) else words.NO_VALUE,
        _MET.get(str(row.met), "no tolerance given") + tolerance,
        grade({"grade": row.grade}),
        source({"source": row.source}),
    )


def warm_up(facts: Facts) -> DataTable | None:
    """Show whether the baseline had settled when reporting began."""
    table = facts.table("warm_up")
    if table.empty:
        return None
    days = table["warm_up_days"].iloc[0]
    caption = (
        f"Warm-up of {days:,.0f} days, baseline, {facts.county}: the first three reported months against a "
        "straight line through the same months of later years, drawn back. A difference is a sign that a level had "
        f"not settled, or that it does not grow in a straight line; under it the {ranges.MEAN}"
    )
    head = ("Level", "First three months", "Later years lead one to expect", "Difference", "Of it", "Settled")
    return DataTable(caption, head, tuple(_level(row) for row in table.itertuples(index=False)))


def _level(row: Any) -> tuple[str, ...]:
    one, several = words.one_decimal, words.known(row.low)
    sign = (
        "starts high" if row.low > 0 else "starts low" if row.high < 0 else "yes" if several else "one run: not known"
    )
    part = words.percent(row.mean / row.expected) if row.expected >= 1 else words.NO_VALUE
    name = words.capital(words.name(str(row.level)))
    led = ranges.with_ends(row.mean, row.low, row.high, one)
    return name, one(row.first_months), one(row.expected), led, part, sign
