"""`caresim report`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.calls import Call
from tests.reports import synthetic


def test_a_report_is_rebuilt_from_the_tables_on_disk(caresim: Call, tmp_path: Path) -> None:
    tables, facts, rows = synthetic.textbook()
    (tmp_path / "tables").mkdir()
    for name, table in tables.items():
        table.to_parquet(tmp_path / "tables" / f"{name}.parquet", index=False)
    (tmp_path / "manifest.json").write_text(json.dumps(facts), encoding="utf-8")
    (tmp_path / "assumptions.json").write_text(json.dumps(rows), encoding="utf-8")
    code, out, err = caresim("report", tmp_path)
    assert (code, out, err) == (0, f"Report: {tmp_path / 'report.html'}\n", "")
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert (tmp_path / "report.xlsx").is_file()


def test_a_folder_that_is_no_result_is_refused(caresim: Call, tmp_path: Path) -> None:
    code, out, err = caresim("report", tmp_path)
    assert (code, out) == (2, "")
    assert "is not a result folder: it has no manifest.json" in err
