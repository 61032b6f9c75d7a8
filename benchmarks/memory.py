"""How much memory does a run take, and does it grow with the years?"""

from statistics import median

from common import BASELINE, child, tell

RUNS = 3
RUN = """
import resource, caresim
result = caresim.run(caresim.load({path!r}, {{"calendar.years": {years}}}), replications=2, workers=2)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(peak, sum(getattr(value, "nbytes", 0) for r in result.runs.replications for value in vars(r).values()) / 2**20)
"""
ENGINE = """
import resource, caresim
from caresim.engines.kernel.simulate import get_ready, simulate
from caresim.model.compile import compile_scenario
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
tables = compile_scenario(caresim.load({path!r}, {{"calendar.years": {years}}})).tables
get_ready(tables)
before = peak()
simulate(tables, 1, 0, take=lambda *months: None)
print(before, peak() - before)
"""


def memory(code: str, years: int) -> tuple[float, float]:
    """Give the two numbers of MB that code prints for so many years of the baseline, each the median of some runs."""
    script = code.format(path=str(BASELINE), years=years)
    first, second = zip(*(map(float, child(script)[1].split()) for _ in range(RUNS)), strict=True)
    return median(first), median(second)


def main() -> None:
    """Compare short and long runs."""
    (short, little), (long, much) = memory(RUN, 2), memory(RUN, 10)
    tell(
        "Memory for ten years against two",
        f"{long / short:.2f} times",
        f"{short:.0f} MB and {long:.0f} MB at the peak, of which results {little:.0f} and {much:.0f} MB; "
        "two replications in two threads, Python included",
    )
    five, thirteen = memory(ENGINE, 5)[1], memory(ENGINE, 13)[1]
    tell(
        "Memory of a replication for thirteen years against five, without its result",
        f"{thirteen / five:.2f} times",
        f"{five:.0f} MB and {thirteen:.0f} MB above the kernel when it is ready",
    )


if __name__ == "__main__":
    main()
