"""Run a world on both engines and say where they first part; and which coincidences a log contains."""

from __future__ import annotations

from typing import Any

import numpy as np

from caresim.engines import reference
from caresim.engines.kernel.simulate import simulate as kernel
from caresim.engines.outcome import Outcome
from caresim.model.codes import (
    ADMITTED,
    ASKS,
    CAPACITY,
    DIES,
    EVENTS,
    LAPSES,
    LEAVES,
    OVERFLOWS,
    REABLEMENT,
    STARTS,
    SUPPORT_ENDS,
    WITHDRAWS,
)
from caresim.model.tables import LOG_COLUMNS

SEED = 20190401
ORDER, MINUTE, PERSON, EVENT, PLACE, AGE, POOL, VALUE = range(len(LOG_COLUMNS))

COINCIDENCES = (
    "a grant in the minute in which another's patience for the pool ends",
    "a death at the head of a queue lets the next one in",
    "a capacity step and a release of the pool in one minute",
    "two grants by a pool in one minute",
    "a grant that frees what another pool grants in the same minute",
    "patience frees what somebody else is granted in the same minute",
    "a fall of capacity below what is in use",
    "a grant to somebody who asked before the start",
    "a package lapses while its person queues for more of it",
    "a readmission from reablement, intermediate care or a temporary place",
)


def both(tables: Any, replication: int = 0) -> tuple[Outcome, Outcome]:
    """Run a replication on the reference and on the kernel."""
    return reference.simulate(tables, SEED, replication, events=True), kernel(tables, SEED, replication, events=True)


def difference(a: Outcome, b: Outcome) -> str:
    """Say where two outcomes first part; empty if they are the same to the last bit."""
    x, y = a.log[:, MINUTE:], b.log[:, MINUTE:]
    n = min(len(x), len(y))
    apart = np.flatnonzero((x[:n] != y[:n]).any(axis=1))
    if len(apart) or len(x) != len(y):
        i = int(apart[0]) if len(apart) else n
        return f"row {i} of {len(x)} and {len(y)}:\n{rows(x, i)}\n---- and\n{rows(y, i)}"
    for field in a.counts.dtype.names:
        if not np.array_equal(a.counts[field], b.counts[field]):
            where = np.argwhere(np.asarray(a.counts[field]) != np.asarray(b.counts[field]))[:3].tolist()
            return f"counts: {field} at {where}"
    for name in ("events", "in_use", "capacity", "inside"):
        if getattr(a, name) != getattr(b, name):
            return f"{name}: {getattr(a, name)} and {getattr(b, name)}"
    return ""


def rows(log: Any, i: int) -> str:
    """Show some rows of a log around row i."""
    return "\n".join(
        f"{row[0]:>8} {row[1]:>10} {EVENTS[row[2]]:<16} pool {row[5]:>3} value {row[6]}"
        for row in log[max(0, i - 6) : i + 4]
    )


def happened(log: Any) -> set[str]:
    """Give the names of the events in a log."""
    return {EVENTS[code] for code in np.unique(log[:, EVENT])}


def coincidences(log: Any) -> set[str]:
    """Find which of the coincidences a log contains, minute by minute."""
    found: set[str] = set()
    in_use: dict[int, int] = {}
    queues: dict[int, dict[int, tuple[int, int]]] = {}
    starts_of_minutes = np.flatnonzero(np.diff(log[:, MINUTE], prepend=-1))
    for minute in np.split(log, starts_of_minutes[1:]):
        if len(minute) > 1:
            found |= within(minute)
        for row in minute:
            found |= follow(row, in_use, queues)
    return found


def within(minute: Any) -> set[str]:
    """Find the coincidences that the rows of one minute show."""
    found = set()
    by_pool: dict[int, list[tuple[int, int]]] = {}
    grants: list[int] = []
    dead = {row[PERSON] for row in minute if row[EVENT] == DIES}
    for row in minute:
        if row[POOL] >= 0:
            by_pool.setdefault(row[POOL], []).append((row[EVENT], row[PERSON]))
    for pool, happenings in by_pool.items():
        kinds = [event for event, _ in happenings]
        granted = [i for i, kind in enumerate(kinds) if kind == STARTS]
        if STARTS in kinds and OVERFLOWS in kinds:
            found.add(COINCIDENCES[0])
            if any(i > kinds.index(OVERFLOWS) for i in granted):
                found.add(COINCIDENCES[5])
        if any(e == WITHDRAWS and p in dead for e, p in happenings) and granted:
            found.add(COINCIDENCES[1])
        if CAPACITY in kinds and LEAVES in kinds:
            found.add(COINCIDENCES[2])
        if len(granted) > 1:
            found.add(COINCIDENCES[3])
        grants += [pool] * len(granted)
    found |= for_one_person(minute)
    last_start: int = -1
    for row in minute:
        if row[EVENT] == STARTS:
            last_start = row[PERSON]
        elif row[EVENT] == LEAVES and row[PERSON] == last_start and grants.count(row[POOL]):
            found.add(COINCIDENCES[4])
    return found


def for_one_person(minute: Any) -> set[str]:
    """Find what one person meets in one minute: a lapse in a queue, a readmission that ends an episode."""
    found = set()
    for person in {int(row[PERSON]) for row in minute if row[EVENT] in (LAPSES, ADMITTED)}:
        own = [row for row in minute if row[PERSON] == person]
        kinds = [int(row[EVENT]) for row in own]
        if LAPSES in kinds:
            before = [row[VALUE] for row in own if row[EVENT] == WITHDRAWS]
            after = [row[VALUE] for row in own if row[EVENT] == ASKS]
            if before and after and after[-1] > before[0]:
                found.add(COINCIDENCES[8])
        if ADMITTED in kinds and any(row[EVENT] == SUPPORT_ENDS and row[VALUE] >= REABLEMENT for row in own):
            found.add(COINCIDENCES[9])
    return found


def follow(row: Any, in_use: dict[int, int], queues: dict[int, dict[int, tuple[int, int]]]) -> set[str]:
    """Follow what is in use of each pool; see capacity fall below it, and starts of those who asked before minute 0."""
    pool, event = int(row[POOL]), row[EVENT]
    if pool < 0:
        return set()
    if event == STARTS:
        in_use[pool] = in_use.get(pool, 0) + int(row[VALUE])
        asked = queues.get(pool, {}).pop(int(row[PERSON]), None)
        return {COINCIDENCES[7]} if asked and asked[0] == 0 and row[PERSON] < 1 << 24 and row[MINUTE] >= 0 else set()
    if event == LEAVES:
        in_use[pool] = in_use.get(pool, 0) - int(row[VALUE])
    elif event == ASKS:
        queues.setdefault(pool, {})[int(row[PERSON])] = (int(row[MINUTE]), int(row[VALUE]))
    elif event in (WITHDRAWS, OVERFLOWS):
        queues.get(pool, {}).pop(int(row[PERSON]), None)
    elif event == CAPACITY and row[VALUE] < in_use.get(pool, 0):
        return {COINCIDENCES[6]}
    return set()
