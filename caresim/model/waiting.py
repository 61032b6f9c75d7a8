"""Waiting between being ready and going: how long each stage takes once it has begun."""

import math

import numpy as np

from caresim.model.chance import (
    D_ADAPTING, D_ARRANGING, D_ASSESSING, D_REFERRAL, D_RESTART, D_REVIEWING, D_SOURCING, NOTHING, draw, span,
    whole_minutes,
)  # fmt: skip
from caresim.model.codes import (
    FROM_COMING_OF_AGE, FROM_SAFEGUARDING, PATHWAY_3, WORK_AT_HOME,
    WORK_COMING_OF_AGE, WORK_COMMUNITY, WORK_HOSPITAL, WORK_SAFEGUARDING,
)  # fmt: skip
from caresim.model.discharge import pathway_by_need
from caresim.model.jit import jit
from caresim.model.when import rules_at

SKIPPED = -1
NO_LIMIT = -1


@jit
def work_of_request(p):
    """Give the class of work of a request that does not come from hospital."""
    if p.origin == FROM_SAFEGUARDING:
        return WORK_SAFEGUARDING
    return WORK_COMING_OF_AGE if p.origin == FROM_COMING_OF_AGE else WORK_COMMUNITY


@jit
def referral_minutes(T, key, p, minute):
    """Draw the time from being ready to the assessment being asked; SKIPPED where the stage is left out."""
    d = rules_at(T, minute).referral[p.place, p.age]
    return SKIPPED if d.family == NOTHING else span(T, d, key, p.number, D_REFERRAL, p.spell)


@jit
def assessment_minutes(T, key, p, work, need, minute):
    """Draw the working time of an assessment; twice as long where a care home is in question; a minute if left out."""
    R = rules_at(T, minute)
    d = R.assessing[work, p.place, p.age]
    if d.family == NOTHING:
        return whole_minutes(T, 0.0)
    days = draw(T, d, key, p.number, D_ASSESSING, p.spell)
    if work == WORK_HOSPITAL and pathway_by_need(R, p, need) == PATHWAY_3:
        days *= R.assessment_factor_pathway_3[p.place, p.age]
    return whole_minutes(T, days)


@jit
def review_minutes(T, key, p, work, minute):
    """Draw the working time of a review, or of the assessment at home after a discharge to assess."""
    d = rules_at(T, minute).assessing[work, p.place, p.age]
    if d.family == NOTHING:
        return whole_minutes(T, 0.0)
    occurrence = p.spell if work == WORK_AT_HOME else (np.int64(p.package) << 16) | p.review
    return span(T, d, key, p.number, D_ASSESSING if work == WORK_AT_HOME else D_REVIEWING, occurrence)


@jit
def adaptation_minutes(T, key, p, minute):
    """Draw the working time of an installation."""
    return span(T, rules_at(T, minute).adaptation[p.place, p.age], key, p.number, D_ADAPTING, p.spell)


@jit
def arrangement_minutes(T, key, p, minute):
    """Draw the time to arrange what comes next (brokerage, family choice); SKIPPED where the stage is left out."""
    d = rules_at(T, minute).arrangement[p.pathway, p.place, p.age]
    return SKIPPED if d.family == NOTHING else span(T, d, key, p.number, D_ARRANGING, p.spell)


@jit
def restart_minutes(T, key, p, minute):
    """Draw the time until the package held before goes on."""
    d = rules_at(T, minute).restart[p.setting, p.place, p.age]
    return SKIPPED if d.family == NOTHING else span(T, d, key, p.number, D_RESTART, p.spell)


@jit
def assessment_skipped(T, p, work, minute):
    """Tell whether this class of work is left out of the scenario."""
    return rules_at(T, minute).assessing[work, p.place, p.age].family == NOTHING


@jit
def pressure(R, in_use, capacity):
    """Give the factor on sourcing times: (occupancy / normal occupancy) ** elasticity, within floor and cap."""
    if capacity == NO_LIMIT:
        return 1.0
    occupancy = in_use / capacity if capacity > 0 else math.inf  # a market that has closed is as full as can be
    factor = math.pow(occupancy / R.pressure_normal, R.pressure_elasticity)
    return min(max(factor, R.pressure_floor), R.pressure_cap)


@jit
def sourcing_minutes(T, key, p, setting, in_use, capacity, minute):
    """Draw the time to find a package, longer the fuller its market is at the moment of asking; a minute if left out.

    `in_use` and `capacity` are those of the market's pool, which may have NO_LIMIT.
    """
    R = rules_at(T, minute)
    d = R.sourcing[setting, p.place, p.age]
    if d.family == NOTHING:
        return whole_minutes(T, 0.0)
    changes = (p.review << 16) | (p.growths << 4) | p.asked_setting & 15
    days = draw(T, d, key, p.number, D_SOURCING, (np.int64(p.package) << 44) | (np.int64(p.spell) << 32) | changes)
    return whole_minutes(T, days * pressure(R, in_use, capacity))


@jit
def week_with_room(T, pool, week, booked_week, booked):
    """Find the first week from `week` on in which the market can still start a package; returns it and its bookings."""
    if week > booked_week:
        return week, 1
    if booked >= T.starts_a_week[pool]:
        return booked_week + 1, 1
    return booked_week, booked + 1
