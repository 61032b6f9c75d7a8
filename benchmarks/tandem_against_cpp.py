"""How close is the kernel to C++ written by hand for one textbook case?

The case is two queues in a row with blocking after service. tandem.cpp knows nothing else; the kernel runs it as a
scenario of the whole model, with its people, their 91 days of follow-up, and all counts. Both make the same draws for
the same people: starts and minutes waited at either station are compared before the times are.
"""

import subprocess
import tempfile
from pathlib import Path

from common import SEED, cpu_seconds, tell

from caresim.engines.kernel.simulate import simulate
from caresim.model.chance import D_PLANNED, D_STAY
from caresim.model.codes import ACUTE_BEDS, REABLEMENT_SLOTS
from caresim.model.compile import compile_scenario
from caresim.model.key import key_of
from caresim.model.tables import LEVELS, N_AGES, N_STREAMS
from caresim.textbook import tandem

ARRIVALS_A_DAY, DAYS = 200, 2000
MEAN_DAYS, SERVERS = (4, 6), (840, 1230)
RUNS = 5
HERE = Path(__file__).resolve().parent


def main() -> None:
    """Compile the C++, run both, compare, and print the ratio."""
    first, second = ({"exponential": {"mean_days": mean}} for mean in MEAN_DAYS)
    tables = compile_scenario(tandem(ARRIVALS_A_DAY, first, second, *SERVERS, DAYS)).tables
    simulate(tables, SEED, 0)
    seconds, outcome = min(
        (cpu_seconds(lambda: simulate(tables, SEED, 0)) for _ in range(RUNS)), key=lambda pair: pair[0]
    )
    by_hand = run_cpp(tables)
    if by_hand[2:] != counted(outcome):
        raise SystemExit(f"not the same work: {by_hand[2:]} and {counted(outcome)}")
    tell(
        "The kernel against C++ written for one textbook case: time of a run",
        f"{seconds / by_hand[0]:.1f} times",
        f"tandem queue with blocking, {by_hand[2]:,.0f} people; the kernel carries the whole model, C++ the two queues",
    )
    an_event = seconds / outcome.events * 1e9, by_hand[0] / by_hand[1] * 1e9
    tell(
        "The kernel against C++ written for one textbook case: time of a clock event",
        f"{an_event[0] / an_event[1]:.2f} times",
        f"{an_event[0]:.0f} and {an_event[1]:.0f} ns; {outcome.events:,} and {by_hand[1]:,.0f} events",
    )


def counted(outcome: object) -> list[float]:
    """Give starts and minutes waited at both stations, as the kernel counted them."""
    total = outcome.counts[0]["pool_count"].sum(axis=0)
    beds, slots = ACUTE_BEDS, REABLEMENT_SLOTS  # one member each, so the pool's number is its kind
    return [float(total[beds, 1]), float(total[slots, 1]), float(total[beds, 2]), float(total[slots, 2])]


def run_cpp(tables: object) -> list[float]:
    """Compile and run tandem.cpp: seconds, events, starts and minutes waited at both stations."""
    t = tables[0]
    ((place, age, stream),) = zip(*t["top_level"].nonzero(), strict=True)
    strip = ((place * N_AGES + age) * N_STREAMS + stream) * LEVELS
    rate = t["rate"][place, age, stream, 0] * t["weekday"][stream, 0]
    levels = t["top_level"][place, age, stream]
    arguments = [key_of(SEED, 0), strip, t["strips"], levels, repr(float(rate)), t["horizon"],
                 *SERVERS, *MEAN_DAYS, D_STAY, D_PLANNED, RUNS]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "tandem"
        options = ["-O3", "-march=native", "-ffp-contract=off", "-std=c++17"]
        subprocess.run(["g++", *options, HERE / "tandem.cpp", "-o", program], check=True)
        done = subprocess.run([program, *map(str, arguments)], check=True, capture_output=True, text=True)
    return [float(word) for word in done.stdout.split()]


if __name__ == "__main__":
    main()
