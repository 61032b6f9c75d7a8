"""A random world in which much happens, with prices."""

from __future__ import annotations

import random
from typing import Any

from tests.engines.worlds import config_of

SEED = 12
PRICES = {
    "home_care": 20, "direct_payment": 15, "supported_living": 800, "extra_care": 250, "residential": 640,
    "nursing": 680, "temporary_placement": 700, "reablement": 50, "intermediate_care": 120,
    "intermediate_care_council_share": 0.4, "acute_bed_day": 350, "assessment": 300, "review": 200,
    "adaptation": 1000, "nursing_contribution": 160, "contribution_share": 0.2,
}  # fmt: skip


def priced(**prices: float) -> dict[str, Any]:
    """Give the config of the world; some prices may be others."""
    return {**config_of(random.Random(SEED)), "prices": {**PRICES, **prices}}
