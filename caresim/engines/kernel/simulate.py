"""The kernel as Python calls it: make room, run, make more room where it was not enough."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np

from caresim.config import CaresimError
from caresim.engines.kernel.loop import run
from caresim.engines.kernel.world import ARRIVALS_FULL, FULL, OK, SIZES, begin, new_world
from caresim.engines.outcome import Outcome
from caresim.model.key import key_of
from caresim.model.tables import COUNTS, LOG_COLUMNS, new

ROWS = 1 << 21
ARRIVALS = 1 << 16
_compiling = threading.Lock()
_mine = threading.local()  # each thread keeps its world for its next replication


def simulate(tables: Any, seed: int, replication: int, events: bool = False) -> Outcome:
    """Run one replication in the calling thread, without the GIL.

    Parameters
    ----------
    tables : one record of TABLES, as `compile_scenario` makes it
    events : also keep the event log

    Raises
    ------
    CaresimError
        More people, waits or arrivals at one time than the largest size class holds.
    """
    key = key_of(seed, replication)
    size, arrivals, rows = 0, ARRIVALS, ROWS if events else 0
    while True:
        world, counts, log = attempt(tables, key, size, arrivals, rows)
        code = int(world["code"][0])
        written = int(counts["rows"][0])
        if code == OK and (not events or written <= rows):
            break
        if code == OK:
            rows = written
        elif code == ARRIVALS_FULL:
            arrivals *= 8
        elif size + 1 < len(SIZES):
            size += 1
        else:
            raise CaresimError(f"the engine ran out of room for {FULL[code]}: a queue may be growing without bound")
    return outcome(tables, world, counts, log[:written] if events else log)


def attempt(tables: Any, key: int, size: int, arrivals: int, rows: int) -> tuple[Any, Any, Any]:
    """Run with buffers of a given size; the world's code tells whether they sufficed."""
    strips = int(tables["strips"][0])
    world, counts = empty_world(tables, key, size), new(COUNTS)
    log = np.empty((rows, len(LOG_COLUMNS)), np.int64)
    space = (np.zeros(strips), np.zeros(strips, np.int64), np.empty(arrivals, np.int64))
    arguments = (world[0], tables[0], counts[0], log, *space)
    if getattr(run, "signatures", True):
        run(*arguments)
    else:
        with _compiling:  # one thread compiles, the others wait for it
            run(*arguments)
    return world, counts, log


def empty_world(tables: Any, key: int, size: int) -> Any:
    """Give the calling thread's world, made empty again: new memory would have to be cleared page by page."""
    if getattr(_mine, "size", -1) != size:
        _mine.size, _mine.world = size, new_world(SIZES[size])
    begin(_mine.world, tables, key)
    return _mine.world


def outcome(tables: Any, world: Any, counts: Any, log: Any) -> Outcome:
    """Pack up what a finished run left behind; the log is put in its written order."""
    if log.size:
        log = log[np.argsort(log[:, 0], kind="stable")]
    pools = int(tables["pools"][0])
    w = world[0]
    return Outcome(
        counts=counts,
        log=log,
        events=int(w["events"]) + int(w["quiet"]),
        in_use=tuple(int(x) for x in w["in_use"][:pools]),
        capacity=tuple(int(x) for x in w["capacity"][:pools]),
        inside=int((w["people"]["doing"][: int(w["high"])] != 0).sum()) + int(w["unseen"]),
    )
