"""Options and arguments that several verbs share, and how a config with overrides is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from caresim.config import Scenario

ConfigFile = Annotated[Path, typer.Argument(metavar="CONFIG", help="A scenario, such as configs/.../baseline.yaml.")]
Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="PATH=VALUE", help="Override one value, e.g. pools.reablement.capacity=60; may be repeated."
    ),
]
Seed = Annotated[int, typer.Option(min=0, max=2**63 - 1, help="All chance follows from this number.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


def scenario_of(config: Path, sets: list[str] | None) -> Scenario:
    """Load a config with its overrides."""
    import caresim

    return caresim.load(config, overrides=sets or [])
