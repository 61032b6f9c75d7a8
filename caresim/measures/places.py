"""Activity by place and age: who is admitted, referred, discharged where, and supported."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from caresim.measures.replication import Replication
from caresim.measures.runs import Runs
from caresim.measures.years import by_year, flows_by_year, years_of_months
from caresim.model.chance import DAY
from caresim.model.tables import FLOWS

Floats = NDArray[np.float64]
ALL_AGES = "all ages"

EVENTS = {
    "emergency_admissions": "admitted_emergency",
    "planned_admissions": "admitted_planned",
    "readmissions": "readmitted",
    "assessments_asked": "assessment_asked",
    "hospital_referrals": "referred",
    "discharged_pathway_0": "discharged_pathway_0",
    "discharged_pathway_1": "discharged_pathway_1",
    "discharged_pathway_1_home_care": "discharged_pathway_1_home_care",
    "discharged_pathway_2": "discharged_pathway_2",
    "discharged_pathway_3": "discharged_pathway_3",
    "discharged_restart": "discharged_restart",
    "reablement_starts": "reablement_started",
    "intermediate_care_starts": "intermediate_care_started",
    "temporary_placement_starts": "temporary_placement_started",
    "new_support": "new_support",
    "new_home_care": "started_home_care",
    "new_residential": "started_residential",
    "new_nursing": "started_nursing",
    "new_care_home_council": "new_care_home_council",
    "deaths_in_hospital": "died_in_hospital",
    "deaths_elsewhere": "died_elsewhere",
}
"""Measures that count an event of the flow table."""

UNITS = {
    **dict.fromkeys(EVENTS, "people"),
    "bed_days": "days",
    "delayed_days": "days",
    "days_not_at_home": "days",
    "people_supported": "people",
}
"""Every measure; delayed days are known for all ages together only, and by the month in which the bed is left."""

LEVELS = frozenset({"people_supported"})  # measures that are a mean over the year, not a sum


def by_place(runs: Runs, r: Replication) -> Floats:
    """Give every measure of one replication by year, place, age (all ages last) and measure; nan where not known."""
    flows = flows_by_year(runs, r).sum(axis=3)
    months = np.zeros(flows.shape[0])
    np.add.at(months, years_of_months(runs), 1.0)
    measured = {name: flows[..., FLOWS.index(event)] for name, event in EVENTS.items()}
    measured["bed_days"] = by_year(runs, r.beds) / DAY
    measured["days_not_at_home"] = (by_year(runs, r.away) + r.lost) / DAY
    measured["people_supported"] = by_year(runs, r.supported[..., 0].astype(np.float64)) / months[:, None, None]
    midnights = r.waits[..., 2].sum(axis=(2, 3)).astype(np.float64)
    out = np.full((*flows.shape[:2], flows.shape[2] + 1, len(UNITS)), np.nan)
    for i, name in enumerate(UNITS):
        if name in measured:
            out[:, :, :-1, i] = measured[name]
            out[:, :, -1, i] = measured[name].sum(axis=2)
    out[:, :, -1, list(UNITS).index("delayed_days")] = by_year(runs, midnights)
    return out
