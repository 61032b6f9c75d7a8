"""Living with a package: start, resume, review, growth, more or fewer hours, a move to a care home, its end."""

from caresim.engines.contract import (
    ADMISSION, BIRTHDAY, GROWTH, MONEY, PACKAGE_END, RETENTION, REVIEW_DONE, REVIEW_DUE, SOURCED, STEP,
)  # fmt: skip
from caresim.engines.kernel.holding import leave, leave_units, request, ring_at, take, withdraw
from caresim.engines.kernel.leaving import ask_team, begin_review, die, discharge, home_without_support
from caresim.engines.kernel.states import AT_HOME, FOR_PACKAGE, SOURCING
from caresim.model.arrival import TEN_YEARS, next_birthday
from caresim.model.chance import WEEK
from caresim.model.codes import (
    ENDS_BY_DEATH, ENDS_IN_CARE_HOME, HOME_CARE, PACKAGE, PATHWAY_3, RESIDENTIAL, SELF, SLOT, TEAM,
    WORK_AT_HOME, WORK_REVIEW,
)  # fmt: skip
from caresim.model.jit import jit
from caresim.model.need import harden, package_hours
from caresim.model.package import (
    NO_POOL, admission_minute, ending, held_open, lifetime_minutes, market_of, money_minute, package_setting,
    spend_hazard, start_hazard, units_of,
)  # fmt: skip
from caresim.model.levels import ages_up
from caresim.model.review import grow, growth_wait, review_need, review_wait
from caresim.model.support import (
    assessed, episode_ends, grown, has_hours, hours_asked, hours_change, money_runs_out, package_ended_by, package_ends,
    package_lapses, package_resumes, package_starts, reviewed,
)  # fmt: skip
from caresim.model.tables import N_AGES
from caresim.model.waiting import NO_LIMIT, assessment_skipped, sourcing_minutes, week_with_room

RANK_NEW, RANK_MORE = 0, 1  # in a market that binds, a new package comes before extra hours


@jit
def sourced_at(w, T, p, setting):
    """Give the minute at which a package asked for now has been found."""
    pool = market_of(T, p, setting, w.now)
    limited = pool != NO_POOL and T.limited[pool]
    in_use, capacity = (w.in_use[pool], w.capacity[pool]) if limited else (0, NO_LIMIT)
    minute = w.now + sourcing_minutes(T, w.key64, p, setting, in_use, capacity, w.now)
    if pool != NO_POOL and T.starts_a_week[pool] > 0:
        week, booked = week_with_room(T, pool, minute // WEEK, w.booked_week[pool], w.booked[pool])
        w.booked_week[pool] = week
        w.booked[pool] = booked
        minute = max(minute, week * WEEK)
    return minute


@jit
def source_package(w, T, C, log, p, s, care_home):
    """Ask the market for a package: what is asked for is known now, when it is found is drawn now."""
    if p.grown and not care_home and 0 <= p.setting < RESIDENTIAL:
        p.asked_setting = p.setting
    else:
        p.asked_setting = package_setting(T, w.key64, p, care_home, w.now)
    p.doing = SOURCING
    ring_at(w, T, p, s, STEP, sourced_at(w, T, p, p.asked_setting))


@jit
def package_sourced(w, T, C, log, p, s):
    """Take the package that has been found, or queue for its capacity where the market binds."""
    if p.in_bed:
        harden(T, p, w.now)
    p.asked_hours = package_hours(T, p, w.now)
    pool = market_of(T, p, p.asked_setting, w.now)
    units = units_of(p.asked_setting, p.asked_hours)
    if p.pool[PACKAGE] == pool:
        units -= p.units[PACKAGE]
    if pool != NO_POOL and units > 0:
        if T.queues[pool]:
            p.doing = FOR_PACKAGE
            request(w, T, C, log, p, s, pool, PACKAGE, units, RANK_NEW, w.now)
            return
        take(w, T, C, log, p, pool, PACKAGE, units)
    start_package(w, T, C, log, p, s)


@jit
def start_package(w, T, C, log, p, s):
    """Begin with the package; then leave the bed or the episode that was held until now."""
    setting = p.asked_setting
    keeps_lifetime = p.left_over >= 0 and 0 <= p.setting < RESIDENTIAL and setting < RESIDENTIAL
    if p.hazard_left >= 0.0 and p.setting >= 0:
        spend_hazard(T, p, w.now)
    is_first = p.funding < 0 or p.self_arranged
    p.moving = 0
    package_starts(T, C, log, w.order, w.key64, p, w.now, setting, p.asked_hours)
    if market_of(T, p, setting, w.now) == NO_POOL:
        leave(w, T, C, log, p, PACKAGE)
    else:
        leave_units(w, T, C, log, p, PACKAGE, p.units[PACKAGE] - units_of(setting, p.asked_hours))
    if is_first:
        first_package(w, T, p, s)
    left = p.left_over if keeps_lifetime else lifetime_minutes(T, w.key64, p, w.now)
    ring_at(w, T, p, s, PACKAGE_END, w.now + left)
    leave_for_package(w, T, C, log, p, s)
    live_at_home(w, T, C, log, p, s)


@jit
def leave_for_package(w, T, C, log, p, s):
    """Leave the bed or the episode in which somebody waited for the package."""
    p.rings[RETENTION] = -1
    p.left_over = -1
    if p.in_bed:
        discharge(w, T, C, log, p, s, p.pathway)
    leave(w, T, C, log, p, SLOT)
    episode_ends(T, C, log, w.order, p, w.now)


@jit
def first_package(w, T, p, s):
    """Set the clocks that run from the first long-term package on: money of one's own, and birthdays."""
    p.self_arranged = 0
    if p.funding == SELF:
        ring_at(w, T, p, s, MONEY, money_minute(T, w.key64, p, w.now))
    ring_at(w, T, p, s, BIRTHDAY, max(next_birthday(T, w.key64, p), w.now + 1))


@jit
def live_at_home(w, T, C, log, p, s):
    """Set the clocks of somebody who lives with a package, at home or in a care home."""
    p.doing = AT_HOME
    if p.setting < 0:
        home_without_support(w, T, C, log, p, s)
        return
    ring_at(w, T, p, s, REVIEW_DUE, w.now + review_wait(T, w.key64, p, w.now))
    if p.setting < RESIDENTIAL:
        ring_at(w, T, p, s, GROWTH, w.now + growth_wait(T, w.key64, p, w.now))
    else:
        p.rings[GROWTH] = -1
    if p.hazard_left >= 0.0:
        ring_at(w, T, p, s, ADMISSION, admission_minute(T, p))
    elif p.rings[ADMISSION] < 0:
        begins = max(w.now, p.left_at + T.follow_up)
        ring_at(w, T, p, s, ADMISSION, start_hazard(T, w.key64, p, begins))
    p.residual_first = 0
    if p.moving:
        move_to_care_home(w, T, p, s)


@jit
def resume_package(w, T, C, log, p, s):
    """Go on with the package held before admission; its remaining lifetime was frozen."""
    package_resumes(C, log, w.order, p, w.now)
    p.rings[RETENTION] = -1
    left = p.left_over if p.left_over > 0 else lifetime_minutes(T, w.key64, p, w.now)
    p.left_over = -1
    if not p.moving:
        ring_at(w, T, p, s, PACKAGE_END, w.now + left)
    live_at_home(w, T, C, log, p, s)
    adjust_hours(w, T, C, log, p, s)


@jit
def retention_over(w, T, C, log, p, s):
    """Lose the package that was held open; whoever queues for more of it now needs all of it."""
    package_lapses(T, C, log, w.order, p, w.now)
    p.left_over = -1
    p.moving = 0
    leave(w, T, C, log, p, PACKAGE)
    if p.doing == FOR_PACKAGE and p.ask_key >= 0:
        since, pool = p.ask_since, p.ask_pool
        request(w, T, C, log, p, s, pool, PACKAGE, units_of(p.asked_setting, p.asked_hours), RANK_NEW, since)


# ---- reviews, growth and hours


@jit
def review_due(w, T, C, log, p, s):
    """Ask for the yearly review; it is done when a social worker is free, and settles what was asked for before."""
    if p.units[TEAM] > 0 or p.moving:  # still being assessed, or about to move: the review is put off
        ring_at(w, T, p, s, REVIEW_DUE, w.now + review_wait(T, w.key64, p, w.now))
        return
    withdraw(w, T, C, log, p)
    if assessment_skipped(T, p, WORK_REVIEW, w.now):
        p.ask_work = WORK_REVIEW
        review_done(w, T, C, log, p, s)
    elif ask_team(w, T, C, log, p, s, WORK_REVIEW):
        begin_review(w, T, p, s)


@jit
def review_done(w, T, C, log, p, s):
    """Set need to what the review finds, and hours to the need."""
    leave(w, T, C, log, p, TEAM)
    if p.ask_work == WORK_AT_HOME:
        assessed(T, C, log, w.order, p, w.now, p.pathway)
        if p.rings[PACKAGE_END] >= 0:  # lives with a package: what grew meanwhile is asked for now
            adjust_hours(w, T, C, log, p, s)
        return
    if p.setting < 0:
        return
    review_need(T, w.key64, p, w.now)
    reviewed(T, C, log, w.order, p, w.now)
    ring_at(w, T, p, s, REVIEW_DUE, w.now + review_wait(T, w.key64, p, w.now))
    adjust_hours(w, T, C, log, p, s)


@jit
def need_grows(w, T, C, log, p, s):
    """Let need grow by a step; while a review is asked for or under way, that settles the hours."""
    grow(T, p, w.now)
    grown(C, log, w.order, p, w.now)
    ring_at(w, T, p, s, GROWTH, w.now + growth_wait(T, w.key64, p, w.now))
    if not in_review(p):
        adjust_hours(w, T, C, log, p, s)


@jit
def in_review(p):
    """Tell whether a social worker is asked for or at work."""
    return p.units[TEAM] > 0 or (p.ask_key >= 0 and p.ask_role == TEAM)


@jit
def adjust_hours(w, T, C, log, p, s):
    """Ask for the hours that are missing, give back those too many; only where care is counted in hours."""
    if not has_hours(p):
        return
    if hours_asked(T, C, p, w.now) > p.hours:
        if p.rings[SOURCED] < 0 and p.ask_key < 0:
            ring_at(w, T, p, s, SOURCED, sourced_at(w, T, p, p.setting))
    elif p.asked_hours < p.hours:
        p.rings[SOURCED] = -1
        if p.ask_key >= 0 and p.ask_role == PACKAGE:
            withdraw(w, T, C, log, p)
        if p.setting == HOME_CARE:
            leave_units(w, T, C, log, p, PACKAGE, p.hours - p.asked_hours)
        hours_change(T, C, log, w.order, p, w.now, p.asked_hours)


@jit
def extra_sourced(w, T, C, log, p, s):
    """Take what has been found for somebody at home: extra hours, or the place in a care home."""
    if p.moving:
        withdraw(w, T, C, log, p)
        leave(w, T, C, log, p, TEAM)
        p.rings[REVIEW_DONE] = -1
        package_sourced(w, T, C, log, p, s)
        return
    if p.asked_hours <= p.hours or in_review(p):
        return
    if p.setting == HOME_CARE:
        pool = market_of(T, p, p.setting, w.now)
        extra = p.asked_hours - (p.units[PACKAGE] if p.pool[PACKAGE] == pool else 0)  # all, if a substitute is held
        if T.queues[pool]:
            request(w, T, C, log, p, s, pool, PACKAGE, extra, RANK_MORE, w.now)
            return
        take(w, T, C, log, p, pool, PACKAGE, extra)
    hours_change(T, C, log, w.order, p, w.now, p.asked_hours)


@jit
def package_granted(w, T, C, log, p, s):
    """Begin with what the queue of a binding market has granted: a package, or extra hours."""
    if p.doing == FOR_PACKAGE:
        start_package(w, T, C, log, p, s)
    else:
        hours_change(T, C, log, w.order, p, w.now, p.units[PACKAGE])


# ---- the end of a package


@jit
def move_to_care_home(w, T, p, s):
    """Look for a place in a care home; the package at home goes on until it is found."""
    p.moving = 1
    p.pathway = PATHWAY_3
    p.asked_setting = package_setting(T, w.key64, p, True, w.now)
    ring_at(w, T, p, s, SOURCED, sourced_at(w, T, p, p.asked_setting))


@jit
def package_over(w, T, C, log, p, s):
    """End the package as drawn: by death, in a care home, by recovery."""
    how = ending(T, w.key64, p, w.now)
    package_ended_by(T, C, p, w.now, how)
    if how == ENDS_BY_DEATH:
        die(w, T, C, log, p, s)
    elif how == ENDS_IN_CARE_HOME and p.setting < RESIDENTIAL:
        move_to_care_home(w, T, p, s)
    else:
        recover(w, T, C, log, p, s)


@jit
def recover(w, T, C, log, p, s):
    """Live without support again."""
    withdraw(w, T, C, log, p)
    leave(w, T, C, log, p, TEAM)
    leave(w, T, C, log, p, PACKAGE)
    package_ends(T, C, log, w.order, p, w.now)
    for kind in (REVIEW_DONE, REVIEW_DUE, GROWTH, SOURCED, MONEY, BIRTHDAY):
        p.rings[kind] = -1
    if p.hazard_left >= 0.0:  # not the readmission drawn at the last discharge
        p.rings[ADMISSION] = -1
        p.hazard_left = -1.0
    p.funding = -1
    home_without_support(w, T, C, log, p, s)


@jit
def birthday(w, T, C, log, p, s):
    """Move up an age band; the hazard of admission is spent so far at the old one."""
    runs = p.hazard_left >= 0.0 and p.setting >= 0
    if runs:
        spend_hazard(T, p, w.now)
    ages_up(T, C, log, w.order, p, w.now)
    if runs:
        ring_at(w, T, p, s, ADMISSION, admission_minute(T, p))
    if p.age < N_AGES - 1:
        p.birthday = w.now + TEN_YEARS
        ring_at(w, T, p, s, BIRTHDAY, p.birthday)


@jit
def money_gone(w, T, C, log, p):
    """Let the council pay for somebody whose own money has run out."""
    money_runs_out(T, C, log, w.order, p, w.now)


@jit
def stop_living(w, T, C, log, p, s):
    """Leave home for hospital: requests, reviews and episodes end, the package is frozen and held open for a while."""
    withdraw(w, T, C, log, p)
    leave(w, T, C, log, p, TEAM)
    leave(w, T, C, log, p, SLOT)
    episode_ends(T, C, log, w.order, p, w.now)
    for kind in (REVIEW_DONE, REVIEW_DUE, GROWTH, SOURCED, STEP):
        p.rings[kind] = -1
    if p.setting >= 0:
        if p.rings[PACKAGE_END] >= 0:
            p.left_over = p.rings[PACKAGE_END] - w.now
        p.rings[PACKAGE_END] = -1
        if p.rings[RETENTION] < 0:
            ring_at(w, T, p, s, RETENTION, w.now + held_open(T, p, w.now))
    p.hazard_left = -1.0
