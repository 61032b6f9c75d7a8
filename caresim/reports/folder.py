"""Write a result: tables, resolved config, manifest and report, into a folder that is there wholly or not at all."""

from __future__ import annotations

import datetime
import json
import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from caresim.config import CaresimError
from caresim.config.unfinished import days_cut_off
from caresim.measures.tables import years
from caresim.money.summary import days_of_years
from caresim.reports.destination import DRAFT, refuse_unsuitable
from caresim.reports.steps import Steps, Tell
from caresim.reports.write import STEPS, write_reports
from caresim.studies.result import OPTIONAL, Result, table_makers

THREADS = 2  # that make and write tables
PACKAGES = ("caresim", "numpy", "numba", "simpy", "pandas", "pyarrow")


def write(result: Result, out: Path, command: str, tell: Tell | None = None) -> Path:
    """Write a result folder and return it; an earlier result of the same name is replaced.

    Raises
    ------
    CaresimError
        The folder cannot be written, or holds something that is not a caresim result.
    """
    return whole(out, lambda draft: fill(draft, result, command, Steps(tell, STEPS)))


def whole(out: Path, filling: Callable[[Path], None]) -> Path:
    """Let a draft be filled and put it in place, or leave everything as it was (errors: see `write`)."""
    refuse_unsuitable(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=DRAFT, dir=out.parent))
    except OSError as error:
        raise CaresimError(f"cannot write to {out.parent}: {error.strerror}") from error
    try:
        filling(draft)
        draft.chmod(0o755)
        put_in_place(draft, out)
    except BaseException as error:
        shutil.rmtree(draft, ignore_errors=True)
        if isinstance(error, OSError):
            raise CaresimError(f"cannot write {out}: {error.strerror}") from error
        raise
    return out


def put_in_place(draft: Path, out: Path) -> None:
    """Rename the draft; an old result is moved aside first and removed last."""
    if not out.exists():
        os.replace(draft, out)
        return
    aside = Path(tempfile.mkdtemp(prefix=f"{DRAFT}old.", dir=out.parent))
    try:
        os.replace(out, aside / "result")
        os.replace(draft, out)
    except BaseException:  # an interrupt too
        if not out.exists():
            os.replace(aside / "result", out)
        raise
    finally:
        if out.exists():  # else the old result is still aside, and must not be lost
            shutil.rmtree(aside, ignore_errors=True)


def fill(folder: Path, result: Result, command: str, steps: Steps) -> None:
    """Write everything into an empty folder."""
    (folder / "tables").mkdir()
    names = ("summary", *table_makers(), *OPTIONAL)
    steps.expect(len(names))
    made = {}
    with ThreadPoolExecutor(THREADS) as pool:  # most of it is done outside Python, side by side
        for name, table in zip(names, pool.map(result.table, names), strict=True):
            made[name] = table
            steps.done()
        tables = {name: table for name, table in made.items() if len(table) or name not in OPTIONAL}
        writing = [pool.submit(write_table, folder / "tables" / f"{name}.parquet", t) for name, t in tables.items()]
        if result.runs.logs:
            write_events(folder / "tables" / "events.parquet", result)
        facts = {**manifest(result, command), "rows": row_counts(tables)}
        (folder / "manifest.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
        write_config(folder / "config.resolved.yaml", result)
        rows = result.scenario.rows()
        (folder / "assumptions.json").write_text(json.dumps(rows, indent=1, default=str) + "\n", encoding="utf-8")
        write_reports(folder, tables, facts, rows, steps)
        for done in writing:
            done.result()


def row_counts(tables: Mapping[str, pd.DataFrame]) -> dict[str, int]:
    """Count the rows of each table, so that a reader can tell when some are missing."""
    return {name: len(table) for name, table in sorted(tables.items())}


def write_table(file: Path, table: pd.DataFrame) -> None:
    """Write a table as it is, without row labels."""
    table.to_parquet(file, index=False)


def write_config(file: Path, result: Result, known: dict[str, str] | None = None) -> None:
    """Write the config with everything in it, so that it can be run again from this one file.

    `known` has sections as they were written before: those of scenarios are mostly the same, and take long to write.
    """
    written = {} if known is None else known
    sections = [{name: section} for name, section in sorted(result.scenario.resolved().items())]
    for section in sections:
        if repr(section) not in written:
            written[repr(section)] = in_yaml(section)
    file.write_text("".join(written[repr(section)] for section in sections), encoding="utf-8", newline="\n")


def in_yaml(section: dict[str, Any]) -> str:
    """Write a part of a config."""
    from ruamel.yaml import YAML

    yaml, stream = YAML(typ="safe", pure=True), StringIO()
    yaml.default_flow_style = False
    yaml.width = 120
    yaml.dump(section, stream)
    return stream.getvalue()


def write_events(file: Path, result: Result) -> None:
    """Write the event logs one replication after another: together they may not fit in memory."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    writer: Any = None
    for i in range(len(result.runs.logs)):
        table = pa.Table.from_pandas(result.events(i), preserve_index=False)
        writer = writer or pq.ParquetWriter(file, table.schema)
        writer.write_table(table)
    writer.close()


def manifest(result: Result, command: str) -> dict[str, Any]:
    """Say what was run, with what, and for how long."""
    geography, calendar = result.scenario.config.geography, result.scenario.config.calendar
    return {
        "name": result.scenario.name,
        "made": datetime.date.today().isoformat(),
        "digest": result.scenario.digest,
        "inputs": dict(result.scenario.inputs),
        "seed": result.seed,
        "engine": result.engine,
        "replications": len(result.runs.replications),
        "precision_reached": result.precision,
        "command": command,
        "duration_seconds": round(result.seconds, 3),
        "versions": {"python": platform.python_version(), **{p: version_of(p) for p in PACKAGES}},
        "start": calendar.starts.isoformat(),
        "end": calendar.ends.isoformat(),
        "year_starts": f"{calendar.year_starts.month:02d}-{calendar.year_starts.day:02d}",
        "years": years(result.runs),
        "cut_off_years": cut_off_years(result),
        "left_out": list(result.scenario.config.left_out or ()),
        "deconditioning": result.scenario.config.need.deconditioning.rule,
        "county": geography.county,
        "unitaries": list(geography.unitaries),
        "trusts": list(geography.trusts),
        "places": list(geography.places),
    }


def cut_off_years(result: Result) -> list[str]:
    """Name the years of which the run ends before the first 52 weeks of all support are over."""
    late = days_cut_off(result.scenario.config)
    after = np.cumsum(days_of_years(result.runs)[::-1])[::-1] - days_of_years(result.runs)
    return [year for year, days in zip(years(result.runs), after, strict=True) if days < late]


def version_of(package: str) -> str:
    """Give the version of a package, or "not installed"."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
