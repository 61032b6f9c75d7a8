"""Kinds of value that may differ: by place, by age, by a key of a vocabulary; and lists and shares."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from caresim.config.faults import Path, show, unknown
from caresim.config.kinds import NOTES, SHARE, Kind, Number, Problems, split_notes, with_notes
from caresim.config.values import Frozen, Keyed, Notes, Quantity, Series, Shares, Spread
from caresim.config.vocabulary import AGES


class SpreadOf(Kind):
    """A value that may be spread by age or place. A subclass reads one cell."""

    container: ClassVar[type[Spread[Any]]]

    @abstractmethod
    def read_cell(self, data: object, path: Path, problems: Problems) -> Any:
        """Read the value of one place and age."""

    @abstractmethod
    def cell_schema(self) -> dict[str, Any]:
        """Return the JSON Schema of a cell."""

    def read(self, data: object, path: Path, problems: Problems) -> Spread[Any]:
        notes = Notes()
        if isinstance(data, dict):
            data, notes = split_notes(data, path, problems)
        return self.container(Frozen(self.cells(data, path, problems)), notes)

    def cells(self, data: object, path: Path, problems: Problems) -> dict[tuple[str | None, str | None], Any]:
        if isinstance(data, dict) and "by_place" in data and self.alone("by_place", data, path, problems):
            return self.place_cells(data["by_place"], (*path, "by_place"), problems)
        if isinstance(data, dict) and "by_age" in data and self.alone("by_age", data, path, problems):
            return {(None, age): v for age, v in self.age_cells(data["by_age"], (*path, "by_age"), problems).items()}
        return {(None, None): self.read_cell(data, path, problems)}

    def alone(self, name: str, data: Mapping[str, object], path: Path, problems: Problems) -> bool:
        others = [other for other in data if other != name]
        for other in others:
            if other == "value":
                problems.add(path, f"has both value and {name}; give one of them")
            else:
                problems.add((*path, other), f"cannot be given with {name}")
        return True

    def place_cells(self, data: object, path: Path, problems: Problems) -> dict[tuple[str | None, str | None], Any]:
        cells: dict[tuple[str | None, str | None], Any] = {}
        if not isinstance(data, dict) or not data:
            problems.add(path, f"must be a mapping of places to values, got {show(data)}")
            return cells
        for place, below in data.items():
            if isinstance(below, dict) and set(below) == {"by_age"}:
                ages = self.age_cells(below["by_age"], (*path, place, "by_age"), problems)
                cells |= {(place, age): value for age, value in ages.items()}
            else:
                cells[place, None] = self.read_cell(below, (*path, place), problems)
        return cells

    def age_cells(self, data: object, path: Path, problems: Problems) -> dict[str, Any]:
        if not isinstance(data, dict):
            problems.add(path, f"must be a mapping of ages to values, got {show(data)}")
            return {}
        for age in data:
            if age not in AGES:
                problems.add((*path, age), unknown(age, AGES))
        missing = [age for age in AGES if age not in data]
        if missing:
            problems.add(path, f"has no value for {', '.join(missing)}; give all of {', '.join(AGES)}")
        return {age: self.read_cell(data[age], (*path, age), problems) for age in AGES if age in data}

    def schema(self) -> dict[str, Any]:
        cell = self.cell_schema()
        ages = {
            "type": "object",
            "properties": dict.fromkeys(AGES, cell),
            "required": list(AGES),
            "additionalProperties": False,
        }
        one_age = {"type": "object", "properties": {"by_age": ages}, "required": ["by_age"]}
        places = {"type": "object", "minProperties": 1, "additionalProperties": {"anyOf": [cell, one_age]}}
        return {
            "anyOf": [
                cell,
                with_notes({"by_age": ages}, ["by_age"]),
                with_notes({"by_place": places}, ["by_place"]),
                with_notes({"file": {"type": "string"}, "column": {"type": "string"}}, ["file", "column"]),
            ]
        }


@dataclass(frozen=True)
class QuantityOf(SpreadOf):
    """A number, bare or as `value` with notes beside it, or spread."""

    number: Number
    container = Quantity

    def read(self, data: object, path: Path, problems: Problems) -> Spread[Any]:
        before = len(problems.found)
        found = super().read(data, path, problems)
        if len(problems.found) == before and len(found.cells) == 1 and (None, None) in found.cells:
            self.check_range(found, path, problems)
        return found

    def check_range(self, size: Spread[Any], path: Path, problems: Problems) -> None:
        """See that a range includes its number, and that its ends could be the number themselves."""
        number, low, high = size.at(None, None), size.notes.low, size.notes.high
        for name, end in (("low", low), ("high", high)):
            if end is not None and (refused := self.number.refusal(end)):
                problems.add((*path, name), refused)
                return
        if low is not None and low > number:
            problems.add((*path, "low"), f"must be the number, {number:g}, or less, got {low:g}")
        if high is not None and high < number:
            problems.add((*path, "high"), f"must be the number, {number:g}, or more, got {high:g}")

    def read_cell(self, data: object, path: Path, problems: Problems) -> Any:
        if isinstance(data, dict):
            for name in data:
                if name != "value":
                    problems.add(
                        (*path, name), unknown(name, ("value", "by_age", "by_place", "file", "column", *NOTES))
                    )
            if "value" not in data:
                problems.add(path, "has no value; give value, by_age, by_place, or file and column")
                return None
            return self.number.read(data["value"], (*path, "value"), problems)
        return self.number.read(data, path, problems)

    def cell_schema(self) -> dict[str, Any]:
        number = self.number.schema()
        return {"anyOf": [number, with_notes({"value": number}, ["value"])]}


@dataclass(frozen=True)
class SizeOf(QuantityOf):
    """A single number, bare or as `value` (or `mean`) with notes beside it; low and high are its 95 % range."""

    def read(self, data: object, path: Path, problems: Problems) -> Spread[Any]:
        if isinstance(data, dict) and "mean" in data and "value" not in data:
            data = {"value" if name == "mean" else name: below for name, below in data.items()}
        for name in ("by_age", "by_place", "file", "column"):
            if isinstance(data, dict) and name in data:
                problems.add((*path, name), "is not possible here; write one effect for each")
                return self.container(Frozen({(None, None): 0.0}))
        return super().read(data, path, problems)

    def schema(self) -> dict[str, Any]:
        number = self.number.schema()
        return {"anyOf": [number, with_notes({"value": number}, ["value"]), with_notes({"mean": number}, ["mean"])]}


@dataclass(frozen=True)
class SeriesOf(Kind):
    """A list of so many numbers, bare or as `values` with notes beside it."""

    length: int
    number: Number

    def read(self, data: object, path: Path, problems: Problems) -> Series | None:
        notes = Notes()
        if isinstance(data, dict):
            data, notes = split_notes(data, path, problems)
            for name in data:
                if name != "values":
                    problems.add((*path, name), unknown(name, ("values", *NOTES)))
            if "values" not in data:
                problems.add(path, f"has no values; give a list of {self.length} numbers")
                return None
            data, path = data["values"], (*path, "values")
        if not isinstance(data, (list, tuple)):
            problems.add(path, f"must be a list of {self.length} numbers, got {show(data)}")
            return None
        if len(data) != self.length:
            problems.add(path, f"must be a list of {self.length} numbers, got {len(data)}")
        values = [self.number.read(item, (*path, str(i)), problems) for i, item in enumerate(data)]
        return Series(tuple(v for v in values if v is not None), notes)

    def schema(self) -> dict[str, Any]:
        bare = {"type": "array", "items": self.number.schema(), "minItems": self.length, "maxItems": self.length}
        return {"anyOf": [bare, with_notes({"values": bare}, ["values"])]}


@dataclass(frozen=True)
class SharesOf(SpreadOf):
    """Shares by name that add to one."""

    names: tuple[str, ...]
    container = Shares
    tolerance: ClassVar[float] = 1e-6

    def read_cell(self, data: object, path: Path, problems: Problems) -> Any:
        if not isinstance(data, dict) or not data:
            problems.add(path, f"must be a mapping of {', '.join(self.names)} to shares, got {show(data)}")
            return None
        before = len(problems.found)
        shares = dict.fromkeys(self.names, 0.0)
        for name, below in data.items():
            if name not in self.names:
                problems.add((*path, name), unknown(name, self.names))
            else:
                shares[name] = SHARE.read(below, (*path, name), problems) or 0.0
        total = math.fsum(shares.values())
        if len(problems.found) == before and abs(total - 1) > self.tolerance:
            problems.add(path, f"must add up to 1, got {total:.9g}")
        return Frozen(shares)

    def cell_schema(self) -> dict[str, Any]:
        return with_notes(dict.fromkeys(self.names, SHARE.schema()), [], minProperties=1)


@dataclass(frozen=True)
class KeyedOf(Kind):
    """A value for each key, written under `by`, or one value for all."""

    by: str
    keys: tuple[str, ...]
    inner: Kind
    keywise: ClassVar[bool] = True

    def read(self, data: object, path: Path, problems: Problems) -> Keyed[Any] | None:
        if not isinstance(data, dict) or self.by not in data:
            return self.same_for_all(data, path, problems)
        rest, notes = split_notes(data, path, problems)
        for other in rest:
            if other != self.by:
                problems.add((*path, other), f"cannot be given with {self.by}")
        keyed, path = rest[self.by], (*path, self.by)
        if not isinstance(keyed, dict):
            problems.add(path, f"must be a mapping of {', '.join(self.keys)} to values, got {show(keyed)}")
            return None
        values = {}
        for key, below in keyed.items():
            if key in self.keys:
                values[key] = self.inner.read(below, (*path, key), problems)
            else:
                problems.add((*path, key), unknown(key, self.keys))
        missing = [key for key in self.keys if key not in keyed]
        if missing:
            problems.add(path, f"has no value for {', '.join(missing)}")
        return Keyed(self.by, Frozen({key: values.get(key) for key in self.keys}), notes)

    def same_for_all(self, data: object, path: Path, problems: Problems) -> Keyed[Any] | None:
        if isinstance(data, dict):
            other = next((name for name in data if name.startswith("by_") and name not in ("by_age", "by_place")), None)
            if other is not None:
                problems.add((*path, other), unknown(other, (self.by, "by_age", "by_place")))
                return None
        value = self.inner.read(data, path, problems)
        return Keyed(self.by, Frozen(dict.fromkeys(self.keys, value)), getattr(value, "notes", Notes()))

    def schema(self) -> dict[str, Any]:
        inner = self.inner.schema()
        keyed = {"type": "object", "properties": dict.fromkeys(self.keys, inner), "additionalProperties": False}
        return {"anyOf": [inner, with_notes({self.by: keyed}, [self.by])]}
