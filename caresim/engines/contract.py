"""The written order of what happens in one minute, which both engines keep to.

A minute has four phases: capacity steps, by pool (a pool whose place others take hands over in its step); clocks, by
person and then kind; settling, where the lowest-numbered touched pool whose head fits grants one person and all that
follows happens before the next grant; patience, by person. If patience frees something, settling comes again before the
next patience. So death beats a grant, and a grant beats patience. An arrival is its person's first clock.
"""

import numpy as np

from caresim.model.jit import jit
from caresim.model.tables import PERSON_BITS

PHASE_CAPACITY, PHASE_CLOCK, PHASE_SETTLE, PHASE_PATIENCE = range(4)

# Clocks of a person, in the order of ties.
CLOCKS = (
    "death",
    "retention",
    "package_end",
    "admission",
    "step_done",
    "review_done",
    "review_due",
    "growth",
    "birthday",
    "money",
    "sourced",
    "day_91",
    "exit",
    "patience",
)
(DEATH, RETENTION, PACKAGE_END, ADMISSION, STEP, REVIEW_DONE, REVIEW_DUE, GROWTH, BIRTHDAY, MONEY, SOURCED, DAY_91,
 EXIT, PATIENCE) = range(14)  # fmt: skip

KIND_BITS = 4
MINUTE_OFFSET = 1 << 25  # a queue may hold people who asked before the start


@jit
def moment(minute, phase, person, kind):
    """Pack a moment into one integer that sorts in the written order (minute 26 bits, phase 2, person 30, kind 4)."""
    return (((np.int64(minute) * 4 + phase) << PERSON_BITS | person) << KIND_BITS) | kind


@jit
def minute_of(key):
    """Read the minute back from a moment."""
    return key >> (PERSON_BITS + KIND_BITS + 2)


@jit
def person_of(key):
    """Read the person back from a moment."""
    return (key >> KIND_BITS) & ((1 << PERSON_BITS) - 1)


@jit
def place_in_queue(rank, asked, person):
    """Pack a place in a queue into one integer: priority class, then the minute of asking, then the person."""
    return (np.int64(rank) << 57) | ((np.int64(asked) + MINUTE_OFFSET) << PERSON_BITS) | person
