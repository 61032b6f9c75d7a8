"""Tables of paired differences. "all years", "all places" and so on stand beside the others: never add them up.

Over all years what can be added up is added up; of a level or a share it is the mean of the years, by their length.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from caresim.config.schema.payment import Payment
from caresim.measures.places import ALL_AGES, LEVELS, by_place
from caresim.measures.places import UNITS as PLACE_UNITS
from caresim.measures.runs import Runs
from caresim.measures.tables import by_unitary, years
from caresim.model.codes import AGES
from caresim.money.costs import BY_PLACE
from caresim.money.ledger import ledger_by_year
from caresim.money.payments import expect, payment_entries, payment_of
from caresim.money.summary import UNITS, adds_up, area_names, days_of_years
from caresim.studies.bridge import INTERACTION, OTHER_CHANGES, TOTAL, WITHOUT
from caresim.studies.pairing import of_differences, paired
from caresim.studies.result import Result

Floats = NDArray[np.float64]
ALL_YEARS, ALL_PLACES, ALL_PARTNERS, ALL_SERVICES = "all years", "all places", "all partners", "all services"
DESCRIBED = ("mean", "low", "high", "p05", "p95", "replications")
WITHOUT_PAIRING = ("low_unpaired", "high_unpaired", "variance_ratio")
SHARES = ("share_lower", "share_higher")
FIFTHS = ("p20", "p80")
SHORT = ("mean", "low", "high", "replications")
PLACED = {**PLACE_UNITS, **dict.fromkeys(BY_PLACE, "pounds")}  # what is compared by place, and its unit


def tidy(axes: Mapping[str, Sequence[str]], values: Mapping[str, Any], columns: Sequence[str]) -> pd.DataFrame:
    """Lay arrays out as rows: a column of names for each axis, then the chosen values."""
    at = np.indices([len(names) for names in axes.values()]).reshape(len(axes), -1)
    named = {axis: np.asarray(names, dtype=object)[at[i]] for i, (axis, names) in enumerate(axes.items())}
    return pd.DataFrame({**named, **{column: np.asarray(values[column]).reshape(-1) for column in columns}})


def with_all_years(runs: Runs, values: Floats, sums: Any) -> Floats:
    """Add all years to the last axis: the sum where `sums` is true, else the mean of the years by their length."""
    days = days_of_years(runs)
    mean = (values * (days / days.sum())).sum(axis=-1)
    return np.concatenate([values, np.where(sums, values.sum(axis=-1), mean)[..., None]], axis=-1)


def names_of_years(runs: Runs) -> list[str]:
    """Give the reported years and the name for all of them."""
    return [*years(runs), ALL_YEARS]


# ---- the measures of the summary


def measured(result: Result, areas: Sequence[str]) -> Floats:
    """Give every measure of every replication: (replication, measure, area, year and all years)."""
    at = [area_names(result.runs).index(area) for area in areas]
    values = np.stack([np.moveaxis(result.values[name], 1, 2)[:, at] for name in UNITS], axis=1)
    sums = np.asarray([adds_up(name) for name in UNITS])[None, :, None]
    return with_all_years(result.runs, values, sums)


def areas_of(base: Runs, changed: Runs) -> list[str]:
    """Give the areas that both report on."""
    return [area for area in area_names(base) if area in area_names(changed)]


def differences(key: str, base: Result, changed: Result) -> pd.DataFrame:
    """Give the paired differences of every measure of the summary."""
    areas = areas_of(base.runs, changed.runs)
    described = paired(measured(base, areas), measured(changed, areas))
    axes = {"measure": list(UNITS), "area": areas, "year": names_of_years(base.runs)}
    table = tidy(axes, described, (*DESCRIBED, *WITHOUT_PAIRING, *SHARES, *FIFTHS))
    table.insert(0, "scenario", key)
    table.insert(2, "unit", table["measure"].map(UNITS))
    return table


# ---- who is averted or helped


def differences_by_place(key: str, base: Result, changed: Result) -> pd.DataFrame:
    """Give the paired differences of activity by place and age, and of cost by place."""
    described = paired(placed(base), placed(changed))
    axes = {
        "place": [*base.runs.compiled.places, ALL_PLACES],
        "age": [*AGES, ALL_AGES],
        "measure": list(PLACED),
        "year": names_of_years(base.runs),
    }
    table = tidy(axes, described, SHORT)
    table.insert(0, "scenario", key)
    table.insert(4, "unit", table["measure"].map(PLACED))
    return table[table["replications"] > 0].reset_index(drop=True)


def placed(result: Result) -> Floats:
    """Give every replication by (replication, place and all places, age, measure, year and all years)."""
    runs = result.runs
    activity = np.stack([by_place(own, r) for own, r in runs.each()])  # n, y, p, a, measure
    money = np.full((*activity.shape[:-1], len(BY_PLACE)), np.nan)
    added = [sum(result.costs[part] for part in parts) for parts in BY_PLACE.values()]
    money[:, :, :, -1] = np.stack(added, axis=-1)  # of all ages together
    values = np.concatenate([activity, money], axis=-1)
    values = np.moveaxis(np.concatenate([values, values.sum(axis=2, keepdims=True)], axis=2), 1, -1)
    sums = np.asarray([name not in LEVELS for name in PLACED])
    return with_all_years(runs, values, sums[None, None, None, :])


# ---- money


@dataclass(frozen=True)
class Landed:
    """What lands on whom in each replication: pounds by (year, unitary), under (partner, service)."""

    runs: Runs
    ledgers: list[dict[tuple[str, str], Floats]]
    by_line: list[dict[tuple[str, str], Floats]]  # the same under (partner, line of the ledger)


def landed(runs: Runs, base: Runs, way: Payment | None = None) -> Landed:
    """Add up cost and payments of every replication; rules of payment that expect the baseline take its mean.

    `way` is another way of paying than the scenario's.
    """
    expected = expect(way or payment_of(runs.scenario), base)
    found = Landed(runs, [], [])
    for own, r in runs.each():
        services: dict[tuple[str, str], Floats] = {}
        lines: dict[tuple[str, str], Floats] = {}
        for e in (*ledger_by_year(own, r), *payment_entries(own, r, expected, way)):
            here = by_unitary(runs, e.pounds.sum(axis=2), 1)
            for side, key in ((services, (e.partner, e.service)), (lines, (e.partner, e.line))):
                side[key] = side[key] + here if key in side else here
        found.ledgers.append(services)
        found.by_line.append(lines)
    return found


def money_differences(key: str, base: Landed, changed: Landed) -> pd.DataFrame:
    """Give the paired differences of what lands on whom; lines that are 0 in both are left out.

    What partners pay each other is the service "payment", above 0 for who pays and below for who is paid.
    """
    lines = sorted({line for side in (base, changed) for ledger in side.ledgers for line in ledger})
    areas = areas_of(base.runs, changed.runs)
    described = paired(summed(base, lines, areas), summed(changed, lines, areas))
    axes = {"line": [str(i) for i in range(len(totals(lines)))], "unitary": areas, "year": names_of_years(base.runs)}
    table = tidy(axes, described, SHORT)
    line = table.pop("line").astype(int)
    table.insert(2, "partner", [totals(lines)[i][0] for i in line])
    table.insert(3, "service", [totals(lines)[i][1] for i in line])
    table.insert(0, "scenario", key)
    return table[["scenario", "year", "unitary", "partner", "service", *SHORT]]


def line_differences(key: str, base: Landed, changed: Landed) -> pd.DataFrame:
    """Give the paired differences of the lines of the ledger, such as continuing care, and the baseline's level."""
    lines = sorted({line for side in (base, changed) for ledger in side.by_line for line in ledger})
    areas = areas_of(base.runs, changed.runs)
    before, after = (summed(Landed(s.runs, s.by_line, []), lines, areas)[:, : len(lines)] for s in (base, changed))
    axes = {"line": [str(i) for i in range(len(lines))], "unitary": areas, "year": names_of_years(base.runs)}
    table = tidy(axes, {**paired(before, after), "baseline": before.mean(axis=0)}, ("baseline", *SHORT))
    line = table.pop("line").astype(int)
    table.insert(0, "scenario", key)
    table.insert(1, "partner", [lines[i][0] for i in line])
    table.insert(2, "line", [lines[i][1] for i in line])
    return table[["scenario", "year", "unitary", "partner", "line", "baseline", *SHORT]]


def totals(lines: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give the lines, then all services of each partner, then everything."""
    partners = list(dict.fromkeys(partner for partner, _ in lines))
    return [*lines, *((partner, ALL_SERVICES) for partner in partners), (ALL_PARTNERS, ALL_SERVICES)]


def summed(side: Landed, lines: Sequence[tuple[str, str]], areas: Sequence[str]) -> Floats:
    """Give pounds by (replication, line and totals, county and unitaries, year and all years)."""
    runs = side.runs
    nothing = np.zeros((len(years(runs)), len(runs.compiled.unitaries)))
    zero = np.zeros((len(side.ledgers), 0, *nothing.shape))
    rows = [np.stack([ledger.get(line, nothing) for ledger in side.ledgers]) for line in lines]
    values = np.stack(rows, axis=1) if rows else zero  # replication, line, year, unitary
    whole = values.sum(axis=3, keepdims=True)
    at = [runs.compiled.unitaries.index(area) for area in areas[1:]]
    by_area = np.moveaxis(np.concatenate([whole, values[..., at]], axis=3), 2, 3)
    sums = [by_area[:, [i for i, line in enumerate(lines) if line[0] in those]].sum(axis=1) for those in groups(lines)]
    return with_all_years(runs, np.concatenate([by_area, np.stack(sums, axis=1)], axis=1), True)


def groups(lines: Sequence[tuple[str, str]]) -> list[set[str]]:
    """Give the partners that each of the totals adds up: every one by itself, then all."""
    partners = list(dict.fromkeys(partner for partner, _ in lines))
    return [*({partner} for partner in partners), set(partners)]


# ---- the parts of a scenario


def bridge(key: str, base: Result, changed: Result, parts: Mapping[str, Result]) -> pd.DataFrame:
    """Give what each part of a scenario contributes, what the parts do to each other, and the total."""
    areas = areas_of(base.runs, changed.runs)
    tables = []
    for name, difference in contributions(base, changed, parts, areas):
        axes = {"measure": list(UNITS), "area": areas, "year": names_of_years(base.runs)}
        table = tidy(axes, of_differences(difference), SHORT)
        table.insert(0, "scenario", key)
        table.insert(1, "part", name)
        table.insert(3, "unit", table["measure"].map(UNITS))
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def contributions(
    base: Result, changed: Result, parts: Mapping[str, Result], areas: Sequence[str]
) -> Iterator[tuple[str, Floats]]:
    """Give the paired difference that each part makes; they add up to the total."""
    at_first, without = measured(base, areas), measured(parts[WITHOUT], areas)
    total = measured(changed, areas) - at_first
    others = without - at_first
    left = total - others
    if np.nan_to_num(others).any():
        yield OTHER_CHANGES, others
    for name, part in parts.items():
        if name != WITHOUT:
            difference = measured(part, areas) - without
            left = left - difference
            yield name, difference
    yield INTERACTION, left
    yield TOTAL, total
