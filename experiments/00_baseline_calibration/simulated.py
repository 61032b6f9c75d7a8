"""What the targets are compared with: each target's simulated value in the first reported year, by replication."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from caresim.measures.replication import Replication
from caresim.measures.runs import Runs
from caresim.measures.statistics import ratio
from caresim.measures.years import by_year, flows_by_year, years_of_months
from caresim.model.codes import COUNCIL, HOME_CARE, PATHWAYS, REASONS
from caresim.model.tables import FLOWS
from caresim.money.summary import days_of_years, measures

Floats = NDArray[np.float64]
GROUPS: dict[str, list[tuple[str, str]]] = {
    "delayed_assessment": [(p, "assessment") for p in PATHWAYS],
    "delayed_adaptation": [(p, "adaptation") for p in PATHWAYS],
    "delayed_reablement": [("pathway_1", "arrangement"), ("pathway_1", "capacity")],
    "delayed_home_care": [("pathway_1_home_care", "arrangement"), ("pathway_1_home_care", "capacity")],
    "delayed_intermediate_care": [("pathway_2", "arrangement"), ("pathway_2", "capacity")],
    "delayed_care_home": [("pathway_3", "arrangement"), ("pathway_3", "capacity")],
    "delayed_restart": [("restart", "arrangement")],
}


def simulated(runs: Runs, r: Replication) -> dict[str, float]:
    """Give every target's value in the county's first reported year."""
    year = {name: float(value[0, 0]) for name, value in measures(runs, r).items()}
    days = float(days_of_years(runs)[0])
    return {**year, **by_age(runs, r), **delayed(runs, r, days), **supported(runs, r), **others(runs, r)}


def by_age(runs: Runs, r: Replication) -> dict[str, float]:
    """Emergency admissions by age band."""
    people = flow(runs, r, "admitted_emergency").sum(axis=(0, 2))
    return {f"emergency_admissions_{a}": float(people[i]) for i, a in ((1, "65_74"), (2, "75_84"), (3, "85_plus"))}


def flow(runs: Runs, r: Replication, event: str) -> Floats:
    """Count an event of the first reported year by place, age and origin."""
    return np.asarray(flows_by_year(runs, r)[0, ..., FLOWS.index(event)])


def delayed(runs: Runs, r: Replication, days: float) -> dict[str, float]:
    """People delayed a day by reason: midnights of those who left the bed in the year."""
    midnights = by_year(runs, r.waits[..., 2].astype(np.float64))[0].sum(axis=0)  # pathway, reason
    return {
        group: sum(float(midnights[PATHWAYS.index(p), REASONS.index(reason)]) for p, reason in cells) / days
        for group, cells in GROUPS.items()
    }


def supported(runs: Runs, r: Replication) -> dict[str, float]:
    """People with council support by age, mean of the year's month ends."""
    ends = r.supported[years_of_months(runs) == 0][..., 0].sum(axis=1).mean(axis=0)
    return {"people_supported_18_64": float(ends[0]), "people_supported_65_plus": float(ends[1:].sum())}


def others(runs: Runs, r: Replication) -> dict[str, float]:
    """What is held out and is no measure of the summary; bed days are the whole days of completed stays."""
    stays = r.stays[0, :, 1:].sum(axis=(0, 1))
    care = r.stock[:12, :, HOME_CARE, :, COUNCIL].sum(axis=(0, 1, 2))
    return {
        "emergency_bed_days_65_plus": float((stays * np.arange(len(stays))).sum()),
        "reablement_starts": float(flow(runs, r, "reablement_started")[:, 1:].sum()),
        "mean_home_care_hours": float(ratio(care[1], care[0])),
    }
