"""How far a level can go at all: a share from none to all of it, and of what is counted never fewer than none.

Student's interval is as wide above its mean as below, so that near such a limit it passes it. What is shown is cut
there; the tables of a result keep the interval as it was reckoned.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

Limits = tuple[float, float]
SHARE: Limits = (0.0, 1.0)
COUNT: Limits = (0.0, math.inf)
ANYTHING: Limits = (-math.inf, math.inf)
LIMITS = {
    "share": SHARE,
    **dict.fromkeys(("people", "people waiting", "days", "days each", "beds", "rate"), COUNT),
}
"""By the unit of a measure; pounds and hours of care may be fewer than none."""

CUT = "An interval is cut where it would pass what is possible, such as 100% of a share."


def possible(levels: pd.DataFrame) -> pd.DataFrame:
    """Cut the intervals of a table of levels, not of differences; it has columns unit, low and high."""
    ends = levels[["low", "high"]].astype(float)
    for unit, (least, most) in LIMITS.items():
        of_unit = levels["unit"] == unit
        ends[of_unit] = ends[of_unit].clip(least, most)
    return levels.assign(low=ends["low"], high=ends["high"])
