"""Kinds of value that are not numbers by place and age: dates, names, flags."""

from __future__ import annotations

import calendar
import datetime
import math
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from caresim.config.faults import Path, show, unknown
from caresim.config.kinds import SHARE, Kind, Number, Problems, Text, split_notes
from caresim.config.values import Frozen

EARLIEST, LATEST = 1990, 2100
LONGEST_NAME = 60


class MonthDay(NamedTuple):
    """A day of any year."""

    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"


class YearOf(Kind):
    """The name of a year, 2019 or 2019-20; a plain number is one too."""

    def read(self, data: object, path: Path, problems: Problems) -> str | None:
        written = str(data) if isinstance(data, int) and not isinstance(data, bool) else data
        if not isinstance(written, str) or not re.fullmatch(r"\d{4}(-\d{2})?", written, re.ASCII):
            problems.add(path, f"must be a year such as 2019 or 2019-20, got {show(data)}")
            return None
        return written

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", "pattern": r"^\d{4}(-\d{2})?$"}, {"type": "integer"}]}


class DayOf(Kind):
    """A date, year-month-day."""

    def read(self, data: object, path: Path, problems: Problems) -> datetime.date | None:
        if not isinstance(data, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", data, re.ASCII):
            problems.add(path, f"must be a date such as 2018-04-01, got {show(data)}")
            return None
        try:
            day = datetime.date.fromisoformat(data)
        except ValueError:
            problems.add(path, f"is not a day of the calendar: {data}")
            return None
        if not EARLIEST <= day.year <= LATEST:
            problems.add(path, f"must be in the years {EARLIEST} to {LATEST}, got {data}")
            return None
        return day

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


class MonthOf(Kind):
    """A month, year-month; read as its first day."""

    def read(self, data: object, path: Path, problems: Problems) -> datetime.date | None:
        found = re.fullmatch(r"(\d{4})-(\d{2})(-01)?", data, re.ASCII) if isinstance(data, str) else None
        if not found or not 1 <= int(found[2]) <= 12:
            problems.add(path, f"must be a month such as 2019-10, got {show(data)}")
            return None
        if not EARLIEST <= int(found[1]) <= LATEST:
            problems.add(path, f"must be in the years {EARLIEST} to {LATEST}, got {data}")
            return None
        return datetime.date(int(found[1]), int(found[2]), 1)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}(-01)?$"}


@dataclass(frozen=True)
class NamesByKey(Kind):
    """For some keys, one name or a list of names each."""

    keys: tuple[str, ...]

    def read(self, data: object, path: Path, problems: Problems) -> Frozen[str, tuple[str, ...]] | None:
        if not isinstance(data, dict) or not data:
            problems.add(path, f"must be a mapping of {', '.join(self.keys)} to names, got {show(data)}")
            return None
        found: dict[str, tuple[str, ...]] = {}
        for key, below in data.items():
            if key not in self.keys:
                problems.add((*path, key), unknown(key, self.keys))
            else:
                listed = below if isinstance(below, (list, tuple)) else [below]
                found[key] = NamesOf(64).read(listed, (*path, key), problems) or ()
        return Frozen(found)

    def schema(self) -> dict[str, Any]:
        one = NameOf().schema()
        either = {"anyOf": [one, NamesOf(64).schema()]}
        return {"type": "object", "properties": dict.fromkeys(self.keys, either), "additionalProperties": False}


class AnythingOf(Kind):
    """A number, a word, true or false, or a list of words: what it must be follows from what it replaces."""

    def read(self, data: object, path: Path, problems: Problems) -> Any:
        if isinstance(data, (list, tuple)) and all(isinstance(item, str) for item in data):
            return tuple(data)
        if isinstance(data, (bool, str)):
            return data
        return Number().read(data, path, problems)

    def schema(self) -> dict[str, Any]:
        words = {"type": "array", "items": {"type": "string"}}
        return {"anyOf": [{"type": "number"}, {"type": "string"}, {"type": "boolean"}, words]}


class MonthDayOf(Kind):
    """A month and a day, MM-DD."""

    def read(self, data: object, path: Path, problems: Problems) -> MonthDay | None:
        if isinstance(data, str) and re.fullmatch(r"\d\d-\d\d", data, re.ASCII):
            month, day = map(int, data.split("-"))
            if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(2001, month)[1]:
                return MonthDay(month, day)
        problems.add(path, f"must be a month and a day of every year such as 04-01, got {show(data)}")
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]{2}-[0-9]{2}$"}


class Flag(Kind):
    """True or false."""

    def read(self, data: object, path: Path, problems: Problems) -> bool | None:
        if isinstance(data, bool):
            return data
        problems.add(path, f"must be true or false, got {show(data)}")
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class DividerOf(Kind):
    """A whole number that divides another without a remainder."""

    whole: int

    def read(self, data: object, path: Path, problems: Problems) -> int | None:
        value = Number(least=1, most=self.whole, whole=True).read(data, path, problems)
        if value is not None and self.whole % int(value):
            problems.add(path, f"must divide {self.whole} without a remainder, got {show(data)}")
            return None
        return None if value is None else int(value)

    def schema(self) -> dict[str, Any]:
        return {"enum": [n for n in range(1, self.whole + 1) if self.whole % n == 0]}


@dataclass(frozen=True)
class OrNone(Kind):
    """Another kind, or the word none."""

    inner: Kind

    def read(self, data: object, path: Path, problems: Problems) -> Any:
        if isinstance(data, dict) and data.get("value") == "none":
            for name in split_notes(data, path, problems)[0]:
                if name != "value":
                    problems.add((*path, name), f"has no meaning with value: none, got {show(data[name])}")
            return None
        if data == "none":
            return None
        if data is None or isinstance(data, str):
            before = len(problems.found)
            value = self.inner.read(data, path, problems)
            for i in range(before, len(problems.found)):
                where, message = problems.found[i]
                problems.found[i] = (where, message.replace(", got", ", or none, got", 1))
            return value
        return self.inner.read(data, path, problems)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self.inner.schema(), {"const": "none"}]}


@dataclass(frozen=True)
class NameOf(Kind):
    """A name that a table may show."""

    def read(self, data: object, path: Path, problems: Problems) -> str | None:
        text = Text(LONGEST_NAME).read(data, path, problems)
        if text is not None and (text != text.strip() or "\n" in text):
            problems.add(path, f"must be a name without spaces around it or new lines, got {show(text)}")
            return None
        return text

    def schema(self) -> dict[str, Any]:
        return Text(LONGEST_NAME).schema()


@dataclass(frozen=True)
class NamesOf(Kind):
    """A list of different names."""

    most: int

    def read(self, data: object, path: Path, problems: Problems) -> tuple[str, ...] | None:
        if not isinstance(data, (list, tuple)) or not data:
            problems.add(path, f"must be a list of names, got {show(data) if data != [] else 'an empty list'}")
            return None
        if len(data) > self.most:
            problems.add(path, f"has more than {self.most} names: {len(data)}")
        names = []
        for i, item in enumerate(data):
            name = NameOf().read(item, (*path, str(i)), problems)
            if name in names:
                problems.add((*path, str(i)), f"has the name {show(name)} twice")
            elif name is not None:
                names.append(name)
        return tuple(names)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": NameOf().schema(), "minItems": 1, "maxItems": self.most, "uniqueItems": True}


@dataclass(frozen=True)
class TextsOf(Kind):
    """A list of sentences, which may be empty."""

    most: int
    longest: int = 300

    def read(self, data: object, path: Path, problems: Problems) -> tuple[str, ...] | None:
        if not isinstance(data, (list, tuple)):
            problems.add(path, f"must be a list of sentences, got {show(data)}")
            return None
        if len(data) > self.most:
            problems.add(path, f"has more than {self.most} sentences: {len(data)}")
        read = [Text(self.longest).read(item, (*path, str(i)), problems) for i, item in enumerate(data)]
        return tuple(text for text in read if text is not None)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": Text(self.longest).schema(), "maxItems": self.most}


class SharesByName(Kind):
    """Shares of names that the geography defines, adding to one."""

    def read(self, data: object, path: Path, problems: Problems) -> Frozen[str, float] | None:
        if not isinstance(data, dict) or not data:
            problems.add(path, f"must be a mapping of names to shares, got {show(data)}")
            return None
        before = len(problems.found)
        shares = {name: SHARE.read(below, (*path, name), problems) or 0.0 for name, below in data.items()}
        total = math.fsum(shares.values())
        if len(problems.found) == before and abs(total - 1) > 1e-6:
            problems.add(path, f"must add up to 1, got {total:.9g}")
        return Frozen(shares)

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": SHARE.schema(), "minProperties": 1}
