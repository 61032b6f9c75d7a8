"""Budgets beside simulated spend where only a part of a year is reported."""

from __future__ import annotations

import pandas as pd
import pytest

from caresim.reports import held_against
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.readers import finance, health
from tests.reports import synthetic_decision as synthetic

FIRST, LAST = synthetic.YEARS[0], synthetic.YEARS[-1]
SPENT, MORE = "Baseline: spend", "Baseline: variance"


@pytest.fixture(scope="module")
def part() -> Decision:
    """Give the comparison with 183 days of its last year."""
    tables = synthetic.tables()
    budgets = tables["budgets"]
    days = budgets["days"].where(budgets["year"].ne(LAST), 183)
    return Decision({**tables, "budgets": budgets.assign(days=days)}, synthetic.manifest(), synthetic.assumptions())


def test_spend_of_part_of_a_year_is_not_set_against_the_budget_of_the_whole(part: Decision) -> None:
    (table,) = [t for t in finance(part).tables if "Budget against simulated spend" in t.caption]
    rows = {row[1]: dict(zip(table.columns, row, strict=True)) for row in table.rows}
    assert rows[LAST][SPENT].endswith("\nin 183 of 365 days")
    assert {cell for name, cell in rows[LAST].items() if name not in table.columns[:4]} == {"not compared"}
    assert rows[FIRST][MORE] == "+£1.0m"
    assert "days" not in rows[FIRST][SPENT]
    (note,) = [note for note in finance(part).notes if "183 of 365 days" in note]
    assert note.startswith(f"Of {LAST} only")


def test_what_an_option_changes_in_part_of_a_year_is_no_share_of_a_years_overspend(part: Decision) -> None:
    (table,) = [t for t in finance(part).tables if "Known overspend" in t.caption]
    cells = table.rows[0][len(table.columns) - len(part.choices) :]
    assert all("in 183 of 365 days" in cell for cell in cells)
    assert not any("% of it" in cell for cell in cells)
    (agreed,) = [t for t in health(part).tables if "Lines of agreements" in t.caption]
    assert "in 183 of 365 days" in agreed.rows[0][3]


def test_a_target_of_part_of_a_year_is_not_compared() -> None:
    tables = synthetic.tables()
    targets = tables["targets"].assign(residual=float("nan"), met="part of a year")
    table = held_against.targets(Decision({"targets": targets}, synthetic.manifest(), {}))
    assert table is not None
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert row["Residual"] == "none"
    assert row["Met"].startswith("not compared: only part of the year is reported")
    assert pd.notna(tables["targets"]["mean"]).all()
