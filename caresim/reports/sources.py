"""What the keys of the evidence register stand for in a report: numbers in its text, sources at its end.

A source of a config names a number of the register by its key. `sources.csv` says of each key that a config or an
experiment of the library names where it comes from; a key that it does not know stays in the text as it is.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

Numbers = dict[str, int]  # by key, as documents that belong together have cited so far
_KEY = re.compile(r"\b[a-z][a-z0-9]*(?:_\w+)+\b", re.ASCII)


class Source(NamedTuple):
    """A number of the register: who says what, when and where, and its grade."""

    key: str
    title: str
    address: str
    year: str
    grade: str
    says: str

    @property
    def cited(self) -> str:
        """All of it but the address."""
        return f"{self.title}{f' ({self.year})' if self.year else ''}: {self.says}. Grade {self.grade}."


@cache
def sources() -> Mapping[str, Source]:
    """Read the sources by key."""
    text = (files("caresim.reports") / "sources.csv").read_text(encoding="utf-8")
    return {row["key"]: Source(**row) for row in csv.DictReader(text.splitlines())}


@cache
def citations() -> Mapping[str, str]:
    """Write by key what is cited, with its grade and address."""
    return {key: f"{source.cited} {source.address}".rstrip() for key, source in sources().items()}


def keys_in(texts: Iterable[str]) -> list[str]:
    """List the keys with a citation, each once, in the order in which texts name them."""
    found = (key for text in texts for key in _KEY.findall(text))
    return list(dict.fromkeys(key for key in found if key in sources()))


class Cited:
    """Numbers the keys that a document names, in their order; what another has cited keeps the number it has there."""

    def __init__(self, numbers: Numbers | None = None) -> None:
        self._numbers: Numbers = {} if numbers is None else numbers
        self._here: set[str] = set()

    def told(self, text: str, mark: str = "[{}]") -> str:
        """Put numbers in place of the keys of a text; `mark` is how a number is written."""
        return _KEY.sub(lambda found: self._mark(found.group(), mark), text)

    def _mark(self, key: str, mark: str) -> str:
        return mark.format(self.number(key)) if key in sources() else key

    def number(self, key: str) -> int:
        """Cite a key."""
        self._here.add(key)
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    @property
    def listed(self) -> list[tuple[int, Source]]:
        """What the document has cited, by number."""
        return [(number, sources()[key]) for key, number in self._numbers.items() if key in self._here]
