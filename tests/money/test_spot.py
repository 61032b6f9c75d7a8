"""Spot purchase: substitutes cost their pool's price times the factor, and fall on whoever uses that pool and pays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import caresim
from caresim.config.vocabulary import POOLS
from caresim.measures.replication import WEEK
from caresim.model.codes import COUNCIL, NHS, ORIGINS, SELF, SERVICES
from caresim.model.tables import FLOWS
from caresim.money.prices import prices_by_month
from caresim.money.spot import spot_entries
from caresim.studies.result import Result

PLACES = {
    "Ash": {"unitary": "North", "trusts": {"A": 0.75, "B": 0.25}},
    "Oak": {"unitary": "South", "trusts": {"A": 0.5, "B": 0.5}},
}
FULL = {"capacity": 0, "binding": True, "overflow_after_days": 0}
QUEUE = {"capacity": 0, "overflow_after_days": 0}


def county(kind: str, factor: float, prices: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Make a county of two places, 1,000 people of 85 and over each, whose substitutes of one pool are dearer."""
    factors = {pool: factor if pool == kind else 1 for pool in POOLS}
    people = {place: {"by_age": {"18-64": 0, "65-74": 0, "75-84": 0, "85+": 1000}} for place in PLACES}
    return {
        "calendar": {"starts": "2018-04-01", "days": 364},
        "geography": {"county": "County", "trusts": ["A", "B"], "places": PLACES},
        "prices": {**prices, "overflow_factor": {"by_pool": factors}},
        **more,
        "demand": {"population": {"by_place": people}, **more.get("demand", {})},
    }


def spot(result: Result) -> dict[tuple[str, str], float]:
    """Add spot purchases up by unitary and partner."""
    return lines(result, "spot purchase")


def lines(result: Result, line: str) -> dict[tuple[str, str], float]:
    """Add a line up by unitary and partner."""
    money = result.table("money")
    found = money[money["line"] == line].groupby(["unitary", "partner"], observed=True)["pounds"].sum()
    return {key: float(pounds) for key, pounds in found.items() if pounds}


# ---- simulated: where nobody finds a place, a factor of 2 doubles the cost, for whoever pays it


def test_an_hour_of_home_care_costs_an_hour_again() -> None:
    result = caresim.run(
        county(
            "home_care", 2, {"home_care": 10, "contribution_share": 0},
            demand={"community": {"by_place": {"Ash": 1000, "Oak": 500}}},
            need={"on_request": {"fixed": {"hours": 7}}}, requests={"community": {"package": 1}},
            packages={"lifetime": {"home_care": {"fixed": {"days": 10}}}}, pools={"home_care": FULL},
        ),
        replications=1,
    )  # fmt: skip
    usual = lines(result, "care, net of contributions")
    assert set(usual) == {("North", "council"), ("South", "council")}
    assert spot(result) == pytest.approx(usual)


def test_who_pays_for_a_home_pays_for_its_substitute_and_no_other_place_does() -> None:
    result = caresim.run(
        county(
            "residential", 2, {"residential": 700},
            demand={"self_funded_care_home": {"by_place": {"Ash": 1000, "Oak": 0}}},
            packages={"lifetime": {"residential": {"fixed": {"days": 10}}}}, pools={"residential": FULL},
        ),
        replications=1,
    )  # fmt: skip
    usual = lines(result, "own care")
    assert set(usual) == {("North", "person")}
    assert spot(result) == pytest.approx(usual)


def test_a_substitute_of_a_reablement_slot_takes_the_hours_of_the_scenario() -> None:
    result = caresim.run(
        county(
            "reablement", 2, {"reablement": 30}, demand={"community": {"by_place": {"Ash": 1000, "Oak": 0}}},
            requests={"community": {"reablement": 1}}, pools={"reablement": QUEUE},
            reablement={
                "planned": {"fixed": {"days": 10}},
                "visits": {"intensive_days": 4, "hours_a_week_first": 14, "hours_a_week_after": 9},
            },
        ),
        replications=1,
    )  # fmt: skip
    usual = lines(result, "care, net of contributions")
    assert usual
    assert spot(result) == pytest.approx(usual)


OWN = {"Ash": {"unitary": "North", "trusts": {"A": 1}}, "Oak": {"unitary": "South", "trusts": {"B": 1}}}


def full_hospitals(factor: float = 2.0, **pool: Any) -> Result:
    """Admit people for five days to hospitals whose beds are a queue; Ash goes to trust A, Oak to trust B."""
    config = county(
        "acute_beds", factor, {"acute_bed_day": 300},
        demand={"admissions": {"other_emergency": {"by_place": {"Ash": 200, "Oak": 100}}, "netted": False}},
        hospital={"stay": {"emergency": {"fixed": {"days": 5}}}}, pools={"acute_beds": pool},
    )  # fmt: skip
    config["geography"] = {**config["geography"], "places": OWN}
    return caresim.run(config, replications=1)


def of_beds(result: Result) -> pd.DataFrame:
    """Give the table of the pool of beds with the days of its months: all, but of March all but the last."""
    table = result.table("pools").query("pool == 'acute_beds'")
    return table.assign(days=table["month"].dt.days_in_month - table["month"].dt.month.eq(3))


def test_a_bed_that_is_a_substitute_costs_the_factor_of_a_bed_day() -> None:
    """108 people of Oak, five days each, at 300 pounds: the last of them leaves in time."""
    for factor in (2.0, 1.5):
        result = full_hospitals(factor, scope="trust", capacity=0, overflow_after_days=0)
        taken = of_beds(result).groupby("member", observed=True)["overflowed"].sum()
        assert taken["B"] == 108
        usual = lines(result, "bed days")
        assert usual["South", "acute_trust"] == pytest.approx(108 * 5 * 300)
        assert spot(result) == pytest.approx({place: pounds * (factor - 1) for place, pounds in usual.items()})


def test_who_waits_for_a_substitute_of_a_bed_costs_nothing_until_then() -> None:
    result = full_hospitals(scope="trust", capacity=0, overflow_after_days=2)
    beds = of_beds(result)
    oak = beds[beds["member"].eq("B")]
    assert (oak["waiting"] * oak["days"]).sum() == pytest.approx(108 * 2)
    assert spot(result)["South", "acute_trust"] == pytest.approx(108 * 5 * 300)
    assert spot(result) == pytest.approx(lines(result, "bed days"))


def test_a_trust_with_beds_enough_buys_none() -> None:
    result = full_hospitals(scope="trust", capacity={"A": 0, "B": 500}, overflow_after_days=0)
    usual = lines(result, "bed days")
    assert usual["South", "acute_trust"] == pytest.approx(108 * 5 * 300)
    assert spot(result) == pytest.approx({("North", "acute_trust"): usual["North", "acute_trust"]})


def test_of_a_pool_that_is_full_at_times_only_substitutes_cost_more() -> None:
    """What lies in the beds of the pool costs what it always does: two beds for some days, 300 pounds a day."""
    result = full_hospitals(scope="county", capacity=2, overflow_after_days=1)
    beds = of_beds(result)
    in_pool = 300 * (beds["in_use"] * beds["days"]).sum()
    whole = sum(lines(result, "bed days").values())
    assert 0 < in_pool < whole
    assert sum(spot(result).values()) == pytest.approx(whole - in_pool)
    assert beds["overflowed"].sum() > 100


# ---- by hand: a week of substitutes in April, laid over a county where nothing happens

PRICES = {
    "residential": 700, "temporary_placement": 800, "intermediate_care": 100, "intermediate_care_council_share": 0.25,
    "reablement": 30, "acute_bed_day": 350, "assessment": 300, "review": 200, "contribution_share": 0.2,
}  # fmt: skip


def by_hand(
    kind: str, weeks: float = 0, pieces: int = 0, beds: dict[str, float] | None = None,
    member: int = 0, flow: Any = (), **pool: Any,
) -> dict[tuple[str, str, str, str], float]:  # fmt: skip
    """Give what substitutes cost in April by partner, service, place and origin; half as much again as usual.

    `beds` and `flow` are what the places use: weeks in care as "service place funding origin", acute weeks by place,
    or (place, origin, event, people).
    """
    result = caresim.run(county(kind, 1.5, PRICES, pools={kind: pool} if pool else {}), replications=1)
    runs, r = result.runs, result.runs.replications[0]
    places = list(runs.compiled.places)
    k = [i for i, m in enumerate(runs.compiled.pools) if m.kind == kind][member]
    minutes, count = np.zeros(r.pool_overflow.shape), np.zeros(r.pool_count.shape)
    minutes[0, k], count[0, k, 3] = weeks * WEEK, pieces
    stock, acute = np.zeros(r.stock.shape), np.zeros(r.beds.shape)
    for where, n in (beds or {}).items():
        if kind == "acute_beds":
            acute[0, places.index(where), 3] = n * WEEK
        else:
            service, place, funding, origin = where.split()
            cell = (0, places.index(place), SERVICES.index(service), ORIGINS.index(origin))
            payer = {"council": COUNCIL, "self": SELF, "nhs": NHS}[funding]
            stock[(*cell, payer)] = n * WEEK * np.asarray([1.0, 14.0])  # everybody has 14 hours a week
    r = replace(
        r, pool_overflow=minutes, pool_count=count.astype(np.int32), stock=stock, beds=acute,
        flow=flow_of(r.flow.shape, places, flow),
    )  # fmt: skip
    found: dict[tuple[str, str, str, str], float] = {}
    for entry in spot_entries(runs, r, prices_by_month(runs)):
        assert not entry.pounds[1:].any()
        for p, o in np.argwhere(entry.pounds[0]):
            key = (entry.partner, entry.service, places[p], ORIGINS[o])
            found[key] = found.get(key, 0.0) + float(entry.pounds[0, p, o])
    return found


def flow_of(shape: tuple[int, ...], places: list[str], flow: Any) -> np.ndarray:
    """Lay events of April out as the flows of a replication."""
    out = np.zeros(shape, dtype=np.int64)
    for place, origin, event, people in flow:
        out[0, places.index(place), 3, ORIGINS.index(origin), FLOWS.index(event)] = people
    return out


def test_places_and_payers_bear_a_substitute_by_what_they_use_of_the_pool() -> None:
    used = {"residential Ash council community": 3, "residential Oak self self_funder": 1,
            "residential Oak nhs hospital": 4}  # fmt: skip
    assert by_hand("residential", weeks=2, beds=used) == pytest.approx({
        ("council", "residential", "Ash", "community"): 2 * 3 / 8 * 350,
        ("person", "residential", "Oak", "self_funder"): 2 * 1 / 8 * 350,
        ("icb", "residential", "Oak", "hospital"): 2 * 4 / 8 * 350,
    })  # fmt: skip


def test_temporary_placements_take_places_in_homes_and_have_a_price_of_their_own() -> None:
    used = {"residential Ash self self_funder": 3, "temporary_placement Ash council hospital": 1}
    assert by_hand("residential", weeks=1, beds=used) == pytest.approx({
        ("person", "residential", "Ash", "self_funder"): 3 / 4 * 350,
        ("council", "temporary_placement", "Ash", "hospital"): 1 / 4 * 400,
    })  # fmt: skip


def test_the_community_trust_bears_its_share_of_intermediate_care() -> None:
    assert by_hand("intermediate_care", weeks=2, beds={"intermediate_care Ash council hospital": 5}) == pytest.approx({
        ("council", "intermediate_care", "Ash", "hospital"): 2 * 350 * 0.25,
        ("community_trust", "intermediate_care", "Ash", "hospital"): 2 * 350 * 0.75,
    })  # fmt: skip


def test_a_pool_of_one_place_charges_no_other() -> None:
    used = {"residential Ash self self_funder": 3, "residential Oak council hospital": 1}
    found = by_hand("residential", weeks=1, beds=used, member=1, scope="place", capacity=0, binding=True)
    assert found == pytest.approx({("council", "residential", "Oak", "hospital"): 350})


def test_beds_of_a_trust_are_shared_by_who_lies_in_them() -> None:
    """Three quarters of Ash and half of Oak go to trust A: 4 and 1 of its bed weeks."""
    found = by_hand("acute_beds", weeks=1, beds={"Ash": 4 / 0.75, "Oak": 2}, scope="trust")
    assert found == pytest.approx({
        ("acute_trust", "acute_beds", "Ash", "hospital"): 7 * 175 * 4 / 5,
        ("acute_trust", "acute_beds", "Oak", "hospital"): 7 * 175 * 1 / 5,
    })  # fmt: skip


def test_work_of_teams_is_shared_by_assessments_and_reviews_done() -> None:
    done = [("Ash", "hospital", "assessed", 2), ("Oak", "community", "review_done", 6)]
    assert by_hand("assessment", pieces=4, flow=done) == pytest.approx({
        ("council", "assessment", "Ash", "hospital"): 4 * 2 / 8 * 150,
        ("council", "assessment", "Oak", "community"): 4 * 6 / 8 * 100,
    })  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "taken", "each"),
    [
        ("residential", {"weeks": 2}, {"council": 700}),
        ("reablement", {"weeks": 2}, {"council": 2 * 7 * 15}),
        ("intermediate_care", {"weeks": 2}, {"council": 175, "community_trust": 525}),
        ("acute_beds", {"weeks": 2}, {"acute_trust": 14 * 175}),
        ("assessment", {"pieces": 4}, {"council": 4 * 150}),
    ],
)
def test_where_nobody_is_known_the_places_share_alike(kind: str, taken: dict[str, Any], each: dict[str, float]) -> None:
    expected = {(who, kind, place, "hospital"): part / 2 for who, part in each.items() for place in PLACES}
    assert by_hand(kind, **taken, scope="county") == pytest.approx(expected)
