"""The quiet: people who are admitted, never need a pool with a queue, and go home without support.

Most admissions are like that. What happens to them depends on nobody else, so it is told at once, at their arrival,
without the heap; the counts do not mind the order, and a log is sorted afterwards by the order of the moments. Somebody
who turns out to be referred joins the others at the minute of being ready. The steps are those of way.py, leaving.py.
"""

from caresim.engines.contract import ADMISSION, DEATH, EXIT, PHASE_CLOCK, STEP, moment
from caresim.engines.kernel.holding import leave, ring_at, take
from caresim.engines.kernel.leaving import die, leave_model
from caresim.engines.kernel.states import FREE, STAYING
from caresim.model.codes import ACUTE_BEDS, BED, PATHWAY_0
from caresim.model.discharge import death_minute, is_referred, readmission_cause, readmission_minute
from caresim.model.hospital import admitted, bed_taken, discharged, ready
from caresim.model.jit import jit
from caresim.model.need import harden, need_now
from caresim.model.stay import dies_in_hospital, stay_minutes
from caresim.model.when import pool_at


@jit
def live_quietly(w, T, C, log, p, s):
    """Tell the hospital spells of a newly admitted person until they leave, or until they have to queue."""
    now, order = w.now, w.order
    while quiet_spell(w, T, C, log, p, s) and come_back(w, T, C, log, p, s):
        pass
    w.now = now
    w.order = order


@jit
def at(w, p, minute, kind):
    """Move to another moment of this person."""
    w.now = minute
    w.order = moment(minute, PHASE_CLOCK, p.number, kind)
    w.quiet += 1


@jit
def out_of_sight(w, p, s):
    """Free the slot of somebody of whom nothing more is seen before the end of the run; they stay inside."""
    p.doing = FREE
    w.unseen += 1
    w.free[w.freed] = s
    w.freed += 1
    return False


@jit
def quiet_spell(w, T, C, log, p, s):
    """Tell one spell; false if the story ends here or goes on in the open."""
    admitted(T, C, log, w.order, p, w.now)
    take(w, T, C, log, p, pool_at(T, ACUTE_BEDS, p, w.now), BED, 1)
    bed_taken(T, C, p, w.now)
    end = w.now + stay_minutes(T, w.key64, p, w.now)
    if end >= T.horizon:
        return out_of_sight(w, p, s)
    if dies_in_hospital(T, w.key64, p, end):
        at(w, p, end, STEP)
        die(w, T, C, log, p, s)
        return False
    harden(T, p, end)
    if is_referred(T, w.key64, p, need_now(T, p, end), end):
        p.doing = STAYING
        ring_at(w, T, p, s, STEP, end)
        return False
    at(w, p, end, STEP)
    ready(T, C, log, w.order, p, w.now)
    discharged(T, C, log, w.order, p, w.now, PATHWAY_0)
    leave(w, T, C, log, p, BED)
    return True


@jit
def come_back(w, T, C, log, p, s):
    """Tell whether and when somebody discharged without support comes back; if not, how they leave the model."""
    back = readmission_minute(T, w.key64, p, w.now, p.support_missing)
    death = death_minute(T, w.key64, p, w.now, PATHWAY_0)
    until = w.now + T.follow_up
    if T.follow_up == 0:
        leave_model(w, T, C, log, p, s)
        return False
    first = min(back, min(death, until))
    if first >= T.horizon:
        return out_of_sight(w, p, s)
    if death == first:
        at(w, p, death, DEATH)
        die(w, T, C, log, p, s)
        return False
    if back == first:
        at(w, p, back, ADMISSION)
        p.spell += 1
        p.cause = readmission_cause(T, w.key64, p, w.now)
        return True
    at(w, p, until, EXIT)
    leave_model(w, T, C, log, p, s)
    return False
