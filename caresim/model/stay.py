"""The acute stay: how long until ready, and who dies in hospital."""

from caresim.model.chance import (
    D_DEATH,
    D_DEATH_WAITING,
    D_RESIDUAL,
    D_STAY,
    DAY,
    YEAR,
    draw,
    happens,
    quantile,
    uniform,
    whole_minutes,
)
from caresim.model.codes import HOME_CARE, PLANNED, RESIDENTIAL
from caresim.model.jit import jit
from caresim.model.when import rules_at

import math

WEEK_OF_STAY = 7 * DAY


@jit
def stay_minutes(T, key, p, minute):
    """Draw the time from admission until ready; people from care have their own share of same-day stays."""
    R = rules_at(T, minute)
    d = R.stay[p.cause, p.place, p.age]
    if p.setting < 0 or p.cause == PLANNED:
        return whole_minutes(T, draw(T, d, key, p.number, D_STAY, p.spell))
    u = uniform(key, p.number, D_STAY, p.spell)
    zero = R.zero_share_from_care[p.place, p.age]
    if u < zero:
        return whole_minutes(T, u / zero)
    return whole_minutes(T, quantile(T, d, (u - zero) / (1.0 - zero)))


@jit
def residual_stay_minutes(T, key, p):
    """Draw what is left of a stay that is under way at the start."""
    return whole_minutes(T, quantile(T, T.residual_stay[p.place, p.age], uniform(key, p.number, D_RESIDUAL, 0)))


@jit
def dies_in_hospital(T, key, p, minute):
    """Decide, at the end of the stay, whether it ended in death: by age, stay and support before."""
    R = rules_at(T, minute)
    if p.setting >= RESIDENTIAL:
        share = R.death_share_care_home[p.place, p.age]
    elif p.setting >= HOME_CARE:
        share = R.death_share[p.place, p.age] * R.death_factor_home_care[p.place, p.age]
    else:
        share = R.death_share[p.place, p.age]
    if p.cause == PLANNED:
        share *= R.death_factor_planned[p.place, p.age]
    if minute - p.came > WEEK_OF_STAY:
        share *= R.death_factor_long_stay[p.place, p.age]
    return happens(share, key, p.number, D_DEATH, p.spell)


@jit
def death_while_waiting(T, key, p, minute):
    """Draw the minute of death of somebody who waits in the bed, by a constant hazard; may lie far beyond discharge."""
    hazard = rules_at(T, minute).death_while_waiting[p.place, p.age]
    if hazard <= 0.0:
        return T.horizon
    wait = -math.log(uniform(key, p.number, D_DEATH_WAITING, p.spell)) * YEAR / hazard
    return minute + whole_minutes(T, wait / DAY)
