"""What is cash of each budget line and what is left in funds: with chance, and with what the evidence leaves open."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from caresim.reports.chart import DataTable
from caresim.reports.decision import phrases, workbook
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.readers import finance
from tests.reports import synthetic_decision as synthetic

SAVED = 1.9e6 * 1.8 * 0.55 * 0.4  # reablement growth, the council's, on home care, in the last year
HALF, WIDE = 2 * 2e4 / 20**0.5, 1.64 * 8e4


@pytest.fixture(scope="module")
def full() -> Decision:
    return Decision(synthetic.tables(), synthetic.manifest(), synthetic.assumptions())


def rows_of(told: Decision, caption: str) -> dict[str, dict[str, str]]:
    table: DataTable = next(table for table in finance(told).tables if caption in table.caption)
    return {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows}


def in_cell(mean: float, half: float, wide: float, write: object = phrases.gain) -> str:
    assert callable(write)
    ends = [write(end) for end in (mean - half, mean + half, mean - wide, mean + wide)]
    return f"{write(mean)}\n{ends[0]} to {ends[1]}\nevidence\n{ends[2]} to {ends[3]}"


def test_every_line_has_its_saving_and_what_of_it_is_cash_with_both_ranges(full: Decision) -> None:
    found = rows_of(full, "by budget line")
    assert found["Home care"]["Reablement growth"] == in_cell(SAVED, HALF, WIDE)
    assert found["Home care: of it cash"]["Reablement growth"] == in_cell(SAVED * 0.9, HALF, WIDE)
    assert "Residential home: of it cash" not in found  # all of it is
    assert found["Investment"]["Cashable"] == "all"
    assert "All lines, net: of it cash" in found


def test_a_fund_has_its_balance_with_both_ranges(full: Decision) -> None:
    found = rows_of(full, "Balance of each fund")["Business rates pilot fund, The three together"]
    left = 21e6 - 2.26e6 * 0.2
    assert found[synthetic.YEARS[0]] == in_cell(left, 2 * 5e4 / 20**0.5, 1.64 * 2e5, phrases.pounds)


def test_without_draws_the_evidence_is_not_in_a_cell_and_the_page_says_when_it_is(full: Decision) -> None:
    tables = {name: table for name, table in synthetic.tables().items() if not name.startswith("drawn")}
    bare = Decision(tables, synthetic.manifest(draws=0), synthetic.assumptions())
    for caption in ("by budget line", "Balance of each fund"):
        assert not any("evidence" in cell for row in rows_of(bare, caption).values() for cell in row.values())
        (said_there,) = [t.caption for t in finance(full).tables if caption in t.caption]
        assert phrases.MEAN in said_there
        assert said_there.endswith(phrases.EVIDENCE)


def test_lines_that_no_table_holds_are_named() -> None:
    tables = {name: table for name, table in synthetic.tables().items() if "cash_by_line" not in name}
    assert "cashable savings by budget line" in finance(Decision(tables, synthetic.manifest(), {})).missing


def test_the_workbook_has_lines_and_funds_with_both_ranges(full: Decision, tmp_path: Path) -> None:
    workbook.write(tmp_path / "report.xlsx", full, [])
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    head, *lines = book["Cash by line"].iter_rows(min_row=4, values_only=True)
    found = {row[:6]: row[6:] for row in lines}
    at = ("Reablement growth", "Council", "Home care", "Cashable saving", synthetic.COUNTY, synthetic.YEARS[-1])
    mean = SAVED * 0.9
    assert found[at] == pytest.approx((mean, mean - HALF, mean + HALF, mean - WIDE, mean + WIDE))
    assert head[6:] == ("Mean", "Low", "High", "Chance and evidence 5%", "Chance and evidence 95%")
    head, first, *_ = book["Funds"].iter_rows(min_row=4, values_only=True)
    assert head[8:] == ("Closing", "Closing low", "Closing high", *head[-2:])
    assert first[8] - first[11] == pytest.approx(1.64 * 2e5)
