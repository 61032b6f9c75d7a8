"""Leaving hospital: who is referred, on which pathway, who comes back, who dies soon after."""

import numpy as np

from caresim.model.chance import (
    D_ADAPTS, D_CAUSE, D_DIES, D_DIES_WHEN, D_GROWN_HOME, D_OFFERED, D_PRESCRIBED, D_READMITTED, D_READMITTED_WHEN,
    D_REFERRED, D_TEMPORARY, D_TO_ASSESS, D_WRAPPED, EXPONENTIAL, NEVER, WEIBULL, happens, quantile, uniform,
    whole_minutes,
)  # fmt: skip
from caresim.model.codes import (
    FALL, OTHER_EMERGENCY, PATHWAY_0, PATHWAY_1, PATHWAY_1_HOME_CARE, PATHWAY_2, PATHWAY_3, RESIDENTIAL, RESTART,
)  # fmt: skip
from caresim.model.jit import jit
from caresim.model.when import rules_at


@jit
def goes_back_as_before(T, p, need, minute):
    """Decide whether the package held before goes on: of residents always, of others while need is not far above."""
    R = rules_at(T, minute)
    return p.setting >= RESIDENTIAL or need <= R.restart_factor[p.place, p.age] * p.hours


@jit
def is_referred(T, key, p, need, minute):
    """Decide on a referral: likely above the threshold, possible below it (over-referral)."""
    R = rules_at(T, minute)
    above = need > R.referral_threshold_hours[p.place, p.age]
    share = R.referred_above[p.place, p.age] if above else R.referred_below[p.place, p.age]
    return happens(share, key, p.number, D_REFERRED, p.spell)


@jit
def pathway_by_need(R, p, need):
    """Give the pathway that need alone asks for."""
    if need > R.pathway_3_hours[p.place, p.age]:
        return PATHWAY_3
    if need > R.pathway_2_hours[p.place, p.age]:
        return PATHWAY_2
    return PATHWAY_1 if need > R.pathway_1_hours[p.place, p.age] else PATHWAY_0


@jit
def more_intense(pathway):
    """Give the next more intense pathway."""
    if pathway == PATHWAY_0:
        return PATHWAY_1
    return PATHWAY_2 if pathway == PATHWAY_1 else PATHWAY_3


@jit
def is_assessed_at_home(T, key, p, need, minute):
    """Decide whether somebody is discharged to assess."""
    R = rules_at(T, minute)
    share = R.to_assess[pathway_by_need(R, p, need), p.place, p.age]
    return share > 0.0 and happens(share, key, p.number, D_TO_ASSESS, p.spell)


@jit
def grown_pathway(R, key, p, need):
    """Give the pathway of somebody whose package has become too small."""
    wanted = pathway_by_need(R, p, need)
    if wanted == PATHWAY_3 and happens(R.grown_to_care_home[p.place, p.age], key, p.number, D_GROWN_HOME, p.spell):
        return PATHWAY_3
    if happens(R.grown_offered_reablement[p.place, p.age], key, p.number, D_OFFERED, p.spell):
        return PATHWAY_2 if wanted >= PATHWAY_2 else PATHWAY_1
    return PATHWAY_1_HOME_CARE


@jit
def prescribed_pathway(T, key, p, need, in_bed, minute):
    """Give the pathway that the assessment prescribes: sometimes one step more intense than need says."""
    R = rules_at(T, minute)
    if p.grown:
        return grown_pathway(R, key, p, need)
    pathway = pathway_by_need(R, p, need)
    share = R.over_prescribed_in_bed[p.place, p.age] if in_bed else R.over_prescribed_at_home[p.place, p.age]
    if happens(share, key, p.number, D_PRESCRIBED, p.spell):
        pathway = more_intense(pathway)
    if pathway == PATHWAY_1 and not happens(R.reablement_offered[p.place, p.age], key, p.number, D_OFFERED, p.spell):
        return PATHWAY_1_HOME_CARE
    return pathway


@jit
def needs_adaptation(T, key, p, minute):
    """Decide whether equipment or an adaptation has to be in place before going home."""
    share = rules_at(T, minute).adaptation_share[p.pathway, p.place, p.age]
    return share > 0.0 and happens(share, key, p.number, D_ADAPTS, p.spell)


@jit
def is_temporary(T, key, p, minute):
    """Decide whether a care home placement is temporary at first."""
    return happens(rules_at(T, minute).temporary_share[p.place, p.age], key, p.number, D_TEMPORARY, p.spell)


@jit
def lacks_support(T, p, need, pathway, minute):
    """Tell whether somebody goes home without the support that need asks for."""
    R = rules_at(T, minute)
    return pathway == PATHWAY_0 and need > R.pathway_1_hours[p.place, p.age]


@jit
def readmission_minute(T, key, p, minute, lacking):
    """Draw the one readmission within the follow-up of this discharge: its minute, or one that never comes."""
    R = rules_at(T, minute)
    share = R.readmitted_within_90_days[p.place, p.age]
    if lacking:
        share *= R.readmission_factor_support_missing[p.place, p.age]
    if happens(R.wrap_around_share[p.place, p.age], key, p.number, D_WRAPPED, p.spell):
        share *= R.readmission_factor_wrap_around[p.place, p.age]
    if not happens(share, key, p.number, D_READMITTED, p.spell):
        return NEVER
    u = uniform(key, p.number, D_READMITTED_WHEN, p.spell)
    days = within(T, R.readmission_after[p.place, p.age], R.readmission_in_time[p.place, p.age], u)
    return minute + min(whole_minutes(T, days), T.follow_up)


@jit
def within(T, d, share, u):
    """Draw from the lower part of a distribution, which holds this share of it: the distribution cut off above."""
    u *= share
    if d.zero_share > 0.0:
        if u < d.zero_share:
            return u / d.zero_share
        u = (u - d.zero_share) / (1.0 - d.zero_share)
    if d.family == EXPONENTIAL or d.family == WEIBULL:  # their quantiles count from above
        u = 1.0 - u
    return quantile(T, d, u)


@jit
def death_minute(T, key, p, minute, pathway):
    """Draw death within 91 days of this discharge, evenly spread: its minute, or one that never comes."""
    R = rules_at(T, minute)
    if pathway == PATHWAY_0 or pathway == RESTART:
        share = R.death_within_91_days[p.place, p.age]
    else:
        share = R.death_within_91_days_supported[p.place, p.age]
        if pathway == PATHWAY_2:
            share *= R.death_factor_pathway_2[p.place, p.age]
    if not happens(share, key, p.number, D_DIES, p.spell):
        return NEVER
    return minute + whole_minutes(T, 91.0 * uniform(key, p.number, D_DIES_WHEN, p.spell))


@jit
def readmission_cause(T, key, p, minute):
    """Draw the cause of an admission from care or of a readmission: a fall, or another emergency."""
    share = rules_at(T, minute).fall_share_from_care[p.place, p.age]
    return np.int64(FALL if happens(share, key, p.number, D_CAUSE, p.spell) else OTHER_EMERGENCY)
