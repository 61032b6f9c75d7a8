"""Differences in words."""

from __future__ import annotations

from math import inf, nan
from typing import Any

import pandas as pd
import pytest

from caresim.cli.difference import after_costs, between, cautions_of, gained, narrower, percent, signed, told

ROW = {"mean": -2e6, "low": -2.5e6, "high": -1.5e6, "replications": 100, "share_lower": 0.98, "share_higher": 0.02}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "£2.00m less (95 % interval £1.50m to £2.50m less); lower in 98 of 100 replications"),
        ({"low": -4e6, "high": 2e4}, "£2.00m less (95 % interval £4.00m less to £0.02m more); lower in 98 of 100 "
                                     "replications"),
        ({"mean": 900.0, "low": 400.0, "high": 1400.0},
         "£900 more (95 % interval £400 to £1,400 more); higher in 2 of 100 replications"),
        ({"replications": 1, "low": nan, "high": nan, "share_lower": 1.0}, "£2.00m less; lower in 1 of 1 replication"),
        ({"mean": 0.0, "low": 0.0, "high": 0.0, "share_lower": 0.0, "share_higher": 0.0},
         "no difference in any replication"),
    ],
)  # fmt: skip
def test_a_difference_is_told_with_its_interval_and_how_often_it_is_so(row: dict[str, Any], said: str) -> None:
    assert told({**ROW, **row}) == said


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (25.0, "makes the interval 5.0 times narrower"),
        (1e9, "makes the interval more than 100 times narrower"),
        (inf, "is the same in every"),
        (nan, "is the same in every"),
    ],
)
def test_what_pairing_gains_is_told_in_sensible_numbers(ratio: float, said: str) -> None:
    assert said in narrower({"variance_ratio": ratio, "mean": -1.0})


def test_where_the_cost_is_the_same_it_is_said_what_differs() -> None:
    def row(scenario: str, measure: str, higher: float) -> dict[str, Any]:
        names = {"scenario": scenario, "measure": measure, "year": "all years"}
        return {**names, "mean": higher, "share_lower": 0.0, "share_higher": higher, "variance_ratio": nan}

    measures = ("hospital_driven_cost", "bed_days", "admissions")
    rows = [row("same", name, 0.0) for name in measures]
    rows += [row("beds", name, float(name == "bed_days")) for name in measures]
    rows += [row("many", name, float(i > 0)) for i, name in enumerate(["hospital_driven_cost", *"abcdefgh"])]
    table = pd.DataFrame(rows)
    assert gained(table, "same") == "No measure of the summary differs."
    assert gained(table, "beds") == "What differs: bed days."
    assert gained(table, "many") == "What differs: a, b, c, d, e, f and 2 more."


def test_what_changes_cost_themselves_is_told_of_the_council_and_of_everybody() -> None:
    def row(scenario: str, partner: str, service: str, mean: float, area: str = "County") -> dict[str, Any]:
        names = {"scenario": scenario, "year": "all years", "unitary": area, "partner": partner, "service": service}
        return {**names, "mean": mean, "low": mean - 1e5, "high": mean + 1e5}

    rows = [row("hubs", "council", "investment", 3e6), row("hubs", "council", "all services", 2e6),
            row("hubs", "all partners", "all services", -1e6), row("hubs", "council", "all services", 9e6, "North"),
            row("free", "council", "investment", 0.0), row("free", "council", "all services", -1e6)]  # fmt: skip
    assert after_costs(pd.DataFrame(rows), "free") == ""
    assert after_costs(pd.DataFrame(rows), "hubs") == (
        "the council £2.00m more (95 % interval £1.90m to £2.10m more), council, health service, funds and people "
        "together £1.00m less (95 % interval £0.90m to £1.10m less)"
    )


def test_a_narrow_interval_does_not_look_like_a_point() -> None:
    narrow = {**ROW, "mean": -3.2701e6, "low": -3.2712e6, "high": -3.2690e6}
    assert told(narrow).startswith("£3.27m less (95 % interval to within £0.01m);")
    assert between(3.2690e6, 3.2712e6) == "about £3.27m more"


def test_small_amounts_are_not_told_to_the_penny_and_small_shares_not_as_nothing() -> None:
    assert signed(-0.01) == "under £1 less"
    assert between(-0.3, 40.0) == "under £1 less to £40 more"
    assert (percent(0.0123), percent(0.00005)) == ("1.2 %", "under 0.01 %")
    assert (percent(0.45), percent(0.999), percent(1.98)) == ("45 %", "100 %", "198 %")


def test_a_saving_of_people_who_are_stuck_in_hospital_is_told_with_a_caution() -> None:
    found = pd.DataFrame(
        [
            ("a", "hospital_driven_cost", "all years", -2e6, -3e6, -1e6),
            ("a", "council_net_cost", "all years", -2e6, -3e6, -1e6),
            ("a", "delayed_beds", "all years", 40.0, 36.0, 44.0),
        ],
        columns=["scenario", "measure", "year", "mean", "low", "high"],
    ).assign(area="county")
    (caution,) = cautions_of(found, "a", "in 2018-19")
    assert "40 more people (95% interval 36 to 44) are stuck in hospital on an average day in 2018-19" in caution
