"""How much memory does a run take, and does it grow with the years?"""

from common import BASELINE, child, tell

CODE = """
import resource, caresim
caresim.run(caresim.load({path!r}, {{"calendar.years": {years}}}), replications=2, workers=2)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def peak(years: int) -> int:
    """Give the peak memory of a process that runs the baseline for some years, in MB."""
    return int(child(CODE.format(path=str(BASELINE), years=years))[1])


def main() -> None:
    """Compare two and ten years."""
    short, long = peak(2), peak(10)
    tell(
        "Memory for ten years against two",
        f"{long / short:.2f} times",
        f"{short} MB and {long} MB at the peak; two threads, Python included",
    )


if __name__ == "__main__":
    main()
