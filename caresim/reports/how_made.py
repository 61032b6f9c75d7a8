"""How a run or a comparison was made, so that it can be made again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from caresim.reports import words

Row = tuple[str, object]


def made_again(
    manifest: Mapping[str, Any], starts: pd.Timestamp, years: Sequence[str], counted: Sequence[Row], whose: str
) -> list[tuple[str, str]]:
    """List what it takes; `counted` says how much was simulated, `whose` digest stands in the manifest."""
    versions = manifest.get("versions")
    if isinstance(versions, Mapping):
        versions = ", ".join(f"{name} {version}" for name, version in versions.items())
    rows: tuple[Row, ...] = (
        ("Made on", manifest.get("made")),
        ("Command", manifest.get("command")),
        ("Seed", manifest.get("seed")),
        *counted,
        ("Engine", manifest.get("engine")),
        ("First day", words.date(starts)),
        ("Years", ", ".join(years)),
        ("Versions", versions),
        (f"Digest of the {whose}", manifest.get("digest")),
    )
    return [(label, str(value)) for label, value in rows if value not in (None, "")]
