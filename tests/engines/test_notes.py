"""Whoever is expected is written down in a note; the record made of it when they join is the one they had."""

import os
import subprocess
import sys
from pathlib import Path

UNCOMPILED = """
import numpy as np
from caresim.engines.kernel import quiet, simulate, world
from caresim.engines.kernel.sharing import Shared
from tests.engines import worlds

noted, came_back = 0, 0
def checked(known, p):
    global noted, came_back
    world.keep(known, p)
    q = np.zeros(1, world.INSIDE).view(np.recarray)[0]
    world.recall(q, known)
    unlike = [n for n in world.INSIDE.names if n != "doing" and not np.array_equal(q[n], p[n])]
    assert not unlike, (p.number, unlike)
    noted, came_back = noted + 1, came_back + (p.spell > 0)
quiet.keep = checked
tables = worlds.seeded(7).tables
assert not quiet.any_bed_is_queued_for(tables[0])
simulate.expected_in_all(tables, 5, simulate.Room(0), Shared())
print(noted, came_back)
"""


def test_nothing_is_lost_in_the_note_of_somebody_who_is_expected() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", UNCOMPILED],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"}, cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    noted, came_back = map(int, done.stdout.split())
    assert noted > 500
    assert came_back > 50
