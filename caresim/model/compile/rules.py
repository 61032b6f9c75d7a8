"""The rules of one epoch: every parameter of the model by place and age."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from caresim.config import Scenario
from caresim.model.codes import AGES, DECONDITIONING, FUNDINGS, OUTCOMES, PATHWAYS, SETTINGS, WORK
from caresim.model.compile import registry
from caresim.model.compile.distributions import Library
from caresim.model.compile.registry import look_up

SHARE_NAMES: dict[str, tuple[str, ...]] = {
    "outcomes_reablement": OUTCOMES,
    "outcomes_intermediate_care": OUTCOMES,
    "outcomes_temporary": OUTCOMES,
    "setting_at_home": SETTINGS[:4],
    "setting_in_care_home": SETTINGS[4:],
    "funding_at_home": FUNDINGS,
    "funding_in_care_home": FUNDINGS,
    "endings_at_home": ("death", "care_home", "recovery"),
    "endings_in_care_home": ("death", "care_home", "recovery"),
}
KEYS = {"assessing": WORK, "arrangement": PATHWAYS, "restart": SETTINGS, "sourcing": SETTINGS,
        "to_assess": PATHWAYS, "adaptation_share": PATHWAYS, "held_open_days": SETTINGS}  # fmt: skip
ASKING_ORIGINS = {1: "community", 2: "safeguarding", 3: "coming_of_age"}


class Grid:
    """Walks over places and ages of a scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.places = list(scenario.config.geography.places)

    def __iter__(self) -> Iterator[tuple[int, int, str, str]]:
        for p, place in enumerate(self.places):
            for a, age in enumerate(AGES):
                yield p, a, place, age

    def numbers(self, field: Any, spread: Any) -> None:
        """Write a number into field[place, age]; None counts as 0."""
        for p, a, place, age in self:
            field[p, a] = 0.0 if spread is None else spread.at(place, age)

    def distributions(self, field: Any, spread: Any, library: Library) -> None:
        """Write a distribution into field[place, age]."""
        for p, a, place, age in self:
            field[p, a] = library.row(spread.at(place, age))

    def shares(self, field: Any, spread: Any, names: tuple[str, ...]) -> None:
        """Write cumulative shares into field[place, age]."""
        for p, a, place, age in self:
            shares = spread.at(place, age)
            field[p, a] = np.cumsum([shares.get(name, 0.0) for name in names])


def fill_rules(R: Any, scenario: Scenario, library: Library) -> None:
    """Write one epoch's rules from a scenario."""
    config, grid = scenario.config, Grid(scenario)
    for field, path in registry.NUMBERS.items():
        grid.numbers(R[field], look_up(config, path))
    for field, path in registry.DISTRIBUTIONS.items():
        grid.distributions(R[field], look_up(config, path), library)
    for field, path in registry.SHARES.items():
        grid.shares(R[field], look_up(config, path), SHARE_NAMES[field])
    for field, path in registry.SCALARS.items():
        R[field] = look_up(config, path).value  # type: ignore[attr-defined]
    fill_keyed(R, scenario, grid, library)
    R["decondition_rule"] = DECONDITIONING.index(config.need.deconditioning.rule)


def fill_keyed(R: Any, scenario: Scenario, grid: Grid, library: Library) -> None:
    """Write what is spread by a key as well: pathway, setting, class of work, origin."""
    config = scenario.config
    for field, path in registry.KEYED_NUMBERS.items():
        keyed: Any = look_up(config, path)
        for k, key in enumerate(KEYS[field]):
            grid.numbers(R[field][k], keyed.at(key))
    for field, path in registry.KEYED_DISTRIBUTIONS.items():
        keyed = look_up(config, path)
        for k, key in enumerate(KEYS[field]):
            grid.distributions(R[field][k], keyed.at(key), library)
    for k, path in enumerate(registry.STAYS):
        grid.distributions(R["stay"][k], look_up(config, path), library)
    for k, setting in enumerate(SETTINGS):
        grid.distributions(R["lifetime"][k], look_up(config, registry.LIFETIME.format(setting=setting)), library)
    for field, pattern in registry.BY_ORIGIN.items():
        for k, origin in ASKING_ORIGINS.items():
            grid.numbers(R[field][k], look_up(config, pattern.format(origin=origin)))
    if all(config.waiting.adaptation.at(place, age) is None for _, _, place, age in grid):
        R["adaptation_share"][:] = 0.0
