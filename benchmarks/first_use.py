"""How long until something happens: the first run ever, a run with compiled code at hand, and `caresim --help`."""

import tempfile

from common import BASELINE, child, tell

ONE_RUN = f"import caresim; caresim.run({str(BASELINE)!r}, replications=1).summary"
HELP = """
import sys
sys.argv = ["caresim", "--help"]
from caresim.cli.app import main
try:
    main()
except SystemExit:
    pass
"""
TIMES = 3


def main() -> None:
    """Time new processes with a new cache folder, then with that folder filled."""
    with tempfile.TemporaryDirectory() as folder:
        cold, _ = child(ONE_RUN, NUMBA_CACHE_DIR=folder)
        cached = min(child(ONE_RUN, NUMBA_CACHE_DIR=folder)[0] for _ in range(TIMES))
        help_text = min(child(HELP, NUMBA_CACHE_DIR=folder)[0] for _ in range(TIMES))
    tell(
        "The first run ever: from starting Python to a result",
        f"{cold:.0f} s",
        "baseline, one replication, nothing compiled yet",
    )
    tell(
        "Any later run: from starting Python to a result",
        f"{cached:.1f} s",
        "baseline, one replication, compiled code at hand",
    )
    tell("caresim --help", f"{help_text:.2f} s", "new process")


if __name__ == "__main__":
    main()
