"""Uncertain sizes of changes, drawn from their ranges.

A number with low and high has these as its 95 % range. Factors, amounts of money and reaches are drawn from a lognormal
in two pieces with its median at the value, so that the range need not be symmetrical; what may be 0 or less from a
normal in two pieces. A draw is a pure function of the seed, its number, the name of the change and the number with its
range: adding a change never alters the draws of another, and where one change has the same number with the same range
twice (a cost before and after a date, an effect on two prices) it is one unknown with one draw.
"""

from __future__ import annotations

import hashlib
from statistics import NormalDist
from typing import Any

from caresim.config.kinds import Number
from caresim.config.scenario import Scenario
from caresim.config.schema.interventions import Cost, Effect, Intervention
from caresim.config.values import Frozen, Quantity

NORMAL = NormalDist()
Z95 = NORMAL.inv_cdf(0.975)
BOUNDS = {name: Number() for name in ("plus", "revenue_a_year", "one_off")} | {"reach": Number(least=0, most=1)}
AT_LEAST_0 = Number(least=0)
OF_EFFECT = ("times", "plus", "reach")
OF_COST = ("revenue_a_year", "capital", "one_off", "pounds")


def drawn(scenario: Scenario, seed: int, number: int) -> Scenario:
    """Return the scenario with every uncertain size of its changes drawn from its range.

    Parameters
    ----------
    number : which draw; the same number gives the same sizes
    """
    changes = tuple(draw_change(change, seed, number) for change in scenario.config.interventions)
    if all(new is old for new, old in zip(changes, scenario.config.interventions, strict=True)):
        return scenario
    return scenario.with_config(scenario.config.model_copy(update={"interventions": changes}), f"{seed}:{number}")


def draw_change(change: Intervention, seed: int, number: int) -> Intervention:
    """Draw the sizes of one change."""
    key = f"{seed}:{number}:{change.name}"
    effects = tuple(draw_part(e, OF_EFFECT, key) for e in change.effects)
    costs = tuple(draw_part(c, OF_COST, key) for c in change.costs)
    same = all(new is old for new, old in zip(effects + costs, change.effects + change.costs, strict=True))
    return change if same else change.model_copy(update={"effects": effects, "costs": costs})


def draw_part(part: Effect | Cost, names: tuple[str, ...], key: str) -> Any:
    """Draw the uncertain numbers of an effect or a cost."""
    new: dict[str, Quantity] = {}
    for name in names:
        quantity: Quantity | None = getattr(part, name)
        if quantity is not None and (quantity.notes.low is not None or quantity.notes.high is not None):
            u = uniform(f"{key}:{name}:{unknown_of(quantity)}")
            value = size_at(quantity, u, BOUNDS.get(name, AT_LEAST_0))
            new[name] = Quantity(Frozen({(None, None): value}), quantity.notes)
    return part.model_copy(update=new) if new else part


def unknown_of(quantity: Quantity) -> tuple[float, float | None, float | None]:
    """Give what makes two uncertain numbers of a change the same unknown: value and range."""
    return quantity.value, quantity.notes.low, quantity.notes.high


def uniform(key: str) -> float:
    """Give the number between 0 and 1 that belongs to a key: 53 bits of its SHA-256."""
    bits = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") >> 11
    return (bits + 0.5) / (1 << 53)


def size_at(quantity: Quantity, u: float, bounds: Number) -> float:
    """Invert the distribution of an uncertain number at `u`."""
    value, z = quantity.value, NORMAL.inv_cdf(u) / Z95
    end = quantity.notes.low if z < 0 else quantity.notes.high
    if end is None:
        return value
    by_factor = value * end > 0
    size = value * float((end / value) ** abs(z)) if by_factor else value + (end - value) * abs(z)
    if bounds.least is not None:
        size = max(size, bounds.least)
    return size if bounds.most is None else min(size, bounds.most)
