"""`caresim report DIR`: rebuild the report from results on disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from caresim.cli.screen import answer

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="What `caresim run --out DIR` wrote.")]


def report(folder: Folder) -> None:
    """Rebuild report, workbook and figures from the tables in a result folder."""
    for name in ("manifest.json", "assumptions.json", "tables"):
        if not (folder / name).exists():
            raise typer.BadParameter(f"{folder} is not a result folder: it has no {name}", param_hint="DIR")
    import pandas as pd

    from caresim.reports import write_reports

    files = sorted((folder / "tables").glob("*.parquet"))
    tables = {file.stem: pd.read_parquet(file) for file in files if file.stem != "events"}
    facts, rows = (json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("manifest", "assumptions"))
    write_reports(folder, tables, facts, rows)
    answer(f"Report: {folder / 'report.html'}")
