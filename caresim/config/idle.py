"""What a config says that never comes into force, because its days, months or years are not those of the calendar."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from caresim.config.effects import months_between, strength_in, strength_of
from caresim.config.schema.interventions import Cost
from caresim.config.schema.payment import Rule
from caresim.config.schema.root import Config
from caresim.config.wording import listed

Months = tuple[datetime.date, ...]


def idle(config: Config) -> Iterator[str]:
    """Say which effects, costs and rules of payment are never in force: right by themselves, and perhaps not meant."""
    calendar = config.calendar
    run = months(calendar.first_day, calendar.total_days)
    reported = months(calendar.starts, calendar.reported_days)
    for change in config.interventions:
        for effect in change.effects:
            if not any(strength_of(effect, day) for day in run):
                yield f"{change.name}: its effect on {effect.on} is not in force in any month simulated"
        for cost in change.costs:
            if not falls_in(cost, reported):
                yield f"{change.name}: a cost to {cost.payer} does not fall in any month reported"
    bringing = [change for change in config.interventions if change.payment is not None]
    for change in bringing[:-1]:
        yield f"{change.name}: its way of paying is never in force, because {bringing[-1].name} brings another"
    payment = (bringing[-1].payment if bringing else None) or config.payment
    for rule in payment.rules:
        if not holds_in(rule, reported):
            yield f"{rule.name}: the rule of payment is not in force in any month reported"
    yield from idle_capacities(config)
    yield from idle_accounts(config)


def idle_capacities(config: Config) -> Iterator[str]:
    """Say which changes of a capacity hold on no day that is run: they are of other years, or overtaken at once."""
    first, days = config.calendar.first_day, config.calendar.total_days
    after = first + datetime.timedelta(days=days)
    for name in type(config.pools).model_fields:
        changes = getattr(config.pools, name).changes
        for i, change in enumerate(changes):
            until = changes[i + 1].starts if i + 1 < len(changes) else after
            if change.starts >= after or until <= first:
                yield f"pools.{name}: its capacity from {change.starts} does not apply on any day simulated"


def idle_accounts(config: Config) -> Iterator[str]:
    """Say which budgets and targets are of years that are not reported, or in part, so that nothing is held to them."""
    calendar = config.calendar
    begins = [day.year - ((day.month, day.day) < tuple(calendar.year_starts))
              for day in (calendar.starts, calendar.ends - datetime.timedelta(days=1))]  # fmt: skip
    reported = range(begins[0], begins[1] + 1)
    parts = [year for year in reported if not whole(config, year)]
    for line in config.budgets:
        for what, yearly in (("budget", line.pounds), ("overspend", line.overspent)):
            rates = yearly.rates if yearly is not None else {}
            given = [year for year in rates if year is not None]
            if given and not any(year in reported for year in given):
                begin = listed([str(year) for year in sorted(given)])
                yield f"{line.name}: its {what} is for years that are not reported (those that begin in {begin})"
            for year in (year for year in parts if year in rates or None in rates):
                part = f"the year that begins in {year}, of which a part is reported"
                yield f"{line.name}: its {what} is not compared in {part}"
    begun = [(target, int(target.year[:4])) for target in config.targets]
    for what, found in (
        ("that is not reported", [target for target, year in begun if year not in reported]),
        ("of which only a part is reported: not compared", [target for target, year in begun if year in parts]),
    ):
        if found:
            years = listed(sorted({target.year for target in found}))
            yield f"{'a target is' if len(found) == 1 else f'{len(found)} targets are'} of a year {what} ({years})"


def whole(config: Config, begins: int) -> bool:
    """Tell whether the financial year that begins in a year is reported from its first day to its last."""
    starts = config.calendar.year_starts
    first, then = (datetime.date(year, starts.month, starts.day) for year in (begins, begins + 1))
    return config.calendar.starts <= first and config.calendar.ends >= then


def months(first: datetime.date, days: int) -> Months:
    """Give a day of each month of some days."""
    each = (first + datetime.timedelta(days=n) for n in range(days))
    return tuple(dict.fromkeys(day.replace(day=1) for day in each))


def falls_in(cost: Cost, days: Iterable[datetime.date]) -> bool:
    """Tell whether any of a cost falls in the months of some days."""
    if cost.on is not None:
        return any(months_between(cost.on, day) == 0 for day in days)
    return any(strength_in(day, cost.starts, cost.until, cost.ramp_months) for day in days)


def holds_in(rule: Rule, days: Iterable[datetime.date]) -> bool:
    """Tell whether a rule of payment is in force in the months of some days."""
    return any(strength_in(day, rule.starts, rule.until, None) for day in days)
