"""The state of one replication inside the kernel: clocks, pools, queues and the people who are in the model."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numba import literal_unroll

from caresim.engines.contract import CLOCKS
from caresim.engines.kernel.fetch import LINE
from caresim.engines.kernel.states import AT_HOME, STAYING
from caresim.model.arrival import clear
from caresim.model.chance import DAY
from caresim.model.codes import BED
from caresim.model.jit import jit
from caresim.model.package import NO_POOL
from caresim.model.tables import (
    DAYS, N_ROLES, PERSON_ALWAYS, PERSON_COUNTED, PERSON_IN_HOSPITAL, PERSON_WAITED, PERSON_WITH_PACKAGE, POOL_MEMBERS,
)  # fmt: skip


def in_lines(*groups: list[Any]) -> np.dtype:
    """Lay out a record of which each group of fields begins where a line begins."""
    names, formats, offsets, start = [], [], [], 0
    for group in groups:
        packed = np.dtype(group, align=True)
        for name, (kind, offset, *_) in (packed.fields or {}).items():
            names.append(name)
            formats.append(kind)
            offsets.append(start + offset)
        start += -(-packed.itemsize // LINE) * LINE
    return np.dtype({"names": names, "formats": formats, "offsets": offsets, "itemsize": start}, align=True)


# What the kernel adds to a person: their clocks, what they are doing, what they ask for and what they hold. Clocks come
# first: the compiler would take a record that begins as another one does for that other one. The first line tells
# whether a moment still counts; with the second it tells all that is looked at when somebody leaves.
INSIDE = in_lines(
    [("rings", "i4", len(CLOCKS)), ("doing", "i1"), *PERSON_ALWAYS],
    [("ask_key", "i8"), ("units", "i4", N_ROLES), ("pool", "i1", N_ROLES), *PERSON_COUNTED],
    PERSON_IN_HOSPITAL,
    PERSON_WAITED,
    [*PERSON_WITH_PACKAGE, ("ask_pool", "i4"), ("ask_units", "i4"), ("ask_role", "i4"), ("ask_since", "i4")],
)

# What is written down of somebody whose stay ends among others: all in which they differ from a fresh record in a bed.
# There is one for everybody who will be referred during the run, so it is small.
KNOWN_FIELDS = (
    "number", "place", "age", "trust", "cause", "origin", "entered", "n0", "decondition", "deconditioned_at", "spell",
    "came", "left_at", "support_missing", "away",
)  # fmt: skip
KNOWN = np.dtype([*((name, INSIDE[name]) for name in KNOWN_FIELDS), ("bed", "i4")], align=True)

OK, MOMENTS_FULL, QUEUE_FULL, PEOPLE_FULL, ARRIVALS_FULL, COMING_FULL = range(6)
FULL = ("", "moments", "places in a queue", "people inside", "arrivals in a month", "people who come")

WORDS = POOL_MEMBERS // 32

# Moments of a later day: pages in the list of that day, of which all but the first are full. How much is on the first
# stands apart, so that writing a moment need not wait for the page. Page 0 is not used.
PAGE = 15
LATER = np.dtype([("following", "u4"), ("moment", [("key", "i8"), ("slot", "u8")], PAGE)], align=True)
NOWHERE = 0
NOBODY = np.uint64(2**64 - 1)  # in place of a slot
NOTHING = np.int64(2**63 - 1)  # in place of a moment: after all others


@jit
def fresh(p):
    """Make a person's record that of somebody who has no clock set, asks for nothing and holds nothing."""
    p.doing = AT_HOME
    p.ask_key = -1
    p.ask_role = -1
    p.rings[:] = -1
    p.units[:] = 0
    p.pool[:] = NO_POOL


@jit
def keep(known, p):
    """Write down what is known of somebody in a bed."""
    for name in literal_unroll(KNOWN_FIELDS):
        known[name] = p[name]
    known.bed = p.pool[BED]


@jit
def recall(p, known):
    """Make a record that of somebody in a bed who has been written down."""
    clear(p, known.number)
    fresh(p)
    for name in literal_unroll(KNOWN_FIELDS):
        p[name] = known[name]
    p.in_bed = 1
    p.doing = STAYING
    p.pool[BED] = known.bed
    p.units[BED] = 1


@cache
def world_dtype(people: int, moments: int, queue: int) -> np.dtype:
    """Lay out a world; its sizes are part of the compiled type, so only a few size classes exist."""
    return np.dtype(
        [
            ("people", INSIDE, people),  # first, where a line begins
            ("now", "i8"), ("order", "i8"), ("key64", "u8"), ("moments", "i8"), ("freed", "i8"), ("code", "i8"),
            ("events", "i8"), ("stale", "i8"), ("told", "i8"), ("unseen", "i8"), ("joined", "i8"), ("step", "i8"),
            ("high", "i8"), ("touched", "i8", WORDS), ("any_touched", "i8"),
            ("waiting", "i8", POOL_MEMBERS), ("in_use", "i8", POOL_MEMBERS), ("capacity", "i8", POOL_MEMBERS),
            ("booked_week", "i8", POOL_MEMBERS), ("booked", "i8", POOL_MEMBERS),
            ("opens", "i8"), ("moment", "i8", moments), ("slot", "u8", moments),
            ("rung", "u8"), ("today", "i8", moments + 1), ("today_slot", "u8", moments), ("in_minute", "u4", DAY),
            ("later_free", "i8"), ("later_used", "i8"), ("later_first", "u4", DAYS + 1),
            ("later_count", "u4", DAYS + 1),
            ("later", LATER, moments // PAGE),
            ("queue", "i8", (POOL_MEMBERS, queue)), ("queue_slot", "u8", (POOL_MEMBERS, queue)),
            ("free", "u8", people),
        ],
        align=True,
    )  # fmt: skip


SIZES = ((1 << 16, 1 << 19, 1 << 14), (1 << 19, 1 << 22, 1 << 16))  # people, moments, places in each queue

# What is written before it is read.
LARGE = ("moment", "slot", "today", "today_slot", "later", "queue", "queue_slot", "free", "people")


def new_world(size: tuple[int, int, int]) -> np.ndarray:
    """Make room for a world that begins where a line begins; memory is touched only as people come in."""
    dtype = world_dtype(*size)
    room = np.zeros(dtype.itemsize + LINE, np.uint8)
    first = -room.ctypes.data % LINE
    return room[first : first + dtype.itemsize].view(dtype).view(np.recarray)


def begin(world: np.ndarray, tables: np.recarray, key: int) -> None:
    """Make a world empty, as it is when a replication begins."""
    for name in world.dtype.names or ():
        if name not in LARGE:
            world[name] = 0
    people = world["free"].shape[1]
    world["free"][0] = np.arange(people, dtype=np.uint64)[::-1]
    world["freed"] = people
    world["today"][0, 0] = NOTHING
    world["capacity"][0] = tables["capacity"][0]
    world["key64"] = np.uint64(key)


def kept_world(world: np.ndarray) -> dict[str, np.ndarray]:
    """Copy a world at midnight, when no moment is in the heap, as far as it is used."""
    return {name: as_bytes(used_part(world, name)).copy() for name in world.dtype.names or ()}


def bring_back(world: np.ndarray, kept: dict[str, np.ndarray]) -> None:
    """Make a world what it was when it was kept."""
    for name in (name for name in kept if name not in LARGE):
        world[name] = kept[name]
    for name in LARGE:
        as_bytes(used_part(world, name))[...] = kept[name]


def as_bytes(values: np.ndarray) -> np.ndarray:
    """Give a view of records as bytes, which are copied at once; records would be copied field by field."""
    return np.asarray(values).view(np.uint8) if values.dtype.names else values


def used_part(world: np.ndarray, name: str) -> np.ndarray:
    """Give a view of what is used of a field."""
    used = {
        "moment": world["moments"][0],
        "slot": world["moments"][0],
        "today": world["rung"][0] + 1,
        "today_slot": 0,
        "later": world["later_used"][0] + 1,
        "people": world["high"][0],
    }
    if name in used:
        return world[name][:, : int(used[name])]
    if name in ("queue", "queue_slot"):
        return world[name][:, :, : int(world["waiting"].max())]
    return world[name]
