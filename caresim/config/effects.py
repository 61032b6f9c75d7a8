"""What changes do to a config, month by month.

Effects on one value combine whatever their order. With b the value of the config, or what it was replaced by, and for
effect i its strength s_i (0 to 1: ramp and fade), its reach r_i and its size f_i (times) or a_i (plus), the value is
b x product of (1 + s_i r_i (f_i - 1)) + sum of s_i r_i a_i, held within what the value may be.

Shares of one set add to 1. What changes one of them takes from all others, or gives to them, in proportion. Where
several are changed, each is what its own effects make of it times what each of the other changes leaves to the rest;
then all are brought back to a sum of 1.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from caresim.config.effect_targets import Cells, Target, cells_of, targets_of
from caresim.config.faults import UnfitError
from caresim.config.kinds import Kind, Number, Problems
from caresim.config.poolkinds import CapacityOf
from caresim.config.schema.interventions import Effect
from caresim.config.schema.root import Config
from caresim.config.smallkinds import OrNone
from caresim.config.spreads import KeyedOf, QuantityOf
from caresim.config.values import Distribution, Frozen, Keyed, Spread
from caresim.config.vocabulary import AGES

SHARE = Number(least=0, most=1)


@dataclass(frozen=True)
class Applied:
    """An effect on one target: for whom, how strong it is in a month, and on which of its shares, if it has them."""

    effect: Effect
    cells: Cells
    strength: float
    share: str | None = None

    @property
    def factor(self) -> float:
        """What the value is multiplied by."""
        if self.effect.times is None:
            return 1.0
        return 1.0 + self.strength * reach_of(self.effect) * (self.effect.times.value - 1.0)

    @property
    def added(self) -> float:
        """What is added to the value."""
        return 0.0 if self.effect.plus is None else self.strength * reach_of(self.effect) * self.effect.plus.value


def reach_of(effect: Effect) -> float:
    """Give the share of those meant who are reached."""
    return 1.0 if effect.reach is None else effect.reach.value


def strength_in(
    day: datetime.date,
    starts: datetime.date | None,
    until: datetime.date | None,
    ramp_months: float | None,
    fade_months: float | None = None,
) -> float:
    """Give how much of its full size something has in the month of a day, 0 to 1: as it is in mid-month."""
    if starts is not None and months_between(starts, day) < 0:
        return 0.0
    last = day if until is None or months_between(until, day) < 0 else until
    strength = 1.0
    if starts is not None and ramp_months:
        full = months_between(starts, last) + (0.5 if last is day else 0.0)
        strength = min(1.0, full / ramp_months)
    if last is day:
        return strength
    if not fade_months:
        return 0.0
    return strength * max(0.0, 1.0 - (months_between(last, day) + 0.5) / fade_months)


def months_between(first: datetime.date, then: datetime.date) -> int:
    """Count calendar months from one day's month to another's."""
    return 12 * (then.year - first.year) + then.month - first.month


def strength_of(effect: Effect, day: datetime.date) -> float:
    """Give an effect's strength in the month of a day."""
    return strength_in(day, effect.starts, effect.until, effect.ramp_months, effect.fade_months)


class Changes:
    """All that the changes of a config do, month by month; what is equal in two months is one object."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.effects = [e for change in config.interventions for e in change.effects]
        self.on: dict[Target, list[tuple[int, Cells, str | None]]] = {}
        for n, effect in enumerate(self.effects):
            cells = cells_of(effect, config.geography)
            for target in targets_of(effect):
                self.on.setdefault(replace(target, share=None), []).append((n, cells, target.share))
        self._values: dict[tuple[Any, ...], Any] = {}
        self._configs: dict[tuple[float, ...], Config] = {}
        self._days: dict[datetime.date, Config] = {}

    def at(self, day: datetime.date) -> Config:
        """Return the config as it is in the month of a day; capacities are left to those who know the pools."""
        if not self.effects:
            return self.config
        if day not in self._days:  # every pool asks for the same days again
            strengths = tuple(strength_of(e, day) for e in self.effects)
            if strengths not in self._configs:
                self._configs[strengths] = self._changed(strengths)
            self._days[day] = self._configs[strengths]
        return self._days[day]

    def capacity(self, pool: str, day: datetime.date) -> list[Applied]:
        """Return the effects on the capacity of a pool that are in force in the month of a day."""
        found = []
        for target, on in self.on.items():
            if target.path == ("pools", pool, "capacity"):
                found += [Applied(self.effects[n], cells, strength_of(self.effects[n], day)) for n, cells, _ in on]
        return [a for a in found if a.strength > 0]

    def _changed(self, strengths: tuple[float, ...]) -> Config:
        changed: dict[tuple[str, ...], Any] = {}
        for path in dict.fromkeys(target.path for target in self.on):
            value = look_up(self.config, path)
            new = value
            for target, on in self.on.items():
                if target.path == path and not isinstance(target.kind, CapacityOf):
                    new = self._value(
                        target, new, tuple((*those, strengths[those[0]]) for those in on if strengths[those[0]])
                    )
            if new is not value:
                changed[path] = new
        config: Config = put_all(self.config, changed)
        return config

    def _value(self, target: Target, value: Any, applied: tuple[tuple[int, Cells, str | None, float], ...]) -> Any:
        """Return the changed value of a target; remembered, so that equal ones are one object."""
        if not applied:
            return value
        key = (target, id(value), applied)
        if key not in self._values:
            parts = [Applied(self.effects[n], cells, strength, share) for n, cells, share, strength in applied]
            self._values[key] = (value, apply(target, value, parts, tuple(self.config.geography.places)))
        return self._values[key][1]


def look_up(config: object, path: Iterable[str]) -> Any:
    """Follow a path of names."""
    for name in path:
        config = getattr(config, name)
    return config


def put_all(model: Any, changed: Mapping[tuple[str, ...], Any]) -> Any:
    """Return a section with some values below it replaced; what is not replaced stays the same object."""
    below: dict[str, dict[tuple[str, ...], Any]] = {}
    for path, value in changed.items():
        below.setdefault(path[0], {})[path[1:]] = value
    if not below:
        return model
    assert isinstance(model, BaseModel)
    return model.model_copy(
        update={
            name: inner[()] if () in inner else put_all(getattr(model, name), inner) for name, inner in below.items()
        }
    )


def apply(target: Target, value: Any, applied: list[Applied], places: tuple[str, ...]) -> Any:
    """Return a value of the config with effects applied."""
    if isinstance(value, Keyed) and target.key is not None:
        one = apply(replace(target, key=None), value.at(target.key), applied, places)
        return replace(value, values=Frozen({**value.values, target.key: one}))
    if not isinstance(value, Spread):
        return replaced_by(target.kind, applied[0].effect.becomes)
    cells = dict(value.cells)
    if not all(a.cells.are_all for a in applied):
        cells = {(place, age): value.at(place, age) for place in places for age in AGES}
    new = {cell: changed_cell(target, old, [a for a in applied if a.cells.hold(*cell)]) for cell, old in cells.items()}
    return type(value)(Frozen(new), value.notes)


def changed_cell(target: Target, old: Any, applied: list[Applied]) -> Any:
    """Return the value of one place and age with effects applied."""
    if not applied or old is None:
        return old
    if isinstance(old, Mapping):
        return shares_after(target, old, applied)
    if isinstance(old, Distribution):
        return distribution_after(old, applied)
    return number_after(number_kind(target.kind), old, applied)


def number_kind(kind: Kind) -> Number:
    """Return the bounds of a number."""
    inner = kind.inner if isinstance(kind, OrNone | KeyedOf) else kind
    assert isinstance(inner, QuantityOf), kind
    return inner.number


def number_after(bounds: Number, old: float, applied: list[Applied]) -> float:
    """Return a number with effects applied, held within its bounds."""
    return held_within(bounds, raw_number_after(old, applied))


def raw_number_after(old: float, applied: list[Applied]) -> float:
    """Return a number with effects applied, wherever it comes to lie; factors in an order of their own."""
    value = old
    for a in applied:
        if a.effect.becomes is not None:
            value = float(a.effect.becomes)  # type: ignore[arg-type]
    for factor in sorted(a.factor for a in applied):
        value *= factor
    for added in sorted(a.added for a in applied):
        value += added
    return value


def held_within(bounds: Number, value: float) -> float:
    """Return the nearest value that is allowed."""
    if bounds.least is not None:
        value = max(value, bounds.least)
    if bounds.above is not None and value <= bounds.above:
        value = max(abs(bounds.above), 1.0) * 1e-9 + bounds.above
    return value if bounds.most is None else min(value, bounds.most)


def distribution_after(old: Distribution, applied: list[Applied]) -> Distribution:
    """Return a distribution stretched, and with its share at zero changed."""
    new = old.stretched(math.prod(sorted(a.factor for a in applied if a.share is None)))
    at_zero = [a for a in applied if a.share is not None]
    return replace(new, zero_share=number_after(SHARE, old.zero_share, at_zero)) if at_zero else new


def shares_after(target: Target, old: Mapping[str, float], applied: list[Applied]) -> Frozen[str, float]:
    """Return shares of which some are changed."""
    own = {name: number_after(SHARE, share, [a for a in applied if a.share == name]) for name, share in old.items()}
    changed = [name for name in old if own[name] != old[name]]
    left = {name: left_by(old[name], own[name]) for name in changed}
    new = {name: share * math.prod(left[n] for n in changed if n != name) for name, share in own.items()}
    if len(changed) < 2:
        return Frozen(new)
    if not any(new.values()):  # each of several is to be the whole
        new = own
    total = math.fsum(new.values())
    if total == 0:
        raise UnfitError(".".join(target.path), "is left without any share by the changes; shares must add to 1")
    return Frozen({name: share / total for name, share in new.items()})


def left_by(before: float, after: float) -> float:
    """Return what a changed share leaves to each of the others, as a part of what they had."""
    return (1.0 - after) / (1.0 - before) if before < 1.0 else 1.0  # nothing is taken from a whole: refused


def replaced_by(kind: Kind, written: Any) -> Any:
    """Return a word or a set of days in place of what was there."""
    return kind.read(list(written) if isinstance(written, tuple) else written, (), Problems())
