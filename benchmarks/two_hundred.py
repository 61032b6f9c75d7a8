"""How long do 200 replications of the baseline take, with the report, on all cores?"""

import os
from functools import partial

from common import BASELINE, SEED, tell, with_report

import caresim
from caresim.reports.folder import write

REPLICATIONS = 200


def main() -> None:
    """Run, write everything, and print what each took."""
    simulate = partial(caresim.run, BASELINE, replications=REPLICATIONS, seed=SEED)
    _, simulated, written = with_report(simulate, write)
    tell(
        f"{REPLICATIONS} replications of the baseline with tables, report, workbook and figures",
        f"{simulated + written:.0f} s",
        f"{os.cpu_count()} cores; {simulated:.0f} s to simulate, {written:.0f} s to write",
    )


if __name__ == "__main__":
    main()
