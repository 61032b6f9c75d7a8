"""Who comes: arrivals, told ahead of time, each as far as it concerns nobody else.

Where beds in hospital are unlimited, most people who are admitted never need a pool with a queue: they go home without
support, perhaps come back, leave the model or die. What happens to them depends on nobody else, so it is told at once,
without a place in the world and without the heap; the counts do not mind the order, and a log is sorted afterwards by
the order of the moments. Somebody who turns out to be referred joins the others at the minute of being ready, and all
other arrivals join when they arrive. The steps are those of way.py and leaving.py.
"""

import numpy as np

from caresim.engines.contract import ADMISSION, DEATH, EXIT, PHASE_CLOCK, STEP, moment
from caresim.engines.kernel.holding import leave, take
from caresim.engines.kernel.states import FREE
from caresim.engines.kernel.world import ARRIVALS_FULL, COMING_FULL, PEOPLE_FULL, fresh, keep
from caresim.model.arrival import PERSON_MASK, enters, next_month, stream_of
from caresim.model.chance import NEVER
from caresim.model.codes import ACUTE_BEDS, BED, PATHWAY_0, PLANNED
from caresim.model.discharge import death_minute, is_referred, readmission_cause, readmission_minute
from caresim.model.hospital import admitted, bed_left, bed_taken, died, discharged, found_ready, gone
from caresim.model.jit import entry, jit
from caresim.model.need import harden, need_now
from caresim.model.levels import recount
from caresim.model.stay import dies_in_hospital, stay_minutes
from caresim.model.tables import PERSON_BITS
from caresim.model.when import pool_at

ON_ARRIVAL = -1  # in place of a person who is known of
NOTHING_MORE = np.int64(-1)  # in place of a moment: the story is told


@entry
def who_arrives(w, T, others, levels, first, end, times, counts, arrivals):
    """Fill `arrivals` with all who arrive from the month `first` up to `end`, month by month; returns how many.

    `others`, `levels`: see next_month; `times` and `counts` (by strip) say how far arrivals have been drawn. w.code
    says if there is no room.
    """
    n = 0
    for month in range(first, end):
        there = next_month(T, others, w.key64, times, counts, month, levels, arrivals[n:])
        if there < 0:
            w.code = ARRIVALS_FULL
            return n
        n += there
    return n


@entry
def expect(w, T, C, arrivals, coming, whom, people):
    """Tell of those who arrive without an event log; see `tell_of_all`."""
    return tell_of_all(w, T, C, None, arrivals, coming, whom, people)


@entry
def expect_logged(w, T, C, log, arrivals, coming, whom, people):
    """Tell of those who arrive and keep an event log; see `tell_of_all`."""
    return tell_of_all(w, T, C, log, arrivals, coming, whom, people)


@jit
def tell_of_all(w, T, C, log, arrivals, coming, whom, people):
    """Tell of those who arrive; returns how many of them join the others, and of how many there is a record.

    `coming` is filled with the moments at which they join, in no order, and `whom` with the place of each in `people`;
    of those who join on their arrival there is nothing to keep, and `whom` says so. w.code says if one was too small.
    """
    in_the_open = any_bed_is_queued_for(T)
    n, known = 0, 0
    if w.freed == 0:
        w.code = PEOPLE_FULL
        return n, known
    p = w.people[w.free[w.freed - 1]]  # a place that nobody has taken
    now, order = w.now, w.order
    for i in range(arrivals.size):
        if n == coming.size or known == people.size:
            w.code = COMING_FULL
            return n, known
        minute, number = arrivals[i] >> PERSON_BITS, arrivals[i] & PERSON_MASK
        if minute >= T.horizon:
            continue
        if in_the_open or stream_of(T, number)[2] > PLANNED:
            coming[n] = moment(minute, PHASE_CLOCK, number, 0)
            whom[n] = ON_ARRIVAL
            n += 1
            continue
        joins = tell(w, T, C, log, p, number, minute)
        if joins != NOTHING_MORE:
            keep(people[known], p)
            coming[n] = joins
            whom[n] = known
            n += 1
            known += 1
    p.doing = FREE
    w.now, w.order = now, order
    return n, known


@jit
def any_bed_is_queued_for(T):
    """Tell whether beds in hospital are limited anywhere."""
    limited = False
    for pool in range(T.pools):
        limited |= T.pool_kind[pool] == ACUTE_BEDS and T.queues[pool] != 0
    return limited


@jit
def tell(w, T, C, log, p, number, minute):
    """Tell the hospital spells of an arrival up to the moment of joining the others, which is returned, or the end."""
    fresh(p)
    at(w, number, minute, 0)
    enters(T, C, log, w.order, w.key64, p, number, minute)
    while True:
        ready = begin_stay(w, T, C, log, p)
        if ready >= T.horizon:
            w.unseen += 1
            return NOTHING_MORE
        if dies_in_hospital(T, w.key64, p, ready):
            at(w, number, ready, STEP)
            die_in_bed(w, T, C, log, p)
            return NOTHING_MORE
        harden(T, p, ready)
        if is_referred(T, w.key64, p, need_now(T, p, ready), ready):
            return moment(ready, PHASE_CLOCK, number, STEP)
        at(w, number, ready, STEP)
        go_home(w, T, C, log, p)
        if not comes_back(w, T, C, log, p):
            return NOTHING_MORE


@jit
def at(w, number, minute, kind):
    """Move to another moment of a person."""
    w.now = minute
    w.order = moment(minute, PHASE_CLOCK, number, kind)
    w.told += 1


@jit
def begin_stay(w, T, C, log, p):
    """Be admitted; returns the minute of being ready."""
    admitted(T, C, log, w.order, p, w.now)
    take(w, T, C, log, p, pool_at(T, ACUTE_BEDS, p, w.now), BED, 1)
    bed_taken(T, C, p, w.now)
    return w.now + stay_minutes(T, w.key64, p, w.now)


@jit
def die_in_bed(w, T, C, log, p):
    """Die at the end of the stay."""
    died(T, C, log, w.order, p, w.now)
    bed_left(T, C, p, w.now)
    leave(w, T, C, log, p, BED)
    recount(T, C, p, w.now)


@jit
def go_home(w, T, C, log, p):
    """Leave hospital on pathway 0 in the minute of being ready."""
    found_ready(T, C, log, w.order, p, w.now)
    discharged(T, C, log, w.order, p, w.now, PATHWAY_0)
    leave(w, T, C, log, p, BED)


@jit
def comes_back(w, T, C, log, p):
    """Tell whether somebody discharged without support comes back; if not, how they leave the model."""
    back = readmission_minute(T, w.key64, p, w.now, p.support_missing)
    death = death_minute(T, w.key64, p, w.now, PATHWAY_0)
    until = w.now + T.follow_up
    if T.follow_up == 0:
        gone(T, C, log, w.order, p, w.now)
        return False
    first = min(back, min(death, until))
    if first >= T.horizon:
        w.unseen += 1
    elif death == first:
        at(w, p.number, death, DEATH)
        died(T, C, log, w.order, p, w.now)
    elif back == first and back < NEVER:
        at(w, p.number, back, ADMISSION)
        p.spell += 1
        p.cause = readmission_cause(T, w.key64, p, w.now)
        return True
    else:
        at(w, p.number, until, EXIT)
        gone(T, C, log, w.order, p, w.now)
    return False
