"""What partners pay each other under a way of paying: a function of activity and cost, computed afterwards.

So one run can be looked at under many ways of paying, and comparing them carries no sampling noise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from caresim.config import Scenario
from caresim.config.schema.payment import Payment
from caresim.config.values import Frozen
from caresim.config.vocabulary import COST_SERVICES, PARTNERS
from caresim.measures.months import months_of
from caresim.measures.replication import Replication
from caresim.measures.runs import Runs
from caresim.measures.tables import by_unitary, category, numbers, years
from caresim.money.activity import activity, heads
from caresim.money.ledger import Entry, ledger
from caresim.money.rules import Book, apply, looked_at, pay

Floats = NDArray[np.float64]
SERVICE = "payment"
ACTIVITY = 2  # axes of an activity: month and place


@dataclass(frozen=True, eq=False)
class Expected:
    """What rules are to expect, by their names: the baseline's mean of what they look at, (m, p) or (m, p, account)."""

    accounts: tuple[str, ...]
    means: Mapping[str, Floats]

    def of(self, accounts: Sequence[str]) -> dict[str, Floats]:
        """Give the means with the accounts in another order; who was not there was expected to bear nothing."""
        return {name: self.laid_out(mean, accounts) for name, mean in self.means.items()}

    def laid_out(self, mean: Floats, accounts: Sequence[str]) -> Floats:
        """Put the accounts of one mean in another order."""
        if mean.ndim == ACTIVITY or tuple(accounts) == self.accounts:
            return mean
        out = np.zeros((*mean.shape[:2], len(accounts)))
        for n, name in enumerate(accounts):
            if name in self.accounts:
                out[..., n] = mean[..., self.accounts.index(name)]
        return out


def payment_of(scenario: Scenario) -> Payment:
    """Give the way of paying in force: that of the last change that brings one, else the scenario's.

    The scenario's funds are there whatever the way of paying.
    """
    own = scenario.config.payment
    brought = [change.payment for change in scenario.config.interventions if change.payment is not None]
    if not brought:
        return own
    return brought[-1].model_copy(update={"funds": Frozen({**own.funds, **brought[-1].funds})})


def book_of(runs: Runs, r: Replication, accounts: Sequence[str]) -> Book:
    """Gather what rules look at."""
    places = len(runs.compiled.places)
    cost = np.zeros((len(months_of(runs).days), places, len(accounts), len(COST_SERVICES)))
    for entry in ledger(runs, r):
        cost[:, :, accounts.index(entry.partner), COST_SERVICES.index(entry.service)] += entry.pounds.sum(axis=2)
    return Book(
        months=months_of(runs),
        geography=runs.scenario.config.geography,
        accounts=tuple(accounts),
        cost=cost,
        heads=heads(runs),
        activity=partial(activity, runs, r),
        base_year=runs.scenario.config.prices.base_year,
    )


def expect(payment: Payment, baseline: Runs) -> Expected:
    """Give what each rule is to expect: the mean over the baseline's replications of what the rule looks at."""
    names = everybody(payment, baseline)
    if not payment.rules:
        return Expected(names, {})
    return expect_from(payment, [book_of(own, r, names) for own, r in baseline.each()])


def expect_from(payment: Payment, books: Sequence[Book]) -> Expected:
    """Give what each rule is to expect from the books of the baseline, all with the same accounts."""
    paid: list[dict[str, Floats]] = [{} for _ in books]
    expected: dict[str, Floats] = {}
    for i, rule in enumerate(payment.rules):
        seen = [looked_at(rule, book, before) for book, before in zip(books, paid, strict=True)]
        expected[rule.name] = np.mean(seen, axis=0)
        if any(rule.name in (later.bears or ()) for later in payment.rules[i + 1 :]):
            for book, before, what in zip(books, paid, seen, strict=True):
                before[rule.name] = apply(rule, book, what, expected[rule.name])
    return Expected(books[0].accounts, expected)


def everybody(payment: Payment, *several: Runs) -> tuple[str, ...]:
    """Give the accounts of a way of paying and of those in force in some runs, whose funds may bear costs."""
    funds = {*payment.funds, *(fund for runs in several for fund in payment_of(runs.scenario).funds)}
    return (*PARTNERS, *sorted(funds))


def payments(
    runs: Runs,
    r: Replication,
    expected: Expected,
    payment: Payment | None = None,
    names: Sequence[str] | None = None,
) -> dict[str, Floats]:
    """Give what each account pays (received: negative) under each rule, by month, place and account (m, p, n).

    Accounts are `names`, or those of `everybody`. Over them, every rule adds up to nothing in every month and place.
    """
    way = payment or payment_of(runs.scenario)
    if not way.rules:
        return {}
    accounts = names or everybody(way, runs)
    return pay(way.rules, book_of(runs, r, accounts), expected.of(accounts))


def payment_entries(runs: Runs, r: Replication, expected: Expected, payment: Payment | None = None) -> Iterator[Entry]:
    """Give payments as lines of the ledger by year: a payer's are above 0, a payee's below."""
    names = everybody(payment or payment_of(runs.scenario), runs)
    for line, pounds in payments(runs, r, expected, payment).items():
        yearly = months_of(runs).by_year(pounds)
        for n, partner in enumerate(names):
            if yearly[..., n].any():
                yield Entry(partner, SERVICE, line, yearly[..., n, None])


def positions(
    runs: Runs, baseline: Runs | None = None, payment: Payment | None = None, expected: Expected | None = None
) -> pd.DataFrame:
    """Give the position of each partner by year and unitary: cost borne, paid, received, net of all three.

    `net` is what the partner is better off for: received less paid less cost. `baseline` is what the rules expect;
    without one, the run itself. `payment` is another way of paying than the scenario's. `expected`, if it is known
    already, takes the place of the baseline.
    """
    way = payment or payment_of(runs.scenario)
    expected = expected or expect(way, baseline or runs)
    names, months = everybody(way, runs), months_of(runs)
    several = []
    for own, r in runs.each():
        cost = months.by_year(book_of(own, r, names).cost.sum(axis=3))
        moved = [months.by_year(m) for m in payments(own, r, expected, way).values()]
        paid = sum((np.maximum(m, 0.0) for m in moved), np.zeros(cost.shape))
        received = sum((np.maximum(-m, 0.0) for m in moved), np.zeros(cost.shape))
        several.append([by_unitary(runs, x, 1) for x in (cost, paid, received)])
    return position_rows(runs, names, np.asarray(several))


def position_rows(runs: Runs, names: Sequence[str], several: Floats) -> pd.DataFrame:
    """Make the rows of cost, paid and received: `several` has them by replication, which of the three, y, u, n."""
    cost, paid, received = (x.reshape(-1) for x in np.moveaxis(several, 1, 0))
    _, y, u, n = (i.reshape(-1) for i in np.indices((len(several), *several.shape[2:])))
    return pd.DataFrame(
        {
            "replication": numbers(runs, [cost.size // len(several)] * len(several)),
            "year": category(y, years(runs)),
            "unitary": category(u, runs.compiled.unitaries),
            "partner": category(n, names),
            "cost": cost,
            "paid": paid,
            "received": received,
            "net": received - paid - cost,
        }
    )
