"""Long-term packages: setting, funding, how long they last, how they end, and admission from them."""

import numpy as np

from caresim.model.chance import (
    D_ENDING, D_FUNDING, D_HAZARD, D_LIFETIME, D_MONEY, D_REQUEST, D_RESIDUAL, D_SETTING, DAY, NEVER, YEAR, choose,
    quantile, span, uniform, whole_minutes,
)  # fmt: skip
from caresim.model.codes import HOME_CARE, RESIDENTIAL, SUPPORTED_LIVING
from caresim.model.jit import jit
from caresim.model.when import month_at, pool_at, rules_at

import math

NO_POOL = -1
FIRST_MARKET = 5
REQUEST_NOTHING, REQUEST_REABLEMENT, REQUEST_PACKAGE, REQUEST_CARE_HOME = range(4)


@jit
def market_of(T, p, setting, minute):
    """Give the pool that a setting uses; direct payments use none."""
    if setting == HOME_CARE:
        return pool_at(T, FIRST_MARKET, p, minute)
    if setting >= SUPPORTED_LIVING:
        return pool_at(T, FIRST_MARKET + setting - 1, p, minute)
    return NO_POOL


@jit
def units_of(setting, hours):
    """Give what a package takes from its pool: its hours, or one bed."""
    return hours if setting == HOME_CARE else 1


@jit
def package_setting(T, key, p, care_home, minute):
    """Draw the setting of a package, at home or in a care home, by age."""
    R = rules_at(T, minute)
    occurrence = 2 * p.package + (1 if care_home else 0)
    if care_home:
        return RESIDENTIAL + choose(R.setting_in_care_home[p.place, p.age], key, p.number, D_SETTING, occurrence)
    return choose(R.setting_at_home[p.place, p.age], key, p.number, D_SETTING, occurrence)


@jit
def request_leads_to(T, key, p, minute):
    """Draw what an assessment outside hospital leads to: nothing, reablement, a package, a care home."""
    R = rules_at(T, minute)
    u = uniform(key, p.number, D_REQUEST, 0)
    u -= R.request_reablement[p.origin, p.place, p.age]
    if u < 0.0:
        return REQUEST_REABLEMENT
    u -= R.request_package[p.origin, p.place, p.age]
    if u < 0.0:
        return REQUEST_PACKAGE
    u -= R.request_care_home[p.origin, p.place, p.age]
    return REQUEST_CARE_HOME if u < 0.0 else REQUEST_NOTHING


@jit
def package_funding(T, key, p, setting, minute):
    """Draw who pays, at the first long-term package; after a recovery anew, with the same number."""
    R = rules_at(T, minute)
    if setting >= RESIDENTIAL:
        return choose(R.funding_in_care_home[p.place, p.age], key, p.number, D_FUNDING, 0)
    return choose(R.funding_at_home[p.place, p.age], key, p.number, D_FUNDING, 0)


@jit
def money_minute(T, key, p, minute):
    """Draw the minute at which a self-funder's money runs out."""
    rate = rules_at(T, minute).money_runs_out[p.place, p.age]
    if rate <= 0.0:
        return NEVER
    return minute + whole_minutes(T, -math.log(uniform(key, p.number, D_MONEY, 0)) * YEAR / rate / DAY)


@jit
def lifetime_minutes(T, key, p, minute):
    """Draw the remaining lifetime of a package outside hospital; at the start, from the equilibrium distribution."""
    if p.residual_first:
        u = uniform(key, p.number, D_RESIDUAL, 0)
        return whole_minutes(T, quantile(T, T.residual[p.setting, p.place, p.age], u))
    return span(T, rules_at(T, minute).lifetime[p.setting, p.place, p.age], key, p.number, D_LIFETIME, p.package)


@jit
def ending(T, key, p, minute):
    """Draw how a package ends: death, a care home, recovery."""
    R = rules_at(T, minute)
    if p.setting >= RESIDENTIAL:
        return choose(R.endings_in_care_home[p.place, p.age], key, p.number, D_ENDING, p.package)
    return choose(R.endings_at_home[p.place, p.age], key, p.number, D_ENDING, p.package)


@jit
def held_open(T, p, minute):
    """Give the minutes for which a package is kept while its person is in hospital."""
    return whole_minutes(T, rules_at(T, minute).held_open_days[p.setting, p.place, p.age])


@jit
def hazard_to(T, p, minute):
    """Add up the hazard of admission in this setting and age band from the start to a minute."""
    h = T.hazard[p.setting, p.place, p.age]
    m = month_at(T, min(minute, T.horizon - 1))
    start = T.month_start[m]
    return h[m] + (h[m + 1] - h[m]) * (minute - start) / (T.month_start[m + 1] - start)


@jit
def admission_minute(T, p):
    """Spend what is left of the unit exponential at the hazard in force: the minute of admission, or never."""
    h = T.hazard[p.setting, p.place, p.age]
    if p.hazard_from >= T.horizon:
        return NEVER
    goal = hazard_to(T, p, p.hazard_from) + p.hazard_left
    if goal >= h[T.months]:
        return NEVER
    low, high = 0, T.months
    while high - low > 1:
        middle = (low + high) // 2
        if h[middle] <= goal:
            low = middle
        else:
            high = middle
    length = T.month_start[low + 1] - T.month_start[low]
    minute = T.month_start[low] + np.int64((goal - h[low]) / (h[low + 1] - h[low]) * length)
    return p.hazard_from + whole_minutes(T, (minute - p.hazard_from) / DAY)


@jit
def start_hazard(T, key, p, minute):
    """Draw the unit exponential of the next admission from care and give its minute; it is spent from `minute` on."""
    p.hazard_left = -math.log(uniform(key, p.number, D_HAZARD, (np.int64(p.spell) << 16) | p.package))
    p.hazard_from = minute
    return admission_minute(T, p)


@jit
def spend_hazard(T, p, minute):
    """Take off what has been spent up to `minute`, before the setting or the age band changes."""
    if minute > p.hazard_from:
        p.hazard_left -= hazard_to(T, p, minute) - hazard_to(T, p, p.hazard_from)
        p.hazard_from = minute
