"""Tables of appraisals: savings and costs by year, and what it all comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from caresim.config.vocabulary import PARTNERS
from caresim.measures.statistics import mean_interval, student
from caresim.money.appraisal import BASES, Appraisal
from caresim.money.worth import Split, payback_month, ratio_of_means, split_of_variance, wilson

Floats = NDArray[np.float64]
Columns = dict[str, NDArray[Any]]  # of a table, by name
ALL_YEARS = "all"
EVERYBODY, PUBLIC = "everybody", "public"  # public: all but the person
PERSON = PARTNERS.index("person")
PERCENTS = (5, 20, 80, 95)  # one replication in five is worse than the 80 % point of a cost, the 20 % point of a worth
COLUMNS = ("scenario", "measure", "unit", "basis", "corrected", "partner", "area", "year", "mean", "low", "high",
           "p05", "p95", "replications", "p20", "p80")  # fmt: skip
OF_A_BALANCE = ("low", "high", "p05", "p95")
BALANCE = ("fund", "year", "opening", "replenished", "spent", "received", "recycled", "closing",
           *(f"closing_{name}" for name in OF_A_BALANCE), "replications")  # fmt: skip


def partners_of(a: Appraisal) -> tuple[str, ...]:
    """Give who a table has rows for: everybody together, the public purse, each partner, each fund."""
    return (EVERYBODY, PUBLIC, *a.accounts)


def areas_of(a: Appraisal) -> tuple[str, ...]:
    """Give the county and its unitaries; a county of one unitary of the same name once."""
    return (a.county, *(u for u in a.unitaries if u != a.county))


def laid_out(a: Appraisal, values: Floats) -> Floats:
    """Go from r, m, u, n to r, m, area, partner: the county, everybody and the public purse are put first."""
    whole = values.sum(axis=3, keepdims=True)
    values = np.concatenate([whole, whole - values[..., PERSON : PERSON + 1], values], axis=3)
    county = values.sum(axis=2, keepdims=True)
    return np.asarray(county if len(a.unitaries) == 1 else np.concatenate([county, values], axis=2))


def net_present_value(a: Appraisal, corrected: bool = False, cash: bool = False) -> Floats:
    """Give the net present value by replication, area and partner."""
    return np.asarray(laid_out(a, a.net("present", corrected, cash)).sum(axis=1))


def payback(a: Appraisal, corrected: bool = False, cash: bool = False) -> Floats:
    """Give the payback month by replication, area and partner, in real terms, not discounted; nan where it does not."""
    net = laid_out(a, a.net("real", corrected, cash))
    return payback_month(np.moveaxis(net, 1, -1), np.moveaxis(laid_out(a, a.costs("real", corrected)), 1, -1))


def appraisal_table(several: Appraisal | Iterable[Appraisal] | Mapping[str, Appraisal]) -> pd.DataFrame:
    """Give everything about one or more appraisals as one tidy table (columns: docs/reference/tables.md)."""
    if isinstance(several, Appraisal):
        named = {several.name: several}
    elif isinstance(several, Mapping):
        named = dict(several)
    else:
        named = {a.name: a for a in several}
    frames = []
    for name, a in named.items():
        parts = [*flow_rows(a), *outcome_rows(a)]
        made = {column: np.concatenate([part[column] for part in parts]) for column in parts[0]}
        frames.append(pd.DataFrame({"scenario": name, **made}))
    table = pd.concat(frames, ignore_index=True)[list(COLUMNS)]
    return table.astype(dict.fromkeys(COLUMNS[:4] + COLUMNS[5:8], "category"))


def flow_rows(a: Appraisal) -> Iterator[Columns]:
    """Make rows by year and for all years: savings, costs, payments, on every basis, as they are and corrected."""
    for basis in BASES:
        for corrected in (False, True):
            gross, cash = a.savings(basis, corrected), a.savings(basis, corrected, cash=True)
            moved, spent = a.payments(basis, corrected), a.costs(basis, corrected)
            measures = {
                "gross_saving": gross,
                "cashable_saving": cash,
                "capacity_released": gross - cash,
                "payments_received": moved,
                "investment": spent,
                "net_saving": gross + moved - spent,
                "net_cashable_saving": cash + moved - spent,
            }
            for measure, values in measures.items():
                yearly = a.by_year(laid_out(a, values))  # r, y, area, partner
                yearly = np.concatenate([yearly, yearly.sum(axis=1, keepdims=True)], axis=1)
                yield rows(a, measure, "pounds", basis, corrected, yearly, (*a.years, ALL_YEARS))


def outcome_rows(a: Appraisal) -> Iterator[Columns]:
    """Make the rows of what it comes to over the horizon."""
    for corrected in (False, True):
        for cash in (False, True):
            end = "_cashable" if cash else ""
            value = net_present_value(a, corrected, cash)
            yield one_year(a, f"net_present_value{end}", "pounds", "present", corrected, value)
            yield ratio_rows(a, f"benefit_cost_ratio{end}", corrected, cash)
            month = payback(a, corrected, cash)
            yield payback_rows(a, f"payback_month{end}", corrected, cash, month)
            invests = np.abs(laid_out(a, a.costs())).sum(axis=(0, 1)) > 0
            paid = np.where(invests, np.isfinite(month), np.nan)
            yield share_rows(a, f"probability_of_payback{end}", "real", corrected, paid)
            above = (value > 0).astype(np.float64)
            yield share_rows(a, f"probability_npv_above_0{end}", "present", corrected, above)


def ratio_rows(a: Appraisal, measure: str, corrected: bool, cash: bool) -> Columns:
    """Make the rows of benefits (payments received among them) over costs of the changes, both discounted."""
    gained = a.savings("present", corrected, cash) + a.payments("present", corrected)
    benefit, cost = laid_out(a, gained).sum(axis=1), laid_out(a, a.costs("present", corrected)).sum(axis=1)
    ratio, error = ratio_of_means(benefit, cost)
    with np.errstate(invalid="ignore", divide="ignore"):
        single = np.where(np.isnan(ratio), np.nan, benefit / cost)
    half = student(len(a.numbers)) * error
    numbers = {"mean": ratio, "low": ratio - half, "high": ratio + half, **percentiles(single)}
    return frame(a, measure, "ratio", "present", corrected, {k: v[None] for k, v in numbers.items()})


def payback_rows(a: Appraisal, measure: str, corrected: bool, cash: bool, month: Floats) -> Columns:
    """Make the rows of payback months: of the mean over replications, and percentiles with those that never do last.

    Empty where it does not pay back within the horizon.
    """
    net = np.moveaxis(laid_out(a, a.net("real", corrected, cash)).mean(axis=0), 0, -1)
    spent = np.moveaxis(laid_out(a, a.costs("real", corrected)).mean(axis=0), 0, -1)
    late = np.where(np.isfinite(month), month, np.inf)
    last = np.percentile(late, PERCENTS, axis=0, method="inverted_cdf")
    last = np.where(np.isfinite(last), last, np.nan)
    none = np.full(month.shape[1:], np.nan)
    numbers = {"mean": payback_month(net, spent), "low": none, "high": none, **named(last)}
    return frame(a, measure, "month", "real", corrected, {k: v[None] for k, v in numbers.items()})


def share_rows(a: Appraisal, measure: str, basis: str, corrected: bool, hits: Floats) -> Columns:
    """Make the rows of a probability, the share of replications; its interval is Wilson's."""
    share = hits.mean(axis=0)
    low, high = wilson(share, len(a.numbers))
    none = np.full(share.shape, np.nan)
    numbers = {"mean": share, "low": low, "high": high, **named([none] * len(PERCENTS))}
    return frame(a, measure, "share", basis, corrected, {k: v[None] for k, v in numbers.items()})


def one_year(a: Appraisal, measure: str, unit: str, basis: str, corrected: bool, values: Floats) -> Columns:
    """Make the rows of something that is not by year (r, area, partner)."""
    return rows(a, measure, unit, basis, corrected, values[:, None], (ALL_YEARS,))


def rows(
    a: Appraisal, measure: str, unit: str, basis: str, corrected: bool, values: Floats,
    year_names: tuple[str, ...],
) -> Columns:  # fmt: skip
    """Make the rows of values by replication, year, area and partner: mean, 95 % interval, percentiles."""
    return frame(a, measure, unit, basis, corrected, described(values), year_names)


def described(values: Floats) -> dict[str, Floats]:
    """Give mean, 95 % interval of the mean and percentiles over replications, the first axis."""
    return {**mean_interval(values), **percentiles(values)}


def percentiles(values: Floats) -> dict[str, Floats]:
    """Give the 5, 20, 80 and 95 % points over replications."""
    return named(np.percentile(values, PERCENTS, axis=0))


def named(points: Iterable[Floats]) -> dict[str, Floats]:
    """Give percentiles their names."""
    return {f"p{percent:02d}": point for percent, point in zip(PERCENTS, points, strict=True)}


def frame(
    a: Appraisal, measure: str, unit: str, basis: str, corrected: bool, numbers: dict[str, Floats],
    year_names: tuple[str, ...] = (ALL_YEARS,),
) -> Columns:  # fmt: skip
    """Make rows from numbers by year, area and partner."""
    y, u, n = (i.reshape(-1) for i in np.indices(numbers["mean"].shape))
    same = {"measure": measure, "unit": unit, "basis": basis, "corrected": corrected, "replications": len(a.numbers)}
    return {
        **{
            name: np.full(len(y), value, dtype=object if isinstance(value, str) else None)
            for name, value in same.items()
        },
        "partner": np.asarray(partners_of(a), dtype=object)[n],
        "area": np.asarray(areas_of(a), dtype=object)[u],
        "year": np.asarray(year_names, dtype=object)[y],
        **{name: values.reshape(-1) for name, values in numbers.items()},
    }


def split_of_npv(central: Appraisal, drawn: Appraisal, corrected: bool = False, cash: bool = False) -> Split:
    """Split the variance of the net present value, by area and partner, into chance and the size of effects."""
    return split_of_variance(net_present_value(central, corrected, cash), net_present_value(drawn, corrected, cash))


def fund_balances(a: Appraisal) -> pd.DataFrame:
    """Give the balance of each fund by year, in the cash of the day: means over replications, and of what is left at
    the end of the year its 95 % interval (closing_low, closing_high) and the range of replications (p05 to p95).

    spent: on the changes. received: under rules of payment. Both are all of the scenario's, what it has in common with
    its baseline too. recycled: its share of what the partners save in cash against the baseline, before the cost of the
    changes, in years in which they save any on average.
    """
    spent, moved = (a.by_year(flow).sum(axis=2) for flow in (a.own_costs(), a.own_payments()))  # r, y, n
    saved = np.delete(a.by_year(a.savings("nominal", cash=True)).sum(axis=2), PERSON, axis=-1).sum(axis=-1)
    public = np.where(saved.mean(axis=0) > 0, saved, 0.0)
    reported = np.broadcast_to(a.by_year(a.days[None]), public.shape)
    made = []
    for fund, (opening, replenished, recycled) in a.funds.items():
        n = a.accounts.index(fund)
        flows = {"replenished": replenished * reported, "spent": spent[..., n], "received": moved[..., n],
                 "recycled": recycled * public}  # fmt: skip
        change = flows["replenished"] - flows["spent"] + flows["received"] + flows["recycled"]
        closing = opening + np.cumsum(change, axis=1)
        left = {f"closing_{name}": ends for name, ends in described(closing).items() if name in OF_A_BALANCE}
        means = {name: flow.mean(axis=0) for name, flow in (("opening", closing - change), *flows.items())}
        table = {"fund": fund, "year": a.years, **means, "closing": closing.mean(axis=0), **left}
        made.append(pd.DataFrame({**table, "replications": len(a.numbers)}))
    return pd.concat(made, ignore_index=True) if made else pd.DataFrame(columns=list(BALANCE))
