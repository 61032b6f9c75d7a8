"""The kernel as Python calls it: make room, run, make more room where it was not enough."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from caresim.config import CaresimError
from caresim.engines.kernel.counting import Sheet, months_over
from caresim.engines.kernel.loop import run, run_logged
from caresim.engines.kernel.quiet import expect, expect_logged, who_arrives
from caresim.engines.kernel.sharing import Beginning, Coming, Expected, Shared, add_up, kept_counts
from caresim.engines.kernel.world import (
    ARRIVALS_FULL, COMING_FULL, FULL, KNOWN, OK, SIZES, begin, bring_back, kept_world, new_world,
)  # fmt: skip
from caresim.engines.outcome import Outcome
from caresim.model.key import key_of
from caresim.model.tables import COUNTS, LOG_COLUMNS, NOBODY_ELSE, new, used_counts

ROWS = 1 << 21
ARRIVALS = 1 << 20
COMING = 1 << 17  # who come out of hospital
MORE_COME = 8  # for each of them there is room for so many who come, on arrival or out of hospital
MONTHS_AHEAD = 12  # are told of at a time
MONTHS_KEPT = 48  # are counted before they are taken, since taking a few at a time costs more
NOBODY = Coming(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, KNOWN).view(np.recarray))
NO_LOG = np.empty((0, len(LOG_COLUMNS)), np.int64)
Take = Callable[[Any, int, int], None]
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


def simulate(
    tables: Any,
    seed: int,
    replication: int,
    events: bool = False,
    shared: Shared | None = None,
    take: Take | None = None,
) -> Outcome:
    """Run one replication in the calling thread, without the GIL.

    Parameters
    ----------
    tables : one record of TABLES, as `compile_scenario` makes it
    events : also keep the event log
    take : called with the counts and some months (first and end) as soon as nothing more will be counted of them; they
        are forgotten then, and of the outcome's counts only those by year are left. If the run has to begin anew, so do
        the months. Not with `shared`
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
                world, counts = alone(tables, key, room, log, take)
            else:
                world, counts = with_others(tables, key, room, shared)
        except TooSmallError as small:
            room.grow(small.code)
            continue
        written = int(counts["rows"][0])
        if written <= room.rows:
            return outcome(tables, world, counts, log[:written] if events else None)
        room.rows = written


def get_ready(tables: Any, events: bool = False) -> None:
    """Load the machine code, or make it, by telling of nobody and running no minute.

    To be called before threads compete for Python, which would make loading take three times as long.
    """
    room, counts = Room(0), new(COUNTS)
    log = np.empty((0, len(LOG_COLUMNS)), np.int64) if events else None
    world = new_world(SIZES[room.size])
    begin(world, tables, 0)
    world["opens"] = 1  # the first day has begun, so nobody enters
    arrivals = who_comes(world, tables, room, tables["top_level"][0], drawn_so_far(tables), 0, 0)
    go_on(world, tables, tell(world, tables, room, counts, log, arrivals), counts, log, 0)


def alone(tables: Any, key: int, room: Room, log: Any, take: Take | None) -> tuple[Any, Any]:
    """Run a replication; gives the world at its end, and the counts.

    Who comes is told some months ahead and forgotten once they have come, as counts are once they have been taken: so
    memory does not grow with the years.
    """
    world, sheet = empty_world(tables, key, room.size), Sheet()
    counts, months, drawn = sheet.counts, int(tables["months"][0]), drawn_so_far(tables)
    coming, taken = NOBODY, 0
    for first in range(0, months, MONTHS_AHEAD):
        end = min(first + MONTHS_AHEAD, months)
        until = int(tables["month_start"][0][end])
        arrivals = who_comes(world, tables, room, tables["top_level"][0], drawn, first, end)
        coming = coming.together_with(tell(world, tables, room, counts, log, arrivals))
        world["joined"] = 0
        go_on(world, tables, coming, counts, log, until)
        coming = coming.after(int(world["joined"][0]))
        over = months_over(tables, until)
        if take is not None and (over - taken >= MONTHS_KEPT or end == months):
            take(counts, taken, over)
            sheet.forget(tables, over)
            taken = over
    return world, counts


def with_others(tables: Any, key: int, room: Room, shared: Shared) -> tuple[Any, Any]:
    """Do the same from where the scenario parts from those that ran before; who comes is told of the whole run."""
    stories, rates, lived = shared.alike(tables)
    expected = shared.get((key, stories), lambda: expected_in_all(tables, key, room, shared))
    if shared.alike(expected.tables)[1] != rates:
        like = expected
        expected = shared.get((key, stories, rates), lambda: expected_of_others(tables, key, room, like))
    counted, world = [*expected.counted], empty_world(tables, key, room.size)
    if lived:
        until = int(tables["month_start"][0][shared.fork])
        beginning = shared.get((key, lived), lambda: begin_together(tables, key, room, expected, until))
        room.size = max(room.size, beginning.size)
        world = empty_world(tables, key, room.size)
        bring_back(world, beginning.world)
        counted.append((1, beginning.counts))
    counts = counts_of_thread(tables)
    add_up(used_counts(counts, tables), counted)
    go_on(world, tables, expected.coming, counts, None, int(tables["horizon"][0]))
    world["in_use"] += expected.in_use
    world["told"] += expected.told
    world["unseen"] += expected.unseen
    return world, counts


def begin_together(tables: Any, key: int, room: Room, expected: Expected, until: int) -> Beginning:
    """Have people meet until scenarios part."""
    world, counts = empty_world(tables, key, room.size), empty_counts(tables)
    go_on(world, tables, expected.coming, counts, None, until)
    return Beginning(kept_world(world), kept_counts(counts, tables), room.size)


def expected_in_all(tables: Any, key: int, room: Room, shared: Shared) -> Expected:
    """Tell of all who arrive during a run; scenarios with the same rates have the same arrivals."""
    rates = shared.alike(tables)[1]
    arrivals = shared.get((key, rates), lambda: all_who_come(tables, key, room, tables["top_level"][0]))
    return expected_of(tables, key, room, arrivals)


def expected_of_others(tables: Any, key: int, room: Room, like: Expected) -> Expected:
    """Tell of all who arrive where the same has been told at other rates: who comes in both cases is the same.

    Only those are told of who come in one of the two cases, which are few.
    """
    rates, others = tables["rate"][0], like.tables["rate"][0]
    highest = np.maximum(tables["top_level"][0], like.tables["top_level"][0])
    levels = np.where((rates == others).all(axis=-1), 0, highest)
    found = all_who_come(tables, key, room, levels, others)
    come, gone = found[found >= 0], ~found[found < 0]
    return like.without(expected_of(tables, key, room, gone)).together_with(expected_of(tables, key, room, come))


def expected_of(tables: Any, key: int, room: Room, arrivals: Any) -> Expected:
    """Tell of arrivals in a world of which nothing else is kept."""
    world, counts = empty_world(tables, key, room.size), empty_counts(tables)
    coming = tell(world, tables, room, counts, None, arrivals)
    told, unseen = int(world["told"][0]), int(world["unseen"][0])
    counted = ((1, kept_counts(counts, tables)),)
    return Expected(coming.kept(), counted, world["in_use"].copy(), told, unseen, tables)


def tell(world: Any, tables: Any, room: Room, counts: Any, log: Any, arrivals: Any) -> Coming:
    """Tell of arrivals up to where they meet others; what is known of those is the thread's until it tells of more."""
    coming, whom, people = space_for(room.arrivals, room.coming)[1:]
    n, known = call((expect, expect_logged), world, tables, counts, log, arrivals, coming, whom, people)
    order = np.argsort(coming[:n])
    return Coming(coming[order], whom[order], people[:known])


def all_who_come(tables: Any, key: int, room: Room, levels: Any, others: Any = NOBODY_ELSE) -> Any:
    """Give those who arrive during a run, as far as `levels` asks for them: strips by place, age and stream.

    `others`: see `next_month`.
    """
    world = empty_world(tables, key, room.size)
    return who_comes(world, tables, room, levels, drawn_so_far(tables), 0, int(tables["months"][0]), others)


def who_comes(
    world: Any, tables: Any, room: Room, levels: Any, drawn: Any, first: int, end: int, others: Any = NOBODY_ELSE
) -> Any:
    """Give those who arrive from the month `first` up to `end`; `drawn` is how far arrivals have been drawn."""
    (times, numbers), arrivals = drawn, space_for(room.arrivals, room.coming)[0]
    with compiling_once(who_arrives):
        n = who_arrives(world[0], tables[0], others, levels, first, end, times, numbers, arrivals)
    refuse_full(world)
    return arrivals[:n].copy()


def drawn_so_far(tables: Any) -> tuple[Any, Any]:
    """Give the time of the last candidate and their number, by strip, before any has been drawn."""
    strips = int(tables["strips"][0])
    return np.full(strips, -1.0), np.zeros(strips, np.int64)


def go_on(world: Any, tables: Any, coming: Coming, counts: Any, log: Any, until: int) -> None:
    """Have those who come meet in the world, from where it is to a midnight."""
    call((run, run_logged), world, tables, counts, log, coming.moments, coming.whom, coming.people, until)


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
    counts = counts_of_thread(tables)
    for values in used_counts(counts, tables).values():
        values[...] = 0
    return counts


def counts_of_thread(tables: Any) -> Any:
    """Give the calling thread's counts as they are, but for what a run of these tables does not use, which is 0."""
    if not hasattr(_mine, "counts"):
        _mine.counts, _mine.counted = new(COUNTS), ()
    shapes = tuple(values.shape for values in used_counts(_mine.counts, tables).values())
    if shapes != _mine.counted:
        _mine.counts.view(np.uint8)[...] = 0
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


def outcome(tables: Any, world: Any, counts: Any, log: Any) -> Outcome:
    """Pack up what a finished run left behind; the log, if there is one, is put in its written order."""
    log = NO_LOG if log is None else log[np.argsort(log[:, 0], kind="stable")]
    pools = int(tables["pools"][0])
    w = world[0]
    return Outcome(
        counts=counts,
        log=log,
        events=int(w["events"] + w["told"]),
        in_use=tuple(int(x) for x in w["in_use"][:pools]),
        capacity=tuple(int(x) for x in w["capacity"][:pools]),
        inside=int((w["people"]["doing"][: int(w["high"])] != 0).sum() + w["unseen"]),
    )
