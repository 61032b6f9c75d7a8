"""The bridge of a pressure: from one year's cost of hospital demand to the next, from a baseline's to a scenario's."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from caresim.measures.replication import Replication
from caresim.measures.runs import Runs
from caresim.measures.tables import years
from caresim.measures.years import by_year
from caresim.model.chance import DAY
from caresim.money.pressure import PARTS, HospitalDemand, split
from caresim.money.prices import Prices, prices_by_month, prices_by_year
from caresim.money.readings import volume
from caresim.money.summary import area_names, areas
from caresim.studies.differences import ALL_YEARS, SHORT, areas_of, tidy
from caresim.studies.pairing import of_differences
from caresim.studies.result import Result

Floats = NDArray[np.float64]
TOTAL = "total"


def year_to_year(result: Result) -> pd.DataFrame:
    """Split the difference of every whole year to the year before, and of the last to the first: the parts added up.

    Columns as `docs/reference/tables.md` has them.
    """
    time, names = result.runs.compiled.time, years(result.runs)
    whole = [i for i, year in enumerate(time.reported_years) if time.is_whole(year)]
    pairs = [(i, j) for i, j in pairwise(whole) if j == i + 1]
    if not pairs:
        return pd.DataFrame()
    demand = demand_of(result, fixed_prices(result.runs))
    before, after = (demand.at(np.s_[:, list(side)]) for side in zip(*pairs, strict=True))
    parts, then = split(before, after), [names[j] for _, j in pairs]
    if len(pairs) > 1:
        parts = np.concatenate([parts, parts.sum(axis=2, keepdims=True)], axis=2)
        then.append(f"{names[whole[0]]} to {names[whole[-1]]}")
    return laid_out(parts, area_names(result.runs), then)


def to_scenario(key: str, base: Result, changed: Result) -> pd.DataFrame:
    """Split what a scenario costs more than the baseline, pair by pair; over all years the parts are added up."""
    names, fixed = areas_of(base.runs, changed.runs), fixed_prices(base.runs)
    before, after = (
        demand_of(side, fixed).at(np.s_[:, :, [area_names(side.runs).index(name) for name in names]])
        for side in (base, changed)
    )
    parts = split(before, after)
    table = laid_out(
        np.concatenate([parts, parts.sum(axis=2, keepdims=True)], axis=2), names, [*years(base.runs), ALL_YEARS]
    )
    table.insert(0, "scenario", key)
    return table


def demand_of(result: Result, fixed: Prices) -> HospitalDemand:
    """Gather hospital demand and its cost by replication, year and area."""
    values = result.values
    each = [(bed_cost(own, r), areas(own, volume(own, r, fixed))) for own, r in result.runs.each()]
    beds, care = (np.stack(side) for side in zip(*each, strict=True))
    delayed = values["delayed_days"]
    ready = np.maximum(values["bed_days"] - delayed, 0.0)
    return HospitalDemand(values["admissions"], ready, delayed, beds, values["hospital_driven_cost"], care)


def bed_cost(runs: Runs, r: Replication) -> Floats:
    """Give the cost of acute beds by year and area, at the prices of each month."""
    days = r.beds.sum(axis=2) / DAY
    return areas(runs, by_year(runs, days * prices_by_month(runs).acute_bed_day))


def fixed_prices(runs: Runs) -> Prices:
    """Give the prices of the first reported year for all years."""
    price = prices_by_year(runs)
    return replace(price, weekly=price.weekly[:1], council_share=price.council_share[:1])


def laid_out(parts: Floats, area: list[str], year: list[str]) -> pd.DataFrame:
    """Describe parts (part, replication, year, area) and their sum: a row an area, year and part."""
    every = np.concatenate([parts, parts.sum(axis=0, keepdims=True)])
    described = of_differences(np.moveaxis(every, (0, 1, 2, 3), (3, 0, 2, 1)))  # replication, area, year, part
    table = tidy({"area": area, "year": year, "part": [*PARTS, TOTAL]}, described, SHORT)
    table.insert(3, "unit", "pounds")
    return table
