"""The state of one replication inside the kernel: clocks, pools, queues and the people who are in the model."""

from __future__ import annotations

from functools import cache

import numpy as np

from caresim.engines.contract import CLOCKS
from caresim.model.tables import N_ROLES, PERSON_FIELDS, POOL_MEMBERS

# What the kernel adds to a person: what they are doing, what they ask for, their clocks and what they hold.
# It comes first: the compiler would take a record that begins as another one does for that other one.
INSIDE = np.dtype(
    [
        ("doing", "i8"), ("ask_key", "i8"), ("ask_pool", "i8"), ("ask_units", "i8"), ("ask_role", "i8"),
        ("ask_since", "i8"), ("ask_work", "i8"), ("rings", "i8", len(CLOCKS)), ("pool", "i8", N_ROLES),
        ("units", "i8", N_ROLES),
        *PERSON_FIELDS,
    ],
    align=True,
)  # fmt: skip

OK, MOMENTS_FULL, QUEUE_FULL, PEOPLE_FULL, ARRIVALS_FULL = range(5)
FULL = ("", "moments", "places in a queue", "people inside", "arrivals in a month")

WORDS = POOL_MEMBERS // 32


@cache
def world_dtype(people: int, moments: int, queue: int) -> np.dtype:  # type: ignore[type-arg]
    """Lay out a world; its sizes are part of the compiled type, so only a few size classes exist."""
    return np.dtype(
        [
            ("now", "i8"), ("order", "i8"), ("key64", "u8"), ("moments", "i8"), ("freed", "i8"), ("code", "i8"),
            ("events", "i8"), ("stale", "i8"), ("quiet", "i8"), ("unseen", "i8"), ("high", "i8"), ("touched", "i8", WORDS), ("any_touched", "i8"),
            ("waiting", "i8", POOL_MEMBERS), ("in_use", "i8", POOL_MEMBERS), ("capacity", "i8", POOL_MEMBERS),
            ("booked_week", "i8", POOL_MEMBERS), ("booked", "i8", POOL_MEMBERS),
            ("moment", "i8", moments), ("slot", "u8", moments),
            ("queue", "i8", (POOL_MEMBERS, queue)), ("queue_slot", "u8", (POOL_MEMBERS, queue)),
            ("free", "u8", people), ("people", INSIDE, people),
        ],
        align=True,
    )  # fmt: skip


SIZES = ((1 << 16, 1 << 19, 1 << 14), (1 << 19, 1 << 22, 1 << 16))  # people, moments, places in each queue


def new_world(tables: np.recarray, key: int, size: tuple[int, int, int]) -> np.ndarray:  # type: ignore[type-arg]
    """Make the empty world of a replication; memory is touched only as people come in."""
    world = np.zeros(1, world_dtype(*size)).view(np.recarray)
    world["free"][0] = np.arange(size[0], dtype=np.uint64)[::-1]
    world["capacity"][0] = tables["capacity"][0]
    world["freed"] = size[0]
    world["key64"] = np.uint64(key)
    return world


