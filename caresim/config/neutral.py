"""What holds where a config says nothing: no rates, no shares, no deaths, no growth, pools without limit.

This is the only place with defaults. It lies under every config as if it were the first file of the chain, so it
follows the same rules of inheritance, and `explain` names it as the file "default". What depends on the config itself
(the geography, the date of the population) is filled in by `completing`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from caresim.config.tree import DEFAULT, Node, from_plain
from caresim.config.vocabulary import MARKETS, POOLS, WORK

NO_RATE = NO_SHARE = 0
NO_EFFECT = 1  # of a factor
ONE_DAY = {"fixed": {"days": 1}}
NO_HOURS = {"fixed": {"hours": 0}}
SKIPPED = "none"

EPISODE: dict[str, Any] = {"planned": ONE_DAY, "outcomes": {"independent": 1}, "smaller_factor": NO_EFFECT,
                           "free_weeks": 0}  # fmt: skip
REQUEST: dict[str, Any] = {"reablement": NO_SHARE, "package": NO_SHARE, "care_home": NO_SHARE}
YEAR_LONG = {"exponential": {"mean_days": 365}}
RECOVER = {"recovery": 1}

POOL: dict[str, Any] = {
    "scope": "county",
    "capacity": "unlimited",
    "working_days": 7,
    "grows_with_population": False,
    "overflow_after_days": SKIPPED,
    "changes": [],
    "at_start": {"in_use": 0, "waiting": 0, "waited_days": 0},
}

NEUTRAL: dict[str, Any] = {
    "caresim": 1,
    "name": "Untitled",
    "calendar": {
        "starts": "2018-04-01",
        "years": 1,
        "warm_up_days": 0,
        "run_out_days": 0,
        "year_starts": "04-01",
        "grain_minutes": 1,
    },
    "demand": {
        "population": 0,
        "growth_a_year": 0,
        "admissions": {
            "fall": NO_RATE,
            "other_emergency": NO_RATE,
            "planned": NO_RATE,
            "share_from_care": NO_SHARE,
            "netted": True,
            "month_factor": [1] * 12,
            "weekday_factor": [1] * 7,
            "place_factor": NO_EFFECT,
        },
        "community": NO_RATE,
        "safeguarding": NO_RATE,
        "coming_of_age": NO_RATE,
        "self_funded_home_care": NO_RATE,
        "self_funded_care_home": NO_RATE,
    },
    "hospital": {
        "stay": {"emergency": ONE_DAY, "fall": ONE_DAY, "planned": ONE_DAY},
        "zero_share_from_care": NO_SHARE,
        "death_share": NO_SHARE,
        "death_factor_home_care": NO_EFFECT,
        "death_share_care_home": NO_SHARE,
        "death_factor_planned": NO_EFFECT,
        "death_factor_long_stay": NO_EFFECT,
        "death_while_waiting": NO_RATE,
        "follow_up_days": 90,
    },
    "need": {
        "first": NO_HOURS,
        "on_request": NO_HOURS,
        "deconditioning": {
            "rule": "none",
            "after_days": 7,
            "factor": NO_EFFECT,
            "per_day": 0,
            "cap_hours": 168,
            "recovery_share": NO_SHARE,
            "recovery_half_life_days": 60,
        },
    },
    "discharge": {
        "referral_threshold_hours": 0,
        "referred_above": NO_SHARE,
        "referred_below": NO_SHARE,
        "pathway_1_hours": 0,
        "pathway_2_hours": 168,
        "pathway_3_hours": 168,
        "over_prescribed_in_bed": NO_SHARE,
        "over_prescribed_at_home": NO_SHARE,
        "to_assess": NO_SHARE,
        "restart_factor": NO_EFFECT,
        "grown_to_care_home": NO_SHARE,
        "grown_offered_reablement": NO_SHARE,
        "reablement_offered": NO_SHARE,
        "wrap_around_share": NO_SHARE,
        "readmitted_within_90_days": NO_SHARE,
        "readmission_after": {"fixed": {"days": 30}},
        "readmission_factor_support_missing": NO_EFFECT,
        "readmission_factor_wrap_around": NO_EFFECT,
        "death_within_91_days": NO_SHARE,
        "death_within_91_days_supported": NO_SHARE,
        "death_factor_pathway_2": NO_EFFECT,
    },
    "waiting": {
        "referral": SKIPPED,
        "assessment": SKIPPED,
        "assessment_factor_pathway_3": NO_EFFECT,
        "adaptation_share": NO_SHARE,
        "adaptation": SKIPPED,
        "arrangement": SKIPPED,
        "restart": SKIPPED,
        "responsible": {"both": 1},
    },
    "reablement": {**EPISODE, "visits": {"intensive_days": 0, "hours_a_week_first": 0, "hours_a_week_after": 0}},
    "intermediate_care": EPISODE,
    "temporary_placement": {**EPISODE, "share": NO_SHARE},
    "requests": {"community": REQUEST, "safeguarding": REQUEST, "coming_of_age": REQUEST},
    "packages": {
        "at_home": {"home_care": 1},
        "in_care_home": {"residential": 1},
        "funding_at_home": {"council": 1},
        "funding_in_care_home": {"council": 1},
        "money_runs_out": NO_RATE,
        "lifetime": {
            "home_care": YEAR_LONG,
            "direct_payment": YEAR_LONG,
            "supported_living": YEAR_LONG,
            "extra_care": YEAR_LONG,
            "residential": YEAR_LONG,
            "nursing": YEAR_LONG,
        },
        "endings": {"at_home": RECOVER, "in_care_home": RECOVER},
        "admissions_a_year": {"at_home": NO_RATE, "in_care_home": NO_RATE},
        "fall_share_from_care": NO_SHARE,
        "review_every_days": SKIPPED,
        "review_factor": {"fixed": {"value": 1}},
        "grows_every": SKIPPED,
        "growth_factor": NO_EFFECT,
        "held_open_days": 0,
        "sourcing": SKIPPED,
        "pressure": {"normal_occupancy": 1, "elasticity": 0, "floor": 1, "cap": 1},
    },
    "prices": {
        "base_year": 2018,
        "home_care": 0,
        "direct_payment": 0,
        "supported_living": 0,
        "extra_care": 0,
        "residential": 0,
        "nursing": 0,
        "temporary_placement": 0,
        "reablement": 0,
        "intermediate_care": 0,
        "intermediate_care_council_share": NO_SHARE,
        "acute_bed_day": 0,
        "assessment": 0,
        "review": 0,
        "adaptation": 0,
        "nursing_contribution": 0,
        "overflow_factor": NO_EFFECT,
        "contribution_share": NO_SHARE,
    },
    "payment": {"name": "No payments between partners", "rules": [], "funds": {}},
    "appraisal": {
        "discount_rate": NO_RATE,
        "horizon_years": 15,
        "inflation": NO_RATE,
        "uplift": NO_RATE,
        "cashable": 1,
        "cost_uplift": NO_SHARE,
        "benefit_haircut": NO_SHARE,
    },
    "budgets": [],
    "targets": [],
    "pools": {
        name: {
            **POOL,
            "name": name,
            **({"priority": dict.fromkeys(WORK, 0)} if name == "assessment" else {}),
            **({"binding": False, "starts_a_week": SKIPPED} if name in MARKETS else {}),
        }
        for name in POOLS
    },
    "at_start": {"people": 0, "hours": NO_HOURS},
    "interventions": [],
}

ONE_OF_EACH = {"county": "County", "unitary": "Unitary", "trust": "Trust", "hub": "Hub", "place": "Place"}


@cache
def neutral() -> Node:
    """Return the defaults as nodes."""
    return from_plain(NEUTRAL, DEFAULT)
