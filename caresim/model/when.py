"""Calendar: which month, year or epoch a minute lies in, which pool serves then, when a team that rests is done."""

import numpy as np

from caresim.model.chance import DAY
from caresim.model.jit import jit

_DAY = np.uint64(DAY)


@jit
def day_of(minute):
    """Number the day of a minute that is not before the run: unsigned, so that no index is counted from the end."""
    return np.uint64(minute) // _DAY


@jit
def month_at(T, minute):
    """Number the month of a minute, from the first day of the warm-up."""
    return T.month_of_day[day_of(minute)]


@jit
def year_at(T, minute):
    """Number the financial year of a minute."""
    return T.year_of_month[month_at(T, minute)]


@jit
def rules_at(T, minute):
    """Give the rules in force in the month of a minute (before the start: those of the start)."""
    return T.rules[T.epoch[month_at(T, min(max(minute, 0), T.horizon - 1))]]


@jit
def layout_at(T, minute):
    """Number the layout of the pools (scopes, working days) in force in the month of a minute."""
    return T.layout[month_at(T, min(max(minute, 0), T.horizon - 1))]


@jit
def pool_at(T, kind, p, minute):
    """Give the pool of a kind that serves a person in the month of a minute."""
    return T.pool_of[layout_at(T, minute), kind, p.place, p.trust]


@jit
def after_working(T, pool, minute, work):
    """Give the minute at which `work` minutes are done, counting only the days on which the pool's team works."""
    while True:
        day = minute // DAY
        if T.works[layout_at(T, minute), pool, (T.first_weekday + day) % 7]:
            left = (day + 1) * DAY - minute
            if work <= left:
                return minute + work
            work -= left
        minute = (day + 1) * DAY


@jit
def midnights(begin, end):
    """Count the midnights between two minutes."""
    return np.int64(end // DAY - begin // DAY)
