"""How close is the kernel to C++ written by hand for one textbook case?

The case is two queues in a row with blocking after service. tandem.cpp knows nothing else; the kernel runs it as a
scenario of the whole model. Both make the same draws for the same people. They are compared before the times are: once
C++ follows people up for 91 days and counts all that the kernel counts, and every number is equal; once it keeps
nothing but starts and minutes waited.
"""

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from common import SEED, cpu_seconds, tell

from caresim.engines.kernel.simulate import simulate
from caresim.model.chance import D_PLANNED, D_STAY, DAY
from caresim.model.codes import ACUTE_BEDS, AWAITS_CAPACITY, COUNCIL, FROM_HOSPITAL, PATHWAY_1
from caresim.model.codes import REABLEMENT as SERVICE
from caresim.model.codes import REABLEMENT_SLOTS as SLOTS
from caresim.model.compile import compile_scenario
from caresim.model.key import key_of
from caresim.model.tables import COUNTS, LEVELS, N_AGES, N_STREAMS, STAY_BINS, F
from caresim.textbook import tandem

ARRIVALS_A_DAY, DAYS = 200, 2000
MEAN_DAYS, SERVERS = (4, 6), (840, 1230)
RUNS, ROUNDS = 3, 9
HERE = Path(__file__).resolve().parent
STATIONS = [ACUTE_BEDS, SLOTS]  # one member each, so the pool's number is its kind
FLOWS = [
    F[name]
    for name in (
        "admitted_emergency", "assessment_asked", "referred", "discharged_pathway_1", "reablement_started",
        "reablement_independent", "new_support", "day_91_at_home", "left", "emergency_discharges",
    )
]  # fmt: skip

LEVEL = ("i8", 2)
BY_MONTH = np.dtype(
    [
        ("flow", "i8", len(FLOWS)), ("waits", "i8", 3), ("pool_use", "i8", (2, 2, 2)), ("pool_count", "i8", (2, 3)),
        ("beds", *LEVEL), ("away", *LEVEL), ("stock", *LEVEL), ("charged", *LEVEL), ("supported", "i8"),
    ]
)  # fmt: skip
BY_DAY = np.dtype([("daily", "i8", (2, 2)), ("delayed", "i8", 2)])
BY_YEAR = np.dtype(
    [
        ("distinct", "i8"), ("chain", "i8", 2), ("charged_chain", "i8", 2), ("pathway_chain", "i8"),
        ("stays", "i8", STAY_BINS),
    ]
)  # fmt: skip


@dataclass(frozen=True)
class ByHand:
    """What the C++ program gives: seconds, clock events, starts and minutes waited at both stations, all counts."""

    seconds: float
    events: int
    totals: list[int]
    counts: dict[str, Any]


def main() -> None:
    """Compile the C++, run all in turn, compare, and print the ratios."""
    first, second = ({"exponential": {"mean_days": mean}} for mean in MEAN_DAYS)
    tables = compile_scenario(tandem(ARRIVALS_A_DAY, first, second, *SERVERS, DAYS)).tables
    outcome = simulate(tables, SEED, 0)
    with tempfile.TemporaryDirectory() as folder:
        programs = [compiled(Path(folder), everything) for everything in (True, False)]
        rounds = [one_round(programs, tables) for _ in range(ROUNDS)]
    same, bare = rounds[0][1:]
    refuse_other_work(same, bare, outcome)
    seconds, with_counts, without = zip(*map(times_of, rounds), strict=True)
    tell(
        "The kernel against C++ written for one textbook case, both counting the same",
        f"{ratio(seconds, with_counts):.2f} times",
        f"tandem queue with blocking, {same.totals[0]:,} people, {same.events:,} clock events: "
        f"{median(seconds) / same.events * 1e9:.0f} and {median(with_counts) / same.events * 1e9:.0f} ns each; "
        f"median of {ROUNDS} rounds",
    )
    tell(
        "The kernel against C++ that knows only the two queues",
        f"{ratio(seconds, without):.1f} times",
        f"the same rounds; C++ counts starts and minutes waited, {bare.events:,} clock events",
    )


def ratio(kernel: tuple[float, ...], by_hand: tuple[float, ...]) -> float:
    """Give the median of how many times as long the kernel takes in a round."""
    return median(k / b for k, b in zip(kernel, by_hand, strict=True))


def one_round(programs: list[Path], tables: Any) -> tuple[float, ByHand, ByHand]:
    """Run the kernel and both programs right after each other."""
    seconds = min(cpu_seconds(lambda: simulate(tables, SEED, 0))[0] for _ in range(RUNS))
    same, bare = (run_cpp(program, tables) for program in programs)
    return seconds, same, bare


def times_of(one: tuple[float, ByHand, ByHand]) -> tuple[float, float, float]:
    """Give the seconds of a round."""
    return one[0], one[1].seconds, one[2].seconds


def refuse_other_work(same: ByHand, bare: ByHand, outcome: Any) -> None:
    """Stop if the kernel and the programs have not done the same."""
    counts, cases = outcome.counts[0], counted(outcome.counts[0])
    unlike = [name for name, values in same.counts.items() if not np.array_equal(values, cases[name])]
    left_out = [
        name for name in counts.dtype.names
        if np.abs(np.asarray(counts[name], float)).sum() != np.abs(np.asarray(cases.get(name, 0), float)).sum()
    ]  # fmt: skip
    count = cases["pool_count"].sum(axis=0)
    totals = [int(count[k, what]) for what in (1, 2) for k in (0, 1)]
    if unlike or left_out or not same.totals == bare.totals == totals or same.events != outcome.events:
        raise SystemExit(f"not the same work: {unlike or left_out or [same.totals, bare.totals, totals]}")


def counted(c: Any) -> dict[str, Any]:
    """Give what the kernel counts of this case: one place, people of 85 and over, all from hospital to reablement."""
    origin, age = FROM_HOSPITAL, N_AGES - 1
    return {
        "flow": c["flow"][:, 0, age, origin, FLOWS],
        "waits": c["waits"][:, 0, PATHWAY_1, AWAITS_CAPACITY],
        "pool_use": c["pool_use"][:, STATIONS],
        "pool_count": c["pool_count"][:, STATIONS, :3],
        "beds": c["beds"][:, 0, age],
        "away": c["away"][:, 0, age],
        "stock": c["stock"][:, 0, SERVICE, origin, COUNCIL, 0],
        "charged": c["charged"][:, 0, 0, origin, 0],
        "supported": c["supported"][:, 0, age, 0],
        "daily": c["daily"][:, STATIONS],
        "delayed": c["delayed"][:, 0],
        "distinct": c["distinct"][:, 0, age, 0],
        "chain": c["chain"][:, 0, origin, SERVICE, :, 0],
        "charged_chain": c["charged_chain"][:, 0, origin, 0, :, 0],
        "pathway_chain": c["pathway_chain"][:, 0, PATHWAY_1, SERVICE, 0],
        "stays": c["stays"][:, 0, age],
    }


def compiled(folder: Path, everything: bool) -> Path:
    """Compile tandem.cpp, to count everything or not."""
    program = folder / f"tandem_{int(everything)}"
    options = ["-O3", "-march=native", "-ffp-contract=off", "-std=c++17", f"-DALL={int(everything)}"]
    subprocess.run(["g++", *options, HERE / "tandem.cpp", "-o", program], check=True)
    return program


def run_cpp(program: Path, tables: Any) -> ByHand:
    """Run a program and read what it writes."""
    t = tables[0]
    ((place, age, stream),) = zip(*t["top_level"].nonzero(), strict=True)
    strip = ((place * N_AGES + age) * N_STREAMS + stream) * LEVELS
    rate = t["rate"][place, age, stream, 0] * t["weekday"][stream, 0]
    calendar, counts = program.with_suffix(".calendar"), program.with_suffix(".counts")
    months, years, days = int(t["months"]), int(t["years"]), int(t["horizon"]) // DAY
    sizes = {"month_start": months + 1, "month_of_day": days, "year_of_month": months, "year_start": years + 1}
    lists = [[size, *t[name][:size]] for name, size in sizes.items()]
    calendar.write_bytes(b"".join(np.array(values, np.int64).tobytes() for values in lists))
    arguments = [key_of(SEED, 0), strip, t["strips"], t["top_level"][place, age, stream], repr(float(rate)),
                 *SERVERS, *MEAN_DAYS, D_STAY, D_PLANNED, RUNS, calendar, counts]  # fmt: skip
    done = subprocess.run([program, *map(str, arguments)], check=True, capture_output=True, text=True)
    seconds, events, *totals = done.stdout.split()
    numbers = read_counts(counts, {BY_MONTH: months, BY_DAY: days + 1, BY_YEAR: years})
    return ByHand(float(seconds), int(events), [int(x) for x in totals], numbers)


def read_counts(file: Path, sizes: dict[np.dtype, int]) -> dict[str, Any]:
    """Read what was counted, and lay it out as the kernel does: with room for longer runs, which is empty."""
    data, found = file.read_bytes(), {}
    for kind, size in sizes.items():
        values, data = np.frombuffer(data, kind, size), data[kind.itemsize * size :]
        for name in kind.names or ():
            found[name] = np.zeros((COUNTS[name].shape[0], *values[name].shape[1:]), np.int64)
            found[name][:size] = values[name]
    return found


if __name__ == "__main__":
    main()
