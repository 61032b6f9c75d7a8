"""Kinds of value: each reads plain data into a value, and says everything that is wrong with it on the way.

A kind is put beside the type of a field, `Annotated[Quantity, QuantityOf(...)]`; pydantic then calls it for that field.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from caresim.config.faults import Path, show, unknown
from caresim.config.values import Notes
from caresim.config.vocabulary import GRADES

NOTES = ("unit", "source", "grade", "low", "high", "note")
LARGEST = 1e12
LOOKS_LIKE_A_NUMBER = frozenset("0123456789+-.,_eE %£")


@dataclass(slots=True)
class Problems:
    """What was found wrong, each with its path below the field."""

    found: list[tuple[Path, str]] = field(default_factory=list)

    def add(self, path: Path, message: str) -> None:
        self.found.append((path, message))


class Kind(ABC):
    """A way of reading a value. `keywise` kinds merge key by key with what they inherit; the others are replaced."""

    keywise: ClassVar[bool] = False

    @abstractmethod
    def read(self, data: object, path: Path, problems: Problems) -> Any:
        """Return the value, or None after adding to the problems."""

    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of what may be written."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import PydanticCustomError, core_schema

        def validate(data: object) -> Any:
            problems = Problems()
            value = self.read(data, (), problems)
            if problems.found:
                raise PydanticCustomError("caresim", "is wrong", {"problems": problems.found})
            return value

        return core_schema.no_info_plain_validator_function(validate)


@dataclass(frozen=True)
class Number(Kind):
    """A number within bounds: `least` and `most` are allowed, `above` is not."""

    least: float | None = None
    most: float | None = None
    above: float | None = None
    whole: bool = False

    def read(self, data: object, path: Path, problems: Problems) -> float | None:
        message = self.refusal(data)
        if message:
            problems.add(path, message)
            return None
        assert isinstance(data, (int, float))
        return int(data) if self.whole else float(data)

    def refusal(self, data: object) -> str | None:
        """Say why this is not such a number, or None if it is."""
        wanted = "a whole number" if self.whole else "a number"
        if isinstance(data, str) and data and set(data) <= LOOKS_LIKE_A_NUMBER and any(c.isdigit() for c in data):
            return f"must be {wanted}, got the text {show(data)}; write digits only, without quotes"
        if isinstance(data, bool) or not isinstance(data, (int, float)):
            return f"must be {wanted}, got {show(data)}"
        if isinstance(data, float) and not math.isfinite(data):
            return f"must be a finite number, got {show(data)}"
        if abs(data) > LARGEST and (self.most or 0) <= LARGEST:
            return f"must be at most {LARGEST:.0e} in size, got {show(data)}"
        if not self.within(data):
            return f"must be {self.bounds()}, got {show(data)}"
        if self.whole and data != int(data):
            return f"must be a whole number, got {show(data)}"
        return None

    def within(self, data: float) -> bool:
        return not (
            (self.least is not None and data < self.least)
            or (self.most is not None and data > self.most)
            or (self.above is not None and data <= self.above)
        )

    def bounds(self) -> str:
        if self.least is not None and self.least == self.most:
            return written(self.least)
        if self.least is not None and self.most is not None:
            return f"from {written(self.least)} to {written(self.most)}"
        if self.above is not None and self.most is not None:
            return f"above {written(self.above)} and at most {written(self.most)}"
        if self.least is not None:
            return f"{written(self.least)} or more"
        return f"above {written(self.above)}" if self.above is not None else f"at most {written(self.most)}"

    def schema(self) -> dict[str, Any]:
        bounds = {"minimum": self.least, "maximum": self.most, "exclusiveMinimum": self.above}
        return {
            "type": "integer" if self.whole else "number",
            **{name: bound for name, bound in bounds.items() if bound is not None},
        }


def written(bound: object) -> str:
    """Write a bound: whole numbers in full."""
    return str(bound) if isinstance(bound, int) else f"{bound:g}"


SHARE = Number(least=0, most=1)


@dataclass(frozen=True)
class Word(Kind):
    """One of some words."""

    allowed: tuple[str, ...]

    def read(self, data: object, path: Path, problems: Problems) -> str | None:
        if isinstance(data, str) and data in self.allowed:
            return data
        if isinstance(data, str):
            problems.add(path, unknown(data, self.allowed))
        else:
            problems.add(path, f"must be one of {', '.join(self.allowed)}, got {show(data)}")
        return None

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.allowed)}


@dataclass(frozen=True)
class Text(Kind):
    """Some text, not empty."""

    longest: int = 2000

    def read(self, data: object, path: Path, problems: Problems) -> str | None:
        if not isinstance(data, str) or not data.strip():
            problems.add(path, f"must be text, got {show(data)}")
        elif len(data) > self.longest:
            problems.add(path, f"must be at most {self.longest} characters long, got {len(data)}")
        elif any(not c.isprintable() and c not in "\n\t" for c in data):
            problems.add(path, "must not have control characters")
        else:
            return data
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


def split_notes(data: Mapping[str, object], path: Path, problems: Problems) -> tuple[dict[str, object], Notes]:
    """Part the value from what is said about it."""
    rest = {name: below for name, below in data.items() if name not in NOTES}
    said: dict[str, Any] = {}
    for name in NOTES:
        if name in data:
            said[name] = _note_kind(name).read(data[name], (*path, name), problems)
    low, high = said.get("low"), said.get("high")
    if low is not None and high is not None and low > high:
        problems.add((*path, "high"), f"must be {low:g} (low) or more, got {high:g}")
    return rest, Notes(**said)


def _note_kind(name: str) -> Kind:
    if name == "grade":
        return Word(GRADES)
    return Number() if name in ("low", "high") else Text()


NOTE_SCHEMAS: dict[str, Any] = {name: _note_kind(name).schema() for name in NOTES}


def with_notes(properties: dict[str, Any], required: list[str], **more: Any) -> dict[str, Any]:
    """Return the JSON Schema of a mapping that may have notes beside its own names."""
    return {
        "type": "object",
        "properties": {**properties, **NOTE_SCHEMAS},
        "required": required,
        "additionalProperties": False,
        **more,
    }
