"""`caresim report`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from caresim.reports.folder import row_counts
from tests.cli.calls import Call
from tests.reports import synthetic, synthetic_decision

FACTS = {"start": "2018-04-01", "year_starts": "04-01", "county": "County", "unitaries": []}


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """Write the folder of a run, without its report."""
    tables, facts, rows = synthetic.textbook()
    made = {name: table.iloc[:0] for name, table in synthetic.tables(1, 1).items()} | dict(tables)
    (tmp_path / "tables").mkdir()
    for name, table in made.items():
        table.to_parquet(tmp_path / "tables" / f"{name}.parquet", index=False)
    said = {**FACTS, **facts, "rows": row_counts(made)}
    (tmp_path / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    (tmp_path / "assumptions.json").write_text(json.dumps(rows), encoding="utf-8")
    return tmp_path


@pytest.fixture
def compared(tmp_path: Path) -> Path:
    """Write the folder of a comparison, without its report."""
    tables, facts = synthetic_decision.tables(), synthetic_decision.manifest()
    (tmp_path / "tables").mkdir()
    (tmp_path / "scenarios" / "baseline").mkdir(parents=True)
    for name, table in tables.items():
        table.to_parquet(tmp_path / "tables" / f"{name}.parquet", index=False)
    said = {**FACTS, **facts, "kind": "comparison", "rows": row_counts(tables)}
    (tmp_path / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    (tmp_path / "scenarios" / "baseline" / "assumptions.json").write_text("[]", encoding="utf-8")
    for scenario in facts["scenarios"]:
        (tmp_path / "scenarios" / scenario["key"]).mkdir()
        (tmp_path / "scenarios" / scenario["key"] / "assumptions.json").write_text("[]", encoding="utf-8")
    return tmp_path


def test_a_report_is_rebuilt_from_the_tables_on_disk(caresim: Call, stored: Path) -> None:
    code, out, err = caresim("report", stored)
    assert (code, out, err) == (0, f"Report: {stored / 'report.html'}\n", "")
    assert (stored / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert (stored / "report.xlsx").is_file()


def test_a_comparison_is_rebuilt_too(caresim: Call, compared: Path) -> None:
    assert caresim("report", compared) == (0, f"Report: {compared / 'report.html'}\n", "")
    assert (compared / "report.docx").is_file()


Break = Callable[[Path], object]


def without(name: str) -> Break:
    return lambda folder: (folder / name).unlink()


def holding(name: str, text: str) -> Break:
    return lambda folder: (folder / name).write_text(text, encoding="utf-8")


def cut_off(name: str) -> Break:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes()[:-40])


def saying(**facts: object) -> Break:
    """Change what the manifest says; None: it does not say it."""

    def change(folder: Path) -> None:
        file = folder / "manifest.json"
        now = {**json.loads(file.read_text("utf-8")), **facts}
        file.write_text(json.dumps({name: fact for name, fact in now.items() if fact is not None}), encoding="utf-8")

    return change


def without_column(name: str, column: str) -> Break:
    def change(folder: Path) -> None:
        file = folder / "tables" / f"{name}.parquet"
        pd.read_parquet(file).drop(columns=column).to_parquet(file, index=False)

    return change


def with_text(name: str, column: str) -> Break:
    def change(folder: Path) -> None:
        file = folder / "tables" / f"{name}.parquet"
        table = pd.read_parquet(file)
        table[column] = ["about 5", *table[column].iloc[1:].astype(str)]
        table.to_parquet(file, index=False)

    return change


def without_rows(name: str, last: int | None = None) -> Break:
    def change(folder: Path) -> None:
        file = folder / "tables" / f"{name}.parquet"
        pd.read_parquet(file).iloc[: 0 if last is None else -last].to_parquet(file, index=False)

    return change


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (holding("manifest.json", "{"), "manifest.json: is not JSON (line 1: "),
        (holding("manifest.json", "[1]"), "manifest.json: must hold a mapping"),
        (saying(replications=None), "manifest.json: has no 'replications'"),
        (saying(replications="many"), "manifest.json: replications must be a whole number, got 'many'"),
        (saying(start="spring"), "manifest.json: start must be a date, got 'spring'"),
        (cut_off("tables/summary.parquet"), "tables/summary.parquet: is broken: "),
        (holding("tables/flow.parquet", ""), "tables/flow.parquet: is broken: "),
        (without("tables/pools.parquet"), "tables/pools.parquet: is missing"),
        (without_column("summary", "mean"), "tables/summary.parquet: has no column mean"),
        (
            with_text("summary", "mean"),
            "tables/summary.parquet: column mean must hold a number in every row, got 'about 5' in row 1",
        ),
        (
            with_text("flow", "month"),
            "tables/flow.parquet: column month must hold a date in every row, got 'about 5' in row 1",
        ),
        (without_rows("summary"), "tables/summary.parquet: has 0 rows, but manifest.json says that "),
        (without_rows("pools"), "tables/pools.parquet: has 0 rows, but manifest.json says that "),
        (without_rows("daily", last=1), "tables/daily.parquet: has "),
        (saying(rows=None), "manifest.json: has no 'rows'"),
        (without("assumptions.json"), "assumptions.json: cannot be read: no such file or directory"),
        (holding("assumptions.json", "[1]"), "assumptions.json: must hold a list of mappings"),
    ],
)
def test_a_broken_file_is_named_with_what_to_do(caresim: Call, stored: Path, spoil: Break, said: str) -> None:
    spoil(stored)
    code, out, err = caresim("report", stored)
    assert (code, out) == (1, "")
    assert f"{stored}/{said}" in err.replace("\\", "/")
    assert "Put back a copy, or make the result again" in err
    assert "a fault of the program" not in err
    assert not (stored / "report.html").exists()


def test_all_that_is_broken_is_named_at_once_and_how_to_make_it_again(caresim: Call, stored: Path) -> None:
    for spoil in (without("tables/pools.parquet"), holding("assumptions.json", "?"), saying(command="caresim run x")):
        spoil(stored)
    code, _, err = caresim("report", stored)
    assert (code, len(err.splitlines())) == (1, 4)
    assert err.endswith("Put back a copy, or make the result again: caresim run x\n")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (saying(scenarios=None), "manifest.json: has no 'scenarios'"),
        (without("tables/differences.parquet"), "tables/differences.parquet: is missing"),
        (cut_off("tables/appraisal.parquet"), "tables/appraisal.parquet: is broken: "),
        (holding("scenarios/baseline/assumptions.json", "{"), "scenarios/baseline/assumptions.json: is not JSON"),
        (
            with_text("differences", "p05"),
            "tables/differences.parquet: column p05 must hold a number in every row, got 'about 5' in row 1",
        ),
        (without_rows("differences"), "tables/differences.parquet: has 0 rows, but manifest.json says that "),
        (without_rows("tornado"), "tables/tornado.parquet: has 0 rows, but manifest.json says that "),
        (
            holding("scenarios/baseline/config.resolved.yaml", "interventions:\n  - [\n"),
            "scenarios/baseline/config.resolved.yaml: is not a config as it was written",
        ),
    ],
)
def test_a_broken_file_of_a_comparison_is_named_too(caresim: Call, compared: Path, spoil: Break, said: str) -> None:
    spoil(compared)
    code, out, err = caresim("report", compared)
    assert (code, out) == (1, "")
    assert f"{compared}/{said}" in err.replace("\\", "/")
    assert not (compared / "report.html").exists()


def test_a_result_that_does_not_say_how_many_rows_it_has_is_to_be_made_again(caresim: Call, compared: Path) -> None:
    saying(rows=None, command="caresim compare x")(compared)
    without_rows("summary")(compared)
    code, _, err = caresim("report", compared)
    assert code == 1
    assert "manifest.json: has no 'rows'" in err
    assert err.endswith("make the result again: caresim compare x\n")
    assert not (compared / "report.html").exists()


def test_a_folder_that_is_no_result_is_refused(caresim: Call, tmp_path: Path) -> None:
    code, out, err = caresim("report", tmp_path)
    assert (code, out) == (2, "")
    assert "is not a result folder: it has no manifest.json" in err


def test_a_manifest_that_says_nothing_is_broken(caresim: Call, stored: Path) -> None:
    (stored / "manifest.json").write_text("{}", encoding="utf-8")
    code, out, err = caresim("report", stored)
    assert (code, out) == (1, "")
    assert "manifest.json: has no 'seed'" in err


def test_a_table_that_a_comparison_had_is_missed(caresim: Call, compared: Path) -> None:
    saying(tables=["appraisal", "differences", "summary"])(compared)
    (compared / "tables" / "appraisal.parquet").unlink()
    code, out, err = caresim("report", compared)
    assert (code, out) == (1, "")
    assert "appraisal.parquet: is missing" in err


def test_a_scenario_that_a_comparison_had_is_missed(caresim: Call, compared: Path) -> None:
    key = json.loads((compared / "manifest.json").read_text("utf-8"))["scenarios"][0]["key"]
    (compared / "scenarios" / key / "assumptions.json").unlink()
    code, out, err = caresim("report", compared)
    assert (code, out) == (1, "")
    assert f"scenarios/{key}/assumptions.json: cannot be read: no such file or directory" in err
