"""What must always hold, checked from the log alone, on every engine."""

from __future__ import annotations

from bisect import insort
from functools import cache
from typing import Any

import numpy as np
import pytest

import caresim
from caresim.engines.kernel.simulate import simulate as kernel
from caresim.engines.outcome import Outcome
from caresim.measures.reduction import reduce
from caresim.model.codes import (
    ARRIVES,
    ASKS,
    ASSESSMENT,
    CAPACITY,
    COUNCIL,
    DIES,
    EXITS,
    FROM_HOSPITAL,
    HANDED_OVER,
    LEAVES,
    OVERFLOWS,
    PATHWAY_0,
    RESTART,
    STARTS,
    WITHDRAWS,
    WORK_COMMUNITY,
)  # fmt: skip
from caresim.model.compile import compile_scenario
from caresim.model.services import FIRST_52_WEEKS
from caresim.model.tables import AWAITS, FIRST_ARRIVAL, STARTERS
from caresim.money.care import SHORT
from tests.engines import worlds
from tests.engines.comparing import EVENT, MINUTE, PERSON, POOL, SEED, VALUE

SEEDS = range(100, 106)


@cache
def world_of(seed: int) -> Any:
    """Make the tables of a world, once."""
    made = worlds.seeded(seed, hands_over=False).tables
    made["rank"] = 0  # the log does not show ranks: here everybody has the same
    return made


@cache
def run_of(engine: Any, seed: int) -> Outcome:
    """Run a world on an engine, once."""
    made: Outcome = engine(world_of(seed), SEED, 0, events=True)
    return made


@pytest.fixture(params=SEEDS)
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def tables(seed: int) -> Any:
    return world_of(seed)


@pytest.fixture
def outcome(engine: Any, seed: int) -> Outcome:
    return run_of(engine, seed)


def test_who_comes_in_leaves_or_is_inside(outcome: Outcome) -> None:
    events = outcome.log[:, EVENT]
    assert (events == ARRIVES).sum() == (events == DIES).sum() + (events == EXITS).sum() + outcome.inside


def test_occupancy_added_up_over_time_is_the_sum_of_the_stays(tables: Any, outcome: Outcome) -> None:
    log, end = outcome.log, int(tables["horizon"][0])
    starts = tables["month_start"][0]
    counts = outcome.counts
    for pool in range(int(tables["pools"][0])):
        rows = log[log[:, POOL] == pool]
        sign = (rows[:, EVENT] == STARTS).astype(np.int64) - (rows[:, EVENT] == LEAVES)
        stays = (sign * rows[:, VALUE] * (end - rows[:, MINUTE])).sum()
        within, step = counts["pool_use"][0][:, pool, 0].T
        assert stays == (within + step * (end - starts[1:])).sum()
        assert (sign * rows[:, VALUE]).sum() == outcome.in_use[pool]


@pytest.mark.parametrize("seed", range(200, 212))
def test_handing_over_neither_adds_nor_loses_anybody(seed: int) -> None:
    tables = worlds.seeded(seed).tables
    outcome = kernel(tables, SEED, 0, events=True)
    log, kinds, end = outcome.log, tables["pool_kind"][0], int(tables["horizon"][0])
    left = end - tables["month_start"][0][1:]
    for kind in range(int(kinds.max()) + 1):
        pools = [pool for pool in range(int(tables["pools"][0])) if kinds[pool] == kind]
        rows = log[np.isin(log[:, POOL], pools)]
        sign = (rows[:, EVENT] == STARTS).astype(np.int64) - (rows[:, EVENT] == LEAVES)
        counts = outcome.counts
        use = counts["pool_use"][0][:, :, 0]
        areas = [(use[:, p, 0] + use[:, p, 1] * left).sum() for p in pools]
        assert sum(areas) == (sign * rows[:, VALUE] * (end - rows[:, MINUTE])).sum()
        assert (sign * rows[:, VALUE]).sum() == sum(outcome.in_use[p] for p in pools)
        closed = set(rows[rows[:, EVENT] == HANDED_OVER][:, POOL].tolist())
        for pool in closed:
            last = rows[rows[:, POOL] == pool]
            after = last[np.flatnonzero(last[:, EVENT] == HANDED_OVER)[-1] + 1 :]
            assert after[0][EVENT] == CAPACITY
            if not np.isin(after[1:, EVENT], (CAPACITY, STARTS)).any():  # it never opened again
                assert outcome.in_use[pool] == 0


def test_waiting_added_up_over_time_is_the_sum_of_the_waits(tables: Any, outcome: Outcome) -> None:
    log, end, counts = outcome.log, int(tables["horizon"][0]), outcome.counts
    for pool in range(int(tables["pools"][0])):
        asked: dict[int, int] = {}
        waits = 0
        for row in log[log[:, POOL] == pool]:
            if row[EVENT] == ASKS:
                asked[int(row[PERSON])] = int(row[MINUTE])
            elif row[EVENT] in (STARTS, WITHDRAWS, OVERFLOWS) and int(row[PERSON]) in asked:
                waits += int(row[MINUTE]) - asked.pop(int(row[PERSON]))
        waits += sum(end - minute for minute in asked.values())
        within, step = counts["pool_use"][0][:, pool, 1].T
        assert waits == (within + step * (end - tables["month_start"][0][1:])).sum()


@pytest.mark.parametrize("seed", range(200, 212))
def test_the_classes_of_work_add_up_to_the_assessment_teams(engine: Any, seed: int) -> None:
    """Also where pools hand over their queues, people wait at the start, withdraw, or take the substitute."""
    tables = worlds.seeded(seed).tables
    counts = engine(tables, SEED, 0).counts[0]
    teams = np.flatnonzero(tables["pool_kind"][0][: int(tables["pools"][0])] == ASSESSMENT)
    work = counts["work"]
    waiting = counts["pool_use"][:, teams, 1]
    assert np.array_equal(work[..., :2].sum(axis=(1, 2)), waiting.sum(axis=1))
    assert np.array_equal(work[..., 2:].sum(axis=(1, 2)), counts["pool_count"][:, teams, :3].sum(axis=1))
    assert (np.cumsum(work[..., 1], axis=0) >= 0).all(), "nobody leaves another queue than the one they joined"
    early = np.maximum(work[..., 3].sum(axis=0) - work[..., 2].sum(axis=0), 0)  # began, having asked before the run
    assert early.sum() == early[:, WORK_COMMUNITY].sum()
    assert early.sum() <= waiting_at_start(tables, teams)


def waiting_at_start(tables: Any, pools: Any) -> int:
    """Count the people who wait for some pools at the start."""
    people, code = (tables[name][0][: int(tables["starters"][0])] for name in ("start_people", "start_code"))
    return int(people[np.isin(code - AWAITS, pools)].sum())


@pytest.mark.parametrize("seed", range(200, 212))
def test_chains_by_pathway_are_the_chains_begun_at_a_hospital_discharge(engine: Any, seed: int) -> None:
    counts = engine(worlds.seeded(seed).tables, SEED, 0).counts[0]
    by_pathway, whole = counts["pathway_chain"], counts["chain"][:, :, FROM_HOSPITAL, :, FIRST_52_WEEKS]
    assert np.array_equal(by_pathway.sum(axis=2), whole)
    assert not by_pathway[:, :, [PATHWAY_0, RESTART]].any(), "nobody leaves on these for new or larger support"


@pytest.mark.parametrize("seed", range(200, 205))
def test_nobody_pays_for_more_care_than_there_is_and_no_need_is_below_nothing(engine: Any, seed: int) -> None:
    compiled = compile_scenario(caresim.load(worlds.seeded(seed).config))
    r = reduce(compiled, engine(compiled.tables, SEED, 0), 0)
    for part, whole in ((r.charged, r.stock[:, :, SHORT, :, COUNCIL]), (r.charged_chain, r.chain[:, :, :, SHORT])):
        assert (part >= 0).all()
        assert (part <= whole).all()
    assert 0 < r.charged.sum() < r.stock[:, :, SHORT, :, COUNCIL].sum()
    assert (r.unmet >= 0).all()
    assert (r.unmet.sum(axis=(0, 1)) > 0).all()


def since(tables: Any, row: Any) -> int:
    """Give the minute of asking: of those there at the start, the tables tell how long they had waited."""
    person = int(row[PERSON])
    if person >= FIRST_ARRIVAL or row[MINUTE] > 0:
        return int(row[MINUTE])
    starters = int(tables["starters"][0])
    index = np.flatnonzero(tables["start_cell"][0][:starters] == person % STARTERS)[0]
    return -int(tables["start_waited"][0][index])


def test_queues_are_served_in_order_and_never_above_capacity(tables: Any, outcome: Outcome) -> None:
    """Re-enact every queue: a grant goes to the head and fits; when a minute is over, no head that fits still waits."""
    served = 0
    for pool in range(int(tables["pools"][0])):
        if tables["queues"][0][pool] and tables["pool_kind"][0][pool] <= 4:
            served += reenact(tables, outcome.log[outcome.log[:, POOL] == pool], int(tables["capacity"][0][pool]))
    assert served > 0


def reenact(tables: Any, log: Any, capacity: int) -> int:
    """Re-enact one queue; returns how many were served by it."""
    queue: list[tuple[int, int]] = []
    asked: dict[int, tuple[int, int]] = {}
    in_use = served = 0
    minute = 0
    for row in log:
        if row[MINUTE] > minute:
            assert not queue or in_use >= capacity
            minute = int(row[MINUTE])
        person, event = int(row[PERSON]), row[EVENT]
        if event == ASKS:
            asked[person] = since(tables, row), person
            insort(queue, asked[person])
        elif event == STARTS:
            in_use += int(row[VALUE])
            if person in asked:
                served += 1
                assert queue.pop(0) == asked.pop(person)
                assert in_use <= capacity
        elif event in (WITHDRAWS, OVERFLOWS):
            queue.remove(asked.pop(person))
        elif event == LEAVES:
            in_use -= int(row[VALUE])
        elif event == CAPACITY:
            capacity = int(row[VALUE])
    return served


def test_the_rows_of_a_log_are_in_the_order_of_time(outcome: Outcome) -> None:
    assert (np.diff(outcome.log[:, MINUTE]) >= 0).all()
