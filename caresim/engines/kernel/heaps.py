"""The kernel's two kinds of heap: moments (4-ary, unsigned indices) and, one a pool, those who wait (binary).

Nothing is deleted. A moment counts if its person's clock of that kind still says that minute; a place in a queue counts
if its person still asks with that key. What is stale is dropped when it comes up, or all at once when a heap is full.
"""

import numpy as np

from caresim.engines.contract import KIND_BITS, minute_of
from caresim.engines.kernel.world import MOMENTS_FULL, QUEUE_FULL
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
    """Add a moment; a full heap is first rid of what is stale."""
    if w.moments + 2 >= w.moment.size:
        tidy(w)
        if w.moments + 2 >= w.moment.size // 4 * 3:
            w.code = MOMENTS_FULL
            return
    n = w.moments
    w.moments = n + 1
    sift_up(w, np.uint64(n), key, slot)


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
    """Drop all stale moments and order what is left again."""
    n = w.moments
    w.moments = 0
    for i in range(n):
        key, slot = w.moment[i], w.slot[i]
        if is_valid(w, key, slot):
            j = w.moments
            w.moments = j + 1
            sift_up(w, np.uint64(j), key, slot)


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
