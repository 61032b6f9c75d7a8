"""Prices of activity: what a week of a service costs, per person or per hour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caresim.config import Scenario
from caresim.model.codes import POOLS, SERVICES

Floats = NDArray[np.float64]
BY_HOUR = ("home_care", "direct_payment", "reablement")


@dataclass(frozen=True)
class Prices:
    """Pounds by service, in the order of SERVICES, at the prices of the scenario's base year.

    `weekly` is the gross price of a person-week, or of an hour-week (an hour a week for a week) where `by_hour`.
    """

    weekly: Floats
    by_hour: NDArray[np.bool_]
    contribution: Floats  # share of the gross price that the person pays of council-funded care
    council_share: Floats  # share of the gross price that is the council's to pay, the rest is the community trust's
    acute_bed_day: float
    assessment: float
    review: float
    adaptation: float
    nursing_contribution: float
    overflow_factor: dict[str, float]

    def gross(self, people_weeks: Any, hour_weeks: Any) -> Floats:
        """Give pounds from activity whose last axis is the service."""
        return np.asarray(np.where(self.by_hour, hour_weeks, people_weeks) * self.weekly)


def prices(scenario: Scenario) -> Prices:
    """Read the prices of a scenario."""
    p = scenario.config.prices
    weekly = [getattr(p, s).value * (7.0 if s == "intermediate_care" else 1.0) for s in SERVICES]
    council = [p.intermediate_care_council_share.value if s == "intermediate_care" else 1.0 for s in SERVICES]
    return Prices(
        weekly=np.asarray(weekly),
        by_hour=np.asarray([s in BY_HOUR for s in SERVICES]),
        contribution=np.asarray([p.contribution_share.at(s).value for s in SERVICES]),
        council_share=np.asarray(council),
        acute_bed_day=p.acute_bed_day.value,
        assessment=p.assessment.value,
        review=p.review.value,
        adaptation=p.adaptation.value,
        nursing_contribution=p.nursing_contribution.value,
        overflow_factor={pool: p.overflow_factor.at(pool).value for pool in POOLS},
    )
