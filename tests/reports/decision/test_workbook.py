"""The workbook of a comparison: its formulas against its values, and its values against the tables."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import openpyxl
import pytest

from caresim.reports.decision.facts import Decision
from tests.reports import synthetic_decision as synthetic


@pytest.fixture(scope="session")
def cached(folders: dict[str, Path]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(folders["full"] / "report.xlsx", data_only=True)


@pytest.fixture(scope="session")
def formulas(folders: dict[str, Path]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(folders["full"] / "report.xlsx")


def test_the_workbook_opens_whatever_there_is(folders: dict[str, Path], kind: str) -> None:
    book = openpyxl.load_workbook(folders[kind] / "report.xlsx")
    assert book.sheetnames[:2] == ["Cover", "Contents"]


def test_lines_are_what_their_formulas_say(formulas: openpyxl.Workbook, cached: openpyxl.Workbook) -> None:
    sheet, values, inputs = formulas["Lines"], cached["Lines"], cached["Inputs"]
    rate, inflation, growth, uplift, haircut = (inputs[f"B{row}"].value for row in (4, 5, 6, 7, 8))
    assert growth == pytest.approx(0.0)
    assert (inflation, uplift, haircut) == (0, 0, 0)
    assert rate == 0.035
    for row in range(5, sheet.max_row + 1):
        kind, ahead, saving = (values[f"{column}{row}"].value for column in "FGH")
        if kind == "care":
            at = int(re.fullmatch(r"=Inputs!\$B\$(\d+)/Inputs!\$C\$\1", sheet[f"I{row}"].value).group(1))
            assert inputs[f"A{at}"].value == values[f"E{row}"].value
            assert values[f"I{row}"].value == inputs[f"B{at}"].value / inputs[f"C{at}"].value
            grown = (1 + inputs[f"H{at}"].value) ** ahead
            assert sheet[f"N{row}"].value == f"=(1+Inputs!$H${at})^(G{row}+0)"
            assert values[f"N{row}"].value == pytest.approx(grown)
            saving *= grown
            assert values[f"K{row}"].value == pytest.approx(saving * inputs[f"E{at}"].value)
        assert values[f"J{row}"].value == pytest.approx(saving)
        assert values[f"M{row}"].value == pytest.approx(saving / (1 + rate) ** ahead)


def test_the_budget_book_adds_up_the_chosen_option(formulas: openpyxl.Workbook, cached: openpyxl.Workbook) -> None:
    book, lines = cached["Budget book"], list(cached["Lines"].iter_rows(min_row=5, values_only=True))
    chosen = book["B4"].value
    assert formulas.defined_names["Chosen"].attr_text == "'Budget book'!$B$4"
    rows = [row for row in book.iter_rows(min_row=7, max_col=10, values_only=True) if row[1]]
    assert len(rows) == 5 * 2 * 6
    for year, area, partner, care, spent, moved, net, cash, factor, present in rows:
        mine = [line for line in lines if line[:4] == (chosen, year, area, partner)]
        sums = {kind: sum(line[9] for line in mine if line[5] == kind) for kind in ("care", "investment", "payment")}
        assert (care, spent, moved) == pytest.approx(tuple(sums.values()))
        assert net == pytest.approx(sum(sums.values()))
        assert cash == pytest.approx(sum(line[10] for line in mine))
        assert present == pytest.approx(net * factor)
    assert "Chosen" in formulas["Budget book"]["D7"].value


def test_the_value_at_your_inputs_is_that_of_the_public_lines(cached: openpyxl.Workbook, full: Decision) -> None:
    lines = list(cached["Lines"].iter_rows(min_row=5, values_only=True))
    for row in cached["Options"].iter_rows(min_row=5, values_only=True):
        assert row[14] == pytest.approx(sum(line[12] for line in lines if line[0] == row[0] and line[11] == "yes"))
        key = next(option.key for option in full.options if option.name == row[0])
        assert row[9] == pytest.approx(full.worth(key).mean)
        assert row[21] == pytest.approx(row[14] - row[9], abs=1e-6)
        assert row[1] == pytest.approx(full.saving(key).mean)


def test_every_assumption_stands_with_its_grade(cached: openpyxl.Workbook) -> None:
    rows = list(cached["Assumptions"].iter_rows(min_row=5, values_only=True))
    assert len(rows) == len(synthetic.assumptions()["baseline"])
    assert all(row[3] for row in rows)
    assert cached["Effects"]["I5"].value == "C: assumption, to be varied"


def test_no_path_of_a_config_stands_where_a_commissioner_reads(
    folders: dict[str, Path], cached: openpyxl.Workbook
) -> None:
    paper = docx.Document(str(folders["full"] / "report.docx"))
    printed = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    page = (folders["full"] / "report.html").read_text(encoding="utf-8")
    assert "demand.admissions.fall" not in page + "".join(printed)
    assert any(text.startswith("Emergency admissions for falls\n") for text in printed)
    assert "multiplied by 0.88 (0.7 to 1)" in printed
    assert "multiplied by 0.88 (0.7 to 1)" in page
    row = [cell.value for cell in cached["Effects"][5]]
    assert row[2:4] == ["Emergency admissions for falls", "multiplied by 0.88 (0.7 to 1)"]
    assert row[-1] == "demand.admissions.fall"


def test_what_it_is_held_against_stands_in_the_workbook(cached: openpyxl.Workbook, full: Decision) -> None:
    for sheet, table in (("Budgets", "budgets"), ("Targets", "targets"), ("Settled", "warm_up")):
        rows = list(cached[sheet].iter_rows(min_row=4, values_only=True))
        assert len(rows) == 1 + len(full.table(table))
    heads = [cell.value for cell in cached["Budgets"][4]]
    first = dict(zip(heads, (cell.value for cell in cached["Budgets"][5]), strict=True))
    assert (first["Line"], first["Budget"], first["Overspent"]) == ("Home care", 20e6, "")
