"""Simulated spend beside the lines of budgets and agreements that a config knows of, in the cash of the year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from caresim.config.paykinds import Yearly
from caresim.config.schema.budgets import Budget
from caresim.config.vocabulary import COST_LINES
from caresim.measures.months import months_of
from caresim.measures.runs import Runs
from caresim.measures.tables import years
from caresim.studies.differences import Landed
from caresim.studies.pairing import of_differences

Floats = NDArray[np.float64]
SPEND = ("mean", "low", "high", "p05", "p20", "p80", "p95", "replications")
AMOUNT = ("grade", "source")
Pair = tuple[Landed, Landed]  # the baseline's and a scenario's, from replications that drew their own sizes


def budget_table(key: str, base: Landed, changed: Landed, drawn: Pair | None = None) -> pd.DataFrame:
    """Give the spend of every line by year, its paired difference to the baseline, and what is known of the line.

    A line that no cost belongs to, or that the baseline does not have, has no spend, or no difference. The range of the
    difference that the evidence leaves open (`difference_p05` to `difference_p95`) is that of `drawn`, if given. Spend
    is that of the reported days, a budget that of the whole year: `days` and `days_of_year` say where they differ.
    """
    rows: list[dict[str, Any]] = []
    for line in changed.runs.scenario.config.budgets:
        spent = spend_of(changed, line)
        described = of_differences(spent)
        paired = of_differences(differences_of(line, base, changed))
        open_to = None if drawn is None else of_differences(differences_of(line, *drawn))
        months = months_of(changed.runs)
        reported, whole = months.of_years
        for y, (year, begins) in enumerate(zip(years(changed.runs), months.begins, strict=True)):
            rows.append(
                {
                    "scenario": key,
                    **words_of(line, changed.runs),
                    "year": year,
                    "days": reported[y],
                    "days_of_year": whole[y],
                    **{name: described[name][y] for name in SPEND},
                    **{f"difference_{name}": paired[name][y] for name in ("mean", "low", "high")},
                    **{f"difference_{name}": open_to[name][y] if open_to else np.nan for name in ("p05", "p95")},
                    **dict(amount("budget", line.pounds, int(begins))),
                    **dict(amount("overspent", line.overspent, int(begins))),
                }
            )
    return pd.DataFrame(rows)


def differences_of(line: Budget, base: Landed, changed: Landed) -> Floats:
    """Give the paired differences of a line's spend by replication and year; nan if the baseline has no such line."""
    theirs = [known for known in base.runs.scenario.config.budgets if known.name == line.name]
    return spend_of(changed, line) - (spend_of(base, theirs[0]) if theirs else np.nan)


def words_of(line: Budget, runs: Runs) -> dict[str, Any]:
    """Say what a line is and what belongs to it."""
    return {
        "line": line.name,
        "agreement": line.agreement or "",
        "partners": ", ".join(line.partners),
        "services": ", ".join(line.services or ()),
        "area": line.unitary or runs.scenario.config.geography.county,
        "share": line.share.value,
        "share_grade": line.share.notes.grade or "",
        "share_source": line.share.notes.source or "",
        "note": line.note or "",
    }


def amount(name: str, yearly: Yearly | None, begins: int) -> Iterator[tuple[str, Any]]:
    """Give what a budget says of a year, with its grade and source; nan where it says nothing."""
    rates = yearly.rates if yearly is not None else {}
    yield name, rates.get(begins, rates.get(None, np.nan))
    for what in AMOUNT:
        yield f"{name}_{what}", (getattr(yearly.notes, what) if yearly is not None else None) or ""


def spend_of(side: Landed, line: Budget) -> Floats:
    """Give spend on a line by replication and year, in the cash of the year; nan where no cost belongs to it."""
    runs = side.runs
    shape = (len(years(runs)), len(runs.compiled.unitaries))
    if line.services is None:
        return np.full((len(side.ledgers), shape[0]), np.nan)
    at = slice(None) if line.unitary is None else [runs.compiled.unitaries.index(line.unitary)]
    total = np.zeros((len(side.ledgers), shape[0]))
    for service in line.services:
        grown = growth(runs, service)
        for i, ledger in enumerate(side.ledgers):
            for partner in line.partners:
                total[i] += ledger.get((partner, service), np.zeros(shape))[:, at].sum(axis=1) * grown
    return total * line.share.value


def growth(runs: Runs, service: str) -> Floats:
    """Give the factor from the prices of the base year to those of each reported year; payments follow inflation."""
    config = runs.scenario.config
    rates = config.appraisal.uplift.at(service) if service in COST_LINES else config.appraisal.inflation
    return np.asarray([rates.growth(config.prices.base_year, int(year)) for year in months_of(runs).begins])
