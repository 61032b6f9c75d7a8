"""A scenario that might be chosen, and the uncertain numbers of its effects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from caresim.config.paths import unit_at
from caresim.reports import words
from caresim.reports.sizes import size_and_range

_TWIN = re.compile(r"[\s,:(_-]*\b(?:no[_ -]effect|without[_ -]effect|null[_ -]twin)\b\)?", re.IGNORECASE)
_ORDER = {"A": 1, "B": 2, "C": 3}


@dataclass(frozen=True)
class Size:
    """One uncertain number of an option: what it acts on, its value and range, and what speaks for it."""

    change: str
    on: str
    kind: str
    value: float
    low: float | None
    high: float | None
    grade: str
    source: str
    where: Mapping[str, Any] = field(default_factory=dict)

    @property
    def acts_on(self) -> str:
        """What it acts on, and for whom, in words."""
        return (words.reach_in_words if self.kind == "reach" else words.in_words)(self.on, self.where)

    @property
    def in_words(self) -> str:
        """Its value and range in words."""
        return size_and_range(self.kind, self.value, self.low, self.high, self.unit)

    @property
    def unit(self) -> str:
        """The unit of what is added."""
        return unit_at(tuple(self.on.split("."))) or "" if self.kind == "plus" else ""

    @property
    def allows_nothing(self) -> bool:
        """Whether its range includes having no effect."""
        none = 1.0 if self.kind == "times" else 0.0
        return self.low is not None and self.high is not None and self.low <= none <= self.high


@dataclass(frozen=True, eq=False)
class Option:
    """A scenario that might be chosen."""

    key: str
    name: str
    changes: tuple[Mapping[str, Any], ...] = ()

    @property
    def root(self) -> str:
        """Its key without what marks a twin that has no effect."""
        return unmarked(self.key)

    @property
    def is_twin(self) -> bool:
        """Whether it is the twin without effect of another option."""
        return bool(_TWIN.search(self.key.replace("_", " ")) or _TWIN.search(self.name))

    @property
    def sizes(self) -> tuple[Size, ...]:
        """The numbers of its effects, in their order."""
        return tuple(size for change in self.changes for size in _sizes(change))

    @property
    def grade(self) -> str:
        """The weakest grade among the sizes of its effects; none where there are no sizes."""
        grades = [size.grade or "C" for size in self.sizes]
        return max(grades, key=lambda letter: _ORDER.get(letter, 3), default="")

    @property
    def pays_anew(self) -> tuple[str, ...]:
        """The names of its changes that bring a way of paying."""
        return tuple(str(change.get("name")) for change in self.changes if change.get("payment"))

    @property
    def only_pays(self) -> bool:
        """Whether it brings a way of paying and nothing else: no effect, no cost."""
        others = (change.get("effects") or change.get("costs") or not change.get("payment") for change in self.changes)
        return bool(self.changes) and not any(others)

    @property
    def against(self) -> dict[str, str]:
        """What speaks against its changes, by the name of each, in the words of their evidence."""
        found = {
            printable(c.get("name") or self.name): re.search(
                r"\bAgainst:\s*(.+)", str(c.get("evidence") or ""), re.DOTALL
            )
            for c in self.changes
        }
        return {name: words.capital(" ".join(match.group(1).split())) for name, match in found.items() if match}

    @property
    def contested(self) -> bool:
        """Whether evidence speaks against it, or some size may be nothing."""
        return bool(self.against) or any(size.allows_nothing for size in self.sizes)


def _sizes(change: Mapping[str, Any]) -> Iterator[Size]:
    for effect in change.get("effects") or ():
        for kind in ("times", "plus", "reach"):
            given = effect.get(kind)
            if given is None:
                continue
            number = given if isinstance(given, Mapping) else {"value": given}
            value = number.get("value", number.get("mean"))
            if isinstance(value, int | float):
                yield Size(
                    str(change.get("name") or ""),
                    str(effect.get("on") or ""),
                    kind,
                    float(value),
                    number.get("low"),
                    number.get("high"),
                    str(number.get("grade") or "").upper(),
                    str(number.get("source") or "no source given"),
                    effect.get("where") or {},
                )


def unmarked(text: object) -> str:
    """Leave out what marks a twin that has no effect."""
    return _TWIN.sub("", str(text))


def printable(text: object) -> str:
    """Leave out characters that cannot be drawn."""
    return "".join(c for c in str(text) if c.isprintable()).strip()
