"""Support: what changes for a person and in the counts when a service starts, changes, is paid by another, or ends.

A chain is what one demand for support costs from its beginning: it begins with new support, or with a larger package at
a discharge, and ends with the support. Of a package that was there before it carries the increment only.
"""

import numpy as np

from caresim.model.codes import (
    ASSESSED, COMPLETED, COUNCIL, DAY_91, DIRECT_PAYMENT, ENDS_BY_DEATH, ENDS_BY_RECOVERY, FROM_HOSPITAL, FUNDED,
    GROWS, HOME_CARE, LAPSES, REABLEMENT, RESIDENTIAL, RESUMES, REVIEWED, SUPPORT_CHANGES, SUPPORT_ENDS, SUPPORT_STARTS,
)  # fmt: skip
from caresim.model.episode import need_after
from caresim.model.jit import jit
from caresim.model.need import package_hours, tenths
from caresim.model.package import REQUEST_NOTHING, package_funding
from caresim.model.levels import awaits_support, is_away, recount
from caresim.model.record import flow, note
from caresim.model.services import YEAR_OF_CHAIN, base_level, package_level, slot_level
from caresim.model.tables import F
from caresim.model.when import month_at

F_STARTED = F["started_home_care"]  # the six settings follow one another
F_SHORT = F["reablement_started"]  # the three short-term services follow one another
F_OUTCOME = F["reablement_independent"]  # three services of four outcomes
F_NEW, F_NEW_CARE_HOME = F["new_support"], F["new_care_home_council"]
F_AT_HOME, F_NOT_AT_HOME = F["day_91_at_home"], F["day_91_not_at_home"]
F_ASKED, F_ASSESSED, F_ADAPTED, F_REVIEWED = F["assessment_asked"], F["assessed"], F["adapted"], F["review_done"]
F_PACKAGE_DEATH, F_PACKAGE_RECOVERY = F["package_death"], F["package_recovery"]
F_MORE = F["review_more"]  # the three results of a review follow one another
F_LAPSED, F_MONEY = F["lapsed"], F["money_ran_out"]


@jit
def has_support(p):
    """Tell whether a person has a package or an episode, whoever pays."""
    return p.setting >= 0 or p.service >= 0


@jit
def begin_chain(T, C, p, minute, origin):
    """Begin a chain, unless one is open and in its first 52 weeks: then what comes belongs to that one."""
    if p.chain_from >= 0 and minute - p.chain_from < YEAR_OF_CHAIN:
        return
    package_level(T, C, p, minute, -1)
    base_level(T, C, p, minute, -1)
    if not has_support(p):
        p.origin = origin
    p.chain_from = minute
    p.chain_origin = origin
    p.chain_pathway = p.pathway
    p.base_setting = p.setting
    p.base_hours = p.hours
    base_level(T, C, p, minute, 1)
    package_level(T, C, p, minute, 1)


@jit
def end_chain(T, C, p, minute):
    """End the chain when no support is left."""
    if p.chain_from >= 0 and not has_support(p):
        base_level(T, C, p, minute, -1)
        p.chain_from = -1


@jit
def origin_now(p):
    """Give where a demand that becomes support now began."""
    return FROM_HOSPITAL if p.in_bed else p.origin


@jit
def episode_starts(T, C, log, order, p, minute, service):
    """Start reablement, intermediate care or a temporary placement; counted before the bed is left."""
    if not p.residual_first:  # else it goes on from before the run
        count_episode(T, C, p, minute, service)
    p.service = service
    p.visits_from = minute
    note(C, log, order, p, minute, SUPPORT_STARTS, -1, service)
    slot_level(T, C, p, minute, 1)


@jit
def count_episode(T, C, p, minute, service):
    """Count an episode that starts, with the chain it belongs to."""
    begin_chain(T, C, p, minute, origin_now(p))
    if not has_support(p):
        flow(T, C, p, minute, F_NEW)
    flow(T, C, p, minute, F_SHORT + service - REABLEMENT)


@jit
def episode_completed(T, C, log, order, p, minute, result):
    """Count the outcome of a completed episode and set the need that is left."""
    note(C, log, order, p, minute, COMPLETED, -1, result)
    flow(T, C, p, minute, F_OUTCOME + 4 * (p.service - REABLEMENT) + result)
    need_after(T, p, result, minute)


@jit
def episode_ends(T, C, log, order, p, minute):
    """End an episode, if there is one."""
    if p.service >= 0:
        slot_level(T, C, p, minute, -1)
        note(C, log, order, p, minute, SUPPORT_ENDS, -1, p.service)
        p.service = -1
        end_chain(T, C, p, minute)
        recount(T, C, p, minute)


@jit
def package_starts(T, C, log, order, key, p, minute, setting, hours):
    """Start a long-term package, or move to another one; counted before a bed or an episode is left."""
    if p.in_bed or not has_support(p):
        begin_chain(T, C, p, minute, origin_now(p))
    if not has_support(p):
        flow(T, C, p, minute, F_NEW)
    package_level(T, C, p, minute, -1)
    if p.funding < 0:
        p.funding = package_funding(T, key, p, setting, minute)
    was_resident = p.setting >= RESIDENTIAL
    p.setting = setting
    p.hours = hours
    p.package += 1
    note(C, log, order, p, minute, SUPPORT_STARTS, -1, setting)
    flow(T, C, p, minute, F_STARTED + setting)
    if setting >= RESIDENTIAL and not was_resident and p.funding == COUNCIL:
        flow(T, C, p, minute, F_NEW_CARE_HOME)
    package_level(T, C, p, minute, 1)
    recount(T, C, p, minute)


@jit
def hours_change(T, C, log, order, p, minute, hours):
    """Change the hours of a package."""
    package_level(T, C, p, minute, -1)
    p.hours = hours
    package_level(T, C, p, minute, 1)
    note(C, log, order, p, minute, SUPPORT_CHANGES, -1, hours)
    recount(T, C, p, minute)


@jit
def hours_asked(T, C, p, minute):
    """Set the hours that need asks for now, and give them."""
    p.asked_hours = package_hours(T, p, minute)
    recount(T, C, p, minute)
    return p.asked_hours


@jit
def package_ends(T, C, log, order, p, minute):
    """End a package, if there is one."""
    if p.setting >= 0:
        package_level(T, C, p, minute, -1)
        note(C, log, order, p, minute, SUPPORT_ENDS, -1, p.setting)
        p.setting = -1
        p.hours = 0
        end_chain(T, C, p, minute)
        recount(T, C, p, minute)


@jit
def package_lapses(T, C, log, order, p, minute):
    """Count a package that is no longer held open; it ends."""
    note(C, log, order, p, minute, LAPSES, -1, p.setting)
    flow(T, C, p, minute, F_LAPSED)
    package_ends(T, C, log, order, p, minute)


@jit
def package_resumes(C, log, order, p, minute):
    """Write that the package held before goes on."""
    note(C, log, order, p, minute, RESUMES, -1, p.setting)


@jit
def money_runs_out(T, C, log, order, p, minute):
    """Let the council pay from now on."""
    if p.setting < 0:  # the package has lapsed meanwhile; the council pays for the next one
        p.funding = COUNCIL
        base_level(T, C, p, minute, 1)  # an open chain counts what the council pays beyond it
        return
    package_level(T, C, p, minute, -1)
    p.funding = COUNCIL
    base_level(T, C, p, minute, 1)
    package_level(T, C, p, minute, 1)
    note(C, log, order, p, minute, FUNDED, -1, COUNCIL)
    flow(T, C, p, minute, F_MONEY)
    recount(T, C, p, minute)


@jit
def checked_on_day_91(T, C, log, order, p, minute):
    """Count whether somebody discharged to reablement or intermediate care lives at home on day 91."""
    at_home = 0 if is_away(p) else 1
    note(C, log, order, p, minute, DAY_91, -1, at_home)
    flow(T, C, p, minute, F_AT_HOME if at_home else F_NOT_AT_HOME)


@jit
def has_hours(p):
    """Tell whether hours follow need: where care is counted in hours, unless a place in a care home is looked for."""
    return not p.moving and (p.setting == HOME_CARE or p.setting == DIRECT_PAYMENT)


@jit
def reviewed(T, C, log, order, p, minute):
    """Count a review, the need it found, and what follows for the hours held; they change after this."""
    note(C, log, order, p, minute, REVIEWED, -1, tenths(p.n0))
    flow(T, C, p, minute, F_REVIEWED)
    found = package_hours(T, p, minute) if has_hours(p) else np.int64(p.hours)
    result = 0 if found > p.hours else (1 if found == p.hours else 2)
    flow(T, C, p, minute, F_MORE + result)
    cell = C.reviews[month_at(T, minute), p.place, p.funding, result]
    cell[0] += 1
    cell[1] += abs(found - p.hours)
    p.review += 1


@jit
def grown(C, log, order, p, minute):
    """Write that need has grown."""
    note(C, log, order, p, minute, GROWS, -1, tenths(p.n0))


@jit
def package_ended_by(T, C, p, minute, how):
    """Count how a package ends."""
    if how == ENDS_BY_DEATH:
        flow(T, C, p, minute, F_PACKAGE_DEATH)
    elif how == ENDS_BY_RECOVERY:
        flow(T, C, p, minute, F_PACKAGE_RECOVERY)


@jit
def assessed(T, C, log, order, p, minute, pathway):
    """Count an assessment; -1 stands for one outside hospital."""
    note(C, log, order, p, minute, ASSESSED, -1, pathway)
    flow(T, C, p, minute, F_ASSESSED)


@jit
def request_made(T, C, p, minute):
    """Count a request for an assessment that does not come from hospital."""
    flow(T, C, p, minute, F_ASKED)


@jit
def answered(T, C, log, order, p, minute, answer):
    """Count an assessment outside hospital; whoever is to have support waits for it from now on."""
    assessed(T, C, log, order, p, minute, -1)
    if answer != REQUEST_NOTHING:
        awaits_support(T, C, p, minute)


@jit
def adapted(T, C, p, minute):
    """Count an adaptation."""
    flow(T, C, p, minute, F_ADAPTED)


@jit
def stocked(T, C, log, order, key, p, setting):
    """Give somebody who is there at the start their package; it is no new support."""
    p.funding = package_funding(T, key, p, setting, 0)
    p.setting = setting
    p.hours = package_hours(T, p, 0)
    p.package = 1
    note(C, log, order, p, 0, SUPPORT_STARTS, -1, setting)
    package_level(T, C, p, 0, 1)
    recount(T, C, p, 0)
