"""What the shared rules decide and draw, as the reference engine calls them from Python.

A rule takes records; a record costs microseconds to hand into compiled code, an array of one element a tenth of that.
So each rule has a wrapper that takes arrays of length 1 (tables, person) and opens them inside.
"""

from caresim.model import arrival, discharge, episode, hospital, need, package, review, stay, support, waiting, when
from caresim.model.jit import entry


@entry
def need_now(T, key, p, minute):
    """Give the need at a minute."""
    return need.need_now(T[0], p[0], minute)


@entry
def whole_hours_now(T, key, p, minute):
    """Give the hours of a package that need asks for now."""
    return need.package_hours(T[0], p[0], minute)


@entry
def has_hours(T, key, p, minute):
    """Tell whether hours follow need."""
    return support.has_hours(p[0])


@entry
def harden(T, key, p, minute):
    """Take the stay's effect on need."""
    return need.harden(T[0], p[0], minute)


@entry
def first_need(T, key, p, minute):
    """Draw the underlying need of a new person."""
    return need.first_need(T[0], key, p[0], minute)


@entry
def start_hours(T, key, p, minute):
    """Draw the hours of somebody who is in care at the start."""
    return need.start_hours(T[0], key, p[0])


@entry
def stay_minutes(T, key, p, minute):
    """Draw the time until ready."""
    return stay.stay_minutes(T[0], key, p[0], minute)


@entry
def residual_stay_minutes(T, key, p, minute):
    """Draw what is left of a stay that is under way at the start."""
    return stay.residual_stay_minutes(T[0], key, p[0])


@entry
def dies_in_hospital(T, key, p, minute):
    """Decide whether the stay ends in death."""
    return stay.dies_in_hospital(T[0], key, p[0], minute)


@entry
def death_while_waiting(T, key, p, minute):
    """Draw the minute of death in the bed."""
    return stay.death_while_waiting(T[0], key, p[0], minute)


@entry
def goes_back_as_before(T, key, p, minute, hours):
    """Decide whether the package held before goes on."""
    return discharge.goes_back_as_before(T[0], p[0], hours, minute)


@entry
def is_referred(T, key, p, minute, hours):
    """Decide on a referral."""
    return discharge.is_referred(T[0], key, p[0], hours, minute)


@entry
def is_assessed_at_home(T, key, p, minute, hours):
    """Decide on a discharge to assess."""
    return discharge.is_assessed_at_home(T[0], key, p[0], hours, minute)


@entry
def prescribed_pathway(T, key, p, minute, hours, in_bed):
    """Give the pathway that the assessment prescribes."""
    return discharge.prescribed_pathway(T[0], key, p[0], hours, in_bed, minute)


@entry
def needs_adaptation(T, key, p, minute):
    """Decide on an adaptation."""
    return discharge.needs_adaptation(T[0], key, p[0], minute)


@entry
def is_temporary(T, key, p, minute):
    """Decide whether a placement is temporary at first."""
    return discharge.is_temporary(T[0], key, p[0], minute)


@entry
def readmission_minute(T, key, p, minute):
    """Draw the readmission after this discharge."""
    return discharge.readmission_minute(T[0], key, p[0], minute, p[0].support_missing)


@entry
def death_minute(T, key, p, minute, pathway):
    """Draw the death within 91 days of this discharge."""
    return discharge.death_minute(T[0], key, p[0], minute, pathway)


@entry
def readmission_cause(T, key, p, minute):
    """Draw the cause of an admission from home."""
    return discharge.readmission_cause(T[0], key, p[0], minute)


@entry
def work_of_request(T, key, p, minute):
    """Give the class of work of a request."""
    return waiting.work_of_request(p[0])


@entry
def referral_minutes(T, key, p, minute):
    """Draw the time until the assessment is asked for."""
    return waiting.referral_minutes(T[0], key, p[0], minute)


@entry
def assessment_skipped(T, key, p, minute, work):
    """Tell whether this class of work is left out."""
    return waiting.assessment_skipped(T[0], p[0], work, minute)


@entry
def assessment_minutes(T, key, p, minute, work):
    """Draw the working time of an assessment."""
    return waiting.assessment_minutes(T[0], key, p[0], work, need.need_now(T[0], p[0], minute), minute)


@entry
def review_minutes(T, key, p, minute, work):
    """Draw the working time of a review."""
    return waiting.review_minutes(T[0], key, p[0], work, minute)


@entry
def adaptation_minutes(T, key, p, minute):
    """Draw the working time of an installation."""
    return waiting.adaptation_minutes(T[0], key, p[0], minute)


@entry
def arrangement_minutes(T, key, p, minute):
    """Draw the time to arrange what comes next."""
    return waiting.arrangement_minutes(T[0], key, p[0], minute)


@entry
def restart_minutes(T, key, p, minute):
    """Draw the time until the package goes on."""
    return waiting.restart_minutes(T[0], key, p[0], minute)


@entry
def sourcing_minutes(T, key, p, minute, setting, in_use, capacity):
    """Draw the time to find a package."""
    return waiting.sourcing_minutes(T[0], key, p[0], setting, in_use, capacity, minute)


@entry
def after_working(T, key, p, minute, pool, work):
    """Give the minute at which some work is done."""
    return when.after_working(T[0], pool, minute, work)


@entry
def planned_minutes(T, key, p, minute):
    """Draw the planned length of an episode."""
    return episode.planned_minutes(T[0], key, p[0], minute)


@entry
def outcome(T, key, p, minute):
    """Draw the outcome of an episode."""
    return episode.outcome(T[0], key, p[0], minute)


@entry
def is_checked_on_day_91(T, key, p, minute, pathway):
    """Tell whether a discharge is followed up."""
    return hospital.is_checked_on_day_91(p[0], pathway)


@entry
def units_of(T, key, p, minute, setting, hours):
    """Give what a package takes from its pool."""
    return package.units_of(setting, hours)


@entry
def starter_number(cell, j):
    """Number the j-th person of a cell of people there at the start."""
    return arrival.starter_number(cell, j)


@entry
def request_leads_to(T, key, p, minute):
    """Draw what a request leads to."""
    return package.request_leads_to(T[0], key, p[0], minute)


@entry
def package_setting(T, key, p, minute, care_home):
    """Draw the setting of a package."""
    return package.package_setting(T[0], key, p[0], care_home, minute)


@entry
def market_of(T, key, p, minute, setting):
    """Give the pool that a setting uses."""
    return package.market_of(T[0], p[0], setting, minute)


@entry
def lifetime_minutes(T, key, p, minute):
    """Draw the remaining lifetime of a package."""
    return package.lifetime_minutes(T[0], key, p[0], minute)


@entry
def ending(T, key, p, minute):
    """Draw how a package ends."""
    return package.ending(T[0], key, p[0], minute)


@entry
def held_open(T, key, p, minute):
    """Give the time for which a package is kept."""
    return package.held_open(T[0], p[0], minute)


@entry
def money_minute(T, key, p, minute):
    """Draw the minute at which the money runs out."""
    return package.money_minute(T[0], key, p[0], minute)


@entry
def admission_minute(T, key, p, minute):
    """Invert what is left of the hazard of admission."""
    return package.admission_minute(T[0], p[0])


@entry
def start_hazard(T, key, p, minute):
    """Start the hazard of admission."""
    return package.start_hazard(T[0], key, p[0], minute)


@entry
def spend_hazard(T, key, p, minute):
    """Spend the hazard of admission so far."""
    return package.spend_hazard(T[0], p[0], minute)


@entry
def review_wait(T, key, p, minute):
    """Give the time until the next review."""
    return review.review_wait(T[0], key, p[0], minute)


@entry
def review_need(T, key, p, minute):
    """Set need to what the review finds."""
    return review.review_need(T[0], key, p[0], minute)


@entry
def growth_wait(T, key, p, minute):
    """Draw the time until need grows."""
    return review.growth_wait(T[0], key, p[0], minute)


@entry
def grow(T, key, p, minute):
    """Raise need by a step."""
    return review.grow(T[0], p[0], minute)


@entry
def next_month(T, nobody, key, times, counts, month, buffer):
    """Fill `buffer` with the arrivals of a month; see model/arrival.py."""
    return arrival.next_month(T[0], nobody, key, times, counts, month, T[0].top_level, buffer)


@entry
def next_birthday(T, key, p, minute):
    """Give the minute of the next birthday that matters."""
    return arrival.next_birthday(T[0], key, p[0])


@entry
def starter_at_pool(T, key, pool, number):
    """Draw place and age of somebody who uses or awaits a pool at the start."""
    return arrival.starter_at_pool(T[0], key, pool, number)


@entry
def week_with_room(T, pool, week, booked_week, booked):
    """Find the first week in which the market can still start a package."""
    return waiting.week_with_room(T[0], pool, week, booked_week, booked)
