"""`caresim report DIR`: rebuild the report from results on disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from caresim.cli.screen import answer

Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help="What `caresim run --out DIR` or `caresim compare --out DIR` wrote.")
]


def report(folder: Folder) -> None:
    """Rebuild report, workbook and figures from the tables in a result folder."""
    refuse_without(folder, "manifest.json", "tables")
    facts = json.loads((folder / "manifest.json").read_text("utf-8"))
    if facts.get("kind") == "comparison":
        from caresim.reports import decision

        refuse_without(folder, "scenarios")
        decision.rebuild(folder)
    else:
        refuse_without(folder, "assumptions.json")
        rebuild_run(folder, facts)
    answer(f"Report: {folder / 'report.html'}")


def refuse_without(folder: Path, *names: str) -> None:
    """Refuse a folder in which something of a result is missing."""
    for name in names:
        if not (folder / name).exists():
            raise typer.BadParameter(f"{folder} is not a result folder: it has no {name}", param_hint="DIR")


def rebuild_run(folder: Path, facts: dict[str, object]) -> None:
    """Write the reports of a run again."""
    import pandas as pd

    from caresim.reports import write_reports

    files = sorted((folder / "tables").glob("*.parquet"))
    tables = {file.stem: pd.read_parquet(file) for file in files if file.stem != "events"}
    rows = json.loads((folder / "assumptions.json").read_text("utf-8"))
    write_reports(folder, tables, facts, rows)
