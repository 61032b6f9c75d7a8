"""The waterfall of a pressure: from the first whole year to the last, and from the baseline to the leading option."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from caresim.reports import pressure
from caresim.reports.chart import Chart, Missing
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.figures import pressure as of_option
from caresim.reports.estimate import Estimate
from caresim.reports.facts import Run
from caresim.reports.figures import canvas
from caresim.reports.figures import pressure as of_run
from tests.reports import synthetic, synthetic_decision
from tests.reports.conftest import Made
from tests.reports.page import Page


def drawn(run: Run) -> Chart:
    with canvas.style():
        chart = of_run.draw(run)
    assert isinstance(chart, Chart)
    return chart


def with_total(run: Run, total: float, low: float, high: float, years: tuple[str, ...] = ("2019-20",)) -> Run:
    """Give a run whose demand rises by 3 and whose delay falls by 1, in millions, and whose total is given."""
    parts = {**dict.fromkeys(pressure.REASONS, 0.0), "demand": 3e6, "delay": -1e6, "total": total}
    rows = [(run.county, year, part, "pounds", mean, low if part == "total" else mean,
             high if part == "total" else mean, 4) for year in years for part, mean in parts.items()]  # fmt: skip
    table = pd.DataFrame(rows, columns=["area", "year", "part", "unit", "mean", "low", "high", "replications"])
    return Run({**run.given, "pressure": table}, run.manifest, run.assumptions)


def test_the_finding_goes_from_the_first_whole_year_to_the_last(county_run: Run) -> None:
    chart = drawn(county_run)
    assert chart.title == (
        "Acute beds and the care after them cost £2.6m more in 2019-20 than in 2018-19, most of it from more people "
        "admitted (+£2.0m) and longer stays (+£500,000)"
    )
    assert chart.alt.startswith(f"{chart.title}. A waterfall")
    assert "Delay: days waiting to leave \N{MINUS SIGN}£300,000" in chart.alt
    tables = synthetic.tables(4, 5)
    longer = drawn(Run(tables, synthetic.manifest(4, years=5), []))
    assert longer.title.startswith(
        "Acute beds and the care after them cost £10.4m more in 2022-23 than in 2018-19, most"
    )
    assert longer.table.rows[-1][1] == "£10.4m"


def test_what_chance_may_explain_and_what_does_not_change_is_said(county_run: Run) -> None:
    title = drawn(with_total(county_run, 2e6, -1e6, 5e6)).title
    assert title.endswith("than in 2018-19, most of it from more people admitted (+£3.0m); chance may be all of it")
    less = drawn(with_total(county_run, -1e6, -2e6, -0.5e6)).title
    assert "cost £1.0m less in 2019-20 than in 2018-19, most of it from shorter waits to leave" in less
    none = drawn(with_total(county_run, 0.0, 0.0, 0.0)).title
    assert none == "Acute beds and the care after them cost as much in 2019-20 as in 2018-19"


def test_a_part_that_is_nothing_in_every_replication_has_no_bar_but_stands_in_the_table(county_run: Run) -> None:
    chart = drawn(county_run)
    assert ">Price of beds and care<" not in chart.svg
    assert ">Delay: days waiting to leave<" in chart.svg
    assert "Price of beds and care" in {row[0] for row in chart.table.rows}


def test_bars_begin_where_the_one_above_ends_and_the_last_is_all_of_them() -> None:
    from caresim.reports.figures.level import waterfall

    with canvas.style():
        ax = canvas.axes(canvas.blank(3), 0.2, 0.2, 0.6, 0.6)
    parts = {"a": Estimate(3.0), "b": Estimate(-1.0), "all": Estimate(2.0)}
    waterfall(ax, parts, 1.0, str, good=-1)
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [(0, 3), (3, -1), (0, 2)]  # type: ignore[attr-defined]
    assert [text.get_text() for text in ax.texts] == ["3.0", "-1.0", "2.0"]
    assert len({bar.get_facecolor() for bar in ax.patches}) == 3


@pytest.fixture(scope="module")
def full() -> Decision:
    return Decision(synthetic_decision.tables(), synthetic_decision.manifest(), synthetic_decision.assumptions())


def test_the_leading_option_is_split_in_the_last_year(full: Decision) -> None:
    with canvas.style():
        chart = of_option.draw(full)
    assert isinstance(chart, Chart)
    assert full.lead is not None
    assert chart.title.startswith(f"{full.lead.name} takes £")
    assert (
        "off the cost of acute beds and the care after them in 2022-23, most of it from fewer people admitted ("
        in chart.title
    )
    assert chart.png.startswith(b"\x89PNG")
    split = full.table("pressure")
    bare = Decision({**full.given, "pressure": split[split["scenario"].ne(full.lead.key)]}, full.manifest, {})
    assert isinstance(of_option.draw(bare), Missing)


def test_on_a_page_it_stands_beside_its_table(folders: dict[str, Path], runs: dict[str, Made]) -> None:
    page = Page((folders["county"] / "report.html").read_text(encoding="utf-8"))
    (section,) = [part for part in page.root.all("section") if part.attributes.get("aria-labelledby") == "pressure"]
    assert len(section.all("figure")) == 1
    assert "pressure" in runs["county"][0]
