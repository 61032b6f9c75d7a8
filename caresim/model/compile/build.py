"""Compile a scenario: names, dicts and checks end here; after it there are arrays and codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from caresim.config import Scenario, UnfitError
from caresim.model.chance import DAY
from caresim.model.codes import AGES, SETTINGS
from caresim.model.compile.demand import distinct, fill_demand, population
from caresim.model.compile.distributions import Library
from caresim.model.compile.pools import Member, fill_pools, share_out
from caresim.model.compile.rules import Grid, fill_epochs
from caresim.model.compile.time import Time, fill_time, lay_out
from caresim.model.tables import AWAITS, MOST_TOGETHER, PLACES, POOL_MEMBERS, TABLES, USES, new


@dataclass(frozen=True)
class Compiled:
    """What the engines run: `tables` is one record of TABLES; the rest says what its numbers stand for."""

    scenario: Scenario
    tables: Any = field(repr=False)
    time: Time
    places: tuple[str, ...]
    unitaries: tuple[str, ...]
    pools: tuple[Member, ...]


def compile_scenario(scenario: Scenario) -> Compiled:
    """Turn a scenario into the tables that both engines run on.

    Raises
    ------
    UnfitError
        The scenario asks for more than the engine has room for; the message says of what.
    """
    T = new(TABLES)
    library = Library()
    time = lay_out(scenario)
    grain = int(getattr(scenario.config.calendar, "grain_minutes", None) or 1)
    fill_time(T, time, grain)
    fill_geography(T, scenario)
    fill_demand(T, scenario, time)
    pools = fill_pools(T, scenario, time)
    fill_epochs(T, scenario, time, library)
    fill_hazards(T, scenario, time)
    fill_residuals(T, scenario, library)
    fill_starters(T, scenario, pools)
    for i, curve in enumerate(library.curves):
        T[0]["curves"][i] = curve
    T[0]["samples"][: len(library.samples)] = library.samples
    check_units(T, scenario, time, pools)
    geography = scenario.config.geography
    return Compiled(scenario, T, time, tuple(geography.places), geography.unitaries, tuple(pools))


def fill_geography(T: Any, scenario: Scenario) -> None:
    """Write places, their unitaries and the catchment of the trusts."""
    t, geography = T[0], scenario.config.geography
    t["places"] = len(geography.places)
    t["trusts"] = len(geography.trusts)
    t["follow_up"] = int(scenario.config.hospital.follow_up_days.value * DAY)
    for p, facts in enumerate(geography.places.values()):
        t["unitary_of"][p] = geography.unitaries.index(facts.unitary)
        t["trust_cdf"][p, : len(geography.trusts)] = np.cumsum([facts.trusts.get(x, 0.0) for x in geography.trusts])
    ages = [sum(population(scenario, p, a, scenario.config.calendar.starts) for p in geography.places) for a in AGES]
    older = np.asarray([0.0, *ages[1:]]) if sum(ages[1:]) > 0 else np.asarray([1.0, 0.0, 0.0, 0.0])
    t["age_cdf"] = np.cumsum(older / older.sum())


def fill_hazards(T: Any, scenario: Scenario, time: Time) -> None:
    """Add up the hazard of admission from care to the start of each month."""
    t = T[0]
    hazard = t["hazard"]
    rates, which = distinct([scenario.changes.at(day).packages.admissions_a_year for day in time.months])
    lengths = np.diff([time.minute(day) for day in time.month_starts]) / DAY
    for p, a, place, age in Grid(scenario.config):
        for settings, where in ((slice(4), "at_home"), (slice(4, len(SETTINGS)), "in_care_home")):
            a_year = np.asarray([getattr(rate, where).at(place, age) for rate in rates])[which]
            course = np.concatenate([[0.0], np.cumsum(a_year / 365.0 * lengths)])
            hazard[settings, p, a, : course.size] = course
            hazard[settings, p, a, course.size :] = course[-1]


def fill_residuals(T: Any, scenario: Scenario, library: Library) -> None:
    """Write what is left, at the start, of lifetimes, stays and episodes that are under way."""
    t, config = T[0], scenario.config
    for p, a, place, age in Grid(scenario.config):
        for k, setting in enumerate(SETTINGS):
            t["residual"][k, p, a] = library.residual(getattr(config.packages.lifetime, setting).at(place, age))
        t["residual_stay"][p, a] = library.residual(config.hospital.stay.emergency.at(place, age))
        t["residual_slot"][0, p, a] = library.residual(config.reablement.planned.at(place, age))
        t["residual_slot"][1, p, a] = library.residual(config.intermediate_care.planned.at(place, age))


def fill_starters(T: Any, scenario: Scenario, pools: list[Member]) -> None:
    """Write who is there at the start: people in long-term care by setting, place and age; pools' users and queues."""
    t, config, rows = T[0], scenario.config, []
    places = list(config.geography.places)
    for k, setting in enumerate(SETTINGS):
        spread = config.at_start.people.at(setting)
        for a, age in enumerate(AGES):
            for p, people in enumerate(by_place(scenario, spread, places, age)):
                rows.append((p, a, (p * len(AGES) + a) * len(SETTINGS) + k, people, 0, k))
    first = PLACES * len(AGES) * len(SETTINGS)
    first_scope = {m.kind: m.scope for m in reversed(pools)}
    for i, member in enumerate(pools):
        start = getattr(config.pools, member.kind).at_start
        same = [m for m in pools if m.kind == member.kind and m.scope == first_scope[m.kind]]
        if member not in same:
            continue
        for offset, capacity, code in ((0, start.in_use, USES), (POOL_MEMBERS, start.waiting, AWAITS)):
            people = start_of(scenario, same, capacity)[same.index(member)]
            rows.append((0, 0, first + offset + i, people, int(start.waited_days * DAY), code + i))
    refuse_crowds(rows, places, pools)
    for n, row in enumerate(rows := [r for r in rows if r[3] > 0]):
        for name, value in zip(("place", "age", "cell", "people", "waited", "code"), row, strict=True):
            t[f"start_{name}"][n] = value
    t["starters"] = len(rows)


def refuse_crowds(rows: Sequence[tuple[int, ...]], places: list[str], pools: list[Member]) -> None:
    """Refuse more people in one row than can be told apart from those who arrive."""
    for place, age, _, people, _, code in rows:
        if people <= MOST_TOGETHER:
            continue
        if code < USES:
            path, whom = f"at_start.people.by_setting.{SETTINGS[code]}", f"{places[place]}, {AGES[age]}"
        else:
            kind, which = ("waiting", code - AWAITS) if code >= AWAITS else ("in_use", code - USES)
            path, whom = f"pools.{pools[which].kind}.at_start.{kind}", pools[which].member
        raise UnfitError(path, f"has {people:,} people for {whom}; at most {MOST_TOGETHER:,} fit")


def start_of(scenario: Scenario, group: list[Member], capacity: Any) -> list[int]:
    """Give the people at the start of each member of a pool; one number is shared out by the places served."""
    if capacity.is_single:
        return share_out(int(capacity.single or 0), [sum(m.weights) for m in group])
    if group[0].scope == getattr(scenario.config.pools, group[0].kind).scope:
        return [int(capacity.at(m.member) or 0) for m in group]
    return share_out(sum(int(n or 0) for n in capacity.members.values()), [sum(m.weights) for m in group])


def by_place(scenario: Scenario, spread: Any, places: list[str], age: str) -> list[int]:
    """Give the people of each place: as stated by place, or the county's number shared out by population."""
    if spread.places:
        return [round(spread.at(place, age)) for place in places]
    day = scenario.config.calendar.starts
    return share_out(round(spread.at(None, age)), [population(scenario, place, age, day) for place in places])


def check_units(T: Any, scenario: Scenario, time: Time, pools: list[Member]) -> None:
    """Refuse a binding home care market whose smallest capacity above 0 could never meet the largest package.

    Changes may make packages larger from some month on; who asked then may still wait, or hold one, in any later month.
    """
    t = T[0]
    caps = {scenario.changes.at(day).need.deconditioning.cap_hours for day in time.months}
    most = max(cap.at(p, a) for cap in caps for _, _, p, a in Grid(scenario.config))
    changed = ", as changes make it" if most > max(scenario.config.need.deconditioning.cap_hours) else ""
    for i, member in enumerate(pools):
        if member.kind != "home_care" or not t["queues"][i]:
            continue
        steps = [int(t["step_to"][n]) for n in range(int(t["steps"])) if t["step_pool"][n] == i]
        smallest = min([c for c in [int(t["capacity"][i]), *steps] if c > 0], default=0)
        if 0 < smallest < most:
            raise UnfitError(
                "pools.home_care.capacity",
                f"is {smallest} hours for {member.member}, less than the largest package "
                f"(need.deconditioning.cap_hours {most:g}{changed}): somebody would wait for ever",
            )
