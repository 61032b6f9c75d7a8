"""Helpers of the model that only compiled code may call, opened for tests."""
# ruff: noqa: N803 - the tables are T, as in the model

from __future__ import annotations

from typing import Any

import numpy as np

from caresim.model import chance
from caresim.model.jit import entry


@entry
def philox(counter: Any, key: Any) -> Any:
    """Give the four words of a counter and a key."""
    a, b, c, d = chance.philox(counter[0], counter[1], counter[2], counter[3], key[0], key[1])
    return np.array([a, b, c, d])


@entry
def normal_scores(u: Any) -> Any:
    """Invert the normal distribution function at many points."""
    out = np.empty(u.size)
    for i in range(u.size):
        out[i] = chance.normal_score(u[i])
    return out


@entry
def first_need_quantiles(T: Any, u: Any) -> Any:
    """Invert the distribution of first need, of the oldest in the first place, at many points."""
    out = np.empty(u.size)
    for i in range(u.size):
        out[i] = chance.quantile(T[0], T[0].rules[0].first_need[0, 3], u[i])
    return out


@entry
def residual_quantiles(T: Any, u: Any) -> Any:
    """Invert the distribution of what is left of a stay at many points."""
    out = np.empty(u.size)
    for i in range(u.size):
        out[i] = chance.quantile(T[0], T[0].residual_stay[0, 3], u[i])
    return out


@entry
def first_need_draws(T: Any, key: Any, n: int) -> Any:
    """Draw the first need of n people."""
    out = np.empty(n)
    for i in range(n):
        out[i] = chance.draw(T[0], T[0].rules[0].first_need[0, 3], key, i, chance.D_NEED, 0)
    return out


@entry
def uniforms(key: Any, purpose: int, occurrence: int, n: int) -> Any:
    """Draw the number of one purpose and occurrence for people 0 to n - 1."""
    out = np.empty(n)
    for i in range(n):
        out[i] = chance.uniform(key, i, purpose, occurrence)
    return out


@entry
def minutes_of(T: Any, days: Any) -> Any:
    """Round many durations to the clock."""
    out = np.empty(days.size, np.int64)
    for i in range(days.size):
        out[i] = chance.whole_minutes(T[0], days[i])
    return out


@entry
def choices(shares: Any, key: Any, n: int) -> Any:
    """Choose by cumulative shares for n people."""
    out = np.empty(n, np.int64)
    for i in range(n):
        out[i] = chance.choose(shares, key, i, chance.D_OUTCOME, 0)
    return out
