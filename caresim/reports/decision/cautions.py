"""Where a cost falls for another reason than better care: people wait, or people die.

Who waits in a hospital bed starts no support, and who has died needs none. Both lower what a council spends, and a
reader of the cost alone would take them for a saving. The rule looks at what is beyond chance and large enough to be
written: a 95 % interval on one side of nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from caresim.reports import ranges, words
from caresim.reports.estimate import Estimate

Difference = Callable[[str], Estimate]
"""A measure -> scenario less baseline."""

HEADLINE, COUNCIL, DELAYED, DEATHS = "hospital_driven_cost", "council_net_cost", "delayed_beds", "deaths"
_COSTS = {HEADLINE: "The hospital-driven cost", COUNCIL: "The council's net cost"}
_QUEUES = {
    "waiting_for_assessment": "an assessment",
    "waiting_for_reablement": "reablement",
    "waiting_for_intermediate_care": "intermediate care",
}


def cautions(difference: Difference, when: str) -> tuple[str, ...]:
    """Say in sentences what else than better care lies behind a change of cost; nothing where nothing is found.

    `when` says of which years the differences are: in 2022-23.
    """
    cost = next((said for measure, said in _COSTS.items() if falls(difference(measure))), "")
    if cost:
        return (*_waiting(difference, cost, when), *_deaths(difference, cost, when))
    return tuple(_longer_lives(difference, when))


def waits_more(difference: Difference) -> bool:
    """Tell whether the headline falls while at least one person more a day is stuck in hospital."""
    return falls(difference(HEADLINE)) and rises(difference(DELAYED)) and difference(DELAYED).mean >= 1


def falls(value: Estimate) -> bool:
    """Tell whether a difference is below nothing, beyond chance."""
    return value.has_interval and value.high < 0


def rises(value: Estimate) -> bool:
    """Tell whether a difference is above nothing, beyond chance."""
    return value.has_interval and value.low > 0


def _waiting(difference: Difference, cost: str, when: str) -> Iterator[str]:
    delayed = difference(DELAYED)
    if rises(delayed) and people(delayed.mean) != "0.0":
        yield (
            f"{cost} falls while {_more(delayed, people)} are stuck in hospital on an average day "
            f"{when}: who waits there starts no support, so at least part of the fall is care put off, not care saved."
        )
    for measure, what in _QUEUES.items():
        queue = difference(measure)
        if rises(queue) and people(queue.mean) != "0.0":
            yield (
                f"{cost} falls while {_more(queue, people)} wait for {what} on an average day {when}: "
                "care that has not begun costs nothing yet."
            )


def _deaths(difference: Difference, cost: str, when: str) -> Iterator[str]:
    deaths = difference(DEATHS)
    if rises(deaths) and words.whole(deaths.mean) != "0":
        yield (
            f"{cost} falls while {_more(deaths, words.whole)} die {when}: who has died needs no care, so part of the "
            "fall is not better care."
        )


def _longer_lives(difference: Difference, when: str) -> Iterator[str]:
    deaths = difference(DEATHS)
    if falls(deaths) and words.whole(deaths.mean) != "0" and rises(difference(COUNCIL)):
        fewer = words.whole(-deaths.mean)
        ends = ranges.between(-deaths.high, -deaths.low, words.whole, -deaths.mean)
        yield (
            f"The council's net cost rises while {fewer} fewer {_noun(fewer)} (95% interval {ends}) die {when}: part "
            "of what it costs is the care of people who live longer."
        )


def people(value: float) -> str:
    """Write how many people on an average day: whole from ten up."""
    return words.whole(value) if abs(value) >= 10 else words.one_decimal(value)


def _more(value: Estimate, write: ranges.Write) -> str:
    ends = ranges.between(value.low, value.high, write, value.mean)
    mean = write(value.mean)
    return f"{mean} more {_noun(mean)} (95% interval {ends})"


def _noun(number: str) -> str:
    return "person" if number in ("1", "1.0") else "people"
