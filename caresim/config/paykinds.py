"""Kinds of value that only rules of payment and appraisals have."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from caresim.config.faults import Path, hint, show, unknown
from caresim.config.kinds import NOTE_SCHEMAS, SHARE, Kind, Number, Problems, split_notes, with_notes
from caresim.config.smallkinds import EARLIEST, LATEST
from caresim.config.spreads import QuantityOf
from caresim.config.values import NOTHING, Frozen, Notes, Quantity

BASELINE = "baseline"
WHOLE = 1e-6


class ExpectedOf(Kind):
    """A number, or the word baseline."""

    number = QuantityOf(Number(least=0))

    def read(self, data: object, path: Path, problems: Problems) -> Quantity | str | None:
        if data == BASELINE:
            return BASELINE
        if isinstance(data, str) and (meant := hint(data, (BASELINE,))):
            problems.add(path, f"must be a number or {BASELINE}, got {show(data)}; {meant}")
            return None
        return self.number.read(data, path, problems)  # type: ignore[return-value]

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self.number.schema(), {"const": BASELINE}]}


class SharesOfPayers(Kind):
    """Shares by name of partner or fund, adding to one; which names exist is checked with the funds."""

    def read(self, data: object, path: Path, problems: Problems) -> Frozen[str, float] | None:
        if not isinstance(data, dict) or not data:
            problems.add(path, f"must be a mapping of partners to shares, got {show(data)}")
            return None
        before = len(problems.found)
        shares = {name: SHARE.read(below, (*path, name), problems) or 0.0 for name, below in data.items()}
        total = math.fsum(shares.values())
        if len(problems.found) == before and abs(total - 1) > WHOLE:
            problems.add(path, f"must add up to 1, got {total:.9g}")
        return Frozen(shares)

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": SHARE.schema(), "minProperties": 1}


@dataclass(frozen=True)
class Yearly:
    """A rate that may differ from year to year: the year's own, else that of the last year before it, else the first.

    A year is the calendar year in which it begins.
    """

    rates: Frozen[int | None, float]
    notes: Notes = NOTHING

    def at(self, year: int) -> float:
        """Give the rate of a year."""
        if None in self.rates:
            return self.rates[None]
        known: list[int] = sorted(y for y in self.rates if y is not None)
        before = [y for y in known if y <= year]
        return self.rates[before[-1] if before else known[0]]

    def growth(self, base: int, year: int) -> float:
        """Give the factor from the prices of a base year to those of another year."""
        if year >= base:
            return math.prod(1.0 + self.at(y) for y in range(base + 1, year + 1))
        return 1.0 / math.prod(1.0 + self.at(y) for y in range(year + 1, base + 1))


@dataclass(frozen=True)
class YearlyOf(Kind):
    """A number for all years, or `by_year` with numbers that hold from their year on."""

    number: Number

    def read(self, data: object, path: Path, problems: Problems) -> Yearly | None:
        notes = NOTHING
        if isinstance(data, dict):
            rest, notes = split_notes(data, path, problems)
            for name in rest:
                if name not in ("value", "by_year"):
                    problems.add((*path, name), unknown(name, ("value", "by_year")))
            if ("value" in rest) == ("by_year" in rest):
                problems.add(path, "must have either value or by_year")
                return None
            if "by_year" in rest:
                return Yearly(self.years(rest["by_year"], (*path, "by_year"), problems), notes)
            data, path = rest["value"], (*path, "value")
        rate = self.number.read(data, path, problems)
        return None if rate is None else Yearly(Frozen({None: rate}), notes)

    def years(self, data: object, path: Path, problems: Problems) -> Frozen[int | None, float]:
        found: dict[int | None, float] = {}
        if not isinstance(data, dict) or not data:
            problems.add(path, f"must be a mapping of years to numbers, got {show(data)}")
            return Frozen(found)
        for name, below in data.items():
            rate = self.number.read(below, (*path, name), problems)
            if not re.fullmatch(r"\d{4}(-\d{2})?", name, re.ASCII) or not EARLIEST <= int(name[:4]) <= LATEST:
                problems.add((*path, name), f"must be a year such as 2019 or 2019-20, got {show(name)}")
            elif int(name[:4]) in found:
                problems.add((*path, name), f"is given twice: {name[:4]}")
            elif rate is not None:
                found[int(name[:4])] = rate
        return Frozen(found)

    def schema(self) -> dict[str, Any]:
        one = self.number.schema()
        years = {"type": "object", "additionalProperties": one, "minProperties": 1}
        keyed = {"type": "object", "properties": {"by_year": years, **NOTE_SCHEMAS}, "required": ["by_year"],
                 "additionalProperties": False}  # fmt: skip
        return {"anyOf": [one, with_notes({"value": one}, ["value"]), keyed]}
