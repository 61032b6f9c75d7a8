"""Assumptions of experiments that have to fit each other; no engine runs."""

from __future__ import annotations

from collections import Counter
from math import prod
from pathlib import Path

import pytest

from caresim.config.experiment import load_experiment
from caresim.config.scenario import Scenario

EXPERIMENTS = Path(__file__).resolve().parents[2] / "experiments"


@pytest.fixture(scope="module")
def vacancies() -> dict[str, Scenario]:
    return dict(load_experiment(EXPERIMENTS / "07_safeguarding" / "experiment_vacancies.yaml").scenarios)


@pytest.fixture(scope="module")
def unitaries() -> dict[str, Scenario]:
    return dict(load_experiment(EXPERIMENTS / "09_structures" / "experiment_unitaries.yaml").scenarios)


def team(scenario: Scenario) -> float:
    """Give what is left of the assessors when all effects are in force."""
    effects = [effect for change in scenario.config.interventions for effect in change.effects]
    return prod(e.times.value for e in effects if e.on == "pools.assessment.capacity" and e.times is not None)


def costs(scenario: Scenario) -> Counter[tuple[str, float, float | None, float | None]]:
    """Count what councils cost to make and to run: size and range of each line."""
    lines = [cost for change in scenario.config.interventions for cost in change.costs]
    sizes = [(name, size) for cost in lines for name in ("one_off", "revenue_a_year") if (size := getattr(cost, name))]
    return Counter((name, size.value, size.notes.low, size.notes.high) for name, size in sizes)


def test_a_share_of_posts_that_is_vacant_is_the_one_that_a_scenario_is_called_after(
    vacancies: dict[str, Scenario],
) -> None:
    for share in (5, 10, 15, 20, 25):
        assert team(vacancies[f"v{share}"]) == pytest.approx(1 - share / 100)
        assert team(vacancies[f"v{share}_triage"]) == team(vacancies[f"v{share}"])
        assert team(vacancies[f"v{share}_reviews"]) == pytest.approx(1.06 * team(vacancies[f"v{share}"]))


def test_posts_of_the_reviewing_team_that_stay_vacant_bring_nobody(vacancies: dict[str, Scenario]) -> None:
    assert team(vacancies["v10_unfilled"]) == pytest.approx(team(vacancies["v10"]), rel=1e-4)
    assert team(vacancies["v10_asking_unfilled"]) == pytest.approx(team(vacancies["v10_asking"]), rel=1e-4)


def test_in_the_order_of_asking_no_class_of_work_comes_first(vacancies: dict[str, Scenario]) -> None:
    for key, scenario in vacancies.items():
        classes = set(scenario.config.pools.assessment.priority.values())
        assert (len(classes) == 1) == ("asking" in key), key


def test_a_further_council_adds_the_same_lines_each_time_so_that_a_draw_is_the_same_unknown(
    unitaries: dict[str, Scenario],
) -> None:
    two, three, four = (costs(unitaries[key]) for key in ("two", "three", "four"))
    assert not costs(unitaries["one"])
    assert four - three == three - two
    assert sorted(name for name, *_ in (three - two).elements()) == ["one_off", "revenue_a_year"]
    assert {change.name for key in ("two", "three", "four") for change in unitaries[key].config.interventions} == {
        "Making and running more than one council"
    }


def test_two_councils_cost_as_much_to_make_as_in_the_file_of_a_split(unitaries: dict[str, Scenario]) -> None:
    split = load_experiment(EXPERIMENTS / "09_structures" / "experiment.yaml").scenarios["split"]
    assert {line for line in costs(unitaries["two"]) if line[0] == "one_off"} <= set(costs(split))
