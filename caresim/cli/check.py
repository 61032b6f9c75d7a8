"""`caresim check FILE...`: does this config have faults?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from caresim.cli.options import Json
from caresim.cli.screen import answer, answer_json, remark

if TYPE_CHECKING:
    from caresim.config import Scenario
    from caresim.config.faults import Fault

Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Configs, changes and experiments to check.")]


def check(files: Files, as_json: Json = False) -> None:
    """Check configs, changes and experiments; list the faults as FILE:LINE: path message."""
    from caresim.config import check as faults_in
    from caresim.config.wording import count

    faults = faults_in(files) or [fault for file in files for fault in no_room_for(file)]
    if as_json:
        answer_json([{"file": str(f.file), "line": f.line, "path": f.path, "message": f.message} for f in faults])
    else:
        for fault in faults:
            answer(str(fault))
        if not faults:
            answer(f"{count(len(files), 'file')} checked: no faults.")
    raise typer.Exit(2 if faults else 0)


def no_room_for(file: Path) -> list[Fault]:
    """Say what the engines could not run of a config without other faults."""
    from caresim import CaresimError, ConfigError
    from caresim.config.faults import Fault
    from caresim.studies.compiling import compiled_or_refused

    try:
        scenarios = scenarios_of(file)
        for scenario in scenarios:
            compiled_or_refused(scenario)
        remark(scenarios)
    except ConfigError as error:
        return error.faults
    except CaresimError as error:
        return [Fault(str(file), None, "", str(error))]
    return []


def scenarios_of(file: Path) -> list[Scenario]:
    """Load a config, or the baseline and every scenario of an experiment."""
    from caresim.config import load, load_experiment
    from caresim.config.change_files import is_change
    from caresim.config.experiment import is_experiment

    if is_change(file):
        return []
    if not is_experiment(file):
        return [load(file)]
    experiment = load_experiment(file)
    return [experiment.baseline, *experiment.scenarios.values()]
