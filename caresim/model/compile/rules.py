"""The rules of each epoch: every parameter of the model by place and age, as long as none of them changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from caresim.config import Scenario, UnfitError
from caresim.config.schema.root import Config
from caresim.config.values import Distributions, Quantity
from caresim.model.codes import AGES, DECONDITIONING, FUNDINGS, OUTCOMES, PATHWAYS, SETTINGS, SHORT_TERM, WORK
from caresim.model.compile import registry
from caresim.model.compile.distributions import Library, share_up_to
from caresim.model.compile.registry import look_up
from caresim.model.compile.time import Time
from caresim.model.tables import RULES

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
    """Walks over places and ages of a config."""

    def __init__(self, config: Config) -> None:
        self.places = list(config.geography.places)

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


def fill_epochs(T: Any, scenario: Scenario, time: Time, library: Library) -> None:
    """Write the rules of every month; months with the same rules share an epoch."""
    t = T[0]
    known: dict[bytes, int] = {}
    before: Config | None = None
    for month, day in enumerate(time.months):
        config = scenario.changes.at(day)
        if config is not before:
            n = len(known)
            if before is not None:
                t["rules"][n] = t["rules"][t["epoch"][month - 1]]
            fill_rules(t["rules"][n], config, before, library)
            epoch = known.setdefault(hashlib.sha256(t["rules"][n].tobytes()).digest(), n)
            if epoch != n:
                t["rules"][n] = np.zeros((), RULES)  # not needed: leave no trace
            before = config
        t["epoch"][month] = epoch
    t["epoch"][len(time.months) :] = epoch


def fill_rules(R: Any, config: Config, before: Config | None, library: Library) -> None:
    """Write one epoch's rules; where R already holds those of `before`, only what is not the same there."""
    grid = Grid(config)

    def changed(path: str) -> Any:
        """Give the value at a path in a list, or an empty list where it is that of before."""
        value = look_up(config, path)
        return [] if before is not None and look_up(before, path) is value else [value]

    for field, path in registry.NUMBERS.items():
        for value in changed(path):
            grid.numbers(R[field], value)
    for field, path in registry.DISTRIBUTIONS.items():
        for value in changed(path):
            grid.distributions(R[field], value, library)
    for field, path in registry.SHARES.items():
        for value in changed(path):
            grid.shares(R[field], value, SHARE_NAMES[field])
    for field, path in registry.SCALARS.items():
        for value in changed(path):
            R[field] = value.value
    fill_keyed(R, grid, library, changed)
    for value in changed("discharge.readmission_after"):
        grid.numbers(R["readmission_in_time"], in_time(value, config.hospital.follow_up_days.value))
    for p, a, place, age in grid:
        if R["readmission_in_time"][p, a] == 0 and R["readmitted_within_90_days"][p, a] > 0:
            message = f"is never within hospital.follow_up_days for {place}, {age}"
            raise UnfitError("discharge.readmission_after", message)
    for value in changed("need.deconditioning.rule"):
        R["decondition_rule"] = DECONDITIONING.index(value)
    if all(config.waiting.adaptation.at(place, age) is None for _, _, place, age in grid):
        R["adaptation_share"][:] = 0.0


def in_time(after: Distributions, days: float) -> Quantity:
    """Give the share of the times to readmission that lie within the follow-up, at whose end they are cut off."""
    return Quantity({cell: share_up_to(found, days) for cell, found in after.cells.items()})


def fill_keyed(R: Any, grid: Grid, library: Library, changed: Callable[[str], Any]) -> None:
    """Write what is spread by a key as well: pathway, setting, service, class of work, origin."""
    for field, path in registry.KEYED_NUMBERS.items():
        for keyed in changed(path):
            for k, key in enumerate(KEYS[field]):
                grid.numbers(R[field][k], keyed.at(key))
    for field, path in registry.KEYED_DISTRIBUTIONS.items():
        for keyed in changed(path):
            for k, key in enumerate(KEYS[field]):
                grid.distributions(R[field][k], keyed.at(key), library)
    for k, path in enumerate(registry.STAYS):
        for value in changed(path):
            grid.distributions(R["stay"][k], value, library)
    for k, setting in enumerate(SETTINGS):
        for value in changed(registry.LIFETIME.format(setting=setting)):
            grid.distributions(R["lifetime"][k], value, library)
    for k, service in enumerate(SHORT_TERM):
        for value in changed(registry.FREE_WEEKS.format(service=service)):
            R["free_weeks"][k] = value.value
    for field, pattern in registry.BY_ORIGIN.items():
        for k, origin in ASKING_ORIGINS.items():
            for value in changed(pattern.format(origin=origin)):
                grid.numbers(R[field][k], value)
