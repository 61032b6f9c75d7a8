"""Rules of payment: each on a ledger made by hand, and what holds for all of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

import caresim
from caresim.config.schema.payment import Payment
from caresim.config.vocabulary import COUNTED
from caresim.model.tables import FLOWS
from caresim.money.rules import Book, looked_at, pay
from tests.money.books import ACCOUNTS, CONFIG, book, books, costing, in_ash, paid, way, ways, yearly

PIECE = {"payer": "icb", "payee": "acute_trust", "per": "admitted_emergency", "pounds": 100}
OFTEN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def move(rule: dict[str, Any], actual: float, **expected: float) -> list[dict[str, float]]:
    """Apply a rule to so many admissions a month, where the baseline had another number."""
    plan = {"rule 0": in_ash(expected["baseline"])} if expected else None
    return yearly(paid(way({**PIECE, **rule}), book(None, {"admitted_emergency": in_ash(actual)}), plan)["rule 0"])


# ---- by hand


def test_a_tariff_pays_for_each_unit() -> None:
    assert move({"rule": "activity_tariff"}, 10) == [{"icb": 12_000, "acute_trust": -12_000}] * 2


def test_a_tariff_grows_from_the_base_year_of_prices() -> None:
    assert move({"rule": "activity_tariff", "uplift_a_year": 0.1}, 10) == [
        {"icb": 12_000, "acute_trust": -12_000},
        {"icb": 13_200, "acute_trust": -13_200},
    ]


def test_the_marginal_rate_pays_a_share_above_the_baseline_and_the_whole_price_below() -> None:
    rule = {"rule": "marginal_rate", "share_above": 0.7, "expected": 120}
    assert move(rule, 11)[0] == {"icb": 12_840, "acute_trust": -12_840}  # 120 + 0.7 x 12
    assert move(rule, 9)[0] == {"icb": 10_800, "acute_trust": -10_800}
    assert move({**rule, "share_below": 0.5}, 9)[0] == {"icb": 11_400, "acute_trust": -11_400}  # 120 - 0.5 x 12


def test_the_blended_payment_pays_the_plan_and_a_share_of_the_difference() -> None:
    rule = {"rule": "blended", "share": 0.2}
    assert move(rule, 11, baseline=10)[0] == {"icb": 12_240, "acute_trust": -12_240}  # 120 + 0.2 x 12
    assert move(rule, 9, baseline=10)[0] == {"icb": 11_760, "acute_trust": -11_760}


def test_what_was_planned_is_paid_for_even_when_nobody_comes() -> None:
    rule = {"rule": "blended", "share": 0.2, "expected": 120}
    assert move(rule, 0)[0] == {"icb": 9_600, "acute_trust": -9_600}


def test_a_block_is_paid_by_the_day_while_it_is_in_force() -> None:
    rule = {"rule": "block", "payer": "icb", "payee": "council", "pounds_a_year": 365_000}
    assert yearly(paid(way(rule), book())["rule 0"]) == [{"icb": 365_000, "council": -365_000}] * 2
    part = {**rule, "from": "2019-03", "until": "2019-05"}  # 31 days of 365, 30 of 366
    assert yearly(paid(way(part), book())["rule 0"]) == [
        {"icb": 31_000, "council": -31_000},
        {"icb": round(365_000 * 30 / 366), "council": -round(365_000 * 30 / 366)},
    ]


def test_capitation_pays_for_heads_by_age() -> None:
    ages = {"18-64": 0, "65-74": 1, "75-84": 2, "85+": 5}
    rule = {"rule": "capitation", "payer": "icb", "payee": "community_trust", "pounds_a_head": {"by_age": ages}}
    assert yearly(paid(way(rule), book())["rule 0"])[0] == {"icb": 24_000, "community_trust": -24_000}
    south = {**rule, "where": {"unitary": "South"}}
    assert yearly(paid(way(south), book())["rule 0"])[0] == {"icb": 16_000, "community_trust": -16_000}


def pooled(rule: dict[str, Any], actual: dict[str, float], plan: dict[str, float]) -> dict[str, float]:
    """Apply a rule that shares costs to a year's costs, where the baseline had others."""
    made = way({"bears": ["residential", "acute_beds"], **rule})
    expected = {"rule 0": looked_at(made.rules[0], book(costing(**plan)), {})}
    return yearly(paid(made, book(costing(**actual)), expected)["rule 0"])[0]


PLAN = {"council__residential": 6_000, "acute_trust__acute_beds": 4_000}
WORSE = {"council__residential": 6_000, "acute_trust__acute_beds": 5_000}
BETTER = {"council__residential": 5_500, "acute_trust__acute_beds": 4_000}
HALVES = {"council": 0.5, "acute_trust": 0.5}


def test_a_pool_leaves_what_was_expected_where_it_was_and_splits_the_difference() -> None:
    rule = {"rule": "pooled_fund", "shares": HALVES}
    assert pooled(rule, PLAN, PLAN) == {}
    assert pooled(rule, WORSE, PLAN) == {"council": 500, "acute_trust": -500}
    assert pooled(rule, BETTER, PLAN) == {"council": 250, "acute_trust": -250}


def test_partners_may_pay_other_shares_into_a_pool_than_they_bear_of_its_risk() -> None:
    rule = {"rule": "pooled_fund", "contributions": {"council": 0.3, "icb": 0.7}, "shares": {"acute_trust": 1}}
    # the council pays in 3,000 and is paid its 6,000; the ICB pays in 7,000; the trust is paid 4,000 of its 5,000
    assert pooled(rule, WORSE, PLAN) == {"council": -3_000, "icb": 7_000, "acute_trust": -4_000}


def test_thirds_in_seven_digits_lose_no_penny() -> None:
    thirds = dict.fromkeys(("council", "icb", "acute_trust"), 0.3333333)
    made = way({"rule": "pooled_fund", "bears": ["acute_beds"], "shares": thirds, "contributions": thirds})
    moved = paid(made, book(costing(acute_trust__acute_beds=90_000_000)))["rule 0"]
    assert abs(moved.sum()) < 0.005
    assert yearly(moved)[0] == {"council": 30_000_000, "icb": 30_000_000, "acute_trust": -60_000_000}


def test_a_pool_with_a_budget_of_its_own_splits_the_difference_from_that() -> None:
    rule = {"rule": "pooled_fund", "shares": HALVES, "expected": 11_000}
    # budgets 6,600 and 4,400; 1,000 less is spent: each keeps 500
    assert pooled(rule, PLAN, PLAN) == {"council": 100, "acute_trust": -100}


def test_a_pool_bears_only_what_its_partners_bear() -> None:
    rule = {"rule": "pooled_fund", "shares": {"council": 0.5, "icb": 0.5}}
    assert pooled(rule, {**BETTER, "acute_trust__acute_beds": 9_000}, PLAN) == {"council": 250, "icb": -250}


def test_a_pool_may_bear_what_a_rule_above_it_moves() -> None:
    tariff = {**PIECE, "name": "tariff", "rule": "activity_tariff"}
    made = way(tariff, {"rule": "pooled_fund", "bears": ["tariff"], "shares": {"council": 0.5, "icb": 0.5}})
    ten, eleven = (book(None, {"admitted_emergency": in_ash(n)}) for n in (10, 11))
    expected = {rule.name: looked_at(rule, ten, pay(made.rules[:1], ten, {})) for rule in made.rules}
    assert yearly(paid(made, eleven, expected)["rule 1"])[0] == {"council": 600, "icb": -600}


def test_risk_is_shared_only_when_costs_are_above_those_expected() -> None:
    rule = {"rule": "risk_share", "shares": HALVES}
    assert pooled(rule, WORSE, PLAN) == {"council": 500, "acute_trust": -500}
    assert pooled(rule, BETTER, PLAN) == {}
    assert pooled({**rule, "beyond": 0.06}, WORSE, PLAN) == {"council": 200, "acute_trust": -200}
    assert pooled({**rule, "at_most": 100}, WORSE, PLAN) == {"council": 50, "acute_trust": -50}


def test_gain_is_shared_only_when_costs_are_below_those_expected() -> None:
    rule = {"rule": "gain_share", "shares": HALVES}
    assert pooled(rule, BETTER, PLAN) == {"council": 250, "acute_trust": -250}
    assert pooled(rule, WORSE, PLAN) == {}


def test_a_small_change_of_costs_never_makes_a_payment_jump() -> None:
    rule = {"rule": "risk_share", "shares": HALVES}
    offset = {"council__residential": 4_999.9, "acute_trust__acute_beds": 5_000}  # the sum is just below the plan
    assert pooled(rule, offset, PLAN) == {}
    assert pooled(rule, {**offset, "council__residential": 5_001}, PLAN) in ({}, {"council": 1, "acute_trust": -1})


# ---- whatever the rules


@OFTEN
@given(payment=ways(), actual=books(), plan=books())
def test_every_rule_adds_up_to_nothing_over_partners_to_the_penny(payment: Payment, actual: Book, plan: Book) -> None:
    moved = pay(payment.rules, actual, expectations(payment, plan))
    for line, pounds in moved.items():
        assert np.isfinite(pounds).all(), line
        by_place = actual.months.by_year(pounds).sum(axis=2)
        assert np.abs(by_place).max() < 0.005, line


@OFTEN
@given(payment=ways(), other=ways(), actual=books(), plan=books())
def test_the_whole_cost_does_not_depend_on_the_way_of_paying(
    payment: Payment, other: Payment, actual: Book, plan: Book
) -> None:
    totals = []
    for one in (payment, other):
        moved = pay(one.rules, actual, expectations(one, plan))
        borne = actual.cost.sum(axis=(0, 1, 3)) + sum(m.sum(axis=(0, 1)) for m in moved.values())
        totals.append(borne.sum())
    assert totals[0] == pytest.approx(totals[1], abs=0.005)


@OFTEN
@given(payment=ways(), actual=books(), plan=books())
def test_a_rule_moves_nothing_outside_its_months_and_places(payment: Payment, actual: Book, plan: Book) -> None:
    for rule, pounds in zip(
        payment.rules, pay(payment.rules, actual, expectations(payment, plan)).values(), strict=True
    ):
        assert not pounds[actual.mask(rule) == 0].any()


@OFTEN
@given(payment=ways(), actual=books())
def test_only_partners_that_a_rule_names_pay_or_are_paid(payment: Payment, actual: Book) -> None:
    for rule, pounds in zip(payment.rules, pay(payment.rules, actual, {}).values(), strict=True):
        named = {rule.payer, rule.payee, *(rule.shares or ()), *(rule.contributions or ())}
        for n, account in enumerate(ACCOUNTS):
            assert account in named or not pounds[..., n].any()


@OFTEN
@given(actual=books())
def test_twice_the_activity_costs_twice_under_a_tariff(actual: Book) -> None:
    made = way({**PIECE, "rule": "activity_tariff"})
    twice = book(None, {"admitted_emergency": 2 * actual.activity("admitted_emergency")})
    assert paid(made, twice)["rule 0"] == pytest.approx(2 * paid(made, actual)["rule 0"])


@OFTEN
@given(actual=books())
def test_blended_and_marginal_rates_at_the_whole_price_are_a_tariff(actual: Book) -> None:
    tariff = paid(way({**PIECE, "rule": "activity_tariff"}), actual)["rule 0"]
    for rule in ({"rule": "blended", "share": 1, "expected": 50}, {"rule": "marginal_rate", "expected": 50}):
        same = paid(way({**PIECE, **rule}), actual)["rule 0"]
        assert yearly(same) == yearly(tariff)


@OFTEN
@given(actual=books(), plan=books())
def test_whoever_is_paid_under_a_risk_share_bore_more_than_expected(actual: Book, plan: Book) -> None:
    made = way({"rule": "risk_share", "bears": ["residential", "acute_beds"], "shares": HALVES})
    expected = expectations(made, plan)
    moved = actual.months.by_year(paid(made, actual, expected)["rule 0"])
    more = actual.months.by_year(looked_at(made.rules[0], actual, {}) - expected["rule 0"])
    assert (more[moved < -0.01] > 0).all()
    assert (np.maximum(-moved, 0) <= np.maximum(more, 0) + 0.01).all()


def expectations(payment: Payment, plan: Book) -> dict[str, Any]:
    """Let rules expect what happens in another book."""
    expected: dict[str, Any] = {}
    for i, rule in enumerate(payment.rules):
        expected[rule.name] = looked_at(rule, plan, pay(payment.rules[:i], plan, expected))
    return expected


# ---- what a config may not say

BLOCK = {"name": "a", "rule": "block", "payer": "icb", "payee": "council", "pounds_a_year": 1}
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a name that is not one": ({**BLOCK, "payer": "ibc"}, "rules.0.payer unknown name 'ibc'; did you mean 'icb'?"),
    "the same twice": ({**BLOCK, "payee": "icb"}, "rules.0.payee must not be the payer, 'icb'"),
    "no such rule": ({**BLOCK, "rule": "blok"}, "rules.0.rule unknown name 'blok'; did you mean 'block'?"),
    "no amount": ({n: v for n, v in BLOCK.items() if n != "pounds_a_year"}, "has no pounds_a_year, which block"),
    "another's amount": ({**BLOCK, "pounds": 3}, "rules.0.pounds has no meaning for block, which has: payer, payee"),
    "no such activity": (
        {"name": "a", "rule": "activity_tariff", "payer": "icb", "payee": "council", "per": "admision", "pounds": 1},
        "rules.0.per unknown name 'admision'",
    ),
    "shares of more than one": (
        {"name": "a", "rule": "pooled_fund", "bears": ["residential"], "shares": {"icb": 1, "council": 0.5}},
        "rules.0.shares must add up to 1, got 1.5",
    ),
    "no such service": (
        {"name": "a", "rule": "pooled_fund", "bears": ["residental"], "shares": {"icb": 1}},
        "rules.0.bears.0 unknown name 'residental'; did you mean 'residential'?",
    ),
    "a rule that is not above": (
        {"name": "a", "rule": "pooled_fund", "bears": ["a"], "shares": {"icb": 1}},
        "rules.0.bears.0 unknown name 'a'",
    ),
    "a person": (
        {"name": "a", "rule": "risk_share", "bears": ["nursing"], "shares": {"person": 1}},
        "rules.0.shares.person unknown name 'person'",
    ),
    "no such place": ({**BLOCK, "where": {"place": "Asch"}}, "where.place.0 unknown name 'Asch'; did you mean 'Ash'?"),
    "no place in both": ({**BLOCK, "where": {"place": "Ash", "unitary": "South"}}, "rules.0.where matches no place"),
    "an end before the start": ({**BLOCK, "from": "2019-04", "until": "2019-04"}, "rules.0.until must be after from"),
    "not a month": ({**BLOCK, "from": "April"}, "rules.0.from must be a month such as 2019-10"),
    "less than nothing": ({**BLOCK, "pounds_a_year": -1}, "rules.0.pounds_a_year must be 0 or more, got -1"),
    "a word for a number": ({**BLOCK, "pounds_a_year": "much"}, "rules.0.pounds_a_year must be a number, got 'much'"),
    "almost the baseline": (
        {"name": "a", "rule": "pooled_fund", "bears": ["nursing"], "shares": {"icb": 1}, "expected": "base line"},
        "rules.0.expected must be a number or baseline, got 'base line'; did you mean 'baseline'?",
    ),
    "the name of a service": ({**BLOCK, "name": "nursing"}, "rules.0.name is the name of a service, 'nursing'"),
    "two numbers": (
        {**BLOCK, "pounds_a_year": {"by_place": {"Ash": 1, "Oak": 2, "Elm": 3}}},
        "rules.0.pounds_a_year must be one number, the same for every place and age",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "message"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_rule_is_named_with_what_would_do(rule: dict[str, Any], message: str) -> None:
    with pytest.raises(caresim.ConfigError) as caught:
        caresim.load({**CONFIG, "payment": {"name": "x", "rules": [rule]}})
    assert message in str(caught.value)


FUNDS: dict[str, tuple[dict[str, Any], str]] = {
    "the name of a partner": ({"nhs": {"opening": 1}}, "payment.funds.nhs has the name of a partner"),
    "a debt": ({"pilot": {"opening": -1}}, "payment.funds.pilot.opening must be 0 or more"),
    "more than all": (
        {"one": {"recycled_share": 0.6}, "two": {"recycled_share": 0.6}},
        "payment.funds must have recycled_share add up to at most 1, got 1.2",
    ),
}


@pytest.mark.parametrize(("funds", "message"), FUNDS.values(), ids=FUNDS.keys())
def test_a_wrong_fund_is_named(funds: dict[str, Any], message: str) -> None:
    with pytest.raises(caresim.ConfigError) as caught:
        caresim.load({**CONFIG, "payment": {"name": "x", "funds": funds}})
    assert message in str(caught.value)


def test_two_rules_may_not_have_one_name() -> None:
    with pytest.raises(caresim.ConfigError, match=r"payment\.rules\.1\.name is given twice: 'a'"):
        caresim.load({**CONFIG, "payment": {"name": "x", "rules": [BLOCK, BLOCK]}})


def test_a_config_may_pay_for_everything_that_is_counted() -> None:
    assert COUNTED == FLOWS
