"""The kernel as Python calls it: make room, run, make more room where it was not enough."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from caresim.config import CaresimError
from caresim.engines.kernel.loop import run, run_logged
from caresim.engines.kernel.quiet import expect, expect_logged, who_arrives
from caresim.engines.kernel.sharing import Beginning, Expected, Shared, add_up, kept_counts
from caresim.engines.kernel.world import (
    ARRIVALS_FULL, COMING_FULL, FULL, KNOWN, OK, SIZES, begin, bring_back, kept_world, new_world,
)  # fmt: skip
from caresim.engines.outcome import Outcome
from caresim.model.key import key_of
from caresim.model.tables import COUNTS, LOG_COLUMNS, new, used_counts

ROWS = 1 << 21
ARRIVALS = 1 << 20
COMING = 1 << 17  # who come out of hospital
MORE_COME = 8  # for each of them there is room for so many who come, on arrival or out of hospital
NO_LOG = np.empty((0, len(LOG_COLUMNS)), np.int64)
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
    shared : what other scenarios of the comparison have lived through already; it changes no result. No events with it,
        and the outcome's counts are the thread's: they are to be used before its next replication

    Raises
    ------
    CaresimError
        More people, waits or arrivals at one time than the largest size class holds.
    """
    key = key_of(seed, replication)
    room = Room(ROWS if events else 0)
    while True:
        log: Any = np.empty((room.rows, len(LOG_COLUMNS)), np.int64) if events else None
        try:
            if shared is None or events:
                expected, world, counts = alone(tables, key, room, log)
            else:
                expected, world, counts = with_others(tables, key, room, shared)
        except TooSmallError as small:
            room.grow(small.code)
            continue
        written = int(counts["rows"][0])
        if written <= room.rows:
            return outcome(tables, world, expected, counts, log[:written] if events else None)
        room.rows = written


def alone(tables: Any, key: int, room: Room, log: Any) -> tuple[Expected, Any, Any]:
    """Run a replication; gives who was expected, the world at its end, and the counts."""
    counts = new(COUNTS)
    expected = tell(tables, key, room, counts, log)
    world = empty_world(tables, key, room.size)
    go_on(world, tables, expected, counts, log, int(tables["horizon"][0]))
    return expected, world, counts


def with_others(tables: Any, key: int, room: Room, shared: Shared) -> tuple[Expected, Any, Any]:
    """Do the same from where the scenario parts from those that ran before."""
    stories, rates, lived = shared.alike(tables)
    expected = shared.get((key, stories), lambda: tell(tables, key, room, empty_counts(tables)).kept())
    if shared.alike(expected.tables)[1] != rates:
        like = expected
        expected = shared.get((key, stories, rates), lambda: tell_of_others(tables, key, room, like))
    counted, world = [*expected.counted], empty_world(tables, key, room.size)
    if lived:
        until = int(tables["month_start"][0][shared.fork])
        beginning = shared.get((key, lived), lambda: begin_together(tables, key, room, expected, until))
        room.size = max(room.size, beginning.size)
        world = empty_world(tables, key, room.size)
        bring_back(world, beginning.world)
        counted.append((1, beginning.counts))
    counts = empty_counts(tables)
    add_up(used_counts(counts, tables), counted)
    go_on(world, tables, expected, counts, None, int(tables["horizon"][0]))
    return expected, world, counts


def begin_together(tables: Any, key: int, room: Room, expected: Expected, until: int) -> Beginning:
    """Have people meet until scenarios part."""
    world, counts = empty_world(tables, key, room.size), empty_counts(tables)
    go_on(world, tables, expected, counts, None, until)
    return Beginning(kept_world(world), kept_counts(counts, tables), room.size)


def tell(tables: Any, key: int, room: Room, counts: Any, log: Any = None, arrivals: Any = None) -> Expected:
    """Tell of all who arrive, or of some, up to where they meet others."""
    if arrivals is None:
        arrivals = who_comes(tables, key, room, tables["top_level"][0])
    world = empty_world(tables, key, room.size)
    coming, whom, people = space_for(room.arrivals, room.coming)[1:]
    n, known = call((expect, expect_logged), world, tables, counts, log, arrivals, coming, whom, people)
    order = np.argsort(coming[:n])
    told, unseen = int(world["told"][0]), int(world["unseen"][0])
    in_use = world["in_use"].copy()
    return Expected(coming[order], whom[order], people[:known], ((1, counts),), in_use, told, unseen, tables)


def who_comes(tables: Any, key: int, room: Room, levels: Any) -> Any:
    """Give those who arrive, as far as `levels` asks for them: strips by place, age and stream."""
    strips = int(tables["strips"][0])
    world, arrivals = empty_world(tables, key, room.size), space_for(room.arrivals, room.coming)[0]
    with compiling_once(who_arrives):
        n = who_arrives(world[0], tables[0], levels, np.full(strips, -1.0), np.zeros(strips, np.int64), arrivals)
    refuse_full(world)
    return arrivals[:n].copy()


def tell_of_others(tables: Any, key: int, room: Room, like: Expected) -> Expected:
    """Tell of all who arrive where the same has been told at other rates: who comes in both cases is the same.

    Only those are told of who come in one of the two cases, which are few.
    """
    same = (tables["rate"] == like.tables["rate"])[0].all(axis=-1)
    here, there = (who_comes(t, key, room, np.where(same, 0, t["top_level"][0])) for t in (tables, like.tables))
    gone, come = np.setdiff1d(there, here, assume_unique=True), np.setdiff1d(here, there, assume_unique=True)
    fewer = tell(tables, key, room, empty_counts(tables), arrivals=gone).kept()
    more = tell(tables, key, room, empty_counts(tables), arrivals=come).kept()
    return like.without(fewer).together_with(more)


def go_on(world: Any, tables: Any, expected: Expected, counts: Any, log: Any, until: int) -> None:
    """Have those who are expected meet in the world, from where it is to a midnight."""
    coming, whom, people = expected.coming, expected.whom, expected.people
    call((run, run_logged), world, tables, counts, log, coming, whom, people, until)


def call(twins: tuple[Any, Any], world: Any, tables: Any, counts: Any, log: Any, *given: Any) -> Any:
    """Call an entry point: the one that keeps no log, or its twin that does."""
    function, logs = (twins[0], ()) if log is None else (twins[1], (log,))
    with compiling_once(function):
        answer = function(world[0], tables[0], counts[0], *logs, *given)
    refuse_full(world)
    return answer


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


def empty_counts(tables: Any) -> Any:
    """Give the calling thread's counts, made empty again: what is counted has to be used before the next call."""
    if not hasattr(_mine, "counts"):
        _mine.counts, _mine.counted = new(COUNTS), ()
    used = used_counts(_mine.counts, tables)
    shapes = tuple(values.shape for values in used.values())
    for values in used.values() if shapes == _mine.counted else (_mine.counts.view(np.uint8),):
        values[...] = 0
    _mine.counted = shapes
    return _mine.counts


def space_for(arrivals: int, coming: int) -> tuple[Any, ...]:
    """Give the calling thread's working space, with whatever was left in it."""
    if getattr(_mine, "room", None) != (arrivals, coming):
        _mine.room = arrivals, coming
        _mine.space = (
            np.empty(arrivals, np.int64),
            np.empty(MORE_COME * coming, np.int64),
            np.empty(MORE_COME * coming, np.int64),
            np.zeros(coming, KNOWN).view(np.recarray),
        )
    return tuple(_mine.space)


def outcome(tables: Any, world: Any, expected: Expected, counts: Any, log: Any) -> Outcome:
    """Pack up what a finished run left behind; the log, if there is one, is put in its written order."""
    log = NO_LOG if log is None else log[np.argsort(log[:, 0], kind="stable")]
    pools = int(tables["pools"][0])
    w = world[0]
    return Outcome(
        counts=counts,
        log=log,
        events=int(w["events"]) + expected.told,
        in_use=tuple(int(x) for x in (w["in_use"] + expected.in_use[0])[:pools]),
        capacity=tuple(int(x) for x in w["capacity"][:pools]),
        inside=int((w["people"]["doing"][: int(w["high"])] != 0).sum()) + expected.unseen,
    )
