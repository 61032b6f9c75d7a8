"""Where a scenario leaves every partner, and what its worth hangs on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from caresim.config.sizes import OF_COST, unknown_of
from caresim.measures.runs import Runs
from caresim.money.appraisal import Appraisal, Baseline
from caresim.money.investments import SERVICE as INVESTMENT
from caresim.money.investments import cost_by_month
from caresim.money.outcomes import (
    PUBLIC,
    net_present_value,
    partners_of,
)
from caresim.money.payments import positions
from caresim.studies.unknowns import At, Size, labels, sizes_of

Floats = NDArray[np.float64]
MOST_SHOWN = 12
PERSON = "person"
SPARE = 8  # replications beyond the number of sizes that a joint fit takes


def net_positions(key: str, baseline: Baseline, runs: Runs) -> pd.DataFrame:
    """Give cost, payments and net position of every partner by year and unitary: means over replications."""
    table = positions(runs, expected=baseline.expected_by(runs)).drop(columns="replication")
    by = ["year", "unitary", "partner"]
    means = table.groupby(by, observed=True, as_index=False)[["cost", "paid", "received", "net"]].mean()
    means.insert(0, "scenario", key)
    return means


def tornado(key: str, baseline: Runs, central: Runs, drawn: Runs, a: Appraisal, as_assumed: Appraisal) -> pd.DataFrame:
    """Give the net present value to the public purse at both ends of one uncertain size at a time, others as assumed.

    `a` is of the runs that drew their own sizes, `as_assumed` of those with every size at its value.

    What a cost adds is known and needs no draw. For sizes of effects a straight line is fitted to the replications that
    drew their own, to all sizes at once where there are enough replications and else to one at a time (draws are
    independent of each other, so both are unbiased). `error` is the standard error of the difference between the ends:
    a bar that is not at least twice as long may be chance.
    """
    known = frozenset(change.name for change in baseline.scenario.config.interventions)
    said = labels(dict(sizes_of(central, known)))
    sizes = {at: size for at, size in sizes_of(central, known) if at in said}
    worth, middle = (net_present_value(x)[:, 0, partners_of(x).index(PUBLIC)] for x in (a, as_assumed))
    values = drawn_values(drawn, list(sizes), a.numbers, known)
    slopes, errors = hung_on(values, worth, cost_slopes(central, sizes, a))
    rows: list[dict[str, Any]] = []
    for (at, size), slope, error in zip(sizes.items(), slopes, errors, strict=True):
        low, high = (end if end is not None else size.quantity.value for end in (size.quantity.notes.low,
                                                                                size.quantity.notes.high))  # fmt: skip
        worth_at = [float(middle.mean() + slope * (end - size.quantity.value)) for end in (low, high)]
        rows.append(
            {
                "scenario": key,
                "assumption": said[at],
                "value": size.quantity.value,
                "low_value": low,
                "high_value": high,
                "unit": size.unit,
                "how": size.how,
                "at_low": worth_at[0],
                "at_high": worth_at[1],
                "error": float(error * (high - low)),
                "quantity": "net_present_value",
                "grade": size.quantity.notes.grade or "",
                "source": size.quantity.notes.source or "",
            }
        )
    rows.sort(key=lambda row: -abs(row["at_high"] - row["at_low"]))
    return pd.DataFrame(rows[:MOST_SHOWN])


def cost_slopes(central: Runs, sizes: Mapping[At, Size], a: Appraisal) -> Floats:
    """Give what a unit more of each cost takes from the worth to the public purse; nan for sizes of effects."""
    slopes = np.full(len(sizes), np.nan)
    changes = {change.name: change for change in central.scenario.config.interventions}
    terms = a.terms("present", INVESTMENT)
    for i, ((name, _, what), size) in enumerate(sizes.items()):
        if what not in OF_COST:
            continue
        change, unknown = changes[name], unknown_of(size.quantity)
        same = [
            cost
            for cost in change.costs
            if (given := getattr(cost, what)) is not None and unknown_of(given) == unknown and cost.payer != PERSON
        ]
        spent = sum(
            float((cost_by_month(central, r, change, cost).sum(axis=1)[: len(terms)] * terms).sum())
            for cost in same
            for r in central.replications
        )
        if size.quantity.value:
            slopes[i] = -spent / len(central.replications) / size.quantity.value
    return slopes


def hung_on(values: Floats, worth: Floats, known: Floats) -> tuple[Floats, Floats]:
    """Give slopes of a worth (r) by uncertain numbers (r, size) and their standard errors; some slopes are known."""
    there = np.isfinite(known)
    centred = values - values.mean(axis=0)
    rest = worth - centred[:, there] @ known[there]
    slopes, errors = known.copy(), np.zeros(len(known))
    slopes[~there] = fitted(values[:, ~there], rest)
    errors[~there] = errors_of(centred[:, ~there], rest - rest.mean(), slopes[~there])
    return slopes, errors


def errors_of(centred: Floats, target: Floats, slopes: Floats) -> Floats:
    """Give the standard errors of slopes that were fitted together or, with few replications, one at a time."""
    spread = (centred**2).sum(axis=0)
    varies = spread > 0
    errors, count, free = np.zeros(len(slopes)), int(varies.sum()), len(target) - int(varies.sum()) - 1
    if not count:
        return errors
    if len(target) >= count + SPARE:
        left = target - centred[:, varies] @ slopes[varies]
        inverse = np.linalg.pinv(centred[:, varies].T @ centred[:, varies])
        errors[varies] = np.sqrt(np.diag(inverse) * (left @ left) / free)
        return errors
    left = ((target[:, None] - centred * slopes) ** 2).sum(axis=0)
    alone = left / max(len(target) - 2, 1)
    errors[varies] = np.sqrt(alone[varies] / spread[varies]) if len(target) > 2 else np.inf
    return errors


def drawn_values(drawn: Runs, names: list[Any], numbers: tuple[int, ...], known: frozenset[str]) -> Floats:
    """Give the sizes that each replication drew: replication, size."""
    found = {}
    for own, r in drawn.each():
        sizes = dict(sizes_of(own, known))
        found[r.number] = [sizes[name].quantity.value for name in names]
    return np.asarray([found[n] for n in numbers], dtype=np.float64).reshape(len(numbers), len(names))


def fitted(values: Floats, answer: Floats) -> Floats:
    """Give the slopes of a linear fit of an answer (r) to uncertain numbers (r, size); 0 where one never varies."""
    centred, target = values - values.mean(axis=0), answer - answer.mean()
    spread = (centred**2).sum(axis=0)
    varies = spread > 0
    slopes = np.zeros(values.shape[1])
    if len(answer) >= int(varies.sum()) + SPARE:
        slopes[varies] = np.linalg.lstsq(centred[:, varies], target, rcond=None)[0]
    elif len(answer) > 1:
        slopes[varies] = (centred[:, varies] * target[:, None]).sum(axis=0) / spread[varies]
    return slopes
