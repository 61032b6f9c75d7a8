"""How long do 200 replications of the baseline take, with the report, on all cores?"""

import os
import tempfile
import time
from pathlib import Path

from common import BASELINE, SEED, tell

import caresim
from caresim.reports.folder import write

REPLICATIONS = 200


def main() -> None:
    """Run, write everything, and print what each took."""
    caresim.run(BASELINE, replications=1)  # compiled code is at hand, as in every run but the first
    begun = time.perf_counter()
    result = caresim.run(BASELINE, replications=REPLICATIONS, seed=SEED)
    ran = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        write(result, Path(folder) / "out", "benchmark")
    done = time.perf_counter()
    tell(
        f"{REPLICATIONS} replications of the baseline with tables, report, workbook and figures",
        f"{done - begun:.0f} s",
        f"{os.cpu_count()} cores; {ran - begun:.0f} s to simulate, {done - ran:.0f} s to write",
    )


if __name__ == "__main__":
    main()
