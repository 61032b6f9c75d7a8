"""Two engines, one model: the same rows in the same order, the same counts, the same state at the end."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

import caresim
from caresim.engines.kernel.simulate import simulate as kernel
from caresim.model.codes import EVENTS
from caresim.model.compile import compile_scenario
from tests.cli.calls import BASELINE
from tests.engines import worlds
from tests.engines.comparing import COINCIDENCES, MINUTE, SEED, both, coincidences, difference, happened

WORLDS = 40


def test_the_engines_agree_on_worlds_in_which_everything_happens() -> None:
    seen: set[str] = set()
    together: set[str] = set()
    for seed in range(WORLDS):
        a, b = both(worlds.seeded(seed).tables)
        assert not difference(a, b), f"world {seed}: {difference(a, b)}"
        seen |= happened(a.log)
        together |= coincidences(a.log)
    assert set(EVENTS) - seen == set()
    assert set(COINCIDENCES) - together == set()


def test_a_run_that_keeps_no_log_counts_and_ends_like_one_that_does() -> None:
    for seed in range(WORLDS):
        tables = worlds.seeded(seed).tables
        a, b = kernel(tables, SEED, 0, events=True), kernel(tables, SEED, 0)
        assert len(a.log) == int(a.counts["rows"][0])
        assert len(b.log) == 0
        a.counts["rows"] = b.counts["rows"]
        assert not difference(replace(a, log=b.log), b), f"world {seed}"


@given(world=worlds.worlds())
@settings(max_examples=20, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_engines_agree_on_whatever_world_hypothesis_makes(world: worlds.World) -> None:
    a, b = both(world.tables)
    assert not difference(a, b)


def scaled(share: float) -> Any:
    """Make the baseline county smaller, for 400 days."""
    calendar = {"calendar.years": 1, "calendar.warm_up_weeks": 5, "calendar.run_out_weeks": 0}
    config = caresim.load(BASELINE, calendar).resolved()
    for section in (config["demand"]["population"], config["at_start"]["people"]):
        shrink(section, share)
    for pool in config["pools"].values():
        shrink(pool, share, ("capacity",))
    return compile_scenario(caresim.load(config)).tables


def shrink(node: Any, share: float, only: tuple[str, ...] = ()) -> None:
    """Multiply the numbers below a node of a plain config."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        if only and key not in only:
            continue
        if isinstance(value, (dict, list)):
            shrink(value, share)
        elif isinstance(value, (int, float)) and not isinstance(value, bool) and key not in ("line", "low", "high"):
            node[key] = max(1, round(value * share))


@pytest.mark.slow
def test_the_engines_agree_on_a_twentieth_of_the_county() -> None:
    a, b = both(scaled(0.05))
    assert not difference(a, b)
    assert len(a.log) > 30_000


def test_replications_do_not_depend_on_threads_or_on_each_other() -> None:
    tables = worlds.seeded(3).tables
    alone = [kernel(tables, SEED, replication, events=True) for replication in range(6)]
    with ThreadPoolExecutor(3) as threads:
        together = list(threads.map(lambda replication: kernel(tables, SEED, replication, events=True), range(6)))
    assert [difference(a, b) for a, b in zip(alone, together, strict=True)] == [""] * 6
    assert difference(alone[0], alone[1])


def test_the_same_config_gives_the_same_bits_again(engine: Any) -> None:
    world = worlds.seeded(5)
    again = compile_scenario(caresim.load(world.config)).tables
    for name in ("grain", "epoch", "rules"):
        again[name] = world.tables[name]
    a, b = engine(world.tables, SEED, 0, events=True), engine(again, SEED, 0, events=True)
    assert not difference(a, b)
    assert np.array_equal(a.log, b.log)


@pytest.mark.parametrize("seed", range(8))
def test_what_happens_does_not_depend_on_when_the_run_ends(engine: Any, seed: int) -> None:
    longer = worlds.seeded(seed).tables
    shorter = longer.copy()
    months = int(longer["months"][0]) // 2 + 1
    shorter["months"] = months
    shorter["horizon"] = end = int(longer["month_start"][0][months])
    a, b = engine(longer, SEED, 0, events=True), engine(shorter, SEED, 0, events=True)
    assert np.array_equal(a.log[a.log[:, MINUTE] < end][:, MINUTE:], b.log[:, MINUTE:])


UNCOMPILED = """
import numpy as np
from tests.engines import worlds
from tests.engines.comparing import MINUTE, both
print([hash(outcome.log[:, MINUTE:].tobytes()) for outcome in both(worlds.seeded(2).tables)])
"""


@pytest.mark.slow
def test_uncompiled_code_does_the_same() -> None:
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONHASHSEED": "0"}
    root = Path(__file__).parents[2]
    plain = subprocess.run(
        [sys.executable, "-c", UNCOMPILED], env=environment, cwd=root, capture_output=True, text=True, check=True
    )
    del environment["NUMBA_DISABLE_JIT"]
    compiled = subprocess.run(
        [sys.executable, "-c", UNCOMPILED], env=environment, cwd=root, capture_output=True, text=True, check=True
    )
    assert plain.stdout == compiled.stdout
