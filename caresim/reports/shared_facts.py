"""What a run and a comparison have in common for those who report on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import pandas as pd

from caresim.reports import ranges, words
from caresim.reports.possible import possible

HELD_AGAINST: dict[str, tuple[str, ...]] = {
    "targets": (
        *("role", "measure", "unit", "year", "figure", "figure_low", "figure_high", "within"),
        *("mean", "low", "high", "residual", "met", "grade", "source", "note"),
    ),
    "warm_up": (
        *("level", "warm_up_days", "years", "first_months", "expected", "mean", "low", "high", "replications"),
    ),
}
"""Tables of what a baseline is held against, and their columns."""
LEVELS = ("summary", "targets")
"""Tables of levels with an interval; all other intervals of a table are of differences or of pounds."""


@dataclass(frozen=True)
class Facts:
    """What a run and a comparison have in common: tables, which are all there if only with no rows, and a manifest."""

    given: Mapping[str, pd.DataFrame]
    manifest: Mapping[str, Any]
    no_interval: ClassVar[str]  # said where one replication leaves none

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        raise NotImplementedError

    def table(self, name: str) -> pd.DataFrame:
        """Return a table with the columns of the contract; an interval of a level ends where what is possible ends."""
        return self._levels[name] if name in LEVELS else self._tables[name]

    @cached_property
    def _levels(self) -> dict[str, pd.DataFrame]:
        return {name: possible(self._tables[name]) for name in LEVELS}

    def assumption(self, path: str) -> Mapping[str, Any] | None:
        """Find the number at a path, or the first below it."""
        raise NotImplementedError

    @cached_property
    def county(self) -> str:
        """The name of the whole area."""
        return str(self.manifest.get("county") or "Whole area")

    @cached_property
    def unitaries(self) -> tuple[str, ...]:
        """The unitaries in the scenario's order; none when there is nothing to tell apart."""
        names = tuple(str(name) for name in self.manifest.get("unitaries") or ())
        return names if len(names) > 1 else ()

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The whole area and its unitaries."""
        return (self.county, *self.unitaries)

    def short(self, area: str) -> str:
        """Shorten an area's name for a label."""
        return words.short(area, self.areas)

    @cached_property
    def replications(self) -> int:
        """How many times the same scenario, or pair of scenarios, was simulated."""
        return max(1, int(self.manifest.get("replications") or 1))

    @cached_property
    def cut_off_years(self) -> tuple[str, ...]:
        """The years of which the run ends before the first 52 weeks of all support are over."""
        return tuple(str(year) for year in self.manifest.get("cut_off_years") or ())

    @property
    def cut_off(self) -> str:
        """Say what the hospital-driven cost lacks where the run ends too early for it; nothing elsewhere."""
        if not self.cut_off_years:
            return ""
        named = words.listed(self.cut_off_years)
        return (
            f"The run ends before the first 52 weeks of support begun in {named} are over: the hospital-driven cost "
            f"lacks the rest of them, so {named} cannot be set beside another year."
        )

    @cached_property
    def left_out(self) -> tuple[str, ...]:
        """What the config says that it leaves out."""
        return tuple(str(text) for text in self.manifest.get("left_out") or ())

    @property
    def unsettled(self) -> str:
        """Say where the number of people supported had not settled when reporting began; nothing where it had."""
        table = self.table("warm_up")
        rows = table[table["level"].eq("people_supported")]
        off = rows[(rows["low"] > 0) | (rows["high"] < 0)]
        if off.empty:
            return ""
        row = off.iloc[0]
        side, way = ("above", "down") if row["mean"] > 0 else ("below", "up")
        return (
            f"A settled start: people supported begin {words.whole(abs(row['mean']))} {side} the trend of later years "
            f"and come {way} to it, so changes over the first years are partly that."
        )

    @property
    def interval(self) -> str:
        """Name the intervals."""
        return self.interval_as("")

    @property
    def line(self) -> str:
        """Say what the line on a bar is."""
        return self.interval_as("line: ")

    @property
    def under_it(self) -> str:
        """Say what stands under a mean in a table."""
        return self.interval_as("under it the ")

    def interval_as(self, what: str) -> str:
        """Name the intervals after a few words on where they are, if there are any."""
        return f"{what}{ranges.MEAN}" if self.replications > 1 else self.no_interval
