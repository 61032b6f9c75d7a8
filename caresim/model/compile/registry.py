"""Which path of a config fills which field of the rules: a new parameter is a line here and one in model/tables.py."""

from __future__ import annotations

# Numbers by place and age.
NUMBERS = {
    "zero_share_from_care": "hospital.zero_share_from_care",
    "death_share": "hospital.death_share",
    "death_factor_home_care": "hospital.death_factor_home_care",
    "death_share_care_home": "hospital.death_share_care_home",
    "death_factor_planned": "hospital.death_factor_planned",
    "death_factor_long_stay": "hospital.death_factor_long_stay",
    "death_while_waiting": "hospital.death_while_waiting",
    "decondition_after_days": "need.deconditioning.after_days",
    "decondition_factor": "need.deconditioning.factor",
    "decondition_per_day": "need.deconditioning.per_day",
    "decondition_cap_hours": "need.deconditioning.cap_hours",
    "recovery_share": "need.deconditioning.recovery_share",
    "recovery_half_life_days": "need.deconditioning.recovery_half_life_days",
    "referral_threshold_hours": "discharge.referral_threshold_hours",
    "referred_above": "discharge.referred_above",
    "referred_below": "discharge.referred_below",
    "pathway_1_hours": "discharge.pathway_1_hours",
    "pathway_2_hours": "discharge.pathway_2_hours",
    "pathway_3_hours": "discharge.pathway_3_hours",
    "over_prescribed_in_bed": "discharge.over_prescribed_in_bed",
    "over_prescribed_at_home": "discharge.over_prescribed_at_home",
    "restart_factor": "discharge.restart_factor",
    "grown_to_care_home": "discharge.grown_to_care_home",
    "grown_offered_reablement": "discharge.grown_offered_reablement",
    "reablement_offered": "discharge.reablement_offered",
    "wrap_around_share": "discharge.wrap_around_share",
    "readmitted_within_90_days": "discharge.readmitted_within_90_days",
    "readmission_factor_support_missing": "discharge.readmission_factor_support_missing",
    "readmission_factor_wrap_around": "discharge.readmission_factor_wrap_around",
    "death_within_91_days": "discharge.death_within_91_days",
    "death_within_91_days_supported": "discharge.death_within_91_days_supported",
    "death_factor_pathway_2": "discharge.death_factor_pathway_2",
    "assessment_factor_pathway_3": "waiting.assessment_factor_pathway_3",
    "reablement_smaller_factor": "reablement.smaller_factor",
    "intermediate_care_smaller_factor": "intermediate_care.smaller_factor",
    "temporary_smaller_factor": "temporary_placement.smaller_factor",
    "temporary_share": "temporary_placement.share",
    "money_runs_out": "packages.money_runs_out",
    "fall_share_from_care": "packages.fall_share_from_care",
    "review_every_days": "packages.review_every_days",
    "growth_factor": "packages.growth_factor",
}

# Numbers by a key, place and age: the path of a keyed value, or one path for each key.
KEYED_NUMBERS = {
    "to_assess": "discharge.to_assess",
    "adaptation_share": "waiting.adaptation_share",
    "held_open_days": "packages.held_open_days",
}
BY_ORIGIN = {
    "request_reablement": "requests.{origin}.reablement",
    "request_package": "requests.{origin}.package",
    "request_care_home": "requests.{origin}.care_home",
}

# Distributions by place and age; None stands for a stage that is left out.
DISTRIBUTIONS = {
    "first_need": "need.first",
    "request_need": "need.on_request",
    "start_hours": "at_start.hours",
    "readmission_after": "discharge.readmission_after",
    "referral": "waiting.referral",
    "adaptation": "waiting.adaptation",
    "review_factor": "packages.review_factor",
    "grows_every": "packages.grows_every",
    "planned_reablement": "reablement.planned",
    "planned_intermediate_care": "intermediate_care.planned",
    "planned_temporary": "temporary_placement.planned",
}
KEYED_DISTRIBUTIONS = {
    "assessing": "waiting.assessment",
    "arrangement": "waiting.arrangement",
    "restart": "waiting.restart",
    "sourcing": "packages.sourcing",
}
STAYS = ("hospital.stay.fall", "hospital.stay.emergency", "hospital.stay.planned")  # in the order of the streams
LIFETIME = "packages.lifetime.{setting}"
FREE_WEEKS = "{service}.free_weeks"

# Shares by place and age.
SHARES = {
    "outcomes_reablement": "reablement.outcomes",
    "outcomes_intermediate_care": "intermediate_care.outcomes",
    "outcomes_temporary": "temporary_placement.outcomes",
    "setting_at_home": "packages.at_home",
    "setting_in_care_home": "packages.in_care_home",
    "funding_at_home": "packages.funding_at_home",
    "funding_in_care_home": "packages.funding_in_care_home",
    "endings_at_home": "packages.endings.at_home",
    "endings_in_care_home": "packages.endings.in_care_home",
}

SCALARS = {
    "visit_intensive_days": "reablement.visits.intensive_days",
    "visit_hours_first": "reablement.visits.hours_a_week_first",
    "visit_hours_after": "reablement.visits.hours_a_week_after",
    "pressure_normal": "packages.pressure.normal_occupancy",
    "pressure_elasticity": "packages.pressure.elasticity",
    "pressure_floor": "packages.pressure.floor",
    "pressure_cap": "packages.pressure.cap",
}


def look_up(config: object, path: str) -> object:
    """Follow a dotted path of attributes from the root of a config."""
    for name in path.split("."):
        config = getattr(config, name)
    return config
