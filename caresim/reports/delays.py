"""What people who are ready to leave hospital wait for, in the headline year."""

from __future__ import annotations

from dataclasses import dataclass

from caresim.reports import words
from caresim.reports.estimate import Estimate
from caresim.reports.facts import Run

_FOR = {
    "referral": "to be referred",
    "assessment": "to be assessed",
    "adaptation": "for equipment or an adaptation",
    "arrangement": "for their care to be arranged",
    "capacity": "for a free place",
}


@dataclass(frozen=True)
class Reason:
    """Why people wait: in the words of a label, as the end of a sentence (they wait ...), and how many a day."""

    text: str
    wait: str
    people: Estimate


def reasons(run: Run, by: tuple[str, ...] = ("reason",)) -> list[Reason]:
    """List why people wait, most people first; `by` pathway as well, for a table."""
    days = run.days(run.year)
    found = []
    for key, total in run.totals(run.in_year("waits"), by, "days").items():
        if total.mean > 0:
            text = ": ".join([words.capital(words.name(key[0])), *(words.name(part) for part in key[1:])])
            found.append(Reason(text, _FOR.get(key[-1], f"for {words.name(key[-1])}"), total.times(1 / days)))
    return sorted(found, key=lambda reason: -reason.people.mean)


def most(run: Run) -> str:
    """Say how many wait for what most wait for; nothing where reasons are not known or there is only one."""
    found = reasons(run)
    return f"{people(found[0].people.mean)} of them {found[0].wait}" if len(found) > 1 else ""


def people(value: float) -> str:
    """Write a number of people a day: whole, with a decimal where few."""
    return words.whole(value) if value >= 9.5 else words.one_decimal(value)
