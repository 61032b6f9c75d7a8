"""Tables have the columns that docs/reference/tables.md promises, in that order, and add up."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from caresim.measures.tables import by_unitary
from caresim.model.codes import AGES, EVENTS, FUNDINGS, ORIGINS, PATHWAYS, REASONS, REVIEW_RESULTS, SERVICES, WORK
from caresim.money.summary import UNITS
from caresim.studies.result import Result, table_makers

PAGE = Path(__file__).parent.parent.parent / "docs" / "reference" / "tables.md"
COLUMNS = {
    "summary": "measure, unit, area, year, mean, low, high, replications, p05, p95",
    "flow": "replication, month, unitary, place, age, origin, event, people",
    "waits": "replication, month, unitary, pathway, reason, people, days",
    "dtoc": "replication, month, unitary, pathway, reason, body, days",
    "pools": "replication, month, pool, member, capacity, in_use, waiting, requests, starts, wait_days, overflowed",
    "assessments": "replication, month, unitary, work, waiting, requests, starts, wait_days",
    "reviews": "replication, month, unitary, funding, result, people, hours",
    "daily": "date, pool, member, quantity, mean, p05, p25, p50, p75, p95",
    "stock": "replication, month, unitary, place, setting, origin, funding, people, hours",
    "stays": "replication, year, unitary, age, days, people",
    "money": "replication, year, unitary, partner, service, origin, line, pounds",
    "readings": "replication, year, unitary, reading, pounds",
    "chains": "replication, year, unitary, window, service, pounds",
    "pathway_costs": "replication, year, unitary, pathway, discharges, pounds",
}
EVENT_COLUMNS = "replication, minute, person, event, place, age, pool, value"
WHOLE = (
    "replication",
    "people",
    "requests",
    "starts",
    "overflowed",
    "discharges",
    "minute",
    "person",
    "value",
    "replications",
    "days",
)
PARTS = ("mean", "low", "high", "p05", "p25", "p50", "p75", "p95", "pounds", "hours", "in_use", "waiting", "capacity",
         "wait_days")  # fmt: skip
AVERAGES = (("stock", "people"), ("dtoc", "days"))  # whole in other tables
NAMES = {
    "age": AGES, "origin": ORIGINS, "pathway": PATHWAYS, "reason": REASONS, "setting": SERVICES, "funding": FUNDINGS,
    "work": WORK, "result": REVIEW_RESULTS,
}  # fmt: skip
ALL = [*COLUMNS, "events"]


def table(result: Result, name: str) -> pd.DataFrame:
    """Give a table, the log among them."""
    return result.events(1) if name == "events" else result.table(name)


def test_every_table_is_listed_here_and_in_the_reference() -> None:
    assert set(COLUMNS) == {"summary", *table_makers()}
    page = dict(re.findall(r"^\| `(\w+)` \| ([\w, ]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert {name: page.get(name) for name in ALL} == {**COLUMNS, "events": EVENT_COLUMNS}


@pytest.mark.parametrize("name", ALL)
def test_a_table_has_its_columns_in_order(busy: Result, name: str) -> None:
    assert list(table(busy, name).columns) == {**COLUMNS, "events": EVENT_COLUMNS}[name].split(", ")


@pytest.mark.parametrize("name", ALL)
def test_columns_have_the_type_of_what_they_hold(busy: Result, name: str) -> None:
    found = table(busy, name)
    assert len(found)
    for column in found:
        kind = found[column].dtype
        if column in ("month", "date"):
            assert pd.api.types.is_datetime64_dtype(kind), column
        elif column in PARTS or (name, column) in AVERAGES:
            assert pd.api.types.is_float_dtype(kind), column
        elif column in WHOLE:
            assert pd.api.types.is_integer_dtype(kind), column
        else:
            assert isinstance(found[column].iloc[0], str), column


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_missing_but_what_cannot_be(busy: Result, name: str) -> None:
    found = table(busy, name).drop(columns=["capacity", "mean", "low", "high", "p05", "p95"], errors="ignore")
    assert not found.isna().any().any()


def test_names_are_those_of_the_vocabulary(busy: Result) -> None:
    for name in ("flow", "waits", "stock", "stays", "assessments", "reviews", "pathway_costs"):
        found = busy.table(name)
        for column, words in NAMES.items():
            if column in found:
                assert set(found[column].astype(str)) <= set(words), (name, column)
    assert set(busy.events(0)["event"].astype(str)) <= set(EVENTS)


def test_both_replications_are_in_every_table(busy: Result) -> None:
    for name in COLUMNS:
        found = busy.table(name)
        if "replication" in found:
            assert set(found["replication"]) == {0, 1}, name


def test_all_measures_are_there_for_the_county_and_each_unitary_every_year(busy: Result) -> None:
    rows = busy.summary.groupby("measure").size()
    years = busy.summary["year"].nunique()
    assert set(rows.index) == set(UNITS)
    assert set(rows) == {years * 3}
    assert list(busy.summary["area"].unique()) == ["County", "North", "South"]


NOT_BY_UNITARY = ("share", "people waiting", "days each", "pounds each", "rate")
COUNTED = [m for m, unit in UNITS.items() if unit not in NOT_BY_UNITARY and not m.startswith("acute_beds")]


@pytest.mark.parametrize("measure", COUNTED)
def test_what_is_counted_in_the_unitaries_adds_up_to_the_county(busy: Result, measure: str) -> None:
    rows = busy.summary[busy.summary["measure"] == measure].pivot(index="year", columns="area", values="mean")
    assert np.allclose(rows["County"], rows["North"] + rows["South"], rtol=1e-12, atol=1e-9)


def test_a_sum_over_places_may_take_more_bits_than_they_do(busy: Result) -> None:
    most = np.full((1, len(busy.runs.compiled.places)), np.iinfo(np.int32).max, dtype=np.int32)
    assert by_unitary(busy.runs, most, 1).sum() == most.sum(dtype=np.int64)


def test_places_add_up_to_their_unitary(busy: Result) -> None:
    homes = {"Ashton": "North", "Barrow": "South", "Clay": "South"}
    for name in ("flow", "stock"):
        found = busy.table(name)
        assert (found["place"].astype(str).map(homes) == found["unitary"].astype(str)).all()


def test_the_flow_of_the_table_is_the_flow_of_the_log(busy: Result) -> None:
    log, flow = busy.events(0), busy.table("flow").query("replication == 0")
    time = busy.runs.compiled.time
    reported = log["minute"].between(time.minute(time.report_from), time.minute(time.report_to) - 1)
    for event, flows in {
        "discharged": [f"discharged_{pathway}" for pathway in PATHWAYS],
        "reviewed": ["review_done"],
        "dies": ["died_in_hospital", "died_elsewhere"],
        "admitted": ["admitted_emergency", "admitted_planned"],
        "lapses": ["lapsed"],
        "overflows": ["overflowed"],
        "referred": ["referred"],
    }.items():
        assert flow.loc[flow["event"].isin(flows), "people"].sum() == (reported & (log["event"] == event)).sum(), event


def test_the_classes_of_work_and_unitaries_add_up_to_the_assessment_teams(busy: Result) -> None:
    pools, work = busy.table("pools"), busy.table("assessments")
    columns, by = ["waiting", "requests", "starts", "wait_days"], ["replication", "month"]
    teams = pools[pools["pool"] == "assessment"].groupby(by)[columns].sum()
    assert np.allclose(work.groupby(by)[columns].sum(), teams, rtol=1e-12, atol=1e-9)
    assert (work.groupby("work", observed=True)["requests"].sum() > 0).sum() > 3
    assert (work["waiting"] >= 0).all()


def test_reviews_by_what_they_find_are_all_the_reviews(busy: Result) -> None:
    reviews, flow = busy.table("reviews"), busy.table("flow")
    by = ["replication", "month", "unitary"]
    for result in REVIEW_RESULTS:
        found = reviews[reviews["result"] == result].groupby(by, observed=True)["people"].sum()
        told = flow[flow["event"] == f"review_{result}"].groupby(by, observed=True)["people"].sum()
        assert found[found > 0].to_dict() == told.to_dict()
    assert reviews["people"].sum() == flow.loc[flow["event"] == "review_done", "people"].sum()
    assert (reviews["result"].eq("same") == reviews["hours"].eq(0)).all()


def test_costs_by_pathway_add_up_to_the_hospital_driven_cost(busy: Result) -> None:
    by = ["replication", "year", "unitary"]
    costs, readings, flow = busy.table("pathway_costs"), busy.table("readings"), busy.table("flow")
    headline = readings[readings["reading"] == "first_52_weeks"].groupby(by, observed=True)["pounds"].sum()
    assert (headline > 0).any()
    assert np.allclose(costs.groupby(by, observed=True)["pounds"].sum(), headline, rtol=1e-12, atol=1e-9)
    left = flow[flow["event"].astype(str).str.startswith("discharged_")]
    assert costs["discharges"].sum() == left["people"].sum()


def test_a_cost_per_discharge_is_pounds_over_discharges(busy: Result) -> None:
    costs = busy.table("pathway_costs").groupby(["pathway", "year", "replication"], observed=True)[
        ["pounds", "discharges"]
    ]
    each = costs.sum().query("pathway == 'pathway_1'")
    found = busy.summary.query("measure == 'cost_per_discharge_pathway_1' and area == 'County'").set_index("year")
    mean = (each["pounds"] / each["discharges"].where(each["discharges"] > 0)).groupby("year").mean()
    assert found["mean"].dropna().to_dict() == pytest.approx(mean[found["mean"].dropna().index].to_dict())


def test_levels_of_a_pool_average_to_its_use(busy: Result) -> None:
    pools, daily = busy.table("pools"), busy.table("daily")
    beds = pools[(pools["pool"] == "acute_beds") & (pools["member"] == "Royal")]
    month_of = daily["date"].dt.to_period("M")
    levels = daily[(daily["pool"] == "acute_beds") & (daily["member"] == "Royal") & (daily["quantity"] == "in_use")]
    for month, rows in beds.groupby(beds["month"].dt.to_period("M"), observed=True):
        if len(rows) == 2:  # a month that reporting does not cut
            assert levels.loc[month_of == month, "mean"].mean() == pytest.approx(rows["in_use"].mean(), abs=1.5)
