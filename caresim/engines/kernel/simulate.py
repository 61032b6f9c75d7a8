"""The kernel as Python calls it: make room, run, make more room where it was not enough."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from caresim.config import CaresimError
from caresim.engines.kernel.loop import run
from caresim.engines.kernel.quiet import expect
from caresim.engines.kernel.sharing import Expected, Shared, what_is_expected
from caresim.engines.kernel.world import ARRIVALS_FULL, COMING_FULL, FULL, INSIDE, OK, SIZES, begin, new_world
from caresim.engines.outcome import Outcome
from caresim.model.key import key_of
from caresim.model.tables import COUNTS, LOG_COLUMNS, new

ROWS = 1 << 21
ARRIVALS = 1 << 16
COMING = 1 << 17  # who come out of hospital
MORE_COME = 8  # for each of them there is room for so many who come, on arrival or out of hospital
_compiling = threading.Lock()
_mine = threading.local()  # each thread keeps its world for its next replication


@dataclass
class Room:
    """How much room an attempt gets; what turns out too small grows."""

    rows: int
    arrivals: int = ARRIVALS
    coming: int = COMING
    size: int = 0  # class of the world

    def grow(self, code: int) -> None:
        """Make more room after an attempt that failed."""
        if code == ARRIVALS_FULL:
            self.arrivals *= 8
        elif code == COMING_FULL:
            self.coming *= 8
        elif self.size + 1 < len(SIZES):
            self.size += 1
        else:
            raise CaresimError(f"the engine ran out of room for {FULL[code]}: a queue may be growing without bound")


class TooSmallError(Exception):
    """A buffer was too small; the code says which."""

    def __init__(self, code: int) -> None:
        super().__init__(FULL[code])
        self.code = code


def simulate(tables: Any, seed: int, replication: int, events: bool = False, shared: Shared | None = None) -> Outcome:
    """Run one replication in the calling thread, without the GIL.

    Parameters
    ----------
    tables : one record of TABLES, as `compile_scenario` makes it
    events : also keep the event log
    shared : what other scenarios of the comparison have been told already; it changes no result. No events with it

    Raises
    ------
    CaresimError
        More people, waits or arrivals at one time than the largest size class holds.
    """
    key = key_of(seed, replication)
    room = Room(ROWS if events else 0)
    while True:
        log = np.empty((room.rows, len(LOG_COLUMNS)), np.int64)
        try:
            if shared is None or events:
                expected = tell(tables, key, room, log)
                counts = expected.counts
            else:
                what = (seed, replication, what_is_expected(tables))
                expected = shared.get(what, partial(tell, tables, key, room, log))
                counts = expected.counts.copy()
            world = meet(tables, key, room, expected, counts, log)
        except TooSmallError as small:
            room.grow(small.code)
            continue
        written = int(counts["rows"][0])
        if not events or written <= room.rows:
            return outcome(tables, world, expected, counts, log[: written if events else 0])
        room.rows = written


def tell(tables: Any, key: int, room: Room, log: Any) -> Expected:
    """Tell of all who arrive, up to where they meet others."""
    strips = int(tables["strips"][0])
    world, counts = empty_world(tables, key, room.size), new(COUNTS)
    times, numbers = np.zeros(strips), np.zeros(strips, np.int64)
    arrivals, coming, whom, people = space_for(room.arrivals, room.coming)
    with compiling_once(expect):
        n, known = expect(world[0], tables[0], counts[0], log, times, numbers, arrivals, coming, whom, people)
    refuse_full(world)
    order = np.argsort(coming[:n])
    told, unseen = int(world["told"][0]), int(world["unseen"][0])
    return Expected(coming[order], whom[order], people[:known], counts, world["in_use"].copy(), told, unseen)


def meet(tables: Any, key: int, room: Room, expected: Expected, counts: Any, log: Any) -> Any:
    """Have those who are expected meet in the world, and give the world at its end."""
    world = empty_world(tables, key, room.size)
    world["in_use"] = expected.in_use
    with compiling_once(run):
        run(world[0], tables[0], counts[0], log, expected.coming, expected.whom, expected.people)
    refuse_full(world)
    return world


def refuse_full(world: Any) -> None:
    """Raise if a buffer was too small."""
    code = int(world["code"][0])
    if code != OK:
        raise TooSmallError(code)


@contextmanager
def compiling_once(function: Any) -> Iterator[None]:
    """Let one thread compile while the others wait for it."""
    if getattr(function, "signatures", True):
        yield
    else:
        with _compiling:
            yield


def empty_world(tables: Any, key: int, size: int) -> Any:
    """Give the calling thread's world, made empty again: new memory would have to be cleared page by page."""
    if getattr(_mine, "size", -1) != size:
        _mine.size, _mine.world = size, new_world(SIZES[size])
    begin(_mine.world, tables, key)
    return _mine.world


def space_for(arrivals: int, coming: int) -> tuple[Any, ...]:
    """Give the calling thread's working space, with whatever was left in it."""
    if getattr(_mine, "room", None) != (arrivals, coming):
        _mine.room = arrivals, coming
        _mine.space = (
            np.empty(arrivals, np.int64),
            np.empty(MORE_COME * coming, np.int64),
            np.empty(MORE_COME * coming, np.int64),
            np.zeros(coming, INSIDE).view(np.recarray),
        )
    return tuple(_mine.space)


def outcome(tables: Any, world: Any, expected: Expected, counts: Any, log: Any) -> Outcome:
    """Pack up what a finished run left behind; the log is put in its written order."""
    if log.size:
        log = log[np.argsort(log[:, 0], kind="stable")]
    pools = int(tables["pools"][0])
    w = world[0]
    return Outcome(
        counts=counts,
        log=log,
        events=int(w["events"]) + expected.told,
        in_use=tuple(int(x) for x in w["in_use"][:pools]),
        capacity=tuple(int(x) for x in w["capacity"][:pools]),
        inside=int((w["people"]["doing"][: int(w["high"])] != 0).sum()) + expected.unseen,
    )
