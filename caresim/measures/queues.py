"""How many wait, how long, and how full hospitals are, by year, for the county and each unitary where it can be told.

A pool of the whole county, a hub or a trust says nothing about unitaries: there they are nan.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from caresim.measures.months import months_of
from caresim.measures.replication import Ints, Replication
from caresim.measures.runs import Runs
from caresim.measures.statistics import ratio
from caresim.measures.years import by_year
from caresim.model.chance import DAY

Floats = NDArray[np.float64]
_WAITING, _STARTS, _MINUTES = 1, 1, 2


def queues(runs: Runs, r: Replication) -> dict[str, Floats]:
    """Give people waiting and days waited, by year and (county, unitaries)."""
    waits = of_pool(runs, r.pool_count[..., _MINUTES], "assessment") / DAY
    starts = of_pool(runs, r.pool_count[..., _STARTS], "assessment")
    return {
        "waiting_for_assessment": _level(runs, r.pool_use[..., _WAITING], "assessment"),
        "assessment_wait_days": ratio(waits, starts),
        "waiting_for_reablement": _level(runs, r.pool_use[..., _WAITING], "reablement"),
        "waiting_for_intermediate_care": _level(runs, r.pool_use[..., _WAITING], "intermediate_care"),
    }


def hospital_beds(runs: Runs, r: Replication) -> dict[str, Floats]:
    """Give acute beds in use at midnight: the mean, and what is exceeded on one day in twenty."""
    pools = [k for k, member in enumerate(runs.compiled.pools) if member.kind == "acute_beds"]
    in_use = r.daily[:, pools, 0].sum(axis=1).astype(np.float64)
    time = runs.compiled.time
    starts = [(time.years[y] - time.report_from).days for y in time.reported_years[1:]]
    parts = np.split(in_use, starts)
    shape = (len(parts), _areas(runs))
    mean, busy = np.full(shape, np.nan), np.full(shape, np.nan)
    if pools:
        mean[:, 0] = [part.mean() if len(part) else np.nan for part in parts]
        busy[:, 0] = [np.percentile(part, 95) if len(part) else np.nan for part in parts]
    return {"acute_beds_in_use": mean, "acute_beds_95th_percentile": busy}


def of_pool(runs: Runs, values: Ints | Floats, kind: str) -> Floats:
    """Add what is counted by month and pool up to years and (county, unitaries); nan where there is no such pool."""
    members = [(k, m) for k, m in enumerate(runs.compiled.pools) if m.kind == kind]
    yearly = by_year(runs, np.asarray(values, dtype=np.float64))
    out = np.full((len(yearly), _areas(runs)), np.nan)
    if members:
        out[:, 0] = yearly[:, [k for k, _ in members]].sum(axis=1)
    if members and all(member.scope == "unitary" for _, member in members):
        for column, unitary in enumerate(runs.compiled.unitaries[: out.shape[1] - 1], start=1):
            mine = [k for k, member in members if member.member == unitary]
            out[:, column] = yearly[:, mine].sum(axis=1)
    return out


def _level(runs: Runs, minutes: Ints, kind: str) -> Floats:
    days = by_year(runs, months_of(runs).days)
    return of_pool(runs, minutes, kind) / DAY / days[:, None]


def _areas(runs: Runs) -> int:
    county, unitaries = runs.scenario.config.geography.county, runs.compiled.unitaries
    return 1 + len([u for u in unitaries if u != county])
