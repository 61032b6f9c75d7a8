"""What is counted: every fact is added to the counts as it happens, and written to the log where one is kept.

Every count is a sum that does not depend on the order of its terms. A level (people in a bed, hours of care) is kept as
changes: the minutes of the change's own month that it lasts, and a step that holds from the next month on. So an engine
may report facts out of order, and two engines that report the same facts have the same counts.

Whoever is there at the start raises levels, and is told of in the log in the first minute; but they asked, started or
were admitted before the run, so that is not counted in it. What happens to them later is.

Functions take the tables T, the counts C, the log, the order of the moment (see engines/contract.py) and the person p.
"""

from caresim.config.vocabulary import CHAIN_DAYS
from caresim.model.chance import DAY
from caresim.model.codes import (
    AGES_UP, ASKS, ASSESSMENT, CAPACITY, COUNCIL, FROM_HOSPITAL, HANDED_OVER, INTERMEDIATE_CARE, LEAVES, OVERFLOWS,
    REABLEMENT, RESIDENTIAL, STARTS, WITHDRAWS,
)  # fmt: skip
from caresim.model.jit import jit
from caresim.model.tables import F, FIRST_ARRIVAL, STAY_BINS, WINDOWS
from caresim.model.when import day_of, midnights, month_at, rules_at, year_at

import numpy as np

IN_USE, WAITING = 0, 1
_1 = np.uint64(1)
REQUESTS, STARTED, MINUTES_WAITED, OVERFLOWED = range(4)
WORK_WAITING, WORK_WAITING_ON, WORK_REQUESTS, WORK_STARTED, WORK_WAITED = range(5)
PEOPLE, MINUTES, MIDNIGHTS = range(3)
YEAR_OF_CHAIN = CHAIN_DAYS * DAY
FIRST_52_WEEKS = WINDOWS.index("first_52_weeks")
F_OVERFLOWED = F["overflowed"]
F_EMERGENCY_DISCHARGES = F["emergency_discharges"]


@jit
def note(C, log, order, p, minute, event, pool, value):
    """Write a row of the event log, where one is kept; past its end only count: so the caller learns how long it is."""
    if log is None:
        return
    n = C.rows
    C.rows = n + 1
    if n < log.shape[0]:
        log[n, 0] = order
        log[n, 1] = minute
        log[n, 2] = p.number
        log[n, 3] = event
        log[n, 4] = p.place
        log[n, 5] = p.age
        log[n, 6] = pool
        log[n, 7] = value


@jit
def note_pool(C, log, order, minute, event, pool, value):
    """Write a row of the event log about a pool, not a person."""
    if log is None:
        return
    n = C.rows
    C.rows = n + 1
    if n < log.shape[0]:
        log[n, 0] = order
        log[n, 1] = minute
        log[n, 2:6] = -1
        log[n, 3] = event
        log[n, 6] = pool
        log[n, 7] = value


@jit
def note_capacity(T, C, log, order, minute, pool, before, after):
    """Write and count a change of a pool's capacity."""
    note_pool(C, log, order, minute, CAPACITY, pool, after)
    m = month_at(T, minute)
    C.capacity_step[m, pool, 0] += (after - before) * (T.month_start[m + 1] - minute)
    C.capacity_step[m, pool, 1] += after - before


@jit
def flow(T, C, p, minute, what):
    """Count a person in the flow table."""
    C.flow[month_at(T, minute), p.place, p.age, p.origin, what] += 1


@jit
def was_before(p, minute):
    """Tell whether what somebody is said to have, or to ask for, they had or had asked for before the run."""
    return minute == 0 and p.number < FIRST_ARRIVAL


# ---- pools


@jit
def pool_level(T, C, minute, pool, which, units):
    """Change what is in use of, or waiting for, a pool."""
    m = month_at(T, minute)
    C.pool_within[m, pool, which] += units * (T.month_start[m + 1] - minute)
    C.pool_step[m, pool, which] += units
    C.daily[day_of(minute) + _1, pool, which] += units


@jit
def waiting_level(T, C, p, minute, pool, change):
    """Change who waits for a pool; for an assessment also by the class of work, wherever the pool lies."""
    pool_level(T, C, minute, pool, WAITING, change)
    if T.pool_kind[pool] == ASSESSMENT:
        m = month_at(T, minute)
        C.work[m, p.place, p.ask_work, WORK_WAITING] += change * (T.month_start[m + 1] - minute)
        C.work[m, p.place, p.ask_work, WORK_WAITING_ON] += change


@jit
def asks(T, C, log, order, p, minute, pool, units):
    """Count a request that waits."""
    note(C, log, order, p, minute, ASKS, pool, units)
    requested(T, C, p, minute, pool)
    waiting_level(T, C, p, minute, pool, 1)


@jit
def requested(T, C, p, minute, pool):
    """Count a request, whether it waits or not."""
    if was_before(p, minute):
        return
    m = month_at(T, minute)
    C.pool_count[m, pool, REQUESTS] += 1
    if T.pool_kind[pool] == ASSESSMENT:
        C.work[m, p.place, p.ask_work, WORK_REQUESTS] += 1


@jit
def stops_waiting(T, C, p, minute, pool):
    """Take one off those who wait."""
    waiting_level(T, C, p, minute, pool, -1)


@jit
def starts(T, C, log, order, p, minute, pool, units, waited):
    """Count a start after waiting for `waited` minutes (0 where there is no queue)."""
    m = month_at(T, minute)
    C.pool_count[m, pool, STARTED] += 1
    C.pool_count[m, pool, MINUTES_WAITED] += waited
    if T.pool_kind[pool] == ASSESSMENT:
        C.work[m, p.place, p.ask_work, WORK_STARTED] += 1
        C.work[m, p.place, p.ask_work, WORK_WAITED] += waited
    in_place(T, C, log, order, p, minute, pool, units)


@jit
def in_place(T, C, log, order, p, minute, pool, units):
    """Count what is in use from now on."""
    note(C, log, order, p, minute, STARTS, pool, units)
    pool_level(T, C, minute, pool, IN_USE, units)


@jit
def starts_at_once(T, C, log, order, p, minute, pool, units):
    """Count a request that is met at once, where a pool has no queue or somebody is in place at the start."""
    if was_before(p, minute):
        in_place(T, C, log, order, p, minute, pool, units)
    else:
        requested(T, C, p, minute, pool)
        starts(T, C, log, order, p, minute, pool, units, 0)


@jit
def leaves(T, C, log, order, p, minute, pool, units):
    """Count what is given back."""
    note(C, log, order, p, minute, LEAVES, pool, units)
    pool_level(T, C, minute, pool, IN_USE, -units)


@jit
def withdraws(T, C, log, order, p, minute, pool, units):
    """Count a request that is taken back."""
    note(C, log, order, p, minute, WITHDRAWS, pool, units)
    stops_waiting(T, C, p, minute, pool)


@jit
def overflows(T, C, log, order, p, minute, pool, units):
    """Count somebody who waited long enough for the dearer substitute."""
    note(C, log, order, p, minute, OVERFLOWS, pool, units)
    stops_waiting(T, C, p, minute, pool)
    m = month_at(T, minute)
    C.pool_count[m, pool, OVERFLOWED] += 1
    flow(T, C, p, minute, F_OVERFLOWED)
    substitute(T, C, minute, pool, units)


@jit
def substitute(T, C, minute, pool, units):
    """Change the use of a pool's substitute."""
    m = month_at(T, minute)
    C.overflow_minutes[m, pool, 0] += units * (T.month_start[m + 1] - minute)
    C.overflow_minutes[m, pool, 1] += units


@jit
def moves(T, C, minute, which, before, after, units):
    """Change the pool that units in use, or one who waits, count to; nothing starts and nothing ends."""
    pool_level(T, C, minute, before, which, -units)
    pool_level(T, C, minute, after, which, units)


@jit
def handed_over(C, log, order, minute, pool, units):
    """Write that a pool has handed over all that was in use of it."""
    note_pool(C, log, order, minute, HANDED_OVER, pool, units)


# ---- hospital


@jit
def bed_level(T, C, p, minute, change):
    """Change the number of people in hospital."""
    m = month_at(T, minute)
    C.bed_within[m, p.place, p.age] += change * (T.month_start[m + 1] - minute)
    C.bed_step[m, p.place, p.age] += change


@jit
def delayed_level(T, C, p, minute, which, change):
    """Change the number ready in a bed (0), or of these the number whose assessment has been asked for (1)."""
    C.delayed[day_of(minute) + _1, T.unitary_of[p.place], which] += change


@jit
def stage_over(p, minute, following):
    """Add the stage that ends now to what this person waited for; the reason for waiting is now `following`."""
    p.waited[p.stage] += minute - p.stage_since
    p.midnights[p.stage] += midnights(p.stage_since, minute)
    p.stage = following
    p.stage_since = minute


@jit
def waits_over(T, C, p, minute):
    """Count all that a person waited for in the bed, by pathway and reason, when the bed is left."""
    stage_over(p, minute, 0)
    m = month_at(T, minute)
    for reason in range(p.waited.size):
        if p.waited[reason] > 0:
            C.waits[m, p.place, p.pathway, reason, PEOPLE] += 1
            C.waits[m, p.place, p.pathway, reason, MINUTES] += p.waited[reason]
            C.waits[m, p.place, p.pathway, reason, MIDNIGHTS] += p.midnights[reason]
            p.waited[reason] = 0
            p.midnights[reason] = 0


@jit
def stay_over(T, C, p, minute, emergency):
    """Count a completed stay by its whole days; only emergencies."""
    if emergency:
        days = min((minute - p.came) // DAY, STAY_BINS - 1)
        C.stays[year_at(T, minute), p.place, p.age, days] += 1
        flow(T, C, p, minute, F_EMERGENCY_DISCHARGES)


# ---- support


@jit
def chain(T, C, p, minute, service, people, hours):
    """Change what the person's chain of support uses, within the year it began in and within its first 52 weeks.

    Neither goes beyond the end of the run: nobody knows how long support that goes on then will last.
    """
    y = year_at(T, p.chain_from)
    for window in range(2):
        left = (T.year_start[y + 1] if window == 0 else min(p.chain_from + YEAR_OF_CHAIN, T.horizon)) - minute
        if left > 0:
            C.chain[y, p.place, p.chain_origin, service, window, 0] += people * left
            C.chain[y, p.place, p.chain_origin, service, window, 1] += hours * left
            if window == FIRST_52_WEEKS and p.chain_origin == FROM_HOSPITAL:
                C.pathway_chain[y, p.place, p.chain_pathway, service, 0] += people * left
                C.pathway_chain[y, p.place, p.chain_pathway, service, 1] += hours * left


@jit
def service_level(T, C, p, minute, service, funding, people, hours):
    """Change the people in a service and their hours a week, in the stock and in the person's chain."""
    if minute >= T.horizon:
        return
    m = month_at(T, minute)
    left = T.month_start[m + 1] - minute
    cell = C.stock[m, p.place, service, p.origin, funding]
    cell[0] += people * left
    cell[1] += people
    cell[2] += hours * left
    cell[3] += hours
    if p.chain_from >= 0 and funding == COUNCIL:
        chain(T, C, p, minute, service, people, hours)


@jit
def package_level(T, C, p, minute, sign):
    """Count a package in (1) or out (-1); call before and after every change of setting, hours, funding or chain."""
    if p.setting >= 0:
        service_level(T, C, p, minute, p.setting, p.funding, sign, sign * p.hours)


@jit
def base_level(T, C, p, minute, sign):
    """Take (1) the package held before a chain began off that chain, or give it back (-1): it counts the increment."""
    if p.chain_from >= 0 and p.base_setting >= 0 and p.funding == COUNCIL:
        chain(T, C, p, minute, p.base_setting, -sign, -sign * p.base_hours)


@jit
def slot_level(T, C, p, minute, sign):
    """Count an episode in or out; visits of reablement are fewer after the intensive days."""
    if p.service != REABLEMENT:
        service_level(T, C, p, minute, p.service, COUNCIL, sign, 0)
        return
    R = rules_at(T, p.visits_from)
    first = np.int64(R.visit_hours_first)
    after = np.int64(R.visit_hours_after)
    fewer_from = p.visits_from + np.int64(R.visit_intensive_days * DAY)
    if minute < fewer_from:
        service_level(T, C, p, minute, p.service, COUNCIL, sign, sign * first)
        service_level(T, C, p, fewer_from, p.service, COUNCIL, 0, sign * (after - first))
    else:
        service_level(T, C, p, minute, p.service, COUNCIL, sign, sign * after)


@jit
def distinct(T, C, p, minute):
    """Count a supported person once in every year not yet counted, up to that of a minute."""
    y = year_at(T, minute)
    if p.supported > 0:
        for k in range(max(p.counted_year + 1, 0), y + 1):
            C.distinct[k, p.place, p.age, 0] += 1
        p.counted_year = max(p.counted_year, y)
    if p.supported == 2:
        for k in range(max(p.counted_year_long + 1, 0), y + 1):
            C.distinct[k, p.place, p.age, 1] += 1
        p.counted_year_long = max(p.counted_year_long, y)


@jit
def support_of(p):
    """Tell whether a person has council-paid support: 0 none, 1 short-term only, 2 long-term."""
    if p.setting >= 0 and p.funding == COUNCIL:
        return 2
    return 1 if p.service >= 0 else 0


@jit
def is_away(p):
    """Tell whether a person is in hospital, in a short-term bed or in a care home."""
    return 1 if p.in_bed or p.service >= INTERMEDIATE_CARE or p.setting >= RESIDENTIAL else 0


@jit
def supported_level(T, C, p, minute, support, sign):
    """Change the number of supported people."""
    m = month_at(T, minute)
    if support > 0:
        C.supported[m, p.place, p.age, 0] += sign
    if support == 2:
        C.supported[m, p.place, p.age, 1] += sign


@jit
def away_level(T, C, p, minute, change):
    """Change the number of people away from home."""
    m = month_at(T, minute)
    C.away_within[m, p.place, p.age] += change * (T.month_start[m + 1] - minute)
    C.away_step[m, p.place, p.age] += change


@jit
def recount(T, C, p, minute):
    """Bring supported people and people away from home up to date after anything changed for a person."""
    away = is_away(p)
    if away != p.away:
        away_level(T, C, p, minute, away - p.away)
        p.away = away
    now = support_of(p)
    if now != p.supported:
        distinct(T, C, p, minute)
        supported_level(T, C, p, minute, p.supported, -1)
        supported_level(T, C, p, minute, now, 1)
        year_before = np.int64(year_at(T, minute)) - 1
        if p.supported == 0:
            p.counted_year = max(p.counted_year, year_before)
        if p.supported != 2:
            p.counted_year_long = max(p.counted_year_long, year_before)
        p.supported = now
        distinct(T, C, p, minute)


@jit
def ages_up(T, C, log, order, p, minute):
    """Count a person from now on in the next age band."""
    distinct(T, C, p, minute)
    supported_level(T, C, p, minute, p.supported, -1)
    away_level(T, C, p, minute, -p.away)
    if p.in_bed:
        bed_level(T, C, p, minute, -1)
    p.age += 1
    note(C, log, order, p, minute, AGES_UP, -1, p.age)
    supported_level(T, C, p, minute, p.supported, 1)
    away_level(T, C, p, minute, p.away)
    if p.in_bed:
        bed_level(T, C, p, minute, 1)


@jit
def life_lost(T, C, p, minute):
    """Count the minutes from a death to the end of its year: they are not days at home."""
    y = year_at(T, minute)
    C.at_home_lost[y, p.place, p.age] += T.year_start[y + 1] - minute
