"""How much faster is the kernel than the SimPy engine, doing the same work?

Both run one replication of the baseline county, warm-up and run-out included, with the same seed in one process, and
count the same; all that they counted is compared before the times are.
"""

import numpy as np
from common import SEED, cpu_seconds, tables, tell

from caresim.engines import reference
from caresim.engines.kernel.simulate import simulate
from caresim.model.tables import COUNTS

KERNEL_RUNS = 5
COUNTED = [
    name for name in COUNTS.names or () if name != "rows"
]  # the kernel counts rows of a log only where it keeps one


def main() -> None:
    """Time both engines and print the ratio."""
    made = tables()
    simulate(made, SEED, 0)  # compiles, or loads what is compiled
    reference.simulate(worlds_first_day(made), SEED, 0)
    kernel_seconds, kernel = min((cpu_seconds(lambda: simulate(made, SEED, 0)) for _ in range(KERNEL_RUNS)), key=first)
    reference_seconds, other = cpu_seconds(lambda: reference.simulate(made, SEED, 0))
    unlike = [name for name in COUNTED if not np.array_equal(kernel.counts[name], other.counts[name])]
    if other.events != kernel.events or unlike:
        raise SystemExit(f"the engines did not do the same: {kernel.events} and {other.events} events; {unlike}")
    tell(
        "How much faster is the kernel than the SimPy engine?",
        f"{reference_seconds / kernel_seconds:.0f} times",
        f"a replication of the baseline, {kernel.events:,} clock events, both counting",
    )
    tell("The SimPy engine by itself", f"{kernel.events / reference_seconds:,.0f} events a second", "the same run")


def worlds_first_day(made: object) -> object:
    """Cut a run off after its first month, to compile what the reference engine calls before it is timed."""
    short = made.copy()
    short["months"] = 1
    short["horizon"] = short["month_start"][0][1]
    short["start_people"] //= 50
    short["rate"] /= 20
    return short


def first(pair: tuple[float, object]) -> float:
    """Give the time of a measurement."""
    return pair[0]


if __name__ == "__main__":
    main()
