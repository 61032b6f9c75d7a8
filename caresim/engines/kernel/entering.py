"""Entering the model: an arrival, and the people who are there at the start."""

from caresim.engines.contract import PACKAGE_END, PHASE_CLOCK, moment
from caresim.engines.kernel.holding import request, ring_at, take
from caresim.engines.kernel.living import first_package, live_at_home, source_package
from caresim.engines.kernel.states import FOR_ADAPTATION, FOR_ASSESSMENT, FOR_BED, FOR_SLOT
from caresim.engines.kernel.way import (
    ask_from_community, begin_adaptation, begin_assessment, begin_episode, begin_stay, go_to_hospital,
    stay_done,
)  # fmt: skip
from caresim.engines.kernel.world import PEOPLE_FULL, fresh, recall
from caresim.model.arrival import enters, identify, starter_at_pool, starter_number
from caresim.model.codes import (
    ACUTE_BEDS, ADAPTATIONS, ASSESSMENT, BED, FROM_COMMUNITY, FROM_HOSPITAL, FROM_START, INTERMEDIATE_CARE,
    OWN_CARE_HOME, OWN_HOME_CARE, PACKAGE, PLANNED, REABLEMENT, REABLEMENT_SLOTS, SLOT, TEAM, WORK_COMMUNITY,
)  # fmt: skip
from caresim.model.hospital import admitted
from caresim.model.jit import jit
from caresim.model.need import first_need, start_hours
from caresim.model.package import NO_POOL, lifetime_minutes, market_of, units_of
from caresim.model.support import stocked
from caresim.model.tables import AWAITS, USES

THERE_AT_START = 8


@jit
def take_slot(w):
    """Take a free slot for a person; the caller has checked that there is one."""
    w.freed -= 1
    s = w.free[w.freed]
    w.high = max(w.high, s + 1)
    return s


@jit
def join_others(w, T, C, log, known):
    """Let in somebody whose stay concerned nobody else up to now; there is a free slot."""
    s = take_slot(w)
    p = w.people[s]
    recall(p, known)
    stay_done(w, T, C, log, p, s)


@jit
def arrive(w, T, C, log, number):
    """Let in an accepted candidate: to hospital, to an assessment, or to care of one's own; there is a free slot."""
    s = take_slot(w)
    p = w.people[s]
    fresh(p)
    stream = enters(T, C, log, w.order, w.key64, p, number, w.now)
    if stream <= PLANNED:
        go_to_hospital(w, T, C, log, p, s)
    elif stream >= OWN_HOME_CARE:
        source_package(w, T, C, log, p, s, stream == OWN_CARE_HOME)
    else:
        ask_from_community(w, T, C, log, p, s)


@jit
def starters_enter(w, T, C, log):
    """Let in those who are there at the start, in the order of their numbers."""
    j, left = 0, True
    while left:
        left = False
        for i in range(T.starters):
            if j < T.start_people[i]:
                left = True
                if w.freed == 0:
                    w.code = PEOPLE_FULL
                    return
                starter_enters(w, T, C, log, i, starter_number(T.start_cell[i], j))
        j += 1


@jit
def starter_enters(w, T, C, log, i, number):
    """Let in one person: in long-term care, in a pool, or waiting for one."""
    s = take_slot(w)
    p = w.people[s]
    fresh(p)
    w.order = moment(0, PHASE_CLOCK, number, 0)
    code = T.start_code[i]
    if code < USES:
        place, age = T.start_place[i], T.start_age[i]
        identify(T, C, log, w.order, w.key64, p, number, place, age, THERE_AT_START, FROM_START, 0)
        in_care_at_start(w, T, C, log, p, s, code)
        return
    pool = code - (USES if code < AWAITS else AWAITS)
    place, age = starter_at_pool(T, w.key64, pool, number)
    origin = FROM_HOSPITAL if T.pool_kind[pool] == ACUTE_BEDS else FROM_COMMUNITY
    identify(T, C, log, w.order, w.key64, p, number, place, age, THERE_AT_START, origin, 0)
    p.trust = T.pool_trust[pool] if T.pool_trust[pool] >= 0 else p.trust
    p.n0 = first_need(T, w.key64, p, 0)
    if code < AWAITS:
        uses_at_start(w, T, C, log, p, s, pool)
    else:
        awaits_at_start(w, T, C, log, p, s, pool, -T.start_waited[i])


@jit
def in_care_at_start(w, T, C, log, p, s, setting):
    """Go on with a package that began before the run, with what is left of its lifetime."""
    p.residual_first = 1
    p.n0 = start_hours(T, w.key64, p)
    stocked(T, C, log, w.order, w.key64, p, setting)
    pool = market_of(T, p, setting, w.now)
    if pool != NO_POOL:
        take(w, T, C, log, p, pool, PACKAGE, units_of(setting, p.hours))
    first_package(w, T, p, s)
    ring_at(w, T, p, s, PACKAGE_END, lifetime_minutes(T, w.key64, p, 0))
    live_at_home(w, T, C, log, p, s)


@jit
def uses_at_start(w, T, C, log, p, s, pool):
    """Have a place in a pool at the start, whatever its capacity says."""
    kind = T.pool_kind[pool]
    p.residual_first = 0 if kind == ASSESSMENT or kind == ADAPTATIONS else 1
    if kind == ACUTE_BEDS:
        admitted(T, C, log, w.order, p, 0)
        take(w, T, C, log, p, pool, BED, 1)
        begin_stay(w, T, C, log, p, s)
    elif kind == ASSESSMENT:
        p.ask_work = WORK_COMMUNITY
        take(w, T, C, log, p, pool, TEAM, 1)
        begin_assessment(w, T, p, s)
    elif kind == ADAPTATIONS:
        take(w, T, C, log, p, pool, TEAM, 1)
        begin_adaptation(w, T, p, s)
    else:
        p.asked_setting = REABLEMENT if kind == REABLEMENT_SLOTS else INTERMEDIATE_CARE
        take(w, T, C, log, p, pool, SLOT, 1)
        begin_episode(w, T, C, log, p, s)


@jit
def awaits_at_start(w, T, C, log, p, s, pool, since):
    """Wait for a pool at the start, having asked before it; such people are never also arrivals."""
    kind = T.pool_kind[pool]
    role, rank = SLOT, 0
    if kind == ACUTE_BEDS:
        admitted(T, C, log, w.order, p, 0)
        p.doing, role = FOR_BED, BED
    elif kind == ASSESSMENT:
        p.ask_work = WORK_COMMUNITY
        p.doing, role, rank = FOR_ASSESSMENT, TEAM, T.rank[WORK_COMMUNITY]
    elif kind == ADAPTATIONS:
        p.doing, role = FOR_ADAPTATION, TEAM
    else:
        p.asked_setting = REABLEMENT if kind == REABLEMENT_SLOTS else INTERMEDIATE_CARE
        p.doing = FOR_SLOT
    request(w, T, C, log, p, s, pool, role, 1, rank, since)
