"""Small books by hand and at random: what rules of payment look at, without a simulation."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

import caresim
from caresim.config.schema.payment import Payment
from caresim.config.vocabulary import COST_SERVICES, PARTNERS
from caresim.measures.months import Months, lay_out_months
from caresim.model.compile.time import lay_out
from caresim.money.rules import Book, pay

Floats = NDArray[np.float64]
ACCOUNTS = (*PARTNERS, "pilot")
PAYERS = (*PARTNERS[:4], "pilot")
PLACES = {"Ash": {"unitary": "North"}, "Oak": {"unitary": "South"}, "Elm": {"unitary": "South"}}
CONFIG = {
    "calendar": {"starts": "2018-04-01", "years": 2},
    "geography": {"county": "County", "places": PLACES},
    "demand": {"population": 1000},
}
SCENARIO = caresim.load(CONFIG)
MONTHS = 24


def months() -> Months:
    """Give two financial years of months."""
    return lay_out_months(lay_out(SCENARIO))


def way(*rules: dict[str, Any]) -> Payment:
    """Load a way of paying; rules without a name are numbered."""
    named = [{"name": f"rule {i}", **rule} for i, rule in enumerate(rules)]
    return caresim.load({**CONFIG, "payment": {"name": "x", "rules": named, "funds": {"pilot": {}}}}).config.payment


def book(cost: Floats | None = None, activity: dict[str, Floats] | None = None) -> Book:
    """Make a book; costs and activities that are not given are nothing."""
    empty = np.zeros((MONTHS, len(PLACES), len(ACCOUNTS), len(COST_SERVICES)))
    known = activity or {}
    return Book(
        months=months(),
        geography=SCENARIO.config.geography,
        accounts=ACCOUNTS,
        cost=empty if cost is None else cost,
        heads=np.full((MONTHS, len(PLACES), 4), 1000.0),
        activity=lambda name: known.get(name, np.zeros((MONTHS, len(PLACES)))),
        base_year=2018,
    )


def costing(**yearly: float) -> Floats:
    """Make costs that are the same in every month, all in Ash; by partner__service, pounds a year."""
    cost = np.zeros((MONTHS, len(PLACES), len(ACCOUNTS), len(COST_SERVICES)))
    for name, pounds in yearly.items():
        partner, service = name.split("__")
        cost[:, 0, ACCOUNTS.index(partner), COST_SERVICES.index(service)] = pounds / 12
    return cost


def yearly(moved: Floats) -> list[dict[str, float]]:
    """Give what each account pays in each year, to the pound; who pays nothing is left out."""
    by_year = months().by_year(moved).sum(axis=1)
    return [{n: round(v) for n, v in zip(ACCOUNTS, row, strict=True) if abs(v) > 0.5} for row in by_year]


def paid(payment: Payment, what: Book, expected: dict[str, Floats] | None = None) -> dict[str, Floats]:
    """Apply a way of paying."""
    return pay(payment.rules, what, expected or {})


def in_ash(each_month: float) -> Floats:
    """Give so many of something every month, in Ash."""
    out = np.zeros((MONTHS, len(PLACES)))
    out[:, 0] = each_month
    return out


# ---- at random

pounds = st.floats(0, 1e7)
share = st.floats(0, 1)
SOME_MONTHS = [None, "2018-04", "2018-10", "2019-04", "2019-07"]
PIECES = ("admitted_emergency", "bed_day", "home_care_hour")


@st.composite
def shares(draw: st.DrawFn) -> dict[str, float]:
    """Choose shares that add up to one."""
    names = draw(st.lists(st.sampled_from(PAYERS), min_size=1, max_size=4, unique=True))
    weights = [draw(st.floats(0, 1)) for _ in names]
    total = sum(weights)
    return {n: (w / total if total > 1e-3 else 1 / len(names)) for n, w in zip(names, weights, strict=True)}


@st.composite
def rules(draw: st.DrawFn, above: tuple[str, ...] = ()) -> dict[str, Any]:
    """Choose one rule; it may bear what those above it move."""
    kind = draw(st.sampled_from(["activity_tariff", "marginal_rate", "blended", "block", "capitation", "pooled_fund",
                                 "risk_share", "gain_share"]))  # fmt: skip
    rule: dict[str, Any] = {"rule": kind, "uplift_a_year": draw(st.floats(-0.1, 0.1))}
    if kind in ("activity_tariff", "marginal_rate", "blended", "block", "capitation"):
        rule["payer"], rule["payee"] = draw(st.lists(st.sampled_from(PAYERS), min_size=2, max_size=2, unique=True))
    if kind in ("activity_tariff", "marginal_rate", "blended"):
        rule |= {"per": draw(st.sampled_from(PIECES)), "pounds": draw(st.floats(0, 5000))}
    if kind == "marginal_rate":
        rule |= {"share_above": draw(share), "share_below": draw(share)}
    if kind == "blended":
        rule["share"] = draw(share)
    if kind == "block":
        rule["pounds_a_year"] = draw(pounds)
    if kind == "capitation":
        rule["pounds_a_head"] = draw(st.floats(0, 500))
    if kind in ("pooled_fund", "risk_share", "gain_share"):
        covered = st.sampled_from((*COST_SERVICES, *above))
        rule["bears"] = draw(st.lists(covered, min_size=1, max_size=5, unique=True))
        rule["shares"] = draw(shares())
    if kind == "pooled_fund" and draw(st.booleans()):
        rule["contributions"] = draw(shares())
    if kind in ("risk_share", "gain_share"):
        rule |= {"beyond": draw(st.sampled_from([0, 0.01, 0.5])), "at_most": draw(pounds)}
    if kind in ("marginal_rate", "blended", "pooled_fund", "risk_share", "gain_share"):
        rule["expected"] = draw(st.one_of(st.just("baseline"), pounds))
    begins, ends = draw(st.sampled_from(SOME_MONTHS)), draw(st.sampled_from(SOME_MONTHS))
    rule |= {"from": begins} if begins else {}
    rule |= {"until": ends} if ends and (begins or "2018-04") < ends else {}
    if draw(st.booleans()):
        rule["where"] = draw(st.sampled_from([{"unitary": "South"}, {"place": ["Ash", "Elm"]}, {"place": "Oak"}]))
    return rule


@st.composite
def ways(draw: st.DrawFn) -> Payment:
    """Choose some rules."""
    chosen: list[dict[str, Any]] = []
    for i in range(draw(st.integers(1, 4))):
        chosen.append(draw(rules(tuple(f"rule {j}" for j in range(i)))))
    return way(*chosen)


@st.composite
def books(draw: st.DrawFn) -> Book:
    """Choose costs and activity; some are nothing."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    cost = random.gamma(0.3, draw(st.sampled_from([0.0, 1e3, 1e6])), book().cost.shape)
    cost[:, :, draw(st.integers(0, len(ACCOUNTS) - 1))] = 0.0
    size = draw(st.sampled_from([0, 3, 1000]))
    return book(cost, {name: random.poisson(size, (MONTHS, len(PLACES))).astype(float) for name in PIECES})


def month(text: str) -> datetime.date:
    """Read a month."""
    return datetime.date.fromisoformat(f"{text}-01")
