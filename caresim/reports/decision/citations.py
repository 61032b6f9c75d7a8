"""What the keys of the evidence register stand for in a paper: numbers in its text, citations at its end.

A source of a config names a number of the register by its key. `sources.csv` says of each key that a config or an
experiment of the library names where it comes from; a key that it does not know stays in the text as it is.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_KEY = re.compile(r"\b[a-z][a-z0-9]*(?:_\w+)+\b", re.ASCII)


@cache
def citations() -> Mapping[str, str]:
    """Write by key what is cited, with its grade and address."""
    text = (files("caresim.reports") / "sources.csv").read_text(encoding="utf-8")
    return {row["key"]: _citation(row) for row in csv.DictReader(text.splitlines())}


def _citation(row: Mapping[str, str]) -> str:
    year = f" ({row['year']})" if row["year"] else ""
    return f"{row['title']}{year}: {row['says']}. Grade {row['grade']}. {row['address']}".rstrip()


def keys_in(texts: Iterable[str]) -> list[str]:
    """List the keys with a citation, each once, in the order in which texts name them."""
    found = (key for text in texts for key in _KEY.findall(text))
    return list(dict.fromkeys(key for key in found if key in citations()))


def number_keys(document: Any) -> list[str]:
    """Put numbers in brackets in place of the keys in a Word document; return the keys in that order."""
    parts = [part for part in document.element.body.xpath(".//w:t") if part.text]
    keys = keys_in(part.text for part in parts)
    number = {key: f"[{place}]" for place, key in enumerate(keys, start=1)}
    for part in parts:
        part.text = _KEY.sub(lambda found: number.get(found.group(), found.group()), part.text)
    return keys
