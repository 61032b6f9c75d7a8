"""Sizes of effects and costs in words: multiplied by 0.85 (0.75 to 0.95), plus 10 beds (5 to 15)."""

from __future__ import annotations

import math
from collections.abc import Callable

from caresim.reports.findings import plain

_EACH = {"revenue_a_year": " a year", "capital": ", once", "one_off": ", once", "pounds": " each"}
_MILLION = 1e6
_SHARES = ("share", "fraction", "per admission")


def size_of(how: object, value: object, unit: object = "") -> str:
    """Say one size; `how` is the name that it has in a config."""
    head, write, tail = _parts(str(how), value, str(unit))
    return f"{head}{write(value)}{tail}" if isinstance(value, int | float) else plain(value)


def end_of(how: object, value: object, unit: object = "") -> str:
    """Say one end of a range where the size itself is said elsewhere, as on a bar."""
    head, write, tail = _parts(str(how), value, str(unit))
    short = {"multiplied by ": "times ", " of those meant": "", " percentage points": " points"}
    if not isinstance(value, int | float):
        return plain(value)
    if how == "times" and value == 1:
        return "no effect"
    if how in _EACH and abs(value) >= _MILLION:
        return f"{millions(value)}{tail}"
    return f"{short.get(head, head)}{write(value)}{short.get(tail, tail)}"


def size_and_range(how: object, value: object, low: object, high: object, unit: object = "") -> str:
    """Say a size with the ends of its range in brackets, if it has them."""
    if any(end is None or (isinstance(end, float) and math.isnan(end)) for end in (low, high)):
        return size_of(how, value, unit)
    return f"{size_of(how, value, unit)} ({ends_of(how, low, high, unit)})"


def ends_of(how: object, low: object, high: object, unit: object = "") -> str:
    """Say the ends of a range."""
    write = _parts(str(how), low, str(unit))[1]
    shown = [write(end) if isinstance(end, int | float) else plain(end) for end in (low, high)]
    signed = str(how) == "plus" and any(isinstance(end, int | float) and end < 0 for end in (low, high))
    if signed:
        shown = [f"{'minus ' if isinstance(end, int | float) and end < 0 else 'plus '}{text}" for end, text in
                 zip((low, high), shown, strict=True)]  # fmt: skip
    return f"{shown[0]} to {shown[1]}"


def _parts(how: str, value: object, unit: str) -> tuple[str, Callable[[object], str], str]:
    """Give what stands before a size, how its number is written, and what stands behind it."""
    if how == "times":
        return "multiplied by ", plain, ""
    if how == "plus":
        head = "minus " if isinstance(value, int | float) and value < 0 else "plus "
        if unit.startswith(_SHARES):
            return head, _points, " percentage points"
        return head, _without_sign, f" {unit}" if unit and unit != "factor" else ""
    if how == "reach":
        return "", _percent, " of those meant"
    if how in _EACH:
        return "", _pounds, _EACH[how]
    return "", plain, f" {unit}" if unit not in ("", "factor", "share") else ""


def _without_sign(value: object) -> str:
    return plain(abs(float(str(value))))


def _points(value: object) -> str:
    return plain(abs(round(float(str(value)) * 100, 6)))


def _percent(value: object) -> str:
    return f"{plain(round(float(str(value)) * 100, 6))}%"


def millions(pounds: float) -> str:
    """Write pounds in millions with as many decimals as they have, at most two: £1.95m."""
    text = f"£{abs(pounds) / _MILLION:.2f}".rstrip("0").rstrip(".") + "m"
    return f"\N{MINUS SIGN}{text}" if pounds < 0 else text


def _pounds(value: object) -> str:
    number = float(str(value))
    text = f"£{abs(number):,.0f}" if number == round(number) else f"£{abs(number):,.2f}"
    return f"\N{MINUS SIGN}{text}" if number < 0 else text
