"""`caresim check FILE...`: is this config right?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from caresim.cli.options import Json
from caresim.cli.screen import answer, answer_json

if TYPE_CHECKING:
    from caresim.config.faults import Fault

Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Configs to check.")]


def check(files: Files, as_json: Json = False) -> None:
    """Check configs; list every fault as FILE:LINE: path message."""
    from caresim.config import check as faults_in

    faults = faults_in(files) or [fault for file in files for fault in no_room_for(file)]
    if as_json:
        answer_json([{"file": str(f.file), "line": f.line, "path": f.path, "message": f.message} for f in faults])
    else:
        for fault in faults:
            answer(str(fault))
        if not faults:
            answer(f"{len(files)} {'config is' if len(files) == 1 else 'configs are'} right.")
    raise typer.Exit(2 if faults else 0)


def no_room_for(file: Path) -> list[Fault]:
    """Say what of a config that is right in itself the engines could not run."""
    from caresim import CaresimError, load
    from caresim.config.faults import Fault
    from caresim.model.compile import compile_scenario

    try:
        compile_scenario(load(file))
    except CaresimError as error:
        return [Fault(str(file), None, "", str(error))]
    return []
