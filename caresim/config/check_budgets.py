"""What must be right in budgets and targets: what they name exists, and each says something."""

from __future__ import annotations

from collections.abc import Iterator

from caresim.config.faults import Path, show, unknown
from caresim.config.schema.budgets import Budget
from caresim.config.schema.root import Config
from caresim.config.vocabulary import BUDGETED, PARTNERS


def account_faults(config: Config) -> Iterator[tuple[Path, str]]:
    """Find everything that does not fit together in the budgets and targets of a config."""
    ways = [config.payment, *(change.payment for change in config.interventions if change.payment is not None)]
    accounts = (*PARTNERS, *dict.fromkeys(fund for way in ways for fund in way.funds))
    seen: set[str] = set()
    for i, line in enumerate(config.budgets):
        here = ("budgets", str(i))
        if line.name in seen:
            yield (*here, "name"), f"is given twice: {show(line.name)}"
        seen.add(line.name)
        for path, message in line_faults(line, accounts, config.geography.unitaries):
            yield (*here, *path), message
    told: set[tuple[str, str]] = set()
    for i, target in enumerate(config.targets):
        if (target.measure, target.year) in told:
            yield ("targets", str(i), "measure"), f"is given twice for {target.year}: {show(target.measure)}"
        told.add((target.measure, target.year))


def line_faults(line: Budget, accounts: tuple[str, ...], unitaries: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    """Find what is wrong with one line."""
    for i, name in enumerate(line.partners):
        if name not in accounts:
            yield ("partners", str(i)), unknown(name, accounts)
    for i, name in enumerate(line.services or ()):
        if name not in BUDGETED:
            yield ("services", str(i)), unknown(name, BUDGETED)
    if line.unitary is not None and line.unitary not in unitaries:
        yield ("unitary",), unknown(line.unitary, unitaries)
    if line.share.places or line.share.ages:
        yield ("share",), "must be one number, the same for every place and age"
    if line.services is None and line.pounds is None and line.overspent is None:
        yield (), "is empty: give services, pounds or overspent"
