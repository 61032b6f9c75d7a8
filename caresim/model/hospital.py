"""In hospital: what changes for a person and in the counts at admission, at being ready, and at leaving the bed."""

from caresim.model.chance import DAY
from caresim.model.codes import (
    ADMITTED, AWAITS_ASSESSMENT, AWAITS_REFERRAL, DIES, DISCHARGED, EXITS, HOME_CARE, PATHWAY_0, PATHWAY_1, PATHWAY_2,
    PLANNED, READY, REFERRED, RESIDENTIAL,
)  # fmt: skip
from caresim.model.discharge import lacks_support, pathway_by_need
from caresim.model.jit import jit
from caresim.model.need import harden, need_now, settle_need, tenths
from caresim.model.levels import bed_level, delayed_level, life_lost, recount, stage_over, stay_over, waits_over
from caresim.model.record import flow, note, was_before
from caresim.model.tables import F, FIRST_ARRIVAL
from caresim.model.when import month_at, rules_at

THIRTY_DAYS = 30 * DAY
NINETY_ONE_DAYS = 91 * DAY
F_EMERGENCY, F_PLANNED = F["admitted_emergency"], F["admitted_planned"]
F_READMITTED, F_READMITTED_30 = F["readmitted"], F["readmitted_within_30_days"]
F_DISCHARGED = F["discharged_pathway_0"]  # the six pathways follow one another
F_DIED_IN_HOSPITAL, F_DIED_ELSEWHERE = F["died_in_hospital"], F["died_elsewhere"]
F_NOT_AT_HOME = F["day_91_not_at_home"]
F_WITHOUT_SUPPORT = F["home_without_support"]
F_REFERRED, F_ASKED, F_LEFT = F["referred"], F["assessment_asked"], F["left"]


@jit
def admitted(T, C, log, order, p, minute):
    """Count an admission; somebody with a package brings the hours held as their need."""
    note(C, log, order, p, minute, ADMITTED, -1, p.spell)
    if not was_before(p, minute):
        count_admission(T, C, p, minute)
    if p.left_at >= 0 and minute - p.left_at <= T.follow_up:
        flow(T, C, p, minute, F_READMITTED)
        if minute - p.left_at <= THIRTY_DAYS:
            C.flow[month_at(T, p.left_at), p.place, p.age, p.origin, F_READMITTED_30] += 1
    if HOME_CARE <= p.setting < RESIDENTIAL:
        settle_need(p, float(p.hours))
    p.decondition = 1.0
    p.grown = 0
    p.at_home_first = 0
    p.pathway = PATHWAY_0


@jit
def count_admission(T, C, p, minute):
    """Count an admission by its cause."""
    flow(T, C, p, minute, F_PLANNED if p.cause == PLANNED else F_EMERGENCY)


@jit
def waited_at_start(p):
    """Tell whether somebody who takes a bed has waited for it since before the run."""
    return p.number < FIRST_ARRIVAL and p.spell == 0 and not p.residual_first


@jit
def bed_taken(T, C, p, minute):
    """Begin the stay; whoever waited for it at the start is admitted only now."""
    if waited_at_start(p):
        count_admission(T, C, p, minute)
    p.came = minute
    p.in_bed = 1
    bed_level(T, C, p, minute, 1)
    recount(T, C, p, minute)


@jit
def ready(T, C, log, order, p, minute):
    """Count somebody ready to leave (no criteria to reside) and give the need found."""
    p.ready_at = minute
    p.stage = AWAITS_REFERRAL
    p.stage_since = minute
    delayed_level(T, C, p, minute, 0, 1)
    return found_ready(T, C, log, order, p, minute)


@jit
def found_ready(T, C, log, order, p, minute):
    """Give the need of somebody ready to leave; who goes home this minute waits for nothing that could be counted."""
    harden(T, p, minute)
    need = need_now(T, p, minute)
    p.pathway = pathway_by_need(rules_at(T, minute), p, need)
    note(C, log, order, p, minute, READY, -1, tenths(need))
    return need


@jit
def assessment_asked(T, C, log, order, p, minute):
    """Count the request for an assessment: from here on a wait is a delayed transfer in the pre-2020 sense."""
    stage_over(p, minute, AWAITS_ASSESSMENT)
    note(C, log, order, p, minute, REFERRED, -1, tenths(need_now(T, p, minute)))
    flow(T, C, p, minute, F_REFERRED)
    flow(T, C, p, minute, F_ASKED)
    asked_for(T, C, p, minute)


@jit
def asked_for(T, C, p, minute):
    """Begin the part of the wait that the pre-2020 count includes."""
    p.asked_at = minute
    delayed_level(T, C, p, minute, 1, 1)


@jit
def bed_left(T, C, p, minute):
    """End the stay and count what was waited for."""
    stay_over(T, C, p, minute, p.cause != PLANNED)
    if p.ready_at >= 0:
        waits_over(T, C, p, minute)
        delayed_level(T, C, p, minute, 0, -1)
        if p.asked_at >= 0:
            delayed_level(T, C, p, minute, 1, -1)
    p.ready_at = -1
    p.asked_at = -1
    bed_level(T, C, p, minute, -1)
    p.in_bed = 0


@jit
def is_checked_on_day_91(p, pathway):
    """Tell whether a discharge is followed up: people of 65 and over who go to reablement or intermediate care."""
    return p.age > 0 and (pathway == PATHWAY_1 or pathway == PATHWAY_2)


@jit
def discharged(T, C, log, order, p, minute, pathway):
    """Count a live discharge; need is taken once more, as it is on the day."""
    harden(T, p, minute)
    p.pathway = pathway
    p.support_missing = 1 if lacks_support(T, p, need_now(T, p, minute), pathway, minute) else 0
    note(C, log, order, p, minute, DISCHARGED, -1, pathway)
    flow(T, C, p, minute, F_DISCHARGED + pathway)
    if p.support_missing:
        flow(T, C, p, minute, F_WITHOUT_SUPPORT)
    if is_checked_on_day_91(p, pathway):
        p.check_at = minute + NINETY_ONE_DAYS
    bed_left(T, C, p, minute)
    p.left_at = minute
    recount(T, C, p, minute)


@jit
def died(T, C, log, order, p, minute):
    """Count a death, in hospital or elsewhere; what the person held is given back after this."""
    note(C, log, order, p, minute, DIES, -1, p.in_bed)
    flow(T, C, p, minute, F_DIED_IN_HOSPITAL if p.in_bed else F_DIED_ELSEWHERE)
    if minute < p.check_at:
        flow(T, C, p, minute, F_NOT_AT_HOME)
    life_lost(T, C, p, minute)
    p.awaits = 0


@jit
def gone(T, C, log, order, p, minute):
    """Count somebody who leaves the model alive."""
    note(C, log, order, p, minute, EXITS, -1, 0)
    flow(T, C, p, minute, F_LEFT)
    p.awaits = 0
