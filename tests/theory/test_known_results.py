"""Queues with a known answer: each comparison fails a right engine once in 10,000 seeds; the seed is fixed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import caresim
from caresim import textbook
from caresim.model.codes import ASKS, LEAVES, STARTS
from tests.theory.cases import CASES, DAY, EVENT, EXPONENTIAL, MINUTE, POOL, Case, in_days, single
from tests.theory.checking import SEED, assert_agrees
from tests.theory.formulas import mmc_wait


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_kernel_agrees_with_theory(case: Case) -> None:
    result = caresim.run(
        case.scenario(case.days), replications=case.replications, seed=SEED, events=case.events, workers=1
    )
    measured = case.measure(result)
    for quantity, expected in case.expected.items():
        assert_agrees(measured[quantity], expected, case.precision)


@pytest.mark.slow
def test_the_reference_agrees_with_theory() -> None:
    case = single("M/M/3", "Erlang C", 2.1, EXPONENTIAL, 3, mmc_wait(2.1, 1, 3))
    result = caresim.run(case.scenario(150), engine="reference", replications=10, seed=SEED)
    measured = case.measure(result)
    for quantity, expected in case.expected.items():
        assert_agrees(measured[quantity], expected, precision=0.25)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_reference_gives_the_very_replications_that_agree_with_theory(case: Case) -> None:
    results = [caresim.run(case.scenario(20), engine, 1, SEED, events=True) for engine in ("kernel", "reference")]
    logs = [result.runs.logs[0][:, MINUTE:] for result in results]
    assert np.array_equal(*logs)
    assert len(logs[0]) > 100


@pytest.mark.slow
def test_blocking_is_as_in_ciw() -> None:
    """Ciw is another simulator (Palmer et al., 2019); 24 replications each, unequal variances."""
    case = next(case for case in CASES if case.name == "M/M/3 -> ./M/2")
    result = caresim.run(case.scenario(2000), replications=24, seed=SEED, workers=1)
    ours = case.measure(result)
    theirs = np.asarray([blocked_network(seed) for seed in range(24)])
    for k, quantity in enumerate(("in first", "in second", "blocked")):
        mine, other = ours[quantity], theirs[:, k]
        error = np.sqrt(mine.var(ddof=1) / len(mine) + other.var(ddof=1) / len(other))
        assert error < 0.05 * mine.mean()
        assert abs(mine.mean() - other.mean()) < 5 * error, (quantity, mine.mean(), other.mean(), error)


def blocked_network(seed: int, until: float = 1500.0, warm_up: float = 100.0) -> tuple[float, float, float]:
    """Simulate three servers that two others block, in service times; give the mean number at each, and blocked."""
    ciw: Any = pytest.importorskip("ciw")
    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(1.5), None],
        service_distributions=[ciw.dists.Exponential(1.0), ciw.dists.Exponential(1.0)],
        routing=[[0.0, 1.0], [0.0, 0.0]],
        number_of_servers=[3, 2],
        queue_capacities=[float("inf"), 0],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(until)
    sums = np.zeros(3)
    for record in simulation.get_all_records():
        if record.node == 1:
            sums[0] += overlap(record.service_start_date, record.exit_date, warm_up, until)
            sums[2] += overlap(record.service_end_date, record.exit_date, warm_up, until)
        else:
            sums[1] += overlap(record.service_start_date, record.service_end_date, warm_up, until)
    return tuple(sums / (until - warm_up))


def overlap(begin: float, end: float, first: float, last: float) -> float:
    """Give how much of a time lies between two others."""
    return max(0.0, min(end, last) - max(begin, first))


def test_what_is_measured_is_what_theory_means(engine: str) -> None:
    """One server, service of a day to the minute: waits, numbers and queue lengths of a short run, from its log."""
    scenario = textbook.queue(0.9, in_days({"fixed": {"days": 1}}, 4), 1, 60)
    result = caresim.run(scenario, engine, 1, SEED, events=True)
    log, end = result.runs.logs[0], 60 * DAY
    minute, event, pool = log[:, MINUTE], log[:, EVENT], log[:, POOL]
    asked, began, left = (minute[(event == kind) & (pool == 0)] for kind in (ASKS, STARTS, LEAVES))
    assert all(b >= a for a, b in zip(asked, began, strict=False))
    assert all(b == max(a, previous) for a, b, previous in zip(asked[1:], began[1:], left, strict=False))
    assert all(b - a == DAY for a, b in zip(began, left, strict=False))
    table = result.table("pools").query("pool == 'queue'")
    days = np.asarray([30, 30])
    assert (table["in_use"] * days).sum() == pytest.approx(sum(end - began) / DAY - sum(end - left) / DAY)
    assert (table["waiting"] * days).sum() == pytest.approx(sum(end - asked) / DAY - sum(end - began) / DAY)
    assert table["wait_days"].sum() == pytest.approx(sum(began - asked[: len(began)]) / DAY)
