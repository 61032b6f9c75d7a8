"""Draws: the generator against published words, the inverses against scipy. KS tests at an error rate of 1e-4 each."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from scipy import integrate, special, stats

from caresim.model.chance import D_NEED, D_STAY
from caresim.model.key import key_of
from tests.model import compiled
from tests.model.one import DAY, KEY, One

ERROR_RATE = 1e-4
NOTHING, ALL = 0x0, 0xFFFFFFFF

# Known answers published with Random123 (kat_vectors, philox4x32 with 10 rounds): counter, key, words.
KNOWN = (
    ((NOTHING,) * 4, (NOTHING,) * 2, (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ALL,) * 4, (ALL,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
)

FAMILIES: dict[str, tuple[dict[str, Any], Any]] = {
    "exponential": ({"exponential": {"mean_hours": 3}}, stats.expon(scale=3)),
    "lognormal by median": ({"lognormal": {"mean_hours": 5, "median_hours": 3}}, None),
    "lognormal by sd": ({"lognormal": {"mean_hours": 5, "sd_hours": 12}}, None),
    "weibull, few long": ({"weibull": {"shape": 0.6, "scale_hours": 4}}, stats.weibull_min(0.6, scale=4)),
    "weibull, alike": ({"weibull": {"shape": 2.5, "scale_hours": 4}}, stats.weibull_min(2.5, scale=4)),
    "gamma, few long": ({"gamma": {"mean_hours": 6, "sd_hours": 9}}, stats.gamma((6 / 9) ** 2, scale=81 / 6)),
    "gamma, alike": ({"gamma": {"mean_hours": 6, "sd_hours": 2}}, stats.gamma(9, scale=6 / 9)),
}


def law(name: str) -> Any:
    """Give scipy's distribution of a family."""
    config, known = FAMILIES[name]
    if known is not None:
        return known
    facts = config["lognormal"]
    mean = facts["mean_hours"]
    ratio = mean / facts["median_hours"] if "median_hours" in facts else np.sqrt(1 + (facts["sd_hours"] / mean) ** 2)
    return stats.lognorm(np.sqrt(2 * np.log(ratio)), scale=mean / ratio)


def need(distribution: dict[str, Any]) -> One:
    return One({"need": {"first": distribution}})


@pytest.mark.parametrize(("counter", "key", "words"), KNOWN)
def test_the_generator_gives_the_published_words(counter: Any, key: Any, words: Any) -> None:
    got = compiled.philox(np.asarray(counter, np.uint64), np.asarray(key, np.uint64))
    assert [hex(word) for word in got.tolist()] == [hex(word) for word in words]


def test_the_inverse_normal_is_scipys() -> None:
    tails = 10.0 ** -np.linspace(0.31, 15.9, 400)
    u = np.concatenate([np.linspace(0.001, 0.999, 999), tails, [2.0**-53, 0.075, 0.925, np.exp(-25.0)]])
    expected = special.ndtri(u)
    assert compiled.normal_scores(u) == pytest.approx(expected, rel=1e-13, abs=1e-15)
    assert compiled.normal_scores(1 - tails[tails > 1e-7]) == pytest.approx(
        -special.ndtri(tails[tails > 1e-7]), rel=1e-8
    )


def test_uniforms_are_even_and_independent_of_purpose_occurrence_and_key() -> None:
    n = 20_000
    one = compiled.uniforms(KEY, D_NEED, 0, n)
    others = [
        compiled.uniforms(KEY, D_STAY, 0, n),
        compiled.uniforms(KEY, D_NEED, 1, n),
        compiled.uniforms(KEY, D_NEED, 1 << 32, n),
        compiled.uniforms(np.uint64(key_of(7, 1)), D_NEED, 0, n),
        compiled.uniforms(np.uint64(key_of(8, 0)), D_NEED, 0, n),
    ]
    for sample in (one, *others):
        assert stats.kstest(sample, "uniform").pvalue > ERROR_RATE
        assert 0 < sample.min() < sample.max() < 1
    bound = stats.norm.isf(ERROR_RATE / 2) / np.sqrt(n)
    assert all(abs(np.corrcoef(one, other)[0, 1]) < bound for other in others)
    assert abs(np.corrcoef(one[1:], one[:-1])[0, 1]) < bound


@pytest.mark.parametrize("name", FAMILIES)
def test_quantiles_are_scipys_tails_included(name: str) -> None:
    """Closed inverses to rounding; gamma, from 512 cells, to 1e-4 (2e-3 where spread is wide), near 0 to 1e-4 hours."""
    u = np.concatenate([np.linspace(0.01, 0.99, 99), 10.0 ** -np.arange(3.0, 12.0), 1 - 10.0 ** -np.arange(3.0, 12.0)])
    got = compiled.first_need_quantiles(need(FAMILIES[name][0]).T, u)
    falling = name.startswith(("exponential", "weibull"))  # the inverse is taken from the upper end
    expected = law(name).isf(u) if falling else law(name).ppf(u)
    rel = {"gamma, few long": 2e-3, "gamma, alike": 1e-4}.get(name, 1e-9)
    assert got == pytest.approx(expected, rel=rel, abs=1e-4 if "gamma" in name else 0)


@pytest.mark.parametrize("name", FAMILIES)
def test_draws_have_the_distribution_that_the_config_names(name: str) -> None:
    sample = compiled.first_need_draws(need(FAMILIES[name][0]).T, KEY, 20_000)
    assert stats.kstest(sample, law(name).cdf).pvalue > ERROR_RATE


@pytest.mark.parametrize("name", FAMILIES)
def test_mean_and_spread_are_those_of_the_config(name: str) -> None:
    """By integration over the inverse, so without noise: 1 part in 1,000."""
    u, weight = np.polynomial.legendre.leggauss(200)
    pieces = np.concatenate([[0.0], 10.0 ** -np.arange(15.0, 0.0, -1.0), 1 - 10.0 ** -np.arange(1.0, 15.0), [1.0]])
    half = np.diff(pieces)[:, None] / 2
    points = np.clip((pieces[:-1, None] + half + half * u).ravel(), 2.0**-53, 1 - 2.0**-53)
    values = compiled.first_need_quantiles(need(FAMILIES[name][0]).T, points)
    weights = (half * weight).ravel()
    mean = (values * weights).sum()
    assert mean == pytest.approx(law(name).mean(), rel=1e-3)
    assert np.sqrt((values**2 * weights).sum() - mean**2) == pytest.approx(law(name).std(), rel=1e-3)


def test_a_sample_is_drawn_as_it_is() -> None:
    values = [0, 1, 1, 4, 9]
    drawn = compiled.first_need_draws(need({"empirical": {"values": values}}).T, KEY, 20_000)
    numbers = [(drawn == value).sum() for value in (0, 1, 4, 9)]
    assert stats.chisquare(numbers, [4000, 8000, 4000, 4000]).pvalue > ERROR_RATE
    ends = compiled.first_need_quantiles(
        need({"empirical": {"values": values}}).T, np.asarray([2.0**-53, 1 - 2.0**-53])
    )
    assert ends.tolist() == [0, 9]


def test_a_fixed_value_is_fixed() -> None:
    assert set(compiled.first_need_draws(need({"fixed": {"hours": 2.5}}).T, KEY, 100)) == {2.5}


def test_a_zero_share_is_spread_over_the_first_day_and_leaves_the_rest_as_it_is() -> None:
    drawn = compiled.first_need_draws(need({"fixed": {"hours": 40}, "zero_share": 0.3}).T, KEY, 20_000)
    short = drawn[drawn < 1]
    low, high = stats.binom.ppf([ERROR_RATE / 2, 1 - ERROR_RATE / 2], 20_000, 0.3)
    assert low <= len(short) <= high
    assert set(drawn[drawn >= 1]) == {40.0}
    assert stats.kstest(short, "uniform").pvalue > ERROR_RATE
    name = "lognormal by median"
    mixed = compiled.first_need_draws(need({**FAMILIES[name][0], "zero_share": 0.25}).T, KEY, 20_000)
    cdf = law(name).cdf
    assert stats.kstest(mixed, lambda x: 0.25 * np.clip(x, 0, 1) + 0.75 * cdf(x)).pvalue > ERROR_RATE


def test_a_choice_has_its_shares() -> None:
    chosen = compiled.choices(np.cumsum([0.1, 0.0, 0.6, 0.3]), KEY, 20_000)
    assert stats.chisquare(np.bincount(chosen)[[0, 2, 3]], [2000, 12_000, 6000]).pvalue > ERROR_RATE
    assert set(compiled.choices(np.asarray([0.0, 0.0, 0.0]), KEY, 50)) == {2}  # rounding goes to the last


@pytest.mark.parametrize(
    ("grain", "days", "minutes"),
    [
        (1, [0.0, 0.0001, 1.0, 1.00069, 1.0003, 36501.0], [1, 1, 1440, 1441, 1440, 36500 * DAY]),
        (60, [0.0, 0.02, 0.03, 1.5], [60, 60, 60, 36 * 60]),
        (1440, [0.0, 0.4, 1.4, 1.6], [DAY, DAY, DAY, 2 * DAY]),
    ],
)
def test_durations_are_rounded_to_the_grain_and_never_nothing(
    grain: int, days: list[float], minutes: list[int]
) -> None:
    one = One({"calendar": {"grain_minutes": grain}})
    assert compiled.minutes_of(one.T, np.asarray(days)).tolist() == minutes


RESIDUALS: dict[str, tuple[dict[str, Any], Any]] = {
    "exponential": ({"exponential": {"mean_days": 6}}, stats.expon(scale=6)),
    "lognormal": ({"lognormal": {"mean_days": 34.06, "median_days": 30}}, None),
    "gamma": ({"gamma": {"mean_days": 6, "sd_days": 9}}, stats.gamma((6 / 9) ** 2, scale=81 / 6)),
    "weibull": ({"weibull": {"shape": 0.8, "scale_days": 90}}, stats.weibull_min(0.8, scale=90)),
    "fixed": ({"fixed": {"days": 7}}, stats.uniform(7, 1e-9)),
}


@pytest.mark.parametrize("name", RESIDUALS)
def test_what_is_left_has_the_equilibrium_distribution(name: str) -> None:
    """F(x) is the integral of P(X > y) / E[X] up to x; at the quantile of u it must be u, here by quadrature."""
    config, known = RESIDUALS[name]
    known = known or stats.lognorm(np.sqrt(2 * np.log(34.06 / 30)), scale=30)
    one = One({"hospital": {"stay": {"emergency": config}}})
    u = np.asarray([0.001, 0.05, 0.3, 0.5, 0.9, 0.99, 0.9999])
    left = compiled.residual_quantiles(one.T, u)
    mean = known.mean()
    if name == "exponential":
        left, u = left[::-1], 1 - u[::-1]  # the inverse is taken from the upper end
    steps = np.concatenate([[0.0], left])
    areas = [integrate.quad(known.sf, a, b, epsabs=1e-12, limit=200)[0] for a, b in itertools.pairwise(steps)]
    assert np.cumsum(areas) / mean == pytest.approx(u, abs=5e-5)


def test_what_is_left_of_a_sample_is_piecewise_even() -> None:
    one = One({"hospital": {"stay": {"emergency": {"empirical": {"values": [2, 4, 10]}}}}})
    # survival 1 up to 2, 2/3 up to 4, 1/3 up to 10: areas 2, 4/3, 2 of 16/3
    left = compiled.residual_quantiles(one.T, np.asarray([0.1, 0.375, 0.5, 0.625, 0.8125]))
    assert left == pytest.approx([0.1 * 16 / 3, 2, 3, 4, 7], rel=4e-3)
