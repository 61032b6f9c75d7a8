"""What a researcher looks for: errors apart from uncertainty, what pairing gains, outcomes, what was fitted."""

from __future__ import annotations

import math

from caresim.reports import ranges, words
from caresim.reports.chart import DataTable
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import HEADLINE, Decision
from caresim.reports.decision.tables import ALL_YEARS, BASELINE
from caresim.reports.estimate import Estimate
from caresim.reports.findings import grade, plain, source

_MOST_FITTED = 15
_OUTCOMES = {"days_at_home": "Days at home, 65 and over", "deaths": "Deaths"}


def errors(decision: Decision) -> DataTable | None:
    """Set simulation error, chance and parameter uncertainty side by side, option by option."""
    rows = []
    for option in decision.options:
        saving, drawn = decision.saving(option.key), decision.drawn_saving(option.key)
        if not words.known(saving.mean):
            continue
        half = (saving.high - saving.low) / 2
        cells = (_range(saving), _range(drawn), _evidence(saving, drawn), pairing(decision, option.key))
        rows.append((option.name, phrases.pounds(saving.mean), phrases.pounds(half), *cells))
    if not rows:
        return None
    head = (
        *("Option", "Mean saving", "Simulation error (half the 95% interval)", "Chance, 5% to 95%"),
        *("Chance and evidence, 5% to 95%", "Part of that variance from evidence", "Variance ratio of pairing"),
    )
    caption = f"Hospital-driven cost saved in {decision.last_year}: simulation error apart from parameter uncertainty"
    return DataTable(caption, head, tuple(rows))


def _range(value: Estimate) -> str:
    ends = phrases.chance_range(value)
    return phrases.between(*ends, value.mean) if ends else "not known"


def _evidence(saving: Estimate, drawn: Estimate) -> str:
    """Give the part of the drawn variance that chance does not explain, taking spreads to be of one shape."""
    inner, outer = saving.p95 - saving.p05, drawn.p95 - drawn.p05
    if not (words.known(inner) and words.known(outer)) or outer <= 0:
        return "not known"
    return words.percent(max(0.0, 1 - (inner / outer) ** 2))


def pairing(decision: Decision, key: str, measure: str = HEADLINE) -> str:
    """Give how many times more replications unpaired runs would need."""
    rows = decision.table("differences")
    rows = rows[rows["scenario"].eq(key) & rows["measure"].eq(measure) & rows["area"].eq(decision.county)]
    values = [float(v) for v in rows[rows["year"].eq(decision.last_year)]["variance_ratio"]]
    if not values or math.isnan(values[0]):
        return "nothing varies"
    return "the same in every pair" if math.isinf(values[0]) else f"{values[0]:,.1f}"


def outcomes(decision: Decision) -> DataTable | None:
    """Give deaths and days at home over all years."""
    rows = []
    for option in decision.options:
        found = [decision.difference(option.key, code, year=ALL_YEARS) for code in _OUTCOMES]
        if any(words.known(value.mean) for value in found):
            cells = [ranges.with_ends(*v.mean_low_high, words.one_decimal) for v in found]
            rows.append((option.name, *cells))
    if not rows:
        return None
    caption = f"Difference to the baseline over all years; under each mean the {phrases.MEAN}"
    return DataTable(caption, ("Option", *_OUTCOMES.values()), tuple(rows))


def missing(decision: Decision) -> list[str]:
    """Name what a researcher looks for and no table holds."""
    found = []
    if not decision.table("targets")["role"].eq("held_out").any():
        found.append("observed figures that were held out of the fitting")
    if decision.table("warm_up").empty:
        found.append("warm-up evidence (it takes three whole years)")
    if not decision.draws:
        found.append("parameter uncertainty: no sizes were drawn")
    return found


def fitted(decision: Decision) -> DataTable | None:
    """List the baseline's numbers that were fitted: they agree with what they were fitted to by construction."""
    rows = [row for row in decision.rows(BASELINE) if "fitted" in str(row.get("source") or "").lower()]
    if not rows:
        return None
    cells = [(str(r.get("path")), plain(r.get("value")), grade(r), source(r)) for r in rows[:_MOST_FITTED]]
    more = f"; {len(rows) - _MOST_FITTED} more in the workbook" if len(rows) > _MOST_FITTED else ""
    caption = f"{words.count(len(rows), 'number')} of the baseline fitted, not evidence of validity{more}"
    head = ("Number", "Value", "Evidence grade", "Source")
    return DataTable(caption, head, tuple(cells), frozenset({"Source", "Evidence grade"}))


def notes(decision: Decision) -> tuple[str, ...]:
    """Say what the ranges mean and where subgroups are."""
    return (
        "Intervals of means hold simulation error only. Chance is the 5% to 95% range of single pairs; chance and "
        "evidence that of pairs which draw sizes of effects from their ranges. Effects by place and age are in the "
        "workbook, sheet Places.",
    )
