"""Ask a run's tables for facts, whatever is missing from them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from caresim.reports import words

COLUMNS: dict[str, tuple[str, ...]] = {
    "summary": ("measure", "unit", "area", "year", "mean", "low", "high", "replications", "p05", "p95"),
    "flow": ("replication", "month", "unitary", "place", "age", "origin", "event", "people"),
    "waits": ("replication", "month", "unitary", "pathway", "reason", "people", "days"),
    "pools": (
        *("replication", "month", "pool", "member", "capacity", "in_use", "waiting"),
        *("requests", "starts", "wait_days", "overflowed"),
    ),
    "assessments": ("replication", "month", "unitary", "work", "waiting", "requests", "starts", "wait_days"),
    "reviews": ("replication", "month", "unitary", "funding", "result", "people", "hours"),
    "daily": ("date", "pool", "member", "quantity", "mean", "p05", "p25", "p50", "p75", "p95"),
    "stock": ("replication", "month", "unitary", "place", "setting", "origin", "funding", "people", "hours"),
    "money": ("replication", "year", "unitary", "partner", "service", "origin", "line", "pounds"),
    "stays": ("replication", "year", "unitary", "age", "days", "people"),
    "readings": ("replication", "year", "unitary", "reading", "pounds"),
    "chains": ("replication", "year", "unitary", "window", "service", "pounds"),
    "pathway_costs": ("replication", "year", "unitary", "pathway", "discharges", "pounds"),
    "dtoc": ("replication", "month", "unitary", "pathway", "reason", "body", "days"),
}
NAN = float("nan")
_MOST_PARTS = 3  # of a bar
_JANUARY_FIRST, _APRIL_FIRST = 101, 401  # month and day as one number


@dataclass(frozen=True)
class Estimate:
    """A mean over replications, its 95 % interval, and the 5, 95, 20 and 80 % points of single replications."""

    mean: float
    low: float = NAN
    high: float = NAN
    p05: float = NAN
    p95: float = NAN
    p20: float = NAN
    p80: float = NAN

    @property
    def has_interval(self) -> bool:
        """One replication has no interval."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    @property
    def reach(self) -> float:
        """The furthest point that a bar with its interval takes."""
        return max(self.mean, self.high) if self.has_interval else self.mean

    def times(self, factor: float) -> Estimate:
        """Change the unit."""
        return Estimate(*(value * factor for value in astuple(self)))


def estimate(values: Sequence[float] | np.ndarray[Any, Any]) -> Estimate:
    """Summarise one value a replication; the interval is Student's t."""
    sample = np.asarray(values, dtype=float).reshape(1, -1)
    return _estimates(sample)[0] if sample.size else Estimate(NAN)


@dataclass(frozen=True)
class Told:
    """What a run and a comparison have in common: tables, which are all there if only with no rows, and a manifest."""

    given: Mapping[str, pd.DataFrame]
    manifest: Mapping[str, Any]

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        raise NotImplementedError

    def table(self, name: str) -> pd.DataFrame:
        """Return a table with the columns of the contract."""
        return self._tables[name]

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


@dataclass(frozen=True)
class Run(Told):
    """A run as its reports see it."""

    assumptions: Sequence[Mapping[str, Any]]

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        return {name: _complete(self.given.get(name), columns) for name, columns in COLUMNS.items()}

    @cached_property
    def split(self) -> tuple[str, ...]:
        """The unitaries when they are few enough to share one bar or area."""
        return self.unitaries if len(self.unitaries) <= _MOST_PARTS else ()

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years reported, first to last."""
        return tuple(sorted({str(year) for year in self.table("summary")["year"]}))

    @cached_property
    def year(self) -> str:
        """The year that the headline is about: the first reported."""
        return self.years[0] if self.years else "the period"

    @property
    def interval(self) -> str:
        """Name the intervals of this run."""
        return words.INTERVAL_NAME if self.replications > 1 else "one simulated run, so no interval"

    @property
    def line(self) -> str:
        """Say what the line on a bar is."""
        return f"line: {self.interval}" if self.replications > 1 else self.interval

    @cached_property
    def starts(self) -> pd.Timestamp:
        """The first day reported."""
        given = self.manifest.get("starts") or self.manifest.get("start")
        if given:
            return pd.Timestamp(str(given))
        months = pd.to_datetime(self.table("pools")["month"])
        return months.min() if len(months) else pd.Timestamp("2000-01-01")

    @cached_property
    def _days(self) -> dict[str, int]:
        dates = pd.to_datetime(self.table("daily")["date"].drop_duplicates())
        names = self.year_of(dates)
        counted = names[names.isin(self.years)].value_counts()
        return {str(year): int(days) for year, days in counted.items()}

    def days(self, year: str) -> float:
        """Count the days of a year that were simulated; 365.25 if no daily table tells."""
        return float(self._days.get(year) or 365.25)

    def whole_year(self, year: str) -> bool:
        """Tell whether a year was simulated from its first day to its last."""
        return self.days(year) >= 365

    def year_of(self, months: pd.Series[Any]) -> pd.Series[Any]:
        """Name the year of every date as the other tables do."""
        names = {month: self._year_name(pd.Timestamp(month)) for month in months.drop_duplicates()}
        return months.map(names).astype("category")

    def _year_name(self, date: pd.Timestamp) -> str:
        first = self._year_starts
        begun = date.year - (date.month * 100 + date.day < first)
        return str(begun) if first == _JANUARY_FIRST else f"{begun}-{(begun + 1) % 100:02d}"

    @cached_property
    def _year_starts(self) -> int:
        given = str(self.manifest.get("year_starts") or self._assumed("calendar.year_starts") or "04-01")
        if any(len(year) == 4 for year in self.years):
            return _JANUARY_FIRST
        try:
            month, day = (int(part) for part in given.split("-")[-2:])
        except ValueError:
            return _APRIL_FIRST
        return month * 100 + day

    def _assumed(self, path: str) -> object:
        row = self.assumption(path)
        return row.get("value") if row else None

    def assumption(self, path: str) -> Mapping[str, Any] | None:
        """Find the number in force at a path, or the first below it."""
        return first_at(self.assumptions, path)

    def measure(self, code: str, area: str | None = None, year: str | None = None) -> Estimate | None:
        """Look a measure up in the summary; None if it was not counted."""
        rows = self._summary.get((code, area or self.county, year or self.year))
        return rows if rows and math.isfinite(rows.mean) else None

    def counted(self, code: str) -> Estimate | None:
        """Look a measure up for the headline year; None also when it is nothing at all."""
        found = self.measure(code)
        return found if found and found.mean != 0 else None

    @cached_property
    def _summary(self) -> dict[tuple[str, str, str], Estimate]:
        columns = ["measure", "area", "year", "mean", "low", "high", "p05", "p95"]
        rows = self.table("summary")[columns].itertuples(index=False, name=None)
        return {
            (str(code), str(area), str(year)): Estimate(*(_number(value) for value in numbers))
            for code, area, year, *numbers in rows
        }

    def units(self) -> dict[str, str]:
        """Give the unit of every measure, in the summary's order."""
        rows = self.table("summary")[["measure", "unit"]].drop_duplicates("measure")
        return {str(code): str(unit) for code, unit in rows.itertuples(index=False, name=None)}

    def in_year(self, name: str, year: str | None = None) -> pd.DataFrame:
        """Keep the rows of one year of a table."""
        if name not in self._year_columns:
            table = self.table(name)
            years = table["year"].astype(str).astype("category") if "year" in table else self.year_of(table["month"])
            self._year_columns[name] = years
        return self.table(name)[self._year_columns[name] == (year or self.year)]

    @cached_property
    def _year_columns(self) -> dict[str, pd.Series[Any]]:
        return {}

    def totals(self, table: pd.DataFrame, by: Sequence[str], value: str) -> dict[tuple[str, ...], Estimate]:
        """Sum a value by some columns in each replication, then summarise over replications."""
        if table.empty:
            return {}
        summed = table.groupby([*by, "replication"], observed=True, sort=True)[value].sum().unstack("replication")
        sample = summed.fillna(0.0).to_numpy(dtype=float)
        absent = max(self.replications - sample.shape[1], 0)
        sample = np.pad(sample, ((0, 0), (0, absent)))
        keys = [key if isinstance(key, tuple) else (key,) for key in summed.index]
        return {tuple(str(part) for part in key): found for key, found in zip(keys, _estimates(sample), strict=True)}


def first_at(rows: Sequence[Mapping[str, Any]], path: str) -> Mapping[str, Any] | None:
    """Find the row of a path, or the first below it."""
    for row in rows:
        if str(row.get("path")) == path:
            return row
    return next((row for row in rows if str(row.get("path")).startswith(path + ".")), None)


def _estimates(sample: np.ndarray[Any, Any]) -> list[Estimate]:
    """Summarise rows of one value a replication."""
    means, count = sample.mean(axis=1), sample.shape[1]
    if count == 1:
        return [Estimate(float(mean)) for mean in means]
    half = float(stdtrit(count - 1, 0.975)) * sample.std(axis=1, ddof=1) / math.sqrt(count)
    p05, p95 = np.percentile(sample, [5, 95], axis=1)
    columns = zip(means, means - half, means + half, p05, p95, strict=True)
    return [Estimate(*(float(number) for number in row)) for row in columns]


def _number(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return NAN


def _complete(table: pd.DataFrame | None, columns: Sequence[str]) -> pd.DataFrame:
    if table is None:
        return pd.DataFrame({column: pd.Series(dtype=_empty_type(column)) for column in columns})
    missing = {column: NAN for column in columns if column not in table}
    return table.assign(**missing) if missing else table


def _empty_type(column: str) -> str:
    if column in {"month", "date"}:
        return "datetime64[ns]"
    texts = {"measure", "unit", "area", "year", "unitary", "place", "age", "origin", "event", "pathway", "reason"}
    texts |= {
        "pool",
        "member",
        "quantity",
        "setting",
        "funding",
        "partner",
        "service",
        "line",
        "reading",
        "body",
        "window",
        "work",
        "result",
    }
    return "object" if column in texts else "float64"
