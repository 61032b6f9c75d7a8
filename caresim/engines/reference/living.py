"""Living with a package: its clocks, reviews, growth, more or fewer hours, a move to a care home, its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caresim.engines.contract import (
    ADMISSION, BIRTHDAY, DAY_91, GROWTH, MONEY, PACKAGE_END, PATIENCE, RETENTION, REVIEW_DONE, REVIEW_DUE, SOURCED,
    STEP,
)  # fmt: skip
from caresim.engines.reference import decisions, facts
from caresim.engines.reference.leaving import ask_social_worker
from caresim.engines.reference.person import Person
from caresim.model.arrival import TEN_YEARS
from caresim.model.codes import (
    HOME_CARE, PACKAGE, PATHWAY_3, RESIDENTIAL, SELF, SLOT, TEAM,
    WORK_AT_HOME, WORK_REVIEW,
)  # fmt: skip
from caresim.model.package import NO_POOL
from caresim.model.tables import N_AGES
from caresim.model.waiting import NO_LIMIT

if TYPE_CHECKING:
    from caresim.engines.reference.person import Beside
    from caresim.engines.reference.pool import Pool

RANK_NEW, RANK_MORE = 0, 1  # in a market that binds, a new package comes before extra hours


def market(p: Person, setting: int) -> Pool | None:
    """Find the market of a setting; direct payments use none."""
    number = p.decide(decisions.market_of, setting)
    return None if number == NO_POOL else p.world.pools[number]


def sourced_at(p: Person, setting: int) -> int:
    """Give the minute at which a package asked for now has been found."""
    pool = market(p, setting)
    in_use, capacity = (pool.in_use, pool.capacity) if pool and pool.is_limited else (0, NO_LIMIT)
    minute = p.env.now + p.decide(decisions.sourcing_minutes, setting, in_use, capacity)
    return pool.book_start(minute) if pool else minute


# ---- the story


def settle_in(p: Person) -> None:
    """Set the clocks of somebody who lives with a package, at home or in a care home."""
    known, now = p.known, p.env.now
    p.set(REVIEW_DUE, now + p.decide(decisions.review_wait))
    if known["setting"] < RESIDENTIAL:
        p.set(GROWTH, now + p.decide(decisions.growth_wait))
    else:
        p.clear(GROWTH)
    if known["hazard_left"] >= 0.0:
        p.set(ADMISSION, p.decide(decisions.admission_minute))
    elif ADMISSION not in p.due:
        begins = max(now, int(known["left_at"]) + p.world.follow_up)
        p.set(ADMISSION, decisions.start_hazard(p.world.T, p.world.key, p.record, begins))
    known["residual_first"] = 0
    if known["moving"]:
        look_for_care_home(p)


def look_for_care_home(p: Person) -> None:
    """Look for a place in a care home; the package at home goes on until it is found."""
    p.known["moving"] = 1
    p.known["pathway"] = PATHWAY_3
    p.known["asked_setting"] = p.decide(decisions.package_setting, True)
    p.set(SOURCED, sourced_at(p, int(p.known["asked_setting"])))


def stop_living(p: Person) -> None:
    """Leave home for hospital: requests, reviews and episodes end; the package is frozen and held open for a while."""
    known, now = p.known, p.env.now
    p.withdraw()
    p.leave(TEAM)
    p.leave(SLOT)
    p.fact(facts.episode_ends)
    p.clear(REVIEW_DONE, REVIEW_DUE, GROWTH, SOURCED, STEP)
    if p.has_package:
        if PACKAGE_END in p.due:
            known["left_over"] = p.due[PACKAGE_END].minute - now
        p.clear(PACKAGE_END)
        if RETENTION not in p.due:
            p.set(RETENTION, now + p.decide(decisions.held_open))
    known["hazard_left"] = -1.0


# ---- beside the story


def package_lapses(p: Person) -> None:
    """Lose the package that was held open; whoever queues for more of it now needs all of it."""
    p.fact(facts.package_lapses)
    p.known["left_over"] = -1
    p.known["moving"] = 0
    p.leave(PACKAGE)
    ask = p.ask
    if ask is not None and ask.role == PACKAGE and ask.then is Person.carry_on:
        units = p.decide(decisions.units_of, int(p.known["asked_setting"]), int(p.known["asked_hours"]))
        p.request(ask.pool, PACKAGE, units, RANK_NEW, Person.carry_on, ask.since)


def review_due(p: Person) -> None:
    """Ask for the yearly review; it is done when a social worker is free, and settles what was asked for before."""
    if p.units(TEAM) > 0 or p.known["moving"]:  # still being assessed, or about to move: the review is put off
        p.set(REVIEW_DUE, p.env.now + p.decide(decisions.review_wait))
        return
    p.withdraw()
    if p.decide(decisions.assessment_skipped, WORK_REVIEW):
        p.work = WORK_REVIEW
        review_done(p)
    else:
        ask_social_worker(p, WORK_REVIEW)


def review_done(p: Person) -> None:
    """Set need to what the review finds, and hours to the need."""
    p.leave(TEAM)
    if p.work == WORK_AT_HOME:
        p.fact(facts.assessed, p.known["pathway"])
        if PACKAGE_END in p.due:  # lives with a package: what grew meanwhile is asked for now
            adjust_hours(p)
        return
    if not p.has_package:
        return
    p.decide(decisions.review_need)
    p.fact(facts.reviewed)
    p.set(REVIEW_DUE, p.env.now + p.decide(decisions.review_wait))
    adjust_hours(p)


def need_grows(p: Person) -> None:
    """Let need grow by a step; while a review is asked for or under way, that settles the hours."""
    p.decide(decisions.grow)
    p.fact(facts.grown)
    p.set(GROWTH, p.env.now + p.decide(decisions.growth_wait))
    if not in_review(p):
        adjust_hours(p)


def in_review(p: Person) -> bool:
    """Tell whether a social worker is asked for or at work."""
    return p.units(TEAM) > 0 or (p.ask is not None and p.ask.role == TEAM)


def adjust_hours(p: Person) -> None:
    """Ask for the hours that are missing, give back those too many; only where care is counted in hours."""
    known = p.known
    setting, hours = int(known["setting"]), int(known["hours"])
    if not p.decide(decisions.has_hours):
        return
    wanted = p.fact(facts.hours_asked)
    if wanted > hours:
        if SOURCED not in p.due and p.ask is None:
            p.set(SOURCED, sourced_at(p, setting))
    elif wanted < hours:
        p.clear(SOURCED)
        if p.ask is not None and p.ask.role == PACKAGE:
            p.withdraw()
        if setting == HOME_CARE:
            p.leave(PACKAGE, hours - wanted)
        p.fact(facts.hours_change, wanted)


def extra_found(p: Person) -> None:
    """Take the extra hours that have been found; a place in a care home lets the story go on."""
    known = p.known
    if known["moving"]:
        p.wake.succeed(SOURCED)
        return
    hours = int(known["asked_hours"])
    if hours <= known["hours"] or in_review(p):
        return
    pool = market(p, int(known["setting"]))
    if pool is not None:
        extra = hours - p.units(PACKAGE, pool)
        if pool.has_queue:
            p.request(pool, PACKAGE, extra, RANK_MORE, extra_granted)
            return
        p.take(pool, PACKAGE, extra)
    p.fact(facts.hours_change, hours)


def extra_granted(p: Person) -> None:
    """Have the extra hours that the queue of a binding market has granted."""
    p.fact(facts.hours_change, p.units(PACKAGE))


def birthday(p: Person) -> None:
    """Move up an age band; the hazard of admission is spent so far at the old one."""
    known = p.known
    runs = known["hazard_left"] >= 0.0 and p.has_package
    if runs:
        p.decide(decisions.spend_hazard)
    p.fact(facts.ages_up)
    if runs:
        p.set(ADMISSION, p.decide(decisions.admission_minute))
    if known["age"] < N_AGES - 1:
        known["birthday"] = p.env.now + TEN_YEARS
        p.set(BIRTHDAY, int(known["birthday"]))


def first_package(p: Person) -> None:
    """Set the clocks that run from the first long-term package on: money of one's own, and birthdays."""
    p.known["self_arranged"] = 0
    if p.known["funding"] == SELF:
        p.set(MONEY, p.decide(decisions.money_minute))
    p.set(BIRTHDAY, max(p.decide(decisions.next_birthday), p.env.now + 1))


BESIDE: dict[int, Beside] = {
    RETENTION: package_lapses,
    REVIEW_DUE: review_due,
    REVIEW_DONE: review_done,
    GROWTH: need_grows,
    SOURCED: extra_found,
    BIRTHDAY: birthday,
    MONEY: lambda p: p.fact(facts.money_runs_out),
    DAY_91: lambda p: p.fact(facts.checked_on_day_91),
    PATIENCE: Person.out_of_patience,
}
