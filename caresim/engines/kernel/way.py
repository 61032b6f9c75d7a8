"""The way of a person from admission to leaving the bed, step by step."""

from caresim.engines.contract import ADMISSION, DEATH, EXIT, RETENTION, STEP
from caresim.engines.kernel.holding import leave, request, ring_at, take
from caresim.engines.kernel.leaving import ask_team, die, discharge, home_without_support, leave_model
from caresim.engines.kernel.living import package_sourced, resume_package, source_package, sourced_at, stop_living
from caresim.engines.kernel.states import (
    ARRANGING, BEING_ADAPTED, BEING_ASSESSED, FOR_ADAPTATION, FOR_ASSESSMENT, FOR_BED, FOR_SLOT, IN_SLOT, REFERRING,
    RESTARTING, SOURCING, STAYING,
)  # fmt: skip
from caresim.model.codes import (
    ACUTE_BEDS, ADAPTATIONS, ASSESSMENT, AWAITS_ADAPTATION, AWAITS_ARRANGEMENT, AWAITS_CAPACITY, BED, CARE_HOME,
    INDEPENDENT, INTERMEDIATE_BEDS, INTERMEDIATE_CARE, PATHWAY_0, PATHWAY_1, PATHWAY_1_HOME_CARE, PATHWAY_2,
    REABLEMENT, REABLEMENT_SLOTS, RESIDENTIAL, RESTART, SLOT, TEAM, TEMPORARY, WORK_HOSPITAL,
)  # fmt: skip
from caresim.model.discharge import (
    goes_back_as_before, is_assessed_at_home, is_referred, is_temporary, needs_adaptation, prescribed_pathway,
    readmission_cause,
)  # fmt: skip
from caresim.model.episode import outcome, planned_minutes
from caresim.model.hospital import admitted, asked_for, assessment_asked, bed_taken, ready
from caresim.model.jit import jit
from caresim.model.need import need_now
from caresim.model.package import (
    REQUEST_CARE_HOME, REQUEST_NOTHING, REQUEST_REABLEMENT, market_of, request_leads_to,
)  # fmt: skip
from caresim.model.levels import recount, stage_over
from caresim.model.stay import death_while_waiting, dies_in_hospital, residual_stay_minutes, stay_minutes
from caresim.model.support import (
    adapted, answered, assessed, episode_completed, episode_ends, episode_starts, request_made,
)  # fmt: skip
from caresim.model.waiting import (
    SKIPPED, adaptation_minutes, arrangement_minutes, assessment_minutes, assessment_skipped, referral_minutes,
    restart_minutes, work_of_request,
)  # fmt: skip
from caresim.model.when import after_working, pool_at


# ---- the acute stay


@jit
def admitted_from_home(w, T, C, log, p, s):
    """Be admitted again: after a discharge, or from a package."""
    stop_living(w, T, C, log, p, s)
    p.spell += 1
    p.cause = readmission_cause(T, w.key64, p, w.now)
    go_to_hospital(w, T, C, log, p, s)


@jit
def go_to_hospital(w, T, C, log, p, s):
    """Ask for a bed; where beds are unlimited there is one."""
    admitted(T, C, log, w.order, p, w.now)
    p.rings[DEATH] = -1
    p.rings[EXIT] = -1
    p.rings[ADMISSION] = -1
    pool = pool_at(T, ACUTE_BEDS, p, w.now)
    if T.queues[pool]:
        p.doing = FOR_BED
        request(w, T, C, log, p, s, pool, BED, 1, 0, w.now)
    else:
        take(w, T, C, log, p, pool, BED, 1)
        begin_stay(w, T, C, log, p, s)


@jit
def begin_stay(w, T, C, log, p, s):
    """Stay until ready."""
    bed_taken(T, C, p, w.now)
    p.doing = STAYING
    if p.residual_first:
        stay = residual_stay_minutes(T, w.key64, p)
        p.residual_first = 0
    else:
        stay = stay_minutes(T, w.key64, p, w.now)
    ring_at(w, T, p, s, STEP, w.now + stay)


@jit
def stay_done(w, T, C, log, p, s):
    """Die, go back as before, be referred, or go home without support."""
    if dies_in_hospital(T, w.key64, p, w.now):
        die(w, T, C, log, p, s)
        return
    need = ready(T, C, log, w.order, p, w.now)
    if p.setting >= 0 and goes_back_as_before(T, p, need, w.now):
        restart(w, T, C, log, p, s)
    elif p.setting >= 0 or is_referred(T, w.key64, p, need, w.now):
        p.grown = 1 if p.setting >= 0 else 0
        refer(w, T, C, log, p, s)
    else:
        go_home(w, T, C, log, p, s)


@jit
def go_home(w, T, C, log, p, s):
    """Leave hospital on pathway 0."""
    discharge(w, T, C, log, p, s, PATHWAY_0)
    if p.setting >= 0:
        resume_package(w, T, C, log, p, s)
    else:
        home_without_support(w, T, C, log, p, s)


@jit
def may_die_waiting(w, T, p, s):
    """Set the clock of death in the bed."""
    ring_at(w, T, p, s, DEATH, death_while_waiting(T, w.key64, p, w.now))


@jit
def restart(w, T, C, log, p, s):
    """Wait for the package held before to go on."""
    p.pathway = RESTART
    p.rings[RETENTION] = -1
    asked_for(T, C, p, w.now)
    stage_over(p, w.now, AWAITS_ARRANGEMENT)
    minutes = restart_minutes(T, w.key64, p, w.now)
    if minutes == SKIPPED:
        restarted(w, T, C, log, p, s)
        return
    may_die_waiting(w, T, p, s)
    p.doing = RESTARTING
    ring_at(w, T, p, s, STEP, w.now + minutes)


@jit
def restarted(w, T, C, log, p, s):
    """Leave hospital for the package held before."""
    discharge(w, T, C, log, p, s, RESTART)
    resume_package(w, T, C, log, p, s)


# ---- referral, assessment, adaptation, arrangement


@jit
def refer(w, T, C, log, p, s):
    """Be referred to adult social care."""
    may_die_waiting(w, T, p, s)
    minutes = referral_minutes(T, w.key64, p, w.now)
    if minutes == SKIPPED:
        ask_assessment(w, T, C, log, p, s)
        return
    p.doing = REFERRING
    ring_at(w, T, p, s, STEP, w.now + minutes)


@jit
def ask_assessment(w, T, C, log, p, s):
    """Ask for an assessment in the bed, or go home first and be assessed there."""
    assessment_asked(T, C, log, w.order, p, w.now)
    need = need_now(T, p, w.now)
    if is_assessed_at_home(T, w.key64, p, need, w.now):
        p.at_home_first = 1
        p.pathway = prescribed_pathway(T, w.key64, p, need, False, w.now)
        adapt_or_arrange(w, T, C, log, p, s)
    elif assessment_skipped(T, p, WORK_HOSPITAL, w.now):
        be_prescribed(w, T, C, log, p, s)
    else:
        p.doing = FOR_ASSESSMENT
        if ask_team(w, T, C, log, p, s, WORK_HOSPITAL):
            begin_assessment(w, T, p, s)


@jit
def ask_from_community(w, T, C, log, p, s):
    """Ask for an assessment at home: a request, a safeguarding enquiry, a young person coming of age."""
    work = work_of_request(p)
    request_made(T, C, p, w.now)
    if assessment_skipped(T, p, work, w.now):
        answer_request(w, T, C, log, p, s)
        return
    p.doing = FOR_ASSESSMENT
    if ask_team(w, T, C, log, p, s, work):
        begin_assessment(w, T, p, s)


@jit
def begin_assessment(w, T, p, s):
    """Be assessed: working time, on the days the team works."""
    p.doing = BEING_ASSESSED
    pool = pool_at(T, ASSESSMENT, p, w.now)
    minutes = assessment_minutes(T, w.key64, p, p.ask_work, need_now(T, p, w.now), w.now)
    ring_at(w, T, p, s, STEP, after_working(T, pool, w.now, minutes))


@jit
def assessment_done(w, T, C, log, p, s):
    """Learn what the assessment says."""
    leave(w, T, C, log, p, TEAM)
    if p.in_bed:
        be_prescribed(w, T, C, log, p, s)
    else:
        answer_request(w, T, C, log, p, s)


@jit
def be_prescribed(w, T, C, log, p, s):
    """Get the pathway."""
    p.pathway = prescribed_pathway(T, w.key64, p, need_now(T, p, w.now), True, w.now)
    assessed(T, C, log, w.order, p, w.now, p.pathway)
    adapt_or_arrange(w, T, C, log, p, s)


@jit
def answer_request(w, T, C, log, p, s):
    """Get what a request from the community leads to: advice, reablement, a package, a care home."""
    answer = request_leads_to(T, w.key64, p, w.now)
    answered(T, C, log, w.order, p, w.now, answer)
    if answer == REQUEST_NOTHING:
        leave_model(w, T, C, log, p, s)
    elif answer == REQUEST_REABLEMENT:
        ask_slot(w, T, C, log, p, s, REABLEMENT_SLOTS)
    else:
        source_package(w, T, C, log, p, s, answer == REQUEST_CARE_HOME)


@jit
def adapt_or_arrange(w, T, C, log, p, s):
    """Go home if no support is needed; else wait for an adaptation where one is needed."""
    if p.pathway == PATHWAY_0:
        go_home(w, T, C, log, p, s)
    elif needs_adaptation(T, w.key64, p, w.now):
        stage_over(p, w.now, AWAITS_ADAPTATION)
        ask_adaptation(w, T, C, log, p, s)
    else:
        arrange(w, T, C, log, p, s)


@jit
def ask_adaptation(w, T, C, log, p, s):
    """Wait for an installation slot."""
    p.doing = FOR_ADAPTATION
    pool = pool_at(T, ADAPTATIONS, p, w.now)
    if T.queues[pool]:
        request(w, T, C, log, p, s, pool, TEAM, 1, 0, w.now)
    else:
        take(w, T, C, log, p, pool, TEAM, 1)
        begin_adaptation(w, T, p, s)


@jit
def begin_adaptation(w, T, p, s):
    """Have the adaptation installed, on the days the team works."""
    p.doing = BEING_ADAPTED
    pool = pool_at(T, ADAPTATIONS, p, w.now)
    ring_at(w, T, p, s, STEP, after_working(T, pool, w.now, adaptation_minutes(T, w.key64, p, w.now)))


@jit
def adaptation_done(w, T, C, log, p, s):
    """Go on once the adaptation is in place."""
    leave(w, T, C, log, p, TEAM)
    adapted(T, C, p, w.now)
    if p.in_bed:
        arrange(w, T, C, log, p, s)
    else:
        leave_model(w, T, C, log, p, s)


@jit
def arrange(w, T, C, log, p, s):
    """Have what comes next arranged: brokerage, family choice."""
    stage_over(p, w.now, AWAITS_ARRANGEMENT)
    minutes = arrangement_minutes(T, w.key64, p, w.now)
    if minutes == SKIPPED:
        arranged(w, T, C, log, p, s)
        return
    p.doing = ARRANGING
    ring_at(w, T, p, s, STEP, w.now + minutes)


@jit
def arranged(w, T, C, log, p, s):
    """Ask for the capacity of the destination."""
    stage_over(p, w.now, AWAITS_CAPACITY)
    if p.pathway == PATHWAY_1:
        ask_slot(w, T, C, log, p, s, REABLEMENT_SLOTS)
    elif p.pathway == PATHWAY_2:
        ask_slot(w, T, C, log, p, s, INTERMEDIATE_BEDS)
    elif p.pathway == PATHWAY_1_HOME_CARE:
        source_package(w, T, C, log, p, s, False)
    elif is_temporary(T, w.key64, p, w.now):
        source_temporary(w, T, p, s)
    else:
        source_package(w, T, C, log, p, s, True)


# ---- reablement, intermediate care, temporary placement


@jit
def ask_slot(w, T, C, log, p, s, kind):
    """Ask for a reablement slot or a bed in intermediate care."""
    p.asked_setting = REABLEMENT if kind == REABLEMENT_SLOTS else INTERMEDIATE_CARE
    ask_short_term(w, T, C, log, p, s, pool_at(T, kind, p, w.now), w.now)


@jit
def ask_short_term(w, T, C, log, p, s, pool, since):
    """Queue for a short-term place, or take it where there is no queue."""
    p.doing = FOR_SLOT
    if T.queues[pool]:
        request(w, T, C, log, p, s, pool, SLOT, 1, 0, since)
    else:
        take(w, T, C, log, p, pool, SLOT, 1)
        begin_episode(w, T, C, log, p, s)


@jit
def source_temporary(w, T, p, s):
    """Look for a temporary place in a residential home."""
    p.asked_setting = TEMPORARY
    p.doing = SOURCING
    ring_at(w, T, p, s, STEP, sourced_at(w, T, p, RESIDENTIAL))


@jit
def place_found(w, T, C, log, p, s):
    """Take what the market has found: a temporary place or a package."""
    if p.asked_setting == TEMPORARY:
        ask_short_term(w, T, C, log, p, s, market_of(T, p, RESIDENTIAL, w.now), w.now)
    else:
        package_sourced(w, T, C, log, p, s)


@jit
def begin_episode(w, T, C, log, p, s):
    """Begin the episode; a bed in hospital is left now."""
    service = p.asked_setting
    episode_starts(T, C, log, w.order, p, w.now, service)
    if p.in_bed:
        discharge(w, T, C, log, p, s, p.pathway)
    recount(T, C, p, w.now)
    p.doing = IN_SLOT
    ring_at(w, T, p, s, STEP, w.now + planned_minutes(T, w.key64, p, w.now))
    p.residual_first = 0


@jit
def episode_done(w, T, C, log, p, s):
    """Live with the outcome; whoever needs a package holds the slot until it is there."""
    result = outcome(T, w.key64, p, w.now)
    episode_completed(T, C, log, w.order, p, w.now, result)
    if result == CARE_HOME:
        source_package(w, T, C, log, p, s, True)
    elif result == INDEPENDENT or p.setting >= 0:
        leave(w, T, C, log, p, SLOT)
        episode_ends(T, C, log, w.order, p, w.now)
        if p.setting >= 0:
            resume_package(w, T, C, log, p, s)
        else:
            home_without_support(w, T, C, log, p, s)
    else:
        source_package(w, T, C, log, p, s, False)
