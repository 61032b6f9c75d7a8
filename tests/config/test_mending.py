"""Names that do not exist are told together with values that are wrong."""

from __future__ import annotations

import pytest

from tests.config.conftest import Faults

GEOGRAPHY = """\
geography:
  places: {Corby: {unitary: North}, Daventry: {unitary: West}}
"""
CHANGE = "interventions: [{name: Falls, effects: [%s]}]\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("demand: {population: {by_place: {Corbi: 1, Daventry: 2}}}", "demand.population.by_place.Corbi"),
        ("pools: {reablement: {scope: unitary, capacity: {Nort: 1, West: 2}}}", "pools.reablement.capacity.Nort"),
        (CHANGE % "{on: demand.admissions.fal, times: 1}", "interventions.0.effects.0.on"),
        (CHANGE % "{on: demand.admissions.fall, times: 1, where: {place: [Corbi]}}", "effects.0.where.place"),
        ("budgets: [{name: Care, partners: [council], unitary: Nort, pounds: {by_year: {2019: 1}}}]", "0.unitary"),
        ("payment: {rules: [{name: A, rule: block, payer: counsil, payee: icb, pounds_a_year: 1}]}", "rules.0.payer"),
    ],
)
def test_a_name_that_does_not_exist_is_told_beside_a_wrong_value(faults: Faults, text: str, told: str) -> None:
    found = faults(f"calendar: {{days: -1}}\n{GEOGRAPHY}{text}\n")
    assert len([fault for fault in found if "unknown name" in fault or "does not exist" in fault]) == 1
    assert any(told in fault and fault.startswith("x.yaml:4: ") for fault in found)
    assert any(fault.startswith("x.yaml:1: calendar.days must be from 1 to 5479, got -1") for fault in found)


def test_names_are_told_together_whether_values_are_spread_over_the_places_there_are_or_not(faults: Faults) -> None:
    found = faults(
        f"{GEOGRAPHY}demand: {{population: {{by_place: {{Corbi: 1, Daventry: 2}}}}}}\n"
        + CHANGE % "{on: demand.admissions.fal, times: 1}"
    )
    assert [fault.split(" ")[1] for fault in found if "must" not in fault and "no value" not in fault] == [
        "demand.population.by_place.Corbi", "interventions.0.effects.0.on",
    ]  # fmt: skip


def test_entries_before_a_wrong_one_have_their_names_looked_up(faults: Faults) -> None:
    effects = "{on: demand.admissions.fal, times: 1}, {on: demand.admissions.fall, times: x}"
    assert [fault.split(" ")[1] for fault in faults(CHANGE % effects)] == [
        "interventions.0.effects.0.on", "interventions.0.effects.1.times",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "geography: {places: {Corby: {unitary: 3}}}\ndemand: {population: {by_place: {Corby: 1}}}",
        "geografy: {places: {Corby: {}}}\ndemand: {population: {by_place: {Corby: 1}}}",
        f"{GEOGRAPHY}pools: {{reablement: {{scope: -1, capacity: {{North: 1, West: 2}}}}}}",
        f"{GEOGRAPHY}pools: {{reablement: {{scop: unitary, capacity: {{North: 1, West: 2}}}}}}",
        """\
        payment:
          funds: {Pool: {opening: -1}}
          rules: [{name: A, rule: block, payer: council, payee: Pool, pounds_a_year: 1}]
        """,
    ],
)
def test_a_name_that_a_wrong_value_may_have_made_unknown_is_not_told(faults: Faults, text: str) -> None:
    (found,) = faults(text)
    assert "North'" not in found
    assert "'Pool'" not in found


def test_a_change_in_a_file_of_its_own_has_its_names_looked_up_too(faults: Faults) -> None:
    found = faults("name: A\neffects:\n- {on: demand.admissions.fal, times: 1}\n- {on: need.first, times: x}\n")
    assert [fault.split(" ")[0] for fault in found] == ["x.yaml:3:", "x.yaml:4:"]
