"""What is counted: every fact is added to the counts as it happens, and written to the log where one is kept.

Here are the log, the events by month, and the pools; levels.py counts people in hospital and with support, services.py
what services hold and what chains of support cost.

Every count is a sum that does not depend on the order of its terms. A level (people in a bed, hours of care) is kept as
changes: the minutes of the change's own month that it lasts, and a step that holds from the next month on. So an engine
may report facts out of order, and two engines that report the same facts have the same counts.

Whoever is there at the start raises levels, and is told of in the log in the first minute; but they asked, started or
were admitted before the run, so that is not counted in it. What happens to them later is.

Functions take the tables T, the counts C, the log, the order of the moment (see engines/contract.py) and the person p.
"""

import numpy as np

from caresim.model.codes import ASKS, ASSESSMENT, CAPACITY, HANDED_OVER, LEAVES, OVERFLOWS, STARTS, WITHDRAWS
from caresim.model.jit import jit
from caresim.model.tables import F, FIRST_ARRIVAL
from caresim.model.when import day_of, month_at

IN_USE, WAITING = 0, 1
_1 = np.uint64(1)
REQUESTS, STARTED, MINUTES_WAITED, OVERFLOWED = range(4)
WORK_REQUESTS, WORK_STARTED, WORK_WAITED = range(2, 5)  # after the level of those who wait
F_OVERFLOWED = F["overflowed"]


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
def level(T, cell, month, minute, change):
    """Change a level from a minute of a month on: by the minutes that are left of the month, and beyond it."""
    cell[0] += change * (T.month_start[month + 1] - minute)
    cell[1] += change


@jit
def note_capacity(T, C, log, order, minute, pool, before, after):
    """Write and count a change of a pool's capacity."""
    note_pool(C, log, order, minute, CAPACITY, pool, after)
    m = month_at(T, minute)
    level(T, C.capacity[m, pool], m, minute, after - before)


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
    level(T, C.pool_use[m, pool, which], m, minute, units)
    C.daily[day_of(minute) + _1, pool, which] += units


@jit
def waiting_level(T, C, p, minute, pool, change):
    """Change who waits for a pool; for an assessment also by the class of work, wherever the pool lies."""
    pool_level(T, C, minute, pool, WAITING, change)
    if T.pool_kind[pool] == ASSESSMENT:
        m = month_at(T, minute)
        level(T, C.work[m, p.place, p.ask_work], m, minute, change)


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
    level(T, C.overflow[m, pool], m, minute, units)


@jit
def moves(T, C, minute, which, before, after, units):
    """Change the pool that units in use, or one who waits, count to; nothing starts and nothing ends."""
    pool_level(T, C, minute, before, which, -units)
    pool_level(T, C, minute, after, which, units)


@jit
def handed_over(C, log, order, minute, pool, units):
    """Write that a pool has handed over all that was in use of it."""
    note_pool(C, log, order, minute, HANDED_OVER, pool, units)
