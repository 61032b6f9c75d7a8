"""The workbook opens, holds real tables, and its formulas mean what their cached values say."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from caresim.reports.facts import Run
from caresim.reports.workbook.money import council_lines


@pytest.fixture(scope="session")
def cached(folders: dict[str, Path]) -> Workbook:
    return openpyxl.load_workbook(folders["county"] / "report.xlsx", data_only=True)


@pytest.fixture(scope="session")
def formulas(folders: dict[str, Path]) -> Workbook:
    return openpyxl.load_workbook(folders["county"] / "report.xlsx")


def test_it_opens_whatever_the_scenario(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "report.xlsx")
    assert book.sheetnames[:2] == ["Cover", "Contents"]
    names = [table for sheet in book for table in sheet.tables]
    assert len(names) == len(set(names))


def test_a_run_without_money_has_no_money_sheet(folders: dict[str, Path]) -> None:
    names = openpyxl.load_workbook(folders["textbook"] / "report.xlsx").sheetnames
    assert "Money" not in names
    assert "Pools" in names


def test_the_cover_says_what_when_seed_and_versions(cached: Workbook) -> None:
    rows = {row[0]: row[1] for row in cached["Cover"].iter_rows(min_row=4, values_only=True)}
    assert rows["Seed"] == "1"
    assert rows["Versions"] == "caresim 0.1.0, python 3.11.9"
    assert rows["First day"] == "1 April 2018"
    assert "simulation error only" in rows["Intervals"]


def test_every_data_sheet_is_a_table_with_frozen_headings(cached: Workbook) -> None:
    for name in (
        "Summary",
        "Readings",
        "Chains",
        "Flow",
        "Waits",
        "Pools",
        "Assessments",
        "Reviews",
        "Pathway costs",
        "Stock",
        "Stays",
        "Ledger",
        "Daily",
        "Assumptions",
    ):
        sheet = cached[name]
        assert len(sheet.tables) == 1
        (table,) = sheet.tables.values()
        assert table.autoFilter is not None
        assert sheet.freeze_panes
        headings = [cell.value for cell in sheet[table.ref][0]]
        assert headings == [column.name for column in table.tableColumns]
        assert len(set(headings)) == len(headings)
        assert sheet["A1"].value
        assert sheet["A2"].value


def test_contents_lead_to_every_sheet(formulas: Workbook) -> None:
    links = {cell.hyperlink.location.split("!")[0].strip("'") for (cell, *_) in formulas["Contents"] if cell.hyperlink}
    assert links == set(formulas.sheetnames) - {"Contents"}


def test_text_is_never_a_formula(formulas: Workbook) -> None:
    rows = formulas["Assumptions"].iter_rows(min_row=5)
    tricks = next(row for row in rows if row[-1].value == "tricks.formula")
    assert tricks[1].value == "=1+1"
    assert {cell.data_type for cell in tricks if cell.value is not None} == {"s"}
    for sheet in formulas:
        if sheet.title not in {"Money", "Money by year"}:
            assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_shares_pounds_and_people_have_their_own_formats(cached: Workbook) -> None:
    found = {row[10].value: row[3].number_format for row in cached["Summary"].iter_rows(min_row=5)}
    assert found["home_at_91_days_share"] == "0.0%"
    assert found["hospital_driven_cost"] == '"£"#,##0'
    assert found["people_supported"] == "#,##0"


def test_cached_values_are_what_the_formulas_give(formulas: Workbook, cached: Workbook) -> None:
    sheet, values = formulas["Money"], cached["Money"]
    inputs = cached["Inputs"]
    inflation = inputs["B4"].value
    assert inflation == 0
    rows = 0
    for row in range(5, sheet.max_row + 1):
        price = inputs[re.fullmatch(r"=Inputs!\$B\$(\d+)", sheet[f"F{row}"].value).group(0)[8:].replace("$", "")].value
        share = inputs[sheet[f"I{row}"].value.split("!")[1].replace("$", "")].value
        activity, ahead = values[f"D{row}"].value, values[f"G{row}"].value
        gross = activity * price * (1 + inflation) ** ahead
        assert sheet[f"H{row}"].value == f"=D{row}*F{row}*(1+Inflation)^G{row}"
        assert values[f"H{row}"].value == pytest.approx(gross)
        assert values[f"I{row}"].value == pytest.approx(gross * share)
        assert values[f"J{row}"].value == pytest.approx(gross * (1 - share))
        assert values[f"K{row}"].value == pytest.approx(gross)
        rows += 1
    assert rows == 2 * 2 * 9
    assert inputs[f"A{re.sub('[^0-9]', '', sheet['F5'].value)}"].value == sheet["C5"].value


def test_totals_by_year_are_those_of_the_ledger(cached: Workbook, county_run: Run) -> None:
    lines = council_lines(county_run)
    sheet = cached["Money by year"]
    for row in (5, 6):
        year = sheet[f"A{row}"].value
        gross = sum(line.gross for line in lines if line.year == year)
        assert sheet[f"B{row}"].value == pytest.approx(gross)
        assert sheet[f"F{row}"].value == pytest.approx(sheet[f"D{row}"].value / 1.035 ** (row - 5))
    assert sheet["A7"].value == "All years"
    assert sheet["D7"].value == pytest.approx(sheet["D5"].value + sheet["D6"].value)


def test_named_cells_are_where_the_formulas_look(formulas: Workbook) -> None:
    assert formulas.defined_names["Inflation"].attr_text == "Inputs!$B$4"
    assert formulas.defined_names["Discount_rate"].attr_text == "Inputs!$B$5"
    assert formulas["Inputs"]["A5"].value == "Discount rate a year"


def test_no_cell_holds_an_error(folder: Path) -> None:
    with zipfile.ZipFile(folder / "report.xlsx") as file:
        for name in file.namelist():
            assert b'<c r="' not in file.read(name) or b't="e"' not in file.read(name)
