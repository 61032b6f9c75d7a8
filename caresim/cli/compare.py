"""`caresim compare EXPERIMENT`: simulate a baseline and scenarios with the same luck, and say what differs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from caresim.cli.difference import print_comparison
from caresim.cli.keeping import Resume, command, kept_until_written
from caresim.cli.options import (
    Engine,
    Engines,
    Events,
    Json,
    Quiet,
    Sets,
    Workers,
    first_number,
    how_often,
    until,
    where_to,
)
from caresim.cli.screen import answer, answer_json, complain, progress, remark
from caresim.config.limits import MOST_REPLICATIONS

if TYPE_CHECKING:
    from caresim.config import Experiment
    from caresim.studies.comparison import Comparison

File = Annotated[Path, typer.Argument(metavar="EXPERIMENT", help="A baseline and scenarios, in one file.")]
Replications = Annotated[int | None, how_often("; by default as in the experiment")]
Seed = Annotated[int | None, first_number("; by default as in the experiment")]
Draws = Annotated[
    int | None,
    typer.Option(
        min=0,
        max=MOST_REPLICATIONS,
        help="Replications that each draw their own sizes of effects; by default as in the experiment.",
    ),
]
Out = Annotated[Path | None, where_to(" Kept in DIR.partial until complete.")]
Precision = Annotated[float | None, until("every headline difference is at most P of the baseline's mean")]


def compare(
    experiment: File,
    engine: Engines = Engine.KERNEL,
    replications: Replications = None,
    seed: Seed = None,
    draws: Draws = None,
    set_: Sets = None,
    out: Out = None,
    events: Events = False,
    until_precision: Precision = None,
    workers: Workers = None,
    resume: Resume = False,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Compare scenarios with a baseline, with the same luck; print what differs and, with --out, write it."""
    import caresim
    from caresim.config import load_experiment

    asked = load_experiment(experiment, overrides=set_ or [])
    with kept_until_written(out, resume) as store:
        remark([asked.baseline, *asked.scenarios.values()])
        with progress(asked.name, quiet) as tell:
            comparison = caresim.compare(
                asked.baseline,
                asked.scenarios,
                engine=engine.value,
                replications=asked.replications if replications is None else replications,
                seed=asked.seed if seed is None else seed,
                draws=asked.draws if draws is None else draws,
                bridge=asked.bridge,
                labels=asked.labels,
                events=events,
                workers=workers,
                progress=tell,
                until_precision=until_precision,
                store=store,
                say=None if quiet else complain,
            )
        folder = write_out(comparison, asked, out, quiet) if out is not None else None
    show(comparison, asked, folder, as_json)


def write_out(comparison: Comparison, asked: Experiment, out: Path, quiet: bool) -> Path:
    """Write the result folder."""
    from caresim.reports.comparison_folder import write

    with progress("Writing the report", quiet, of="steps") as tell:
        return write(comparison, out, command(sys.argv[1:]), asked, tell)


def show(comparison: Comparison, asked: Experiment, folder: Path | None, as_json: bool) -> None:
    """Answer with the differences and, last, where everything is."""
    if as_json:
        answer_json(
            {
                "name": asked.name,
                "question": asked.question,
                "labels": dict(comparison.labels),
                "precision": {key: result.precision for key, result in comparison.results.items()},
                "differences": rows(comparison.differences),
                "drawn_differences": rows(comparison.drawn_differences),
                "folder": None if folder is None else str(folder),
            }
        )
        return
    print_comparison(comparison, asked)
    answer(
        f"\nReport: {folder / 'report.html'}"
        if folder
        else "\nNothing was written; --out DIR writes report and tables."
    )


def rows(table: object) -> object:
    """Give the rows of a table; what is not a finite number becomes nothing."""
    import numpy as np
    import pandas as pd

    assert isinstance(table, pd.DataFrame)
    plain = table.replace([np.inf, -np.inf], np.nan).astype(object)
    return plain.where(plain.notna(), None).to_dict(orient="records")
