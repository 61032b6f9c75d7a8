"""Simulated spend beside what is known of budgets, of outturn, and of the lines of agreements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from caresim.reports import ranges, words
from caresim.reports.chart import DataTable
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.option import Option
from caresim.reports.decision.tables import BASELINE
from caresim.reports.estimate import Estimate
from caresim.reports.findings import grade

NOT_KNOWN, NOT_SIMULATED, NOT_COMPARED = "not known", "not simulated", "not compared"
CASH = "in the cash of the year"
Row = Any  # of the table of budgets


class Place(NamedTuple):
    """Where a row of the table stands."""

    scenario: str
    line: str
    year: str


def rows(decision: Decision) -> dict[Place, Row]:
    """Give the rows of the table of budgets."""
    table = decision.table("budgets").itertuples(index=False)
    return {Place(str(r.scenario), str(r.line), str(r.year)): r for r in table}


def lines(decision: Decision, agreed: bool) -> Iterator[tuple[str, list[Row]]]:
    """Give the baseline's lines, of budgets or of agreements, each with its rows by year."""
    found: dict[str, list[Row]] = {}
    for place, row in rows(decision).items():
        if place.scenario == BASELINE and bool(row.agreement) == agreed:
            found.setdefault(place.line, []).append(row)
    yield from found.items()


def known(rows: Sequence[Row], what: str) -> list[Row]:
    """Keep the years of which a budget or an overspend is known."""
    return [row for row in rows if words.known(getattr(row, what))]


def spend(row: Row) -> Estimate:
    """Give the spend of a row."""
    return Estimate(row.mean, row.low, row.high, row.p05, row.p95, row.p20, row.p80)


def against_budget(decision: Decision, options: Sequence[Option]) -> DataTable | None:
    """Set budget, simulated spend and variance side by side, for the years and lines that have a budget."""
    there = rows(decision)
    body = []
    for line, years in lines(decision, agreed=False):
        for row in known(years, "budget"):
            mine = (there.get(Place(option.key, line, str(row.year))) for option in options)
            variances = [over(found) for found in (row, *mine)]
            budget = f"{phrases.pounds(row.budget)}\n{letter(row.budget_grade)}"
            p80 = NOT_COMPARED if in_part(row) else phrases.pounds(row.p80) if words.known(row.low) else NOT_KNOWN
            level = interval(spend(row)) + in_part(row)
            body.append((f"{line}, {row.area}", str(row.year), budget, level, p80, *variances))
    if not body:
        return None
    caption = (
        f"Budget against simulated spend, {CASH}; over (+) or under ({phrases.MINUS}) the budget, mean. P80: one "
        "simulated year in five costs more, chance alone"
    )
    head = ("Budget line", "Year", "Budget", "Baseline: spend", "P80 of it", "Baseline: variance")
    return DataTable(caption, (*head, *(o.name for o in options)), tuple(body))


def overspent(decision: Decision, options: Sequence[Option]) -> DataTable | None:
    """Set what is known to have been overspent beside what each option changes of the same lines' spend."""
    there, year = rows(decision), decision.last_year
    body = []
    for line, years in lines(decision, agreed=False):
        for row in known(years, "overspent"):
            changes = [part_of(there.get(Place(o.key, line, year)), row.overspent) for o in options]
            amount = f"{phrases.pounds(row.overspent)} in {row.year}\n{letter(row.overspent_grade)}"
            budget = phrases.pounds(row.budget) if words.known(row.budget) else NOT_KNOWN
            body.append((f"{line}, {row.area}", budget, amount, interval(spend(row)) + in_part(row), *changes))
    if not body:
        return None
    caption = (
        f"Known overspend, and what each option adds to (+) or takes off ({phrases.MINUS}) the same lines in {year}, "
        f"{CASH}; mean{phrases.EVIDENCE}"
    )
    head = ("Lines", "Budget", "Spent above it", "Simulated spend of that year")
    return DataTable(caption, (*head, *(o.name for o in options)), tuple(body))


def agreements(decision: Decision, options: Sequence[Option]) -> DataTable | None:
    """Lay out the lines of agreements: what is charged to them, what is known of them, and what options change."""
    there, year = rows(decision), decision.last_year
    body = []
    for line, years in lines(decision, agreed=True):
        row = years[-1]
        amounts = [f"{phrases.pounds(r.budget)} in {r.year}\n{letter(r.budget_grade)}" for r in known(years, "budget")]
        mine = [there.get(Place(option.key, line, year)) for option in options]
        changes = [difference(r) if row.services else NOT_SIMULATED for r in mine]
        charged = f"{costs(row)}\n{mapping(row)}" if row.services else "nothing simulated"
        level = interval(spend(row)) + in_part(row) if row.services else NOT_SIMULATED
        body.append((f"{row.agreement}: {line}", charged, amounts[-1] if amounts else NOT_KNOWN, level, *changes))
    if not body:
        return None
    caption = (
        f"Lines of agreements in {year}, {CASH}: the simulated costs that are charged to each, the baseline's spend, "
        f"and each option's difference; under it the {phrases.MEAN}{phrases.EVIDENCE}"
    )
    head = ("Agreement and line", "Simulated costs charged to it", "What is known to be in it", "Baseline")
    return DataTable(caption, (*head, *(o.name for o in options)), tuple(body), frozenset({head[1]}))


def costs(row: Row) -> str:
    """Name the costs that belong to a line."""
    named = words.listed([words.name(service) for service in str(row.services).split(", ")])
    share = "all" if row.share == 1 else words.percent(row.share)
    return f"{share} of {named}, {words.listed([phrases.partner_short(p) for p in str(row.partners).split(', ')])}"


def mapping(row: Row) -> str:
    """Say what speaks for charging these costs to the line."""
    if not row.share_grade and not row.share_source:
        return "by definition"
    return f"{letter(row.share_grade)}: {row.share_source}"


def part_of(row: Row | None, overspend: float) -> str:
    """Write what an option changes of lines, what part of their overspend that is, and how sure the evidence is."""
    if row is None or not words.known(row.difference_mean):
        return NOT_KNOWN
    part = f"\n{words.percent(row.difference_mean / overspend)} of it" if overspend and not in_part(row) else ""
    return f"{phrases.gain(row.difference_mean)}{part}{in_part(row)}{open_to(row)}"


def difference(row: Row | None) -> str:
    """Write the paired difference of a line's spend."""
    if row is None or not words.known(row.difference_mean):
        return NOT_KNOWN
    ends = (row.difference_low, row.difference_high)
    return ranges.with_ends(row.difference_mean, *ends, phrases.gain) + in_part(row) + open_to(row)


def open_to(row: Row) -> str:
    """Write in lines of its own what the evidence leaves open of a difference, where sizes were drawn."""
    return phrases.open_to(row.difference_p05, row.difference_p95)


def interval(value: Estimate) -> str:
    """Write a level with its interval."""
    if not words.known(value.mean):
        return NOT_SIMULATED
    return ranges.with_ends(value.mean, value.low, value.high, phrases.pounds)


def over(row: Row | None) -> str:
    """Write by how much spend is above the budget; not of a part of a year, since a budget is that of the whole."""
    if row is None or not words.known(row.mean - row.budget):
        return NOT_KNOWN
    return NOT_COMPARED if in_part(row) else phrases.gain(row.mean - row.budget)


def in_part(row: Row) -> str:
    """Say in a line of its own how much of its year is reported, where that is not all of it."""
    return f"\nin {row.days:.0f} of {row.days_of_year:.0f} days" if row.days < row.days_of_year else ""


def letter(given: str) -> str:
    """Write a grade of evidence."""
    return f"grade {given}" if given else grade({})


def budget_notes(decision: Decision) -> tuple[str, ...]:
    """Say where budgets and overspends come from and what is not known of them, each line once."""
    found = []
    for line, years in lines(decision, agreed=False):
        for what in ("budget", "overspent"):
            for row in known(years, what)[:1]:
                source, note = getattr(row, f"{what}_source") or "no source given", f" {row.note}" if row.note else ""
                found.append(f"{line}, {'overspend' if what == 'overspent' else what}: {source}.{note}")
    found += [
        f"Of {row.year} only {row.days:.0f} of {row.days_of_year:.0f} days are reported. Their spend is not set "
        "against the budget of the whole year, nor against a part of it: spend is not the same in summer and winter."
        for _, years in lines(decision, agreed=False)
        for row in known(years, "budget")
        if in_part(row)
    ]
    return tuple(dict.fromkeys(found))


def unknown_budgets(decision: Decision) -> list[str]:
    """Name the lines of which no budget is known; all of them where none is written down."""
    there = list(lines(decision, agreed=False))
    if not there:
        return ["budgets by line (none is in the config)"]
    return [f"the budget of {line}" for line, years in there if not known(years, "budget")]
