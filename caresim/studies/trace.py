"""Tell one person's journey, and again in another scenario with the same luck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from caresim.config import CaresimError, Scenario
from caresim.config.pairing import unlike
from caresim.model.chance import DAY
from caresim.model.codes import ADMITTED, AGES, ARRIVES, DISCHARGED, READY, SUPPORT_STARTS
from caresim.model.compile import Compiled
from caresim.model.tables import FIRST_ARRIVAL
from caresim.studies.compiling import Given, compiled_or_refused, loaded
from caresim.studies.journey import AGE, EVENT, MINUTE, PERSON, PLACE, sentences, when
from caresim.studies.machine_code import ANNOUNCEMENT, must_compile
from caresim.studies.run import Say, engine_of, refuse_fractions, refuse_unsuitable
from caresim.studies.threads import Progress

CAVEAT = "Illustrative paired simulation, not a prediction for a person."
OLDER = AGES.index("75-84")
LONG_STAY, LONG_DELAY = 7 * DAY, 2 * DAY
LONGEST_STORY = 40  # rows of the log
LOOKED_AT = 400  # people, before one is chosen


class NoSuchPersonError(CaresimError):
    """Somebody was asked for who does not come."""


class OtherPeopleError(CaresimError):
    """The people of the changed scenario are not those of the first."""


@dataclass(frozen=True)
class Journey:
    """One person's journey: each line is a day and time, and what happens."""

    scenario: str
    person: int
    place: str
    age: str  # at the beginning
    lines: tuple[tuple[str, str], ...]  # empty if the person never comes

    def __str__(self) -> str:
        if not self.lines:
            return f"Person {self.person} does not come."
        told = (f"  {day}  {what}" for day, what in self.lines)
        return "\n".join((f"Person {self.person}, {self.age}, from {self.place}", *told))


@dataclass(frozen=True)
class Trace:
    """A journey and, where a changed scenario was given, the same person's journey there."""

    journey: Journey
    changed: Journey | None
    seed: int
    replication: int
    caveat: str = CAVEAT

    def __str__(self) -> str:
        return self.told("with the change")

    def told(self, how: str) -> str:
        """Tell both journeys in lines; `how` is said before the second."""
        first = f"{self.caveat}\n{self.journey.scenario}, seed {self.seed}, replication {self.replication}"
        if self.changed is None:
            return f"{first}\n\n{self.journey}"
        again = "The journey is the same." if self.changed.lines == self.journey.lines else self.changed
        return f"{first}\n\n{self.journey}\n\nAnd {how}:\n\n{again}"


def trace(
    scenario: Given,
    changed: Given | None = None,
    person: int | None = None,
    seed: int = 1,
    replication: int = 0,
    engine: str = "kernel",
    say: Say | None = None,
    progress: Progress | None = None,
) -> Trace:
    """Tell a person's journey from arrival to death, to leaving the model or to the end of the run.

    Parameters
    ----------
    scenario : as for a run
    changed : tell the same person's journey here too; every draw is the same, so what differs is the change's doing
    person : the number in the event log; if not given, somebody of 75 or over with a stay over seven days, a delay and
        support, and, with `changed`, with a journey that differs there
    say : told in a sentence when the engine has to be compiled first
    progress : told how many replications are done and of how many

    Raises
    ------
    NoSuchPersonError
        There is no such person in the replication.
    OtherPeopleError
        Days, places or county are not the same in both: a number would be that of two different people.
    CaresimError
        An argument is out of its range.
    """
    refuse_unsuitable(engine, 1, seed, None, None)
    refuse_fractions(person=person, replication=replication)
    if replication < 0:
        raise CaresimError(f"replication must be 0 or more, got {replication}")
    first, second = loaded(scenario), None if changed is None else loaded(changed)
    if second is not None and (why := unlike(first.config, second.config)) is not None:
        raise OtherPeopleError(f"{second.name}: {why}")
    if say is not None and must_compile(engine, events=True):
        say(ANNOUNCEMENT)
    told, all_told = progress or (lambda done, of: None), 1 + (second is not None)
    told(0, all_told)
    here = lived(first, engine, seed, replication)
    told(1, all_told)
    there = None if second is None else lived(second, engine, seed, replication)
    number = chosen(here, there) if person is None else person
    if person is not None and not len(here.rows(person)) and not (there and len(there.rows(person))):
        raise NoSuchPersonError(f"there is no person {person} in replication {replication} of seed {seed}")
    return Trace(here.journey(number), there.journey(number) if there else None, seed, replication)


@dataclass(frozen=True)
class Lived:
    """One replication, its log sorted by person."""

    compiled: Compiled
    log: Any

    def rows(self, person: int) -> Any:
        """Give the log of one person, in its order."""
        first, last = np.searchsorted(self.log[:, PERSON], [person, person + 1])
        return self.log[first:last]

    def journey(self, person: int) -> Journey:
        """Tell the journey of a person."""
        rows, name = self.rows(person), self.compiled.scenario.name
        if not len(rows):
            return Journey(name, person, "", "", ())
        lines = tuple((when(self.compiled, minute), words) for minute, words in sentences(self.compiled, rows))
        return Journey(name, person, self.compiled.places[rows[0][PLACE]], AGES[rows[0][AGE]], lines)


def lived(scenario: Scenario, engine: str, seed: int, replication: int) -> Lived:
    """Run one replication and keep its log."""
    compiled = compiled_or_refused(scenario)
    log = engine_of(engine)(compiled.tables, seed, replication, True).log
    return Lived(compiled, log[np.argsort(log[:, PERSON], kind="stable")])


def chosen(here: Lived, there: Lived | None) -> int:
    """Choose whose journey shows most: many kinds of event in few rows, and different in a changed scenario.

    Raises
    ------
    CaresimError
        Nobody has a journey worth telling.
    """
    best, choice = (-1, -1), -1
    for person in candidates(here)[:LOOKED_AT]:
        rows = here.rows(person)
        if len(rows) > LONGEST_STORY:
            continue
        differs = there is not None and not np.array_equal(rows[:, MINUTE:], there.rows(person)[:, MINUTE:])
        score = (int(differs), len(np.unique(rows[:, EVENT])))
        if score > best:
            best, choice = score, person
    if choice < 0:
        raise CaresimError("nobody in this replication has a journey worth telling; name a person or another seed")
    return choice


def candidates(here: Lived) -> list[int]:
    """List who is 75 or over, comes in the reported time, stays over seven days, waits in the bed and gets support.

    Where there is nobody like that, everybody who comes; where nobody comes, everybody.
    """
    log, time = here.log, here.compiled.time
    new = log[(log[:, EVENT] == ARRIVES) & (log[:, PERSON] >= FIRST_ARRIVAL)]
    new = new[new[:, MINUTE] >= time.minute(time.report_from)][:, PERSON]
    spells = log[np.isin(log[:, EVENT], (ADMITTED, READY, DISCHARGED))]
    came, ready, left = spells[:-2], spells[1:-1], spells[2:]
    fits = (came[:, EVENT] == ADMITTED) & (ready[:, EVENT] == READY) & (left[:, EVENT] == DISCHARGED)
    fits &= (came[:, PERSON] == left[:, PERSON]) & (left[:, AGE] >= OLDER)
    fits &= (left[:, MINUTE] - came[:, MINUTE] > LONG_STAY) & (left[:, MINUTE] - ready[:, MINUTE] > LONG_DELAY)
    helped = log[log[:, EVENT] == SUPPORT_STARTS][:, PERSON]
    found = np.unique(left[fits][:, PERSON])
    found = found[np.isin(found, new) & np.isin(found, helped)]
    for people in (found, new):
        if len(people):
            return [int(person) for person in people]
    return [int(person) for person in np.unique(log[:, PERSON]) if person >= 0]
