"""`caresim explain CONFIG [PATH]`: every number in force and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from caresim.cli.options import ConfigFile, Json, Sets, scenario_of
from caresim.cli.screen import answer_json, answer_table

if TYPE_CHECKING:
    from caresim.config import Scenario

Prefix = Annotated[str | None, typer.Argument(metavar="[PATH]", help="Only values under this path.")]
HEADINGS = ("path", "value", "unit", "grade", "source", "set by")


def explain(config: ConfigFile, path: Prefix = None, set_: Sets = None, as_json: Json = False) -> None:
    """List every number in force: value, unit, source, grade, and the file and line that set it."""
    from caresim.config import explain_rows

    scenario = scenario_of(config, set_)
    rows = explain_rows(scenario, path)
    if path is None or path.startswith("demand") or "demand".startswith(path):
        rows += [row for row in derived(scenario) if path is None or str(row["path"]).startswith(path)]
    if as_json:
        answer_json(rows)
    else:
        answer_table(HEADINGS, [cells(row) for row in rows], numbers=("value",))


def derived(scenario: Scenario) -> list[dict[str, Any]]:
    """Give the rates of admission that the engines run on, where they are not those published."""
    if not scenario.config.demand.admissions.netted:
        return []
    from caresim.model.compile.demand import netted_rows

    return [row for row in netted_rows(scenario) if row["value"]]


def cells(row: dict[str, Any]) -> tuple[str, ...]:
    """Put one number and its provenance into words."""
    where = str(row["file"] or "")
    if row.get("line"):
        where += f":{row['line']}"
    return (row["path"], shown(row["value"]), row["unit"] or "", row["grade"] or "", row["source"] or "", where)


def shown(value: object) -> str:
    """Write a value as a config would have it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.10g}" if isinstance(value, float) else str(value)
