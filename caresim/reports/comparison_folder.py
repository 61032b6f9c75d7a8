"""Write a comparison: tables of differences, every scenario's config, manifest; wholly or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from caresim.config import Experiment
from caresim.reports.folder import manifest, row_counts, whole, write_config
from caresim.reports.steps import Steps, Tell
from caresim.studies.comparison import Comparison
from caresim.studies.result import Result

BASELINE = "baseline"


def write(
    comparison: Comparison, out: Path, command: str, experiment: Experiment | None = None, tell: Tell | None = None
) -> Path:
    """Write the folder of a comparison and return it; an earlier result of the same name is replaced.

    Raises
    ------
    CaresimError
        The folder cannot be written, or holds something that is not a caresim result.
    """
    from caresim.reports.decision.write import STEPS

    return whole(out, lambda draft: fill(draft, comparison, command, experiment, Steps(tell, STEPS)))


def fill(folder: Path, comparison: Comparison, command: str, experiment: Experiment | None, steps: Steps) -> None:
    """Write everything into an empty folder."""
    from caresim.reports.decision.write import with_changes
    from caresim.reports.decision.write import write as write_reports

    (folder / "tables").mkdir()
    tables = comparison.tables(steps)
    for name, table in tables.items():
        table.to_parquet(folder / "tables" / f"{name}.parquet", index=False)
    runs = {BASELINE: comparison.baseline, **comparison.results}
    sections: dict[str, str] = {}
    for key, result in runs.items():
        write_scenario(folder / "scenarios" / key, result, sections)
    facts = {**facts_of(comparison, command, experiment), "tables": sorted(tables), "rows": row_counts(tables)}
    (folder / "manifest.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    numbers = {key: result.scenario.rows() for key, result in runs.items()}
    write_reports(folder, tables, with_changes(facts, folder / "scenarios"), numbers, steps)


def write_scenario(folder: Path, result: Result, sections: dict[str, str]) -> None:
    """Write what a scenario rests on, so that it can be run again, and its event logs if they were kept."""
    from caresim.reports.folder import write_events

    folder.mkdir(parents=True)
    write_config(folder / "config.resolved.yaml", result, sections)
    rows = json.dumps(result.scenario.rows(), indent=1, default=str)
    (folder / "assumptions.json").write_text(rows + "\n", encoding="utf-8")
    if result.runs.logs:
        write_events(folder / "events.parquet", result)


def facts_of(comparison: Comparison, command: str, experiment: Experiment | None) -> dict[str, Any]:
    """Say what was compared, with what, and for how long."""
    inputs: Mapping[str, str] = experiment.inputs if experiment else {}
    return {
        **manifest(comparison.baseline, command),
        "kind": "comparison",
        "name": experiment.name if experiment else comparison.baseline.scenario.name,
        "question": experiment.question if experiment else "",
        "inputs": {**comparison.baseline.scenario.inputs, **inputs},
        "duration_seconds": round(comparison.seconds, 3),
        "draws": len(comparison.drawn_baseline.runs.replications) if comparison.drawn_baseline else 0,
        "bridge": list(comparison.parts),
        "scenarios": [
            {
                "key": key,
                "name": comparison.labels[key],
                "digest": result.scenario.digest,
                "precision_reached": result.precision,
                "changes": changes_of(comparison.baseline, result),
            }
            for key, result in comparison.results.items()
        ],
    }


def changes_of(baseline: Result, result: Result) -> list[Any]:
    """Give the changes of a scenario that are not the baseline's too, as they are written."""
    theirs = {change.name for change in baseline.scenario.config.interventions}
    return [change for change in result.scenario.resolved()["interventions"] if change["name"] not in theirs]
