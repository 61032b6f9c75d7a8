"""`caresim report DIR`: rebuild the report from results on disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from caresim.cli.screen import answer

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="What `run` or `compare` wrote with --out DIR.")]


def report(folder: Folder) -> None:
    """Rebuild report, workbook and figures from the tables in a result folder."""
    must_have(folder, "manifest.json", "tables")
    facts = json.loads((folder / "manifest.json").read_text("utf-8"))
    if facts.get("kind") == "comparison":
        from caresim.reports.decision import rebuild

        must_have(folder, "scenarios")
        rebuild(folder)
    else:
        must_have(folder, "assumptions.json")
        report_of_run(folder, facts)
    answer(f"Report: {folder / 'report.html'}")


def must_have(folder: Path, *names: str) -> None:
    """Refuse a folder that is not a result."""
    for name in names:
        if not (folder / name).exists():
            raise typer.BadParameter(f"{folder} is not a result folder: it has no {name}", param_hint="DIR")


def report_of_run(folder: Path, facts: dict[str, Any]) -> None:
    """Write the report of a single run again."""
    import pandas as pd

    from caresim.reports import write_reports

    files = sorted((folder / "tables").glob("*.parquet"))
    tables = {file.stem: pd.read_parquet(file) for file in files if file.stem != "events"}
    rows = json.loads((folder / "assumptions.json").read_text("utf-8"))
    write_reports(folder, tables, facts, rows)
