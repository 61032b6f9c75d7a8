"""How a number is written in a sentence."""

from __future__ import annotations

import math

from caresim.reports import ranges
from renewing.number import Number

MILLION, NEARLY = 1e6, 0.95e6
EACH = "pounds each"
MINUS = "−"
FORMS = ("range", "mean", "evidence", "share", "whole", "one", "two", "m", "k")


def written(number: Number, form: str = "range") -> str:
    """Write a number: the mean with its 95 % interval, unless `form` says otherwise.

    range: mean and interval; mean: the mean alone; evidence: nine draws in ten of the evidence, no mean. Another form
    is range in a stated way: share (as a percentage), whole, one, two (decimals), m (£m), k (thousands of pounds).
    Forms may be joined: "mean whole".
    """
    parts = form.split()
    unknown = [part for part in parts if part not in FORMS]
    if unknown:
        raise ValueError(f"unknown form {unknown[0]!r}; there are: {', '.join(FORMS)}")
    how = next((part for part in parts if part not in ("range", "mean", "evidence")), "")
    if math.isnan(number.mean):
        return "not known"
    if "evidence" in parts:
        largest = max(abs(number.p05), abs(number.p95))
        return ranges.between(number.p05, number.p95, lambda end: one(end, number.unit, how, largest))
    text = one(number.mean, number.unit, how, number.mean)
    if "mean" in parts or math.isnan(number.low) or number.low == number.high:
        return text
    ends = ranges.between(number.low, number.high, lambda end: one(end, number.unit, how, number.mean), number.mean)
    return f"{text} ({ends})"


def one(value: float, unit: str, how: str, size: float) -> str:
    """Write one value; `size` decides how money is rounded, so that a range is written in one way."""
    if unit == EACH and not how:
        zeros = 0 if abs(size) < 100 else 1 if abs(size) < 10_000 else 2
        return signed(value, f"£{round(abs(value), -zeros):,.0f}")
    if how not in ("m", "k") and (how or unit != "pounds"):
        return plain(value, unit, how)
    in_millions = how == "m" or (not how and abs(size) >= NEARLY)
    amount = f"{abs(value) / MILLION:.1f}m" if in_millions else f"{round(abs(value), -3):,.0f}"
    return signed(value, f"£{amount}")


def plain(value: float, unit: str, how: str) -> str:
    """Write what is not money."""
    if how == "share" or (unit == "share" and not how):
        return signed(value, f"{100 * abs(value):.1f} %")
    places = {"whole": 0, "one": 1, "two": 2}.get(how)
    if places is None:
        places = 0 if abs(value) >= 100 or unit in ("people", "days") else 1 if abs(value) >= 1 else 2
    return signed(value, f"{abs(value):,.{places}f}")


def signed(value: float, text: str) -> str:
    """Put a minus before what is below zero, unless it is written as zero."""
    return f"{MINUS}{text}" if value < 0 and any(digit in text for digit in "123456789") else text
