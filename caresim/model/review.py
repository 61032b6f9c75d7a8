"""Reviews and the growth of need between them."""

import numpy as np

from caresim.model.chance import (
    D_FIRST_REVIEW, D_GROWTH, D_REVIEW_FACTOR, NEVER, NOTHING, draw, span, uniform, whole_minutes,
)  # fmt: skip
from caresim.model.jit import jit
from caresim.model.need import need_now, settle_need
from caresim.model.when import rules_at


@jit
def review_wait(T, key, p, minute):
    """Give the minutes until the next review is due; people there at the start are spread over the year."""
    days = rules_at(T, minute).review_every_days[p.place, p.age]
    if days <= 0.0:
        return NEVER
    if p.residual_first:
        days *= uniform(key, p.number, D_FIRST_REVIEW, 0)
    return whole_minutes(T, days)


@jit
def review_need(T, key, p, minute):
    """Set need to what the review finds: need now times the review factor."""
    d = rules_at(T, minute).review_factor[p.place, p.age]
    factor = draw(T, d, key, p.number, D_REVIEW_FACTOR, (np.int64(p.package) << 16) | p.review)
    settle_need(p, max(0.5, need_now(T, p, minute) * factor))


@jit
def growth_wait(T, key, p, minute):
    """Draw the minutes until need grows by a step."""
    d = rules_at(T, minute).grows_every[p.place, p.age]
    if d.family == NOTHING:
        return NEVER
    occurrence = (np.int64(p.package) << 32) | (np.int64(p.growths) << 16) | p.spell
    return span(T, d, key, p.number, D_GROWTH, occurrence)


@jit
def grow(T, p, minute):
    """Raise need by one step of growth."""
    p.n0 *= rules_at(T, minute).growth_factor[p.place, p.age]
    p.growths += 1
