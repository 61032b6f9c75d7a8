"""The event log in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from caresim.measures.runs import Runs
from caresim.measures.tables import category
from caresim.model.codes import AGES, EVENTS


def events(runs: Runs, replication: int) -> pd.DataFrame:
    """Give one replication's log: minutes from the first day of the warm-up, names for codes; pool "" where none."""
    log, compiled = runs.logs[replication], runs.compiled
    pools = [f"{m.name}: {m.member}" for m in compiled.pools]
    return pd.DataFrame(
        {
            "replication": np.full(len(log), runs.replications[replication].number, dtype=np.int64),
            "minute": log[:, 1],
            "person": log[:, 2],
            "event": named(log[:, 3], EVENTS),
            "place": named(log[:, 4], compiled.places),
            "age": named(log[:, 5], AGES),
            "pool": named(log[:, 6], pools),
            "value": log[:, 7],
        }
    )


def named(codes: Any, names: Sequence[str]) -> pd.Categorical[str]:
    """Put names in place of codes; -1 becomes an empty text."""
    return category(np.where(codes < 0, len(names), codes), [*names, ""])
