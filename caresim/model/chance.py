"""Draws: a pure function of (seed, replication, person, purpose, occurrence), turned into values by the inverse.

The generator is Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11).
The inverse normal is Wichura's AS241 (Applied Statistics 37, 1988).
"""

import math

import numpy as np

from caresim.model.jit import jit

# What a draw is for. The number is part of the draw: never renumber, only append.
(
    D_ARRIVAL, D_BIRTHDAY, D_TRUST, D_NEED, D_STAY, D_DEATH, D_DEATH_WAITING, D_REFERRED, D_TO_ASSESS, D_PRESCRIBED,
    D_REFERRAL, D_ASSESSING, D_ADAPTS, D_ADAPTING, D_ARRANGING, D_OFFERED, D_GROWN_HOME, D_TEMPORARY, D_PLANNED,
    D_OUTCOME, D_READMITTED, D_READMITTED_WHEN, D_WRAPPED, D_DIES, D_DIES_WHEN, D_RESTART, D_SETTING, D_FUNDING,
    D_LIFETIME, D_ENDING, D_SOURCING, D_REVIEWING, D_REVIEW_FACTOR, D_GROWTH, D_HAZARD, D_CAUSE, D_MONEY, D_REQUEST,
    D_RESIDUAL, D_FIRST_REVIEW, D_PLACE,
) = range(41)  # fmt: skip

(FIXED, EXPONENTIAL, LOGNORMAL, WEIBULL, CURVE, EMPIRICAL) = range(6)
NOTHING = -1  # the family of a stage that is left out
CELLS = 512  # of a tabulated quantile curve, between normal scores -REACH and REACH
REACH = 8.3  # beyond the normal score of the smallest and largest uniform, 2**-53 and 1 - 2**-53

DAY = 1440
YEAR = 365 * DAY
WEEK = 7 * DAY
NEVER = 1 << 26  # a minute that never comes and still fits a key

_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint64(0x9E3779B9)
_W1 = np.uint64(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)
_12 = np.uint64(12)


@jit
def philox(c0, c1, c2, c3, k0, k1):
    """Ten rounds of Philox4x32: four counter words and two key words in, four words out (32 bits each, as uint64)."""
    for _ in range(10):
        p0 = _M0 * c0
        p1 = _M1 * c2
        c0, c1, c2, c3 = (p1 >> _32) ^ c1 ^ k0, p1 & _LOW, (p0 >> _32) ^ c3 ^ k1, p0 & _LOW
        k0 = (k0 + _W0) & _LOW
        k1 = (k1 + _W1) & _LOW
    return c0, c1, c2, c3


@jit
def replication_key(seed, replication):
    """Mix seed and replication (each below 2**63) into the 64-bit key of a replication."""
    s = np.uint64(seed)
    r = np.uint64(replication)
    a, b, _, _ = philox(s & _LOW, s >> _32, r & _LOW, r >> _32, np.uint64(0x63617265), np.uint64(0x73696D31))
    return (a << _32) | b


@jit
def _unit(high, low):
    """Turn 52 of 64 bits into a number strictly between 0 and 1."""
    return (np.float64(((high << _32) | low) >> _12) + 0.5) * 2.0**-52


@jit
def two_uniforms(key, person, purpose, occurrence):
    """Draw the pair of numbers in (0, 1) that belongs to this person, purpose and occurrence."""
    o = np.uint64(occurrence)
    a, b, c, d = philox(
        np.uint64(person) & _LOW, np.uint64(purpose), o & _LOW, o >> _32, np.uint64(key) & _LOW, np.uint64(key) >> _32
    )
    return _unit(a, b), _unit(c, d)


@jit
def uniform(key, person, purpose, occurrence):
    """Draw the number in (0, 1) that belongs to this person, purpose and occurrence."""
    return two_uniforms(key, person, purpose, occurrence)[0]


@jit
def normal_score(u):
    """Invert the standard normal distribution function (AS241, relative error about 1e-16); 0 < u < 1."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = ((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r + 133.14166789178437745) * r + 3.387132872796366608  # fmt: skip
        low = ((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r + 42.313330701600911252) * r + 1.0  # fmt: skip
        return q * top / low
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        r -= 1.6
        top = ((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r + 4.6303378461565452959) * r + 1.42343711074968357734  # fmt: skip
        low = ((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r + 2.05319162663775882187) * r + 1.0  # fmt: skip
    else:
        r -= 5.0
        top = ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r + 5.4637849111641143699) * r + 6.6579046435011037772  # fmt: skip
        low = ((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r + 0.59983220655588793769) * r + 1.0  # fmt: skip
    return -top / low if q < 0.0 else top / low


@jit
def quantile(T, d, u):
    """Invert the distribution `d` at `u`; days, hours or a plain factor, whatever `d` is written in."""
    if d.family == EXPONENTIAL:
        return -d.a * math.log(u)
    if d.family == LOGNORMAL:
        return math.exp(d.a + d.b * normal_score(u))
    if d.family == FIXED:
        return d.a
    if d.family == WEIBULL:
        return d.a * math.pow(-math.log(u), d.b)
    if d.family == CURVE:
        x = (normal_score(u) + REACH) * (CELLS / (2.0 * REACH))
        i = min(max(np.int64(x), 0), CELLS - 1)
        low = T.curves[d.start, i]
        return d.a * (low + (x - i) * (T.curves[d.start, i + 1] - low))
    return d.a * T.samples[d.start + min(np.int64(u * d.count), d.count - 1)]


@jit
def draw(T, d, key, person, purpose, occurrence):
    """Draw a value; with its zero share it lies within the first day, spread evenly."""
    if d.family == FIXED and d.zero_share <= 0.0:
        return d.a
    u = uniform(key, person, purpose, occurrence)
    if d.zero_share > 0.0:
        if u < d.zero_share:
            return u / d.zero_share
        u = (u - d.zero_share) / (1.0 - d.zero_share)
    return quantile(T, d, u)


@jit
def whole_minutes(T, days):
    """Round days to the clock's grain, never less than one."""
    return max(np.int64(1), np.int64(min(days, 36500.0) * DAY / T.grain + 0.5)) * T.grain


@jit
def span(T, d, key, person, purpose, occurrence):
    """Draw a duration in whole minutes."""
    return whole_minutes(T, draw(T, d, key, person, purpose, occurrence))


@jit
def happens(share, key, person, purpose, occurrence):
    """Decide whether something of this probability happens; what never happens needs no draw."""
    return share >= 1.0 or (share > 0.0 and uniform(key, person, purpose, occurrence) < share)


@jit
def choose(shares, key, person, purpose, occurrence):
    """Pick an index by cumulative shares; the last one takes what rounding leaves; no draw if there is no choice."""
    if shares[0] >= 1.0:
        return 0
    u = uniform(key, person, purpose, occurrence)
    last = shares.size - 1
    for i in range(last):
        if u < shares[i]:
            return i
    return last
