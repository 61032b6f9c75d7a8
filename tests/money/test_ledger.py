"""The ledger: every pound has one partner, and prices are all there is to it."""

from __future__ import annotations

import pandas as pd
import pytest

import caresim
from caresim.money.ledger import PARTNERS, entries
from caresim.studies.result import Result
from tests.measures.worlds import PRICES, priced


@pytest.fixture(scope="session")
def result() -> Result:
    """Run the world with prices."""
    return caresim.run(priced(), replications=2)


def total(table: pd.DataFrame, **where: str) -> float:
    """Add up the pounds of some rows."""
    for column, value in where.items():
        table = table[table[column] == value]
    return float(table["pounds"].sum())


def test_partners_are_the_known_ones_and_no_line_is_negative(result: Result) -> None:
    money = result.table("money")
    assert set(money["partner"]) == set(PARTNERS)
    assert (money["pounds"] > 0).all()


def test_what_the_partners_bear_is_activity_times_price(result: Result) -> None:
    stock, money = result.table("stock"), result.table("money")
    weeks = stock["month"].map(days_of_months(result)) / 7
    by_hour = stock["setting"].isin(["home_care", "direct_payment", "reablement"])
    price = stock["setting"].astype(str).map({**PRICES, "intermediate_care": 120 * 7}).astype(float)
    care = (stock["hours"].where(by_hour, stock["people"]) * weeks * price).sum()
    nursing = (stock["people"] * weeks * 160)[stock["setting"] == "nursing"].sum()
    lines = ["bed days", "spot purchase", "assessments", "reviews", "adaptations"]
    borne = money[~money["line"].isin(lines)]["pounds"].sum()
    assert borne == pytest.approx(care + nursing, rel=1e-9)


def days_of_months(result: Result) -> dict[pd.Timestamp, int]:
    """Give the days of each reported month."""
    time = result.runs.compiled.time
    starts = time.month_starts
    return {pd.Timestamp(starts[m]): (starts[m + 1] - starts[m]).days for m in time.reported_months}


def test_summary_and_ledger_say_the_same(result: Result) -> None:
    money, summary = result.table("money"), result.summary
    for area in ("County", "North", "South"):
        part = money if area == "County" else money[money["unitary"] == area]
        means = summary[summary["area"] == area].groupby("measure")["mean"].sum()
        net = total(part, partner="council") / 2
        assert means["council_net_cost"] == pytest.approx(net)
        assert means["council_gross_cost"] == pytest.approx(net + total(part, line="contributions") / 2)
        nhs = sum(total(part, partner=p) for p in ("icb", "acute_trust", "community_trust")) / 2
        assert means["nhs_cost"] == pytest.approx(nhs)


def test_contributions_are_a_fifth_of_what_the_council_pays_for(result: Result) -> None:
    money = result.table("money")
    for service in ("home_care", "residential"):
        paid = total(money, partner="person", service=service, line="contributions")
        net = total(money, partner="council", service=service, line="care, net of contributions")
        assert paid == pytest.approx((paid + net) * 0.2)


def test_another_price_moves_cost_and_no_activity(result: Result) -> None:
    dearer = caresim.run(priced(home_care=40), replications=2)
    assert dearer.table("stock").equals(result.table("stock"))
    before, after = (total(r.table("money"), service="home_care") for r in (result, dearer))
    assert after == pytest.approx(2 * before)


def test_the_share_of_intermediate_care_only_moves_cost_between_partners(result: Result) -> None:
    other = caresim.run(priced(intermediate_care_council_share=1.0), replications=2)
    before, after = result.table("money"), other.table("money")
    assert total(after) == pytest.approx(total(before))
    assert total(after, partner="community_trust") == 0 < total(before, partner="community_trust")


def test_readings_are_what_the_chains_cost(result: Result) -> None:
    readings, chains, summary = result.table("readings"), result.table("chains"), result.summary
    for reading, window, measure in (
        ("in_year", "in_year", "hospital_driven_cost_in_year"),
        ("first_52_weeks", "first_52_weeks", "hospital_driven_cost"),
    ):
        pounds = total(readings, reading=reading)
        assert pounds == pytest.approx(total(chains, window=window))
        county = summary[(summary["area"] == "County") & (summary["measure"] == measure)]
        assert county["mean"].sum() == pytest.approx(pounds / 2)


def test_the_first_52_weeks_and_all_new_demand_hold_at_least_the_hospital_cost_of_the_year(result: Result) -> None:
    table = result.table("readings").pivot(index=["replication", "year", "unitary"], columns="reading", values="pounds")
    assert (table["all_new_in_year"] >= table["in_year"] - 1e-6).all()
    assert (table["first_52_weeks"] >= table["in_year"] - 1e-6).all()


def test_every_entry_has_a_cell_for_every_year_place_and_origin(result: Result) -> None:
    shapes = {entry.pounds.shape for entry in entries(result.runs, result.runs.replications[0])}
    assert len(shapes) == 1
