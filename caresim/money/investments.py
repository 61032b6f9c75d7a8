"""What changes cost: lines of the ledger, and the funds that pay for some of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from caresim.config import Scenario
from caresim.config.check_payment import ICB_TOO, REACHED
from caresim.config.effect_targets import Cells, cells_of, cells_where
from caresim.config.effects import months_between, reach_of, strength_in, strength_of
from caresim.config.schema.interventions import Cost, Intervention
from caresim.config.schema.place import Geography
from caresim.config.values import Quantity
from caresim.measures.months import DAYS_A_YEAR, months_of
from caresim.measures.replication import Replication
from caresim.measures.runs import Runs
from caresim.model.codes import AGES
from caresim.money.activity import activity, heads
from caresim.money.entry import Entry

Floats = NDArray[np.float64]
SERVICE = "investment"
OVER_65 = slice(1, None)
AMOUNTS = ("revenue_a_year", "capital", "one_off", "pounds")


def investment_entries(runs: Runs, r: Replication) -> Iterator[Entry]:
    """Give the costs of the changes by month, at constant prices: service "investment", line the name of the change."""
    for change in runs.scenario.config.interventions:
        for cost in change.costs:
            pounds = cost_by_month(runs, r, change, cost)
            yield Entry(partner_of(cost), SERVICE, change.name, pounds[..., None], grade_of(amount_of(cost)))


def partner_of(cost: Cost) -> str:
    """Give who pays."""
    return "icb" if cost.payer == ICB_TOO else cost.payer


def amount_of(cost: Cost) -> Quantity:
    """Give the number of a cost, whichever of its names it has."""
    amount: Quantity = next(value for name in AMOUNTS if (value := getattr(cost, name)) is not None)
    return amount


def grade_of(size: Quantity | None) -> str:
    """Give the grade of a number; what has none is an assumption."""
    return (size.notes.grade if size is not None else None) or "C"


def cost_by_month(runs: Runs, r: Replication, change: Intervention, cost: Cost) -> Floats:
    """Give one cost of a change by month and place."""
    months, amount = months_of(runs), amount_of(cost).value
    if cost.on is not None:
        here = np.asarray([float(months_between(cost.on, day) == 0) for day in months.starts])
        parts = here * months.days  # a month may be cut in two where reporting begins or ends
        return shared_by_heads(runs, cost, amount * parts / max(parts.sum(), 1.0))
    force = np.asarray([strength_in(d, cost.starts, cost.until, cost.ramp_months) for d in months.starts])
    if cost.per is None:
        return shared_by_heads(runs, cost, amount * force * months.share_of_year)
    units = people_reached(runs, change) if cost.per == REACHED else activity(runs, r, cost.per)
    meant = of_places(runs, cells_where(cost.where or {}, geography(runs)))
    return np.asarray(units * meant * (amount * force)[:, None])


def shared_by_heads(runs: Runs, cost: Cost, pounds: Floats) -> Floats:
    """Share amounts by month out over the places of a cost by people of 65 and over; alike where there are none.

    What is for a trust is shared out by those of them who use it.
    """
    meant = of_places(runs, cells_where(cost.where or {}, geography(runs)))
    people = heads(runs)[:, :, OVER_65].sum(axis=2) * meant
    total = people.sum(axis=1, keepdims=True)
    alike = np.broadcast_to(meant / meant.sum(), people.shape)
    return np.asarray(pounds[:, None] * np.divide(people, total, out=alike.copy(), where=total > 0))


def people_reached(runs: Runs, change: Intervention) -> Floats:
    """Give the people a change reaches by month and place, each counted for the part of a year that a month is.

    Its effects are taken to reach the same people: of a place and an age, as many as its widest effect does in a month.
    """
    months, widest = months_of(runs), np.zeros(heads(runs).shape)
    for effect in change.effects:
        cells = cells_of(effect, geography(runs))
        strength = np.asarray([strength_of(effect, day) for day in months.starts])
        ages = np.asarray([float(cells.ages is None or age in cells.ages) for age in AGES])
        cell = of_places(runs, cells)[:, None] * ages
        widest = np.maximum(widest, reach_of(effect) * strength[:, None, None] * cell)
    people = (heads(runs) * widest).sum(axis=2)
    return np.asarray(people * (months.days / DAYS_A_YEAR)[:, None])


def of_places(runs: Runs, cells: Cells) -> Floats:
    """Give 1 for each place that is meant, else 0; for a trust, the share of each place's people who use it."""
    return np.asarray([cells.share_of(place, geography(runs)) for place in runs.compiled.places])


def geography(runs: Runs) -> Geography:
    """Give the places of some runs."""
    return runs.scenario.config.geography


def evidence_grade(scenario: Scenario) -> str:
    """Give the worst grade among the sizes of all effects; C where a size has none, or where there are no effects.

    What a value becomes has no grade of its own: C.
    """
    effects = [effect for change in scenario.config.interventions for effect in change.effects]
    sizes = [size for e in effects for size in (e.times, e.plus, e.reach) if size is not None]
    return max((*map(grade_of, sizes), *("C" for e in effects if e.becomes is not None)), default="C")
