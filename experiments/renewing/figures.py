"""Figures drawn from numbers: one row a scenario, with interval and range of the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from renewing.findings import Trouble


def draw_all(folder: Path, text: str, numbers: Any, labels: Mapping[str, str]) -> list[Trouble]:
    """Draw the figures that the findings ask for."""
    return []
