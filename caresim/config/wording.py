"""Codes and paths of a config in plain words, as every table and report says them.

What a path names below a value (an age, a setting, a mean) is said in brackets. A path without words in `PATHS` is said
with its own names, so that no page shows dots and underscores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from caresim.config.faults import split
from caresim.config.path_words import PATHS
from caresim.config.vocabulary import AGES, WEEKDAYS

NAMES = {
    "home_care": "home care",
    "direct_payment": "direct payment",
    "supported_living": "supported living",
    "extra_care": "extra care housing",
    "residential": "residential home",
    "nursing": "nursing home",
    "reablement": "reablement",
    "intermediate_care": "intermediate care",
    "temporary_placement": "temporary care home place",
    "acute_beds": "hospital beds",
    "acute_bed_day": "hospital bed day",
    "assessment": "assessment",
    "adaptation": "equipment or adaptation",
    "adaptations": "equipment and adaptations",
    "arrangement": "arranging care",
    "capacity": "a free place",
    "referral": "referral",
    "day_91_at_home": "at home on day 91",
    "day_91_not_at_home": "not at home on day 91",
    "new_care_home_council": "new council-paid care home residents",
    "review_done": "reviews done",
    "money_ran_out": "self-funders whose money ran out",
    "first_52_weeks": "from hospital, first 52 weeks",
    "in_year": "from hospital, within the year",
    "all_new_in_year": "all new demand, within the year",
    "pathway_0": "home without formal support",
    "pathway_1": "home with reablement",
    "pathway_1_home_care": "home with home care",
    "pathway_2": "intermediate care bed",
    "pathway_3": "care home",
    "restart": "support held before goes on",
    "hospital": "hospital",
    "community": "community request",
    "safeguarding": "safeguarding enquiry",
    "coming_of_age": "turning 18",
    "self_funder": "self-funder",
    "at_start": "supported at the start",
    "council": "council",
    "nhs": "National Health Service",
    "icb": "health commissioner (integrated care board)",
    "acute_trust": "acute hospital trust",
    "community_trust": "community health trust",
    "person": "the person",
    "self": "the person",
    "both": "both bodies",
    "social_care": "social care",
    "county": "whole county",
}
PAYERS = {
    "icb": "integrated care board",
    "nhs": "integrated care board",
    "acute_trust": "acute hospital trusts",
    "community_trust": "community health trust",
    "person": "people and their families",
    "business_rates_pilot": "business rates pilot fund",
}
_OTHERS = "emergencies other than falls"
CAUSES = {"fall": "falls", "emergency": _OTHERS, "other_emergency": _OTHERS, "planned": "planned stays"}
PER = {"bed_day": "day in a hospital bed", "delayed_day": "day of delay", "person_reached": "person reached"}
MONTHS = ("April", "May", "June", "July", "August", "September", "October", "November", "December",
          "January", "February", "March")  # fmt: skip

_INSIDE = {"mean": "mean", "median": "median", "sd": "standard deviation", "mean_days": "mean", "median_days": "median",
           "sd_days": "standard deviation", "mean_hours": "mean", "median_hours": "median",
           "sd_hours": "standard deviation", "scale_days": "scale", "zero_share": "share at zero",
           "trusts": "share by trust"}  # fmt: skip
_UNSAID = frozenset(
    {"value", "values", "days", "hours", "exponential", "lognormal", "gamma", "weibull", "fixed", "empirical"}
)
_SEVERAL = {"place": "in {0}", "unitary": "in {0}", "hub": "of the hub {0}", "trust": "at {0}",
            "pathway": "leaving for: {0}", "work": "kind of work: {0}"}  # fmt: skip


def name(code: str) -> str:
    """Say a code of the model in plain words."""
    return NAMES.get(code, code.replace("_", " "))


def capital(text: str) -> str:
    """Raise the first letter and leave the rest alone."""
    return text[:1].upper() + text[1:]


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Write a number of things with its noun: 1 replication, 100 replications."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(items: Sequence[str]) -> str:
    """Join items as a sentence does: a, b and c."""
    return "".join(items) if len(items) < 2 else f"{', '.join(items[:-1])} and {items[-1]}"


def in_words(path: str, where: Mapping[str, object] | None = None) -> str:
    """Say what a path is, and for whom as far as a `where` narrows it down."""
    steps = steps_of(path)
    for n in range(len(steps), 0, -1):
        words = PATHS.get(".".join(steps[:n]))
        if words is not None:
            return bracketed(words, [*below(steps[:n], steps[n:]), *whom(where or {})])
    first, *rest = [name(step) for step in steps if not step.startswith("by_")] or [""]
    return bracketed(f"{capital(first)}{': ' if rest else ''}{', '.join(rest)}", list(whom(where or {})))


def is_said(path: str) -> bool:
    """Tell whether a path, or a value that it is within, has words of its own."""
    steps = steps_of(path)
    return any(".".join(steps[:n]) in PATHS for n in range(1, len(steps) + 1))


def steps_of(path: str) -> tuple[str, ...]:
    """Give the names of a path; one that is not written as a path is one name."""
    try:
        return tuple(split(path))
    except ValueError:
        return (path,)


def bracketed(words: str, further: Sequence[str]) -> str:
    """Put what says more in brackets."""
    return f"{words} ({'; '.join(further)})" if further else words


def below(known: Sequence[str], steps: Sequence[str]) -> Iterator[str]:
    """Say what a path names within a value: whose, which parameter, which month."""
    kind = ""
    for step in steps:
        if step.startswith("by_"):
            kind = step.removeprefix("by_")
        elif step.isdigit() and known[-1] in ("month_factor", "weekday_factor"):
            yield (MONTHS if known[-1] == "month_factor" else WEEKDAYS)[int(step)]
        elif step not in _UNSAID:
            yield said_within(kind, step)
            kind = ""


def said_within(kind: str, step: str) -> str:
    """Say one name below a value: an age, a place, a parameter, a position in a list."""
    if kind == "age":
        return aged([step])
    if kind in ("place", "grade"):
        return f"{'in' if kind == 'place' else 'grade'} {step}"
    if step.isdigit():
        return f"number {int(step) + 1}"
    return _INSIDE.get(step, name(step))


def whom(where: Mapping[str, object]) -> Iterator[str]:
    """Say for whom an effect or a cost is."""
    for key, given in where.items():
        codes = [str(code) for code in given] if isinstance(given, (list, tuple)) else [str(given)]
        if key == "age":
            yield aged(codes)
        elif key in ("place", "unitary", "hub", "trust"):
            yield _SEVERAL[key].format(listed(codes))
        else:
            names = [CAUSES.get(code, name(code)) if key == "cause" else name(code) for code in codes]
            yield _SEVERAL.get(key, "{0}").format(listed(names))


def aged(ages: Sequence[str]) -> str:
    """Say ages: those up to the oldest as one, others by their ends."""
    found = [age for age in AGES if age in ages]
    if not found or len(found) != len(set(ages)):
        return f"ages {listed(list(ages))}"
    if tuple(found) == AGES:
        return "all ages"
    if found == list(AGES[AGES.index(found[0]) :]):
        return f"aged {re.split(r'[-+]', found[0])[0]} and over"
    return f"aged {listed([age.replace('-', ' to ') for age in found])}"


def reach_in_words(path: str, where: Mapping[str, object] | None = None) -> str:
    """Say that a size is the share of those meant who are reached."""
    words = in_words(path, where)
    return f"How many are reached: {words[:1].lower()}{words[1:]}"


def cost_in_words(
    amount: str, payer: str | Sequence[str], per: str | None = None, where: Mapping[str, object] | None = None
) -> str:
    """Say what a cost of a change is: how often it comes, to whom."""
    payers = dict.fromkeys([payer] if isinstance(payer, str) else payer)
    to = f"to {listed([f'the {PAYERS.get(who, name(who))}'.replace('the people', 'people') for who in payers])}"
    what = {"revenue_a_year": f"Yearly cost {to}", "capital": f"Capital cost {to}", "one_off": f"One-off cost {to}"}
    unit = name(per or "unit")
    if per and per.startswith("discharged_"):
        unit = f"discharge to {name(per.removeprefix('discharged_'))}"
    each = f"Cost {to} for each {PER.get(per or '', unit)}"
    return bracketed(what.get(amount, each), list(whom(where or {})))
