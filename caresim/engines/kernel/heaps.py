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
from caresim.model.when import day_of

ONE, TWO, THREE, FOUR = np.uint64(1), np.uint64(2), np.uint64(3), np.uint64(4)
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
        push_later(w, day_of(minute_of(key)), key, slot)


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
    """Write a moment on the first page of its day, or on a new one; if none is left, what is stale is dropped first."""
    if is_full(w, day):
        if w.later_free == NOWHERE and w.later_used + 1 >= w.later.size and tidy(w) >= w.later.size // 4 * 3:
            w.code = MOMENTS_FULL
        if is_full(w, day):
            start_page(w, day)
    write(w, day, key, slot)


@jit
def is_full(w, day):
    """Tell whether the next moment of a day needs a new page."""
    return w.later_first[day] == NOWHERE or w.later_count[day] == PAGE


@jit
def write(w, day, key, slot):
    """Write a moment on the first page of its day."""
    n = w.later_count[day]
    here = w.later[w.later_first[day]].moment[n]
    here.key = key
    here.slot = slot
    w.later_count[day] = n + 1


@jit
def start_page(w, day):
    """Put one more page before those of a day."""
    page = w.later_free
    if page == NOWHERE:
        w.later_used = min(w.later_used + 1, w.later.size - 1)
        page = w.later_used
    else:
        w.later_free = w.later[page].following
    w.later[page].following = w.later_first[day]
    w.later_first[day] = page
    w.later_count[day] = 0


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
    page, count = w.later_first[day], w.later_count[day]
    w.later_first[day] = NOWHERE
    while page != NOWHERE:
        for i in range(count):
            here = w.later[page].moment[i]
            if is_valid(w, here.key, here.slot):
                push_today(w, here.key, here.slot)
        following = w.later[page].following
        drop_page(w, page)
        page, count = following, PAGE


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
    """Keep only those moments of a day that still count, on as few pages; returns how many those are.

    A page that has been read is free at once; what is kept never catches up with what is still to be read.
    """
    page, count = w.later_first[day], w.later_count[day]
    w.later_first[day], left = NOWHERE, 0
    while page != NOWHERE:
        read = w.later[page]
        following = read.following
        drop_page(w, page)
        for i in range(count):
            key, slot = read.moment[i].key, read.moment[i].slot
            if is_valid(w, key, slot):
                if is_full(w, day):
                    start_page(w, day)
                    left += 1
                write(w, day, key, slot)
        page, count = following, PAGE
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
        best = first_of_four(w, child) if child + FOUR <= end else first_of(w, child, end)
        if w.moment[best] >= key:
            break
        w.moment[i] = w.moment[best]
        w.slot[i] = w.slot[best]
        i = best
    w.moment[i] = key
    w.slot[i] = slot


@jit
def first_of_four(w, child):
    """Find the first of four moments side by side; without a branch, whose outcome nobody could guess."""
    left = child + np.uint64(w.moment[child + ONE] < w.moment[child])
    right = child + TWO + np.uint64(w.moment[child + THREE] < w.moment[child + TWO])
    return right if w.moment[right] < w.moment[left] else left


@jit
def first_of(w, child, end):
    """Find the first of some moments side by side."""
    best = child
    other = child + ONE
    while other < end:
        if w.moment[other] < w.moment[best]:
            best = other
        other += ONE
    return best


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
