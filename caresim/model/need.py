"""Need: hours of care a week, what a stay in hospital does to it, and what is left of that later."""

import math

import numpy as np

from caresim.model.chance import D_NEED, DAY, draw
from caresim.model.codes import FROM_HOSPITAL
from caresim.model.jit import jit
from caresim.model.when import rules_at

RULE_NONE, RULE_STEP, RULE_RAMP = range(3)


@jit
def first_need(T, key, p, minute):
    """Draw the underlying need of a new person: from the population, or of somebody who asks for help."""
    R = rules_at(T, minute)
    d = R.first_need[p.place, p.age] if p.origin == FROM_HOSPITAL else R.request_need[p.place, p.age]
    return draw(T, d, key, p.number, D_NEED, 0)


@jit
def start_hours(T, key, p):
    """Draw the hours of somebody who is in care at the start."""
    return draw(T, rules_at(T, 0).start_hours[p.place, p.age], key, p.number, D_NEED, 0)


@jit
def deconditioning(T, p, minute, minutes_in_hospital):
    """Give the factor by which a stay so far has raised need: a step, a ramp, or none."""
    R = rules_at(T, minute)
    days = minutes_in_hospital / DAY
    beyond = days - R.decondition_after_days[p.place, p.age]
    if beyond <= 0.0 or R.decondition_rule == RULE_NONE:
        return 1.0
    if R.decondition_rule == RULE_STEP:
        return R.decondition_factor[p.place, p.age]
    return 1.0 + R.decondition_per_day[p.place, p.age] * beyond


@jit
def need_now(T, p, minute):
    """Give the need at a minute, in hours a week: N0 times what is left of deconditioning, up to the cap."""
    R = rules_at(T, minute)
    factor = p.decondition
    share = R.recovery_share[p.place, p.age]
    if share > 0.0 and factor > 1.0 and not p.in_bed:
        half_lives = (minute - p.deconditioned_at) / (DAY * R.recovery_half_life_days[p.place, p.age])
        factor = 1.0 + (factor - 1.0) * (1.0 - share * (1.0 - math.pow(0.5, half_lives)))
    return max(p.n0, min(p.n0 * factor, R.decondition_cap_hours[p.place, p.age]))


@jit
def harden(T, p, minute):
    """Take a stay's effect on need as it is now: at being ready and at the real discharge."""
    p.decondition = deconditioning(T, p, minute, minute - p.came)
    p.deconditioned_at = minute


@jit
def settle_need(p, need):
    """Make `need` the underlying need: after reablement or a review nothing of the stay's effect is left apart."""
    p.n0 = need
    p.decondition = 1.0


@jit
def whole_hours(need):
    """Round a need to the hours a week of a package: whole hours, at least one."""
    return max(np.int64(1), np.int64(need + 0.5))


@jit
def package_hours(T, p, minute):
    """Give the hours a week of a package for the need at a minute; no package is larger than the cap on need."""
    cap = np.int64(rules_at(T, minute).decondition_cap_hours[p.place, p.age])
    return min(whole_hours(need_now(T, p, minute)), max(np.int64(1), cap))


@jit
def tenths(need):
    """Write a need for the event log: tenths of an hour a week."""
    return np.int64(need * 10.0 + 0.5)
