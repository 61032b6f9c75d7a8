"""Memory for counts of a run, which is given back to the operating system month by month, where that is possible."""

from __future__ import annotations

import mmap
from typing import Any

import numpy as np

from caresim.model.chance import DAY
from caresim.model.tables import COUNTS, DAYS, MONTHS

BACK = 30 * DAY  # how far back something may still be counted: somebody who comes back within 30 days
# Memory that other processes might share could not be given back.
PRIVATE = {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS} if hasattr(mmap, "MAP_PRIVATE") else {}
GIVES_BACK = hasattr(mmap.mmap, "madvise") and hasattr(mmap, "MADV_DONTNEED")


class Sheet:
    """One record of COUNTS. Memory is touched only where something is counted, and free again when it is forgotten."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, COUNTS.itemsize, **PRIVATE)
        self.counts: Any = np.frombuffer(self._memory, COUNTS).view(np.recarray)

    def forget(self, tables: Any, months: int) -> None:
        """Forget what was counted in the first months; nobody may look at it any more."""
        rows = {MONTHS: months, DAYS + 2: int(tables["month_start"][0][months]) // DAY}
        for kind, start, *_ in (COUNTS.fields or {}).values():
            if kind.shape and kind.shape[0] in rows and GIVES_BACK:
                self._give_back(start, start + kind.itemsize // kind.shape[0] * rows[kind.shape[0]])

    def _give_back(self, start: int, end: int) -> None:
        """Give back the whole pages between two bytes."""
        first, last = -(-start // mmap.PAGESIZE), end // mmap.PAGESIZE
        if first < last:
            self._memory.madvise(mmap.MADV_DONTNEED, first * mmap.PAGESIZE, (last - first) * mmap.PAGESIZE)


def months_over(tables: Any, minute: int) -> int:
    """Tell of how many months nothing more will be counted after a minute of the run."""
    t = tables[0]
    months = int(t["months"])
    return months if minute >= t["horizon"] else int((t["month_start"][1 : months + 1] <= minute - BACK).sum())
