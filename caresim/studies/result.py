"""The result of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from caresim.config import CaresimError, Scenario
from caresim.measures.runs import Runs

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


OPTIONAL = ("targets", "warm_up", "pressure")
"""Tables with rows only where there are targets, three whole years, or two in a row."""


@dataclass(frozen=True)
class Result:
    """What a run gave; `summary` and `table(name)` are pandas DataFrames (columns: docs/reference/tables.md)."""

    runs: Runs = field(repr=False)
    engine: str
    seed: int
    seconds: float
    precision: float | None = None  # relative half width reached of the headline's interval, where one was asked for

    @property
    def scenario(self) -> Scenario:
        """The scenario that was run."""
        return self.runs.scenario

    @cached_property
    def summary(self) -> pd.DataFrame:
        """Every measure by year and area: mean, its 95 % interval (simulation error only), 5 and 95 % of runs."""
        from caresim.money.summary import summary

        return summary(self.runs, self.values)

    @cached_property
    def values(self) -> dict[str, NDArray[np.float64]]:
        """Every measure of every replication: (replication, year, area), in the order of the summary."""
        from caresim.money.summary import stacked

        return stacked(self.runs, self.costs)

    @cached_property
    def costs(self) -> dict[str, NDArray[np.float64]]:
        """Every measure of money of every replication, in pounds: (replication, year, place)."""
        from caresim.money.costs import stacked_costs

        return stacked_costs(self.runs)

    def table(self, name: str) -> pd.DataFrame:
        """Make a tidy table.

        Raises
        ------
        CaresimError
            There is no table of that name, or it is that of events and the run kept none.
        """
        if name == "summary":
            return self.summary
        if name == "events":
            return self.all_events()
        if name in OPTIONAL:
            return self.optional(name)
        makers = table_makers()
        if name not in makers:
            there = sorted([*makers, "summary", "events", *OPTIONAL])
            raise CaresimError(f"there is no table {name!r}; there are: {', '.join(there)}")
        return makers[name](self.runs)

    def optional(self, name: str) -> pd.DataFrame:
        """Give what the run is held against (targets, levels when reporting began), or its bridge from year to year."""
        from caresim.studies.held_against import target_table, warm_up_table
        from caresim.studies.pressure import year_to_year

        if name == "pressure":
            return year_to_year(self)
        return target_table(self) if name == "targets" else warm_up_table(self.runs)

    def events(self, replication: int = 0) -> pd.DataFrame:
        """Give the event log of a replication, in its written order.

        Raises
        ------
        CaresimError
            The run kept no events, or there is no such replication.
        """
        from caresim.measures.events import events

        if not self.runs.logs:
            raise CaresimError("the run kept no events; run it with events=True")
        if not 0 <= replication < len(self.runs.logs):
            raise CaresimError(f"there is no replication {replication}; there are 0 to {len(self.runs.logs) - 1}")
        return events(self.runs, replication)

    def all_events(self) -> pd.DataFrame:
        """Give the event logs of all replications, one after another."""
        import pandas as pd

        return pd.concat([self.events(i) for i in range(max(len(self.runs.logs), 1))], ignore_index=True)


def table_makers() -> dict[str, Callable[[Runs], pd.DataFrame]]:
    """Give every table but the summary by its name."""
    from caresim.measures.tables import TABLES
    from caresim.measures.teams import TEAM_TABLES
    from caresim.money.tables import MONEY_TABLES

    return {**TABLES, **TEAM_TABLES, **MONEY_TABLES}
