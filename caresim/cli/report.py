"""`caresim report DIR`: rebuild the report from results on disk."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from caresim.cli.options import Quiet
from caresim.cli.screen import answer, progress

if TYPE_CHECKING:
    from caresim.cli.screen import Tell
    from caresim.reports.read_back import ResultFolder

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="What `run` or `compare` wrote with --out DIR.")]
ALWAYS = ("summary", "differences")  # tables of every comparison; others are not written where they have no rows


def report(folder: Folder, quiet: Quiet = False) -> None:
    """Rebuild report, workbook and figures from the tables in a result folder."""
    from caresim.reports.read_back import ResultFolder

    must_have(folder, "manifest.json", "tables")
    stored = ResultFolder(folder)
    manifest = stored.read_manifest()
    if not manifest:
        stored.refuse_broken()
    with progress("Writing the report", quiet, of="steps") as tell:
        if manifest.get("kind") == "comparison":
            must_have(folder, "scenarios")
            report_of_comparison(stored, tell)
        else:
            report_of_run(stored, tell)
    answer(f"Report: {folder / 'report.html'}")


def must_have(folder: Path, *names: str) -> None:
    """Refuse a folder that is not a result."""
    for name in names:
        if not (folder / name).exists():
            raise typer.BadParameter(f"{folder} is not a result folder: it has no {name}", param_hint="DIR")


def report_of_run(stored: ResultFolder, tell: Tell) -> None:
    """Write the report of a single run again."""
    from caresim.reports.facts import COLUMNS, OPTIONAL
    from caresim.reports.steps import Steps
    from caresim.reports.table_faults import NUMBERS_OF_A_RUN, lost_rows, wrong_values
    from caresim.reports.write import STEPS, write_reports

    required = {name for name in COLUMNS if name not in OPTIONAL} | {*stored.row_counts()}
    rows, tables = stored.rows("assumptions.json"), stored.tables(COLUMNS, required)
    name_faults(stored, (*wrong_values(tables, NUMBERS_OF_A_RUN), *lost_rows(tables, stored.row_counts())))
    stored.refuse_broken()
    write_reports(stored.folder, tables, stored.manifest, rows, Steps(tell, STEPS))


def report_of_comparison(stored: ResultFolder, tell: Tell) -> None:
    """Write the report of a comparison again."""
    from caresim.reports.decision.tables import COLUMNS, NUMBERS
    from caresim.reports.decision.write import STEPS, rebuild
    from caresim.reports.steps import Steps
    from caresim.reports.table_faults import lost_rows, wrong_values

    stored.must_say({"scenarios": list})
    for key in ("baseline", *stored.listed("scenarios", "key")):
        stored.rows(f"scenarios/{key}/assumptions.json")
    stored.changes("scenarios/baseline/config.resolved.yaml")
    tables = stored.tables(COLUMNS, {*ALWAYS, *stored.listed("tables")})
    name_faults(stored, (*wrong_values(tables, NUMBERS), *lost_rows(tables, stored.row_counts())))
    stored.refuse_broken()
    rebuild(stored.folder, Steps(tell, STEPS))


def name_faults(stored: ResultFolder, faults: Iterable[tuple[str, str]]) -> None:
    """Remember what is wrong with tables."""
    for name, what in faults:
        stored.wrong(f"tables/{name}.parquet", what)
