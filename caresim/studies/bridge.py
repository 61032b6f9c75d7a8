"""The parts of a scenario, one by one: what each intervention does alone, and what they do to each other."""

from __future__ import annotations

from typing import Any

from caresim.config import CaresimError, Scenario, load

WITHOUT = ""
"""The scenario with none of its interventions: what it sets or pays otherwise, alone."""
OTHER_CHANGES, INTERACTION, TOTAL = "other changes", "interaction", "total"


def alone(baseline: Scenario, scenario: Scenario) -> dict[str, Scenario]:
    """Give the scenario without its interventions, under the name WITHOUT, and with each of them alone.

    Interventions that the baseline has too stay where they are.

    Raises
    ------
    CaresimError
        The scenario has no intervention of its own.
    """
    kept, own = interventions_of(baseline, scenario)
    if not own:
        raise CaresimError(f"bridge: {scenario.name} has no interventions that could be run one by one")
    parts = {WITHOUT: load(scenario, {"interventions": kept})}
    return parts | {name: load(scenario, {"interventions": [*kept, node]}) for name, node in own.items()}


def interventions_of(baseline: Scenario, scenario: Scenario) -> tuple[list[Any], dict[str, Any]]:
    """Part a scenario's interventions into those of the baseline and its own, by name."""
    theirs = {change.name for change in baseline.config.interventions}
    nodes = [node for _, node in scenario._written["interventions"].items()]
    named = [(change.name, node) for change, node in zip(scenario.config.interventions, nodes, strict=True)]
    kept = [node for name, node in named if name in theirs]
    return kept, {name: node for name, node in named if name not in theirs}
