"""`caresim trace CONFIG`: one person's journey in words."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from caresim.cli.options import ConfigFile, Engine, Engines, Json, Quiet, Seed, Sets, scenario_of
from caresim.cli.screen import answer, answer_json, complain, progress

Person = Annotated[
    int | None,
    typer.Option(min=0, metavar="ID", help="The person's number; by default somebody with a long stay and support."),
]
Replication = Annotated[
    int, typer.Option(min=0, help="Which replication, that is, which possible course of the years.")
]
Against = Annotated[
    Path | None, typer.Option(metavar="CONFIG", help="Tell the journey in this scenario too, with the same luck.")
]


def trace(
    config: ConfigFile,
    person: Person = None,
    seed: Seed = 1,
    replication: Replication = 0,
    set_: Sets = None,
    against: Against = None,
    engine: Engines = Engine.KERNEL,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Tell one person's journey; again, with the same luck, with --set, --against or the config's interventions."""
    from caresim.studies.trace import NoSuchPersonError, OtherPeopleError
    from caresim.studies.trace import trace as traced

    scenario, changed = scenario_of(config, None), None
    what = [*([str(against)] if against else []), *(set_ or [])]
    if what:
        changed = scenario_of(against or config, set_)
    elif scenario.config.interventions:
        what = [change.name for change in scenario.config.interventions]
        scenario, changed = scenario_of(config, ["interventions=[]"]), scenario
    say = None if quiet else complain
    try:
        with progress(scenario.name, quiet) as tell:
            told = traced(scenario, changed, person, seed, replication, engine.value, say, tell)
    except NoSuchPersonError as error:
        raise typer.BadParameter(str(error), param_hint="--person") from None
    except OtherPeopleError as error:
        raise typer.BadParameter(str(error), param_hint="--against" if against else "--set") from None
    if as_json:
        answer_json(asdict(told))
        return
    answer(told.told(f"with the change ({', '.join(what)})"))
