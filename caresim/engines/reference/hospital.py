"""The way of a person from admission to leaving the bed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from caresim.engines.contract import ADMISSION, DEATH, EXIT, RETENTION, STEP
from caresim.engines.reference import decisions, facts
from caresim.engines.reference.episode import short_term, source_temporary
from caresim.engines.reference.leaving import at_home, discharge
from caresim.engines.reference.package import resume_package, source_package
from caresim.engines.reference.person import Died
from caresim.model.codes import (
    ACUTE_BEDS, ADAPTATIONS, ASSESSMENT, AWAITS_ADAPTATION, AWAITS_ARRANGEMENT, AWAITS_CAPACITY, BED,
    INTERMEDIATE_CARE, PATHWAY_0, PATHWAY_1, PATHWAY_1_HOME_CARE, PATHWAY_2, REABLEMENT, RESTART, TEAM, WORK_HOSPITAL,
)  # fmt: skip
from caresim.model.package import REQUEST_CARE_HOME, REQUEST_NOTHING, REQUEST_REABLEMENT
from caresim.model.waiting import SKIPPED

if TYPE_CHECKING:
    from collections.abc import Generator

    import simpy

    from caresim.engines.reference.person import Person, Step, Waiting

    Story = Generator[simpy.Event, int, Step | None]

# ---- the acute stay


def hospital(p: Person) -> Story:
    """Be admitted, and wait for a bed where beds are limited."""
    p.fact(facts.admitted)
    p.clear(DEATH, EXIT, ADMISSION)
    yield from p.wait_for(p.pool(ACUTE_BEDS), BED, 1)
    return stay


def stay(p: Person) -> Story:
    """Stay until ready; die there, go back as before, be referred, or go home without support."""
    known = p.known
    p.fact(facts.bed_taken)
    if known["residual_first"]:
        minutes = p.decide(decisions.residual_stay_minutes)
        known["residual_first"] = 0
    else:
        minutes = p.decide(decisions.stay_minutes)
    yield from p.step(minutes)
    if p.decide(decisions.dies_in_hospital):
        raise Died
    need = p.fact(facts.ready)
    if p.has_package and p.decide(decisions.goes_back_as_before, need):
        return restart
    if p.has_package or p.decide(decisions.is_referred, need):
        known["grown"] = p.has_package
        return referred
    return go_home(p)


def go_home(p: Person) -> Step:
    """Leave hospital on pathway 0."""
    discharge(p, PATHWAY_0)
    return resume_package(p) if p.has_package else at_home


def may_die_waiting(p: Person) -> None:
    """Set the clock of death in the bed."""
    p.set(DEATH, p.decide(decisions.death_while_waiting))


def restart(p: Person) -> Story:
    """Wait in the bed for the package held before to go on."""
    p.known["pathway"] = RESTART
    p.clear(RETENTION)
    p.fact(facts.asked_for)
    p.fact(facts.stage_over, AWAITS_ARRANGEMENT)
    minutes = p.decide(decisions.restart_minutes)
    if minutes != SKIPPED:
        may_die_waiting(p)
        yield from p.step(minutes)
    discharge(p, RESTART)
    return resume_package(p)


# ---- referral, assessment, adaptation, arrangement


def referred(p: Person) -> Story:
    """Be referred to adult social care, and be assessed in the bed or, afterwards, at home."""
    known = p.known
    may_die_waiting(p)
    minutes = p.decide(decisions.referral_minutes)
    if minutes != SKIPPED:
        yield from p.step(minutes)
    p.fact(facts.assessment_asked)
    need = p.decide(decisions.need_now)
    if p.decide(decisions.is_assessed_at_home, need):
        known["at_home_first"] = 1
        known["pathway"] = p.decide(decisions.prescribed_pathway, need, False)
        return prepared
    if not p.decide(decisions.assessment_skipped, WORK_HOSPITAL):
        yield from assessment(p, WORK_HOSPITAL)
    known["pathway"] = p.decide(decisions.prescribed_pathway, p.decide(decisions.need_now), True)
    p.fact(facts.assessed, known["pathway"])
    return prepared


def assessment(p: Person, work: int) -> Waiting:
    """Wait for a social worker and be assessed, on the days the team works."""
    p.work = work
    yield from p.wait_for(p.pool(ASSESSMENT), TEAM, 1, p.world.rank[work])
    yield from assessing(p)


def assessing(p: Person) -> Waiting:
    """Be assessed."""
    yield from working(p, ASSESSMENT, p.decide(decisions.assessment_minutes, p.work))


def working(p: Person, kind: int, minutes: int) -> Waiting:
    """Have a team at work, on the days it works."""
    p.set(STEP, p.decide(decisions.after_working, p.pool(kind).number, minutes))
    yield p.sleep()
    p.leave(TEAM)


def prepared(p: Person) -> Story:
    """Go home if no support is needed; else have an adaptation where one is needed, and the rest arranged."""
    if p.known["pathway"] == PATHWAY_0:
        return go_home(p)
    if p.decide(decisions.needs_adaptation):
        p.fact(facts.stage_over, AWAITS_ADAPTATION)
        yield from p.wait_for(p.pool(ADAPTATIONS), TEAM, 1)
        yield from installation(p)
    return arranged


def installation(p: Person) -> Waiting:
    """Have the adaptation installed."""
    yield from working(p, ADAPTATIONS, p.decide(decisions.adaptation_minutes))
    p.fact(facts.adapted)


def arranged(p: Person) -> Story:
    """Have what comes next arranged, then ask for it."""
    p.fact(facts.stage_over, AWAITS_ARRANGEMENT)
    minutes = p.decide(decisions.arrangement_minutes)
    if minutes != SKIPPED:
        yield from p.step(minutes)
    p.fact(facts.stage_over, AWAITS_CAPACITY)
    pathway = p.known["pathway"]
    if pathway == PATHWAY_1:
        return partial(short_term, service=REABLEMENT)
    if pathway == PATHWAY_2:
        return partial(short_term, service=INTERMEDIATE_CARE)
    if pathway == PATHWAY_1_HOME_CARE:
        return partial(source_package, care_home=False)
    if p.decide(decisions.is_temporary):
        return source_temporary
    return partial(source_package, care_home=True)


# ---- requests from the community


def request_help(p: Person) -> Story:
    """Ask for an assessment at home: a request, a safeguarding enquiry, a young person coming of age."""
    work = p.decide(decisions.work_of_request)
    p.fact(facts.request_made)
    if not p.decide(decisions.assessment_skipped, work):
        yield from assessment(p, work)
    return answered(p)


def answered(p: Person) -> Step | None:
    """Get what a request from the community leads to: advice, reablement, a package, a care home."""
    answer = p.decide(decisions.request_leads_to)
    p.fact(facts.answered, answer)
    if answer == REQUEST_NOTHING:
        return None
    if answer == REQUEST_REABLEMENT:
        return partial(short_term, service=REABLEMENT)
    return partial(source_package, care_home=answer == REQUEST_CARE_HOME)
