"""What care costs by year and place, before payments between partners."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from caresim.measures.replication import Replication
from caresim.measures.runs import Runs
from caresim.money.investments import SERVICE as INVESTMENT
from caresim.money.ledger import Entry, ledger_by_year
from caresim.money.readings import reading

Floats = NDArray[np.float64]
NHS = ("icb", "acute_trust", "community_trust")

BY_PLACE = {
    "hospital_driven_cost": ("hospital_driven_cost",),
    "council_net_cost": ("council_net_cost",),
    "nhs_cost": ("nhs_cost",),
    "investment_cost": ("investment_cost",),
    "public_cost": ("council_net_cost", "nhs_cost", "investment_cost"),
}
"""Costs that are compared place by place, and the measures that each adds up."""


def costs(runs: Runs, r: Replication) -> dict[str, Floats]:
    """Give the measures of money of one replication in pounds by year and the place that people come from (y, p).

    What changes cost themselves is in none but its own, shared out as the change says. NHS cost: acute beds, continuing
    care, nursing contribution, the community trust's part.
    """
    lines = list(ledger_by_year(runs, r))
    care = [e for e in lines if e.service != INVESTMENT]

    def total(several: Iterable[Entry]) -> Floats:
        return np.asarray(sum((e.pounds.sum(axis=2) for e in several), np.zeros(r.distinct.shape[:2])))

    net = total(e for e in care if e.partner == "council")
    return {
        "hospital_driven_cost": reading(runs, r, "first_52_weeks"),
        "hospital_driven_cost_in_year": reading(runs, r, "in_year"),
        "new_demand_cost_in_year": reading(runs, r, "all_new_in_year"),
        "hospital_driven_cost_net": reading(runs, r, "first_52_weeks", net=True),
        "council_net_cost": net,
        "council_gross_cost": net + total(e for e in care if e.line == "contributions"),
        "nhs_cost": total(e for e in care if e.partner in NHS),
        "investment_cost": total(e for e in lines if e.service == INVESTMENT),
    }


def stacked_costs(runs: Runs) -> dict[str, Floats]:
    """Give the measures of money of every replication (replication, y, p)."""
    each = [costs(own, r) for own, r in runs.each()]
    return {name: np.stack([values[name] for values in each]) for name in each[0]}
