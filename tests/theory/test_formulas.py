"""The formulas themselves, against values printed in textbooks and against one another."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import integrate, stats

from tests.theory.formulas import (
    Tandem,
    erlang_c,
    lognormal_equilibrium,
    lognormal_parameters,
    mg1_wait,
    mmc_wait,
    priority_waits,
)  # fmt: skip


def test_the_probability_of_waiting_is_the_one_in_the_tables() -> None:
    assert erlang_c(1, 0.7) == pytest.approx(0.7)
    assert erlang_c(2, 1.0) == pytest.approx(1 / 3)
    assert erlang_c(10, 8.0) == pytest.approx(0.409, abs=5e-4)


def test_one_exponential_server_is_a_case_of_both_formulas() -> None:
    assert mmc_wait(0.7, 1, 1) == pytest.approx(mg1_wait(0.7, 1, 1)) == pytest.approx(0.7 / 0.3)


def test_waits_by_class_add_up_to_the_wait_without_classes() -> None:
    rates = (0.4, 0.9, 0.8)  # one queue whatever the order, by the conservation law
    waits = priority_waits(rates, 1.0, 3)
    assert sum(r * w for r, w in zip(rates, waits, strict=True)) == pytest.approx(2.1 * mmc_wait(2.1, 1, 3))
    assert list(waits) == sorted(waits)


def test_a_second_station_that_is_never_full_blocks_nobody() -> None:
    chain = Tandem(1.5, 1.0, 1.0, (2, 20), most=200)
    assert chain.waiting_first == pytest.approx(1.5 * mmc_wait(1.5, 1.0, 2), rel=1e-6)
    assert chain.in_second == pytest.approx(1.5)
    assert chain.waiting_second == pytest.approx(0, abs=1e-9)


def test_a_first_station_that_is_never_alone_is_as_in_the_textbook() -> None:
    """Arrivals never cease to be there: throughput of two stations with blocking is 2 / 3 of the service rate."""
    chain = Tandem(0.66, 1.0, 1.0, (1, 1), most=2000)
    assert chain.in_second == pytest.approx(0.66, rel=1e-6)
    over = Tandem(0.70, 1.0, 1.0, (1, 1), most=400)  # cut off at 400, so it stays full
    assert over.in_second == pytest.approx(2 / 3, rel=1e-3)


def test_the_equilibrium_distribution_is_the_integral_of_survival() -> None:
    m, s = lognormal_parameters(34.06, 30.0)
    law = stats.lognorm(s, scale=math.exp(m))
    assert law.mean() == pytest.approx(34.06)
    for x in (0.5, 10.0, 40.0, 200.0):
        area, _ = integrate.quad(law.sf, 0, x)
        assert lognormal_equilibrium(np.asarray(x), 34.06, 30.0) == pytest.approx(area / 34.06, rel=1e-7)
