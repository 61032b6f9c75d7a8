"""The measures that everybody looks at, by year, for county and unitaries (defined in docs/reference/measures.md)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from caresim.measures.months import months_of
from caresim.measures.queues import hospital_beds, queues
from caresim.measures.replication import Replication
from caresim.measures.runs import Runs
from caresim.measures.statistics import mean_interval, ratio
from caresim.measures.tables import by_unitary, years
from caresim.measures.teams import days_waited_by_year, hours_by_year, starts_by_year, waiting_by_year
from caresim.measures.years import by_year, flows_by_year, years_of_months
from caresim.model.chance import DAY
from caresim.model.codes import COUNCIL, HOME_CARE, ORIGINS, OUTCOMES, PATHWAYS, WORK
from caresim.model.tables import FLOWS
from caresim.money.activity import heads
from caresim.money.costs import costs, stacked_costs
from caresim.money.readings import discharges, pathway_pounds

Floats = NDArray[np.float64]
OVER_65 = slice(1, None)
Values = dict[str, Floats]  # measure -> y, area

UNITS = {
    "admissions": "people", "emergency_admissions_65_plus": "people", "bed_days": "days", "delayed_days": "days",
    "delayed_beds": "beds", "stays_over_7_days_share": "share", "stays_over_14_days_share": "share",
    "stays_over_21_days_share": "share", "hospital_referrals": "people", "hospital_share_of_new_demand": "share",
    "people_supported": "people", "people_supported_in_year": "people", "people_65_plus_share": "share",
    "reablement_starts": "people", "reablement_independent_share": "share", "home_at_91_days_share": "share",
    "new_residential_and_nursing_65_plus": "people", "home_care_hours_a_week": "hours a week",
    "readmitted_30_days_share": "share", "days_at_home": "days", "deaths": "people", "dtoc_days": "days",
    "dtoc_beds": "beds", "hospital_share_of_new_support": "share", "people_supported_long_term": "people",
    "people_supported_long_term_in_year": "people", "hospital_driven_cost": "pounds",
    "hospital_driven_cost_in_year": "pounds", "new_demand_cost_in_year": "pounds",
    "hospital_driven_cost_net": "pounds", "council_gross_cost": "pounds", "council_net_cost": "pounds",
    "nhs_cost": "pounds", "investment_cost": "pounds", "waiting_for_assessment": "people waiting",
    "assessment_wait_days": "days each", "waiting_for_reablement": "people waiting",
    "waiting_for_intermediate_care": "people waiting", "reviews_done": "people",
    "new_residents_per_100_000_65_plus": "rate", "acute_beds_in_use": "beds",
    "acute_beds_95th_percentile": "beds", "waiting_for_hospital_assessment": "people waiting",
    "hospital_assessment_wait_days": "days each", "waiting_for_community_assessment": "people waiting",
    "community_assessment_wait_days": "days each", "waiting_for_safeguarding": "people waiting",
    "safeguarding_wait_days": "days each", "waiting_for_review": "people waiting", "review_wait_days": "days each",
    "reviews_with_more_share": "share", "reviews_with_less_share": "share",
    "review_hours_added_a_week": "hours a week", "review_hours_removed_a_week": "hours a week",
    "review_hours_change_a_week": "hours a week", "cost_per_discharge_pathway_1": "pounds each",
    "cost_per_discharge_pathway_1_home_care": "pounds each", "cost_per_discharge_pathway_2": "pounds each",
    "cost_per_discharge_pathway_3": "pounds each", "waiting_at_home_for_support": "people waiting",
    "hours_of_care_missing_a_week": "hours a week", "discharged_without_support": "people",
}  # fmt: skip

LEVELS = (
    "share",
    "beds",
    "hours a week",
    "people waiting",
    "days each",
    "pounds each",
    "rate",
)  # units of which a sum over years says nothing


def adds_up(measure: str) -> bool:
    """Tell whether a measure adds up over years; levels, shares and people who may come in several years do not."""
    return UNITS[measure] not in LEVELS and not measure.startswith("people_supported")


def summary(runs: Runs, values: Values | None = None) -> pd.DataFrame:
    """Give mean, 95 % interval of the mean (Student's t over replications) and 5 and 95 % of replications."""
    values = stacked(runs) if values is None else values
    areas, names = np.asarray(area_names(runs), dtype=object), np.asarray(years(runs), dtype=object)
    numbers = statistics(np.stack([values[measure] for measure in UNITS], axis=1))  # measure, y, area
    m, y, a = (i.reshape(-1) for i in np.indices(numbers["mean"].shape))
    percentiles = {name: numbers.pop(name) for name in ("p05", "p95")}
    return pd.DataFrame(
        {
            "measure": np.asarray(list(UNITS), dtype=object)[m],
            "unit": np.asarray(list(UNITS.values()), dtype=object)[m],
            "area": areas[a],
            "year": names[y],
            **{name: number.reshape(-1) for name, number in numbers.items()},
            "replications": len(runs.replications),
            **{name: number.reshape(-1) for name, number in percentiles.items()},
        }
    )


def stacked(runs: Runs, placed: Values | None = None) -> Values:
    """Give every measure of every replication: replication, y, area; `placed` has its costs by place, if known."""
    placed = stacked_costs(runs) if placed is None else placed
    several = ({name: pounds[i] for name, pounds in placed.items()} for i in range(len(runs.replications)))
    each = [measures(own, r, money) for (own, r), money in zip(runs.each(), several, strict=True)]
    return {name: np.stack([values[name] for values in each]) for name in UNITS}


def statistics(values: Floats) -> dict[str, Floats]:
    """Describe replications (first axis); the interval is nan where there is one replication only."""
    p05, p95 = np.percentile(values, [5, 95], axis=0)
    return {**mean_interval(values), "p05": p05, "p95": p95}


def area_names(runs: Runs) -> list[str]:
    """Give the county and its unitaries; a county of one unitary of the same name once."""
    county = runs.scenario.config.geography.county
    return [county, *(u for u in runs.compiled.unitaries if u != county)]


def areas(runs: Runs, by_place: Any) -> Floats:
    """Add y, p values up to y, (county, unitaries); further axes stay."""
    split = by_unitary(runs, np.asarray(by_place, dtype=np.float64), 1)
    whole = split.sum(axis=1, keepdims=True)
    if len(area_names(runs)) == 1:
        return np.asarray(whole)
    return np.concatenate([whole, split], axis=1)


def measures(runs: Runs, r: Replication, placed: Values | None = None) -> Values:
    """Give every measure of one replication; `placed` has its costs by place, if known."""
    placed = costs(runs, r) if placed is None else placed

    flows = areas(runs, flows_by_year(runs, r))  # y, area, age, origin, event

    def flow(event: str, ages: Any = slice(None), origins: Any = slice(None)) -> Floats:
        return np.asarray(flows[:, :, ages, :, FLOWS.index(event)][..., origins].sum(axis=(2, 3)))

    return {
        **hospital(runs, r, flow),
        **new_demand(flow),
        **supported(runs, r),
        **short_term(flow),
        **queues(runs, r),
        **assessments(runs, r),
        **reviews(runs, r, flow),
        **unmet_need(runs, r, flow),
        **hospital_beds(runs, r),
        **living(runs, r, flow),
        **{name: areas(runs, pounds) for name, pounds in placed.items()},
        **cost_each(runs, r),
    }


def hospital(runs: Runs, r: Replication, flow: Callable[..., Floats]) -> Values:
    """Measures of the hospital."""
    delayed = [nights(runs, r, q) for q in (0, 1)]
    days = days_of_years(runs)
    stays = areas_of_stays(runs, r)
    total = stays.sum(axis=-1)
    discharged = sum(flow(f"discharged_{pathway}") for pathway in PATHWAYS)
    return {
        "admissions": flow("admitted_emergency") + flow("admitted_planned"),
        "emergency_admissions_65_plus": flow("admitted_emergency", OVER_65),
        "bed_days": areas(runs, by_year(runs, r.beds).sum(axis=2)) / DAY,
        "delayed_days": delayed[0],
        "delayed_beds": delayed[0] / days[:, None],
        "dtoc_days": delayed[1],
        "dtoc_beds": delayed[1] / days[:, None],
        **{f"stays_over_{d}_days_share": ratio(stays[..., d:].sum(axis=-1), total) for d in (7, 14, 21)},
        "hospital_referrals": flow("referred"),
        "readmitted_30_days_share": ratio(flow("readmitted_within_30_days"), np.asarray(discharged)),
        "deaths": flow("died_in_hospital") + flow("died_elsewhere"),
    }


def areas_of_stays(runs: Runs, r: Replication) -> Floats:
    """Give emergency stays of people aged 65 and over by year, area and whole days."""
    return areas(runs, r.stays[:, :, OVER_65].sum(axis=2))


def nights(runs: Runs, r: Replication, which: int) -> Floats:
    """Count midnights in a delayed bed by year and area."""
    time = runs.compiled.time
    begins = [(time.years[y] - time.report_from).days for y in time.reported_years]
    split = np.add.reduceat(r.delayed[:, :, which], begins, axis=0, dtype=np.float64)
    if len(area_names(runs)) == 1:
        return np.asarray(split.sum(axis=1, keepdims=True))
    return np.concatenate([split.sum(axis=1, keepdims=True), split], axis=1)


def days_of_years(runs: Runs) -> Floats:
    """Give the reported days of each year."""
    return by_year(runs, months_of(runs).days)


def new_demand(flow: Callable[..., Floats]) -> Values:
    """Measures of new demand; self-funders who arrange their own care ask the council for nothing."""
    public = [i for i, o in enumerate(ORIGINS) if o not in ("self_funder", "at_start")]
    return {
        "hospital_share_of_new_demand": ratio(flow("referred"), flow("assessment_asked")),
        "hospital_share_of_new_support": ratio(flow("new_support", origins=[0]), flow("new_support", origins=public)),
    }


def supported(runs: Runs, r: Replication) -> Values:
    """Measures of people with council-paid support: means of month ends, and distinct people in the year."""
    months = np.zeros(len(runs.compiled.time.reported_years))
    np.add.at(months, years_of_months(runs), 1.0)
    at_end = by_year(runs, r.supported.astype(np.float64)) / months[:, None, None, None]
    people = areas(runs, at_end[..., 0].sum(axis=2))
    return {
        "people_supported": people,
        "people_65_plus_share": ratio(areas(runs, at_end[:, :, OVER_65, 0].sum(axis=2)), people),
        "people_supported_long_term": areas(runs, at_end[..., 1].sum(axis=2)),
        "people_supported_in_year": areas(runs, r.distinct[..., 0].sum(axis=2)),
        "people_supported_long_term_in_year": areas(runs, r.distinct[..., 1].sum(axis=2)),
    }


def short_term(flow: Callable[..., Floats]) -> Values:
    """Measures of reablement and intermediate care."""
    completed = sum(flow(f"reablement_{o}") for o in OUTCOMES)
    home, not_home = flow("day_91_at_home", OVER_65), flow("day_91_not_at_home", OVER_65)
    return {
        "reablement_starts": flow("reablement_started"),
        "reablement_independent_share": ratio(flow("reablement_independent"), np.asarray(completed)),
        "home_at_91_days_share": ratio(home, home + not_home),
        "new_residential_and_nursing_65_plus": flow("new_care_home_council", OVER_65),
    }


QUEUES = {
    "hospital": "hospital_assessment", "community": "community_assessment", "safeguarding": "safeguarding",
    "review": "review",
}  # fmt: skip
"""Classes of work whose queue is shown apart, and what their measures are called; the rest are in `assessments`."""


def assessments(runs: Runs, r: Replication) -> Values:
    """Measures of the queues for an assessment by class of work, of the people who live in an area."""
    waiting, starts = areas(runs, waiting_by_year(runs, r)), areas(runs, starts_by_year(runs, r))
    each = ratio(areas(runs, days_waited_by_year(runs, r)), starts)
    return {
        **{f"waiting_for_{name}": waiting[..., WORK.index(work)] for work, name in QUEUES.items()},
        **{f"{name}_wait_days": each[..., WORK.index(work)] for work, name in QUEUES.items()},
    }


def reviews(runs: Runs, r: Replication, flow: Callable[..., Floats]) -> Values:
    """Measures of reviews done and what they change."""
    added, removed = (areas(runs, hours) for hours in hours_by_year(runs, r))
    return {
        "reviews_done": flow("review_done"),
        "reviews_with_more_share": ratio(flow("review_more"), flow("review_done")),
        "reviews_with_less_share": ratio(flow("review_fewer"), flow("review_done")),
        "review_hours_added_a_week": added,
        "review_hours_removed_a_week": removed,
        "review_hours_change_a_week": added - removed,
    }


def unmet_need(runs: Runs, r: Replication, flow: Callable[..., Floats]) -> Values:
    """Measures of need without care: people at home who wait for support, hours missing, discharges without support."""
    level = areas(runs, by_year(runs, r.unmet)) / DAY / days_of_years(runs)[:, None, None]
    return {
        "waiting_at_home_for_support": level[..., 0],
        "hours_of_care_missing_a_week": level[..., 1],
        "discharged_without_support": flow("home_without_support"),
    }


def living(runs: Runs, r: Replication, flow: Callable[..., Floats]) -> Values:
    """Home care hours paid by the council, and days that people of 65 and over spend at home."""
    days = days_of_years(runs)
    hours = by_year(runs, r.stock[:, :, HOME_CARE, :, COUNCIL, 1].sum(axis=-1)) / DAY
    new_residents = flow("new_care_home_council", OVER_65)
    older = areas(runs, person_days(runs)) / days[:, None]
    away = by_year(runs, r.away)[:, :, OVER_65].sum(axis=2) + r.lost[:, :, OVER_65].sum(axis=2)
    return {
        "home_care_hours_a_week": areas(runs, hours) / days[:, None],
        "days_at_home": areas(runs, person_days(runs) - away / DAY),
        "new_residents_per_100_000_65_plus": ratio(new_residents * 1e5, older),
    }


def person_days(runs: Runs) -> Floats:
    """Give the days lived by people of 65 and over, by year and place."""
    older = heads(runs)[:, :, OVER_65].sum(axis=2)
    return by_year(runs, older * months_of(runs).days[:, None])


SUPPORTED_PATHWAYS = ("pathway_1", "pathway_1_home_care", "pathway_2", "pathway_3")
"""Pathways whose discharges begin chains; nobody leaves on the others for new or larger support."""


def cost_each(runs: Runs, r: Replication) -> Values:
    """Hospital-driven cost, first 52 weeks, of a discharge by its pathway."""
    each = ratio(areas(runs, pathway_pounds(runs, r)), areas(runs, discharges(runs, r)))
    return {f"cost_per_discharge_{name}": each[..., PATHWAYS.index(name)] for name in SUPPORTED_PATHWAYS}
