"""The minutes of one replication, in their written order."""

import numpy as np

from caresim.engines.contract import (
    ADMISSION, BIRTHDAY, DAY_91, DEATH, EXIT, GROWTH, MONEY, PACKAGE_END, PATIENCE, PHASE_CAPACITY,
    PHASE_SETTLE, RETENTION, REVIEW_DONE, REVIEW_DUE, SOURCED, STEP, minute_of, moment, person_of,
)  # fmt: skip
from caresim.engines.kernel.entering import arrive, join_others, starters_enter
from caresim.engines.kernel.days import KIND, head, is_valid, open_day, take_head
from caresim.engines.kernel.heaps import drop_head, still_waits
from caresim.engines.kernel.holding import granted_units, hand_over, overflow, touch
from caresim.engines.kernel.leaving import begin_review, die, leave_model
from caresim.engines.kernel.living import (
    birthday, extra_sourced, money_gone, need_grows, package_granted, package_over, retention_over, review_done,
    review_due,
)  # fmt: skip
from caresim.engines.kernel.quiet import ON_ARRIVAL
from caresim.engines.kernel.states import (
    ARRANGING, BEING_ADAPTED, BEING_ASSESSED, FOR_ADAPTATION, FOR_ASSESSMENT, FOR_BED, FOR_SLOT, FREE, IN_SLOT,
    REFERRING, RESTARTING, SOURCING, STAYING,
)  # fmt: skip
from caresim.engines.kernel.way import (
    adaptation_done, admitted_from_home, arranged, ask_assessment, assessment_done, begin_adaptation, begin_assessment,
    begin_episode, begin_stay, episode_done, place_found, restarted, stay_done,
)  # fmt: skip
from caresim.engines.kernel.world import OK, PEOPLE_FULL, WORDS
from caresim.model.codes import TEAM
from caresim.model.jit import entry, jit
from caresim.model.levels import distinct
from caresim.model.record import note_capacity
from caresim.model.support import checked_on_day_91
from caresim.model.tables import HANDS_OVER

# The number of the lowest bit, by multiplying it with a sequence that shows different five bits for each (Leiserson,
# Prokop and Randall, "Using de Bruijn sequences to index a 1 in a computer word", 1998).
DE_BRUIJN, ALL_32 = 0x077CB531, 0xFFFFFFFF
LOWEST_BIT = np.argsort([(DE_BRUIJN << bit & ALL_32) >> 27 for bit in range(32)])


@jit
def step_done(w, T, C, log, p, s):
    """Go on to what follows the step that is done."""
    if p.doing == STAYING:
        stay_done(w, T, C, log, p, s)
    elif p.doing == REFERRING:
        ask_assessment(w, T, C, log, p, s)
    elif p.doing == BEING_ASSESSED:
        assessment_done(w, T, C, log, p, s)
    elif p.doing == BEING_ADAPTED:
        adaptation_done(w, T, C, log, p, s)
    elif p.doing == ARRANGING:
        arranged(w, T, C, log, p, s)
    elif p.doing == SOURCING:
        place_found(w, T, C, log, p, s)
    elif p.doing == IN_SLOT:
        episode_done(w, T, C, log, p, s)
    elif p.doing == RESTARTING:
        restarted(w, T, C, log, p, s)


@jit
def ring(w, T, C, log, p, s, kind):
    """Do what a clock of this kind leads to."""
    if kind == STEP:
        step_done(w, T, C, log, p, s)
    elif kind == ADMISSION:
        admitted_from_home(w, T, C, log, p, s)
    elif kind == DEATH:
        die(w, T, C, log, p, s)
    elif kind == EXIT:
        leave_model(w, T, C, log, p, s)
    elif kind == PACKAGE_END:
        package_over(w, T, C, log, p, s)
    elif kind == RETENTION:
        retention_over(w, T, C, log, p, s)
    elif kind == REVIEW_DUE:
        review_due(w, T, C, log, p, s)
    elif kind == REVIEW_DONE:
        review_done(w, T, C, log, p, s)
    elif kind == GROWTH:
        need_grows(w, T, C, log, p, s)
    elif kind == SOURCED:
        extra_sourced(w, T, C, log, p, s)
    elif kind == BIRTHDAY:
        birthday(w, T, C, log, p, s)
    elif kind == MONEY:
        money_gone(w, T, C, log, p)
    elif kind == DAY_91:
        checked_on_day_91(T, C, log, w.order, p, w.now)
    elif kind == PATIENCE and p.ask_key >= 0:
        overflow(w, T, C, log, p)
        served(w, T, C, log, p, s)


@jit
def served(w, T, C, log, p, s):
    """Begin with what was waited for: granted by the queue, or its substitute."""
    if p.doing == FOR_BED:
        begin_stay(w, T, C, log, p, s)
    elif p.doing == FOR_ASSESSMENT:
        begin_assessment(w, T, p, s)
    elif p.doing == FOR_ADAPTATION:
        begin_adaptation(w, T, p, s)
    elif p.doing == FOR_SLOT:
        begin_episode(w, T, C, log, p, s)
    elif p.ask_role == TEAM:
        begin_review(w, T, p, s)
    else:
        package_granted(w, T, C, log, p, s)


@jit
def settle(w, T, C, log):
    """Serve the head of the lowest touched pool once; if nobody waits who fits, the pool is settled."""
    pool = lowest_touched(w)
    while w.waiting[pool] > 0:
        s = w.queue_slot[pool, 0]
        if not still_waits(w, pool, w.queue[pool, 0], s):
            drop_head(w, pool)
            continue
        p = w.people[s]
        if w.in_use[pool] + p.ask_units > w.capacity[pool]:
            break
        drop_head(w, pool)
        granted_units(w, T, C, log, p)
        served(w, T, C, log, p, s)
        return
    w.touched[pool >> 5] &= ~(np.int64(1) << (pool & 31))
    w.any_touched = lowest_touched(w) >= 0


@jit
def lowest_touched(w):
    """Find the lowest-numbered touched pool, or -1."""
    for word in range(WORDS):
        bits = w.touched[word]
        if bits:
            return (word << 5) + LOWEST_BIT[((bits & -bits) * DE_BRUIJN & ALL_32) >> 27]
    return -1


@jit
def change_capacity(w, T, C, log, step):
    """Change a pool's capacity; nobody who has a place loses it."""
    pool, to = T.step_pool[step], T.step_to[step]
    if to == HANDS_OVER:
        hand_over(w, T, C, log, pool)
        to = 0
    note_capacity(T, C, log, w.order, w.now, pool, w.capacity[pool], to)
    w.capacity[pool] = to
    if T.queues[pool]:
        touch(w, pool)


@jit
def close_year_counts(w, T, C):
    """Count those still supported in the years up to the end of the run."""
    for s in range(w.high):
        p = w.people[s]
        if p.doing != FREE:
            distinct(T, C, p, T.horizon - 1)


@entry
def run(w, T, C, coming, whom, people, until):
    """Run one replication on to a midnight without an event log: machine code that has none is faster by a sixth."""
    run_on(w, T, C, None, coming, whom, people, until)


@entry
def run_logged(w, T, C, log, coming, whom, people, until):
    """Run one replication on to a midnight and keep an event log."""
    run_on(w, T, C, log, coming, whom, people, until)


@jit
def run_on(w, T, C, log, coming, whom, people, until):
    """Run one replication on to a midnight, from the first minute or from the last midnight that was run to.

    `coming` holds the moments at which people join, from the first on, and `whom` who of `people` does (see quiet.py).
    What is done is the same whether it is done in one go or not. w.code says which buffer was too small, if any.
    """
    if w.opens == 0:
        starters_enter(w, T, C, log)
        open_day(w)
    end, never = moment(until, PHASE_CAPACITY, 0, 0), moment(T.horizon, PHASE_CAPACITY, 0, 0)
    joins = coming[w.joined] if w.joined < coming.size else never
    change = step_moment(T, w.step)
    while w.code == OK:
        first = min(head(w), min(change, joins))
        if w.any_touched and first >= moment(w.now, PHASE_SETTLE, 0, 0):
            w.order = moment(w.now, PHASE_SETTLE, 0, 0)
            settle(w, T, C, log)
        elif first >= w.opens:
            if w.opens >= end:
                break
            open_day(w)
        elif first == change:
            w.now, w.order = minute_of(first), first
            change_capacity(w, T, C, log, w.step)
            w.step += 1
            change = step_moment(T, w.step)
        elif first == joins:
            w.now, w.order = minute_of(first), first
            w.events += 1
            if w.freed == 0:
                w.code = PEOPLE_FULL
            elif whom[w.joined] == ON_ARRIVAL:
                arrive(w, T, C, log, person_of(first))
            else:
                join_others(w, T, C, log, people[whom[w.joined]])
            w.joined += 1
            joins = coming[w.joined] if w.joined < coming.size else never
        else:
            next_clock(w, T, C, log, first)
    if until == T.horizon:
        close_year_counts(w, T, C)


@jit
def step_moment(T, step):
    """Give the moment of a change of capacity; after the last one, one that never comes."""
    if step < T.steps:
        return moment(T.step_minute[step], PHASE_CAPACITY, T.step_pool[step], 0)
    return moment(T.horizon, PHASE_CAPACITY, 0, 0)


@jit
def next_clock(w, T, C, log, key):
    """Ring the clock whose moment comes first, if it still counts."""
    s = take_head(w, key)
    if not is_valid(w, key, s):
        w.stale += 1
        return
    kind = key & KIND
    w.now = minute_of(key)
    w.order = moment(w.now, PHASE_SETTLE, 0, 0) if kind == PATIENCE else key
    w.events += 1
    p = w.people[s]
    p.rings[kind] = -1
    ring(w, T, C, log, p, s, kind)
