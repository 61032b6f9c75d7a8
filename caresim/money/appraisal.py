"""A scenario weighed against its baseline: what it saves, costs and moves between partners, by replication.

Replications are paired by number, so that luck is the same on both sides. Savings (of care) and costs of the changes
themselves are kept apart throughout; so are what can be taken out of a budget and capacity that is only released.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from caresim.config import CaresimError
from caresim.config.schema.appraisal import Appraisal as Assumptions
from caresim.config.schema.payment import Payment, Rule
from caresim.config.vocabulary import COST_LINES, GRADES
from caresim.measures.months import months_of
from caresim.measures.runs import Runs
from caresim.measures.tables import by_unitary, years
from caresim.money.entry import Entry
from caresim.money.investments import SERVICE as INVESTMENT
from caresim.money.investments import evidence_grade
from caresim.money.ledger import ledger
from caresim.money.payments import Expected, book_of, everybody, expect_from, payment_of
from caresim.money.rules import Book, pay
from caresim.money.spot import SPOT
from caresim.money.worth import discount_factors

Floats = NDArray[np.float64]
BASES = ("base_year", "real", "present", "nominal")
Several = Runs | Sequence[Runs]


@dataclass(frozen=True, eq=False)
class Appraisal:
    """Paired differences of one scenario to its baseline, at the prices of the base year.

    Axes: replication r, reported month within the horizon m, unitary u, account n (partners, then funds), line (of
    COST_LINES) or grade. Above 0 is good for whoever it is: a saving, a payment received; `investment` is a cost. The
    balance of a fund is no difference: for it there are `own_received` and `own_investment`, the scenario's own.
    """

    name: str
    assumptions: Assumptions
    numbers: tuple[int, ...]  # of the replications
    months: tuple[datetime.date, ...]
    year: NDArray[np.int64]  # m, index of its year
    begins: NDArray[np.int64]  # y, the calendar year in which it begins
    years: tuple[str, ...]
    county: str
    unitaries: tuple[str, ...]
    accounts: tuple[str, ...]
    funds: Mapping[str, tuple[float, float, float]]  # opening, replenished a year, recycled share
    days: Floats = field(repr=False)  # m, as a share of the financial year
    saving: Floats = field(repr=False)  # r, m, u, n, line
    received: Floats = field(repr=False)  # r, m, u, n
    investment: Floats = field(repr=False)  # r, m, u, n, grade
    own_received: Floats = field(repr=False)  # r, m, u, n
    own_investment: Floats = field(repr=False)  # r, m, u, n, grade
    grade: str  # the worst of the evidence for the effects
    same_payment: bool  # as the baseline's
    base_year: int

    @cached_property
    def discount(self) -> Floats:
        """What a pound of each month is worth at the start (m)."""
        return discount_factors(self.assumptions.discount_rate.value, self.year)

    @cached_property
    def cashable(self) -> Floats:
        """The share of a saving that can be taken out of a budget (line)."""
        return np.asarray([self.assumptions.cashable.at(line).value for line in COST_LINES])

    def growth(self, line: str) -> Floats:
        """Give the factor from the base year's prices of a line to each month's (m)."""
        rates = self.assumptions.uplift.at(line)
        return np.asarray([rates.growth(self.base_year, int(y)) for y in self.begins])[self.year]

    @cached_property
    def inflation(self) -> Floats:
        """The factor from the base year's prices in general to each month's (m)."""
        rates = self.assumptions.inflation
        return np.asarray([rates.growth(self.base_year, int(y)) for y in self.begins])[self.year]

    def terms(self, basis: str, line: str | None) -> Floats:
        """Give the factor of a line's pounds in each month, None for payments, which grow with prices in general.

        base_year: none. nominal: the cash of the day. real: without general inflation, but with what the line grows
        beyond it. present: real and discounted.
        """
        ones = np.ones(len(self.year))
        if basis == "base_year":
            return ones
        grown = self.inflation if line is None else self.growth(line)
        if basis == "nominal":
            return grown
        real = grown / self.inflation
        return np.asarray(real * self.discount) if basis == "present" else np.asarray(real)

    @cached_property
    def haircut(self) -> Floats:
        """What is left of a saving after optimism bias (u, n, line); losses are left as they are."""
        cut = self.assumptions.benefit_haircut.at(self.grade).value
        return np.where(self.gains, 1.0 - cut, 1.0)

    @cached_property
    def gains(self) -> NDArray[np.bool_]:
        """Whether a line saves at all, on average over replications and months (u, n, line)."""
        return np.asarray(self.saving.mean(axis=0).sum(axis=0) > 0)

    @cached_property
    def cash(self) -> Floats:
        """The share of what a line saves that is cash (u, n, line): of what it costs more, all."""
        return np.where(self.gains, self.cashable, 1.0)

    def savings(self, basis: str = "base_year", corrected: bool = False, cash: bool = False) -> Floats:
        """Give what is saved on care, before the cost of the changes (r, m, u, n); only what is cashable, if `cash`.

        A line that costs more than before is counted in full: what is spent is cash, whatever could be cashed.
        """
        terms = np.stack([self.terms(basis, line) for line in COST_LINES], axis=-1)  # m, line
        weights = self.cash if cash else np.ones(self.gains.shape)
        factors = terms[:, None, None, :] * weights * (self.haircut if corrected else 1.0)
        return np.asarray(np.einsum("rmunl,munl->rmun", self.saving, np.broadcast_to(factors, self.saving.shape[1:])))

    def payments(self, basis: str = "base_year", corrected: bool = False) -> Floats:
        """Give what is received more, or paid less, than in the baseline (r, m, u, n).

        Corrected, it shrinks with the savings where both are paid in the same way: it follows activity then.
        """
        shrink = 1.0 - self.assumptions.benefit_haircut.at(self.grade).value if corrected and self.same_payment else 1.0
        return np.asarray(self.received * (self.terms(basis, None) * shrink)[:, None, None])

    def costs(self, basis: str = "base_year", corrected: bool = False) -> Floats:
        """Give what the changes cost (r, m, u, n); corrected, costs are higher and incomes lower than hoped."""
        more = np.asarray([self.assumptions.cost_uplift.at(g).value if corrected else 0.0 for g in GRADES])
        factors = np.where(self.investment > 0, 1.0 + more, 1.0 / (1.0 + more))
        return np.asarray((self.investment * factors).sum(axis=-1) * self.terms(basis, INVESTMENT)[:, None, None])

    def net(self, basis: str = "base_year", corrected: bool = False, cash: bool = False) -> Floats:
        """Give savings and payments received less costs (r, m, u, n)."""
        saved, moved = self.savings(basis, corrected, cash), self.payments(basis, corrected)
        return saved + moved - self.costs(basis, corrected)

    def own_costs(self) -> Floats:
        """Give what changes cost in the scenario itself, in the cash of the day (r, m, u, n)."""
        return np.asarray(self.own_investment.sum(axis=-1) * self.terms("nominal", INVESTMENT)[:, None, None])

    def own_payments(self) -> Floats:
        """Give what is received in the scenario itself, in the cash of the day (r, m, u, n)."""
        return np.asarray(self.own_received * self.terms("nominal", None)[:, None, None])

    def by_year(self, values: Floats) -> Floats:
        """Add the months (second axis) up to years."""
        firsts = np.searchsorted(self.year, np.arange(len(self.years)))
        return np.asarray(np.add.reduceat(values, firsts, axis=1))


class Cells(NamedTuple):
    """One replication by month, unitary and account; costs of care by line as well, costs of changes by grade."""

    care: Floats
    paid: Floats
    invested: Floats


class Baseline:
    """A baseline to which several scenarios are compared: its ledger is made once for all of them."""

    def __init__(self, runs: Runs) -> None:
        self.runs = runs
        self._made: dict[tuple[str, ...], tuple[list[Book], list[Floats]]] = {}
        self._expected: dict[tuple[tuple[Rule, ...], tuple[str, ...]], Expected] = {}

    def ledger(self, names: tuple[str, ...]) -> tuple[list[Book], list[Floats]]:
        """Give the books of its replications, and the costs of care and of changes (m, p, n, line or grade)."""
        if names not in self._made:
            books, costs = [], []
            for own, r in self.runs.each():
                books.append(book_of(own, r, names))
                costs.append(costs_of(own, ledger(own, r), names))
            self._made[names] = books, costs
        return self._made[names]

    def expected(self, payment: Payment, names: tuple[str, ...]) -> Expected:
        """Give what the rules of a way of paying are to expect."""
        key = (payment.rules, names)
        if key not in self._expected:
            self._expected[key] = expect_from(payment, self.ledger(names)[0])
        return self._expected[key]

    def expected_by(self, runs: Runs) -> Expected:
        """Give what the way of paying of other runs is to expect."""
        way = payment_of(runs.scenario)
        return self.expected(way, everybody(way, self.runs))

    def cells(self, names: tuple[str, ...], layout: Runs) -> dict[int, Cells]:
        """Give costs and payments of its replications by number."""
        way, (books, costs) = payment_of(self.runs.scenario), self.ledger(names)
        expected = self.expected(way, names).of(names)
        return {
            r.number: added_up(layout, cost, pay(way.rules, book, expected))
            for r, book, cost in zip(self.runs.replications, books, costs, strict=True)
        }


def appraise(baseline: Runs | Baseline, scenario: Several, assumptions: Assumptions | None = None) -> Appraisal:
    """Weigh a scenario against its baseline.

    Parameters
    ----------
    baseline : its runs; or a `Baseline` made of them, where several scenarios are compared to it
    scenario : its runs; or several, where replications differ in the sizes of effects (each has a scenario of its own)
    assumptions : those of the scenario's config, if not given

    Raises
    ------
    CaresimError
        No replication is on both sides, or the two differ in their calendar or places.
    """
    base = baseline if isinstance(baseline, Baseline) else Baseline(baseline)
    several = [scenario] if isinstance(scenario, Runs) else list(scenario)
    for runs in several:
        refuse_unlike(base.runs, runs)
    first = several[0]
    way, names = payment_of(first.scenario), everybody_of(base.runs, several)
    before = base.cells(names, first)
    after = cells_of(several, way, base.expected(way, names).of(names), names)
    numbers = tuple(sorted(before.keys() & after.keys()))
    if not numbers:
        raise CaresimError("no replication was run both with and without the changes; give both the same numbers")
    care, paid, invested = (np.stack([before[n][i] - after[n][i] for n in numbers]) for i in range(len(Cells._fields)))
    own_paid, own_invested = np.stack([after[n].paid for n in numbers]), np.stack([after[n].invested for n in numbers])
    taken = assumptions or first.scenario.config.appraisal
    kept = within_horizon(first, taken.horizon_years)
    months = months_of(first)
    last = int(months.year[kept - 1]) + 1
    return Appraisal(
        name=first.scenario.name,
        assumptions=taken,
        numbers=numbers,
        months=months.starts[:kept],
        year=months.year[:kept],
        begins=months.begins[:last],
        years=tuple(years(first)[:last]),
        county=first.scenario.config.geography.county,
        unitaries=tuple(first.compiled.unitaries),
        accounts=names,
        funds={k: (f.opening.value, f.replenished_a_year.value, f.recycled_share.value) for k, f in way.funds.items()},
        days=months.share_of_year[:kept],
        saving=care[:, :kept],
        received=paid[:, :kept],
        investment=-invested[:, :kept],
        own_received=-own_paid[:, :kept],
        own_investment=own_invested[:, :kept],
        grade=max((evidence_grade(runs.scenario) for runs in several), default="C"),
        same_payment=way.rules == payment_of(base.runs.scenario).rules,
        base_year=first.scenario.config.prices.base_year,
    )


def refuse_unlike(one: Runs, other: Runs) -> None:
    """Refuse to pair runs that do not report the same months of the same places.

    Raises
    ------
    CaresimError
        They do not.
    """
    here, there = one.compiled, other.compiled
    if months_of(one).starts != months_of(other).starts:
        raise CaresimError("the baseline and the scenario report different months; give both the same calendar")
    if here.places != there.places:
        raise CaresimError("the baseline and the scenario have different places; give both the same geography")


def everybody_of(baseline: Runs, several: Iterable[Runs]) -> tuple[str, ...]:
    """Give the accounts of all runs: partners, then funds."""
    runs = [baseline, *several]
    return everybody(payment_of(baseline.scenario), *runs)


def within_horizon(runs: Runs, horizon_years: int) -> int:
    """Give how many reported months begin within so many years of the first day reported."""
    begins = runs.compiled.time.report_from
    starts = months_of(runs).starts
    return sum((day.year - begins.year, day.month, day.day) < (horizon_years, begins.month, begins.day)
               for day in starts)  # fmt: skip


def cells_of(
    several: Sequence[Runs], way: Payment, expected: Mapping[str, Floats], names: tuple[str, ...]
) -> dict[int, Cells]:
    """Give costs and payments of all replications by number; places are added up to the unitaries of the first runs."""
    found = {}
    for runs in several:
        for own, r in runs.each():
            moved = pay(way.rules, book_of(own, r, names), expected) if way.rules else {}
            found[r.number] = added_up(several[0], costs_of(own, ledger(own, r), names), moved)
    return found


def costs_of(runs: Runs, entries: Iterable[Entry], names: Sequence[str]) -> Floats:
    """Gather costs of care by line, then costs of changes by grade, along one axis (m, p, n, line and grade)."""
    shape = (len(months_of(runs).days), len(runs.compiled.places), len(names), len(COST_LINES) + len(GRADES))
    out = np.zeros(shape)
    for entry in entries:
        if entry.service == INVESTMENT:
            column = len(COST_LINES) + GRADES.index(entry.grade)
        else:
            column = COST_LINES.index(line_of(entry))
        out[:, :, names.index(entry.partner), column] += entry.pounds.sum(axis=2)
    return out


def added_up(layout: Runs, costs: Floats, moved: Mapping[str, Floats]) -> Cells:
    """Add places up to unitaries, and payments under all rules together."""
    by = by_unitary(layout, costs, 1)
    paid = by_unitary(layout, sum(moved.values(), np.zeros(costs.shape[:3])), 1)
    return Cells(by[..., : len(COST_LINES)], paid, by[..., len(COST_LINES) :])


def line_of(entry: Entry) -> str:
    """Give the line of COST_LINES that an entry belongs to."""
    return "spot_purchase" if entry.line == SPOT else entry.service
