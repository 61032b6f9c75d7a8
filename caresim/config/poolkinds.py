"""Kinds of value that only pools have: capacities, working days, the order in which they serve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from caresim.config.faults import Path, nearest, show, unknown
from caresim.config.kinds import Kind, Number, Problems
from caresim.config.values import Frozen
from caresim.config.vocabulary import WEEKDAYS

MOST_CAPACITY = 10_000_000  # twice the hours of home care that all of England has in a week


@dataclass(frozen=True)
class Capacity:
    """What a pool holds: `single` for the whole county or each alike, or `members`; None in either is unlimited."""

    single: int | None = None
    members: Mapping[str, int | None] | None = None

    def at(self, member: str) -> int | None:
        """Return the capacity of a member that was named, or else the single one."""
        return self.single if self.members is None else self.members[member]

    @property
    def is_single(self) -> bool:
        return self.members is None


NONE_OR_MORE = Number(least=0, whole=True)


@dataclass(frozen=True)
class CapacityOf(Kind):
    """A whole number, `unlimited` where that is allowed, or a mapping of members of the scope to either."""

    may_be_unlimited: bool = True
    number: Number = NONE_OR_MORE

    def read(self, data: object, path: Path, problems: Problems) -> Capacity | None:
        if isinstance(data, dict):
            if not data:
                problems.add(path, "must name the members of the scope, got an empty mapping")
            members = {name: self.read_one(below, (*path, name), problems) for name, below in data.items()}
            return Capacity(None, Frozen(members))
        return Capacity(self.read_one(data, path, problems))

    def read_one(self, data: object, path: Path, problems: Problems) -> int | None:
        if data == "unlimited" and self.may_be_unlimited:
            return None
        if isinstance(data, str) and self.may_be_unlimited and nearest(data, ("unlimited",)):
            problems.add(path, f"must be a whole number or unlimited, got {show(data)}")
            return None
        if isinstance(data, bool) or not isinstance(data, (int, float)):
            allowed = "a whole number, unlimited," if self.may_be_unlimited else "a whole number"
            message = self.number.refusal(data) or ""
            if "the text" in message:
                problems.add(path, message)
            else:
                problems.add(path, f"must be {allowed} or a mapping of members to numbers, got {show(data)}")
            return None
        value = self.number.read(data, path, problems)
        if value is not None and value > MOST_CAPACITY:
            instead = "; write unlimited if that is meant" if self.may_be_unlimited else ""
            problems.add(path, f"must be at most {MOST_CAPACITY:,}, got {show(data)}{instead}")
            return None
        return None if value is None else int(value)

    def schema(self) -> dict[str, Any]:
        one = {**self.number.schema(), "maximum": MOST_CAPACITY}
        if self.may_be_unlimited:
            one = {"anyOf": [one, {"const": "unlimited"}]}
        return {"anyOf": [one, {"type": "object", "additionalProperties": one, "minProperties": 1}]}


class WorkingDaysOf(Kind):
    """5 (Monday to Friday), 7, or a list of weekdays."""

    def read(self, data: object, path: Path, problems: Problems) -> tuple[str, ...] | None:
        if not isinstance(data, bool) and data in (5, 7):
            return WEEKDAYS[: int(data)]
        if not isinstance(data, (list, tuple)) or not data:
            problems.add(
                path, f"must be 5, 7 or a list of weekdays, got {show(data) if data != [] else 'an empty list'}"
            )
            return None
        days: list[str] = []
        for i, item in enumerate(data):
            day = item.capitalize() if isinstance(item, str) else None
            if day not in WEEKDAYS:
                said = unknown(item, WEEKDAYS) if isinstance(item, str) else f"must be a weekday, got {show(item)}"
                problems.add((*path, str(i)), said)
            elif day in days:
                problems.add((*path, str(i)), f"has {day} twice")
            else:
                days.append(day)
        return tuple(day for day in WEEKDAYS if day in days)

    def schema(self) -> dict[str, Any]:
        days = {"type": "array", "items": {"enum": list(WEEKDAYS)}, "minItems": 1, "uniqueItems": True}
        return {"anyOf": [{"enum": [5, 7]}, days]}


@dataclass(frozen=True)
class RanksOf(Kind):
    """A whole number from 0 to 15 for each key; merged key by key."""

    keys: tuple[str, ...]
    keywise: ClassVar[bool] = True
    number: ClassVar[Number] = Number(least=0, most=15, whole=True)

    def read(self, data: object, path: Path, problems: Problems) -> Frozen[str, int] | None:
        if not isinstance(data, dict):
            problems.add(path, f"must be a mapping of {', '.join(self.keys)} to whole numbers, got {show(data)}")
            return None
        ranks = dict.fromkeys(self.keys, 0)
        for key, below in data.items():
            if key not in self.keys:
                problems.add((*path, key), unknown(key, self.keys))
            else:
                ranks[key] = int(self.number.read(below, (*path, key), problems) or 0)
        return Frozen(ranks)

    def schema(self) -> dict[str, Any]:
        ranks = dict.fromkeys(self.keys, self.number.schema())
        return {"type": "object", "properties": ranks, "additionalProperties": False}
