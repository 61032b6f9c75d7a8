"""Ask a run's tables for facts, whatever is missing from them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from caresim.reports.cells import Cells, coded, small, texts
from caresim.reports.estimate import NAN, Estimate, estimates
from caresim.reports.possible import ANYTHING, COUNT
from caresim.reports.shared_facts import HELD_AGAINST, Facts

OPTIONAL: dict[str, tuple[str, ...]] = {
    **HELD_AGAINST,
    "pressure": ("area", "year", "part", "unit", "mean", "low", "high", "replications"),
}
"""Tables that a run may have no rows for."""

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
    **OPTIONAL,
}
_MOST_PARTS = 3  # of a bar
_JANUARY_FIRST, _APRIL_FIRST = 101, 401  # month and day as one number


@dataclass(frozen=True)
class Run(Facts):
    """A run as its reports see it."""

    no_interval = "one simulated run, so no interval"
    assumptions: Sequence[Mapping[str, Any]]

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        return {name: _complete(self.given.get(name), columns) for name, columns in COLUMNS.items()}

    @cached_property
    def split(self) -> tuple[str, ...]:
        """The unitaries when they are few enough to share one bar or area."""
        return self.unitaries if len(self.unitaries) <= _MOST_PARTS else ()

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The members of all pools: places, unitaries, trusts, hubs, the county."""
        return tuple(str(member) for member in coded(self.table("pools")["member"])[1])

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years reported, first to last."""
        return tuple(sorted({str(year) for year in self.table("summary")["year"]}))

    @cached_property
    def year(self) -> str:
        """The year that the headline is about: the first reported."""
        return self.years[0] if self.years else "the period"

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

    @cached_property
    def prices(self) -> str:
        """Name the year whose prices all money is at; nothing where it is not known."""
        base = self._assumed("prices.base_year")
        return f"{self._year_name(pd.Timestamp(int(base), 12, 31))} prices" if isinstance(base, int) else ""

    def days(self, year: str) -> float:
        """Count the days of a year that were simulated; 365.25 if no daily table tells."""
        return float(self._days.get(year) or 365.25)

    def whole_year(self, year: str) -> bool:
        """Tell whether a year was simulated from its first day to its last."""
        return self.days(year) >= 365

    def year_of(self, months: pd.Series[Any]) -> pd.Series[Any]:
        """Name the year of every date as the other tables do."""
        codes, dates = coded(months)
        names = pd.Index([self._year_name(pd.Timestamp(date)) for date in dates])
        kinds = names.unique().sort_values()
        numbers = np.append(kinds.get_indexer(names), -1).astype(small(len(kinds)))
        years = pd.Categorical.from_codes(numbers[codes], categories=kinds)
        return pd.Series(years, index=months.index)

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
        """Keep the rows of one year of a table; of the flow of people the sums over its months and places."""
        table = self._flow if name == "flow" else self.table(name)
        return table[self.years_in(name) == (year or self.year)]

    def years_in(self, name: str) -> pd.Series[Any]:
        """Name the year of every row of a table, or of the sums that `in_year` gives of it."""
        if name not in self._year_columns:
            table = self._flow if name == "flow" else self.table(name)
            years = texts(table["year"]) if "year" in table else self.year_of(table["month"])
            self._year_columns[name] = years
        return self._year_columns[name]

    def months_by_year(self, name: str) -> dict[str, int]:
        """Count the months of each reported year that a table has rows in; 1 where there is none."""
        codes, months = coded(self.table(name)["month"])
        there = pd.Series(months).loc[np.unique(codes[codes >= 0])]
        counts = self.year_of(there).value_counts()
        return {year: max(1, int(counts.get(year, 0))) for year in self.years}

    @cached_property
    def _year_columns(self) -> dict[str, pd.Series[Any]]:
        return {}

    @cached_property
    def _flow(self) -> pd.DataFrame:
        """Add people up over months and places: a tenth of the rows, which are many millions, and all that is shown."""
        table = self.table("flow")
        columns = {"replication": table["replication"], "year": self.year_of(table["month"])}
        cells = Cells({**columns, **{name: table[name] for name in ("unitary", "age", "origin", "event")}})
        people = np.bincount(cells.of_row, weights=table["people"].fillna(0))
        there = np.flatnonzero(people)
        return pd.DataFrame({**cells.named(there), "people": people[there]})

    def totals_by_year(self, name: str, by: Sequence[str], value: str) -> dict[str, dict[tuple[str, ...], Estimate]]:
        """Give the totals of a table in each reported year."""
        table = self._flow if name == "flow" else self.table(name)
        found: dict[str, dict[tuple[str, ...], Estimate]] = {year: {} for year in self.years}
        for (year, *key), total in self.totals(table.assign(year=self.years_in(name)), ["year", *by], value).items():
            if year in found:
                found[year][tuple(key)] = total
        return found

    def totals(self, table: pd.DataFrame, by: Sequence[str], value: str) -> dict[tuple[str, ...], Estimate]:
        """Sum a value by some columns in each replication, then summarise over replications."""
        if table.empty:
            return {}
        runs, cells = Cells({"replication": table["replication"]}), Cells({name: table[name] for name in by})
        (count,) = runs.sizes
        rows = small(math.prod(cells.sizes) * count).type
        of_row = cells.of_row * rows(count) + runs.of_row
        there = np.flatnonzero(np.bincount(of_row))
        places = np.zeros(math.prod(cells.sizes) * count, dtype=small(len(there)))
        places[there] = np.arange(len(there))
        groups = pd.CategoricalIndex(pd.Categorical.from_codes(places[of_row], categories=pd.RangeIndex(len(there))))
        summed = table[value].groupby(groups, observed=False).sum().to_numpy(dtype=float)
        at, replication = np.divmod(there, count)
        found, row = np.unique(at, return_inverse=True)
        sample = np.zeros((len(found), max(count - 1, self.replications) + 1))
        sample[row, replication] = summed
        sample = np.delete(sample, count - 1, axis=1)  # rows of no replication
        keys = zip(*(names.astype(object) for names in cells.named(found).values()), strict=True)
        return {
            tuple(str(part) for part in key): total
            for key, total in zip(keys, estimates(sample, ANYTHING if value == "pounds" else COUNT), strict=True)
            if not any(pd.isna(part) for part in key)
        }


def first_at(rows: Sequence[Mapping[str, Any]], path: str) -> Mapping[str, Any] | None:
    """Find the row of a path, or the first below it."""
    for row in rows:
        if str(row.get("path")) == path:
            return row
    return next((row for row in rows if str(row.get("path")).startswith(path + ".")), None)


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
