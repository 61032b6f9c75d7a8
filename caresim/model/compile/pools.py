"""Pools: one member for each member of their scope, how a capacity is shared out, and how it changes over time."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from caresim.config import CaresimError, Scenario
from caresim.config.vocabulary import WEEKDAYS
from caresim.model.chance import DAY, NEVER
from caresim.model.codes import AGES, MARKETS, POOLS, SETTINGS, WORK
from caresim.model.compile.demand import middle_of, population
from caresim.model.compile.time import Time
from caresim.model.tables import POOL_MEMBERS, STEPS

UNLIMITED = -1


@dataclass(frozen=True)
class Member:
    """One pool of the engine: its kind, the name tables show, the member of its scope, and the weight of each place."""

    kind: str
    name: str
    member: str
    scope: str
    trust: int
    weights: tuple[float, ...]  # share of each place's people who use it


def members(scenario: Scenario) -> list[Member]:
    """List every pool member, kinds in their written order.

    Raises
    ------
    CaresimError
        There are more of them than the engine has room for.
    """
    found = []
    for kind in POOLS:
        pool = getattr(scenario.config.pools, kind)
        for member in scenario.config.geography.members(pool.scope):
            found.append(member_of(scenario, kind, pool, member))
    if len(found) > POOL_MEMBERS:
        raise CaresimError(
            f"pools: {len(found)} pools in all, one for each member of a scope; at most {POOL_MEMBERS} fit"
        )
    return found


def member_of(scenario: Scenario, kind: str, pool: Any, member: str) -> Member:
    """Describe one pool member."""
    geography = scenario.config.geography
    scope = pool.scope
    name = pool.name or kind
    weights = []
    for place, facts in geography.places.items():
        if scope == "trust":
            weights.append(float(facts.trusts.get(member, 0.0)))
        else:
            own = {"county": geography.county, "unitary": facts.unitary, "hub": facts.hub, "place": place}[scope]
            weights.append(1.0 if own == member else 0.0)
    trust = geography.trusts.index(member) if scope == "trust" else -1
    return Member(kind, name, member, scope, trust, tuple(weights))


def people_of(scenario: Scenario, member: Member, day: datetime.date, everyone: bool) -> float:
    """Count the people a pool serves on a day: 65 and over, or all adults."""
    ages = AGES if everyone else AGES[1:]
    places = scenario.config.geography.places
    return sum(
        w * sum(population(scenario, place, age, day) for age in ages)
        for w, place in zip(member.weights, places, strict=True)
        if w > 0
    )


def users_of(scenario: Scenario, member: Member, day: datetime.date) -> float:
    """Measure the use of a pool that its population makes likely: people by age, weighted by what each age uses.

    Care settings: by the people in the setting at the start. Other pools: by emergency admissions times the need of
    somebody without support. So a capacity that grows with its population keeps pace with an ageing one.
    """
    places = scenario.config.geography.places
    return sum(
        w * sum(population(scenario, place, age, day) * use_of(scenario, member.kind, place, age) for age in AGES)
        for w, place in zip(member.weights, places, strict=True)
        if w > 0
    )


@lru_cache(maxsize=4096)
def use_of(scenario: Scenario, kind: str, place: str, age: str) -> float:
    """Give what one person of an age is likely to use of a pool, in any unit."""
    config = scenario.config
    if kind in SETTINGS:
        spread = config.at_start.people.at(kind)
        served = [place] if spread.places else list(config.geography.places)
        people = sum(config.demand.population.at(p, age) for p in served)
        there = spread.at(place if spread.places else None, age)
        return float(there / people) if people > 0 else 0.0
    admissions = config.demand.admissions
    rate = admissions.fall.at(place, age) + admissions.other_emergency.at(place, age)
    return float(rate * config.need.first.at(place, age).mean)


def share_out(total: int, weights: list[float]) -> list[int]:
    """Share a whole number out by weights, largest remainders first; equal shares where no weight is above 0."""
    if sum(weights) <= 0:
        weights = [1.0] * len(weights)
    exact = [total * w / sum(weights) for w in weights]
    shares = [int(x) for x in exact]
    order = sorted(range(len(weights)), key=lambda i: (shares[i] - exact[i], i))
    for i in order[: total - sum(shares)]:
        shares[i] += 1
    return shares


def capacities(scenario: Scenario, group: list[Member], capacity: Any) -> list[int]:
    """Give the capacity of each member of one pool; UNLIMITED where there is none."""
    if not capacity.is_single:
        named = [capacity.at(m.member) for m in group]
        return [UNLIMITED if n is None else int(n) for n in named]
    if capacity.single is None:
        return [UNLIMITED] * len(group)
    everyone = getattr(scenario.config.pools, group[0].kind).share_by == "population"
    day = scenario.config.calendar.starts
    return share_out(int(capacity.single), [people_of(scenario, m, day, everyone) for m in group])


def course_of(scenario: Scenario, time: Time, group: list[Member]) -> list[list[tuple[int, int]]]:
    """Give (minute, capacity) of each member from the first minute on: stated changes, growth from month to month."""
    pool = getattr(scenario.config.pools, group[0].kind)
    stated = [(scenario.config.calendar.starts, pool.capacity), *((c.starts, c.capacity) for c in pool.changes)]
    values = [(day, capacities(scenario, group, capacity)) for day, capacity in stated]
    courses: list[list[tuple[int, int]]] = [[] for _ in group]
    marks = {day for day, _ in values[1:] if time.first < day < time.end}
    for month, day in sorted([*enumerate(time.months), *((-1, d) for d in marks)], key=lambda x: (x[1], x[0])):
        since, now = [v for v in values if v[0] <= day][-1] if day >= values[0][0] else values[0]
        for i, member in enumerate(group):
            capacity = now[i]
            if pool.grows_with_population and capacity != UNLIMITED:
                there = day if month < 0 else middle_of(time, month)
                before = users_of(scenario, member, since)
                if before > 0:
                    capacity = int(capacity * users_of(scenario, member, there) / before + 0.5)
            minute = time.minute(day)
            if not courses[i] or courses[i][-1][1] != capacity:
                if courses[i] and courses[i][-1][0] == minute:
                    courses[i].pop()
                courses[i].append((minute, capacity))
    return courses


def fill_pools(T: Any, scenario: Scenario, time: Time) -> list[Member]:
    """Write the pools into the tables and return them in the order of their numbers."""
    t = T[0]
    found = members(scenario)
    t["pools"] = len(found)
    steps: list[tuple[int, int, int]] = []
    for kind_number, kind in enumerate(POOLS):
        numbers = [i for i, m in enumerate(found) if m.kind == kind]
        for i, course in zip(numbers, course_of(scenario, time, [found[i] for i in numbers]), strict=True):
            fill_member(T, scenario, i, found[i], kind_number, course[0][1])
            steps.extend((minute, i, capacity) for minute, capacity in course[1:])
    fill_steps(T, sorted(steps))
    fill_pool_of(T, scenario, found)
    for work, rank in scenario.config.pools.assessment.priority.items():
        t["rank"][WORK.index(work)] = rank
    return found


def fill_member(T: Any, scenario: Scenario, i: int, member: Member, kind: int, capacity: int) -> None:
    """Write one pool."""
    t = T[0]
    pool = getattr(scenario.config.pools, member.kind)
    is_market = member.kind in MARKETS
    t["pool_kind"][i] = kind
    t["capacity"][i] = max(capacity, 0)
    t["queues"][i] = int(capacity != UNLIMITED and (not is_market or pool.binding))
    t["patience"][i] = NEVER if pool.overflow_after_days is None else int(pool.overflow_after_days * DAY + 0.5)
    t["starts_a_week"][i] = (pool.starts_a_week.single or 0) if is_market and pool.starts_a_week else 0
    t["works"][i] = [int(day in pool.working_days) for day in WEEKDAYS]
    t["pool_trust"][i] = member.trust
    places, day = list(scenario.config.geography.places), scenario.config.calendar.starts
    older = [sum(population(scenario, place, age, day) for age in AGES[1:]) for place in places]
    weights = np.asarray(older) * member.weights
    if weights.sum() <= 0:
        weights = np.asarray(member.weights)
    t["pool_places"][i, : len(places)] = np.cumsum(weights / weights.sum()) if weights.sum() > 0 else 1.0


def fill_steps(T: Any, steps: list[tuple[int, int, int]]) -> None:
    """Write the changes of capacity in the order in which they happen."""
    t = T[0]
    if len(steps) > STEPS:
        raise CaresimError(f"pools: {len(steps)} changes of capacity in all; at most {STEPS} fit")
    if any(capacity == UNLIMITED for _, _, capacity in steps):
        raise CaresimError("pools: a capacity cannot become unlimited during a run")
    t["steps"] = len(steps)
    t["step_minute"][:] = NEVER
    for n, (minute, i, capacity) in enumerate(steps):
        t["step_minute"][n], t["step_pool"][n], t["step_to"][n] = minute, i, capacity


def fill_pool_of(T: Any, scenario: Scenario, found: list[Member]) -> None:
    """Write which member of each pool serves a place and a trust."""
    t = T[0]
    number = {(m.kind, m.member): i for i, m in enumerate(found)}
    geography = scenario.config.geography
    for k, kind in enumerate(POOLS):
        scope = getattr(scenario.config.pools, kind).scope
        for p, (place, facts) in enumerate(geography.places.items()):
            for r, trust in enumerate(geography.trusts):
                own = {"unitary": facts.unitary, "hub": facts.hub, "place": place, "trust": trust}
                t["pool_of"][k, p, r] = number[kind, own.get(scope, geography.county)]
