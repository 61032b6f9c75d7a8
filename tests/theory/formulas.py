"""What queueing theory says. Times in days, rates a day; nothing here knows caresim."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy import sparse, special
from scipy.sparse.linalg import spsolve


def erlang_c(servers: int, load: float) -> float:
    """Give the probability of waiting in M/M/c with an offered load in erlangs (Erlang 1917)."""
    blocked = 1.0
    for k in range(1, servers + 1):
        blocked = load * blocked / (k + load * blocked)
    return servers * blocked / (servers - load * (1.0 - blocked))


def mmc_wait(arrivals: float, mean: float, servers: int) -> float:
    """Give the mean wait in M/M/c."""
    return erlang_c(servers, arrivals * mean) * mean / (servers - arrivals * mean)


def mg1_wait(arrivals: float, mean: float, variation: float) -> float:
    """Give the mean wait in M/G/1 by the coefficient of variation of service (Pollaczek 1930, Khinchine 1932)."""
    load = arrivals * mean
    return load * mean * (1.0 + variation**2) / (2.0 * (1.0 - load))


def priority_waits(arrivals: tuple[float, ...], mean: float, servers: int) -> tuple[float, ...]:
    """Give the mean wait by class, first class first, in M/M/c with priorities and no preemption (Cobham 1954)."""
    total = sum(arrivals) * mean
    until_free = erlang_c(servers, total) * mean / servers
    waits, below = [], 0.0
    for rate in arrivals:
        above = below + rate * mean / servers
        waits.append(until_free / ((1.0 - below) * (1.0 - above)))
        below = above
    return tuple(waits)


def lognormal_parameters(mean: float, median: float) -> tuple[float, float]:
    """Give mean and standard deviation of the logarithm."""
    return math.log(median), math.sqrt(2.0 * math.log(mean / median))


def lognormal_equilibrium(x: Any, mean: float, median: float) -> Any:
    """Give P(what is left of a service under way <= x): the integral of P(S > u) / E[S] up to x."""
    m, s = lognormal_parameters(mean, median)
    z = (np.log(x) - m) / s
    return (x * special.ndtr(-z) + mean * special.ndtr(z - s)) / mean


class Tandem:
    """M/M/c1 -> ./M/c2 with no room between: the chain of the numbers at the first, blocked, at the second.

    The number at the first station is cut off at `most`; what is lost is below 1e-12 for the loads tested.
    """

    def __init__(self, arrivals: float, first: float, second: float, servers: tuple[int, int], most: int = 300) -> None:
        self.rates = (arrivals, 1.0 / first, 1.0 / second)
        self.servers = servers
        self.most = most
        states = [
            (n, blocked, busy)
            for n in range(most + 1)
            for busy in range(servers[1] + 1)
            for blocked in range(min(n, servers[0]) + 1 if busy == servers[1] else 1)
        ]
        self.number = {state: i for i, state in enumerate(states)}
        self.n, self.blocked, self.busy = np.asarray(states, dtype=float).T
        self.share = self.solve(states)

    def moves(self, n: int, blocked: int, busy: int) -> list[tuple[float, tuple[int, int, int]]]:
        """List the rate and the goal of every move out of a state."""
        arrive, serve, leave = self.rates
        found = []
        if n < self.most:
            found.append((arrive, (n + 1, blocked, busy)))
        served = min(n, self.servers[0]) - blocked
        if served > 0:
            goal = (n - 1, blocked, busy + 1) if busy < self.servers[1] else (n, blocked + 1, busy)
            found.append((served * serve, goal))
        if busy > 0:
            goal = (n - 1, blocked - 1, busy) if blocked else (n, blocked, busy - 1)
            found.append((busy * leave, goal))
        return found

    def solve(self, states: list[tuple[int, int, int]]) -> Any:
        """Give the share of time in each state."""
        size = len(states)
        rows, columns, values = [], [], []
        for i, state in enumerate(states):
            for rate, goal in self.moves(*state):
                rows += [self.number[goal], i]
                columns += [i, i]
                values += [rate, -rate]
        balance = sparse.csc_matrix((values, (rows, columns)), shape=(size, size)).tolil()
        balance[0] = 1.0  # one balance equation is implied by the others; instead the shares add up to 1
        right = np.zeros(size)
        right[0] = 1.0
        return spsolve(balance.tocsc(), right)

    def mean(self, value: Any) -> float:
        """Average over the states."""
        return float((self.share * value).sum())

    @property
    def in_first(self) -> float:
        """Mean number holding the first station, blocked or served."""
        return self.mean(np.minimum(self.n, self.servers[0]))

    @property
    def waiting_first(self) -> float:
        """Mean number waiting for the first station."""
        return self.mean(np.maximum(self.n - self.servers[0], 0))

    @property
    def waiting_second(self) -> float:
        """Mean number blocked."""
        return self.mean(self.blocked)

    @property
    def in_second(self) -> float:
        """Mean number at the second station."""
        return self.mean(self.busy)
