"""The kernel's two kinds of heap: today's moments (4-ary, unsigned indices) and, one a pool, those who wait (binary).

A moment of a later day waits on a page of that day, in no order, and comes into the heap when its day is opened: so
the heap stays small enough for the fastest memory, however many clocks there are.

Nothing is deleted. A moment counts if its person's clock of that kind still says that minute; a place in a queue counts
if its person still asks with that key. What is stale is dropped when it comes up, or all at once when there is no room.
"""

import numpy as np

from caresim.engines.contract import KIND_BITS, minute_of, moment
from caresim.engines.kernel.world import MOMENTS_FULL, NOWHERE, PAGE, QUEUE_FULL
from caresim.model.chance import DAY
from caresim.model.jit import jit
from caresim.model.tables import PERSON_BITS

ONE, TWO, FOUR = np.uint64(1), np.uint64(2), np.uint64(4)
ZERO = np.uint64(0)
PERSON = (1 << PERSON_BITS) - 1
KIND = (1 << KIND_BITS) - 1


@jit
def is_valid(w, key, slot):
    """Tell whether a moment still counts."""
    p = w.people[slot]
    return p.number == (key >> KIND_BITS) & PERSON and p.rings[key & KIND] == minute_of(key)


@jit
def push(w, key, slot):
    """Add a moment: to the heap if it is today's, else to the list of its day."""
    if key < w.opens:
        push_today(w, key, slot)
    else:
        push_later(w, minute_of(key) // DAY, key, slot)


@jit
def push_today(w, key, slot):
    """Add a moment to the heap."""
    n = w.moments
    if n + 1 >= w.moment.size:
        w.code = MOMENTS_FULL
        return
    w.moments = n + 1
    sift_up(w, np.uint64(n), key, slot)


@jit
def push_later(w, day, key, slot):
    """Write a moment on the last page of its day, or on a new one."""
    page = w.later_first[day]
    if page == NOWHERE or w.later[page].count == PAGE:
        page = new_page(w, day)
    here = w.later[page]
    n = here.count
    here.key[n] = key
    here.slot[n] = slot
    here.count = n + 1


@jit
def new_page(w, day):
    """Give a day one more page; where none is left, what is stale is dropped first."""
    if w.later_free == NOWHERE and w.later_used + 1 >= w.later.size and tidy(w) >= w.later.size // 4 * 3:
        w.code = MOMENTS_FULL
    page = w.later_free
    if page == NOWHERE:
        w.later_used = min(w.later_used + 1, w.later.size - 1)
        page = w.later_used
    else:
        w.later_free = w.later[page].following
    w.later[page].count = 0
    w.later[page].following = w.later_first[day]
    w.later_first[day] = page
    return page


@jit
def drop_page(w, page):
    """Free a page."""
    w.later[page].following = w.later_free
    w.later_free = page


@jit
def open_day(w):
    """Bring the moments of the next day into the heap, except the stale."""
    day = minute_of(w.opens) // DAY
    w.opens = moment((day + 1) * DAY, 0, 0, 0)
    page = w.later_first[day]
    w.later_first[day] = NOWHERE
    while page != NOWHERE:
        here = w.later[page]
        for i in range(here.count):
            if is_valid(w, here.key[i], here.slot[i]):
                push_today(w, here.key[i], here.slot[i])
        following = here.following
        drop_page(w, page)
        page = following


@jit
def sift_up(w, i, key, slot):
    """Let a moment rise from cell i to its place."""
    while i > ZERO:
        up = (i - ONE) >> TWO
        if w.moment[up] <= key:
            break
        w.moment[i] = w.moment[up]
        w.slot[i] = w.slot[up]
        i = up
    w.moment[i] = key
    w.slot[i] = slot


@jit
def tidy(w):
    """Drop all stale moments of later days; returns how many pages are left."""
    left = 0
    for day in range(minute_of(w.opens) // DAY, w.later_first.size):
        left += tidy_day(w, day)
    return left


@jit
def tidy_day(w, day):
    """Move the moments of a day that still count to its first pages, and free the rest; returns how many are left."""
    page, last, n, left = w.later_first[day], w.later_first[day], 0, 0
    while page != NOWHERE:
        here = w.later[page]
        for i in range(here.count):
            if is_valid(w, here.key[i], here.slot[i]):
                if n == PAGE:
                    w.later[last].count = PAGE
                    last, n, left = w.later[last].following, 0, left + 1
                w.later[last].key[n] = here.key[i]
                w.later[last].slot[n] = here.slot[i]
                n += 1
        page = here.following
    if n == 0:
        w.later_first[day], page = NOWHERE, last
    else:
        page = w.later[last].following
        w.later[last].count = n
        w.later[last].following = NOWHERE
        left += 1
    while page != NOWHERE:
        following = w.later[page].following
        drop_page(w, page)
        page = following
    return left


@jit
def pop(w):
    """Take the first moment off the heap."""
    n = w.moments - 1
    w.moments = n
    key, slot = w.moment[n], w.slot[n]
    i, end = ZERO, np.uint64(n)
    while True:
        child = (i << TWO) + ONE
        if child >= end:
            break
        best = child
        other = child + ONE
        last = min(child + FOUR, end)
        while other < last:
            if w.moment[other] < w.moment[best]:
                best = other
            other += ONE
        if w.moment[best] >= key:
            break
        w.moment[i] = w.moment[best]
        w.slot[i] = w.slot[best]
        i = best
    w.moment[i] = key
    w.slot[i] = slot


@jit
def join(w, pool, key, slot):
    """Add a place to a pool's queue."""
    n = w.waiting[pool]
    if n + 2 >= w.queue.shape[1]:
        n = tidy_queue(w, pool)
        if n + 2 >= w.queue.shape[1] // 4 * 3:
            w.code = QUEUE_FULL
            return
    w.waiting[pool] = n + 1
    rise(w, pool, n, key, slot)


@jit
def rise(w, pool, i, key, slot):
    """Let a place rise from cell i of its queue."""
    while i > 0:
        up = (i - 1) >> 1
        if w.queue[pool, up] <= key:
            break
        w.queue[pool, i] = w.queue[pool, up]
        w.queue_slot[pool, i] = w.queue_slot[pool, up]
        i = up
    w.queue[pool, i] = key
    w.queue_slot[pool, i] = slot


@jit
def still_waits(w, pool, key, slot):
    """Tell whether a place in a queue still counts."""
    return w.people[slot].ask_key == key and w.people[slot].ask_pool == pool


@jit
def tidy_queue(w, pool):
    """Drop all stale places of a queue; returns how many are left."""
    n = w.waiting[pool]
    left = 0
    for i in range(n):
        key, slot = w.queue[pool, i], w.queue_slot[pool, i]
        if still_waits(w, pool, key, slot):
            rise(w, pool, left, key, slot)
            left += 1
    w.waiting[pool] = left
    return left


@jit
def drop_head(w, pool):
    """Take the first place off a queue."""
    n = w.waiting[pool] - 1
    w.waiting[pool] = n
    key, slot = w.queue[pool, n], w.queue_slot[pool, n]
    i = 0
    while True:
        child = 2 * i + 1
        if child >= n:
            break
        if child + 1 < n and w.queue[pool, child + 1] < w.queue[pool, child]:
            child += 1
        if w.queue[pool, child] >= key:
            break
        w.queue[pool, i] = w.queue[pool, child]
        w.queue_slot[pool, i] = w.queue_slot[pool, child]
        i = child
    w.queue[pool, i] = key
    w.queue_slot[pool, i] = slot
