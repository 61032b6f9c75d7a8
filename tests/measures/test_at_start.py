"""What people who are there at the start count as, worked out by hand, on both engines: a level, and nothing new.

A run can begin from today's position. Whoever is in place on the first day is in use and supported; they asked, were
admitted and started before the run. Whoever waits has asked before it, and starts in it. Nobody arrives.
"""

from __future__ import annotations

from typing import Any

import pytest

import caresim
from caresim.studies.result import Result

YEAR, COUNTY, APRIL = "2018-19", "County", "2018-04-01"
TARIFF, EPISODE_DAY, DAYS = 1000.0, 100.0, 20.0  # pounds an admission, pounds a day, days of an episode
IN_USE, WAITING, WAITED = 3, 2, 7  # at each pool: people, people, days
NOBODY = {"18-64": 0, "65-74": 0, "75-84": 0, "85+": 0}
SETTINGS = ("home_care", "direct_payment", "supported_living", "extra_care", "residential", "nursing")


def config(**pools: dict[str, Any]) -> dict[str, Any]:
    """Give a county in which only those act who are there at the start, all of 85 and over, every duration fixed."""
    return {
        "caresim": 1,
        "name": "There at the start",
        "calendar": {"starts": APRIL, "days": 365},
        "geography": {
            "county": COUNTY,
            "trusts": ["Infirmary"],
            "places": {"Town": {"unitary": "Council", "trusts": {"Infirmary": 1}}},
        },
        "demand": {"population": {"by_age": {**NOBODY, "85+": 1000}}},
        "hospital": {"stay": {"emergency": {"fixed": {"days": 5}}}},
        "reablement": {"planned": {"fixed": {"days": DAYS}}},
        "intermediate_care": {"planned": {"fixed": {"days": DAYS}}},
        "prices": {"intermediate_care": EPISODE_DAY, "intermediate_care_council_share": 1},
        "payment": {
            "name": "tariff",
            "rules": [
                {"name": "tariff", "rule": "activity_tariff", "payer": "icb", "payee": "acute_trust",
                 "per": "admitted_emergency", "pounds": TARIFF},
            ],
        },
        "pools": pools,
    }  # fmt: skip


def pool(capacity: int = IN_USE, in_use: int = IN_USE, waiting: int = WAITING, **more: Any) -> dict[str, Any]:
    """Give a pool that is full at the start, and waited for."""
    return {"capacity": capacity, "at_start": {"in_use": in_use, "waiting": waiting, "waited_days": WAITED}, **more}


@pytest.fixture(scope="module", params=["kernel", "reference"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def full(engine: str) -> Result:
    """Run a year in which the pools are full at the start."""
    kinds = ("acute_beds", "assessment", "adaptations", "reablement", "intermediate_care")
    return run(engine, config(**{kind: pool() for kind in kinds}))


def run(engine: str, scenario: dict[str, Any]) -> Result:
    return caresim.run(scenario, engine=engine, replications=1, events=True)


def measured(result: Result, *names: str) -> list[float]:
    """Give measures of the county in the year."""
    table = result.summary
    means = table[(table["area"] == COUNTY) & (table["year"] == YEAR)].set_index("measure")["mean"]
    return [float(means[name]) for name in names]


def flows(result: Result) -> dict[str, int]:
    """Count people by what happened to them."""
    table = result.table("flow").groupby("event", observed=True)["people"].sum()
    return {str(event): int(people) for event, people in table.items() if people}


def test_only_those_who_waited_start_within_the_run(full: Result) -> None:
    """All of the five in each pool leave it in the year; the two who waited are the two who start."""
    found = flows(full)
    assert found["admitted_emergency"] == WAITING
    assert found["reablement_started"] == found["intermediate_care_started"] == WAITING
    assert found["new_support"] == 2 * WAITING
    for later in ("emergency_discharges", "reablement_independent", "intermediate_care_independent", "assessed"):
        assert found[later] == IN_USE + WAITING, later
    assert "assessment_asked" not in found, "who waits has asked before the run"


@pytest.mark.parametrize("kind", ["acute_beds", "assessment", "adaptations", "reablement", "intermediate_care"])
def test_a_pool_has_no_requests_and_only_the_starts_of_those_who_waited(full: Result, kind: str) -> None:
    table = full.table("pools")
    rows = table[table["pool"] == kind]
    assert rows["requests"].sum() == 0
    assert rows["starts"].sum() == WAITING
    assert rows["wait_days"].sum() > WAITING * WAITED, "they had waited a week already"


def test_those_in_place_are_in_use_and_supported_from_the_first_minute(full: Result) -> None:
    log = full.events(replication=0)
    first = log[log["minute"] == 0]
    assert (first["event"] == "starts").sum() == 5 * IN_USE
    assert (first["event"] == "asks").sum() == 5 * WAITING
    assert (first["event"] == "admitted").sum() == IN_USE + WAITING
    supported, beds = measured(full, "people_supported_in_year", "bed_days")
    assert supported == 2 * (IN_USE + WAITING)
    # those who waited stay 5 days, the others what is left of 5
    assert WAITING * 5 < beds < (IN_USE + WAITING) * 5


def test_admissions_are_paid_for_when_they_happen(full: Result) -> None:
    admissions, over_65, starts = measured(full, "admissions", "emergency_admissions_65_plus", "reablement_starts")
    assert (admissions, over_65, starts) == (WAITING, WAITING, WAITING)
    money = full.table("money")
    paid = money[(money["partner"] == "icb") & (money["service"] == "payment")]["pounds"].sum()
    assert paid == WAITING * TARIFF


def test_the_support_of_those_in_place_belongs_to_no_chain_of_the_run(full: Result) -> None:
    """Two who waited have 20 days each at 100 pounds; what is left of the other three's episodes costs as well."""
    chains, whole = measured(full, "new_demand_cost_in_year", "council_gross_cost")
    assert chains == pytest.approx(WAITING * DAYS * EPISODE_DAY)
    assert chains < whole < (IN_USE + WAITING) * DAYS * EPISODE_DAY


def test_nobody_is_admitted_who_waits_all_year(engine: str) -> None:
    result = run(engine, config(acute_beds=pool(capacity=0, in_use=0)))
    assert measured(result, "admissions") == [0]
    assert flows(result) == {}


def test_a_substitute_for_the_bed_waited_for_is_an_admission_too(engine: str) -> None:
    """They have waited 7 of 10 days at the start: three days later, on 4 April, they take the substitute."""
    result = run(engine, config(acute_beds=pool(capacity=0, in_use=0, overflow_after_days=10)))
    found = flows(result)
    assert (found["overflowed"], found["admitted_emergency"]) == (WAITING, WAITING)
    assert measured(result, "bed_days") == [WAITING * 5]


def test_packages_held_at_the_start_are_no_starts_of_their_market(engine: str) -> None:
    """Ten hold ten hours each all year; their markets hold them, and nobody asked or began."""
    made = config(home_care={"capacity": 500}, residential={"capacity": 50})
    people = {setting: {"by_age": {**NOBODY, "85+": 10 if setting in ("home_care", "residential") else 0}}
              for setting in SETTINGS}  # fmt: skip
    made["at_start"] = {"people": {"by_setting": people}, "hours": {"fixed": {"hours": 10}}}
    lasting = {"fixed": {"days": 1_000_000}}
    made["packages"] = {"lifetime": {"home_care": lasting, "residential": lasting}}
    result = run(engine, made)
    table = result.table("pools").groupby("pool", observed=True)[["requests", "starts", "in_use"]]
    assert table.sum().loc[["home_care", "residential"], ["requests", "starts"]].to_numpy().tolist() == [[0, 0]] * 2
    assert table.mean().loc[["home_care", "residential"], "in_use"].tolist() == pytest.approx([100, 10], rel=0.02)
    assert flows(result) == {}
