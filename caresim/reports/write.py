"""Write every report of a run into a folder: the page, the workbook and the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from caresim.reports import html, words, workbook
from caresim.reports.chart import Chart, Missing
from caresim.reports.facts import Run
from caresim.reports.figures import FIGURES, canvas, draw_all
from caresim.reports.sources import Numbers
from caresim.reports.steps import Steps

STEPS = len(FIGURES) + 2  # each figure, the page and the workbook


def write_reports(
    folder: Path,
    tables: Mapping[str, pd.DataFrame],
    manifest: Mapping[str, Any],
    assumptions: Sequence[Mapping[str, Any]],
    steps: Steps | None = None,
) -> None:
    """Write report.html, report.xlsx and figures/*.svg; what the run has no data for is left out and named.

    The same tables, manifest and assumptions give the same bytes.
    """
    run = Run(tables, manifest, list(assumptions))
    write_drawn(folder, run, draw_all(run, steps), steps)


def write_drawn(folder: Path, run: Run, charts: list[Chart | Missing], steps: Steps | None = None) -> None:
    """Write the reports of a run whose figures are drawn."""
    canvas.save(folder / "figures", charts, _source(run))
    numbers: Numbers = {}  # a source has one number in both, that of the page
    (folder / "report.html").write_text(html.page(run, charts, numbers), encoding="utf-8", newline="\n")
    steps = steps or Steps()
    steps.done()
    workbook.write(folder / "report.xlsx", run, charts, numbers)
    steps.done()


def _source(run: Run) -> str:
    name, seed = run.manifest.get("name") or "caresim", run.manifest.get("seed")
    runs = words.count(run.replications, "replication")
    return f"Source: caresim, {name}; {runs}, seed {seed}. Simulated, not observed."
