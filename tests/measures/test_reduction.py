"""Counts that are taken month by month are the counts of the whole run, and room for months that are over is free."""

from __future__ import annotations

import mmap
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import caresim
from caresim.engines.kernel import counting, simulate
from caresim.engines.outcome import Outcome
from caresim.measures.reduction import Reduction, reduce
from caresim.measures.replication import Replication
from caresim.model.compile import Compiled, compile_scenario
from tests.engines import worlds

SEED = 3
WORLDS = range(200, 212)


@cache
def lived(seed: int) -> tuple[Compiled, Outcome]:
    """Give a random world of four years, reported from its second month on, and its outcome."""
    config = dict(worlds.seeded(seed).config)
    config["calendar"] = {"starts": "2019-05-20", "days": 1300, "warm_up_days": 45, "run_out_days": 70}
    compiled = compile_scenario(caresim.load(config))
    return compiled, simulate.simulate(compiled.tables, SEED, 0)


def refuse_unlike(one: Replication, other: Replication) -> None:
    for name in (field.name for field in fields(Replication)):
        a, b = getattr(one, name), getattr(other, name)
        assert np.array_equal(a, b), name
        assert np.asarray(a).dtype == np.asarray(b).dtype, name


@given(st.sampled_from(WORLDS), st.sets(st.integers(1, 45)))
def test_in_whatever_parts_months_are_taken_they_give_the_same(seed: int, cuts: set[int]) -> None:
    compiled, outcome = lived(seed)
    months = len(compiled.time.months)
    ends = [*sorted(cut for cut in cuts if cut < months), months]
    reduction = Reduction(compiled)
    for first, end in zip([0, *ends], ends, strict=False):
        reduction.take(outcome.counts, first, end)
    refuse_unlike(reduction.made(outcome, 0), reduce(compiled, outcome, 0))


@pytest.mark.parametrize("seed", WORLDS)
@pytest.mark.parametrize("kept", [1, simulate.MONTHS_KEPT // 3])
def test_the_kernel_hands_months_over_when_nothing_more_is_counted_of_them(
    seed: int, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled, outcome = lived(seed)
    monkeypatch.setattr(simulate, "MONTHS_AHEAD", 3)
    monkeypatch.setattr(simulate, "MONTHS_KEPT", kept)
    reduction, calls = Reduction(compiled), 0

    def take(counts: Any, first: int, end: int) -> None:
        nonlocal calls
        calls += 1
        reduction.take(counts, first, end)

    again = simulate.simulate(compiled.tables, SEED, 0, take=take)
    assert calls > 2
    refuse_unlike(reduction.made(again, 0), reduce(compiled, outcome, 0))


def test_a_run_that_begins_anew_for_want_of_room_is_taken_from_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled, outcome = lived(200)
    monkeypatch.setattr(simulate, "MONTHS_AHEAD", 3)
    monkeypatch.setattr(simulate, "MONTHS_KEPT", 1)
    attempts: list[int] = []
    run = simulate.go_on

    def too_small_at_first(*given: Any) -> None:
        attempts.append(given[-1])
        run(*given)
        if len(attempts) == 6:
            raise simulate.TooSmallError(simulate.COMING_FULL)

    monkeypatch.setattr(simulate, "go_on", too_small_at_first)
    reduction = Reduction(compiled)
    again = simulate.simulate(compiled.tables, SEED, 0, take=reduction.take)
    assert attempts.count(attempts[0]) == 2
    refuse_unlike(reduction.made(again, 0), reduce(compiled, outcome, 0))


@pytest.mark.skipif(
    not counting.GIVES_BACK or not Path("/proc/self/smaps").exists(), reason="memory cannot be looked at"
)
def test_what_is_forgotten_takes_no_memory_and_what_is_left_stays() -> None:
    compiled, _ = lived(200)
    months = len(compiled.time.months)
    sheet = counting.Sheet()
    sheet.counts["flow"][...] = 1
    before = resident(sheet)
    sheet.forget(compiled.tables, months // 2)
    page = mmap.PAGESIZE // sheet.counts["flow"].itemsize
    values = sheet.counts["flow"][0].ravel()
    cut = values.size // sheet.counts["flow"].shape[1] * (months // 2)
    assert (values[cut:] == 1).all()
    assert not values[page : cut - page].any()
    assert before - resident(sheet) >= (cut - 2 * page) * values.itemsize - (2 << 20)


def resident(sheet: counting.Sheet) -> int:
    """Give the bytes of a sheet that are in memory."""
    start = f"{sheet.counts.ctypes.data:x}-"
    found = False
    for line in Path("/proc/self/smaps").read_text(encoding="ascii").splitlines():
        if "-" in line.split()[0]:
            found = line.startswith(start)
        elif found and line.startswith("Rss:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("the memory is not mapped by itself")
