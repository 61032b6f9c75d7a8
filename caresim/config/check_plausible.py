"""Numbers that are right by themselves and cannot be meant, such as more people in a queue than the county has."""

from __future__ import annotations

import math
from collections.abc import Iterator

from caresim.config.faults import Path
from caresim.config.poolkinds import Capacity
from caresim.config.schema.resources import Pool
from caresim.config.schema.root import Config
from caresim.config.values import Quantity
from caresim.config.vocabulary import AGES

LONGEST_QUEUE = 65_536  # at one member of a pool; the engines have room for no more
ALWAYS_ALLOWED = LONGEST_QUEUE  # people: a queue of a textbook says nothing of who lives there


def unbelievable(config: Config) -> Iterator[tuple[Path, str]]:
    """Say what has more people on the first day run than the county has, and which factors leave out everybody."""
    most = max(ALWAYS_ALLOWED, math.floor(people_of(config)))
    for name in type(config.pools).model_fields:
        here, pool = ("pools", name, "at_start"), config.pools.at(name)
        for which in ("in_use", "waiting"):
            yield from too_many((*here, which), people_in(getattr(pool.at_start, which)), most)
        yield from too_long((*here, "waiting"), pool, len(config.geography.members(pool.scope)), most)
    places = tuple(config.geography.places)
    held = math.fsum(counted(people, places) for _, people in config.at_start.people.items())
    yield from too_many(("at_start", "people"), held, most)
    for name in ("month_factor", "weekday_factor"):
        if not any(getattr(config.demand.admissions, name).values):
            yield ("demand", "admissions", name), "must have a number above 0, got only 0: nobody would come"


def too_many(path: Path, people: float, most: int) -> Iterator[tuple[Path, str]]:
    """Say that more people are somewhere than there may be."""
    if people > most:
        whose = "" if most == ALWAYS_ALLOWED else ", the people of the county"
        yield path, f"must be at most {most:,}{whose}, got {people:,.0f}"


def too_long(path: Path, pool: Pool, members: int, most: int) -> Iterator[tuple[Path, str]]:
    """Say that more people wait at one member of a pool than the engines have room for."""
    waiting = pool.at_start.waiting
    several = [number or 0 for number in (waiting.members or {}).values()]
    people = people_in(waiting) / members if waiting.is_single else max(several, default=0)
    if people > LONGEST_QUEUE and people_in(waiting) <= most:
        yield path, f"must be at most {LONGEST_QUEUE:,}, the longest queue there is room for, got {people:,.0f}"


def people_of(config: Config) -> float:
    """Count the people of all places and ages."""
    population = config.demand.population
    return math.fsum(population.at(place, age) for place in config.geography.places for age in AGES)


def counted(people: Quantity, places: tuple[str, ...]) -> float:
    """Add up people over ages, and over places where they are given by place."""
    return math.fsum(people.at(place, age) for place in (places if people.places else (None,)) for age in AGES)


def people_in(capacity: Capacity) -> int:
    """Add up a number of people over the members of a scope, as it is written."""
    members = capacity.members.values() if capacity.members is not None else (capacity.single,)
    return sum(number or 0 for number in members)
