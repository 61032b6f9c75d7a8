"""What must hold between numbers of a config that can each be changed: at the start, and in every month of changes."""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

from caresim.config.effect_targets import targets_of
from caresim.config.effects import Changes, strength_of
from caresim.config.faults import Path, UnfitError, join
from caresim.config.schema.root import Config
from caresim.config.values import Quantity
from caresim.config.vocabulary import AGES

PATHWAY_HOURS = ("pathway_1_hours", "pathway_2_hours", "pathway_3_hours")
ASKING = ("community", "safeguarding", "coming_of_age")
SECTIONS = (*(("discharge", name) for name in PATHWAY_HOURS), ("requests",), ("packages", "pressure"))


class Unrelated(NamedTuple):
    """Two or more numbers that do not fit together: the path of one, the name of the other, and why."""

    path: Path
    other: str | None
    message: str

    @property
    def section(self) -> Path:
        """Where all of them stand."""
        return self.path if self.other is None else self.path[:-1]


def unrelated(config: Config) -> Iterator[Unrelated]:
    """Find the numbers that do not fit together."""
    yield from thresholds(config)
    yield from requests(config)
    yield from pressure(config)


def thresholds(config: Config) -> Iterator[Unrelated]:
    """See that a more intense pathway needs no fewer hours."""
    discharge = config.discharge
    for lower, upper in itertools.pairwise(PATHWAY_HOURS):
        for place, age in cells(config):
            low, high = discharge.at(lower).at(place, age), discharge.at(upper).at(place, age)
            if low > high:
                whom = cell_words(place, age, discharge.at(lower), discharge.at(upper))
                message = f"must be at least {lower}, {low:g}, got {high:g}{whom}"
                yield Unrelated(("discharge", upper), lower, message)
                break


def requests(config: Config) -> Iterator[Unrelated]:
    """See that no more follows from requests than there are requests."""
    for name in ASKING:
        request = config.requests.at(name)
        for place, age in cells(config):
            parts = (request.reablement, request.package, request.care_home)
            total = math.fsum(part.at(place, age) for part in parts)
            if total > 1 + 1e-6:
                whom = cell_words(place, age, *parts)
                message = f"must have reablement, package and care_home add up to at most 1, got {total:.9g}{whom}"
                yield Unrelated(("requests", name), None, message)
                break


def pressure(config: Config) -> Iterator[Unrelated]:
    """See that the factor of a full market can be held between its ends."""
    ends = config.packages.pressure
    for place, age in cells(config):
        floor, cap = ends.floor.at(place, age), ends.cap.at(place, age)
        if floor > cap:
            message = f"must be at least floor, {floor:g}, got {cap:g}"
            yield Unrelated(("packages", "pressure", "cap"), "floor", message)
            break


def cells(config: Config) -> Iterator[tuple[str, str]]:
    """Walk over places and ages."""
    return itertools.product(config.geography.places, AGES)


def cell_words(place: str, age: str, *values: Quantity) -> str:
    """Say for whom something is wrong, as far as it differs."""
    whom = [place] if any(value.places for value in values) else []
    whom += [age] if any(value.ages for value in values) else []
    return f" for {', '.join(whom)}" if whom else ""


def check_months(config: Config, add: Callable[[Path, str], None]) -> None:
    """Say in which month right effects first make numbers that do not fit together, at the last effect on them."""
    on = [
        (effect, target.path, ("interventions", str(i), "effects", str(j)))
        for i, change in enumerate(config.interventions)
        for j, effect in enumerate(change.effects)
        for target in targets_of(effect)
        if any(is_in(target.path, section) for section in SECTIONS)
    ]
    if not on:
        return
    changes, told = Changes(config), set()
    for day in months_of(config):
        try:
            wrong = [w for w in unrelated(changes.at(day)) if w.path not in told]
        except UnfitError:
            return  # of a set of shares nothing is left: it is told of where it is found
        for w in wrong:
            in_force = [here for effect, path, here in on if is_in(path, w.section) and strength_of(effect, day) > 0]
            add(in_force[-1], f"does not fit in {day:%Y-%m}: {join(w.path)} {w.message}")
            told.add(w.path)


def is_in(path: Path, section: Path) -> bool:
    """Tell whether a path is that of a section, or leads into it."""
    return path[: len(section)] == section


def months_of(config: Config) -> Iterator[datetime.date]:
    """Walk over the months that are run, each by its first day run."""
    calendar = config.calendar
    days = (calendar.first_day + datetime.timedelta(days=n) for n in range(calendar.total_days))
    return (day for day in days if day == calendar.first_day or day.day == 1)
