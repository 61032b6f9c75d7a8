"""Which numbers of a config a factor moves."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

import caresim

SCALES = ("median_days", "mean_days", "sd_days", "median_hours", "mean_hours", "value")
AGES = ("18-64", "65-74", "75-84", "85+")


@dataclass(frozen=True)
class Parameter:
    """A factor on some numbers, and the target that it mainly answers to."""

    name: str
    mainly: str
    low: float
    high: float
    on: tuple[str, ...]
    ages: tuple[str, ...] = AGES
    only: str | None = None

    def answering(self, target: str) -> Parameter:
        """Give the same factor for another target."""
        return replace(self, mainly=target)

    def moves(self, path: str) -> bool:
        """Tell whether a number of the config is scaled."""
        if not any(path == on or path.startswith(on + ".") for on in self.on):
            return False
        parts = path.split(".")
        age = next((p for p in parts if p in AGES), None)
        if age is not None and age not in self.ages:
            return False
        if parts[-1] == "zero_share" or (self.only and not parts[-1].startswith(self.only)):
            return False
        return parts[-1] in SCALES or parts[-1] in AGES or path in self.on


def parameters(file: Path) -> list[Parameter]:
    """Read the parameters."""
    rows = YAML(typ="safe").load(file)
    return [
        Parameter(name, p["mainly"], p["low"], p["high"], tuple(p["on"]), tuple(p.get("ages", AGES)), p.get("only"))
        for name, p in rows.items()
    ]


def overrides(start: caresim.Scenario, chosen: list[Parameter], x: Any) -> dict[str, Any]:
    """Give the overrides of a set of factors (by logarithm), rounded to five figures; people to whole numbers."""
    out: dict[str, Any] = {}
    for row in start.rows():
        factor = math.exp(sum(v for p, v in zip(chosen, x, strict=True) if p.moves(row["path"])))
        if factor != 1.0:
            value = float(row["value"]) * factor
            out[row["path"]] = round(value) if row["path"].startswith("at_start.people") else float(f"{value:.5g}")
    return out
