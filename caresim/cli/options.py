"""Options and arguments that several verbs share, and how a config with overrides is read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from caresim.config.limits import MOST_REPLICATIONS, MOST_SEED

if TYPE_CHECKING:
    from caresim.config import Scenario

ConfigFile = Annotated[Path, typer.Argument(metavar="CONFIG", help="A scenario, such as configs/.../baseline.yaml.")]
Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="PATH=VALUE", help="Override one value, e.g. pools.reablement.capacity=60; may be repeated."
    ),
]


class Engine(StrEnum):
    """The two engines; they give the same results."""

    KERNEL = "kernel"
    REFERENCE = "reference"


def how_often(otherwise: str = "") -> Any:
    """Give the option of how many replications; `otherwise` says the default."""
    told = f"How many times the same years are simulated{otherwise}."
    return typer.Option(min=1, max=MOST_REPLICATIONS, help=told)


def first_number(otherwise: str = "") -> Any:
    """Give the option of the seed."""
    return typer.Option(min=0, max=MOST_SEED, help=f"Seed of the random numbers{otherwise}.")


def where_to(and_more: str = "") -> Any:
    """Give the option of the result folder."""
    return typer.Option(
        metavar="DIR", help=f"Where to write report, tables and manifest: all of them or none.{and_more}"
    )


def until(enough: str) -> Any:
    """Give the option of a precision, in words on when it is reached."""
    return typer.Option(metavar="P", min=0.0001, max=1.0, help=f"Continue until half the 95 % interval of {enough}.")


Engines = Annotated[Engine, typer.Option(help="kernel is fast, reference is readable; results are the same.")]
Replications = Annotated[int, how_often()]
Seed = Annotated[int, first_number()]
Out = Annotated[Path | None, where_to()]
Precision = Annotated[float | None, until("the headline is at most P of its mean (0.01: one per cent)")]
Events = Annotated[bool, typer.Option("--events", help="Keep the event log as well (large).")]
Workers = Annotated[int | None, typer.Option(min=1, help="Replications run at a time; by default one per processor.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]
Json = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]


def scenario_of(config: Path, sets: list[str] | None) -> Scenario:
    """Load a config with its overrides."""
    import caresim

    return caresim.load(config, overrides=sets or [])
