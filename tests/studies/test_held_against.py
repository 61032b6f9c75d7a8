"""Spend beside budgets, targets beside what is simulated, and whether a baseline had settled."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

import caresim
from caresim.config.schema.budgets import Target
from caresim.studies.comparison import Comparison
from caresim.studies.differences import ALL_YEARS
from caresim.studies.held_against import drawn_back, met, row_of, warm_up_table
from tests.measures.worlds import PRICES, priced

DEAR = {"prices.home_care": 2.0 * PRICES["home_care"]}


@pytest.fixture(scope="module")
def compared() -> Comparison:
    config = priced(base_year=2016)
    first = caresim.load(config)
    unitary = first.config.geography.unitaries[0]
    budgets: list[dict[str, Any]] = [
        {"name": "All", "services": ["home_care"], "pounds": {"by_year": {"2018": 5.0}, "grade": "B", "source": "x"}},
        {"name": "Here", "services": ["assessment"], "unitary": unitary, "share": {"value": 0.5, "grade": "C"}},
        {"name": "Nothing simulated", "overspent": 7.0, "agreement": "Fund"},
    ]
    targets = [
        {"measure": "bed_days", "role": "held_out", "figure": 10, "within": 1e9, "year": "1900"},
        {"measure": "admissions", "role": "fitted", "figure": 1, "low": 0, "high": 1e9, "year": "2018"},
    ]
    year = caresim.compare(first, {"same": config}, replications=1).summary["year"].iloc[0]
    targets[1]["year"] = year
    rates = {"uplift": 0.1, "inflation": 0.0}
    base = caresim.load({**config, "budgets": budgets, "targets": targets,
                         "appraisal": {**config.get("appraisal", {}), **rates}})  # fmt: skip
    return caresim.compare(base, {"dear": caresim.load(base, DEAR)}, replications=3)


def test_spend_of_a_line_is_that_of_the_ledger_in_the_cash_of_the_year(compared: Comparison) -> None:
    money = compared.baseline.table("money")
    mine = money[money["partner"].eq("council") & money["service"].eq("home_care")]
    by_year = mine.groupby("year", observed=True)["pounds"].sum() / 3
    table = compared.budgets.query("scenario == 'baseline' and line == 'All'").set_index("year")
    base_year = compared.baseline.scenario.config.prices.base_year
    for year, pounds in by_year.items():
        grown = 1.1 ** (int(str(year)[:4]) - base_year)
        assert table.loc[year, "mean"] == pytest.approx(pounds * grown)
    assert table["mean"].gt(0).any()
    assert base_year == 2016


def test_a_share_and_a_unitary_narrow_a_line_down(compared: Comparison) -> None:
    money = compared.baseline.table("money")
    unitary = compared.baseline.scenario.config.geography.unitaries[0]
    mine = money[money["partner"].eq("council") & money["service"].eq("assessment") & money["unitary"].eq(unitary)]
    table = compared.budgets.query("scenario == 'baseline' and line == 'Here'")
    base_year = compared.baseline.scenario.config.prices.base_year
    grown = mine["pounds"] * 1.1 ** (mine["year"].astype(str).str[:4].astype(int) - base_year)
    assert table["mean"].sum() == pytest.approx(grown.sum() / 3 / 2)
    assert set(table["area"]) == {unitary}


def test_a_budget_knows_how_much_of_its_year_is_reported(compared: Comparison) -> None:
    """From 11 March 2019 on, 250 days: three weeks of the first year, up to 16 November of the second, a leap year."""
    line = compared.budgets.query("scenario == 'dear' and line == 'All'")
    assert line[["year", "days", "days_of_year"]].to_numpy().tolist() == [["2018-19", 21, 365], ["2019-20", 229, 366]]


def test_a_dearer_hour_doubles_the_line_and_a_line_without_costs_has_no_spend(compared: Comparison) -> None:
    table = compared.budgets.set_index(["scenario", "line"])
    base, dear = (table.loc[(key, "All"), "mean"].to_numpy() for key in ("baseline", "dear"))
    np.testing.assert_allclose(dear, 2 * base)
    np.testing.assert_allclose(table.loc[("dear", "All"), "difference_mean"].to_numpy(), base)
    nothing = table.loc[("dear", "Nothing simulated")]
    assert nothing["mean"].isna().all()
    assert (nothing["overspent"] == 7.0).all()


def test_what_the_evidence_leaves_open_of_a_line_is_the_range_over_draws() -> None:
    line = {"name": "All", "services": ["home_care"], "pounds": 5.0}
    base = caresim.load({**priced(base_year=2016), "budgets": [line], "appraisal": {"uplift": 0.0, "inflation": 0.0}})
    size = {"value": 1.2, "low": 1.1, "high": 1.5}
    dearer = {"name": "Dearer hours", "effects": [{"on": "prices.home_care", "times": size}]}
    compared = caresim.compare(
        base, {"dearer": {**base.resolved(), "interventions": [dearer]}}, replications=2, draws=9
    )
    assert compared.drawn_baseline is not None
    spent = [
        side.table("money").query("partner == 'council' and service == 'home_care'")
        .pivot_table(index="replication", columns="year", values="pounds", aggfunc="sum", observed=False)
        .reindex(range(9), fill_value=0.0)
        for side in (compared.drawn_baseline, compared.drawn["dearer"])
    ]  # fmt: skip
    differences = spent[1] - spent[0]
    table = compared.budgets.set_index(["scenario", "year"])
    for year in differences:
        low, high = np.percentile(differences[year], [5, 95])
        row = table.loc[("dearer", year)]
        assert (row["difference_p05"], row["difference_p95"]) == (pytest.approx(low), pytest.approx(high))
    assert differences.std().max() > 0
    assert table.loc["baseline", "difference_p95"].eq(0).all()


def test_lines_of_the_ledger_add_up_to_its_services(compared: Comparison) -> None:
    lines, services = compared.line_differences, compared.money_differences
    where = "partner == 'council' and year == @ALL_YEARS"
    county = compared.baseline.scenario.config.geography.county
    total = services.query(where + " and service == 'all services'").set_index("unitary").loc[county, "mean"]
    assert ALL_YEARS == "all years"
    mine = lines.query(where)
    assert mine[mine["unitary"] == county]["mean"].sum() == pytest.approx(total)


def test_a_target_has_its_residual_and_one_of_another_year_or_of_a_part_of_one_has_none(compared: Comparison) -> None:
    table = compared.targets.set_index("measure")
    summary = compared.baseline.summary
    county, year = compared.baseline.scenario.config.geography.county, table.loc["admissions", "year"]
    here = summary["area"].eq(county) & summary["year"].eq(year) & summary["measure"].eq("admissions")
    assert table.loc["admissions", "mean"] == pytest.approx(summary[here]["mean"].iloc[0])
    assert np.isnan(float(table.loc["admissions", "residual"]))  # three weeks of its year are reported
    assert table.loc["admissions", "met"] == "part of a year"
    whole = row_of(compared.baseline.scenario.config.targets[1], {("admissions", year): (11.0, 9.0, 13.0)}, False)
    assert (whole["residual"], whole["met"]) == (10.0, "yes")
    assert np.isnan(float(table.loc["bed_days", "mean"]))
    assert table.loc["bed_days", "met"] == ""


def test_a_target_is_met_within_its_tolerance_else_inside_its_range() -> None:
    def target(**more: Any) -> Target:
        return Target(measure="deaths", role="fitted", year="2018", figure=10, low=8, high=11, **more)

    assert [met(target(within=0.5), x) for x in (10.5, 10.6)] == ["yes", "no"]
    assert [met(target(), x) for x in (8.0, 11.1, np.nan)] == ["yes", "no", ""]


def test_a_straight_line_is_drawn_back_to_the_first_year() -> None:
    for count in (2, 3, 4):
        assert 5.0 + 3.0 * np.arange(1, count + 1) @ drawn_back(count) == pytest.approx(5.0)
        assert drawn_back(count).sum() == pytest.approx(1.0)


def test_a_level_on_the_line_of_later_years_shows_no_sign_and_one_above_it_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    season = np.tile(np.arange(12.0), 4)
    line = 100 + 2 * np.repeat(np.arange(4.0), 12) + season
    above = line + np.where(np.arange(48) < 3, 9.0, 0.0)
    luck = iter([0.1, -0.1, 0.2, -0.2])

    def fake(_: Any, __: Any) -> Any:
        noise = next(luck) * (np.arange(48) < 3)
        return iter([("settled", line + noise), ("not", above + noise)])

    monkeypatch.setattr("caresim.studies.held_against.levels", fake)
    monkeypatch.setattr("caresim.studies.held_against.months_of", lambda _: SimpleNamespace(days=np.full(48, 30.0)))
    calendar = SimpleNamespace(warm_up=364)
    runs = SimpleNamespace(each=lambda: [(None, None)] * 4,
                           scenario=SimpleNamespace(config=SimpleNamespace(calendar=calendar)))  # fmt: skip
    table = warm_up_table(cast("Any", runs)).set_index("level")
    assert table.loc["settled", "low"] < 0 < table.loc["settled", "high"]
    assert table.loc["not", "low"] > 8
    assert table.loc["not", "expected"] == pytest.approx(101.0)


def test_a_run_has_the_tables_of_what_it_is_held_against(compared: Comparison) -> None:
    pd.testing.assert_frame_equal(compared.baseline.table("targets"), compared.targets)
    pd.testing.assert_frame_equal(compared.baseline.table("warm_up"), compared.warm_up)
