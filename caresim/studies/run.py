"""Run one scenario many times, on either engine, replications side by side in threads."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from caresim.config import CaresimError
from caresim.config.limits import MOST_REPLICATIONS, MOST_SEED
from caresim.engines.outcome import Outcome
from caresim.measures.reduction import Reduction
from caresim.measures.replication import Replication
from caresim.measures.runs import Runs
from caresim.model.compile import Compiled
from caresim.studies.compiling import Given, compiled_or_refused, loaded
from caresim.studies.machine_code import ANNOUNCEMENT, must_compile
from caresim.studies.result import Result
from caresim.studies.store import Store, activity_of
from caresim.studies.threads import Progress, side_by_side

Say = Callable[[str], None]
ENGINES = ("kernel", "reference")
HEADLINE = "hospital_driven_cost"
FEWEST, MOST = 10, 10_000  # replications, when a precision is asked for


def run(
    scenario: Given,
    engine: str = "kernel",
    replications: int = 100,
    seed: int = 1,
    events: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
    until_precision: float | None = None,
    say: Say | None = None,
    store: str | Path | None = None,
) -> Result:
    """Simulate a scenario.

    Parameters
    ----------
    engine : "kernel" (fast) or "reference" (SimPy); the results are the same
    replications : how many; the first is number 0, and a replication is the same however many there are
    events : keep the event log of every replication (large)
    workers : replications at a time; as many as processors if not given. It changes no result
    progress : called with (done, of how many)
    until_precision : go on in steps until the half width of the headline's 95 % interval (county, first year that is
        reported whole) is at most this share of its mean
    say : told in a sentence when the engine has to be compiled first, which takes up to a minute
    store : a folder in which every replication is kept as it is done, and from which those that are there are read; not
        with `events`, since event logs are not kept

    Raises
    ------
    CaresimError
        An argument out of its range, a scenario that the engines have no room for, or a folder that cannot be written.
    """
    refuse_unsuitable(engine, replications, seed, workers, until_precision)
    if say is not None and must_compile(engine, events):
        say(ANNOUNCEMENT)
    begun = time.perf_counter()
    compiled = compiled_or_refused(loaded(scenario))
    kept = None if store is None or events else Store(Path(store), engine, seed)
    how = How(engine, seed, events, workers or os.cpu_count() or 1, progress, kept)
    if until_precision is None:
        done, reached = list(replicate(compiled, range(replications), how, replications)), None
    else:
        done, reached = run_until(compiled, how, until_precision)
    runs = Runs(compiled, [r for r, _ in done], [log for _, log in done] if events else ())
    return Result(runs, engine, seed, time.perf_counter() - begun, reached)


def refuse_unsuitable(
    engine: str, replications: int, seed: int, workers: int | None, until_precision: float | None
) -> None:
    """Say what is wrong with the arguments of a run."""
    if engine not in ENGINES:
        raise CaresimError(f"there is no engine {engine!r}; there are: {', '.join(ENGINES)}")
    refuse_fractions(replications=replications, seed=seed, workers=workers)
    refuse_outside(1, MOST_REPLICATIONS, replications=replications)
    if not 0 <= seed <= MOST_SEED:
        raise CaresimError(f"the seed must be a whole number from 0 to {MOST_SEED}, got {seed}")
    if workers is not None and workers < 1:
        raise CaresimError(f"workers must be 1 or more, got {workers}")
    if until_precision is not None and not 0 < until_precision <= 1:
        raise CaresimError(f"until_precision must be above 0 and at most 1, got {until_precision}")


def refuse_outside(least: int, most: int, **numbers: int) -> None:
    """Say which of some numbers is too small or too large."""
    for name, number in numbers.items():
        if not least <= number <= most:
            raise CaresimError(f"{name} must be from {least} to {most:,}, got {number}")


def refuse_fractions(**numbers: object) -> None:
    """Say which of some numbers is no whole number, Python's or numpy's; None is none that was given."""
    for name, number in numbers.items():
        if number is not None and (not hasattr(number, "__index__") or isinstance(number, bool)):
            raise CaresimError(f"{name} must be a whole number, got {number!r}")


def engine_of(name: str, fork: int | None = None) -> Callable[..., Outcome]:
    """Import an engine only where it is used: the kernel takes time to compile.

    With a fork, the month from which on scenarios differ (0: the first), it keeps what several of them have in common
    between calls; that changes no result.
    """
    if name == "kernel":
        from caresim.engines.kernel.sharing import Shared
        from caresim.engines.kernel.simulate import simulate as kernel

        return kernel if fork is None else partial(kernel, shared=Shared(fork))
    from caresim.engines.reference.simulate import simulate as reference

    return reference


@dataclass(frozen=True)
class How:
    """How replications are simulated."""

    engine: str
    seed: int
    events: bool  # keep the event logs; then nothing is kept on disk
    workers: int
    progress: Progress | None
    store: Store | None


def replicate(compiled: Compiled, numbers: range, how: How, of: int) -> Iterator[tuple[Replication, Any]]:
    """Run replications in threads and give them back in the order of their numbers; what is kept is read."""
    simulate, activity = engine_of(how.engine), "" if how.store is None else activity_of(compiled)
    if how.engine == "kernel":
        import_module("caresim.engines.kernel.simulate").get_ready(compiled.tables, how.events)

    def one(number: int) -> tuple[Replication, Any]:
        if how.store is not None and (kept := how.store.load(activity, number)) is not None:
            return kept, None
        reduction = Reduction(compiled)
        outcome = simulate(compiled.tables, how.seed, number, how.events, take=reduction.take)
        replication = reduction.made(outcome, number)
        if how.store is not None:
            how.store.save(activity, replication)
        return replication, outcome.log if how.events else None

    tasks = [partial(one, number) for number in numbers]
    yield from side_by_side(tasks, how.engine, how.workers, how.progress, numbers.start, of, make_ready, how.events)


def make_ready() -> None:
    """Import what tells the results, which takes half a second: the kernel needs no Python while it runs."""
    import_module("caresim.money.summary")


def run_until(compiled: Compiled, how: How, precision: float) -> tuple[list[tuple[Replication, Any]], float]:
    """Add replications until the headline is precise enough; returns them and the precision reached.

    The number still needed is foreseen from the spread so far (half widths shrink with the square root of the number).
    """
    done: list[tuple[Replication, Any]] = []
    target = FEWEST
    while True:
        done += replicate(compiled, range(len(done), target), how, target)
        reached = precision_of(Runs(compiled, [r for r, _ in done]))
        if reached <= precision:
            return done, reached
        if target >= MOST:
            raise CaresimError(f"a precision of {precision:g} is out of reach: {reached:.3g} after {MOST} replications")
        needed = int(target * min((reached / precision) ** 2, 100.0)) + 1
        target = min(max(needed, target + max(target // 5, how.workers)), MOST)


def precision_of(runs: Runs) -> float:
    """Give the half width of the headline's 95 % interval over its mean, for the county and the first whole year."""
    from caresim.measures.tables import years
    from caresim.money.summary import summary
    from caresim.studies.precision import whole_years

    table = summary(runs)
    measure = HEADLINE if table.loc[table["measure"] == HEADLINE, "mean"].abs().max() > 0 else "bed_days"
    row = table[(table["measure"] == measure) & (table["year"] == years(runs)[whole_years(runs)[0]])].iloc[0]
    return float((row["high"] - row["low"]) / 2 / row["mean"]) if row["mean"] else 0.0
