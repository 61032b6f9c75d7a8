"""What a config says that never comes into force, because its months are not among those of the calendar."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from caresim.config.effects import months_between, strength_in, strength_of
from caresim.config.schema.interventions import Cost
from caresim.config.schema.payment import Rule
from caresim.config.schema.root import Config

Months = tuple[datetime.date, ...]


def idle(config: Config) -> Iterator[str]:
    """Say which effects, costs and rules of payment are never in force: right by themselves, and perhaps not meant."""
    calendar = config.calendar
    run = months(calendar.first_day, calendar.total_days)
    reported = months(calendar.starts, calendar.reported_days)
    for change in config.interventions:
        for effect in change.effects:
            if not any(strength_of(effect, day) for day in run):
                yield f"{change.name}: its effect on {effect.on} is in force in no month that is run"
        for cost in change.costs:
            if not falls_in(cost, reported):
                yield f"{change.name}: a cost of {cost.payer} falls in no month that is reported"
    payments = [config.payment, *(change.payment for change in config.interventions if change.payment is not None)]
    for rule in payments[-1].rules:
        if not holds_in(rule, reported):
            yield f"{rule.name}: the rule of payment is in force in no month that is reported"


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
