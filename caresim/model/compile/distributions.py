"""Distributions as rows of numbers; what has no closed inverse becomes a tabulated quantile curve.

A curve gives quantiles over the normal score of the uniform, from -REACH to REACH, so that tails are as fine as the
middle; between two cells it is linear. A residual lifetime comes from the equilibrium distribution: its density at x is
P(X > x) / E[X] (Cox, "Renewal Theory", 1962, section 5.3).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from caresim.config import UnfitError
from caresim.config.values import Distribution
from caresim.model.chance import CELLS, CURVE, EMPIRICAL, EXPONENTIAL, FIXED, LOGNORMAL, NOTHING, REACH, WEIBULL
from caresim.model.tables import CURVES, SAMPLES

Floats = NDArray[np.float64]
Row = tuple[int, int, int, float, float, float]  # family, start, size, zero share, a, b

SCORES: Floats = np.linspace(-REACH, REACH, CELLS + 1)
BELOW: Floats = special.ndtr(SCORES)
ABOVE: Floats = special.ndtr(-SCORES)
LEFT_OUT: Row = (NOTHING, 0, 0, 0.0, 0.0, 0.0)


class Library:
    """Collects curves and samples while a scenario is compiled; equal ones are kept once."""

    def __init__(self) -> None:
        self.curves: list[Floats] = []
        self.samples: list[float] = []
        self._known: dict[object, Row] = {}

    def row(self, d: Distribution | None) -> Row:
        """Encode a distribution; None is a stage that is left out.

        Raises
        ------
        UnfitError
            The scenario has more different gamma or empirical distributions than the engine has room for.
        """
        if d is None:
            return LEFT_OUT
        if d not in self._known:
            self._known[d] = self._encode(d)
        return self._known[d]

    def residual(self, d: Distribution) -> Row:
        """Encode the equilibrium distribution of what is left of a duration under way (zero share left aside)."""
        if d.family == "exponential":
            return (EXPONENTIAL, 0, 0, 0.0, d.mean, 0.0)
        key = ("residual", d)
        if key not in self._known:
            self._known[key] = self._curve(equilibrium_quantiles(d), 0.0)
        return self._known[key]

    def _encode(self, d: Distribution) -> Row:
        zero = d.zero_share
        if d.family == "exponential":
            return (EXPONENTIAL, 0, 0, zero, d.mean, 0.0)
        if d.family == "lognormal":
            return (LOGNORMAL, 0, 0, zero, d.log_mean, d.log_sd)
        if d.family == "fixed":
            return (FIXED, 0, 0, zero, float(d.fixed or 0.0), 0.0)
        if d.family == "weibull":
            return (WEIBULL, 0, 0, zero, float(d.scale or 0.0), 1.0 / float(d.shape or 1.0))
        if d.family == "gamma":
            return self._curve(gamma_quantiles(d), zero)
        if d.family == "empirical":
            return self._sampled(d)
        raise NotImplementedError(f"no encoding of a distribution of the family {d.family}")

    def _sampled(self, d: Distribution) -> Row:
        start = len(self.samples)
        self.samples.extend(sorted(d.samples))
        if len(self.samples) > SAMPLES:
            raise UnfitError(
                "", f"empirical distributions hold {len(self.samples)} values in all; at most {SAMPLES} fit"
            )
        return (EMPIRICAL, start, len(d.samples), d.zero_share, 1.0, 0.0)

    def _curve(self, quantiles: Floats, zero: float) -> Row:
        if len(self.curves) == CURVES:
            raise UnfitError("", f"more than {CURVES} different gamma distributions and residual lifetimes")
        self.curves.append(quantiles)
        return (CURVE, len(self.curves) - 1, 0, zero, 1.0, 0.0)


def gamma_shape_scale(d: Distribution) -> tuple[float, float]:
    """Give shape and scale of a gamma distribution from its mean and standard deviation."""
    shape = (d.mean / d.sd) ** 2
    return shape, d.mean / shape


def gamma_quantiles(d: Distribution) -> Floats:
    """Give quantiles of a gamma distribution at the scores, each tail from its own side."""
    shape, scale = gamma_shape_scale(d)
    low = special.gammaincinv(shape, BELOW)
    high = special.gammainccinv(shape, ABOVE)
    return np.asarray(scale * np.where(SCORES < 0, low, high))


@lru_cache(maxsize=1024)  # scenarios that are compared, and their draws, mostly have the same durations
def equilibrium_quantiles(d: Distribution) -> Floats:
    """Give quantiles of the equilibrium distribution at the scores, by bisection on the logarithm."""
    if d.family == "fixed":
        found = np.asarray(float(d.fixed or 0.0) * BELOW)
    else:
        below, above, mean = equilibrium_functions(d)
        lower, upper = SCORES < 0, SCORES >= 0  # each tail from its own side
        found = np.empty(SCORES.shape)
        found[lower] = bisected(lambda x: below(x) < BELOW[lower], np.full(lower.sum(), math.log(mean)))
        found[upper] = bisected(lambda x: above(x) > ABOVE[upper], np.full(upper.sum(), math.log(mean)))
    found.flags.writeable = False
    return found


def bisected(too_low: Callable[[Floats], NDArray[np.bool_]], start: Floats) -> Floats:
    """Give the largest numbers found too low, their logarithms bisected from 60 below the start to 12 above it."""
    low, high = start - 60.0, start + 12.0
    for _ in range(90):
        middle, before = (low + high) / 2, (low, high)
        is_low = too_low(np.exp(middle))
        low, high = np.where(is_low, middle, low), np.where(is_low, high, middle)
        if np.array_equal((low, high), before):  # there is no number between them
            break
    return np.asarray(np.exp(low))


def equilibrium_functions(d: Distribution) -> tuple[Callable[[Floats], Floats], Callable[[Floats], Floats], float]:
    """Give the equilibrium distribution function, its complement, and the mean.

    F(x) = (x P(X > x) + E[X; X <= x]) / E[X] and 1 - F(x) = (E[X; X > x] - x P(X > x)) / E[X].
    """
    if d.family == "empirical":
        return empirical_equilibrium(d)
    beyond, part_below, part_above = partial_means(d)
    mean = d.mean
    return (
        lambda x: (x * beyond(x) + mean * part_below(x)) / mean,
        lambda x: np.maximum(mean * part_above(x) - x * beyond(x), 0.0) / mean,
        mean,
    )


def partial_means(d: Distribution) -> tuple[Callable[[Floats], Floats], ...]:
    """Give P(X > x), E[X; X <= x] / E[X] and E[X; X > x] / E[X]."""
    if d.family == "lognormal":
        m, s = d.log_mean, d.log_sd
        return (
            lambda x: special.ndtr((m - np.log(x)) / s),
            lambda x: special.ndtr((np.log(x) - m) / s - s),
            lambda x: special.ndtr(s - (np.log(x) - m) / s),
        )
    if d.family == "gamma":
        shape, scale = gamma_shape_scale(d)
        return (
            lambda x: special.gammaincc(shape, x / scale),
            lambda x: special.gammainc(shape + 1, x / scale),
            lambda x: special.gammaincc(shape + 1, x / scale),
        )
    if d.family == "weibull":
        shape, scale = float(d.shape or 1.0), float(d.scale or 1.0)
        return (
            lambda x: np.exp(-((x / scale) ** shape)),
            lambda x: special.gammainc(1 + 1 / shape, (x / scale) ** shape),
            lambda x: special.gammaincc(1 + 1 / shape, (x / scale) ** shape),
        )
    raise NotImplementedError(f"no partial means of a distribution of the family {d.family}")


def share_up_to(d: Distribution, x: float) -> float:
    """Give the share of a distribution that lies at or below x > 0; its zero share lies within the first day."""
    if d.family == "fixed":
        below = float(d.mean <= x)
    elif d.family == "exponential":
        below = 1.0 - math.exp(-x / d.mean)
    elif d.family == "empirical":
        below = float(np.mean(np.asarray(d.samples) <= x))
    else:
        below = 1.0 - float(partial_means(d)[0](np.asarray(x)))
    return d.zero_share * min(x, 1.0) + (1.0 - d.zero_share) * below


def empirical_equilibrium(d: Distribution) -> tuple[Callable[[Floats], Floats], Callable[[Floats], Floats], float]:
    """Give the equilibrium distribution of a sample: piecewise linear between its values."""
    values = np.sort(np.asarray(d.samples, dtype=float))
    knots = np.concatenate([[0.0], values])
    beyond = 1.0 - np.arange(len(values)) / len(values)
    area = np.concatenate([[0.0], np.cumsum(np.diff(knots) * beyond)])
    return (
        lambda x: np.interp(x, knots, area / area[-1]),
        lambda x: np.interp(x, knots, 1.0 - area / area[-1]),
        float(area[-1]),
    )
