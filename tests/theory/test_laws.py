"""Laws that hold to the last minute, run by run: no tolerance."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import caresim
from caresim import textbook
from caresim.engines import reference
from caresim.engines.kernel.simulate import simulate as kernel
from caresim.model.codes import ASKS, LEAVES, STARTS, WITHDRAWS
from caresim.model.compile import compile_scenario
from tests.theory.cases import CASES, DAY, EVENT, MINUTE, PERSON, POOL
from tests.theory.checking import SEED

ENGINES = {"kernel": kernel, "reference": reference.simulate}
SERVICES: tuple[dict[str, Any], ...] = (
    {"exponential": {"mean_days": 1}},
    {"fixed": {"days": 0.5}},
    {"lognormal": {"mean_days": 1, "median_days": 0.4}},
    {"gamma": {"mean_days": 1.2, "sd_days": 2}},
    {"weibull": {"shape": 0.7, "scale_days": 1}, "zero_share": 0.3},
)


def waits(log: Any, end: int) -> dict[int, int]:
    """Give the minutes that each person has waited by the end, started or not."""
    asked = {int(row[PERSON]): int(row[MINUTE]) for row in log[log[:, EVENT] == ASKS]}
    started = {int(row[PERSON]): int(row[MINUTE]) for row in log[log[:, EVENT] == STARTS]}
    return {person: started.get(person, end) - minute for person, minute in asked.items()}


@pytest.mark.slow
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(SERVICES),
    st.floats(0.5, 12),
    st.integers(1, 12),
    st.sampled_from([1, 60, 1440]),
    st.integers(0, 10),
    st.integers(0, 10),
)
def test_one_more_server_lengthens_nobodys_wait(
    engine: str, service: dict[str, Any], arrivals: float, servers: int, grain: int, in_use: int, waiting: int
) -> None:
    """True of one first-come queue, person by person (Kiefer and Wolfowitz 1955); not of networks or priorities.

    People in service at the start count as served; more of them than servers would make the first grants depend on
    who leaves, which more servers only hasten.
    """
    less, more = (waits_with(engine, service, arrivals, servers + extra, grain, in_use, waiting) for extra in (0, 1))
    assert less.keys() == more.keys()
    assert all(more[person] <= less[person] for person in less)


def waits_with(
    engine: str, service: dict[str, Any], arrivals: float, servers: int, grain: int, in_use: int, waiting: int
) -> dict[int, int]:
    """Run a short queue and give everybody's wait."""
    scenario = textbook.queue(arrivals, service, servers, 30, initial_in_use=in_use, initial_waiting=waiting)
    tables = compile_scenario(caresim.load(scenario, {"calendar.grain_minutes": grain})).tables
    return waits(ENGINES[engine](tables, SEED, 0, True).log, 30 * DAY)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_littles_law_holds_as_an_identity(case: Any) -> None:
    """The area under the number in a pool, or waiting for it, is the sum of the times spent there, to the minute."""
    scenario = caresim.load(case.scenario(120), {"calendar.warm_up_days": 0})
    result = caresim.run(scenario, "kernel", 1, SEED, events=True)
    log, replication, end = result.runs.logs[0], result.runs.replications[0], 120 * DAY
    for pool in range(len(result.runs.compiled.pools)):
        rows = log[log[:, POOL] == pool]
        kinds = rows[:, EVENT]
        left = {kind: int((end - rows[kinds == kind][:, MINUTE]).sum()) for kind in (ASKS, STARTS, LEAVES, WITHDRAWS)}
        assert replication.pool_use[:, pool, 0].sum() == left[STARTS] - left[LEAVES]
        if (kinds == ASKS).any():
            assert replication.pool_use[:, pool, 1].sum() == left[ASKS] - left[STARTS] - left[WITHDRAWS]


def test_first_come_is_first_served(engine: str) -> None:
    scenario = textbook.queue(4.7, SERVICES[2], 5, 120, initial_in_use=4, initial_waiting=6)
    result = caresim.run(scenario, engine, 1, SEED, events=True)
    log = result.runs.logs[0]
    asked, started = (log[log[:, EVENT] == kind][:, PERSON] for kind in (ASKS, STARTS))
    started = started[4:]  # the first four were in service before the start
    assert np.array_equal(asked[: len(started)], started)


@pytest.mark.slow
def test_workers_change_no_bit() -> None:
    case = next(case for case in CASES if case.name == "M/M/3 -> ./M/2")
    results = [caresim.run(case.scenario(60), "kernel", 5, SEED, events=True, workers=n) for n in (1, 2, 4)]
    first = results[0]
    for other in results[1:]:
        assert all(np.array_equal(a, b) for a, b in zip(first.runs.logs, other.runs.logs, strict=True))
        assert first.table("pools").equals(other.table("pools"))
    assert not np.array_equal(first.runs.logs[0], first.runs.logs[1])


def test_a_replication_is_the_same_however_many_there_are(engine: str) -> None:
    scenario = textbook.queue(3, SERVICES[0], 4, 30)
    few, many = (caresim.run(scenario, engine, n, SEED, events=True) for n in (2, 4))
    assert all(np.array_equal(a, b) for a, b in zip(few.runs.logs, many.runs.logs[:2], strict=True))
