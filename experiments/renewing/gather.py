"""Values by replication, area and year out of the results of a comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caresim.config.vocabulary import PARTNERS
from caresim.measures.places import LEVELS, by_place
from caresim.measures.places import UNITS as PLACE_UNITS
from caresim.measures.runs import Runs
from caresim.measures.tables import by_unitary, years
from caresim.model.chance import DAY
from caresim.model.codes import REASONS
from caresim.money.costs import BY_PLACE
from caresim.money.ledger import entries
from caresim.money.summary import UNITS, adds_up, area_names, days_of_years
from caresim.studies.result import Result
from renewing.source import slug

Floats = NDArray[np.float64]
DAYS_A_YEAR = 365.25
STARTED, MINUTES_WAITED = 1, 2
MIDNIGHTS = 2


@dataclass(frozen=True)
class Values:
    """A measure by replication, area and year; `adds_up` says whether years are added or averaged."""

    unit: str
    areas: tuple[str, ...]
    values: Floats  # n, area, y
    adds_up: bool


def slugs(names: Sequence[str]) -> tuple[str, ...]:
    """Write names of areas as names of numbers have them: the first is the county."""
    return ("county", *(slug(name) for name in names[1:]))


def of_summary(result: Result, name: str) -> Values:
    """Take a measure of the summary."""
    values = np.moveaxis(result.values[name], 1, 2)
    return Values(UNITS[name], slugs(area_names(result.runs)), values, adds_up(name))


def county_unitaries_places(runs: Runs, by_places: Floats, axis: int) -> Floats:
    """Lay places out as county, unitaries and places."""
    parts = [by_places.sum(axis=axis, keepdims=True), by_unitary(runs, by_places, axis), by_places]
    return np.concatenate(parts, axis=axis)


def all_areas(runs: Runs) -> tuple[str, ...]:
    """Name county, unitaries and places."""
    names = (*runs.compiled.unitaries, *runs.compiled.places)
    return ("county", *(slug(name) for name in names))


def of_places(result: Result, name: str) -> Values:
    """Take a measure of the tables by place, all ages together."""
    runs, at = result.runs, list(PLACE_UNITS).index(name)
    values = np.stack([by_place(own, r)[:, :, -1, at] for own, r in runs.each()])  # n, y, p
    laid = np.moveaxis(county_unitaries_places(runs, values, 2), 1, 2)
    return Values(PLACE_UNITS[name], all_areas(runs), laid, name not in LEVELS)


def of_costs(result: Result, name: str) -> Values:
    """Add up what a cost by place is made of; changes' own cost falls where they say."""
    by_places = np.stack([result.costs[part] for part in BY_PLACE[name]]).sum(axis=0)  # n, y, p
    laid = np.moveaxis(county_unitaries_places(result.runs, by_places, 2), 1, 2)
    return Values("pounds", all_areas(result.runs), laid, True)


def of_ledger(result: Result, partner: str, care_only: bool) -> Values:
    """Add up what lands on a partner before payments, by place: with the cost of changes, or care only."""
    runs = result.runs
    values = np.stack([ledger_sum(own, r, partner, care_only) for own, r in runs.each()])
    laid = np.moveaxis(county_unitaries_places(runs, values, 2), 1, 2)
    return Values("pounds", all_areas(runs), laid, True)


def ledger_sum(runs: Runs, r: Any, partner: str, care_only: bool) -> Floats:
    """Add up a partner's lines of one replication (y, p)."""
    total = np.zeros((len(years(runs)), len(runs.compiled.places)))
    for entry in entries(runs, r):
        if entry.partner == partner and not (care_only and entry.service == "investment"):
            total = total + entry.pounds.sum(axis=2)
    return total


def of_reason(result: Result, reason: str) -> Values:
    """Give the beds that a reason of delay takes, by the month in which the bed was left."""
    runs, at = result.runs, REASONS.index(reason)
    days = days_of_years(runs)[:, None]
    values = np.stack(
        [yearly(runs, r.waits[..., at, MIDNIGHTS].sum(axis=2).astype(float)) / days for r in runs.replications]
    )
    laid = np.moveaxis(county_unitaries_places(runs, values, 2), 1, 2)
    return Values("beds", all_areas(runs), laid, False)


def of_pool(result: Result, kind: str, what: str) -> Values:
    """Give a pool's mean wait in days of those who started, or how many wait, all its members together."""
    runs = result.runs
    members = [k for k, pool in enumerate(runs.compiled.pools) if pool.kind == kind]
    out = []
    for r in runs.replications:
        if what == "waiting":
            minutes = yearly(runs, r.pool_use[:, members, 1]).sum(axis=1)
            out.append(minutes / (days_of_years(runs) * DAY))
        else:
            counts = yearly(runs, r.pool_count[:, members].astype(float)).sum(axis=1)
            with np.errstate(divide="ignore", invalid="ignore"):
                out.append(counts[:, MINUTES_WAITED] / counts[:, STARTED] / DAY)
    unit = "people" if what == "waiting" else "days waited"
    return Values(unit, ("county",), np.stack(out)[:, None, :], False)


def yearly(runs: Runs, by_month: Floats) -> Floats:
    """Add months (first axis) up to years."""
    from caresim.measures.years import by_year

    return by_year(runs, by_month)


def measures_of(runs: Runs) -> dict[str, Callable[[Result], Values]]:
    """Give how each measure by county and unitary, or by place, is taken; a name of the summary comes first."""

    def take(function: Callable[..., Values], *args: Any) -> Callable[[Result], Values]:
        return lambda result: function(result, *args)

    kinds = sorted({pool.kind for pool in runs.compiled.pools})
    found = {name: take(of_places, name) for name in PLACE_UNITS}
    found |= {f"place_{name}": take(of_places, name) for name in PLACE_UNITS}
    found |= {f"place_{name}": take(of_costs, name) for name in BY_PLACE}
    found |= {name: take(of_summary, name) for name in UNITS}
    found |= {f"delayed_by_{reason}": take(of_reason, reason) for reason in REASONS}
    for kind in kinds:
        found |= {f"wait_{kind}": take(of_pool, kind, "wait"), f"waiting_{kind}": take(of_pool, kind, "waiting")}
    for partner in PARTNERS:
        found |= {f"cost_{partner}": take(of_ledger, partner, False), f"care_{partner}": take(of_ledger, partner, True)}
    return found


def over_years(runs: Runs, values: Values, year: str) -> tuple[Floats, tuple[str, ...]] | None:
    """Give (n, area) for a year, all years, a year on average, or the last; None if there is no such year."""
    names = [slug(name) for name in years(runs)]
    days = days_of_years(runs)
    if year == "last":
        year = names[-1]
    if year in names:
        return values.values[..., names.index(year)], values.areas
    if year not in ("all", "a_year"):
        return None
    if not values.adds_up:
        return (values.values * (days / days.sum())).sum(axis=-1), values.areas
    total = values.values.sum(axis=-1)
    return (total if year == "all" else total * (DAYS_A_YEAR / days.sum())), values.areas


def year_names(runs: Runs) -> list[str]:
    """List the years that may be asked for."""
    return [*(slug(name) for name in years(runs)), "all", "a_year", "last"]
