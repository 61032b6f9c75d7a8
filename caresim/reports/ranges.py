"""How a range is written: on pages, in the terminal and in the findings of experiments.

An interval never looks like a point. Where both its ends are written alike, it says how near they are: £3.3m (to within
£0.1m). Further digits would tell the ends apart too, and would claim more than is known of what rests on assumptions.
"""

from __future__ import annotations

import math
from collections.abc import Callable

Write = Callable[[float], str]
_POWERS = range(-6, 13)

MEAN = "95% interval of the mean, simulation error only"


def between(low: float, high: float, write: Write, mean: float = math.nan) -> str:
    """Write a range; `mean` is the number that it stands beside, if it does."""
    first, last = write(low), write(high)
    if first != last:
        return f"{first} to {last}"
    if low == high:
        return first
    if math.isfinite(mean) and write(mean) == first:
        return f"to within {last_digit(low, write)}"
    return f"about {first}"


def with_ends(mean: float, low: float, high: float, write: Write) -> str:
    """Write a number with its range on a line of its own, if it has one and the range has a width."""
    wide = math.isfinite(low) and math.isfinite(high) and low != high
    return write(mean) + (f"\n{between(low, high, write, mean)}" if wide else "")


def last_digit(value: float, write: Write) -> str:
    """Write what one more in the last digit of a number is worth: £0.1m for £3.3m.

    It is the least power of ten by which more and less are both written differently.
    """
    text = write(value)
    steps = (10.0**power for power in _POWERS)
    step = next((step for step in steps if write(value + step) != text != write(value - step)), 0.0)
    return write(step).lstrip("+")


def signed(value: float, write: Callable[[float], str]) -> str:
    """Write a number with its sign, plus too."""
    text = write(value)
    return f"+{text}" if value > 0 and any(c in "123456789" for c in text) else text
