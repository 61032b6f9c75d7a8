"""The kernel's moments to come: those of later days on pages, a day at a time in order.

A moment of a later day waits on a page of that day, in no order. When the day is opened its moments are put in their
order, by the minute; what is set on the day itself for the same day comes into a heap, and so does what shares its
minute with many others. So the heap stays small, however many clocks there are.

Nothing is deleted. A moment counts if its person's clock of that kind still says that minute. What is stale is dropped
when its day is opened, when it comes up, or all at once when there is no room.
"""

import numpy as np

from caresim.engines.contract import KIND_BITS, minute_of, moment, person_of
from caresim.engines.kernel.fetch import fetch_first
from caresim.engines.kernel.heaps import pop, push_today
from caresim.engines.kernel.world import MOMENTS_FULL, NOBODY, NOTHING, NOWHERE, PAGE
from caresim.model.chance import DAY
from caresim.model.jit import jit
from caresim.model.when import day_of

KIND = (1 << KIND_BITS) - 1
CROWD = 16  # moments of one minute; to put more than these in order one by one would take long
CROWDED = (1 << 32) - 1
ONE = np.uint64(1)


@jit
def is_valid(w, key, slot):
    """Tell whether a moment still counts."""
    p = w.people[slot]
    return p.number == person_of(key) and p.rings[key & KIND] == minute_of(key)


@jit
def push(w, key, slot):
    """Add a moment: to the heap if it is today's, else to the list of its day."""
    if key < w.opens:
        push_today(w, key, slot)
    else:
        push_later(w, day_of(minute_of(key)), key, slot)


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
def head(w):
    """Give the first moment of the open day, or NOTHING."""
    in_order = w.today[w.rung]
    return min(w.moment[0], in_order) if w.moments > 0 else in_order


@jit
def take_head(w, key):
    """Take the first moment of the open day; returns whose it is."""
    if key == w.today[w.rung]:
        slot = w.today_slot[w.rung]
        w.rung += ONE
    else:
        slot = w.slot[0]
        pop(w)
    return slot


@jit
def open_day(w):
    """Put the moments of the next day in order, except the stale."""
    day = minute_of(w.opens) // DAY
    w.opens = moment((day + 1) * DAY, 0, 0, 0)
    page, count = w.later_first[day], w.later_count[day]
    w.later_first[day] = NOWHERE
    look_ahead(w, page, count)
    count_minutes(w, page, count)
    n = lay_out(w)
    sort_in(w, page, count)
    w.today[n] = NOTHING
    w.rung = 0
    sort_ties(w, n)


@jit
def look_ahead(w, page, count):
    """Have the processor fetch the people whose clocks ring today, all at once."""
    while page != NOWHERE:
        for i in range(count):
            fetch_first(w.people[w.later[page].moment[i].slot])
        page, count = w.later[page].following, PAGE


@jit
def count_minutes(w, page, count):
    """Count today's moments by minute, and forget whose the stale ones are."""
    w.in_minute[:] = 0
    while page != NOWHERE:
        for i in range(count):
            here = w.later[page].moment[i]
            if is_valid(w, here.key, here.slot):
                w.in_minute[minute_of(here.key) % DAY] += ONE
            else:
                here.slot = NOBODY
        page, count = w.later[page].following, PAGE


@jit
def lay_out(w):
    """Find where the moments of each minute begin; returns how many there are in all."""
    n = np.uint64(0)
    for minute in range(DAY):
        here = w.in_minute[minute]
        if here > CROWD:
            w.in_minute[minute] = CROWDED
        else:
            w.in_minute[minute] = n
            n += here
    return n


@jit
def sort_in(w, page, count):
    """Put today's moments in their minutes, or in the heap, and free their pages."""
    while page != NOWHERE:
        for i in range(count):
            key, slot = w.later[page].moment[i].key, w.later[page].moment[i].slot
            if slot == NOBODY:
                continue
            minute = minute_of(key) % DAY
            place = w.in_minute[minute]
            if place == CROWDED:
                push_today(w, key, slot)
            else:
                w.in_minute[minute] = place + ONE
                w.today[place] = key
                w.today_slot[place] = slot
        following = w.later[page].following
        drop_page(w, page)
        page, count = following, PAGE


@jit
def sort_ties(w, n):
    """Put the moments of one minute in order."""
    for i in range(ONE, n):
        key, slot, j = w.today[i], w.today_slot[i], i
        while j > 0 and w.today[j - ONE] > key:
            w.today[j] = w.today[j - ONE]
            w.today_slot[j] = w.today_slot[j - ONE]
            j -= ONE
        w.today[j] = key
        w.today_slot[j] = slot


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
