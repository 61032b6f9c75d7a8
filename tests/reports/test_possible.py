"""What is shown of an interval lies within what is possible."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from caresim.cli.summary import print_summary
from caresim.reports.chart import Chart, DataTable
from caresim.reports.decision.facts import Decision
from caresim.reports.facts import Run
from caresim.reports.figures import draw_all
from caresim.reports.held_against import targets
from caresim.reports.html import page
from caresim.reports.workbook import write
from tests.reports import synthetic

HOME, GIVEN_BACK, DEATHS = "home_at_91_days_share", "review_hours_change_a_week", "deaths"
SUMMARY = pd.DataFrame(
    [
        (measure, unit, "County", "2018-19", *numbers, 2, numbers[0], numbers[0])
        for measure, unit, numbers in (
            (HOME, "share", (0.99, 0.955, 1.025)),
            ("stays_over_7_days_share", "share", (0.01, -0.025, 0.045)),
            (DEATHS, "people", (1.0, -2.0, 4.0)),
            (GIVEN_BACK, "hours a week", (-5.0, -9.0, -1.0)),
            ("nhs_cost", "pounds", (10.0, -30.0, 50.0)),
        )
    ],
    columns=["measure", "unit", "area", "year", "mean", "low", "high", "replications", "p05", "p95"],
)
MANIFEST = {"county": "County", "replications": 2, "years": ["2018-19"]}
STAYS = pd.DataFrame([(0, 1, 50), (0, 9, 50), (1, 1, 1), (1, 9, 50)], columns=["replication", "days", "people"]).assign(
    year="2018-19", unitary="County", age="85+"
)


def a_pool(capacity: float, *in_use: float) -> Run:
    """Give a run of a pool that is so full in each replication, and in which one waits long and all others hardly."""
    rows = [
        (r, pd.Timestamp(2018, 4, 1), "reablement", "County", capacity, used, 0.0, 9, 9, 90.0 * (r == 0), 0)
        for r, used in enumerate(in_use)
    ]
    columns = ["replication", "month", "pool", "member", "capacity", "in_use", "waiting", "requests", "starts"]
    pools = pd.DataFrame(rows, columns=[*columns, "wait_days", "overflowed"])
    return Run({"pools": pools, "summary": SUMMARY}, {**MANIFEST, "replications": len(in_use)}, [])


def table_of(run: Run, key: str) -> DataTable:
    (chart,) = (chart for chart in draw_all(run) if isinstance(chart, Chart) and chart.key == key)
    return chart.table


def pool_cells(run: Run) -> dict[str, str]:
    table = table_of(run, "pools")
    columns = [f"{name} {i}" if name in {"from", "to"} else name for i, name in enumerate(table.columns)]
    return dict(zip(columns, table.rows[0], strict=True))


def test_the_interval_of_a_level_ends_where_what_is_possible_ends() -> None:
    run = Run({"summary": SUMMARY}, MANIFEST, [])
    found = {code: value.mean_low_high for code in SUMMARY["measure"] if (value := run.measure(code))}
    assert found[HOME] == (0.99, 0.955, 1.0)
    assert found["stays_over_7_days_share"] == (0.01, 0.0, 0.045)
    assert found[DEATHS] == (1.0, 0.0, 4.0)
    assert found[GIVEN_BACK] == (-5.0, -9.0, -1.0)
    assert found["nhs_cost"] == (10.0, -30.0, 50.0)


def test_page_and_workbook_show_no_share_above_100_percent(tmp_path: Path) -> None:
    run = Run({"summary": SUMMARY, "stays": STAYS}, MANIFEST, [])
    shown = page(run, draw_all(run))
    assert "95.5% to 100.0%" in shown
    assert "102.5%" not in shown
    assert "An interval is cut where it would pass what is possible" in shown
    write(tmp_path / "report.xlsx", run, [])
    sheet = openpyxl.load_workbook(tmp_path / "report.xlsx")["Summary"]
    rows = {row[10]: row[3:6] for row in sheet.iter_rows(min_row=5, values_only=True)}
    assert rows[HOME] == (0.99, 0.955, 1)
    assert "cut where it would pass" in str(sheet["A2"].value)


def test_the_terminal_shows_no_share_below_none(capsys: pytest.CaptureFixture[str]) -> None:
    print_summary(SUMMARY, None)
    assert "0.0% to 4.5%" in capsys.readouterr().out


def test_a_target_is_set_beside_a_possible_interval_and_a_difference_is_left_alone() -> None:
    row = {"role": "held_out", "measure": HOME, "unit": "share", "year": "2018-19", "figure": 0.8, "mean": 0.99}
    row |= {"low": 0.955, "high": 1.025, "residual": 0.19}
    differences = SUMMARY.assign(scenario="more")
    decision = Decision({"targets": pd.DataFrame([row]), "differences": differences}, MANIFEST, {})
    table = targets(decision)
    assert table is not None
    assert "99.0%\n95.5% to 100.0%" in table.rows[0]
    assert decision.difference("more", HOME, year="2018-19").high == 1.025


def test_a_pool_is_at_most_full_and_nobody_waits_less_than_nothing() -> None:
    cells = pool_cells(a_pool(100.0, 99.0, 100.0, 100.0))
    assert (cells["In use"], cells["from 3"], cells["to 4"]) == ("99.7", "98.2", "100.0")
    assert (cells["Wait, days"], cells["from 8"]) == ("3.3", "0.0")


def test_a_pool_that_did_hold_more_than_its_capacity_may_be_shown_to() -> None:
    cells = pool_cells(a_pool(100.0, 99.0, 102.0, 102.0))
    assert (cells["In use"], cells["to 4"]) == ("101.0", "102.0")


def test_a_share_of_stays_is_at_most_all_of_them_and_at_least_none() -> None:
    table = table_of(Run({"stays": STAYS, "summary": SUMMARY}, MANIFEST, []), "stays")
    found = {whose: ends for whose, _, *ends in table.rows}
    assert found["All together, over 7 days"] == ["0.0%", "100.0%"]


def test_a_count_of_people_has_no_interval_below_nobody() -> None:
    flow = synthetic.tables(2, 1)["flow"].assign(people=lambda table: table["people"] * (table["replication"] == 0))
    run = Run({"flow": flow, "summary": SUMMARY}, MANIFEST, [])
    assert {total.low for total in run.totals(run.in_year("flow"), ["event"], "people").values()} == {0.0}
