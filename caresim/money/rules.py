"""Rules of payment as functions: from what happened and what was expected to what each partner pays.

What a rule gives is in pounds by month, place and account (m, p, n): positive is paid, negative received. Over the
accounts it adds up to nothing in every month and place.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caresim.config.check_payment import is_baseline, places_of
from caresim.config.schema.payment import Rule
from caresim.config.schema.place import Geography
from caresim.config.values import Quantity
from caresim.config.vocabulary import AGES, COST_SERVICES
from caresim.measures.months import Months

Floats = NDArray[np.float64]
OVER_65 = slice(1, None)


@dataclass(frozen=True, eq=False)
class Book:
    """What rules look at: one replication's costs and activity."""

    months: Months
    geography: Geography
    accounts: tuple[str, ...]  # partners, then funds
    cost: Floats  # m, p, n, service (in the order of COST_SERVICES)
    heads: Floats  # m, p, age: people
    activity: Callable[[str], Floats]  # name -> m, p
    base_year: int  # of prices

    def columns(self, names: Any) -> list[int]:
        """Give the numbers of some accounts."""
        return [self.accounts.index(name) for name in names]

    def mask(self, rule: Rule) -> Floats:
        """Give 1 for each month and place in which a rule is in force, else 0."""
        meant = places_of(rule.where, self.geography)
        places = np.asarray([float(place in meant) for place in self.geography.places])
        return np.asarray(self.months.in_force(rule.starts, rule.until)[:, None] * places)

    def growth(self, rule: Rule) -> Floats:
        """Give the factor of a rule's pounds in each month, as a column."""
        years = self.months.of_year - self.base_year
        return np.asarray((1.0 + (rule.uplift_a_year or 0.0)) ** years)[:, None]

    def years(self, values: Floats) -> Floats:
        """Add months up to years."""
        return np.asarray(self.months.by_year(values))


def pay(rules: Sequence[Rule], book: Book, expected: Mapping[str, Floats]) -> dict[str, Floats]:
    """Apply rules in their order; each may bear what those above it move.

    `expected` has, by the name of a rule, what the baseline's mean was of what the rule looks at (see `looked_at`).
    """
    paid: dict[str, Floats] = {}
    for rule in rules:
        seen = looked_at(rule, book, paid)
        paid[rule.name] = apply(rule, book, seen, expected.get(rule.name, seen))
    return paid


def apply(rule: Rule, book: Book, seen: Floats, expected: Floats) -> Floats:
    """Apply one rule to what it looks at."""
    return KINDS[rule.rule](rule, book, seen, expected)


def looked_at(rule: Rule, book: Book, paid: Mapping[str, Floats]) -> Floats:
    """Give what a rule looks at where it is in force: activity (m, p), or costs by account (m, p, n)."""
    mask = book.mask(rule)
    if rule.per is not None:
        return np.asarray(book.activity(rule.per) * mask)
    cost = np.zeros(book.cost.shape[:3])
    members = book.columns(dict.fromkeys((*(rule.shares or ()), *(rule.contributions or ()))))
    for name in rule.bears or ():
        part = book.cost[..., COST_SERVICES.index(name)] if name in COST_SERVICES else paid[name]
        cost[..., members] += part[..., members]
    return cost * mask[..., None]


def one(value: Quantity | str | None) -> float:
    """Give a number that is the same for every place and age."""
    assert isinstance(value, Quantity)
    return value.value


def move(book: Book, rule: Rule, pounds: Floats) -> Floats:
    """Let the payer pay the payee."""
    out = np.zeros((*pounds.shape, len(book.accounts)))
    payer, payee = book.columns((rule.payer, rule.payee))
    out[..., payer], out[..., payee] = pounds, -pounds
    return out


def spread(book: Book, rule: Rule, yearly: Floats, weights: Floats) -> Floats:
    """Share a year's amounts out over its months and places by weights; by people of 65 and over where all are 0."""
    people = book.mask(rule) * book.months.share_of_year[:, None] * (book.heads[:, :, OVER_65].sum(axis=2) + 1e-9)
    used = book.years(weights).sum(axis=1) > 0
    weights = np.where(used[book.months.year][:, None], weights, people)
    total = book.years(weights).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        each = np.where(total > 0, yearly / total, 0.0)
    return np.asarray(weights * each[book.months.year][:, None])


# ---- a price for each unit


def activity_tariff(rule: Rule, book: Book, seen: Floats, expected: Floats) -> Floats:
    """Pay a price for each unit."""
    return move(book, rule, seen * one(rule.pounds) * book.growth(rule))


def around_plan(rule: Rule, book: Book, seen: Floats, expected: Floats, above: float, below: float) -> Floats:
    """Pay for the units expected, and a share of the price for each unit above or below."""
    actual, plan = book.years(seen).sum(axis=1), planned_units(rule, book, expected)
    units = plan + above * np.maximum(actual - plan, 0.0) - below * np.maximum(plan - actual, 0.0)
    return move(book, rule, spread(book, rule, units, seen) * one(rule.pounds) * book.growth(rule))


def planned_units(rule: Rule, book: Book, expected: Floats) -> Floats:
    """Give the units expected in each year, as far as the rule is in force in it."""
    if is_baseline(rule):
        return np.asarray(book.years(expected).sum(axis=1))
    return one(rule.expected) * time_in_force(rule, book)


def time_in_force(rule: Rule, book: Book) -> Floats:
    """Give the share of each financial year that is reported and in which a rule is in force."""
    force = book.months.in_force(rule.starts, rule.until)
    return book.years(force * book.months.share_of_year)


def marginal_rate(rule: Rule, book: Book, seen: Floats, expected: Floats) -> Floats:
    """Pay a share of the price above what was expected, and lose only a share of it below."""
    above, below = (1.0 if s is None else s for s in (rule.share_above, rule.share_below))
    return around_plan(rule, book, seen, expected, above, below)


def blended(rule: Rule, book: Book, seen: Floats, expected: Floats) -> Floats:
    """Pay for what was expected, and the same share of the price for a difference either way."""
    share = rule.share or 0.0
    return around_plan(rule, book, seen, expected, share, share)


# ---- fixed amounts


def block(rule: Rule, book: Book, seen: Floats, expected: Floats) -> Floats:
    """Pay so much a year, by days; over places by people of 65 and over."""
    yearly = one(rule.pounds_a_year) * time_in_force(rule, book)
    return move(book, rule, spread(book, rule, yearly, np.zeros(book.heads.shape[:2])) * book.growth(rule))


def capitation(rule: Rule, book: Book, seen: Floats, expected: Floats) -> Floats:
    """Pay so much a year for each head, by age."""
    assert rule.pounds_a_head is not None
    each = np.asarray([rule.pounds_a_head.at(None, age) for age in AGES])
    pounds = (book.heads * each).sum(axis=2) * book.months.share_of_year[:, None]
    return move(book, rule, pounds * book.mask(rule) * book.growth(rule))


# ---- costs that are shared: by year and place, settled evenly over the days of the year


def pooled_fund(rule: Rule, book: Book, seen: Floats, expected: Floats) -> Floats:
    """Let a pool bear costs; partners pay in what was expected, and share any difference."""
    actual, plan = book.years(seen), planned_cost(rule, book, expected)
    paid_in = plan if rule.contributions is None else plan.sum(axis=2, keepdims=True) * row(book, rule.contributions)
    difference = (actual - plan).sum(axis=2, keepdims=True)
    return settled(rule, book, paid_in + difference * row(book, rule.shares) - actual)


def planned_cost(rule: Rule, book: Book, expected: Floats) -> Floats:
    """Give the costs expected in each year, by place and account (y, p, n)."""
    plan = book.years(expected)
    if is_baseline(rule):
        return plan
    total = plan.sum(axis=(1, 2), keepdims=True)
    people = book.years(book.mask(rule) * (book.heads[:, :, OVER_65].sum(axis=2) + 1e-9))[..., None]
    alone = (
        people / np.maximum(people.sum(axis=1, keepdims=True), 1e-300) * row(book, rule.contributions or rule.shares)
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        parts = np.where(total > 0, plan / total, alone)
    growth = (1.0 + (rule.uplift_a_year or 0.0)) ** (book.months.begins - book.base_year)
    return np.asarray(parts * (one(rule.expected) * growth * time_in_force(rule, book))[:, None, None])


def risk_share(rule: Rule, book: Book, seen: Floats, expected: Floats) -> Floats:
    """Split costs above those expected by shares, instead of leaving them where they fell."""
    return shared_out(rule, book, book.years(seen) - planned_cost(rule, book, expected), expected)


def gain_share(rule: Rule, book: Book, seen: Floats, expected: Floats) -> Floats:
    """Split what costs were below those expected by shares, instead of leaving it where it fell."""
    return -shared_out(rule, book, planned_cost(rule, book, expected) - book.years(seen), expected)


def shared_out(rule: Rule, book: Book, more: Floats, expected: Floats) -> Floats:
    """Split the sum of differences where it is above nothing; it is taken from those who have the differences above 0.

    In proportion, so that nobody's payment jumps when the sum passes nothing.
    """
    limit = np.full(len(book.months.begins), np.inf)
    if rule.at_most is not None:
        growth = (1.0 + (rule.uplift_a_year or 0.0)) ** (book.months.begins - book.base_year)
        limit = one(rule.at_most) * growth * time_in_force(rule, book)
    kept = (rule.beyond or 0.0) * np.abs(planned_cost(rule, book, expected).sum(axis=(1, 2)))
    split = np.minimum(np.maximum(more.sum(axis=(1, 2)) - kept, 0.0), limit)
    above = np.maximum(more, 0.0)
    total = above.sum(axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        part = np.where(total > 0, split / total, 0.0)[:, None, None]
    taken = above * part
    return settled(rule, book, taken.sum(axis=2, keepdims=True) * row(book, rule.shares) - taken)


def row(book: Book, shares: Mapping[str, float] | None) -> Floats:
    """Put shares by name in the order of the accounts, adding to 1: those of a config, such as thirds, nearly do."""
    given = shares or {}
    whole = math.fsum(given.values()) or 1.0
    return np.asarray([given.get(name, 0.0) / whole for name in book.accounts])


def settled(rule: Rule, book: Book, yearly: Floats) -> Floats:
    """Spread y, p, n amounts evenly over the days of the year in which a rule is in force."""
    days = book.months.in_force(rule.starts, rule.until) * book.months.days
    total = book.years(days)[book.months.year]
    share = np.divide(days, total, out=np.zeros_like(days), where=total > 0)
    return np.asarray(yearly[book.months.year] * share[:, None, None])


Kind = Callable[[Rule, Book, Floats, Floats], Floats]
KINDS: dict[str, Kind] = {
    "activity_tariff": activity_tariff,
    "marginal_rate": marginal_rate,
    "blended": blended,
    "block": block,
    "capitation": capitation,
    "pooled_fund": pooled_fund,
    "risk_share": risk_share,
    "gain_share": gain_share,
}
