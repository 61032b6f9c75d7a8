"""Entering the model: an arrival, and the people who are there at the start."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from caresim.engines.contract import PACKAGE_END
from caresim.engines.reference import decisions, facts
from caresim.engines.reference.episode import POOL_OF_SERVICE, episode
from caresim.engines.reference.hospital import answered, assessing, hospital, installation, request_help, stay
from caresim.engines.reference.living import first_package, market, settle_in
from caresim.engines.reference.package import living, source_package
from caresim.engines.reference.person import Person
from caresim.model.codes import (
    ACUTE_BEDS, ADAPTATIONS, ASSESSMENT, BED, FROM_COMMUNITY, FROM_HOSPITAL, FROM_START, OWN_CARE_HOME, OWN_HOME_CARE,
    PACKAGE, PLANNED, SLOT, TEAM, WORK_COMMUNITY,
)  # fmt: skip
from caresim.model.tables import AWAITS, USES


if TYPE_CHECKING:
    from collections.abc import Generator

    import simpy

    from caresim.engines.reference.person import Step
    from caresim.engines.reference.pool import Pool

    Story = Generator[simpy.Event, int, Step | None]

THERE_AT_START = 8  # in place of a stream
SERVICE_OF_POOL = {pool: service for service, pool in POOL_OF_SERVICE.items()}
ROLE_OF_POOL = {ACUTE_BEDS: BED, ASSESSMENT: TEAM, ADAPTATIONS: TEAM}


def arrive(p: Person) -> Step:
    """Enter as an accepted candidate: to hospital, to an assessment, or straight to care of one's own."""
    world = p.world
    stream = facts.enters(world.T, world.C, world.log, world.key, p.record, p.number, p.env.now)
    if stream <= PLANNED:
        return hospital
    if stream >= OWN_HOME_CARE:
        return partial(source_package, care_home=stream == OWN_CARE_HOME)
    return request_help


def be_there(p: Person, row: int) -> Step:
    """Be there at the start: in long-term care, in a pool, or waiting for one."""
    world = p.world
    tables = world.T[0]
    code = int(tables["start_code"][row])
    if code < USES:
        identify(p, int(tables["start_place"][row]), int(tables["start_age"][row]), FROM_START)
        return partial(in_care, setting=code)
    pool = world.pools[code - (USES if code < AWAITS else AWAITS)]
    place, age = decisions.starter_at_pool(world.T, world.key, pool.number, p.number)
    identify(p, place, age, FROM_HOSPITAL if pool.kind == ACUTE_BEDS else FROM_COMMUNITY)
    if tables["pool_trust"][pool.number] >= 0:
        p.known["trust"] = tables["pool_trust"][pool.number]
    p.known["n0"] = p.decide(decisions.first_need)
    since = None if code < AWAITS else -int(tables["start_waited"][row])
    return partial(in_pool, pool=pool, since=since)


def identify(p: Person, place: int, age: int, origin: int) -> None:
    """Make the person."""
    w = p.world
    facts.identify(w.T, w.C, w.log, w.key, p.record, p.number, place, age, THERE_AT_START, origin, p.env.now)


def in_care(p: Person, setting: int) -> Story:
    """Go on with a package that began before the run, with what is left of its lifetime."""
    known = p.known
    known["residual_first"] = 1
    known["n0"] = p.decide(decisions.start_hours)
    p.fact(facts.stocked, p.world.key, setting)
    pool = market(p, setting)
    if pool is not None:
        p.take(pool, PACKAGE, p.decide(decisions.units_of, setting, int(known["hours"])))
    first_package(p)
    p.set(PACKAGE_END, p.env.now + p.decide(decisions.lifetime_minutes))
    settle_in(p)
    return (yield from living(p))


def in_pool(p: Person, pool: Pool, since: int | None) -> Story:
    """Use a pool at the start, whatever its capacity says; or, with the minute of asking, wait for it."""
    if pool.kind == ACUTE_BEDS:
        p.fact(facts.admitted)
    elif pool.kind == ASSESSMENT:
        p.work = WORK_COMMUNITY
    elif pool.kind in SERVICE_OF_POOL:
        p.known["asked_setting"] = SERVICE_OF_POOL[pool.kind]
    role = ROLE_OF_POOL.get(pool.kind, SLOT)
    if since is not None:
        rank = p.world.rank[WORK_COMMUNITY] if pool.kind == ASSESSMENT else 0
        p.request(pool, role, 1, rank, Person.carry_on, since)
        yield p.sleep()
    else:
        p.known["residual_first"] = pool.kind not in (ASSESSMENT, ADAPTATIONS)
        p.take(pool, role, 1)
    if pool.kind == ACUTE_BEDS:
        return stay
    if pool.kind == ASSESSMENT:
        yield from assessing(p)
        return answered(p)
    if pool.kind == ADAPTATIONS:
        yield from installation(p)
        return None
    return episode
