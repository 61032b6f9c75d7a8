"""Paired differences: what they are when worked out another way."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from caresim.studies.pairing import of_differences, paired

LUCK = np.random.default_rng(3)
BASE = LUCK.normal(100.0, 10.0, (30, 4))
CHANGED = BASE - 5.0 + LUCK.normal(0.0, 2.0, (30, 4))


def test_mean_and_interval_are_those_of_the_paired_t_test() -> None:
    described = paired(BASE, CHANGED)
    expected = stats.ttest_rel(CHANGED, BASE).confidence_interval(0.95)
    np.testing.assert_allclose(described["low"], expected.low)
    np.testing.assert_allclose(described["high"], expected.high)
    np.testing.assert_allclose(described["mean"], CHANGED.mean(axis=0) - BASE.mean(axis=0))


def test_the_root_of_the_variance_ratio_is_how_much_narrower_the_paired_interval_is() -> None:
    described = paired(BASE, CHANGED)
    wide = described["high_unpaired"] - described["low_unpaired"]
    narrow = described["high"] - described["low"]
    np.testing.assert_allclose(wide / narrow, np.sqrt(described["variance_ratio"]))
    apart = BASE.var(axis=0, ddof=1) + CHANGED.var(axis=0, ddof=1)
    np.testing.assert_allclose(described["variance_ratio"], apart / (CHANGED - BASE).var(axis=0, ddof=1))


def test_percentiles_and_shares_are_those_of_the_replications() -> None:
    differences = np.arange(-5.0, 16.0)[:, None]
    described = of_differences(differences)
    assert described["p05"] == pytest.approx(-4.0)
    assert described["p95"] == pytest.approx(14.0)
    assert (described["p20"], described["p80"]) == (pytest.approx(-1.0), pytest.approx(11.0))
    assert described["share_lower"] == pytest.approx(5 / 21)
    assert described["share_higher"] == pytest.approx(15 / 21)


def test_a_replication_without_a_value_is_left_out_of_its_measure_only() -> None:
    base, changed = BASE.copy(), CHANGED.copy()
    base[0, 0] = changed[1, 1] = np.nan
    base[:, 2] = np.nan
    described, shorter = paired(base, changed), paired(BASE[1:], CHANGED[1:])
    assert described["replications"].tolist() == [29, 29, 0, 30]
    for name in ("mean", "low", "high", "p05", "p95", "low_unpaired", "variance_ratio", "share_lower"):
        assert described[name][0] == pytest.approx(shorter[name][0])
        assert np.isnan(described[name][2])


def test_one_replication_has_a_mean_and_no_interval() -> None:
    described = paired(BASE[:1], CHANGED[:1])
    np.testing.assert_array_equal(described["mean"], (CHANGED - BASE)[0])
    assert np.isnan(described["low"]).all()
    assert np.isnan(described["variance_ratio"]).all()


def test_a_difference_that_never_varies_gains_without_bound_and_nothing_at_all_gains_nothing() -> None:
    base = np.asarray([[1.0, 4.0], [2.0, 4.0], [4.0, 4.0]])
    described = paired(base, base - 1.0)
    assert described["variance_ratio"][0] == np.inf
    assert np.isnan(described["variance_ratio"][1])
    assert described["low"].tolist() == described["high"].tolist() == [-1.0, -1.0]
