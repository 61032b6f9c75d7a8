"""Write every report of a comparison into its folder, from its tables or from what is on disk."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from caresim.reports import words
from caresim.reports.chart import Chart, Missing
from caresim.reports.decision import html, word, workbook
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.figures import FIGURES, draw_all
from caresim.reports.decision.tables import BASELINE, COLUMNS
from caresim.reports.figures import canvas
from caresim.reports.sources import Numbers
from caresim.reports.steps import Steps

STEPS = len(FIGURES) + 3  # each figure, the page, the workbook and the paper
Rows = Sequence[Mapping[str, Any]]


def write(
    folder: Path,
    tables: Mapping[str, pd.DataFrame],
    manifest: Mapping[str, Any],
    assumptions: Mapping[str, Rows] | Rows = (),
    steps: Steps | None = None,
) -> None:
    """Write report.html, report.xlsx, report.docx and figures/*.svg; what there is no data for is left out and named.

    The same tables, manifest and assumptions give the same bytes.

    Parameters
    ----------
    tables : by name; see `caresim.reports.decision`
    manifest : of the comparison; each item of its `scenarios` may have the `changes` of that scenario, as mappings
    assumptions : the numbers in force by scenario, the baseline under "baseline"; or the baseline's alone
    steps : told of every figure and page that is done
    """
    numbers = assumptions if isinstance(assumptions, Mapping) else {BASELINE: assumptions}
    decision = Decision(tables, manifest, numbers)
    write_drawn(folder, decision, draw_all(decision, steps), steps)


def write_drawn(folder: Path, decision: Decision, charts: list[Chart | Missing], steps: Steps | None = None) -> None:
    """Write the reports of a comparison whose figures are drawn."""
    seed, pairs = decision.manifest.get("seed"), words.count(decision.replications, "pair")
    source = f"Source: caresim, {decision.name}; {pairs}, seed {seed}. Simulated, not observed."
    canvas.save(folder / "figures", charts, source)
    numbers: Numbers = {}  # a source has one number in all of them, that of the page
    (folder / "report.html").write_text(html.page(decision, charts, numbers), encoding="utf-8", newline="\n")
    steps = steps or Steps()
    steps.done()
    workbook.write(folder / "report.xlsx", decision, charts, numbers)
    steps.done()
    word.write(folder / "report.docx", decision, charts, numbers)
    steps.done()


def rebuild(folder: Path, steps: Steps | None = None) -> None:
    """Write the reports of a comparison again from its folder: manifest.json, tables/ and scenarios/."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    tables = {
        name: pd.read_parquet(file) for name in COLUMNS if (file := folder / "tables" / f"{name}.parquet").is_file()
    }
    scenarios = folder / "scenarios"
    files = sorted(scenarios.glob("*/assumptions.json"))
    numbers = {file.parent.name: json.loads(file.read_text("utf-8")) for file in files}
    write(folder, tables, with_changes(manifest, scenarios), numbers, steps)


def with_changes(manifest: Mapping[str, Any], scenarios: Path) -> dict[str, Any]:
    """Add the changes of each scenario, less those of the baseline, from its resolved config where they are missing."""
    base = changes_in(scenarios / BASELINE / "config.resolved.yaml")
    names = {str(change.get("name")) for change in base}
    items = []
    for item in manifest.get("scenarios") or ():
        if "changes" not in item:
            found = changes_in(scenarios / str(item.get("key")) / "config.resolved.yaml")
            item = {**item, "changes": [c for c in found if str(c.get("name")) not in names]}  # noqa: PLW2901
        items.append(item)
    return {**manifest, "scenarios": items}


def changes_in(file: Path) -> list[Mapping[str, Any]]:
    """Read the interventions of a resolved config; none where there is no such file."""
    if not file.is_file():
        return []
    from ruamel.yaml import YAML

    lines = file.read_text("utf-8").splitlines()
    begins = next((i for i, line in enumerate(lines) if line.rstrip() == "interventions:"), None)
    if begins is None:
        return []
    rest = range(begins + 1, len(lines))
    ends = next((i for i in rest if lines[i][:1] not in (" ", "-", "")), len(lines))
    found = YAML(typ="safe", pure=True).load("\n".join(lines[begins:ends]))
    return [change for change in found.get("interventions") or () if isinstance(change, Mapping)]
