"""What the leading option's worth depends on, as far as it can be told from chance."""

from __future__ import annotations

import pandas as pd

from caresim.reports import words
from caresim.reports.decision.facts import Decision

_CLEAR = 2.0  # standard errors: a shorter move may be chance


def clear(decision: Decision) -> pd.DataFrame:
    """Give the rows of the tornado that chance alone does not explain, those that move the answer most first."""
    rows, moves = _rows(decision)
    seen = moves[moves > _CLEAR * rows["error"].fillna(0.0)]
    return rows.loc[seen.sort_values(ascending=False, kind="stable").index]


def unclear(decision: Decision) -> int:
    """Count the sizes whose effect cannot be told from chance."""
    rows, _ = _rows(decision)
    return len(rows) - len(clear(decision))


def named(decision: Decision, assumption: object) -> str:
    """Name an assumption; without its change where that has the name of the option."""
    lead = decision.lead
    return words.capital(str(assumption).removeprefix(f"{lead.name}: " if lead else ""))


def _rows(decision: Decision) -> tuple[pd.DataFrame, pd.Series[float]]:
    rows = decision.table("tornado")
    rows = rows[rows["scenario"].eq(decision.lead.key if decision.lead else "")]
    rows = rows.dropna(subset=["at_low", "at_high"]).reset_index(drop=True)
    return rows, (rows["at_high"] - rows["at_low"]).abs()
