"""What reports read off tables is what a plain sum over the tables gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple

import numpy as np
import pandas as pd
import pytest

from caresim.reports.cells import coded
from caresim.reports.delays import most, people, reasons
from caresim.reports.facts import OPTIONAL, Run
from caresim.reports.findings import findings, rests_on
from caresim.reports.html import page
from caresim.reports.pressure import PARTS, from_year_to_year
from caresim.reports.shared_facts import HELD_AGAINST
from tests.reports.conftest import Made

Change = Callable[[pd.DataFrame], pd.DataFrame]
LAST = 3.0  # a replication of which nothing happened


def as_text(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype(dict.fromkeys(("event", "origin"), str))


def as_categories(table: pd.DataFrame) -> pd.DataFrame:
    backwards = sorted(set(table["event"].astype(str)), reverse=True)
    return table.assign(event=pd.Categorical(table["event"].astype(str), categories=["none of these", *backwards]))


def shuffled(table: pd.DataFrame) -> pd.DataFrame:
    return table.sample(frac=1.0, random_state=1)


def with_gaps(table: pd.DataFrame) -> pd.DataFrame:
    gaps = as_text(table)
    gaps.loc[::7, "origin"] = None
    return gaps


CHANGES = {change.__name__: change for change in (as_text, as_categories, shuffled, with_gaps)}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_totals_are_those_of_a_plain_group_by(runs: dict[str, Made], change: Change) -> None:
    tables, manifest, rows = runs["county"]
    flow = change(tables["flow"])
    run = Run({**tables, "flow": flow}, {**manifest, "replications": 4}, rows)
    named = flow.assign(year=run.year_of(flow["month"]).astype(str))
    plain = (
        named.groupby(["year", "event", "origin", "replication"], observed=True)["people"].sum().unstack(fill_value=0)
    )
    plain = plain.assign(**{str(LAST): 0}).astype(float)
    found = run.totals_by_year("flow", ("event", "origin"), "people")
    assert list(found) == list(run.years)
    there = {(year, *key): total for year, totals in found.items() for key, total in totals.items()}
    assert {key: total.mean for key, total in there.items()} == pytest.approx(plain.mean(axis=1).to_dict())
    assert [total.p95 for total in there.values()] == pytest.approx(list(plain.quantile(0.95, axis=1)))
    assert list(there) == list(plain.index)
    for year in run.years:
        again = run.totals(run.in_year("flow", year), ["event", "origin"], "people")
        assert list(again) == list(found[year])
        one, other = (np.array([astuple(total) for total in totals.values()]) for totals in (again, found[year]))
        assert np.array_equal(one, other, equal_nan=True)


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([3, 3, 1, 1, 3, 2]),
        pd.Series(pd.to_datetime(["2020-02-01", "2020-02-01", None, "2020-01-01"])),
        pd.Series(["b", "b", None, "a"]),
        pd.Series([2.0, np.nan, 2.0, 1.0]),
        pd.Series(pd.Categorical(["b", None, "a"], categories=["b", "a", "c"])),
        pd.Series([], dtype="int64"),
        pd.Series([], dtype="datetime64[ns]"),
    ],
    ids=lambda column: f"{column.dtype} {len(column)}",
)
def test_codes_stand_for_what_is_in_the_column(column: pd.Series) -> None:  # type: ignore[type-arg]
    codes, kinds = coded(column)
    back = pd.Series(np.append(kinds.astype(object), None)[codes])
    assert list(back.dropna()) == list(column.dropna().astype(object))
    assert list(back.isna()) == list(column.isna())
    assert list(codes[back.isna()]) == [-1] * int(back.isna().sum())


def test_months_are_counted_where_a_table_has_rows(county_run: Run) -> None:
    stock = county_run.table("stock")
    counts = stock["month"].groupby(county_run.year_of(stock["month"]).astype(str)).nunique().to_dict()
    assert county_run.months_by_year("stock") == counts


def test_the_first_page_says_the_codes_of_sources_in_words(runs: dict[str, Made]) -> None:
    tables, manifest, rows = runs["county"]
    coded_source = [{**row, "source": "fitted, mainly to people_supported_65_plus (see england.yaml)"} for row in rows]
    found = rests_on(Run(tables, manifest, coded_source))
    assert {basis.source for basis in found} == {"fitted, mainly to people supported 65 plus (see england.yaml)"}


def test_a_run_tells_what_each_year_costs_more_than_the_year_before(runs: dict[str, Made]) -> None:
    tables, manifest, rows = runs["county"]
    run = Run({**tables, "pressure": pd.DataFrame()}, manifest, rows)
    assert from_year_to_year(run) is None
    rows_of = [(run.county, "2019-20", part, "pounds", 1e6, 0.9e6, 1.1e6, 4) for part in PARTS]
    table = pd.DataFrame(rows_of, columns=list(OPTIONAL["pressure"]))
    found = from_year_to_year(Run({**tables, "pressure": table}, manifest, rows))
    assert found is not None
    assert found.columns[1:] == ("2019-20",)
    assert [row[1].split("\n")[0] for row in found.rows] == ["+£1.0m"] * len(PARTS)


def test_a_cost_that_the_end_of_the_run_cuts_off_is_said_to_be_more(runs: dict[str, Made]) -> None:
    tables, manifest, rows = runs["county"]
    year, later = Run(tables, manifest, rows).years
    first, last = (
        findings(Run(tables, {**manifest, "cut_off_years": cut}, rows), []) for cut in ([year, later], [later])
    )
    assert "costs the council more than £" in first.title
    assert f"support begun in {year} and {later} are over" in first.answer
    assert "more than" not in last.title + last.answer
    assert any(f"support begun in {later} are over" in text for text in last.not_looked_at)


@pytest.mark.parametrize(("role", "said"), [("fitted", True), ("held_out", False)])
def test_a_cost_that_the_inputs_were_tuned_to_is_said_to_be_no_evidence(
    runs: dict[str, Made], role: str, said: bool
) -> None:
    tables, manifest, rows = runs["county"]
    year = Run(tables, manifest, rows).year
    known = dict.fromkeys(HELD_AGAINST["targets"], "") | {"measure": "hospital_driven_cost", "year": year, "role": role}
    columns = ("figure", "figure_low", "figure_high", "mean", "low", "high", "residual", "within")
    numbers = dict.fromkeys(columns, 22e6)
    run = Run({**tables, "targets": pd.DataFrame([{**known, **numbers}])}, manifest, rows)
    assert ("Inputs were fitted to £22.0m" in findings(run, []).answer) is said
    assert role.replace("_", " ") in page(run, [])
    assert "fitted" not in findings(Run(tables, manifest, rows), []).answer


def test_what_most_people_wait_for_is_said_with_their_number(runs: dict[str, Made]) -> None:
    run = Run(*runs["county"])
    found = reasons(run)
    assert [r.people.mean for r in found] == sorted((r.people.mean for r in found), reverse=True)
    assert sum(r.people.mean for r in found) == pytest.approx(sum(r.people.mean for r in reasons(run, ("pathway",))))
    assert most(run) == f"{people(found[0].people.mean)} of them {found[0].wait}"
    assert most(run) in findings(run, []).answer
    assert most(Run(*runs["no tables"])) == ""


@pytest.mark.parametrize(
    ("mean", "low", "high", "said"),
    [(138.0, 113.0, 164.0, "begin 138 above the trend of later years and come down to it"),
     (-40.0, -60.0, -20.0, "begin 40 below the trend of later years and come up to it"), (20.0, -5.0, 45.0, "")],
)  # fmt: skip
def test_a_start_that_had_not_settled_is_said_on_the_first_screen(
    runs: dict[str, Made], mean: float, low: float, high: float, said: str
) -> None:
    tables, manifest, rows = runs["county"]
    row = {"level": "people_supported", "warm_up_days": 364, "years": 5, "first_months": 7034.0, "expected": 6896.0,
           "mean": mean, "low": low, "high": high, "replications": 40}  # fmt: skip
    run = Run({**tables, "warm_up": pd.DataFrame([row])}, manifest, rows)
    told = [text for text in findings(run, []).not_looked_at if "trend of later years" in text]
    assert [said in text for text in told] == ([True] if said else [])


def test_what_a_config_leaves_out_stands_on_the_first_screen(runs: dict[str, Made]) -> None:
    tables, manifest, rows = runs["county"]
    run = Run(tables, {**manifest, "left_out": ["the pandemic"]}, rows)
    assert "The pandemic." in findings(run, []).not_looked_at
