"""The bridge of a pressure: exact, the same in both directions, and each part where it belongs."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import caresim
from caresim.measures.tables import years
from caresim.money.pressure import PARTS, HospitalDemand, split
from caresim.studies.differences import ALL_YEARS
from tests.measures.worlds import PRICES, priced

NAMES = [field.name for field in fields(HospitalDemand)]
DEMAND = HospitalDemand(*(np.asarray(x) for x in (10.0, 100.0, 20.0, 1200.0, 500.0, 500.0)))
numbers = st.lists(st.just(0.0) | st.floats(1e-3, 1e9), min_size=len(NAMES), max_size=len(NAMES))


def parts(before: HospitalDemand, after: HospitalDemand) -> dict[str, float]:
    return dict(zip(PARTS, split(before, after).tolist(), strict=True))


def made(values: list[float]) -> HospitalDemand:
    return HospitalDemand(*(np.asarray(value) for value in values))


@pytest.mark.parametrize(
    ("changes", "part", "pounds"),
    [
        (dict.fromkeys(NAMES, 2.0), "demand", 1700.0),  # twice the people, everything else as it was for each
        ({"ready": 1.6, "beds": 1.5}, "length_of_stay", 600.0),  # 60 days more at 10 pounds
        ({"delayed": 2.0, "beds": 1400 / 1200}, "delay", 200.0),
        ({"care": 1.2, "volume": 1.2}, "intensity", 100.0),
        ({"beds": 1.5}, "price", 600.0),
        ({"care": 0.8}, "price", -100.0),
        ({"delayed": 0.0, "beds": 1000 / 1200}, "delay", -200.0),  # nobody waits any more
    ],
)
def test_what_alone_changes_is_the_whole_difference(changes: dict[str, float], part: str, pounds: float) -> None:
    after = replace(DEMAND, **{name: getattr(DEMAND, name) * factor for name, factor in changes.items()})
    found = parts(DEMAND, after)
    assert found[part] == pytest.approx(pounds)
    assert [found[name] for name in PARTS if name != part] == pytest.approx([0.0] * 4, abs=1e-6)


def test_twice_the_people_for_half_as_long_is_two_parts_that_cancel() -> None:
    before = made([10, 100, 0, 1000, 0, 0])
    found = parts(before, replace(before, admissions=np.asarray(20.0)))
    assert found["demand"] == pytest.approx(1000 * math.log(2))
    assert found["length_of_stay"] == pytest.approx(-1000 * math.log(2))


@given(numbers, numbers)
def test_parts_add_up_and_turn_round(one: list[float], other: list[float]) -> None:
    before, after = made(one), made(other)
    there, back = split(before, after), split(after, before)
    biggest = max(1.0, *one, *other)
    assert np.isfinite(there).all()
    terms = {name: float(getattr(after, name) - getattr(before, name)) for name in ("beds", "care")}
    gone = [side for side in (before, after) if side.ready + side.delayed == 0 and side.beds > 0]
    if not gone:  # beds that cost something have days
        assert there.sum() == pytest.approx(sum(terms.values()), abs=1e-6 * biggest)
    assert there == pytest.approx(-back, abs=1e-6 * biggest)
    assert (split(before, before) == 0).all()


def test_a_price_alone_is_price_and_the_total_is_the_difference_of_the_costs() -> None:
    base = caresim.load({**priced(), "calendar": {"starts": "2019-04-01", "years": 2, "run_out_days": 364}})
    dear = caresim.load(base, {"prices.home_care": 2.0 * PRICES["home_care"]})
    fewer = {"name": "Fewer", "effects": [{"on": "admissions.rate", "times": 0.5}]}
    scenarios = {"dear": dear, "fewer": caresim.load(base, {"interventions": [fewer]})}
    comparison = caresim.compare(base, scenarios, replications=3)
    table = comparison.tables()["pressure"]
    county = table[table["area"].eq("County")].set_index(["scenario", "year", "part"])["mean"]
    differences = comparison.differences
    driven = differences[differences["measure"].eq("hospital_driven_cost") & differences["area"].eq("County")]
    driven = driven.set_index(["scenario", "year"])["mean"]
    for year in (*years(comparison.baseline.runs), ALL_YEARS):
        assert county["dear", year, "price"] == pytest.approx(driven["dear", year])
        assert county["dear", year, "total"] == pytest.approx(driven["dear", year])
        assert county["fewer", year, "demand"] < 0
        whole = sum(county["fewer", year, part] for part in PARTS)
        assert county["fewer", year, "total"] == pytest.approx(whole)
    beds = comparison.money_differences.query(
        "service == 'acute_beds' and unitary == 'County' and partner == 'acute_trust'"
    )
    saved = beds.set_index(["scenario", "year"])["mean"]["fewer", ALL_YEARS]
    assert county["fewer", ALL_YEARS, "total"] == pytest.approx(saved + driven["fewer", ALL_YEARS])
    run: Any = comparison.baseline.table("pressure")
    first, second = years(comparison.baseline.runs)
    assert set(run["year"]) == {second}
    summary = comparison.baseline.summary.set_index(["measure", "area", "year"])["mean"]
    care = summary["hospital_driven_cost", "County", second] - summary["hospital_driven_cost", "County", first]
    money = comparison.baseline.table("money")
    by_year = money[money["service"].eq("acute_beds")].groupby("year", observed=True)["pounds"].sum() / 3
    total = run[run["area"].eq("County") & run["part"].eq("total")]["mean"].item()
    assert total == pytest.approx(care + by_year[second] - by_year[first])


def test_from_the_first_whole_year_to_the_last_is_all_years_added_up() -> None:
    calendar = {
        "starts": "2018-10-01",
        "days": 182 + 3 * 365 + 1,
        "run_out_days": 364,
    }
    table = caresim.run({**priced(), "calendar": calendar}, replications=2).table("pressure")
    by = table.pivot_table(index=["area", "part"], columns="year", values="mean")
    assert list(table["year"].drop_duplicates()) == ["2020-21", "2021-22", "2019-20 to 2021-22"]
    assert by["2019-20 to 2021-22"].to_numpy() == pytest.approx((by["2020-21"] + by["2021-22"]).to_numpy())
    assert by["2019-20 to 2021-22"].abs().sum() > 0


@pytest.mark.parametrize("calendar", [{"days": 700}, {"starts": "2019-10-01", "years": 1}, {"years": 1}])
def test_a_year_reported_in_part_is_not_set_beside_another(calendar: dict[str, Any]) -> None:
    world = {**priced(), "calendar": {"starts": "2019-04-01", "run_out_days": 364, **calendar}}
    assert caresim.run(world, replications=1).table("pressure").empty
