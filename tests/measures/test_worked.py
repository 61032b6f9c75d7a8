"""Every measure of a world worked out by hand (tests/measures/worked.py says how), on both engines."""

from __future__ import annotations

import math

import pytest

import caresim
from caresim.money.summary import UNITS
from caresim.studies.result import Result
from tests.measures import worked
from tests.measures.worked import COUNTY, DAY_OF_CARE, FIRST, NORTH, REABLEMENT, SECOND, SOUTH, VISITS, WEEK

AREAS = (COUNTY, NORTH, SOUTH)


def means(result: Result, area: str, year: str) -> dict[str, float]:
    """Give every measure of an area and year."""
    table = result.summary[(result.summary["area"] == area) & (result.summary["year"] == year)]
    return dict(zip(table["measure"], table["mean"], strict=True))


@pytest.mark.parametrize("area", AREAS)
def test_every_measure_of_the_first_year_is_what_the_hand_says(three_people: Result, area: str) -> None:
    by_hand = worked.first_year(area)
    assert set(by_hand) == set(UNITS)
    assert means(three_people, area, FIRST) == pytest.approx(by_hand, rel=1e-12, nan_ok=True)


@pytest.mark.parametrize("area", AREAS)
def test_the_second_year_has_the_rest_of_the_care_and_no_new_chain(three_people: Result, area: str) -> None:
    found = means(three_people, area, SECOND)
    by_hand = worked.second_year(area)
    assert {name: found[name] for name in by_hand} == pytest.approx(by_hand, rel=1e-12)


def test_a_share_of_nobody_is_not_a_number(three_people: Result) -> None:
    found = means(three_people, COUNTY, SECOND)
    empty = ("stays_over_7_days_share", "readmitted_30_days_share", "hospital_share_of_new_demand")
    assert all(math.isnan(found[name]) for name in empty)


def test_replications_without_chance_have_no_spread(three_people: Result) -> None:
    table = three_people.summary.dropna(subset="mean")
    for column in ("low", "high", "p05", "p95"):
        assert (table[column] == table["mean"]).all(), column


def test_waits_are_told_by_reason_and_body_in_midnights(three_people: Result) -> None:
    waits = three_people.table("waits").query("replication == 0")
    days = waits.groupby("reason", observed=True)["days"].sum().to_dict()
    # referral: ready 10.5 to 11.5, one midnight each. Assessment: 11.5 to 13.5, 15.5, 17.5. Arrangement: one day each.
    assert days == {"referral": 3, "assessment": 2 + 4 + 6, "arrangement": 3}
    assert set(waits["pathway"]) == {"pathway_1"}
    dtoc = three_people.table("dtoc").query("replication == 0")
    assert dtoc.groupby("body")["days"].sum().to_dict() == {"social_care": 12 + 1.5, "nhs": 1.5}


def test_the_assessment_pool_is_used_six_days_and_waited_for_six(three_people: Result) -> None:
    table = three_people.table("pools").query("replication == 0 and pool == 'assessment'")
    april = table[table["month"] == "2020-04-01"].iloc[0]
    assert (april["requests"], april["starts"], april["capacity"]) == (3, 3, 1)
    assert april["in_use"] == pytest.approx(6 / 30)  # 11.5 to 17.5
    assert april["waiting"] == pytest.approx((2 + 4) / 30)
    assert april["wait_days"] == pytest.approx(2 + 4)


def test_a_queue_of_the_county_is_told_by_where_people_live(three_people: Result) -> None:
    table = three_people.table("assessments").query("replication == 0 and work == 'hospital'")
    april = table[table["month"] == "2020-04-01"]
    rows = april.set_index(april["unitary"].astype(str))[["waiting", "requests", "starts", "wait_days"]]
    assert rows.loc[NORTH].tolist() == pytest.approx([4 / 30, 2, 2, 4])
    assert rows.loc[SOUTH].tolist() == pytest.approx([2 / 30, 1, 1, 2])


@pytest.mark.parametrize("area", AREAS)
def test_reviews_wait_for_the_social_worker_and_give_hours_back(reviewed_people: Result, area: str) -> None:
    found = means(reviewed_people, area, FIRST)
    by_hand = worked.reviews_of_first_year(area)
    assert {name: found[name] for name in by_hand} == pytest.approx(by_hand, rel=1e-12)


def test_reviews_are_told_by_what_they_find(reviewed_people: Result) -> None:
    table = reviewed_people.table("reviews")
    assert set(zip(table["funding"], table["result"], strict=True)) == {("council", "fewer")}
    by_month = table.groupby("month")[["people", "hours"]].sum()
    # done: 139.5, 142.5 and 145.5 are 18, 21 and 24 August 2020; November and March follow
    assert {str(month)[:7]: tuple(row) for month, row in by_month.T.items()} == {
        "2020-08": (3, 6), "2020-11": (1, 1), "2020-12": (2, 2), "2021-03": (3, 6),
    }  # fmt: skip


def test_only_the_pathway_that_was_taken_costs_anything(three_people: Result) -> None:
    table = three_people.table("pathway_costs").query("replication == 0 and pounds > 0")
    assert table[["year", "unitary", "pathway", "discharges"]].to_numpy().tolist() == [
        [FIRST, NORTH, "pathway_1", 2],
        [FIRST, SOUTH, "pathway_1", 1],
    ]


def test_levels_by_day_are_those_of_the_midnight_that_ends_it(three_people: Result) -> None:
    daily = three_people.table("daily")
    county = daily[(daily["pool"] == "delayed") & (daily["member"] == COUNTY)].set_index("date")["mean"]
    # 10 April is day 9. Day 10: all three are ready at noon. South and North leave on days 14, 16 and 18, at noon.
    expected = {"04-10": 0, "04-11": 3, "04-14": 3, "04-15": 2, "04-17": 1, "04-19": 0}
    assert {day: county[f"2020-{day}"] for day in expected} == expected


def test_hours_of_reablement_fall_after_the_intensive_days(three_people: Result) -> None:
    stock = three_people.table("stock").query("replication == 0 and setting == 'reablement'")
    by_month = stock.groupby("month")["hours"].sum()
    # April: 15.5, 13.5 and 11.5 days of it, each 5 days at 10 hours and the rest at 4
    assert by_month["2020-04-01"] == pytest.approx((15 * 10 + (10.5 + 8.5 + 6.5) * 4) / 30)
    assert by_month["2020-05-01"] == pytest.approx((22 * 3 - 40.5) * 4 / 31)


def test_the_log_tells_the_same_three_lives(three_people: Result) -> None:
    log = three_people.events(0)
    left = sorted(log.loc[log["event"] == "discharged", "minute"] / 1440)
    assert left == [14.5, 16.5, 18.5]
    assert sorted(log.loc[log["event"] == "support_ends", "minute"] / 1440) == [36.5, 38.5, 40.5, 436.5, 438.5, 440.5]


@pytest.mark.parametrize("engine", ["kernel", "reference"])
@pytest.mark.parametrize("run_out", [0, 400])
@pytest.mark.parametrize(("part", "leave", "hours", "supported"), worked.PARTS, ids=["first", "second"])
def test_a_part_of_a_year_has_what_happens_in_it(
    part: tuple[int, int], leave: int, hours: float, supported: int, run_out: int, engine: str
) -> None:
    """Who leaves hospital in the part begins the chains; 52 weeks of them are known if the run goes on for so long."""
    result = caresim.run(worked.reported(*part, run_out), engine=engine, replications=1)
    found = means(result, COUNTY, FIRST)
    in_part = hours / WEEK * REABLEMENT
    expected = {
        "hospital_driven_cost_in_year": in_part,
        "new_demand_cost_in_year": in_part,
        "hospital_driven_cost": leave * (VISITS + (364 - 22) * DAY_OF_CARE) if run_out else in_part,
        "people_supported_in_year": supported,
        "stays_over_14_days_share": 1,
    }
    assert {name: found[name] for name in expected} == pytest.approx(expected, rel=1e-12)
    assert result.table("stays")["people"].sum() == leave
    assert set(result.summary["year"]) == {FIRST}
