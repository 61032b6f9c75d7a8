"""Tidy tables of activity: one row a fact, months by their first day, columns in a fixed order."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd

from caresim.measures.runs import Runs
from caresim.model.chance import DAY
from caresim.model.codes import AGES, BODIES, FUNDINGS, ORIGINS, PATHWAYS, REASONS, SERVICES
from caresim.model.tables import FLOWS, STAY_BINS


def months(runs: Runs) -> pd.DatetimeIndex:
    """Give the reported months by their first reported day."""
    time = runs.compiled.time
    return pd.DatetimeIndex([time.months[m] for m in time.reported_months])


def years(runs: Runs) -> list[str]:
    """Give the names of the reported years."""
    time = runs.compiled.time
    return [time.year_name(y) for y in time.reported_years]


def unitary_of_places(runs: Runs) -> list[str]:
    """Give the unitary of each place."""
    places = runs.scenario.config.geography.places
    return [places[p].unitary for p in runs.compiled.places]


def category(codes: Any, names: Sequence[str]) -> pd.Categorical[str]:
    """Make a column of names from codes; short codes are not made long on the way, of which there may be millions."""
    codes = np.asarray(codes)
    whole = codes if np.issubdtype(codes.dtype, np.integer) else codes.astype(np.int64)
    return pd.Categorical.from_codes(whole, categories=pd.Index(list(dict.fromkeys(names))))


def unitaries(runs: Runs, places: Any) -> pd.Categorical[str]:
    """Make the column of unitaries from the codes of places."""
    names = list(runs.compiled.unitaries)
    lookup = np.asarray([names.index(u) for u in unitary_of_places(runs)], dtype=np.int8)
    return category(lookup[places], names)


def by_unitary(runs: Runs, values: Any, axis: int) -> Any:
    """Add an axis of places up to unitaries."""
    names = list(runs.compiled.unitaries)
    moved = values.swapaxes(axis, 0)
    out = np.zeros((len(names), *moved.shape[1:]), dtype=np.result_type(moved, np.int64))  # a sum may take more bits
    for p, unitary in enumerate(unitary_of_places(runs)):
        out[names.index(unitary)] += moved[p]
    return out.swapaxes(0, axis)


def long(runs: Runs, per_replication: Callable[[Any], Any]) -> tuple[Any, list[Any], Any]:
    """Stack arrays and keep cells that are not 0: (replication number, one index array an axis, values)."""
    arrays = [np.asarray(per_replication(r)) for r in runs.replications]
    cells = [np.flatnonzero(reduce(np.logical_or, (a[..., i] != 0 for i in range(a.shape[-1])))) for a in arrays]
    values = np.concatenate([a.reshape(-1, a.shape[-1])[at] for a, at in zip(arrays, cells, strict=True)])
    axes = axes_of(np.concatenate(cells), arrays[0].shape[:-1])
    return numbers(runs, [len(at) for at in cells]), axes, values.astype(np.result_type(values, np.int64))


def axes_of(cells: Any, shape: Sequence[int]) -> list[Any]:
    """Give the index on each axis of flat cells, in short integers: there are far fewer cells than rows of a table."""
    lookups = np.unravel_index(np.arange(math.prod(shape)), shape)
    return [lookup.astype(np.min_scalar_type(-size))[cells] for lookup, size in zip(lookups, shape, strict=True)]


def numbers(runs: Runs, rows: Sequence[int]) -> Any:
    """Make the column of replications, of which each has so many rows."""
    return np.repeat(np.asarray([r.number for r in runs.replications], dtype=np.int64), rows)


def flow(runs: Runs) -> pd.DataFrame:
    """People by month, place, age, origin and event."""
    cells = [np.flatnonzero(r.flow) for r in runs.replications]
    m, p, a, o, e = axes_of(np.concatenate(cells), runs.replications[0].flow.shape)
    return pd.DataFrame(
        {
            "replication": numbers(runs, [len(at) for at in cells]),
            "month": months(runs).take(m),
            "unitary": unitaries(runs, p),
            "place": category(p, runs.compiled.places),
            "age": category(a, AGES),
            "origin": category(o, ORIGINS),
            "event": category(e, FLOWS),
            "people": np.concatenate(
                [r.flow.reshape(-1)[at] for r, at in zip(runs.replications, cells, strict=True)], dtype=np.int64
            ),
        },
        copy=False,  # millions of rows
    )


def waits(runs: Runs) -> pd.DataFrame:
    """Waits in the bed by pathway and reason, by the month in which the bed was left; days are midnights."""
    replication, (m, u, w, r), values = long(runs, lambda x: by_unitary(runs, x.waits, 1))
    return pd.DataFrame(
        {
            "replication": replication,
            "month": months(runs).take(m),
            "unitary": category(u, runs.compiled.unitaries),
            "pathway": category(w, PATHWAYS),
            "reason": category(r, REASONS),
            "people": values[:, 0],
            "days": values[:, 2],
        }
    )


def dtoc(runs: Runs) -> pd.DataFrame:
    """Delayed days after the assessment was asked, by responsible body (shares from the config)."""
    table = waits(runs)
    table = table[table["reason"] != "referral"].reset_index(drop=True)
    responsible = runs.scenario.config.waiting.responsible
    shares = {reason: responsible.at(reason).at() for reason in REASONS}
    parts = []
    for body in BODIES:
        part = table.drop(columns="people").copy()
        part["days"] = part["days"] * part["reason"].map(lambda x, b=body: shares[x].get(b, 0.0)).astype(float)
        part.insert(5, "body", body)
        parts.append(part)
    out = pd.concat(parts, ignore_index=True)
    return out[out["days"] > 0].reset_index(drop=True)


def pools(runs: Runs) -> pd.DataFrame:
    """Pools by month: in_use and waiting are time averages, wait_days the total waited by those who started."""
    from caresim.measures.replication import month_minutes

    lengths = month_minutes(runs.compiled)[runs.compiled.time.reported_months]
    members, several = runs.compiled.pools, runs.replications
    shape = (len(several), len(lengths), len(members))
    _, m, k = (i.reshape(-1) for i in np.indices(shape))
    use = np.stack([r.pool_use for r in several]) / lengths[:, None, None]
    capacity = np.stack([r.pool_capacity for r in several]) / lengths[:, None]
    counts = np.stack([r.pool_count for r in several])
    return pd.DataFrame(
        {
            "replication": numbers(runs, [math.prod(shape[1:])] * shape[0]),
            "month": months(runs).take(m),
            "pool": category(pool_names(runs)[k], list(dict.fromkeys(x.name for x in members))),
            "member": category(member_codes(runs)[k], member_names(runs)),
            "capacity": np.where(unlimited_pools(runs), np.nan, capacity).reshape(-1),
            "in_use": use[..., 0].reshape(-1),
            "waiting": use[..., 1].reshape(-1),
            "requests": counts[..., 0].reshape(-1).astype(np.int64),
            "starts": counts[..., 1].reshape(-1).astype(np.int64),
            "wait_days": counts[..., 2].reshape(-1) / DAY,
            "overflowed": counts[..., 3].reshape(-1).astype(np.int64),
        }
    )


def unlimited_pools(runs: Runs) -> Any:
    """Tell which pools have no capacity stated."""
    config = runs.scenario.config.pools
    return np.asarray([_unlimited(getattr(config, m.kind).capacity, m.member) for m in runs.compiled.pools])


def _unlimited(capacity: Any, member: str) -> bool:
    if capacity.members is not None and member not in capacity.members:
        return False  # a pool that a change of scope opens takes over what others had
    return capacity.at(member) is None


def pool_names(runs: Runs) -> Any:
    """Give the code of each pool's name."""
    names = list(dict.fromkeys(m.name for m in runs.compiled.pools))
    return np.asarray([names.index(m.name) for m in runs.compiled.pools])


def member_names(runs: Runs) -> list[str]:
    """List the members of all pools once each."""
    return list(dict.fromkeys(m.member for m in runs.compiled.pools))


def member_codes(runs: Runs) -> Any:
    """Give the code of each pool's member."""
    names = member_names(runs)
    return np.asarray([names.index(m.member) for m in runs.compiled.pools])


def daily(runs: Runs) -> pd.DataFrame:
    """Levels at midnight by day: mean and percentiles over replications; `delayed` and `dtoc` count people in beds."""
    days = pd.date_range(runs.compiled.time.report_from, periods=len(runs.replications[0].daily), name="date")
    frames = []
    for k, member in enumerate(runs.compiled.pools):
        for q, quantity in enumerate(("in_use", "waiting")):
            levels = np.stack([r.daily[:, k, q] for r in runs.replications])
            frames.append(spread_over_days(days, member.name, member.member, quantity, levels))
    county = runs.scenario.config.geography.county
    for q, name in enumerate(("delayed", "dtoc")):
        stacked = np.stack([r.delayed[:, :, q] for r in runs.replications])
        frames.append(spread_over_days(days, name, county, "in_use", stacked.sum(axis=-1)))
        for u, unitary in enumerate(runs.compiled.unitaries):
            if unitary != county:
                frames.append(spread_over_days(days, name, unitary, "in_use", stacked[..., u]))
    return pd.concat(frames, ignore_index=True)


def spread_over_days(days: Any, pool: str, member: str, quantity: str, levels: Any) -> pd.DataFrame:
    """Give mean and percentiles of (replication, day) levels by day."""
    p05, p25, p50, p75, p95 = np.percentile(levels, [5, 25, 50, 75, 95], axis=0)
    numbers = {"mean": levels.mean(axis=0), "p05": p05, "p25": p25, "p50": p50, "p75": p75, "p95": p95}
    return pd.DataFrame({"date": days, "pool": pool, "member": member, "quantity": quantity, **numbers})


def stock(runs: Runs) -> pd.DataFrame:
    """People in each service and their hours a week: time averages of the month."""
    from caresim.measures.replication import month_minutes

    lengths = month_minutes(runs.compiled)[runs.compiled.time.reported_months]
    replication, (m, p, s, o, f), values = long(runs, lambda x: x.stock / lengths[:, None, None, None, None, None])
    return pd.DataFrame(
        {
            "replication": replication,
            "month": months(runs).take(m),
            "unitary": unitaries(runs, p),
            "place": category(p, runs.compiled.places),
            "setting": category(s, SERVICES),
            "origin": category(o, ORIGINS),
            "funding": category(f, FUNDINGS),
            "people": values[:, 0],
            "hours": values[:, 1],
        },
        copy=False,  # millions of rows
    )


def stays(runs: Runs) -> pd.DataFrame:
    """Completed emergency stays by whole days (the last bin is 120 days and more)."""
    replication, (y, u, a), values = long(runs, lambda x: by_unitary(runs, x.stays, 1))
    n = len(replication)
    names = years(runs)
    table = pd.DataFrame(
        {
            "replication": np.repeat(replication, STAY_BINS),
            "year": category(np.repeat(y, STAY_BINS), names),
            "unitary": category(np.repeat(u, STAY_BINS), runs.compiled.unitaries),
            "age": category(np.repeat(a, STAY_BINS), AGES),
            "days": np.tile(np.arange(STAY_BINS), n),
            "people": values.reshape(-1),
        }
    )
    return table[table["people"] > 0].reset_index(drop=True)


TABLES: dict[str, Callable[[Runs], pd.DataFrame]] = {
    "flow": flow,
    "waits": waits,
    "dtoc": dtoc,
    "pools": pools,
    "daily": daily,
    "stock": stock,
    "stays": stays,
}
