"""Reports never fail, however odd the tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from caresim.reports.chart import Chart
from caresim.reports.facts import Run
from caresim.reports.figures import canvas, pools
from caresim.reports.write import write_reports
from tests.reports import synthetic
from tests.reports.conftest import Made
from tests.reports.page import Page

Tables = Mapping[str, pd.DataFrame]
_KEPT = {"replication", "days"}


def _every_number(value: float) -> Callable[[Tables], dict[str, pd.DataFrame]]:
    def change(tables: Tables) -> dict[str, pd.DataFrame]:
        return {
            name: table.assign(**{column: value for column in table.select_dtypes("number") if column not in _KEPT})
            for name, table in tables.items()
        }

    return change


def _categories(tables: Tables) -> dict[str, pd.DataFrame]:
    return {
        name: table.assign(
            **{column: table[column].astype("category") for column in table.select_dtypes(["object", "string"])}
        )
        for name, table in tables.items()
    }


def _until(day: str) -> Callable[[Tables], dict[str, pd.DataFrame]]:
    return lambda tables: {
        name: next((table[table[column] < day] for column in ("month", "date") if column in table), table)
        for name, table in tables.items()
    }


def _dates_as_text(tables: Tables) -> dict[str, pd.DataFrame]:
    return {
        name: table.assign(**{column: table[column].astype(str) for column in ("month", "date") if column in table})
        for name, table in tables.items()
    }


def _without(name: str) -> Callable[[Tables], dict[str, pd.DataFrame]]:
    return lambda tables: {other: table for other, table in tables.items() if other != name}


CHANGES = {
    "nothing but zeros": _every_number(0.0),
    "nothing known": _every_number(float("nan")),
    "half a year as read from text files": lambda tables: _categories(_dates_as_text(_until("2018-10-01")(tables))),
    "a single month": _until("2018-05-01"),
    "neither summary nor days": lambda tables: _without("summary")(_without("daily")(tables)),
}


@pytest.mark.parametrize("change", list(CHANGES))
def test_reports_are_written_all_the_same(change: str, runs: dict[str, Made], tmp_path: Path) -> None:
    tables, manifest, assumptions = runs["once"]
    write_reports(tmp_path, CHANGES[change](tables), manifest, assumptions)
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert page.faults == []
    assert "nan" not in page.root.words().split()


@pytest.mark.parametrize(("capacity", "said"), [(np.nan, "no limit"), (-1, "no limit"), (0, "0"), (np.inf, "no limit")])
def test_no_places_and_no_limit_are_told_apart(capacity: float, said: str, runs: dict[str, Made]) -> None:
    tables, manifest, assumptions = runs["textbook"]
    run = Run({**tables, "pools": tables["pools"].assign(capacity=capacity)}, manifest, assumptions)
    with canvas.style():
        chart = pools.draw(run)
    assert isinstance(chart, Chart)
    assert chart.table.rows[0][1] == said


def test_five_unitaries_with_long_names_fit_beside_each_other(runs: dict[str, Made], tmp_path: Path) -> None:
    tables, manifest, assumptions = runs["once"]
    names = [f"Unitary number {number} of a county with a long name" for number in range(5)]
    old = {name: names[number] for number, name in enumerate(synthetic.UNITARIES)}
    renamed = {name: table.replace(old) for name, table in tables.items()}
    write_reports(tmp_path, renamed, {**manifest, "unitaries": names}, assumptions)
    assert Page((tmp_path / "report.html").read_text(encoding="utf-8")).faults == []


def test_names_from_a_config_cannot_break_the_page(runs: dict[str, Made], tmp_path: Path) -> None:
    tables, manifest, assumptions = runs["textbook"]
    write_reports(tmp_path, tables, {**manifest, "name": "<script>alert(1)</script> & $x^2$"}, assumptions)
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert page.faults == []
    assert not page.root.all("script")
