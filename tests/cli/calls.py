"""How the tests call the command, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
BASELINE = ROOT / "configs" / "northamptonshire" / "baseline.yaml"


class Said(NamedTuple):
    """Exit code and streams of one call."""

    code: int
    out: str
    err: str


Call = Callable[..., Said]
