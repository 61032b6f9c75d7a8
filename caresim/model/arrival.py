"""Arrivals: candidates at fixed rates that no scenario changes, thinned to the rate of the day; people at the start.

Thinning of a Poisson process: Lewis and Shedler (1979).

Each stream (place, age, cause) has strips of rates a day: [0,1), [1,2), [2,4), [4,8) ... Candidate k of a strip comes
-log(u)/height days after candidate k-1 and has a level spread evenly over the strip; it becomes a person if its level
is below the rate of its day. So lowering a rate removes some people and leaves everybody else as they were.
"""

import math

import numpy as np

from caresim.model.chance import D_ARRIVAL, D_BIRTHDAY, D_PLACE, D_TRUST, DAY, YEAR, choose, two_uniforms, uniform
from caresim.model.codes import (
    ARRIVES, COMING_OF_AGE, COMMUNITY, FROM_COMMUNITY, FROM_HOSPITAL, FROM_SELF_FUNDER, OTHER_EMERGENCY, OWN_HOME_CARE,
    PLANNED, SELF,
)  # fmt: skip
from caresim.model.jit import jit
from caresim.model.need import first_need
from caresim.model.record import note
from caresim.model.tables import FIRST_ARRIVAL, LEVELS, N_AGES, N_STREAMS, PERSON_BITS, STARTERS

TEN_YEARS = 10 * YEAR
WORKING_AGE_YEARS = 47 * YEAR
NO_BIRTHDAY = 1 << 40
UNKNOWN = -1
PERSON_MASK = (1 << PERSON_BITS) - 1


@jit
def strip_floor(level):
    """Give the lower edge of a strip: 0, 1, 2, 4, 8 ..."""
    return 0.0 if level == 0 else math.ldexp(1.0, level - 1)


@jit
def strip_height(level):
    """Give the height of a strip: 1, 1, 2, 4, 8 ..."""
    return 1.0 if level == 0 else math.ldexp(1.0, level - 1)


@jit
def candidate_number(T, strip, k):
    """Number candidate k of a strip; the same in every scenario."""
    return FIRST_ARRIVAL + k * T.strips + strip


@jit
def rate_of_day(T, rates, place, age, stream, day):
    """Give the rate of a stream on a day, people a day."""
    weekday = (T.first_weekday + day) % 7
    return rates[place, age, stream, T.month_of_day[day]] * T.weekday[stream, weekday]


@jit
def next_month(T, others, key, times, counts, month, levels, buffer):
    """Fill `buffer` with the accepted arrivals of a month, in no order, each as minute << PERSON_BITS | person.

    `others` are other rates, 0 for none: whoever comes at both is left out, and who comes only at the others is written
    as the complement (below 0). `levels` says of how many strips of each stream: T.top_level for all who arrive.
    `times` (days) and `counts` hold, by strip, the candidate that comes next; the caller sets them to -1 and 0 at the
    start. Returns how many there are, or -1 when the buffer is too small (times and counts are then spoiled).
    """
    end = T.month_start[month + 1]
    n = 0
    for place in range(T.places):
        for age in range(N_AGES):
            for stream in range(N_STREAMS):
                for level in range(levels[place, age, stream]):
                    n = strip_month(T, others, key, times, counts, place, age, stream, level, end, buffer, n)
                    if n < 0:
                        return -1
    return n


@jit
def strip_month(T, others, key, times, counts, place, age, stream, level, end, buffer, n):
    """Add one strip's accepted arrivals before `end` to the buffer; returns the new length or -1 when it is full."""
    strip = ((place * N_AGES + age) * N_STREAMS + stream) * LEVELS + level
    height = strip_height(level)
    while True:
        person = candidate_number(T, strip, counts[strip])
        gap, where = two_uniforms(key, person, D_ARRIVAL, 0)
        if times[strip] < 0.0 or counts[strip] == 0:
            times[strip] = 0.0
        time = times[strip] - math.log(gap) / height
        if time * DAY >= end:
            return n
        times[strip] = time
        counts[strip] += 1
        high, day = strip_floor(level) + where * height, np.int64(time)
        here = high < rate_of_day(T, T.rate, place, age, stream, day)
        there = high < rate_of_day(T, others, place, age, stream, day)
        if here != there:
            if n >= buffer.size:
                return -1
            minute = np.int64(time * DAY) // T.grain * T.grain
            arrival = (minute << PERSON_BITS) | person
            buffer[n] = arrival if here else ~arrival
            n += 1


@jit
def clear(p, number):
    """Make a person record new."""
    p.number = number
    p.trust = 0
    p.birthday = UNKNOWN
    p.n0 = 0.0
    p.decondition = 1.0
    p.deconditioned_at = 0
    p.spell = 0
    p.package = 0
    p.review = 0
    p.growths = 0
    clear_stay(p)
    clear_support(p)
    clear_counted(p)


@jit
def clear_stay(p):
    """Put somebody in no bed."""
    p.came = 0
    p.ready_at = -1
    p.in_bed = 0
    p.left_at = -NO_BIRTHDAY
    p.check_at = -1
    p.stage = 0
    p.stage_since = 0
    p.waited[:] = 0
    p.midnights[:] = 0
    p.asked_at = -1
    p.pathway = 0
    p.grown = 0
    p.at_home_first = 0
    p.support_missing = 0


@jit
def clear_support(p):
    """Give somebody no support, and let them ask for none."""
    p.setting = -1
    p.hours = 0
    p.funding = -1
    p.self_arranged = 0
    p.asked_setting = -1
    p.asked_hours = 0
    p.ask_work = 0
    p.awaits = 0
    p.moving = 0
    p.left_over = -1
    p.service = -1
    p.visits_from = 0
    p.residual_first = 0
    p.hazard_left = -1.0
    p.hazard_from = 0


@jit
def clear_counted(p):
    """Let somebody count nowhere, and belong to no chain."""
    p.away = 0
    p.supported = 0
    p.unmet = 0
    p.hours_unmet = 0
    p.counted_year = -1
    p.counted_year_long = -1
    p.chain_from = -1
    p.chain_origin = 0
    p.chain_pathway = 0
    p.base_setting = -1
    p.base_hours = 0


@jit
def stream_of(T, number):
    """Read place, age and stream back from an arrival's number."""
    stream = ((number - FIRST_ARRIVAL) % T.strips) // LEVELS
    return stream // (N_AGES * N_STREAMS), stream // N_STREAMS % N_AGES, stream % N_STREAMS


@jit
def next_birthday(T, key, p):
    """Give the minute at which a person moves up an age band, drawn when it is first asked for.

    Whoever came of age on entering has the whole band before them.
    """
    if p.birthday == UNKNOWN:
        p.birthday = first_birthday(T, key, p)
    return p.birthday


@jit
def first_birthday(T, key, p):
    """Draw the minute at which a person leaves the age band in which they entered."""
    if p.age == N_AGES - 1:
        return NO_BIRTHDAY
    width = WORKING_AGE_YEARS if p.age == 0 else TEN_YEARS
    if p.number >= FIRST_ARRIVAL and stream_of(T, p.number)[2] == COMING_OF_AGE:
        return p.entered + width
    return p.entered + 1 + np.int64(uniform(key, p.number, D_BIRTHDAY, 0) * width)


@jit
def starter_number(cell, j):
    """Number the j-th person of a cell of people there at the start; a larger stock adds people."""
    return j * STARTERS + cell


@jit
def trust_of(T, key, p):
    """Draw the acute trust by the catchment of the place."""
    return choose(T.trust_cdf[p.place, : T.trusts], key, p.number, D_TRUST, 0)


@jit
def origin_of_stream(stream):
    """Give where the demand of a stream begins."""
    if stream <= PLANNED:
        return FROM_HOSPITAL
    return FROM_SELF_FUNDER if stream >= OWN_HOME_CARE else FROM_COMMUNITY + stream - COMMUNITY


@jit
def identify(T, C, log, order, key, p, number, place, age, stream, origin, minute):
    """Make the person who enters now; need is drawn by the caller, who knows which."""
    clear(p, number)
    p.place = place
    p.age = age
    p.cause = stream if stream <= PLANNED else OTHER_EMERGENCY
    p.origin = origin
    p.entered = minute
    p.trust = trust_of(T, key, p)
    note(C, log, order, p, minute, ARRIVES, -1, stream)


@jit
def enters(T, C, log, order, key, p, number, minute):
    """Make the person behind an accepted candidate; returns the stream."""
    place, age, stream = stream_of(T, number)
    identify(T, C, log, order, key, p, number, place, age, stream, origin_of_stream(stream), minute)
    p.n0 = first_need(T, key, p, minute)
    if stream >= OWN_HOME_CARE:
        p.funding = SELF
        p.self_arranged = 1
    return stream


@jit
def starter_at_pool(T, key, pool, number):
    """Draw place and age of somebody who uses or awaits a pool at the start."""
    place = choose(T.pool_places[pool, : T.places], key, number, D_PLACE, 0)
    return place, choose(T.age_cdf, key, number, D_PLACE, 1)
