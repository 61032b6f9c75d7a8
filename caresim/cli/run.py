"""`caresim run CONFIG`: simulate one scenario, say what came out, and write results and report."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from caresim.cli.options import (
    ConfigFile,
    Engine,
    Engines,
    Events,
    Json,
    Out,
    Precision,
    Quiet,
    Replications,
    Seed,
    Sets,
    Workers,
    scenario_of,
)
from caresim.cli.screen import answer, answer_json, complain, progress, remark
from caresim.cli.summary import print_summary
from caresim.config.faults import CaresimError
from caresim.reports import destination

if TYPE_CHECKING:
    from caresim.studies.result import Result


def run(
    config: ConfigFile,
    engine: Engines = Engine.KERNEL,
    replications: Replications = 100,
    seed: Seed = 1,
    set_: Sets = None,
    out: Out = None,
    events: Events = False,
    until_precision: Precision = None,
    workers: Workers = None,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Simulate a scenario; print the headline measures and, with --out, write the report."""
    import caresim

    scenario = scenario_of(config, set_)
    if out is not None:
        refuse_unsuitable(out)
    remark([scenario])
    with progress(scenario.name, quiet) as tell:
        result = caresim.run(
            scenario,
            engine=engine.value,
            replications=replications,
            seed=seed,
            events=events,
            workers=workers,
            progress=tell,
            until_precision=until_precision,
            say=None if quiet else complain,
        )
    written = write_out(result, out, quiet) if out is not None else None
    show(result, written, as_json)


def refuse_unsuitable(out: Path, ending: str = "") -> None:
    """Say before a long run, not after it, that its results cannot go there."""
    try:
        destination.refuse_unsuitable(out, ending)
    except CaresimError as error:
        raise typer.BadParameter(str(error), param_hint="--out") from None


def write_out(result: Result, out: Path, quiet: bool) -> Path:
    """Write the result folder and return the path of its report."""
    from caresim.reports.folder import write

    with progress("Writing the report", quiet):
        folder = write(result, out, shlex.join(["caresim", *sys.argv[1:]]))
    return folder / "report.html"


def show(result: Result, report: Path | None, as_json: bool) -> None:
    """Answer with the summary and, last, where the report is."""
    if as_json:
        summary = result.summary.astype(object)
        rows = summary.where(summary.notna(), None).to_dict(orient="records")
        answer_json({"summary": rows, "report": None if report is None else str(report)})
        return
    print_summary(result.summary, None if report is None else report.parent)
    if report is not None:
        answer(f"\nReport: {report}")
    else:
        answer("\nNothing was written; --out DIR writes the report and all tables.")
