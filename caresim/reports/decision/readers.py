"""What each reader looks for first, as a small table each; what no table holds is named, not invented."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from caresim.reports import held_against, ranges, words
from caresim.reports.chart import Chart, DataTable
from caresim.reports.decision import phrases, research
from caresim.reports.decision.budgets import agreements
from caresim.reports.decision.facts import NOTHING, Decision
from caresim.reports.decision.finance import finance_tables, not_held
from caresim.reports.decision.option import Option
from caresim.reports.decision.places import SHARED_OUT, where_it_pays
from caresim.reports.decision.tables import ALL_SERVICES, BASELINE
from caresim.reports.estimate import Estimate
from caresim.reports.findings import grade, source

MOST_OPTIONS = 5
Write = Callable[[float], str]


@dataclass(frozen=True)
class Section:
    """One reader's part of the page."""

    key: str
    title: str
    tables: tuple[DataTable, ...]
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True)
class Look:
    """A measure somebody looks for, in their words."""

    label: str
    code: str


_DIRECTOR = (
    Look("People waiting for an assessment, average day", "waiting_for_assessment"),
    Look("Days in the queue for an assessor (capacity is assumed)", "assessment_wait_days"),
    Look("People waiting for a safeguarding enquiry, average day", "waiting_for_safeguarding"),
    Look("Days waited for a safeguarding enquiry", "safeguarding_wait_days"),
    Look("Reviews overdue, average day", "waiting_for_review"),
    Look("Days from a review being due to its start", "review_wait_days"),
    Look("Reviews done", "reviews_done"),
    Look("Reviews that find fewer hours needed (share)", "reviews_with_less_share"),
    Look("Hours a week of council-paid care that the year's reviews change", "review_hours_change_a_week"),
    Look("Unmet need: people at home assessed and without support, average day", "waiting_at_home_for_support"),
    Look("Unmet need: hours of care a week that people at home lack", "hours_of_care_missing_a_week"),
    Look("Unmet need: left hospital without the support needed", "discharged_without_support"),
    Look("People waiting for reablement, average day", "waiting_for_reablement"),
    Look("People waiting for intermediate care, average day", "waiting_for_intermediate_care"),
    Look("People waiting to leave hospital, average day", "delayed_beds"),
    Look("No ongoing support after reablement (ASCOF 2D, share)", "reablement_independent_share"),
    Look("At home on day 91 (ASCOF 2B, share)", "home_at_91_days_share"),
    Look("New care home residents per 100,000 aged 65 and over", "new_residents_per_100_000_65_plus"),
    Look("New care home residents, 65 and over", "new_residential_and_nursing_65_plus"),
    Look("Home care hours a week, council-paid (below 0: handed back)", "home_care_hours_a_week"),
    Look("People supported at any time", "people_supported"),
)
_ICB = (
    Look("No criteria to reside: people delayed, average day", "delayed_beds"),
    Look("The same, pre-2020 count (delayed transfers of care)", "dtoc_beds"),
    Look("Acute beds in use, average day", "acute_beds_in_use"),
    Look("Acute beds in use, busiest day in 20", "acute_beds_95th_percentile"),
    Look("Bed days", "bed_days"),
    Look("Emergency stays over 7 days, 65 and over", "stays_over_7_days_share"),
    Look("Emergency stays over 14 days", "stays_over_14_days_share"),
    Look("Emergency stays over 21 days", "stays_over_21_days_share"),
    Look("Emergency admissions, 65 and over", "emergency_admissions_65_plus"),
    Look("Readmitted within 30 days", "readmitted_30_days_share"),
    Look("Cost per discharge, pathway 1: reablement", "cost_per_discharge_pathway_1"),
    Look("Cost per discharge, pathway 1: home care without reablement", "cost_per_discharge_pathway_1_home_care"),
    Look("Cost per discharge, pathway 2: intermediate care", "cost_per_discharge_pathway_2"),
    Look("Cost per discharge, pathway 3: care home", "cost_per_discharge_pathway_3"),
    Look("National Health Service cost", "nhs_cost"),
)
_DAYS, _BUSY = 365.25, "acute_beds_95th_percentile"
_HEALTH_LINES = {
    "nursing contribution": "Nursing contribution (NHS-funded nursing care)",
    "continuing care": "Continuing care (NHS continuing healthcare)",
}


def sections(decision: Decision, for_finance: Sequence[Chart] = ()) -> tuple[Section, ...]:
    """Make a section a reader; one of which nothing is known has its missing items only."""
    money = replace(finance(decision), charts=tuple(for_finance))
    return (director(decision), money, health(decision), researcher(decision))


def shown(decision: Decision) -> tuple[Option, ...]:
    """Give the options that get a column."""
    return decision.ranked[:MOST_OPTIONS]


def director(decision: Decision) -> Section:
    """What a director of adult services looks for first."""
    tables, missing = measured(decision, _DIRECTOR, "Adult social care")
    where = where_it_pays(decision)
    if where is None:
        missing += ("savings and costs by place",)
    found, notes = (tables, ()) if where is None else ((*tables, where), (SHARED_OUT,))
    return Section("director", "For the director of adult services", found, (*_of_queues(decision), *notes), missing)


def _of_queues(decision: Decision) -> tuple[str, ...]:
    """Say what the waits for a team leave out, and what they rest on."""
    row = decision.assumption("pools.assessment.capacity")
    if row is None:
        return ()
    what = source(row).rstrip(".")
    rests = f"Their capacity is graded {grade(row)} ({what})."
    return (f"Waits for a team are its queue alone; its work and what has to be arranged come after. {rests}",)


def finance(decision: Decision) -> Section:
    """What a finance officer looks for first."""
    tables, notes = finance_tables(decision, shown(decision))
    return Section("finance", "For the finance officer", tables, notes, not_held(decision))


def health(decision: Decision) -> Section:
    """What an integrated care board looks for first."""
    tables, missing = measured(decision, _ICB, "Hospital and health")
    money, contributions = _by_service(decision, "icb"), _health_lines(decision)
    notes = _beds(decision)
    agreed = agreements(decision, shown(decision))
    if agreed is None:
        missing += ("lines of section 75 agreements and the Better Care Fund (none is in the config)",)
    if contributions is None:
        missing += ("nursing contribution and continuing care",)
    found = tuple(table for table in (*tables, money, contributions, agreed) if table is not None)
    return Section("icb", "For the integrated care board", found, notes, missing)


def researcher(decision: Decision) -> Section:
    """What a researcher looks for first."""
    makers = (research.errors, held_against.targets, held_against.warm_up, research.outcomes, research.fitted)
    tables = tuple(table for make in makers if (table := make(decision)) is not None)
    notes = research.notes(decision)
    return Section("researcher", "For the researcher", tables, notes, tuple(research.missing(decision)))


# ---- measures side by side


def measured(
    decision: Decision, looks: tuple[Look, ...], caption: str
) -> tuple[tuple[DataTable, ...], tuple[str, ...]]:
    """Lay measures out: the baseline's level, then each option's difference; name those that are not there."""
    options, rows, missing = shown(decision), [], []
    for look in looks:
        level = decision.level(BASELINE, look.code)
        found = [decision.difference(o.key, look.code) for o in options]
        if not words.known(level.mean) and not any(words.known(value.mean) for value in found):
            missing.append(look.label[:1].lower() + look.label[1:])
            continue
        write = words.measure(look.code).exactly
        rows.append((look.label, write(level.mean), *(changed(value, write) for value in found)))
    if not rows:
        return (), tuple(missing)
    when = f"{decision.county}, {decision.last_year}"
    text = f"{caption}, {when}: the baseline, and each option's difference to it; {decision.under_it}"
    return (DataTable(text, ("Measure", "Baseline", *(o.name for o in options)), tuple(rows)),), tuple(missing)


def changed(value: Estimate, write: Write) -> str:
    """Write a difference with its sign and its interval."""
    if not words.known(value.mean):
        return words.NO_VALUE
    return ranges.with_ends(*value.mean_low_high, lambda number: phrases.signed(number, write))


def _beds(decision: Decision) -> tuple[str, ...]:
    """Say how many beds are freed on an average day, and how many can close with the busy days as full as now."""
    freed, closing = [], []
    for option in shown(decision):
        days, busy = decision.saving(option.key, "bed_days").mean, decision.saving(option.key, _BUSY)
        if words.known(days):
            freed.append(f"{option.name} {words.one_decimal(days / _DAYS)}")
        if words.known(busy.mean):
            sure = f" ({_whole_beds(busy.low)} at the lower end of the 95% interval)" if busy.has_interval else ""
            closing.append(f"{option.name} {_whole_beds(busy.mean)}{sure}")
    notes = [f"Beds that the bed days would free on an average day: {'; '.join(freed)}."] if freed else []
    if closing:
        text = (
            "Whole beds that can close with the busiest day in 20 as full as now (occupancy at its 95th percentile): "
        )
        notes.append(f"{text}{'; '.join(closing)}. Wards close whole; whether one can is not simulated.")
    return tuple(notes)


def _whole_beds(value: float) -> str:
    return f"{max(0, math.floor(value)):,}"


def _health_lines(decision: Decision) -> DataTable | None:
    """Give nursing contribution and continuing care: the baseline's level and each option's difference."""
    table, options, rows = decision.table("line_differences"), shown(decision), []
    here = table["unitary"].eq(decision.county) & table["year"].eq(decision.last_year) & table["partner"].eq("icb")
    there: dict[tuple[str, str], Any] = {(str(r.scenario), str(r.line)): r for r in table[here].itertuples(index=False)}
    for line, label in _HEALTH_LINES.items():
        mine = [there.get((option.key, line)) for option in options]
        level = next((float(row.baseline) for row in mine if row is not None), None)
        if level is not None:
            found = (NOTHING if row is None else Estimate(row.mean, row.low, row.high) for row in mine)
            rows.append((label, phrases.pounds(level), *(changed(value, phrases.pounds) for value in found)))
    if not rows:
        return None
    caption = (
        f"Nursing contribution and continuing care, {decision.last_year}: the baseline, and each option's difference"
    )
    return DataTable(caption, ("Line", "Baseline", *(o.name for o in options)), tuple(rows))


def _by_service(decision: Decision, partner: str) -> DataTable | None:
    """Give a partner's difference in cost by service in the last year."""
    options = shown(decision)
    services = [
        str(service)
        for service in decision.table("money_differences")["service"].drop_duplicates()
        if any(abs(v) > 0 for o in options for v in _cost(decision, o, partner, str(service)) if words.known(v))
    ]
    if not services:
        return None
    rows = []
    for service in sorted(services, key=lambda name: name == ALL_SERVICES):
        cells = [
            changed(decision.money(o.key, partner, service, year=decision.last_year), phrases.pounds) for o in options
        ]
        rows.append((words.capital(words.name(service)), *cells))
    caption = f"{phrases.partner(partner)}: cost by service, {decision.last_year}, difference to the baseline"
    if any(option.key in decision.told_alike for option in options):
        caption += "; of an option with a way of paying of its own, to the baseline paid in the same way"
    return DataTable(caption, ("Service", *(o.name for o in options)), tuple(rows))


def _cost(decision: Decision, option: Option, partner: str, service: str) -> Iterator[float]:
    yield decision.money(option.key, partner, service, year=decision.last_year).mean
