"""Short-term support: reablement at home, a bed in intermediate care, a temporary place in a care home."""

from caresim.model.chance import D_OUTCOME, D_PLANNED, D_RESIDUAL, choose, quantile, span, uniform, whole_minutes
from caresim.model.codes import CARE_HOME, INTERMEDIATE_CARE, REABLEMENT, SAME, SMALLER
from caresim.model.jit import jit
from caresim.model.need import need_now, settle_need
from caresim.model.when import rules_at


@jit
def planned_minutes(T, key, p, minute):
    """Draw the planned length of the episode of `p.service`; for somebody there at the start, what is left of it."""
    R = rules_at(T, minute)
    if p.residual_first:
        d = T.residual_slot[0 if p.service == REABLEMENT else 1, p.place, p.age]
        return whole_minutes(T, quantile(T, d, uniform(key, p.number, D_RESIDUAL, 0)))
    if p.service == REABLEMENT:
        return span(T, R.planned_reablement[p.place, p.age], key, p.number, D_PLANNED, p.spell)
    if p.service == INTERMEDIATE_CARE:
        return span(T, R.planned_intermediate_care[p.place, p.age], key, p.number, D_PLANNED, p.spell)
    return span(T, R.planned_temporary[p.place, p.age], key, p.number, D_PLANNED, p.spell)


@jit
def outcome(T, key, p, minute):
    """Draw how a completed episode ends, by age."""
    R = rules_at(T, minute)
    if p.service == REABLEMENT:
        return choose(R.outcomes_reablement[p.place, p.age], key, p.number, D_OUTCOME, p.spell)
    if p.service == INTERMEDIATE_CARE:
        return choose(R.outcomes_intermediate_care[p.place, p.age], key, p.number, D_OUTCOME, p.spell)
    return choose(R.outcomes_temporary[p.place, p.age], key, p.number, D_OUTCOME, p.spell)


@jit
def smaller_factor(R, p):
    """Give what is left of need after an episode that made it smaller."""
    if p.service == REABLEMENT:
        return R.reablement_smaller_factor[p.place, p.age]
    if p.service == INTERMEDIATE_CARE:
        return R.intermediate_care_smaller_factor[p.place, p.age]
    return R.temporary_smaller_factor[p.place, p.age]


@jit
def need_after(T, p, result, minute):
    """Set the need that is left after the episode."""
    need = need_now(T, p, minute)
    if result == SMALLER:
        settle_need(p, need * smaller_factor(rules_at(T, minute), p))
    elif result == SAME or result == CARE_HOME:
        settle_need(p, need)
    else:
        p.decondition = 1.0
