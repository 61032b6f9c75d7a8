"""Arrival rates by place, age, stream and month: published rates, netted, times the population of the month."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from caresim.config import Scenario, UnfitError
from caresim.config.schema.place import Demand
from caresim.model.codes import AGES, STREAMS
from caresim.model.compile.time import Time
from caresim.model.tables import FIRST_ARRIVAL, LEVELS, N_AGES, N_STREAMS, PERSON_BITS

Thing = TypeVar("Thing")
Floats = NDArray[np.float64]
DAYS_A_YEAR = 365.25
EMERGENCIES = ("fall", "other_emergency")
N_ADMISSIONS = 3  # of the streams: those that begin in hospital


@dataclass(frozen=True)
class Netting:
    """Rates of a place and age, per 1,000 people a year: as published, and of first admissions from the population."""

    place: str
    age: str
    stream: str
    published: float
    from_care: float
    readmissions: float
    net: float


@lru_cache(maxsize=1024)  # every pool asks for the same months again
def people_on(scenario: Scenario, day: datetime.date) -> dict[str, dict[str, float]]:
    """Give the people of every place and age on a day, by constant growth from the date of the figures."""
    demand = scenario.config.demand
    years = (day - demand.population_date).days / DAYS_A_YEAR
    return {
        place: {age: float(n * growth**years) for age, (n, growth) in ages.items()}
        for place, ages in growing(scenario).items()
    }


@lru_cache(maxsize=16)
def growing(scenario: Scenario) -> dict[str, dict[str, tuple[float, float]]]:
    """Give, by place and age, the people at the date of the figures and what they are multiplied by in a year."""
    people, growth = scenario.config.demand.population, scenario.config.demand.growth_a_year
    return {
        place: {age: (people.at(place, age), 1.0 + growth.at(place, age)) for age in AGES}
        for place in scenario.config.geography.places
    }


def population(scenario: Scenario, place: str, age: str, day: datetime.date) -> float:
    """Give the people of a place and age on a day."""
    return people_on(scenario, day)[place][age]


def netted(scenario: Scenario, place: str, age: str) -> list[Netting]:
    """Take out of published admission rates those made by people in care, and readmissions within 90 days.

    With E the published rate of emergencies, P of planned admissions, s the share from care, L the share discharged
    alive and q the probability of a readmission: of E (1 - s) admissions from the population, q (L E (1 - s) + L' P)
    are readmissions; the rest are first admissions. Planned admissions are all first ones.
    """
    config = scenario.config
    admissions, hospital = config.demand.admissions, config.hospital
    published = {s: getattr(admissions, s).at(place, age) for s in (*EMERGENCIES, "planned")}
    if not admissions.netted:
        return [Netting(place, age, s, rate, 0.0, 0.0, rate) for s, rate in published.items()]
    emergencies = sum(published[s] for s in EMERGENCIES)
    death = hospital.death_share.at(place, age)
    alive, alive_planned = 1.0 - death, 1.0 - death * hospital.death_factor_planned.at(place, age)
    again = config.discharge.readmitted_within_90_days.at(place, age)
    care = admissions.share_from_care.at(place, age)
    new = emergencies * (1.0 - care)
    readmissions = again * (alive * new + alive_planned * published["planned"])
    first = max(0.0, new - readmissions)
    rows = []
    for stream in EMERGENCIES:
        share = published[stream] / emergencies if emergencies > 0 else 0.0
        net = first * share
        rows.append(Netting(place, age, stream, published[stream], care * published[stream], readmissions * share, net))
    rate = published["planned"]
    return [*rows, Netting(place, age, "planned", rate, 0.0, 0.0, rate)]


def netted_rows(scenario: Scenario) -> list[dict[str, object]]:
    """Give published and netted rates as rows of `explain`: by stream and age, the county's mean over places."""
    places, day = list(scenario.config.geography.places), scenario.config.calendar.starts
    rows: list[dict[str, object]] = []
    for age in AGES:
        people = [population(scenario, place, age, day) for place in places]
        if sum(people) <= 0:
            continue
        parts = [netted(scenario, place, age) for place in places]
        for s in range(len(parts[0])):
            means = [
                sum(n * getattr(part[s], name) for n, part in zip(people, parts, strict=True)) / sum(people)
                for name in ("published", "from_care", "readmissions", "net")
            ]
            rows.append(netted_row(parts[0][s].stream, age, *means))
    return rows


def netted_row(stream: str, age: str, published: float, care: float, again: float, net: float) -> dict[str, object]:
    """Write one netted rate as a row of `explain`."""
    return {
        "path": f"demand.admissions.{stream}.netted.by_age.{age}",
        "value": round(net, 4),
        "unit": "first admissions from the population, per 1,000 people a year",
        "source": f"derived: {published:.4g} published, less {care:.4g} from care, less {again:.4g} readmissions",
        "grade": None,
        "low": None,
        "high": None,
        "file": "derived",
        "line": None,
    }


def rates_per_1000(scenario: Scenario, place: str, age: str) -> list[float]:
    """Give the rates of all streams, per 1,000 people a year, in the order of STREAMS."""
    demand = scenario.config.demand
    factor = demand.admissions.place_factor.at(place, age)
    net = {row.stream: row.net * factor for row in netted(scenario, place, age)}
    return [net[s] if s in net else getattr(demand, s).at(place, age) for s in STREAMS]


def path_of(stream: str) -> str:
    """Give the path of a stream's rates."""
    return f"demand.admissions.{stream}" if STREAMS.index(stream) < N_ADMISSIONS else f"demand.{stream}"


def changed_by(scenario: Scenario, place: str, age: str, now: Demand) -> Floats:
    """Give what changes multiply the rate of each stream by; netting stays that of the base."""
    before = scenario.config.demand
    factors = np.ones(N_STREAMS)
    if now is before:
        return factors
    for s, stream in enumerate(STREAMS):
        old, new = (d.admissions if s < N_ADMISSIONS else d for d in (before, now))
        rate, changed = getattr(old, stream).at(place, age), getattr(new, stream).at(place, age)
        refuse_from_nothing(rate, changed, path_of(stream), place, age)
        factors[s] = changed / rate if rate > 0 else 1.0
    here, then = (d.admissions.place_factor.at(place, age) for d in (before, now))
    refuse_from_nothing(here, then, "demand.admissions.place_factor", place, age)
    factors[:N_ADMISSIONS] *= then / here if here > 0 else 1.0
    return factors


def refuse_from_nothing(before: float, now: float, path: str, place: str, age: str) -> None:
    """Refuse a change that would have people come where nobody comes."""
    if before == 0 and now > 0:
        raise UnfitError(path, f"is 0 for {place}, {age}; a change can only multiply what is there")


def month_factors(scenario: Scenario) -> list[float]:
    """Give the factor of each calendar month, April first, scaled so that the year's total is kept."""
    values = scenario.config.demand.admissions.month_factor.values
    lengths = (30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28.25, 31)
    mean = sum(v * n for v, n in zip(values, lengths, strict=True)) / sum(lengths)
    return [v / mean for v in values] if mean > 0 else [0.0] * 12


def weekday_factors(scenario: Scenario) -> list[float]:
    """Give the factor of each weekday, Monday first, scaled to a mean of 1."""
    values = scenario.config.demand.admissions.weekday_factor.values
    mean = sum(values) / 7
    return [v / mean for v in values] if mean > 0 else [0.0] * 7


def middle_of(time: Time, month: int) -> datetime.date:
    """Give the day in the middle of a month."""
    starts = time.month_starts
    return starts[month] + (starts[month + 1] - starts[month]) / 2


def distinct(things: Sequence[Thing]) -> tuple[list[Thing], list[int]]:
    """Give the different objects of a sequence in the order in which they come, and for each of it which it is."""
    known: dict[int, int] = {}
    which = [known.setdefault(id(thing), len(known)) for thing in things]
    return [things[which.index(n)] for n in range(len(known))], which


def fill_demand(T: Any, scenario: Scenario, time: Time) -> None:
    """Write arrival rates (people a day) into the tables."""
    t = T[0]
    seasons, middles = month_factors(scenario), [middle_of(time, m) for m in range(len(time.months))]
    demands, which = distinct([scenario.changes.at(day).demand for day in time.months])
    season = np.ones((N_STREAMS, len(middles)))
    season[:N_ADMISSIONS] = [seasons[(day.month - 4) % 12] for day in middles]
    people = np.array([[list(ages.values()) for ages in people_on(scenario, day).values()] for day in middles])
    for p, place in enumerate(scenario.config.geography.places):
        for a, age in enumerate(AGES):
            base = np.asarray(rates_per_1000(scenario, place, age)) / 1000.0 / DAYS_A_YEAR
            changed = np.stack([changed_by(scenario, place, age, demand) for demand in demands])
            rates = (base * changed)[which].T  # by stream and month
            t["rate"][p, a, :, : len(middles)] = rates * season * people[:, p, a]
    t["weekday"][:] = 1.0
    t["weekday"][:3] = weekday_factors(scenario)
    fill_levels(T, scenario, len(time.months))


def fill_levels(T: Any, scenario: Scenario, months: int) -> None:
    """Write how many strips each stream needs, and check that every candidate has a number of its own."""
    t = T[0]
    places = int(t["places"])
    t["strips"] = places * N_AGES * N_STREAMS * LEVELS
    top = t["rate"][:, :, :, :months].max(axis=-1) * t["weekday"].max(axis=-1)
    levels = np.where(top > 0, np.ceil(np.log2(np.maximum(top, 1.0))) + 1, 0).astype(np.int64)
    t["top_level"][:] = levels
    if levels.max() > LEVELS:
        place, age, stream = np.unravel_index(np.argmax(top), top.shape)
        who = f"{list(scenario.config.geography.places)[place]}, {AGES[age]}"
        many = f"{top.max():,.0f} people a day; at most {2 ** (LEVELS - 1)} fit"
        raise UnfitError(path_of(STREAMS[stream]), f"for {who} brings {many}")
    days = int(t["horizon"]) // 1440
    height = 2.0 ** max(int(levels.max()) - 2, 0)
    most = height * days + 12.0 * math.sqrt(height * days) + 100
    if FIRST_ARRIVAL + (most + 1) * int(t["strips"]) >= 1 << PERSON_BITS:
        raise UnfitError("demand", "has too many arrivals in one place and age to number them all; shorten the run")
