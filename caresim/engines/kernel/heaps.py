"""The kernel's two kinds of heap: moments of the open day (4-ary, unsigned) and, one a pool, those who wait (binary).

Nothing is deleted from a queue. A place in it counts if its person still asks with that key; what is stale is dropped
when it comes up, or all at once when there is no room.
"""

import numpy as np

from caresim.engines.kernel.world import MOMENTS_FULL, QUEUE_FULL
from caresim.model.jit import jit

ONE, TWO, THREE, FOUR = np.uint64(1), np.uint64(2), np.uint64(3), np.uint64(4)
ZERO = np.uint64(0)


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
