"""What an engine returns for one replication."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """Counts (one record of COUNTS), the event log in its written order, and the state at the end.

    `log` has a row an event and the columns of model.tables.LOG_COLUMNS; it is empty unless it was asked for.
    `in_use`, `capacity` and `inside` are what each pool has in use, each pool's capacity, and the people in the model.
    """

    counts: Any = field(repr=False)
    log: Any = field(repr=False)
    events: int
    in_use: tuple[int, ...]
    capacity: tuple[int, ...]
    inside: int
