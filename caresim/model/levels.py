"""How many people are in hospital, delayed, supported, away from home, or without the care they need; see record.py."""

import numpy as np

from caresim.model.chance import DAY
from caresim.model.codes import AGES_UP, COUNCIL, DIRECT_PAYMENT, HOME_CARE, INTERMEDIATE_CARE, RESIDENTIAL
from caresim.model.jit import jit
from caresim.model.record import flow, level, note
from caresim.model.tables import F, STAY_BINS
from caresim.model.when import day_of, midnights, month_at, year_at

_1 = np.uint64(1)
PEOPLE, MINUTES, MIDNIGHTS = range(3)
F_EMERGENCY_DISCHARGES = F["emergency_discharges"]


# ---- in hospital


@jit
def bed_level(T, C, p, minute, change):
    """Change the number of people in hospital."""
    m = month_at(T, minute)
    level(T, C.beds[m, p.place, p.age], m, minute, change)


@jit
def delayed_level(T, C, p, minute, which, change):
    """Change the number ready in a bed (0), or of these the number whose assessment has been asked for (1)."""
    C.delayed[day_of(minute) + _1, T.unitary_of[p.place], which] += change


@jit
def stage_over(p, minute, following):
    """Add the stage that ends now to what this person waited for; the reason for waiting is now `following`."""
    if minute > p.stage_since:
        p.waited[p.stage] += minute - p.stage_since
        p.midnights[p.stage] += midnights(p.stage_since, minute)
        p.stage_since = minute
    p.stage = following


@jit
def waits_over(T, C, p, minute):
    """Count all that a person waited for in the bed, by pathway and reason, when the bed is left."""
    stage_over(p, minute, 0)
    m = month_at(T, minute)
    for reason in range(p.waited.size):
        if p.waited[reason] > 0:
            C.waits[m, p.place, p.pathway, reason, PEOPLE] += 1
            C.waits[m, p.place, p.pathway, reason, MINUTES] += p.waited[reason]
            C.waits[m, p.place, p.pathway, reason, MIDNIGHTS] += p.midnights[reason]
            p.waited[reason] = 0
            p.midnights[reason] = 0


@jit
def stay_over(T, C, p, minute, emergency):
    """Count a completed stay by its whole days; only emergencies."""
    if emergency:
        days = min((minute - p.came) // DAY, STAY_BINS - 1)
        C.stays[year_at(T, minute), p.place, p.age, days] += 1
        flow(T, C, p, minute, F_EMERGENCY_DISCHARGES)


# ---- with support, and away from home


@jit
def distinct(T, C, p, minute):
    """Count a supported person once in every year not yet counted, up to that of a minute."""
    y = year_at(T, minute)
    if p.supported > 0:
        for k in range(max(p.counted_year + 1, 0), y + 1):
            C.distinct[k, p.place, p.age, 0] += 1
        p.counted_year = max(p.counted_year, y)
    if p.supported == 2:
        for k in range(max(p.counted_year_long + 1, 0), y + 1):
            C.distinct[k, p.place, p.age, 1] += 1
        p.counted_year_long = max(p.counted_year_long, y)


@jit
def support_of(p):
    """Tell whether a person has council-paid support: 0 none, 1 short-term only, 2 long-term."""
    if p.setting >= 0 and p.funding == COUNCIL:
        return 2
    return 1 if p.service >= 0 else 0


@jit
def is_away(p):
    """Tell whether a person is in hospital, in a short-term bed or in a care home."""
    return 1 if p.in_bed or p.service >= INTERMEDIATE_CARE or p.setting >= RESIDENTIAL else 0


@jit
def supported_level(T, C, p, minute, support, sign):
    """Change the number of supported people."""
    m = month_at(T, minute)
    if support > 0:
        C.supported[m, p.place, p.age, 0] += sign
    if support == 2:
        C.supported[m, p.place, p.age, 1] += sign


@jit
def away_level(T, C, p, minute, change):
    """Change the number of people away from home."""
    m = month_at(T, minute)
    level(T, C.away[m, p.place, p.age], m, minute, change)


@jit
def recount(T, C, p, minute):
    """Bring all levels of people up to date after anything changed for a person, except those in hospital."""
    recount_unmet(T, C, p, minute)
    away = is_away(p)
    if away != p.away:
        away_level(T, C, p, minute, away - p.away)
        p.away = away
    now = support_of(p)
    if now != p.supported:
        distinct(T, C, p, minute)
        supported_level(T, C, p, minute, p.supported, -1)
        supported_level(T, C, p, minute, now, 1)
        year_before = np.int64(year_at(T, minute)) - 1
        if p.supported == 0:
            p.counted_year = max(p.counted_year, year_before)
        if p.supported != 2:
            p.counted_year_long = max(p.counted_year_long, year_before)
        p.supported = now
        distinct(T, C, p, minute)


@jit
def ages_up(T, C, log, order, p, minute):
    """Count a person from now on in the next age band."""
    distinct(T, C, p, minute)
    supported_level(T, C, p, minute, p.supported, -1)
    away_level(T, C, p, minute, -p.away)
    if p.in_bed:
        bed_level(T, C, p, minute, -1)
    p.age += 1
    note(C, log, order, p, minute, AGES_UP, -1, p.age)
    supported_level(T, C, p, minute, p.supported, 1)
    away_level(T, C, p, minute, p.away)
    if p.in_bed:
        bed_level(T, C, p, minute, 1)


@jit
def life_lost(T, C, p, minute):
    """Count the minutes from a death to the end of its year: they are not days at home."""
    y = year_at(T, minute)
    C.at_home_lost[y, p.place, p.age] += T.year_start[y + 1] - minute


# ---- without the care they need


@jit
def recount_unmet(T, C, p, minute):
    """Bring unmet need up to date: who waits at home for first support, and the hours a week that are missing."""
    if p.awaits and (p.in_bed or p.setting >= 0 or p.service >= 0):
        p.awaits = 0
    missing = hours_missing(p)
    if p.awaits != p.unmet or missing != p.hours_unmet:
        unmet_level(T, C, p, minute, p.awaits - p.unmet, missing - p.hours_unmet)
        p.unmet = p.awaits
        p.hours_unmet = missing


@jit
def hours_missing(p):
    """Give the hours a week that somebody at home has asked for beyond those held; none during an episode."""
    if (p.setting != HOME_CARE and p.setting != DIRECT_PAYMENT) or p.in_bed or p.service >= 0:
        return 0
    return max(p.asked_hours - p.hours, 0)


@jit
def unmet_level(T, C, p, minute, people, hours):
    """Change the people who wait at home for support, and the hours a week that are missing."""
    m = month_at(T, minute)
    level(T, C.unmet[m, p.place, 0], m, minute, people)
    level(T, C.unmet[m, p.place, 1], m, minute, hours)


@jit
def awaits_support(T, C, p, minute):
    """Count somebody at home from now on whose assessment has found that they are to have support."""
    p.awaits = 1
    recount_unmet(T, C, p, minute)
