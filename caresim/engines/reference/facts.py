"""What is counted and logged, as the reference engine calls it from Python; see decisions.py.

A fact takes (T, C, log, p, minute, ...). The reference writes its log in the order in which things happen, so the order
of a row, which the kernel sorts by, is left 0.
"""

from caresim.model import arrival, hospital, levels, record, support
from caresim.model.jit import entry


@entry
def asks(T, C, log, p, minute, pool, units):
    """Count a request that waits."""
    record.asks(T[0], C[0], log, 0, p[0], minute, pool, units)


@entry
def stops_waiting(T, C, log, p, minute, pool):
    """Take one off those who wait."""
    record.stops_waiting(T[0], C[0], p[0], minute, pool)


@entry
def starts(T, C, log, p, minute, pool, units, waited):
    """Count a start after waiting."""
    record.starts(T[0], C[0], log, 0, p[0], minute, pool, units, waited)


@entry
def starts_at_once(T, C, log, p, minute, pool, units):
    """Count a request met at once."""
    record.starts_at_once(T[0], C[0], log, 0, p[0], minute, pool, units)


@entry
def leaves(T, C, log, p, minute, pool, units):
    """Count what is given back."""
    record.leaves(T[0], C[0], log, 0, p[0], minute, pool, units)


@entry
def withdraws(T, C, log, p, minute, pool, units):
    """Count a request taken back."""
    record.withdraws(T[0], C[0], log, 0, p[0], minute, pool, units)


@entry
def overflows(T, C, log, p, minute, pool, units):
    """Count somebody who takes the substitute."""
    record.overflows(T[0], C[0], log, 0, p[0], minute, pool, units)


@entry
def substitute(T, C, log, p, minute, pool, units):
    """Change the use of a pool's substitute."""
    record.substitute(T[0], C[0], minute, pool, units)


@entry
def moves(T, C, log, p, minute, which, before, after, units):
    """Change the pool that units in use, or one who waits, count to."""
    record.moves(T[0], C[0], minute, which, before, after, units)


@entry
def handed_over(T, C, log, minute, pool, units):
    """Write that a pool has handed over all that was in use of it."""
    record.handed_over(C[0], log, 0, minute, pool, units)


@entry
def stage_over(T, C, log, p, minute, following):
    """End a stage of waiting in the bed."""
    levels.stage_over(p[0], minute, following)


@entry
def recount(T, C, log, p, minute):
    """Bring all levels of people up to date."""
    levels.recount(T[0], C[0], p[0], minute)


@entry
def distinct(T, C, log, p, minute):
    """Count a supported person once a year."""
    levels.distinct(T[0], C[0], p[0], minute)


@entry
def ages_up(T, C, log, p, minute):
    """Count a person in the next age band."""
    levels.ages_up(T[0], C[0], log, 0, p[0], minute)


@entry
def admitted(T, C, log, p, minute):
    """Count an admission."""
    hospital.admitted(T[0], C[0], log, 0, p[0], minute)


@entry
def bed_taken(T, C, log, p, minute):
    """Begin the stay."""
    hospital.bed_taken(T[0], C[0], p[0], minute)


@entry
def ready(T, C, log, p, minute):
    """Count somebody ready to leave; gives the need."""
    return hospital.ready(T[0], C[0], log, 0, p[0], minute)


@entry
def assessment_asked(T, C, log, p, minute):
    """Count the request for an assessment in the bed."""
    hospital.assessment_asked(T[0], C[0], log, 0, p[0], minute)


@entry
def asked_for(T, C, log, p, minute):
    """Begin the wait that the pre-2020 count includes."""
    hospital.asked_for(T[0], C[0], p[0], minute)


@entry
def bed_left(T, C, log, p, minute):
    """End the stay."""
    hospital.bed_left(T[0], C[0], p[0], minute)


@entry
def discharged(T, C, log, p, minute, pathway):
    """Count a live discharge."""
    hospital.discharged(T[0], C[0], log, 0, p[0], minute, pathway)


@entry
def died(T, C, log, p, minute):
    """Count a death."""
    hospital.died(T[0], C[0], log, 0, p[0], minute)


@entry
def gone(T, C, log, p, minute):
    """Count somebody who leaves the model alive."""
    hospital.gone(T[0], C[0], log, 0, p[0], minute)


@entry
def request_made(T, C, log, p, minute):
    """Count a request from the community."""
    support.request_made(T[0], C[0], p[0], minute)


@entry
def assessed(T, C, log, p, minute, pathway):
    """Count an assessment."""
    support.assessed(T[0], C[0], log, 0, p[0], minute, pathway)


@entry
def answered(T, C, log, p, minute, answer):
    """Count an assessment outside hospital."""
    support.answered(T[0], C[0], log, 0, p[0], minute, answer)


@entry
def adapted(T, C, log, p, minute):
    """Count an adaptation."""
    support.adapted(T[0], C[0], p[0], minute)


@entry
def episode_starts(T, C, log, p, minute, service):
    """Start an episode."""
    support.episode_starts(T[0], C[0], log, 0, p[0], minute, service)


@entry
def episode_completed(T, C, log, p, minute, result):
    """Count the outcome of an episode."""
    support.episode_completed(T[0], C[0], log, 0, p[0], minute, result)


@entry
def episode_ends(T, C, log, p, minute):
    """End an episode, if there is one."""
    support.episode_ends(T[0], C[0], log, 0, p[0], minute)


@entry
def package_starts(T, C, log, p, minute, key, setting, hours):
    """Start a package, or move to another."""
    support.package_starts(T[0], C[0], log, 0, key, p[0], minute, setting, hours)


@entry
def hours_change(T, C, log, p, minute, hours):
    """Change the hours of a package."""
    support.hours_change(T[0], C[0], log, 0, p[0], minute, hours)


@entry
def hours_asked(T, C, log, p, minute):
    """Set the hours that need asks for now, and give them."""
    return support.hours_asked(T[0], C[0], p[0], minute)


@entry
def package_ends(T, C, log, p, minute):
    """End a package, if there is one."""
    support.package_ends(T[0], C[0], log, 0, p[0], minute)


@entry
def package_lapses(T, C, log, p, minute):
    """End a package that is no longer held open."""
    support.package_lapses(T[0], C[0], log, 0, p[0], minute)


@entry
def package_resumes(T, C, log, p, minute):
    """Let the package held before go on."""
    support.package_resumes(C[0], log, 0, p[0], minute)


@entry
def package_ended_by(T, C, log, p, minute, how):
    """Count how a package ends."""
    support.package_ended_by(T[0], C[0], p[0], minute, how)


@entry
def money_runs_out(T, C, log, p, minute):
    """Let the council pay."""
    support.money_runs_out(T[0], C[0], log, 0, p[0], minute)


@entry
def checked_on_day_91(T, C, log, p, minute):
    """Count where somebody lives on day 91."""
    support.checked_on_day_91(T[0], C[0], log, 0, p[0], minute)


@entry
def reviewed(T, C, log, p, minute):
    """Count a review."""
    support.reviewed(T[0], C[0], log, 0, p[0], minute)


@entry
def grown(T, C, log, p, minute):
    """Write that need has grown."""
    support.grown(C[0], log, 0, p[0], minute)


@entry
def stocked(T, C, log, p, minute, key, setting):
    """Give somebody there at the start their package."""
    support.stocked(T[0], C[0], log, 0, key, p[0], setting)


@entry
def enters(T, C, log, key, p, number, minute):
    """Make the person behind an accepted candidate; returns the stream."""
    return arrival.enters(T[0], C[0], log, 0, key, p[0], number, minute)


@entry
def identify(T, C, log, key, p, number, place, age, stream, origin, minute):
    """Make a person who is there at the start."""
    arrival.identify(T[0], C[0], log, 0, key, p[0], number, place, age, stream, origin, minute)


@entry
def note_capacity(T, C, log, minute, pool, before, after):
    """Write and count a change of a pool's capacity."""
    record.note_capacity(T[0], C[0], log, 0, minute, pool, before, after)
