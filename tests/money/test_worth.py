"""What streams of costs and savings are worth, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from caresim.money.worth import discount_factors, payback_month, ratio_of_means, split_of_variance, wilson

GREEN_BOOK = [1000, 966, 934, 902, 871, 842, 814, 786, 759, 734, 709]  # Table 2 of the 2018 edition, years 0 to 10
flows = arrays(np.float64, (3, 12), elements=st.floats(-1e6, 1e6))


def test_discount_factors_are_those_of_the_green_book() -> None:
    assert [round(1000 * f) for f in discount_factors(0.035, range(11))] == GREEN_BOOK


def test_payback_counts_from_the_first_month_that_costs_anything() -> None:
    spent = np.asarray([0, 0, 60, 0, 0, 0, 0])
    saved = np.asarray([0, 0, 0, 20, 20, 20, 20])
    assert payback_month(saved - spent, spent) == 4  # spent in the third month, saved back by the end of the sixth


def test_an_investment_that_never_pays_back_has_no_month() -> None:
    spent = np.asarray([60.0, 0, 0])
    assert np.isnan(payback_month(np.asarray([-60.0, 20, 39]), spent))
    assert payback_month(np.asarray([-60.0, 20, 40]), spent) == 3


def test_what_falls_back_below_nothing_has_not_paid_back_yet() -> None:
    spent = np.asarray([10.0, 0, 0, 10, 0, 0])
    net = np.asarray([-10.0, 12, 0, -10, 4, 4])
    assert payback_month(net, spent) == 6


def test_what_saves_more_than_it_costs_from_the_first_month_pays_back_in_it() -> None:
    assert payback_month(np.asarray([5.0, 5]), np.asarray([10.0, 10])) == 1


def test_what_costs_nothing_has_nothing_to_pay_back() -> None:
    assert np.isnan(payback_month(np.asarray([5.0, 5]), np.zeros(2)))


def test_payback_of_several_replications_at_once() -> None:
    spent = np.asarray([[10.0, 0, 0]] * 3)
    net = np.asarray([[-10.0, 10, 0], [-10, 5, 5], [-10, 0, 5]])
    months = payback_month(net, spent)
    assert months[:2].tolist() == [2, 3]
    assert np.isnan(months[2])


@given(flows, st.floats(1, 1e5))
def test_more_saving_never_makes_payback_later(net: np.ndarray, more: float) -> None:
    spent = np.ones_like(net)
    before, after = payback_month(net, spent), payback_month(net + more, spent)
    assert (np.nan_to_num(after, nan=np.inf) <= np.nan_to_num(before, nan=np.inf)).all()


def test_a_ratio_is_of_means_not_a_mean_of_ratios() -> None:
    ratio, error = ratio_of_means([10.0, 30.0], [10.0, 10.0])
    assert ratio == 2
    assert error == pytest.approx(1.0)  # the residuals are -1 and +1
    assert ratio_of_means([10.0, 30.0], [5.0, 15.0])[1] == pytest.approx(0)  # always twice: no error
    assert np.isnan(ratio_of_means([10.0], [0.0])[0])
    assert np.isnan(ratio_of_means([10.0], [-5.0])[0])  # the change earns money: there is no cost to set it against


def test_the_interval_of_a_share_stays_within_nothing_and_all() -> None:
    low, high = wilson(1.0, 10)
    assert (low, high) == (pytest.approx(0.7225, abs=1e-4), pytest.approx(1))  # 10 of 10
    low, high = wilson(0.5, 100)
    assert (low, high) == (pytest.approx(0.4038, abs=1e-4), pytest.approx(0.5962, abs=1e-4))


def test_variance_is_split_into_chance_and_size() -> None:
    split = split_of_variance([1.0, -1.0, 1.0, -1.0], [3.0, -3.0, 3.0, -3.0])
    assert (split.total, split.chance, split.size) == (pytest.approx(12), pytest.approx(4 / 3), pytest.approx(32 / 3))
    assert split.share_of_size == pytest.approx(8 / 9)


def test_sizes_never_take_variance_away() -> None:
    split = split_of_variance([3.0, -3.0], [1.0, -1.0])
    assert (split.size, split.share_of_size) == (0, 0)


def test_the_split_finds_the_share_of_sizes_that_was_put_in() -> None:
    random = np.random.default_rng(1)
    n = 20_000
    chance, size = random.normal(0, 2, n), random.normal(0, 1, n)  # shares 0.8 and 0.2; 4 standard errors: 0.06
    split = split_of_variance(random.normal(0, 2, n), chance + size)
    assert split.share_of_size == pytest.approx(0.2, abs=0.06)
