"""Getting a long-term package: it is sourced, waited for where its market binds, and started."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caresim.engines.contract import (
    ADMISSION, BIRTHDAY, GROWTH, MONEY, PACKAGE_END, RETENTION, REVIEW_DONE, REVIEW_DUE, SOURCED,
)  # fmt: skip
from caresim.engines.reference import decisions, facts
from caresim.engines.reference.leaving import at_home, discharge
from caresim.engines.reference.living import (
    RANK_NEW, adjust_hours, first_package, look_for_care_home, market, settle_in, sourced_at,
)  # fmt: skip
from caresim.engines.reference.person import Died
from caresim.model.codes import ENDS_BY_DEATH, ENDS_IN_CARE_HOME, PACKAGE, RESIDENTIAL, SLOT, TEAM

if TYPE_CHECKING:
    from collections.abc import Generator

    import simpy

    from caresim.engines.reference.person import Person, Step


def source_package(p: Person, care_home: bool) -> Generator[simpy.Event, int, Step | None]:
    """Ask the market for a package: what is asked for is known now, when it is found is drawn now."""
    known = p.known
    if known["grown"] and not care_home and 0 <= known["setting"] < RESIDENTIAL:
        known["asked_setting"] = known["setting"]
    else:
        known["asked_setting"] = p.decide(decisions.package_setting, care_home)
    yield from p.step(sourced_at(p, int(known["asked_setting"])) - p.env.now)
    return package_found


def package_found(p: Person) -> Generator[simpy.Event, int, Step | None]:
    """Take the package that has been found, or queue for its capacity where the market binds; then begin with it."""
    known = p.known
    if p.in_bed:
        p.decide(decisions.harden)
    known["asked_hours"] = p.decide(decisions.whole_hours_now)
    setting = int(known["asked_setting"])
    pool = market(p, setting)
    if pool is not None:
        units = p.decide(decisions.units_of, setting, int(known["asked_hours"])) - p.units(PACKAGE, pool)
        if units > 0:
            yield from p.wait_for(pool, PACKAGE, units, RANK_NEW)
    start_package(p)
    return living


def start_package(p: Person) -> None:
    """Begin with the package; then leave the bed or the episode that was held until now."""
    known, now = p.known, p.env.now
    setting, hours = int(known["asked_setting"]), int(known["asked_hours"])
    keeps_lifetime = known["left_over"] >= 0 and 0 <= known["setting"] < RESIDENTIAL and setting < RESIDENTIAL
    if known["hazard_left"] >= 0.0 and p.has_package:
        p.decide(decisions.spend_hazard)
    is_first = known["funding"] < 0 or known["self_arranged"]
    known["moving"] = 0
    p.fact(facts.package_starts, p.world.key, setting, hours)
    wanted = p.decide(decisions.units_of, setting, hours) if market(p, setting) else 0
    p.leave(PACKAGE, p.units(PACKAGE) - wanted)
    if is_first:
        first_package(p)
    left = int(known["left_over"]) if keeps_lifetime else p.decide(decisions.lifetime_minutes)
    p.set(PACKAGE_END, now + left)
    leave_for_package(p)
    settle_in(p)


def leave_for_package(p: Person) -> None:
    """Leave the bed or the episode in which somebody waited for the package."""
    p.clear(RETENTION)
    p.known["left_over"] = -1
    if p.in_bed:
        discharge(p, int(p.known["pathway"]))
    p.leave(SLOT)
    p.fact(facts.episode_ends)


# ---- life with it


def resume_package(p: Person) -> Step:
    """Go on with the package held before admission; its remaining lifetime was frozen."""
    known = p.known
    p.fact(facts.package_resumes)
    p.clear(RETENTION)
    left = int(known["left_over"])
    left = left if left > 0 else p.decide(decisions.lifetime_minutes)
    known["left_over"] = -1
    if not known["moving"]:
        p.set(PACKAGE_END, p.env.now + left)
    settle_in(p)
    adjust_hours(p)
    return living


def living(p: Person) -> Generator[simpy.Event, int, Step | None]:
    """Live with a package until it ends, or a place in a care home has been found."""
    while True:
        clock = yield p.sleep()
        if clock == SOURCED:
            p.withdraw()
            p.leave(TEAM)
            p.clear(REVIEW_DONE)
            return package_found
        how = p.decide(decisions.ending)
        p.fact(facts.package_ended_by, how)
        if how == ENDS_BY_DEATH:
            raise Died
        if how == ENDS_IN_CARE_HOME and p.known["setting"] < RESIDENTIAL:
            look_for_care_home(p)
        else:
            return recover(p)


def recover(p: Person) -> Step:
    """Live without support again."""
    p.withdraw()
    p.leave(TEAM)
    p.leave(PACKAGE)
    p.fact(facts.package_ends)
    p.clear(REVIEW_DONE, REVIEW_DUE, GROWTH, SOURCED, MONEY, BIRTHDAY)
    if p.known["hazard_left"] >= 0.0:  # not the readmission drawn at the last discharge
        p.clear(ADMISSION)
        p.known["hazard_left"] = -1.0
    p.known["funding"] = -1
    return at_home
