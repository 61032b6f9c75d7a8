"""Compare scenarios with a baseline, replication by replication, with the same luck."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caresim.config import CaresimError
from caresim.config.experiment import BASELINE
from caresim.config.limits import MOST_REPLICATIONS
from caresim.config.pairing import unlike
from caresim.engines.kernel.alike import first_difference
from caresim.measures.runs import Runs
from caresim.studies.bridge import alone
from caresim.studies.comparison import Comparison
from caresim.studies.compiling import Given, loaded
from caresim.studies.machine_code import ANNOUNCEMENT, must_compile
from caresim.studies.precision import more_needed, precision_of
from caresim.studies.result import Result
from caresim.studies.run import FEWEST, MOST, Say, refuse_fractions, refuse_outside, refuse_unsuitable
from caresim.studies.store import Store
from caresim.studies.study import Course, Draw, Study, course_of
from caresim.studies.threads import Progress


def compare(
    baseline: Given,
    scenarios: Mapping[str, Given],
    replications: int = 100,
    seed: int = 1,
    engine: str = "kernel",
    workers: int | None = None,
    progress: Progress | None = None,
    until_precision: float | None = None,
    draws: int = 0,
    bridge: Sequence[str] = (),
    store: Path | None = None,
    say: Say | None = None,
    events: bool = False,
    labels: Mapping[str, str] | None = None,
) -> Comparison:
    """Simulate a baseline and scenarios with the same luck, and give the differences.

    Replication r of a scenario is paired with replication r of the baseline: the same people come, and what differs
    follows from the scenario. Scenarios that differ in prices, payment rules or costs only share one simulation.

    Parameters
    ----------
    scenarios : by a short name
    until_precision : go on in steps until, for every scenario, half the widest 95 % interval of a whole year's paired
        difference of the county's hospital-driven cost is at most this share of the BASELINE's mean of that year; of
        the council's net cost if the former never differs
    draws : so many replications that each draw their own sizes of effects from the ranges of the evidence
    bridge : scenarios of which each intervention is also run alone
    store : a folder in which every replication is kept as soon as it is there. What is there already, from the same
        scenario, seed and code, is not simulated again
    labels : what the scenarios are called in full; if not given their names, or where those tell nothing apart (the
        baseline with other values keeps its name) the short ones
    engine, replications, seed, workers, progress, events, say : as for a run

    Raises
    ------
    CaresimError
        An argument out of its range, or scenarios that cannot be paired.
    """
    refuse_unsuitable(engine, replications, seed, workers, until_precision)
    refuse_unknown(scenarios, bridge, draws)
    if say is not None and must_compile(engine, events):
        say(ANNOUNCEMENT)
    begun = time.perf_counter()
    plan = planned(baseline, scenarios, bridge)
    study = Study(engine, seed, workers, progress, Store(store, engine, seed) if store else None, plan.fork, events)
    number, drawn = simulate(study, plan, replications, until_precision, draws)
    return gather(study, plan, number, drawn, labels or {}, time.perf_counter() - begun)


@dataclass(frozen=True)
class Plan:
    """Everything that has to be lived through: baseline, scenarios, and the parts of scenarios."""

    base: Course
    courses: dict[str, Course]
    parts: dict[str, dict[str, Course]]

    @property
    def whole(self) -> list[Course]:
        """The baseline, then the scenarios."""
        return [self.base, *self.courses.values()]

    @property
    def everything(self) -> list[Course]:
        """The baseline, the scenarios, and their parts."""
        return [*self.whole, *(part for those in self.parts.values() for part in those.values())]

    @property
    def fork(self) -> int:
        """The month up to which scenarios live as the baseline does; 0 where they differ from the start."""
        base, *others = self.everything
        first = [first_difference(base.compiled.tables, other.compiled.tables) for other in others]
        return best_fork(first)


def best_fork(first: Sequence[int]) -> int:
    """Give the month up to which sharing saves most, from the month in which each scenario begins to differ."""
    return max(first, key=lambda month: month * sum(other >= month for other in first), default=0)


def planned(baseline: Given, scenarios: Mapping[str, Given], bridge: Sequence[str]) -> Plan:
    """Load and compile everything, and refuse what cannot be paired."""
    base = course_of(loaded(baseline))
    courses = {key: course_of(loaded(scenario)) for key, scenario in scenarios.items()}
    for key, course in courses.items():
        refuse_unlike(base, key, course)
    parts = {key: alone(base.scenario, courses[key].scenario) for key in bridge}
    compiled = {key: {name: course_of(part) for name, part in those.items()} for key, those in parts.items()}
    return Plan(base, courses, compiled)


def simulate(
    study: Study, plan: Plan, replications: int, precision: float | None, draws: int
) -> tuple[int, list[Runs]]:
    """Simulate a plan; returns how many replications there are, and the runs of those that drew their own sizes."""
    draw = drawing() if draws else None
    study.to_come = draws * len(plan.whole)
    number = replications if precision is None else run_until(study, plan, precision)
    tasks = study.tasks(plan.everything, range(number))
    study.to_come = 0
    given = study.do([*tasks, *study.drawn_tasks(plan.whole, draws, draw)])
    return number, drawn_runs(plan.whole, given[len(tasks) :])


def gather(
    study: Study, plan: Plan, number: int, drawn: list[Runs], labels: Mapping[str, str], seconds: float
) -> Comparison:
    """Put together what was simulated."""

    def result(runs: Runs, precision: float | None = None) -> Result:
        return Result(runs, study.engine, study.seed, seconds, precision)

    base = study.runs(plan.base, number)
    results = {key: study.runs(course, number) for key, course in plan.courses.items()}
    return Comparison(
        baseline=result(base),
        results={key: result(runs, known(precision_of(base, runs))) for key, runs in results.items()},
        labels={**names(plan), **{key: label for key, label in labels.items() if key in plan.courses}},
        drawn_baseline=result(drawn[0]) if drawn else None,
        drawn={key: result(runs) for key, runs in zip(plan.courses, drawn[1:], strict=True)} if drawn else {},
        parts={
            key: {name: result(study.runs(part, number)) for name, part in those.items()}
            for key, those in plan.parts.items()
        },
        seconds=seconds,
    )


def names(plan: Plan) -> dict[str, str]:
    """Give what tells each scenario apart: its name, or its short name where others have the same."""
    uses = Counter(course.scenario.name for course in plan.whole)
    own = {key: course.scenario.name for key, course in plan.courses.items()}
    return {key: name if uses[name] == 1 else key.replace("_", " ").capitalize() for key, name in own.items()}


def known(precision: float) -> float | None:
    """Give a precision, or None: one replication has none."""
    return precision if math.isfinite(precision) else None


def refuse_unknown(scenarios: Any, bridge: Sequence[str], draws: int) -> None:
    """Say what is wrong with the arguments of a comparison."""
    if not isinstance(scenarios, Mapping):
        raise CaresimError(f"scenarios must be a mapping of short names to scenarios, got {type(scenarios).__name__}")
    if not scenarios:
        raise CaresimError("there is no scenario to compare with the baseline")
    for key in scenarios:
        if not isinstance(key, str) or key == BASELINE:
            raise CaresimError(f"a scenario cannot be called {key!r}; give it another short name")
    refuse_fractions(draws=draws)
    refuse_outside(0, MOST_REPLICATIONS, draws=draws)
    for key in bridge:
        if key not in scenarios:
            raise CaresimError(f"bridge: there is no scenario {key!r}; there are: {', '.join(scenarios)}")


def refuse_unlike(base: Course, key: str, course: Course) -> None:
    """Refuse a scenario whose days or places are not those of the baseline: its people would not be the same people."""
    why = unlike(base.scenario.config, course.scenario.config)
    if why is not None:
        raise CaresimError(f"{key}: {why}")


def drawing() -> Draw:
    """Give the function that draws sizes of effects."""
    from caresim.config.sizes import drawn

    return drawn


def run_until(study: Study, plan: Plan, precision: float) -> int:
    """Add replications until every scenario's difference is precise enough; returns how many there are."""
    number = FEWEST
    while True:
        study.do(study.tasks(plan.whole, range(number)))
        base = study.runs(plan.base, number)
        reached = max(precision_of(base, study.runs(course, number)) for course in plan.courses.values())
        if reached <= precision:
            return number
        if number >= MOST:
            raise CaresimError(f"a precision of {precision:g} is out of reach: {reached:.3g} after {MOST} replications")
        number = min(more_needed(number, reached, precision), MOST)


def drawn_runs(courses: Sequence[Course], given: Sequence[Any]) -> list[Runs]:
    """Put together the replications that drew their own sizes; `given` has all courses of a number side by side."""
    runs = []
    for i, course in enumerate(courses):
        mine = given[i :: len(courses)]
        if mine:
            runs.append(Runs(course.compiled, [r for _, r in mine], (), [own for own, _ in mine]))
    return runs
