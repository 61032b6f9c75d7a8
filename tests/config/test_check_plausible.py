# ruff: noqa: E501 (messages are compared whole)
"""Numbers that nobody can mean are refused before anything is run, with file and line."""

from __future__ import annotations

import pytest

import caresim
from caresim.config.check_plausible import LONGEST_QUEUE

from .conftest import BASELINE, Faults

PEOPLE = "demand: {population: 200000}\n"  # of each of the four ages
MANY = "x.yaml:2: pools.reablement.at_start."


def test_no_more_people_wait_than_live_here(faults: Faults) -> None:
    pool = "pools: {{reablement: {{capacity: 3, at_start: {{{0}: {1}}}}}}}"
    found = faults(PEOPLE + pool.format("waiting", 9_999_999))
    assert found == [f"{MANY}waiting must be at most 800,000, the people of the county, got 9,999,999"]
    assert faults(PEOPLE + pool.format("in_use", 800_001)) == [
        f"{MANY}in_use must be at most 800,000, the people of the county, got 800,001"
    ]
    assert faults(PEOPLE + pool.format("in_use", 800_000)) == []


def test_where_nobody_is_said_to_live_a_queue_is_no_longer_than_there_is_room_for(faults: Faults) -> None:
    text = "pools: {{reablement: {{capacity: 3, at_start: {{waiting: {0}}}}}}}"
    assert faults(text.format(65_537)) == [
        "x.yaml:1: pools.reablement.at_start.waiting must be at most 65,536, got 65,537"
    ]
    assert faults(text.format(65_536)) == []


def test_a_queue_is_no_longer_than_the_engines_have_room_for(faults: Faults) -> None:
    from caresim.engines.kernel.world import SIZES

    assert SIZES[-1][2] == LONGEST_QUEUE
    for waiting in ("70000", "{County: 70000}"):
        assert faults(f"{PEOPLE}pools: {{reablement: {{capacity: 3, at_start: {{waiting: {waiting}}}}}}}") == [
            f"{MANY}waiting must be at most 65,536, the longest queue there is room for, got 70,000"
        ]


def test_people_waiting_in_several_places_are_added_up() -> None:
    waiting = {"Kettering General": 400_000, "Northampton General": 400_000}
    changes = {
        "pools.acute_beds.capacity": dict.fromkeys(waiting, 500),
        "pools.acute_beds.at_start.waiting": waiting,
    }
    with pytest.raises(caresim.ConfigError, match=r"waiting must be at most [0-9,]+, the people of .*, got 800,000"):
        caresim.load(BASELINE, changes)


def test_no_more_people_are_in_care_than_live_here(faults: Faults) -> None:
    text = (
        "at_start: {people: {by_setting: {home_care: 99999999, direct_payment: 0, supported_living: 0, extra_care: 0,"
    )
    text += " residential: 0, nursing: 0}}}"
    assert faults(PEOPLE + text) == [
        "x.yaml:2: at_start.people must be at most 800,000, the people of the county, got 399,999,996"
    ]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("capacity: 1000000000", "capacity"),
        ("capacity: {County: 1000000000}", "capacity.County"),
        ("capacity: 5, changes: [{from: 2019-01-01, capacity: 1000000000}]", "changes.0.capacity"),
    ],
)
def test_a_capacity_of_a_thousand_million_is_not_the_word_for_unlimited(faults: Faults, text: str, path: str) -> None:
    assert faults(f"pools: {{reablement: {{{text}}}}}") == [
        f"x.yaml:1: pools.reablement.{path} must be at most 10,000,000, got 1000000000; write unlimited if that is meant"
    ]
    assert faults("pools: {reablement: {capacity: 10000000}}") == []


@pytest.mark.parametrize(("operation", "after"), [("times: 9000000", 18_000_000), ("plus: 999999999", 1_000_000_001)])
def test_a_change_makes_no_such_capacity_either(faults: Faults, operation: str, after: int) -> None:
    text = f"""
    pools: {{reablement: {{capacity: 2}}}}
    interventions:
      - name: More
        effects:
          - on: pools.reablement.capacity
            {operation}
    """
    name = operation.split(":", maxsplit=1)[0]
    assert faults(text) == [
        f"x.yaml:7: interventions.0.effects.0.{name} makes pools.reablement.capacity {after:,}; it must be at most 10,000,000"
    ]


@pytest.mark.parametrize(("name", "length"), [("weekday_factor", 7), ("month_factor", 12)])
def test_factors_of_nothing_but_0_are_refused(faults: Faults, name: str, length: int) -> None:
    text = "demand: {{admissions: {{{0}: {1}}}}}"
    assert faults(text.format(name, [0] * length)) == [
        f"x.yaml:1: demand.admissions.{name} must have a number above 0, got only 0: nobody would come"
    ]
    assert faults(text.format(name, [0] * (length - 1) + [1])) == []
