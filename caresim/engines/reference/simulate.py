"""The reference engine as Python calls it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

from caresim.engines.outcome import Outcome
from caresim.engines.reference.world import World
from caresim.model.key import key_of
from caresim.model.tables import COUNTS, LOG_COLUMNS, TABLES

ROWS = 1 << 20


def simulate(
    tables: Any, seed: int, replication: int, events: bool = False, take: Callable[[Any, int, int], None] | None = None
) -> Outcome:
    """Run one replication; arguments and result are those of the kernel's `simulate`, months are taken at the end."""
    rows = ROWS if events else 0
    world = attempt(tables, seed, replication, rows)
    written = int(world.C[0]["rows"])
    if events and written > rows:
        world = attempt(tables, seed, replication, written)
    if take is not None:
        take(world.C, 0, int(tables["months"][0]))
    return Outcome(
        counts=world.C.view(np.recarray),
        log=world.log[:written],
        events=world.events,
        in_use=tuple(pool.in_use for pool in world.pools),
        capacity=tuple(pool.capacity for pool in world.pools),
        inside=len(world.inside),
    )


def attempt(tables: Any, seed: int, replication: int, rows: int) -> World:
    """Run with room for so many rows of the event log."""
    kind = np.recarray if numba.config.DISABLE_JIT else np.ndarray
    counts = np.zeros(1, COUNTS)
    log = np.zeros((rows, len(LOG_COLUMNS)), np.int64)
    # One dtype object throughout: compiled code recognises it without comparing fields.
    world = World(
        tables.view(TABLES, np.ndarray).view(kind), counts.view(kind), log, np.uint64(key_of(seed, replication))
    )
    world.run()
    return world
