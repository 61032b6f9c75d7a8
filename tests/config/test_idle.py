"""What of a config is of other days and years than those that are run is noted."""

from __future__ import annotations

import caresim
from caresim.config.idle import idle

from .conftest import BASELINE

RUN = {"calendar": {"starts": "2020-04-01", "years": 1, "warm_up_days": 31, "run_out_days": 30}}


def test_a_capacity_that_never_holds_is_noted() -> None:
    changes = [{"from": day, "capacity": 4} for day in ("2019-01-01", "2020-03-01", "2021-04-30", "2021-05-01")]
    scenario = caresim.load({**RUN, "pools": {"reablement": {"capacity": 3, "changes": changes}}})
    assert list(idle(scenario.config)) == [
        f"pools.reablement: its capacity from {day} does not apply on any day simulated"
        for day in ("2019-01-01", "2021-05-01")
    ]


def test_a_way_of_paying_that_another_replaces_is_noted() -> None:
    changes = [{"name": name, "payment": {"name": f"Way {name}"}} for name in ("A", "B", "C")]
    scenario = caresim.load({**RUN, "interventions": [*changes, {"name": "D"}]})
    assert list(idle(scenario.config)) == [
        f"{name}: its way of paying is never in force, because C brings another" for name in ("A", "B")
    ]


def test_budgets_and_targets_of_other_years_are_noted() -> None:
    lines = [
        {"name": "Old", "services": ["nursing"], "pounds": {"by_year": {"2018-19": 5, "2019-20": 6}}},
        {"name": "Both", "services": ["nursing"], "pounds": {"by_year": {"2019-20": 5, "2020-21": 6}}},
        {"name": "Over", "services": ["nursing"], "overspent": {"by_year": {"2021-22": 5}}},
    ]
    target = {"measure": "deaths", "role": "held_out", "figure": 3}
    targets = [{**target, "year": year} for year in ("2020-21", "2018-19", "2021-22")]
    scenario = caresim.load({**RUN, "budgets": lines, "targets": targets})
    assert list(idle(scenario.config)) == [
        "Old: its budget is for years that are not reported (those that begin in 2018 and 2019)",
        "Over: its overspend is for years that are not reported (those that begin in 2021)",
        "2 targets are of a year that is not reported (2018-19 and 2021-22)",
    ]


def test_what_is_of_a_year_that_is_reported_in_part_is_noted_as_not_compared() -> None:
    calendar = {**RUN["calendar"], "starts": "2020-06-01", "years": 2}
    pounds = {"by_year": dict.fromkeys(("2020-21", "2021-22", "2022-23"), 5)}
    target = {"measure": "deaths", "role": "held_out", "figure": 3, "year": "2022-23"}
    lines = [{"name": "Nursing", "services": ["nursing"], "pounds": pounds},
             {"name": "Every year", "services": ["nursing"], "overspent": 3}]  # fmt: skip
    scenario = caresim.load({"calendar": calendar, "budgets": lines, "targets": [target]})
    assert list(idle(scenario.config)) == [
        "Nursing: its budget is not compared in the year that begins in 2020, of which a part is reported",
        "Nursing: its budget is not compared in the year that begins in 2022, of which a part is reported",
        "Every year: its overspend is not compared in the year that begins in 2020, of which a part is reported",
        "Every year: its overspend is not compared in the year that begins in 2022, of which a part is reported",
        "a target is of a year of which only a part is reported: not compared (2022-23)",
    ]
    whole = {**RUN["calendar"], "years": 3}
    assert list(idle(caresim.load({"calendar": whole, "budgets": lines, "targets": [target]}).config)) == []


def test_the_baselines_say_nothing_in_vain() -> None:
    for name in ("baseline", "baseline_in_year"):
        assert list(idle(caresim.load(BASELINE.with_name(f"{name}.yaml")).config)) == []
