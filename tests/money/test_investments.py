"""What changes cost, when, where and whom: each kind of cost by hand."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

import caresim
from caresim.money.appraisal import appraise
from caresim.money.investments import evidence_grade
from caresim.money.ledger import entries_by_month
from caresim.money.outcomes import fund_balances
from caresim.studies.result import Result
from tests.money.books import CONFIG

PLACES = ("Ash", "Elm", "Oak")
AGES = ("18-64", "65-74", "75-84", "85+")
PEOPLE = {
    place: {"by_age": {"18-64": 0, "65-74": n, "75-84": n, "85+": 0}}
    for place, n in zip(PLACES, (3, 1, 0), strict=True)
}
FALLS = {"on": "demand.admissions.fall", "times": 1, "where": {"age": "75-84"}, "reach": 0.5, "from": "2018-06"}


def run(*costs: dict[str, Any], **more: Any) -> Result:
    """Run a county where nothing happens, with a change that costs something."""
    change = {"name": "Change", "effects": [FALLS], "costs": list(costs)}
    demand = {"population": {"by_place": PEOPLE}, "population_date": "2018-04-01"}
    payment = {"name": "x", "funds": {"pilot": {"opening": 1_000, "replenished_a_year": 100}}}
    config = {**CONFIG, "demand": demand, "interventions": [change], "payment": payment, **more}
    return caresim.run(config, replications=1)


def by_month(result: Result) -> dict[str, np.ndarray]:
    """Give the cost of changes by partner: month and place (Ash, Elm, Oak)."""
    places = list(result.runs.compiled.places)
    found: dict[str, np.ndarray] = {}
    for entry in entries_by_month(result.runs, result.runs.replications[0]):
        if entry.service == "investment":
            pounds = entry.pounds[:, [places.index(p) for p in PLACES], 0]
            found[entry.partner] = found.get(entry.partner, 0) + pounds
    return found


def test_a_running_cost_is_paid_by_the_day_and_shared_by_people_of_65_and_over() -> None:
    cost = by_month(run({"payer": "council", "revenue_a_year": 3650}))["council"]
    assert cost[0].tolist() == pytest.approx([225, 75, 0])  # April, 30 days of 365
    assert cost[:12].sum() == pytest.approx(3650)


def test_a_running_cost_keeps_to_its_months_and_grows_over_its_ramp() -> None:
    cost = by_month(run({"payer": "council", "revenue_a_year": 3650, "from": "2018-05", "until": "2018-08",
                         "ramp_months": 2}))["council"].sum(axis=1)  # fmt: skip
    assert cost[:5].tolist() == pytest.approx([0, 310 * 0.25, 300 * 0.75, 310, 0])


def test_capital_and_one_off_sums_fall_into_their_month() -> None:
    costs = by_month(
        run({"payer": "pilot", "capital": 600, "on": "2019-01"}, {"payer": "nhs", "one_off": 80, "on": "2018-04"})
    )
    assert costs["pilot"].sum(axis=1).nonzero()[0].tolist() == [9]
    assert costs["pilot"].sum() == pytest.approx(600)
    assert costs["icb"][0].sum() == pytest.approx(80)


def test_a_cost_stays_where_it_is_said_to_be() -> None:
    cost = by_month(run({"payer": "council", "revenue_a_year": 100, "where": {"unitary": "South"}}))["council"]
    assert cost.sum(axis=0)[0] == 0
    assert cost.sum() == pytest.approx(200)
    nobody = by_month(run({"payer": "council", "revenue_a_year": 100, "where": {"place": "Oak"}}))["council"]
    assert nobody.sum(axis=0).tolist() == pytest.approx([0, 0, 200])  # nobody of 65 and over lives there


def test_whoever_is_reached_is_paid_for_from_when_the_first_effect_begins() -> None:
    cost = by_month(run({"payer": "icb", "per": "person_reached", "pounds": 10}))["icb"]
    assert cost[:2].sum() == 0
    assert cost[2].tolist() == pytest.approx([3 * 0.5 * 10 * 30 / 365.25, 1 * 0.5 * 10 * 30 / 365.25, 0])


WIDER = {"on": "hospital.stay", "times": 1, "where": {"place": "Ash"}, "reach": 0.7, "from": "2018-07"}
OLDER = {"on": "demand.community", "times": 1, "where": {"age": ["65-74", "75-84"]}, "reach": 0.2}


@pytest.mark.parametrize("effects", list(itertools.permutations([FALLS, WIDER, OLDER])))
def test_people_whom_several_effects_reach_are_paid_for_once(effects: tuple[dict[str, Any], ...]) -> None:
    """Of each place and age, as many as the widest effect reaches, in whatever order effects are written."""
    cost = {"payer": "icb", "per": "person_reached", "pounds": 365.25}
    change = {"name": "Change", "effects": list(effects), "costs": [cost]}
    days = by_month(run(interventions=[change]))["icb"]
    ash, elm = 3, 1  # people of 65-74, and as many of 75-84
    assert days[0].tolist() == pytest.approx([30 * 0.2 * 2 * ash, 30 * 0.2 * 2 * elm, 0])  # April: the older alone
    assert days[2].tolist() == pytest.approx([30 * (0.2 + 0.5) * ash, 30 * (0.2 + 0.5) * elm, 0])  # June: falls too
    assert days[3].tolist() == pytest.approx([31 * 0.7 * 2 * ash, 31 * (0.2 + 0.5) * elm, 0])  # July: all of Ash


def test_a_cost_for_a_trust_is_shared_by_the_people_of_65_and_over_who_use_it() -> None:
    """Six people of Ash use the Royal, and four tenths of two in Elm."""
    trusts = {"Ash": {"Royal": 1}, "Elm": {"Royal": 0.4, "Infirmary": 0.6}, "Oak": {"Infirmary": 1}}
    places = {place: {**CONFIG["geography"]["places"][place], "trusts": trusts[place]} for place in PLACES}
    royal = {"payer": "acute_trust", "where": {"trust": "Royal"}}
    costs = [{**royal, "one_off": 68, "on": "2018-04"}, {**royal, "per": "head_65_plus", "pounds": 365}]
    spent = by_month(run(*costs, geography={"places": places}))["acute_trust"]
    assert spent[0].tolist() == pytest.approx([60 + 30 * 6, 8 + 30 * 0.8, 0])
    alike = {"payer": "acute_trust", "one_off": 68, "on": "2018-04", "where": {"trust": "Royal", "place": "Oak"}}
    with pytest.raises(caresim.ConfigError, match="where matches no place"):
        run(alike, geography={"places": places})


def test_a_cost_for_a_trust_that_serves_nobody_is_spent_all_the_same() -> None:
    trusts = {"Ash": {"Royal": 1}, "Elm": {"Royal": 1}, "Oak": {"Royal": 0.6, "Infirmary": 0.4}}
    places = {place: {**CONFIG["geography"]["places"][place], "trusts": trusts[place]} for place in PLACES}
    cost = {"payer": "acute_trust", "one_off": 68, "on": "2018-04", "where": {"trust": "Infirmary"}}
    assert by_month(run(cost, geography={"places": places}))["acute_trust"][0].tolist() == pytest.approx([0, 0, 68])


def test_heads_are_paid_for_by_the_part_of_the_year() -> None:
    cost = by_month(run({"payer": "icb", "per": "head_65_plus", "pounds": 365}))["icb"]
    assert cost[0].tolist() == pytest.approx([180, 60, 0])
    assert cost[:12].sum(axis=0).tolist() == pytest.approx([6 * 365, 2 * 365, 0])  # a head a year, as capitation has it
    leap = by_month(run({"payer": "icb", "per": "head_65_plus", "pounds": 366}))["icb"]
    assert leap[12:].sum(axis=0).tolist() == pytest.approx([6 * 366, 2 * 366, 0])


def test_events_are_paid_for_as_they_are_counted() -> None:
    demand = {"population": 2000, "admissions": {"other_emergency": 400, "netted": False}}
    result = run({"payer": "nhs", "per": "admitted_emergency", "pounds": 7}, demand=demand)
    flow = result.table("flow")
    people = flow[flow["event"] == "admitted_emergency"]["people"].sum()
    assert people > 100
    assert by_month(result)["icb"].sum() == pytest.approx(7 * people)
    money = result.table("money")
    assert money[money["service"] == "investment"]["pounds"].sum() == pytest.approx(7 * people)
    assert set(money[money["service"] == "investment"]["origin"]) == {"none"}


def test_what_changes_cost_is_in_no_measure_but_its_own() -> None:
    summary = run({"payer": "council", "one_off": 90, "on": "2018-05"}).summary
    county = summary[summary["area"] == "County"].groupby("measure")["mean"].sum()
    assert county["investment_cost"] == pytest.approx(90)
    assert county["council_net_cost"] == county["council_gross_cost"] == county["nhs_cost"] == 0


def test_a_fund_pays_until_it_is_overdrawn_and_the_balance_says_so() -> None:
    changed = run(
        {"payer": "pilot", "capital": 600, "on": "2018-06"}, {"payer": "pilot", "one_off": 700, "on": "2019-06"}
    )
    plain = run(interventions=[])
    balance = fund_balances(appraise(plain.runs, changed.runs)).set_index("year")
    first = {"opening": 1000, "replenished": 100, "spent": 600, "received": 0, "recycled": 0, "closing": 500}
    assert balance.loc["2018-19", list(first)].to_dict() == pytest.approx(first)
    assert balance.loc["2019-20", "closing"] == pytest.approx(500 + 100 - 700)


NOWHERE = {"place": "Ash", "unitary": "South"}
GRADED = {"value": 0.9, "grade": "A"}


@pytest.mark.parametrize(
    ("effects", "grade"),
    [
        ([], "C"),
        ([{"on": "demand.community", "times": GRADED}], "A"),
        ([{"on": "demand.community", "times": GRADED, "reach": {"value": 0.5, "grade": "B"}}], "B"),
        ([{"on": "demand.community", "times": GRADED}, {"on": "demand.safeguarding", "times": 0.9}], "C"),
        ([{"on": "demand.community", "times": GRADED}, {"on": "discharge.referred_above", "becomes": 0.5}], "C"),
    ],
)
def test_the_grade_of_a_scenario_is_the_worst_of_its_effects(effects: list[dict[str, Any]], grade: str) -> None:
    assert evidence_grade(caresim.load({**CONFIG, "interventions": [{"name": "x", "effects": effects}]})) == grade


@pytest.mark.parametrize(
    ("cost", "message"),
    [
        ({"payer": "counsil", "one_off": 1, "on": "2018-05"}, "payer unknown name 'counsil'; did you mean 'council'?"),
        ({"payer": "icb", "per": "person_reach", "pounds": 1}, "costs.0.per unknown name 'person_reach'; did you mean"),
        ({"payer": "icb", "one_off": 1, "on": "2018-05", "where": NOWHERE}, "costs.0.where matches no place"),
    ],
)  # fmt: skip
def test_a_wrong_cost_is_named(cost: dict[str, Any], message: str) -> None:
    with pytest.raises(caresim.ConfigError) as caught:
        caresim.load({**CONFIG, "interventions": [{"name": "x", "effects": [FALLS], "costs": [cost]}]})
    assert message in str(caught.value)
