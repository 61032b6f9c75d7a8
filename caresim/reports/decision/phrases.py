"""How savings, ranges and probabilities are worded in a report for a decision."""

from __future__ import annotations

import math
import re

from caresim.reports import ranges, words
from caresim.reports.estimate import Estimate
from caresim.reports.ranges import MEAN as MEAN
from caresim.reports.ranges import signed as signed

SPREAD = "nine in ten simulated pairs"
OPEN = "nine in ten draws of the evidence's ranges"
FEW = 20  # replications: the 5% point of fewer is their smallest
EVIDENCE = "; evidence, where sizes were drawn: nine draws in ten"
_OPEN = 0.05  # a wider interval of a probability is shown beside it
MINUS = "\N{MINUS SIGN}"
_ENDS = re.compile(r"""(?<=[.!?])(?=\s+[A-Z0-9])|(?<=[.!?]['")])(?=\s+[A-Z0-9])""")  # of sentences

_PARTNERS = {
    "council": "Council",
    "icb": "Integrated care board (ICB)",
    "acute_trust": "Acute hospital trusts",
    "community_trust": "Community health trust",
    "person": "The person and family",
    "business_rates_pilot": "Business rates pilot fund",
}
_SHORT = {
    "icb": "integrated care board",
    "acute_trust": "acute trusts",
    "community_trust": "community trust",
    "person": "people and families",
    "business_rates_pilot": "pilot fund",
}


def partner(code: str) -> str:
    """Name a partner or fund in full."""
    return _PARTNERS.get(code, words.capital(words.name(code)))


def partner_short(code: str) -> str:
    """Name a partner or fund within a sentence."""
    return _SHORT.get(code, words.name(code))


def does(code: str, verb: str) -> str:
    """Say that a partner does something: the council gains, acute trusts gain."""
    return f"{partner_short(code)} {verb}{'' if code in ('acute_trust', 'person') else 's'}"


pounds = words.pounds_rounded


def gain(value: float) -> str:
    """Write money with its sign, plus too."""
    return f"+{pounds(value)}" if words.known(value) and value > 0 else pounds(value)


def between(low: float, high: float, mean: float = math.nan) -> str:
    """Write a range of money; `mean` is the amount that it stands beside, if it does."""
    return ranges.between(low, high, pounds, mean)


def told(value: Estimate, drawn: Estimate, write: ranges.Write = gain) -> str:
    """Write an amount, under it its interval, and what the evidence leaves open of it where sizes were drawn."""
    if not words.known(value.mean):
        return words.NO_VALUE
    return ranges.with_ends(value.mean, value.low, value.high, write) + open_to(drawn.p05, drawn.p95, write)


def open_to(p05: float, p95: float, write: ranges.Write = gain) -> str:
    """Write in lines of its own what the evidence leaves open, where sizes were drawn."""
    return f"\nevidence\n{ranges.between(p05, p95, write)}" if words.known(p05) and p05 != p95 else ""


def chance_range(value: Estimate) -> tuple[float, float] | None:
    """Give the range of single pairs, if several were simulated."""
    there = words.known(value.p05) and words.known(value.p95) and value.has_interval
    return (value.p05, value.p95) if there else None


def month(value: float) -> str:
    """Write a payback month."""
    return f"month {value:,.0f}" if words.known(value) else "not within the years weighed"


def probability(value: float) -> str:
    """Write a probability as per cent, never as certain."""
    if not words.known(value):
        return "not known"
    return "over 99%" if value > 0.995 else "under 1%" if value < 0.005 else f"{value:.0%}"


def chance(value: Estimate) -> str:
    """Write a probability, beside it its 95% interval where the number of replications leaves it open."""
    if value.has_interval and value.high - value.low > _OPEN:
        return f"{value.mean:.0%} ({max(value.low, 0):.0%} to {min(value.high, 1):.0%})"
    return probability(value.mean)


def cut(text: str, longest: int) -> str:
    """Cut a text at the end of a sentence; at a word, with dots, where not even the first sentence fits."""
    if len(text) <= longest:
        return text
    ends = [end for found in _ENDS.finditer(text) if (end := found.start()) <= longest]
    if ends:
        return text[: ends[-1]]
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:. ") + "\N{HORIZONTAL ELLIPSIS}"
