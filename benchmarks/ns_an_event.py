"""What does the kernel take for a clock event and for a replication, counting included?"""

from common import SEED, cpu_seconds, tables, tell

from caresim.engines.kernel.simulate import simulate

RUNS = 7


def main() -> None:
    """Time replications of the baseline, whole and without arrivals; the fastest counts."""
    made = tables()
    simulate(made, SEED, 0)
    seconds, events = fastest(made)
    tell("A replication of the baseline county", f"{seconds:.2f} s", f"{events:,} clock events, one thread, counting")
    tell("A clock event", f"{seconds / events * 1e9:.0f} ns", "the same replication")
    made["rate"] = 0.0
    made["top_level"] = 0
    seconds, events = fastest(made)
    tell(
        "A clock event of somebody in long-term care",
        f"{seconds / events * 1e9:.0f} ns",
        f"no arrivals: {events:,} events; a replication's fixed cost, some 20 ms, is in it",
    )


def fastest(made: object) -> tuple[float, int]:
    """Give time and events of the fastest of some replications."""
    runs = [cpu_seconds(lambda number=number: simulate(made, SEED, number)) for number in range(RUNS)]
    seconds, outcome = min(runs, key=lambda run: run[0] / run[1].events)
    return seconds, outcome.events


if __name__ == "__main__":
    main()
