"""What scenarios have in common is lived through once; that must change no bit of a result."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest
from numpy.testing import assert_equal

from caresim.engines.kernel import alike
from caresim.engines.kernel.alike import first_difference, rates_of, stories_of, what_is_lived
from caresim.engines.kernel.sharing import Beginning, Coming, Expected, Shared
from caresim.engines.kernel.simulate import (
    Room,
    all_who_come,
    begin_together,
    empty_world,
    expected_in_all,
    expected_of,
    simulate,
    tell,
)  # fmt: skip
from caresim.engines.kernel.world import LARGE
from caresim.engines.outcome import Outcome
from caresim.model.chance import CURVE, DAY, EMPIRICAL
from caresim.model.codes import ACUTE_BEDS
from caresim.model.key import key_of
from caresim.model.tables import COUNTS, DISTRIBUTION, DISTRIBUTIONS, NUMBERS, new
from tests.engines import worlds
from tests.engines.comparing import SEED

SEEDS = (1, 2, 4, 5)


def open_doors(seed: int) -> Any:
    """Give the tables of a world whose beds in hospital are unlimited, so that people are told of."""
    tables = worlds.seeded(seed).tables
    assert not tables["queues"][0][tables["pool_kind"][0] == ACUTE_BEDS].any()
    return tables


def expected(tables: Any) -> Expected:
    return expected_in_all(tables, key_of(SEED, 0), Room(0), Shared())


def told(tables: Any) -> tuple[Coming, Any, tuple[int, int]]:
    """Tell of all who arrive: who comes, what is counted, clock events and people of whom nothing more is seen."""
    key, room, counts = key_of(SEED, 0), Room(0), new(COUNTS)
    arrivals = all_who_come(tables, key, room, tables["top_level"][0])
    world = empty_world(tables, key, room.size)
    coming = tell(world, tables, room, counts, None, arrivals)
    return replace(coming, people=coming.people.copy()), counts, (int(world["told"][0]), int(world["unseen"][0]))


def same(first: Outcome, second: Outcome) -> bool:
    assert first.counts.tobytes() == second.counts.tobytes()
    return (first.events, first.in_use, first.capacity, first.inside) == (
        second.events, second.in_use, second.capacity, second.inside,
    )  # fmt: skip


def spoil(values: Any) -> None:
    """Fill an array with nonsense."""
    values[...] = np.frombuffer(b"\x5a" * values.nbytes, values.dtype).reshape(values.shape)


def spoilt(tables: Any) -> Any:
    """Give tables in which all is nonsense that is not said to be read."""
    made = tables.copy()
    t = made[0]
    keep = {*alike.READ, *alike.RATES_READ, "epoch", "layout", "rules", "pool_of", "curves", "samples"}
    for name in set(made.dtype.names) - keep:
        spoil(made[name])
    for name in set(made["rules"].dtype.names) - set(alike.RULES_READ):
        spoil(t["rules"][name])
    served = t["pool_of"][:, ACUTE_BEDS].copy()
    t["pool_of"] = 10**6
    t["pool_of"][:, ACUTE_BEDS] = served
    return made


@pytest.mark.parametrize("seed", SEEDS)
def test_expecting_reads_nothing_but_what_is_said(seed: int) -> None:
    """A forgotten field would let scenarios share what differs between them."""
    tables = open_doors(seed)
    (coming, counts, totals), (again, counts_again, totals_again) = told(tables), told(spoilt(tables))
    assert totals[0] > 100
    assert counts.tobytes() == counts_again.tobytes()
    assert_equal(coming.moments, again.moments)
    assert_equal(coming.whom, again.whom)
    assert len(coming.people) > 10
    for name in coming.people.dtype.names:
        assert coming.people[name].tobytes() == again.people[name].tobytes(), name
    assert totals == totals_again


@pytest.mark.parametrize("name", [n for n in alike.RULES_READ if n in NUMBERS])
def test_whatever_a_story_reads_is_in_its_digest(name: str) -> None:
    tables = open_doors(1)
    other = tables.copy()
    other[0]["rules"][int(tables[0]["epoch"][0])][name] += 0.125
    assert stories_of(other) != stories_of(tables)


# ---- what is lived before a fork


def forks(tables: Any) -> list[int]:
    return [1, int(tables["months"][0]) // 2, int(tables["months"][0]) - 1]


def begun(tables: Any, fork: int) -> Beginning:
    """Live on to a month."""
    key, room = key_of(SEED, 0), Room(0)
    return begin_together(tables, key, room, expected(tables), int(tables["month_start"][0][fork]))


def spoilt_from(tables: Any, fork: int) -> Any:
    """Give tables in which all is nonsense that what is lived before a month does not follow from.

    Rates, and rules that the stories of arrivals read, are not made nonsense but others: who comes later, and what
    becomes of them, is told beforehand.
    """
    made = tables.copy()
    t = made[0]
    t["rate"][..., fork:] *= 0.5
    old = int(t["epoch"][: int(t["months"])].max())
    t["epoch"][fork:] = new = old + 1
    t["rules"][new] = t["rules"][int(t["epoch"][0])]
    for name in alike.RULES_READ:
        if name in NUMBERS:
            t["rules"][new][name] *= 0.75
    for name in set(t["rules"].dtype.names) - set(alike.RULES_READ):
        spoil(t["rules"][name][new : new + 1])
    before = alike.steps_before(tables[0], fork)
    spoil(t["step_to"][before:])
    t["step_pool"][before], t["step_minute"][before], t["steps"] = 0, t["month_start"][fork], before + 1
    unused = sorted(set(range(t["layout"].size)) - set(t["layout"][: int(t["months"])].tolist()))
    for name in ("pool_of", "works"):
        for layout in [n for n in unused if n < t[name].shape[0]]:
            spoil(t[name][layout : layout + 1])
    return made


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_lived_follows_from_nothing_but_what_is_said(seed: int) -> None:
    """Something forgotten, or looked up ahead of its time, would let scenarios share what differs between them."""
    tables = open_doors(seed)
    for fork in forks(tables):
        other = spoilt_from(tables, fork)
        assert what_is_lived(other, fork) == what_is_lived(tables, fork)
        one, two = begun(tables, fork), begun(other, fork)
        assert int(one.world["events"][0]) > 10
        for name, values in one.world.items():
            assert_equal(values, two.world[name])
        for name, values in one.counts.items():
            assert_equal(values, two.counts[name])


@pytest.mark.parametrize(
    "name", ["follow_up", "patience", "starts_a_week", "rank", "hazard", "residual", "start_people"]
)
def test_whatever_holds_all_the_time_is_in_the_digest_of_what_is_lived(name: str) -> None:
    tables = open_doors(1)
    other = tables.copy()
    field = other[0][name]["a"] if other.dtype[name].base == DISTRIBUTION else other[name]
    field += 1
    assert what_is_lived(other, 2) != what_is_lived(tables, 2)


@pytest.mark.parametrize("name", ["works", "pool_of"])
def test_pools_and_working_days_of_the_whole_run_are_in_the_digest_of_what_is_lived(name: str) -> None:
    """They are looked up ahead of their time."""
    tables = open_doors(1)
    other = tables.copy()
    other[name][0][int(tables["layout"][0][int(tables["months"][0]) - 1])] += 1
    assert what_is_lived(other, 1) != what_is_lived(tables, 1)


def test_a_capacity_that_changes_before_the_fork_is_in_the_digest_of_what_is_lived() -> None:
    tables, last = next((t, int(t["steps"][0]) - 1) for t in map(open_doors, SEEDS) if t["steps"][0] > 0)
    other = tables.copy()
    other["step_to"][0][last] += 1
    month = int(tables["month_of_day"][0][int(tables["step_minute"][0][last]) // DAY])
    assert first_difference(tables, other) == month
    assert what_is_lived(other, month) == what_is_lived(tables, month)
    assert what_is_lived(other, month + 1) != what_is_lived(tables, month + 1)


def test_what_changes_before_the_fork_is_in_the_digest_and_what_changes_after_it_is_not() -> None:
    tables = open_doors(1)
    fork = int(tables["months"][0]) // 2
    for month, same in ((fork - 1, False), (fork, True)):
        rates, rules = tables.copy(), tables.copy()
        rates["rate"][..., month] += 0.01
        last = int(tables["epoch"][0][: int(tables["months"][0])].max())
        rules["rules"][0][last + 1] = rules["rules"][0][int(tables["epoch"][0][month])]
        rules["rules"][0][last + 1]["temporary_share"] += 0.125
        rules["epoch"][0][month] = last + 1
        for other in (rules, rates):
            assert (what_is_lived(other, fork) == what_is_lived(tables, fork)) == same
            assert first_difference(tables, other) == month


def test_the_place_of_a_curve_does_not_count_but_its_content() -> None:
    tables = next(t for t in map(open_doors, SEEDS) if where_curves_are(t))
    moved, other = tables.copy(), tables.copy()
    moved["curves"] = np.roll(tables["curves"], 1, axis=1)
    moved["samples"] = np.roll(tables["samples"], 1, axis=1)
    for t in (moved[0], *(moved["rules"][0])):
        for name in t.dtype.names:
            if t.dtype[name].base == DISTRIBUTION:
                kept = np.isin(t[name]["family"], (CURVE, EMPIRICAL))
                t[name]["start"] += kept
    other["curves"] *= 1.5
    assert (stories_of(moved), what_is_lived(moved, 2)) == (stories_of(tables), what_is_lived(tables, 2))
    assert what_is_lived(other, 2) != what_is_lived(tables, 2)


def where_curves_are(tables: Any) -> bool:
    """Tell whether a world has a distribution that is kept as a curve."""
    return any((tables["rules"][0][name]["family"] == CURVE).any() for name in DISTRIBUTIONS)


# ---- sharing


def variants(tables: Any, fork: int) -> list[Any]:
    """Give tables that differ in rates, in capacities, in a rule, or from the start."""
    fewer, more, slower, tighter, early = (tables.copy() for _ in range(5))
    fewer["rate"][..., fork:] *= 0.75
    more["rate"][..., fork:] *= 1.25
    more["top_level"] = np.where(tables["top_level"] > 0, tables["top_level"] + 1, 0)
    months, last = int(tables["months"][0]), int(tables["epoch"][0].max())
    slower["rules"][0][last + 1] = slower["rules"][0][int(tables["epoch"][0][months - 1])]
    slower["rules"][0][last + 1]["referred_below"] *= 0.5
    slower["epoch"][0][fork:] = last + 1
    later = tables["step_minute"][0] >= tables["month_start"][0][fork]
    tighter["step_to"] = np.where(later & (tables["step_to"] > 1), tables["step_to"] - 1, tables["step_to"])
    early["capacity"] = np.where(tables["queues"] != 0, tables["capacity"] + 3, tables["capacity"])
    return [tables, fewer, more, slower, tighter, early]


@pytest.mark.parametrize("seed", SEEDS[:2])
@pytest.mark.parametrize("which", range(4))
def test_sharing_changes_nothing(seed: int, which: int) -> None:
    tables = open_doors(seed)
    fork = [0, *forks(tables)][which]
    shared, different = Shared(fork), set()
    scenarios = variants(tables, fork)
    for number in range(2):
        for t in (*scenarios, tables):
            outcome = simulate(t, SEED, number)
            assert same(simulate(t, SEED, number, shared=shared), outcome)
            different.add(outcome.counts.tobytes())
    assert len(different) > 6
    if fork:
        lived = [what_is_lived(t, fork) for t in scenarios]
        assert len(set(lived[:5])) == 1
        assert lived[5] != lived[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_run_in_pieces_is_the_same_run(seed: int) -> None:
    """No sharing is needed for that: every world, those with limited beds too, may stop at any midnight."""
    tables = worlds.seeded(seed + 2).tables
    for fork in forks(tables):
        shared = Shared(fork)
        assert same(simulate(tables, SEED, 0, shared=shared), simulate(tables, SEED, 0))


@pytest.mark.parametrize("seed", SEEDS)
def test_how_far_ahead_is_told_changes_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = open_doors(seed)
    at_once = simulate(tables, SEED, 0, events=True)
    monkeypatch.setattr("caresim.engines.kernel.simulate.MONTHS_AHEAD", 1)
    bit_by_bit = simulate(tables, SEED, 0, events=True)
    assert int(tables["months"][0]) > 1
    assert same(bit_by_bit, at_once)
    assert np.array_equal(bit_by_bit.log, at_once.log)


def test_what_is_told_already_is_not_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tables, times = open_doors(1), []

    def counted(*arguments: Any, **named: Any) -> Expected:
        times.append(arguments)
        return expected_of(*arguments, **named)

    monkeypatch.setattr("caresim.engines.kernel.simulate.expected_of", counted)
    shared = Shared(most=3)  # who arrives, and two stories: of those, the one that was used longest ago goes
    for number in (0, 0, 1, 0, 2, 2, 1):
        simulate(tables, SEED, number, shared=shared)
    assert len(times) == 4


def test_where_only_rates_differ_only_those_are_told_of_who_come_in_one_case(monkeypatch: pytest.MonkeyPatch) -> None:
    tables, numbers = open_doors(1), []

    def counted(*arguments: Any, **named: Any) -> Expected:
        found = expected_of(*arguments, **named)
        numbers.append(found.told)
        return found

    monkeypatch.setattr("caresim.engines.kernel.simulate.expected_of", counted)
    fewer = tables.copy()
    fewer["rate"][:, 0, 1] *= 0.9
    shared = Shared()
    simulate(tables, SEED, 0, shared=shared)
    simulate(fewer, SEED, 0, shared=shared)
    assert stories_of(fewer) == stories_of(tables)
    assert rates_of(fewer) != rates_of(tables)
    whole, gone, come = numbers
    assert 0 < gone < whole / 4
    assert come == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_who_comes_at_one_of_two_rates_is_told_in_one_go(seed: int) -> None:
    tables, key, room = open_doors(seed), key_of(SEED, 0), Room(0)
    fork = int(tables["months"][0]) // 2
    _, fewer, more, *_ = variants(tables, fork)
    for one, other in ((tables, fewer), (fewer, tables), (tables, more), (more, fewer), (tables, tables)):
        here, there = (set(all_who_come(t, key, room, t["top_level"][0]).tolist()) for t in (one, other))
        highest = np.maximum(one["top_level"][0], other["top_level"][0])
        found = all_who_come(one, key, room, highest, other["rate"][0])
        assert len(found) == len(set(found.tolist()))
        assert set(found[found >= 0].tolist()) == here - there
        assert set((~found[found < 0]).tolist()) == there - here


READY = """
from caresim.engines.kernel import loop, quiet, simulate
from tests.engines import worlds
made = quiet.who_arrives, quiet.expect, loop.run
tables = worlds.seeded(1).tables
simulate.get_ready(tables)
print(*(len(f.signatures) for f in made))
simulate.simulate(tables, 1, 0)
print(*(len(f.signatures) for f in made))
"""


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="nothing is compiled")
def test_getting_ready_loads_all_that_a_replication_needs() -> None:
    done = subprocess.run(
        [sys.executable, "-c", READY], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:2] == ["1 1 1", "1 1 1"]


def test_every_part_of_a_world_is_kept_or_begins_empty() -> None:
    tables = open_doors(1)
    world = begun(tables, 2).world
    assert set(LARGE) <= set(world)
    assert world["moment"].size == world["slot"].size == 0
