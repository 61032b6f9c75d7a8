"""Clocks and pools of one person: set a clock, ask, take, withdraw, leave.

Every function takes the world w, the tables T, the counts C, the log, the person p and their slot s.
"""

import numpy as np

from caresim.engines.contract import PATIENCE, PHASE_CLOCK, PHASE_PATIENCE, moment, place_in_queue
from caresim.engines.kernel.days import push
from caresim.engines.kernel.heaps import join
from caresim.engines.kernel.states import FREE
from caresim.model.chance import NEVER
from caresim.model.jit import jit
from caresim.model.record import (
    IN_USE, WAITING, asks, handed_over, leaves, moves, overflows, starts, starts_at_once, stops_waiting, substitute,
    withdraws,
)  # fmt: skip
from caresim.model.tables import N_ROLES
from caresim.model.when import pool_at

SUBSTITUTE = -2  # in place of a pool's number: the person has the dearer substitute


@jit
def ring_at(w, T, p, s, kind, minute):
    """Set a clock; what is never to come clears it.

    One that would ring at or after the end of the run is set but never rings: nothing before the end may depend on it.
    """
    if minute >= NEVER:
        p.rings[kind] = -1
        return
    p.rings[kind] = minute
    if minute >= T.horizon:
        return
    push(w, moment(minute, PHASE_PATIENCE if kind == PATIENCE else PHASE_CLOCK, p.number, kind), s)


@jit
def touch(w, pool):
    """Mark a pool whose head may fit now, if anybody waits."""
    if w.waiting[pool] == 0:
        return
    w.touched[pool >> 5] |= np.int64(1) << (pool & 31)
    w.any_touched = 1


@jit
def request(w, T, C, log, p, s, pool, role, units, rank, since):
    """Join a pool's queue; an open request for something else is taken back first. Asking never grants by itself."""
    withdraw(w, T, C, log, p)
    p.ask_key = place_in_queue(rank, since, p.number)
    p.ask_pool = pool
    p.ask_units = units
    p.ask_role = role
    p.ask_since = since
    asks(T, C, log, w.order, p, w.now, pool, units)
    join(w, pool, p.ask_key, s)
    touch(w, pool)
    if T.patience[pool] < NEVER:
        ring_at(w, T, p, s, PATIENCE, max(w.now, since + T.patience[pool]))


@jit
def forget_request(w, p):
    """Take the person out of the queue they are in."""
    p.ask_key = -1
    p.rings[PATIENCE] = -1
    touch(w, p.ask_pool)


@jit
def withdraw(w, T, C, log, p):
    """Take back an open request."""
    if p.ask_key >= 0:
        withdraws(T, C, log, w.order, p, w.now, p.ask_pool, p.ask_units)
        forget_request(w, p)


@jit
def overflow(w, T, C, log, p):
    """Give up the open request for the dearer substitute, which is there at once and serves all that is held."""
    overflows(T, C, log, w.order, p, w.now, p.ask_pool, p.ask_units)
    old_pool, old_units = p.pool[p.ask_role], p.units[p.ask_role]
    hold_substitute(p)
    if old_pool == p.ask_pool and old_units > 0:
        substitute(T, C, w.now, p.ask_pool, old_units)
        p.units[p.ask_role] += old_units
    forget_request(w, p)
    release(w, T, C, log, p, old_pool, old_units)


@jit
def hold_substitute(p):
    """Hold the substitute in the role that was asked for; which pool it stands in for is kept beside."""
    p.pool[p.ask_role] = SUBSTITUTE - p.ask_pool
    p.units[p.ask_role] = p.ask_units


@jit
def granted_units(w, T, C, log, p):
    """Take what was asked for, from the head of the queue."""
    stops_waiting(T, C, p, w.now, p.ask_pool)
    p.ask_key = -1
    p.rings[PATIENCE] = -1
    old_pool, old_units = hold(w, p, p.ask_pool, p.ask_role, p.ask_units)
    starts(T, C, log, w.order, p, w.now, p.ask_pool, p.ask_units, w.now - p.ask_since)
    release(w, T, C, log, p, old_pool, old_units)


@jit
def take(w, T, C, log, p, pool, role, units):
    """Take from a pool that has no queue."""
    old_pool, old_units = hold(w, p, pool, role, units)
    starts_at_once(T, C, log, w.order, p, w.now, pool, units)
    release(w, T, C, log, p, old_pool, old_units)


@jit
def hold(w, p, pool, role, units):
    """Hold units in a role; return what was held of another pool, to be given back: taking precedes leaving."""
    old_pool, old_units = p.pool[role], p.units[role]
    w.in_use[pool] += units
    p.pool[role] = pool
    if old_pool == pool:
        p.units[role] += units
        return old_pool, np.int64(0)
    p.units[role] = units
    return old_pool, old_units


@jit
def release(w, T, C, log, p, pool, units):
    """Give units back to a pool, or to its substitute."""
    if units <= 0:
        return
    if pool <= SUBSTITUTE:
        substitute(T, C, w.now, SUBSTITUTE - pool, -units)
        return
    w.in_use[pool] -= units
    leaves(T, C, log, w.order, p, w.now, pool, units)
    if T.queues[pool]:
        touch(w, pool)


@jit
def hand_over(w, T, C, log, old):
    """Hand those who use a pool or wait for it over to the pools that serve them from now on; nobody loses a place."""
    total = np.int64(0)
    for s in range(w.high):
        p = w.people[s]
        if p.doing == FREE:
            continue
        new = pool_at(T, T.pool_kind[old], p, w.now)
        for role in range(N_ROLES):
            units = p.units[role]
            if p.pool[role] == old and units > 0:
                p.pool[role] = new
                w.in_use[old] -= units
                w.in_use[new] += units
                moves(T, C, w.now, IN_USE, old, new, units)
                total += units
        if p.ask_key >= 0 and p.ask_pool == old:
            p.ask_pool = new
            join(w, new, p.ask_key, s)
            touch(w, new)
            moves(T, C, w.now, WAITING, old, new, 1)
    handed_over(C, log, w.order, w.now, old, total)


@jit
def leave_units(w, T, C, log, p, role, units):
    """Give back some of what is held in a role."""
    units = min(units, p.units[role])
    p.units[role] -= units
    release(w, T, C, log, p, p.pool[role], units)


@jit
def leave(w, T, C, log, p, role):
    """Give back all that is held in a role."""
    leave_units(w, T, C, log, p, role, p.units[role])


@jit
def leave_all(w, T, C, log, p):
    """Withdraw, then give back everything, role by role."""
    withdraw(w, T, C, log, p)
    for role in range(N_ROLES):
        leave(w, T, C, log, p, role)
