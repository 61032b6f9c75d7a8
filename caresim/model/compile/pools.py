"""Pools: one member for each member of their scope, how a capacity is shared out, and how it changes over time."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import mul
from typing import Any

import numpy as np

from caresim.config import Scenario, UnfitError
from caresim.config.effects import Applied
from caresim.config.vocabulary import WEEKDAYS
from caresim.model.chance import DAY, NEVER
from caresim.model.codes import AGES, MARKETS, POOLS, SETTINGS, WORK
from caresim.model.compile.demand import middle_of, people_on, population
from caresim.model.compile.time import Time
from caresim.model.tables import HANDS_OVER, LAYOUTS, POOL_MEMBERS, STEPS

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


def members(scenario: Scenario, time: Time) -> list[Member]:
    """List every pool member, kinds in their written order; of a kind whose scope changes, the first scope's first.

    Raises
    ------
    UnfitError
        There are more of them than the engine has room for.
    """
    found = []
    for kind in POOLS:
        for scope in dict.fromkeys(scopes_of(scenario, time, kind)):
            found += group_of(scenario, kind, scope)
    if len(found) > POOL_MEMBERS:
        raise UnfitError(
            "pools", f"are {len(found)} in all, one for each member of a scope; at most {POOL_MEMBERS} fit"
        )
    return found


def scopes_of(scenario: Scenario, time: Time, kind: str) -> list[str]:
    """Give the scope of a kind of pool in each month."""
    return [getattr(scenario.changes.at(day).pools, kind).scope for day in time.months]


def group_of(scenario: Scenario, kind: str, scope: str) -> list[Member]:
    """List the members that a kind of pool has at a scope."""
    pool = getattr(scenario.config.pools, kind)
    return [member_of(scenario, kind, pool, scope, name) for name in scenario.config.geography.members(scope)]


def member_of(scenario: Scenario, kind: str, pool: Any, scope: str, member: str) -> Member:
    """Describe one pool member."""
    geography = scenario.config.geography
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
    people = people_on(scenario, day).values()
    return sum(w * sum(here[age] for age in ages) for w, here in zip(member.weights, people, strict=True) if w > 0)


@lru_cache(maxsize=4096)  # every month is held against the same first day
def users_of(scenario: Scenario, member: Member, day: datetime.date) -> float:
    """Measure the use of a pool that its population makes likely: people by age, weighted by what each age uses.

    Care settings: by the people in the setting at the start. Other pools: by emergency admissions times the need of
    somebody without support. So a capacity that grows with its population keeps pace with an ageing one.
    """
    people, uses = people_on(scenario, day).values(), uses_of(scenario, member.kind)
    places = zip(member.weights, people, uses, strict=True)
    return float(sum(w * sum(map(mul, here.values(), use)) for w, here, use in places if w > 0))


@lru_cache(maxsize=256)
def uses_of(scenario: Scenario, kind: str) -> list[list[float]]:
    """Give what one person of each place and age is likely to use of a pool, in any unit."""
    return [[use_of(scenario, kind, place, age) for age in AGES] for place in scenario.config.geography.places]


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


def starts_a_week(scenario: Scenario, group: list[Member]) -> list[int]:
    """Give the cap on starts a week of each member of a pool, stated or shared out as its capacity is; 0 is no cap.

    Raises
    ------
    UnfitError
        A member's share is no start at all, which would keep whoever asks it waiting for ever.
    """
    kind = group[0].kind
    pool = getattr(scenario.config.pools, kind)
    cap = getattr(pool, "starts_a_week", None)
    if cap is None:
        return [0] * len(group)
    starts = capacities(scenario, group_of(scenario, kind, pool.scope), cap)
    if group[0].scope != pool.scope:
        starts = converted(scenario, group, starts)
    for member, share in zip(group, starts, strict=True):
        if share < 1:
            raise UnfitError(
                f"pools.{kind}.starts_a_week",
                f"leaves {member.member} no start a week: {sum(starts)} in all, shared out over {len(group)}",
            )
    return starts


def own_course(scenario: Scenario, time: Time, group: list[Member]) -> list[tuple[datetime.date, list[int]]]:
    """Give what the members of a pool hold from each day on: stated changes, growth from month to month.

    The first capacity is what there is on the first day reported, and before it unless a change says otherwise.
    """
    pool = getattr(scenario.config.pools, group[0].kind)
    stated = [(scenario.config.calendar.starts, pool.capacity), *((c.starts, c.capacity) for c in pool.changes)]
    values = [(day, capacities(scenario, group, capacity)) for day, capacity in stated]
    marks = {day for day, _ in values[1:] if time.first < day < time.end}
    course = []
    for month, day in sorted([*enumerate(time.months), *((-1, d) for d in marks)], key=lambda x: (x[1], x[0])):
        since, now = [values[0], *(v for v in values[1:] if v[0] <= day)][-1]
        there = day if month < 0 else middle_of(time, month)
        if pool.grows_with_population:
            now = [grown(scenario, m, now[i], since, there) for i, m in enumerate(group)]
        course.append((day, list(now)))
    return course


def grown(scenario: Scenario, member: Member, capacity: int, since: datetime.date, day: datetime.date) -> int:
    """Give a capacity that has kept pace with the population it serves."""
    if capacity == UNLIMITED:
        return capacity
    before = users_of(scenario, member, since)
    if before <= 0:
        return capacity
    return int(capacity * users_of(scenario, member, day) / before + 0.5)


def courses_of(scenario: Scenario, time: Time, kind: str) -> list[list[tuple[int, int]]]:
    """Give (minute, capacity) of every member that a kind of pool ever has, from the first minute on.

    Where the scope changes, all that there is then is shared out over the new members by the people they serve, and the
    old ones hand over. Changes of capacity by interventions come last.
    """
    scopes = dict.fromkeys(scopes_of(scenario, time, kind))
    groups = {scope: group_of(scenario, kind, scope) for scope in scopes}
    own = getattr(scenario.config.pools, kind).scope
    courses: dict[Member, list[tuple[int, int]]] = {m: [] for group in groups.values() for m in group}
    previous = ""
    for day, held in own_course(scenario, time, group_of(scenario, kind, own)):
        scope = getattr(scenario.changes.at(day).pools, kind).scope
        group = groups[scope]
        amounts = held if scope == own else converted(scenario, group, held)
        amounts = changed_by(scenario, group, amounts, day)
        closing = groups[previous] if previous not in ("", scope) else []
        for member, capacity in [*zip(group, amounts, strict=True), *((m, HANDS_OVER) for m in closing)]:
            add_step(courses[member], time.minute(day), capacity)
        previous = scope
    return [from_the_start(course) for course in courses.values()]


def from_the_start(course: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Let a pool that opens later hold nothing until then; one without a limit never has one."""
    if all(capacity in (UNLIMITED, HANDS_OVER) for _, capacity in course):
        return [(0, UNLIMITED), *(step for step in course if step[1] == HANDS_OVER)]
    return course if course[0][0] == 0 else [(0, 0), *course]


def add_step(course: list[tuple[int, int]], minute: int, capacity: int) -> None:
    """Add a capacity that holds from a minute on, if it is another one than before."""
    if course and course[-1][1] == capacity:
        return
    if course and course[-1][0] == minute:
        course.pop()
    course.append((minute, capacity))


def converted(scenario: Scenario, group: list[Member], held: list[int]) -> list[int]:
    """Share what the members of one scope hold out over those of another."""
    if UNLIMITED in held:
        return [UNLIMITED] * len(group)
    everyone = getattr(scenario.config.pools, group[0].kind).share_by == "population"
    day = scenario.config.calendar.starts
    return share_out(sum(held), [people_of(scenario, m, day, everyone) for m in group])


def changed_by(scenario: Scenario, group: list[Member], held: list[int], day: datetime.date) -> list[int]:
    """Apply the effects of interventions on the capacity of a pool's members; what is added is shared by people.

    Raises
    ------
    UnfitError
        An effect names some of the places that a member serves, not all of them, or takes away more than there is.
    """
    applied = scenario.changes.capacity(group[0].kind, day)
    if not applied:
        return held
    factors, added = [1.0] * len(group), [0] * len(group)
    for a in applied:
        meant = [is_meant(scenario, member, a) for member in group]
        people = [people_of(scenario, m, day, False) if it else 0.0 for m, it in zip(group, meant, strict=True)]
        weights = people if sum(people) > 0 else [float(it) for it in meant]  # nobody of 65 and over: alike
        more = round(abs(a.added))
        shares = share_out(more, weights) if any(meant) else [0] * len(group)
        for i, it in enumerate(meant):
            factors[i] *= a.factor if it else 1.0
            added[i] += shares[i] if a.added > 0 else -shares[i]
    new = [h if h == UNLIMITED else int(h * f + 0.5) + n for h, f, n in zip(held, factors, added, strict=True)]
    for member, n, h in zip(group, new, held, strict=True):
        if n < 0 <= h:
            many = f"{h - n} of {h}"
            raise UnfitError(
                f"pools.{member.kind}.capacity",
                f"for {member.member}: changes take away more than there is on {day}: {many}",
            )
    return new


def is_meant(scenario: Scenario, member: Member, applied: Applied) -> bool:
    """Tell whether an effect on a capacity is for a member: by its name if it is a trust's, else by those it serves."""
    geography, cells = scenario.config.geography, applied.cells
    if member.scope == "trust" and cells.trusts is not None:
        if member.member not in cells.trusts:
            return False
        cells = replace(cells, trusts=None)
    served = [place for place, w in zip(geography.places, member.weights, strict=True) if w > 0]
    left_out = [place for place in served if cells.share_of(place, geography) < 1]
    if any(cells.hold(place, None) for place in served) and left_out:
        others = ", ".join(left_out)
        raise UnfitError(
            f"pools.{member.kind}.capacity",
            f"for {member.member}: it serves {others} as well, which an effect on it leaves out",
        )
    return bool(served) and not left_out


def fill_pools(T: Any, scenario: Scenario, time: Time) -> list[Member]:
    """Write the pools into the tables and return them in the order of their numbers."""
    t = T[0]
    found = members(scenario, time)
    t["pools"] = len(found)
    steps: list[tuple[int, int, int]] = []
    for kind_number, kind in enumerate(POOLS):
        numbers = [i for i, m in enumerate(found) if m.kind == kind]
        for i, course in zip(numbers, courses_of(scenario, time, kind), strict=True):
            fill_member(T, scenario, i, found[i], kind_number, course[0][1])
            steps.extend((minute, i, capacity) for minute, capacity in course[1:])
    groups = dict.fromkeys((m.kind, m.scope) for m in found)  # in the order of the members
    starts = [n for group in groups for n in starts_a_week(scenario, [m for m in found if (m.kind, m.scope) == group])]
    t["starts_a_week"][: len(found)] = starts
    fill_steps(T, sorted(steps))
    fill_layouts(T, scenario, time, found)
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
    t["limited"][i] = int(capacity != UNLIMITED)
    t["queues"][i] = int(capacity != UNLIMITED and (not is_market or pool.binding))
    t["patience"][i] = NEVER if pool.overflow_after_days is None else int(pool.overflow_after_days * DAY + 0.5)
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
        raise UnfitError("pools", f"have {len(steps)} changes of capacity in all; at most {STEPS} fit")
    if any(capacity == UNLIMITED for _, _, capacity in steps):
        raise UnfitError("pools", "have a capacity that becomes unlimited during the run, which none can")
    t["steps"] = len(steps)
    t["step_minute"][:] = NEVER
    for name, column in zip(("step_minute", "step_pool", "step_to"), zip(*steps, strict=True), strict=False):
        t[name][: len(steps)] = column


def fill_layouts(T: Any, scenario: Scenario, time: Time, found: list[Member]) -> None:
    """Write, for every month, which member of each pool serves a place and a trust, and the days on which teams work.

    Raises
    ------
    UnfitError
        Scopes and working days change more often than the engine has room for.
    """
    t = T[0]
    known: dict[tuple[Any, ...], int] = {}
    for month, day in enumerate(time.months):
        pools = scenario.changes.at(day).pools
        layout = tuple((getattr(pools, kind).scope, getattr(pools, kind).working_days) for kind in POOLS)
        if layout not in known:
            if len(known) == LAYOUTS:
                raise UnfitError("pools", f"change scopes and working days more than {LAYOUTS} times")
            known[layout] = len(known)
            fill_layout(T, scenario, known[layout], pools, found)
        t["layout"][month:] = known[layout]


def fill_layout(T: Any, scenario: Scenario, n: int, pools: Any, found: list[Member]) -> None:
    """Write one layout of the pools."""
    t = T[0]
    number = {(m.kind, m.scope, m.member): i for i, m in enumerate(found)}
    geography = scenario.config.geography
    for i, member in enumerate(found):
        t["works"][n, i] = [int(day in getattr(pools, member.kind).working_days) for day in WEEKDAYS]
    for k, kind in enumerate(POOLS):
        scope = getattr(pools, kind).scope
        for p, (place, facts) in enumerate(geography.places.items()):
            for r, trust in enumerate(geography.trusts):
                own = {"unitary": facts.unitary, "hub": facts.hub, "place": place, "trust": trust}
                t["pool_of"][n, k, p, r] = number[kind, scope, own.get(scope, geography.county)]
