"""Leaving: the bed, and the model, by death or alive; and what a discharge sets going."""

from caresim.engines.contract import ADMISSION, DAY_91, DEATH, EXIT, REVIEW_DONE
from caresim.engines.kernel.fetch import fetch_others
from caresim.engines.kernel.holding import leave, leave_all, request, ring_at, take
from caresim.engines.kernel.states import AT_HOME, FREE
from caresim.model.codes import ASSESSMENT, BED, TEAM, WORK_AT_HOME
from caresim.model.discharge import death_minute, readmission_minute
from caresim.model.hospital import bed_left, died, discharged, gone, is_checked_on_day_91
from caresim.model.jit import jit
from caresim.model.levels import recount
from caresim.model.support import checked_on_day_91, episode_ends, package_ends
from caresim.model.waiting import assessment_skipped, review_minutes
from caresim.model.when import after_working, pool_at


@jit
def discharge(w, T, C, log, p, s, pathway):
    """Leave the bed alive, whatever comes next having been taken already; draw what the next 91 days bring."""
    discharged(T, C, log, w.order, p, w.now, pathway)
    leave(w, T, C, log, p, BED)
    ring_at(w, T, p, s, ADMISSION, readmission_minute(T, w.key64, p, w.now, p.support_missing))
    ring_at(w, T, p, s, DEATH, death_minute(T, w.key64, p, w.now, pathway))
    if is_checked_on_day_91(p, pathway):
        if p.rings[DAY_91] >= 0:
            checked_on_day_91(T, C, log, w.order, p, w.now)
        ring_at(w, T, p, s, DAY_91, p.check_at)
    if (
        p.at_home_first
        and not assessment_skipped(T, p, WORK_AT_HOME, w.now)
        and ask_team(w, T, C, log, p, s, WORK_AT_HOME)
    ):
        begin_review(w, T, p, s)


@jit
def ask_team(w, T, C, log, p, s, work):
    """Ask for a social worker; tells whether one is there at once, as where the pool has no queue."""
    p.ask_work = work
    pool = pool_at(T, ASSESSMENT, p, w.now)
    if T.queues[pool]:
        request(w, T, C, log, p, s, pool, TEAM, 1, T.rank[work], w.now)
        return False
    take(w, T, C, log, p, pool, TEAM, 1)
    return True


@jit
def begin_review(w, T, p, s):
    """Begin a review, or the assessment at home after a discharge to assess."""
    pool = pool_at(T, ASSESSMENT, p, w.now)
    minutes = review_minutes(T, w.key64, p, p.ask_work, w.now)
    ring_at(w, T, p, s, REVIEW_DONE, after_working(T, pool, w.now, minutes))


@jit
def no_longer_inside(w, T, C, log, p, s):
    """Give back everything, end all support and free the slot."""
    leave_all(w, T, C, log, p)
    episode_ends(T, C, log, w.order, p, w.now)
    package_ends(T, C, log, w.order, p, w.now)
    recount(T, C, p, w.now)
    p.rings[:] = -1
    p.doing = FREE
    fetch_others(p)  # whoever comes next is written into them
    w.free[w.freed] = s
    w.freed += 1


@jit
def die(w, T, C, log, p, s):
    """Die, in hospital or elsewhere."""
    died(T, C, log, w.order, p, w.now)
    if p.in_bed:
        bed_left(T, C, p, w.now)
    no_longer_inside(w, T, C, log, p, s)


@jit
def leave_model(w, T, C, log, p, s):
    """Leave the model alive."""
    gone(T, C, log, w.order, p, w.now)
    no_longer_inside(w, T, C, log, p, s)


@jit
def home_without_support(w, T, C, log, p, s):
    """Live at home without support until the follow-up of the last discharge is over."""
    until = p.left_at + T.follow_up
    if p.rings[DAY_91] >= 0:
        until = max(until, p.rings[DAY_91])
    if until <= w.now:
        leave_model(w, T, C, log, p, s)
        return
    p.doing = AT_HOME
    ring_at(w, T, p, s, EXIT, until)
