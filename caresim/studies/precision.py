"""How precise a paired difference is, and how many replications a precision takes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from caresim.measures.runs import Runs
from caresim.measures.years import by_year
from caresim.model.chance import DAY
from caresim.money.ledger import ledger_by_year
from caresim.money.readings import reading
from caresim.studies.pairing import of_differences

Floats = NDArray[np.float64]


def precision_of(base: Runs, changed: Runs) -> float:
    """Give half the widest 95 % interval of a whole year's paired difference over the baseline's mean of that year.

    Of the hospital-driven cost of the county; of the council's net cost if the former never differs, of bed days if
    neither does; 0 if nothing differs.
    """
    for ours, theirs in zip(quantities(base), quantities(changed), strict=True):
        years = whole_years(base)
        if (theirs[:, years] != ours[:, years]).any():
            return max(precision_of_year(ours[:, y], theirs[:, y]) for y in years)
    return 0.0


def precision_of_year(ours: Floats, theirs: Floats) -> float:
    """Give half the 95 % interval of one year's paired difference over the baseline's mean."""
    described = of_differences(theirs - ours)
    half = float(described["high"] - described["low"]) / 2
    mean = abs(float(ours.mean()))
    return half / mean if mean else math.inf if half else 0.0


def quantities(runs: Runs) -> Iterator[Floats]:
    """Give one after the other what precision may be about, by replication and year."""
    for quantity in (headline, council_net, bed_days):
        yield each(runs, quantity)


def each(runs: Runs, quantity: Callable[[Runs, int], Floats]) -> Floats:
    """Measure every replication."""
    return np.stack([quantity(runs, i) for i in range(len(runs.replications))])


def headline(runs: Runs, i: int) -> Floats:
    """Give the hospital-driven cost by year."""
    return np.asarray(reading(runs, runs.replications[i], "first_52_weeks").sum(axis=1))


def council_net(runs: Runs, i: int) -> Floats:
    """Give the council's net cost by year."""
    council = [e.pounds.sum(axis=(1, 2)) for e in ledger_by_year(runs, runs.replications[i]) if e.partner == "council"]
    return np.asarray(sum(council, np.zeros(len(runs.compiled.time.reported_years))))


def bed_days(runs: Runs, i: int) -> Floats:
    """Give the bed days by year."""
    return np.asarray(by_year(runs, runs.replications[i].beds).sum(axis=(1, 2)) / DAY)


def whole_years(runs: Runs) -> list[int]:
    """Give the reported years that are reported from their first day to their last; all of them if none is."""
    time = runs.compiled.time
    years = time.reported_years
    whole = [i for i, year in enumerate(years) if time.is_whole(year)]
    return whole or list(range(len(years)))


def more_needed(number: int, reached: float, precision: float) -> int:
    """Give how many replications to go on with: half widths shrink with the square root of the number."""
    return max(replications_for(number, min(reached, 10 * precision), precision), number + max(number // 5, 1))


def replications_for(number: int, reached: float, precision: float) -> int:
    """Give how many replications a precision takes, if so many have reached so much."""
    return max(2, math.ceil(number * (reached / precision) ** 2))
