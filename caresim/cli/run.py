"""`caresim run CONFIG`: simulate one scenario, say what came out, and write results and report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from caresim.cli.keeping import Resume, command, kept_until_written
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
    resume: Resume = False,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Simulate a scenario; print the headline measures and, with --out, write the report."""
    import caresim

    scenario = scenario_of(config, set_)
    with kept_until_written(out, resume) as store:
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
                store=store,
            )
        written = write_out(result, out, quiet) if out is not None else None
    show(result, written, as_json)


def write_out(result: Result, out: Path, quiet: bool) -> Path:
    """Write the result folder and return the path of its report."""
    from caresim.reports.folder import write

    with progress("Writing the report", quiet, of="steps") as tell:
        folder = write(result, out, command(sys.argv[1:]), tell)
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
