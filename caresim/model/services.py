"""What services hold, by month, and what a chain of support uses, from its beginning; see record.py."""

import numpy as np

from caresim.config.vocabulary import CHAIN_DAYS
from caresim.model.chance import DAY, WEEK
from caresim.model.codes import COUNCIL, FROM_HOSPITAL, REABLEMENT
from caresim.model.jit import jit
from caresim.model.record import level
from caresim.model.tables import WINDOWS
from caresim.model.when import month_at, rules_at, year_at

YEAR_OF_CHAIN = CHAIN_DAYS * DAY
IN_YEAR, FIRST_52_WEEKS = WINDOWS.index("in_year"), WINDOWS.index("first_52_weeks")


@jit
def chain(T, C, p, minute, service, people, hours):
    """Change what the person's chain of support uses, within the year it began in and within its first 52 weeks."""
    y = year_at(T, p.chain_from)
    for window in range(2):
        left = end_of_window(T, p, window) - minute
        if left > 0:
            C.chain[y, p.place, p.chain_origin, service, window, 0] += people * left
            C.chain[y, p.place, p.chain_origin, service, window, 1] += hours * left
            if window == FIRST_52_WEEKS and p.chain_origin == FROM_HOSPITAL:
                C.pathway_chain[y, p.place, p.chain_pathway, service, 0] += people * left
                C.pathway_chain[y, p.place, p.chain_pathway, service, 1] += hours * left


@jit
def end_of_window(T, p, window):
    """Give the minute up to which a window of the person's chain goes: the end of its year, or of its first 52 weeks.

    Neither goes beyond the end of the run: nobody knows how long support that goes on then will last.
    """
    if window == IN_YEAR:
        return T.year_start[year_at(T, p.chain_from) + 1]
    return min(p.chain_from + YEAR_OF_CHAIN, T.horizon)


@jit
def service_level(T, C, p, minute, service, funding, people, hours):
    """Change the people in a service and their hours a week, in the stock and in the person's chain."""
    if minute >= T.horizon:
        return
    m = month_at(T, minute)
    cell = C.stock[m, p.place, service, p.origin, funding]
    level(T, cell[0], m, minute, people)
    level(T, cell[1], m, minute, hours)
    if p.chain_from >= 0 and funding == COUNCIL:
        chain(T, C, p, minute, service, people, hours)


@jit
def package_level(T, C, p, minute, sign):
    """Count a package in (1) or out (-1); call before and after every change of setting, hours, funding or chain."""
    if p.setting >= 0:
        service_level(T, C, p, minute, p.setting, p.funding, sign, sign * p.hours)


@jit
def base_level(T, C, p, minute, sign):
    """Take (1) the package held before a chain began off that chain, or give it back (-1): it counts the increment."""
    if p.chain_from >= 0 and p.base_setting >= 0 and p.funding == COUNCIL:
        chain(T, C, p, minute, p.base_setting, -sign, -sign * p.base_hours)


@jit
def slot_level(T, C, p, minute, sign):
    """Count an episode in or out; visits of reablement are fewer after the intensive days."""
    if p.service != REABLEMENT:
        short_term_level(T, C, p, minute, sign, 0)
        return
    R = rules_at(T, p.visits_from)
    first = np.int64(R.visit_hours_first)
    after = np.int64(R.visit_hours_after)
    fewer_from = p.visits_from + np.int64(R.visit_intensive_days * DAY)
    if minute < fewer_from:
        short_term_level(T, C, p, minute, sign, sign * first)
        if after != first:
            short_term_level(T, C, p, fewer_from, 0, sign * (after - first))
    else:
        short_term_level(T, C, p, minute, sign, sign * after)


@jit
def short_term_level(T, C, p, minute, people, hours):
    """Change what a short-term service holds, and the part of it that comes after the weeks that are free."""
    service_level(T, C, p, minute, p.service, COUNCIL, people, hours)
    charged_level(T, C, p, max(minute, charged_from(T, p)), people, hours)


@jit
def charged_from(T, p):
    """Give the minute from which people contribute to an episode."""
    weeks = rules_at(T, p.visits_from).free_weeks[p.service - REABLEMENT]
    return p.visits_from + np.int64(weeks * WEEK)


@jit
def charged_level(T, C, p, minute, people, hours):
    """Change the part of a short-term service that people contribute to, in the stock and in the person's chain."""
    if minute >= T.horizon:
        return
    m, short = month_at(T, minute), p.service - REABLEMENT
    cell = C.charged[m, p.place, short, p.origin]
    level(T, cell[0], m, minute, people)
    level(T, cell[1], m, minute, hours)
    if p.chain_from < 0:
        return
    y = year_at(T, p.chain_from)
    for window in range(2):
        left = end_of_window(T, p, window) - minute
        if left > 0:
            C.charged_chain[y, p.place, p.chain_origin, short, window, 0] += people * left
            C.charged_chain[y, p.place, p.chain_origin, short, window, 1] += hours * left
