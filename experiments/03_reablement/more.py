"""The same people in three lives: what has been spent on their support 3, 12 and 24 months after leaving hospital.

The people are those who leave hospital to reablement in the first reported year of the baseline and who, with the same
luck, go straight to home care and to a care home in the other two lives. Counted is the gross price of support from
that day on, whoever pays; after a death, or when a person is no longer followed, nothing is. Hours of a direct payment
are not in the event log and are taken to be 13 a week.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from renewing.number import Samples

from caresim.config.experiment import load_experiment
from caresim.model.chance import DAY
from caresim.model.codes import (
    DIES,
    DIRECT_PAYMENT,
    DISCHARGED,
    EXITS,
    HOME_CARE,
    LAPSES,
    LEAVES,
    PATHWAY_1,
    PATHWAY_1_HOME_CARE,
    PATHWAY_3,
    REABLEMENT,
    RESUMES,
    STARTS,
    SUPPORT_CHANGES,
    SUPPORT_ENDS,
    SUPPORT_STARTS,
)
from caresim.model.compile import Compiled, compile_scenario
from caresim.money.prices import prices
from caresim.studies.run import engine_of

HERE = Path(__file__).resolve().parent
MINUTE, PERSON, EVENT, POOL, VALUE = 1, 2, 3, 6, 7
WANTED = (SUPPORT_STARTS, SUPPORT_CHANGES, SUPPORT_ENDS, RESUMES, LAPSES, DIES, EXITS, STARTS, LEAVES, DISCHARGED)
MONTHS = (3, 12, 24)
DAYS_A_MONTH = 365.25 / 12
DIRECT_PAYMENT_HOURS = 13.0
HOURS = -1  # in place of a service: hours of home care that are held
SHARES = ("supported", "died", "not_followed")
SENT_TO = {"reablement": PATHWAY_1, "home_care": PATHWAY_1_HOME_CARE, "care_home": PATHWAY_3}
Ints = NDArray[np.int64]


def more(sources: Mapping[str, Any]) -> dict[str, Samples]:
    """Give the mean cost of a person in each life, by replication."""
    experiment = load_experiment(HERE / "people.yaml")
    lives = {"reablement": experiment.baseline, **experiment.scenarios}
    compiled = {life: compile_scenario(scenario) for life, scenario in lives.items()}
    found: dict[str, list[float]] = {}
    for number in range(experiment.replications):
        logs = {life: rows(c, experiment.seed, number) for life, c in compiled.items()}
        for name, value in told(compiled, logs):
            found.setdefault(name, []).append(value)
    return {name: Samples(unit_of(name), np.asarray(values)) for name, values in found.items()}


def unit_of(name: str) -> str:
    """Give the unit of a number."""
    return "people" if name == "people" else "share" if name.endswith(SHARES) else "pounds each"


def rows(compiled: Compiled, seed: int, number: int) -> Ints:
    """Simulate once and keep the rows of the log that are wanted, by person and in their order."""
    log = np.asarray(engine_of("kernel")(compiled.tables, seed, number, True).log)
    log = log[np.isin(log[:, EVENT], WANTED)]
    return log[np.argsort(log[:, PERSON], kind="stable")]


def told(compiled: Mapping[str, Compiled], logs: Mapping[str, Ints]) -> Iterator[tuple[str, float]]:
    """Give the means over the people of one replication."""
    people = same_people(compiled["reablement"], logs)
    yield "people", float(len(people))
    for life, log in logs.items():
        own = dict(by_person(log, set(people)))
        steps = {person: course(compiled[life], own[person]) for person in people}
        for months in MONTHS:
            until = {person: left + int(months * DAYS_A_MONTH * DAY) for person, left in people.items()}
            costs = [spent(steps[p], people[p], until[p]) for p in people]
            yield f"{life}_{months}_months", float(np.mean(costs))
            yield f"{life}_{months}_supported", float(np.mean([rate_at(steps[p], until[p]) > 0 for p in people]))
            yield f"{life}_{months}_died", float(np.mean([happened(own[p], DIES, people[p], until[p]) for p in people]))
            gone = [happened(own[p], EXITS, people[p], until[p]) for p in people]
            yield f"{life}_{months}_not_followed", float(np.mean(gone))


def happened(own: Ints, event: int, start: int, end: int) -> bool:
    """Tell whether an event of a person lies between two minutes."""
    return bool(np.any((own[:, EVENT] == event) & (own[:, MINUTE] >= start) & (own[:, MINUTE] <= end)))


def same_people(baseline: Compiled, logs: Mapping[str, Ints]) -> dict[int, int]:
    """Give the people whom all three lives sent as meant, and when they left hospital in the baseline."""
    time = baseline.time
    first = time.minute(time.report_from)
    sent = {life: discharged(log, pathway) for life, (log, pathway) in zip_lives(logs)}
    left = {
        person: minute
        for person, minute in sent["reablement"].items()
        if first <= minute < first + 365 * DAY and near(sent["home_care"], person, minute)
    }
    return {person: minute for person, minute in left.items() if near(sent["care_home"], person, minute)}


def zip_lives(logs: Mapping[str, Ints]) -> Iterator[tuple[str, tuple[Ints, int]]]:
    """Give every life's log with the pathway that it is about."""
    for life, log in logs.items():
        yield life, (log, SENT_TO[life])


def near(left: Mapping[int, int], person: int, minute: int) -> bool:
    """Tell whether a person left in about the same stay: within 60 days."""
    return person in left and abs(left[person] - minute) < 60 * DAY


def discharged(log: Ints, pathway: int) -> dict[int, int]:
    """Give who left hospital by a pathway, and when for the first time."""
    out: dict[int, int] = {}
    for row in log[(log[:, EVENT] == DISCHARGED) & (log[:, VALUE] == pathway)]:
        out.setdefault(int(row[PERSON]), int(row[MINUTE]))
    return out


def by_person(log: Ints, people: set[int]) -> Iterator[tuple[int, Ints]]:
    """Give the rows of each person."""
    numbers, starts = np.unique(log[:, PERSON], return_index=True)
    ends = [*starts[1:], len(log)]
    for person, start, end in zip(numbers, starts, ends, strict=True):
        if int(person) in people:
            yield int(person), log[start:end]


def course(compiled: Compiled, own: Ints) -> list[tuple[int, float]]:
    """Give what a person's support costs a week from each minute on at which it changes."""
    active: dict[int, float] = {}  # service -> hours or people
    fewer = compiled.scenario.config.reablement.visits
    intensive = int(fewer.intensive_days.value * DAY)
    eases, steps = -1, []
    for row in own:
        minute, event, value = int(row[MINUTE]), int(row[EVENT]), int(row[VALUE])
        if REABLEMENT in active and 0 <= eases < minute:  # visits decline over the episode
            active[REABLEMENT] = fewer.hours_a_week_after.value
            steps.append((eases, a_week(compiled, active)))
            eases = -1
        if event in (STARTS, LEAVES):
            if row[POOL] >= 0 and compiled.pools[row[POOL]].kind == "home_care":
                active[HOURS] = active.get(HOURS, 0.0) + (value if event == STARTS else -value)
        elif event in (SUPPORT_STARTS, RESUMES):
            if value < REABLEMENT:  # one long-term package at a time
                active = {s: units for s, units in active.items() if s >= REABLEMENT or s == HOURS}
            active[value] = DIRECT_PAYMENT_HOURS if value == DIRECT_PAYMENT else 1.0
            if value == REABLEMENT:
                active[value], eases = fewer.hours_a_week_first.value, minute + intensive
        elif event in (SUPPORT_ENDS, LAPSES):
            active.pop(value, None)
        elif event in (DIES, EXITS):
            active = {}
        steps.append((minute, a_week(compiled, active)))
    return steps


def a_week(compiled: Compiled, active: Mapping[int, float]) -> float:
    """Give what a week of all that a person has costs; hours of home care are those held of the market."""
    weekly = prices(compiled.scenario).weekly
    held = {s: units for s, units in active.items() if s != HOURS}
    if HOME_CARE in held:
        held[HOME_CARE] = max(active.get(HOURS, 0.0), 0.0)
    return sum(float(weekly[s]) * units for s, units in held.items())


def spent(steps: list[tuple[int, float]], start: int, end: int) -> float:
    """Add up what was spent between two minutes."""
    total = 0.0
    for (minute, week), after in zip(steps, [*(m for m, _ in steps[1:]), end], strict=True):
        length = min(after, end) - max(minute, start)
        total += week * max(length, 0) / (7 * DAY)
    return total


def rate_at(steps: list[tuple[int, float]], minute: int) -> float:
    """Give what support costs a week at a minute."""
    rate = 0.0
    for at, week in steps:
        if at > minute:
            break
        rate = week
    return rate
