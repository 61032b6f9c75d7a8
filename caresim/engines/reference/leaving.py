"""Leaving the bed or the model, and what a discharge sets going."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caresim.engines.contract import ADMISSION, DAY_91, DEATH, EXIT, REVIEW_DONE
from caresim.engines.reference import decisions, facts
from caresim.model.codes import ASSESSMENT, BED, TEAM, WORK_AT_HOME

if TYPE_CHECKING:
    from collections.abc import Generator

    import simpy

    from caresim.engines.reference.person import Person, Step


def discharge(p: Person, pathway: int) -> None:
    """Leave the bed alive, whatever comes next having been taken already; draw what the next 91 days bring."""
    p.fact(facts.discharged, pathway)
    p.leave(BED)
    p.set(ADMISSION, p.decide(decisions.readmission_minute))
    p.set(DEATH, p.decide(decisions.death_minute, pathway))
    if p.decide(decisions.is_checked_on_day_91, pathway):
        if DAY_91 in p.due:
            p.fact(facts.checked_on_day_91)
        p.set(DAY_91, int(p.known["check_at"]))
    if p.known["at_home_first"] and not p.decide(decisions.assessment_skipped, WORK_AT_HOME):
        ask_social_worker(p, WORK_AT_HOME)


def ask_social_worker(p: Person, work: int) -> None:
    """Ask for a social worker to come, while life at home goes on."""
    p.work = work
    team = p.pool(ASSESSMENT)
    if team.has_queue:
        p.request(team, TEAM, 1, p.world.rank[work], begin_review)
    else:
        p.take(team, TEAM, 1)
        begin_review(p)


def begin_review(p: Person) -> None:
    """Begin a review, or the assessment at home after a discharge to assess."""
    minutes = p.decide(decisions.review_minutes, p.work)
    p.set(REVIEW_DONE, p.decide(decisions.after_working, p.pool(ASSESSMENT).number, minutes))


def at_home(p: Person) -> Generator[simpy.Event, int, Step | None]:
    """Live at home without support until the follow-up of the last discharge is over."""
    until = int(p.known["left_at"]) + p.world.follow_up
    if DAY_91 in p.due:
        until = max(until, p.due[DAY_91].minute)
    if until > p.env.now:
        p.set(EXIT, until)
        yield p.sleep()
    return None


def no_longer_inside(p: Person) -> None:
    """Give back everything and end all support."""
    p.leave_all()
    p.fact(facts.episode_ends)
    p.fact(facts.package_ends)
    p.fact(facts.recount)
    p.due.clear()
    p.world.inside.discard(p)
