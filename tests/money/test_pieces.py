"""What is paid for by the piece: hours, days and weeks of care, counted by hand and against what the care costs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import caresim
from caresim.measures.replication import WEEK
from caresim.measures.runs import Runs
from caresim.model.codes import COUNCIL, NHS, SELF, SERVICES
from caresim.money.activity import activity
from caresim.money.payments import Expected, payments
from tests.money.books import CONFIG

PAYER = {"council": COUNCIL, "self": SELF, "nhs": NHS}
ASH, OAK, ELM = range(3)
APRIL, MAY, NEXT_APRIL = 0, 1, 12


def with_care(*care: tuple[int, int, str, str, float, float], **config: Any) -> Runs:
    """Give a run of nothing but a week of care: month, place, service, who pays, people, hours a week."""
    runs = caresim.run({**CONFIG, **config}, replications=1).runs
    stock = np.zeros(runs.replications[0].stock.shape)
    for month, place, service, payer, people, hours in care:
        stock[month, place, SERVICES.index(service), 0, PAYER[payer]] += people * WEEK * np.asarray([1.0, hours])
    return Runs(runs.compiled, [replace(runs.replications[0], stock=stock)])


@pytest.mark.parametrize(
    ("name", "service", "hours", "units"),
    [
        ("home_care_hour", "home_care", 14, 3 * 14),
        ("direct_payment_hour", "direct_payment", 10, 3 * 10),
        ("reablement_hour", "reablement", 9, 3 * 9),
        ("supported_living_week", "supported_living", 0, 3),
        ("extra_care_week", "extra_care", 14, 3),
        ("residential_week", "residential", 0, 3),
        ("nursing_week", "nursing", 0, 3),
        ("temporary_placement_week", "temporary_placement", 0, 3),
        ("intermediate_care_day", "intermediate_care", 0, 3 * 7),
    ],
)
def test_three_people_for_a_week_are_so_many_units_whoever_pays(
    name: str, service: str, hours: float, units: float
) -> None:
    for payers in (("council",) * 3, ("council", "self", "nhs")):
        runs = with_care(*((MAY, OAK, service, payer, 1.0, hours) for payer in payers))
        found = activity(runs, runs.replications[0], name)
        assert found[MAY, OAK] == pytest.approx(units)
        assert found.sum() == pytest.approx(units)


def rule(**changes: Any) -> dict[str, Any]:
    given = {"name": "tariff", "rule": "activity_tariff", "payer": "icb", "payee": "community_trust", "pounds": 20}
    return {"name": "x", "rules": [{**given, **changes}]}


def paid(runs: Runs, expected: float | None = None) -> dict[tuple[int, int], float]:
    """Give what the ICB pays by month and place; the trust is paid as much."""
    seen = np.zeros((24, 3))
    seen[APRIL] = (expected or 0.0) / 3
    moved = payments(runs, runs.replications[0], Expected((), {"tariff": seen}))["tariff"]
    assert moved.sum(axis=2) == pytest.approx(np.zeros((24, 3)))
    return {(int(m), int(p)): float(moved[m, p, 1]) for m, p in np.argwhere(moved[..., 1])}


def test_a_tariff_by_the_hour_pays_for_the_hours_of_each_month_and_place() -> None:
    """Two people with 14 hours and one with 7: 35 hours at 20 pounds; a year later 3 % more for 10 hours."""
    care = ((APRIL, ASH, "home_care", "council", 2, 14), (APRIL, ASH, "home_care", "self", 1, 7),
            (NEXT_APRIL, ELM, "home_care", "nhs", 1, 10), (APRIL, OAK, "residential", "council", 9, 14))  # fmt: skip
    runs = with_care(*care, payment=rule(per="home_care_hour", uplift_a_year=0.03), prices={"base_year": 2018})
    assert paid(runs) == pytest.approx({(APRIL, ASH): 700, (NEXT_APRIL, ELM): 206})


def test_a_tariff_by_the_week_pays_where_and_while_it_is_in_force() -> None:
    """Four weeks in Oak at 20 pounds; what is in Ash, or before May, is not meant."""
    care = tuple((month, place, "residential", "council", 4, 0) for month in (APRIL, MAY) for place in (ASH, OAK))
    way = rule(per="residential_week", where={"unitary": "South"}, **{"from": "2018-05"})
    assert paid(with_care(*care, payment=way)) == pytest.approx({(MAY, OAK): 80})


def test_hours_beyond_the_plan_are_paid_at_the_marginal_rate() -> None:
    """30 hours are planned, 42 are given: 30 at 20 pounds and 12 at 5; of 21, nine fewer take 10 each off."""
    way = rule(rule="marginal_rate", per="home_care_hour", share_above=0.25, share_below=0.5, expected="baseline")
    more = with_care((APRIL, ASH, "home_care", "council", 3, 14), payment=way)
    assert paid(more, expected=30) == pytest.approx({(APRIL, ASH): 30 * 20 + 12 * 5})
    fewer = with_care((APRIL, ASH, "home_care", "council", 3, 7), payment=way)
    assert paid(fewer, expected=30) == pytest.approx({(APRIL, ASH): 30 * 20 - 9 * 10})


def test_a_tariff_of_half_the_price_moves_half_of_what_care_costs() -> None:
    """Simulated: seven hours a week at 10 pounds, a tariff of 5; homes at 700 a week, a tariff of 70."""
    half = {"name": "hours", "rule": "activity_tariff", "payer": "council", "payee": "community_trust",
            "per": "home_care_hour", "pounds": 5}  # fmt: skip
    tenth = {**half, "name": "weeks", "per": "residential_week", "pounds": 70}
    young = dict.fromkeys(("18-64", "65-74", "75-84"), 0)
    asking = {**young, "85+": 300}
    people = {"by_place": {place: {"by_age": young | {"85+": 500}} for place in
                           ("Ash", "Oak", "Elm")}}  # fmt: skip
    result = caresim.run(
        {
            **CONFIG, "payment": {"name": "x", "rules": [half, tenth]},
            "prices": {"home_care": 10, "residential": 700, "contribution_share": 0.3},
            "demand": {"population": people, "community": {"by_age": asking}, "self_funded_care_home": 9},
            "need": {"on_request": {"fixed": {"hours": 7}}}, "requests": {"community": {"package": 1}},
            "packages": {"lifetime": {"home_care": {"fixed": {"days": 20}}, "residential": {"fixed": {"days": 50}}}},
        },
        replications=1,
    )  # fmt: skip
    money = result.table("money")
    cost = money[money["service"].ne("payment")].groupby("service", observed=True)["pounds"].sum()
    moved = money[money["partner"].eq("council")].groupby("line", observed=True)["pounds"].sum()
    assert cost["home_care"] > 10_000
    assert moved["hours"] == pytest.approx(cost["home_care"] / 2)
    assert cost["residential"] > 10_000
    assert moved["weeks"] == pytest.approx(cost["residential"] / 10)
