"""Simulate what several scenarios ask for, each thing once, side by side, and on disk if it may be interrupted."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

from caresim.config import Scenario
from caresim.engines.outcome import Outcome
from caresim.measures.reduction import reduce
from caresim.measures.replication import Replication
from caresim.measures.runs import Runs
from caresim.model.compile import Compiled
from caresim.studies.compiling import compiled_or_refused
from caresim.studies.run import engine_of
from caresim.studies.store import Store, activity_of
from caresim.studies.threads import Progress, side_by_side

Draw = Callable[[Scenario, int, int], Scenario]  # of a scenario, a seed and a number, one with its own sizes of effects


@dataclass(frozen=True)
class Course:
    """A compiled scenario and the digest of what its activity follows from; scenarios that share it share a life."""

    compiled: Compiled = field(repr=False)
    activity: str

    @property
    def scenario(self) -> Scenario:
        """The scenario that takes this course."""
        return self.compiled.scenario


def course_of(scenario: Scenario) -> Course:
    """Compile a scenario."""
    compiled = compiled_or_refused(scenario)
    return Course(compiled, activity_of(compiled))


@dataclass
class Study:
    """What has been simulated so far, by activity and number of the replication."""

    engine: str
    seed: int
    workers: int | None = None
    progress: Progress | None = None
    store: Store | None = None
    fork: int = 0  # the month from which on scenarios differ
    events: bool = False  # keep the event logs; then nothing is read from the store, which has none
    done: dict[tuple[str, int], Replication] = field(default_factory=dict, repr=False)
    logs: dict[tuple[str, int], Any] = field(default_factory=dict, repr=False)
    turns: dict[tuple[str, int], threading.Lock] = field(default_factory=dict, repr=False)
    guard: threading.Lock = field(default_factory=threading.Lock, repr=False)
    finished: int = 0  # tasks, for the progress
    to_come: int = 0  # tasks that are not asked for yet but will be

    @property
    def at_a_time(self) -> int:
        """How many tasks are done side by side."""
        return self.workers or os.cpu_count() or 1

    @cached_property
    def simulate(self) -> Callable[..., Outcome]:
        """Give the engine."""
        return engine_of(self.engine, self.fork)

    def tasks(self, courses: Iterable[Course], numbers: range) -> list[Callable[[], Any]]:
        """Give what has to be simulated so that every course has these replications.

        A few numbers at a time go through all courses: so what courses share is told once, and by one thread each.
        """
        courses = {course.activity: course for course in courses}.values()
        some = [numbers[i : i + self.at_a_time] for i in range(0, len(numbers), self.at_a_time)]
        wanted = [(c, n) for few in some for c in courses for n in few if (c.activity, n) not in self.done]
        return [partial(self.replication, course.compiled, course.activity, n) for course, n in wanted]

    def drawn_tasks(self, courses: Iterable[Course], draws: int, draw: Draw | None) -> list[Callable[[], Any]]:
        """Give what has to be simulated so that every course has replications that draw their own sizes of effects."""
        if draw is None:
            return []
        return [partial(self.drawn, course, number, draw) for number in range(draws) for course in courses]

    def do(self, tasks: list[Callable[[], Any]]) -> list[Any]:
        """Do tasks side by side."""
        of = self.finished + len(tasks) + self.to_come
        given = side_by_side(tasks, self.engine, self.at_a_time, self.progress, self.finished, of, events=self.events)
        done = list(given)
        self.finished += len(tasks)
        return done

    def replication(self, compiled: Compiled, activity: str, number: int) -> Replication:
        """Give a replication: one that there is, one that is on disk, or a new one; never the same one twice."""
        key = (activity, number)
        with self.guard:
            turn = self.turns.setdefault(key, threading.Lock())
        with turn:
            if key not in self.done:
                self.done[key] = self.kept(key) or self.new(compiled, key)
            return self.done[key]

    def kept(self, key: tuple[str, int]) -> Replication | None:
        """Read a replication from the disk; event logs are not kept there."""
        return None if self.store is None or self.events else self.store.load(*key)

    def new(self, compiled: Compiled, key: tuple[str, int]) -> Replication:
        """Simulate a replication, and keep it on disk."""
        activity, number = key
        outcome = self.simulate(compiled.tables, self.seed, number, self.events)
        replication = reduce(compiled, outcome, number)
        if self.events:
            self.logs[key] = outcome.log
        if self.store is not None:
            self.store.save(activity, replication)
        return replication

    def drawn(self, course: Course, number: int, draw: Draw) -> tuple[Compiled, Replication]:
        """Give a replication of a course with sizes of its own; what is compiled for it alone is not kept."""
        own = draw(course.scenario, self.seed, number)
        if own == course.scenario:
            return course.compiled, self.replication(course.compiled, course.activity, number)
        compiled = compiled_or_refused(own, number)
        replication = self.replication(compiled, activity_of(compiled), number)
        return replace(compiled, tables=course.compiled.tables), replication

    def runs(self, course: Course, replications: int) -> Runs:
        """Put together the replications of a course."""
        keys = [(course.activity, number) for number in range(replications)]
        logs = [self.logs[key] for key in keys] if self.events else ()
        return Runs(course.compiled, [self.done[key] for key in keys], logs)
