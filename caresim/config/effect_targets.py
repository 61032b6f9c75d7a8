"""What the effects of changes are on: a path and a `where` become values of the config, keys and cells of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from caresim.config.distributions import DistributionOf
from caresim.config.faults import hint, join, there_is, unknown
from caresim.config.kinds import NOTES, Kind, Word
from caresim.config.poolkinds import CapacityOf, WorkingDaysOf
from caresim.config.schema.base import field_names, kind_at, section_at, written_names
from caresim.config.schema.interventions import Effect
from caresim.config.schema.place import Geography
from caresim.config.schema.root import Config
from caresim.config.smallkinds import Flag, OrNone
from caresim.config.spreads import KeyedOf, QuantityOf, SharesOf
from caresim.config.vocabulary import AGES

ALIASES = {"admissions.rate": "demand.admissions"}
CAUSES = {"demand.admissions": {"emergency": "other_emergency"}, "hospital.stay": {"other_emergency": "emergency"}}
BY_NAME = {"demand.admissions": "cause", "hospital.stay": "cause", "packages.lifetime": "setting"}
RATES = ("fall", "other_emergency", "planned")
WIDE = ("place", "unitary", "hub", "trust")
NOT_OVER_TIME = {
    "caresim": "is not simulated, so an effect cannot change it",
    "name": "is not simulated, so an effect cannot change it",
    "description": "is not simulated, so an effect cannot change it",
    "left_out": "is not simulated, so an effect cannot change it",
    "calendar": "is the same for the whole run; change it with set",
    "geography": "is the same for the whole run; change it with set",
    "demand.population": "is the same for the whole run; change it with set",
    "demand.population_date": "is the same for the whole run; change it with set",
    "demand.growth_a_year": "is the same for the whole run; change it with set",
    "demand.admissions.netted": "is the same for the whole run; change it with set",
    "demand.admissions.share_from_care": "only divides the published rates; change packages.admissions_a_year",
    "demand.admissions.month_factor": "is the same for the whole run; change it with set",
    "demand.admissions.weekday_factor": "is the same for the whole run; change it with set",
    "hospital.follow_up_days": "is the same for the whole run; change it with set",
    "waiting.responsible": "only says which body days are attributed to; change it with set",
    "prices.base_year": "is the same for the whole run; change it with set",
    "payment": "is the same for the whole run; a change may bring a payment of its own, or change it with set",
    "appraisal": "is not simulated, so an effect cannot change it; use set",
    "budgets": "is not simulated, so an effect cannot change it; use set",
    "targets": "is not simulated, so an effect cannot change it; use set",
    "at_start": "is the position on the first day; change it with set",
    "interventions": "cannot be changed by a change",
}
POOL_VALUES = ("capacity", "scope", "working_days")
ONE_NUMBER = (  # which the engines hold once, for every place and age
    "reablement.visits", "packages.pressure", "reablement.free_weeks", "intermediate_care.free_weeks",
    "temporary_placement.free_weeks",
)  # fmt: skip
ALIKE_EVERYWHERE = (*ONE_NUMBER, "pools")


class NoTargetError(Exception):
    """An effect is on something that cannot be changed; `below` is the part of the effect that says so."""

    def __init__(self, below: tuple[str, ...], message: str) -> None:
        super().__init__(message)
        self.below, self.message = below, message


@dataclass(frozen=True)
class Target:
    """A value of the config: its path, its kind; a key of it, a name within it, and which places and ages."""

    path: tuple[str, ...]
    kind: Kind
    key: str | None = None
    share: str | None = None


@dataclass(frozen=True)
class Cells:
    """The places, ages and trusts that are meant; None stands for all.

    Of a trust, the places are those where anybody uses it; `share_of` says how much of a place that is.
    """

    places: frozenset[str] | None = None
    ages: frozenset[str] | None = None
    trusts: frozenset[str] | None = None

    def hold(self, place: str | None, age: str | None) -> bool:
        """Tell whether a cell is meant."""
        return (self.places is None or place in self.places) and (self.ages is None or age in self.ages)

    @property
    def are_all(self) -> bool:
        return self.places is None and self.ages is None

    def overlap(self, other: Cells) -> bool:
        """Tell whether any place and age is meant by both."""
        places, ages = ((self.places, other.places), (self.ages, other.ages))
        return all(a is None or b is None or bool(a & b) for a, b in (places, ages))

    def share_of(self, place: str, geography: Geography) -> float:
        """Give the share of a place's people who are meant: of one that is meant all, or those who use the trusts."""
        if self.places is not None and place not in self.places:
            return 0.0
        trusts = geography.places[place].trusts
        if self.trusts is None or not any(share > 0 for trust, share in trusts.items() if trust not in self.trusts):
            return 1.0
        return sum(share for trust, share in trusts.items() if trust in self.trusts)


def targets_of(effect: Effect) -> list[Target]:
    """Find the values that an effect is on.

    Raises
    ------
    NoTargetError
        There is no such value, it cannot change over time, or `where` does not fit it.
    """
    path = tuple(ALIASES.get(effect.on, effect.on).split("."))
    refuse_fixed(path)
    model: type[BaseModel] = Config
    for i, name in enumerate(path):
        below = section_at(model, name)
        kind = kind_at(model, name)
        if below is not None:
            model = below
        elif kind is not None:
            return parts_of(effect, path[: i + 1], kind, path[i + 1 :])
        else:
            raise NoTargetError(("on",), unknown_name(path[:i], name, written_names(model)))
    return named_below(effect, path, model)


def unknown_name(before: tuple[str, ...], name: str, allowed: Any) -> str:
    """Say that a name of a path does not exist."""
    names = [n for n in allowed if n not in NOTES]
    return f"{join((*before, name))} does not exist; {hint(name, names, before) or there_is(names)}"


def refuse_fixed(path: tuple[str, ...]) -> None:
    """Refuse what stays as it is through a run."""
    for n in range(1, len(path) + 1):
        why = NOT_OVER_TIME.get(".".join(path[:n]))
        if why:
            raise NoTargetError(("on",), f"{'.'.join(path)} {why}")
    if path[0] == "pools" and len(path) > 2 and path[2] not in POOL_VALUES:
        raise NoTargetError(
            ("on",), f"of a pool only {', '.join(POOL_VALUES)} can change over time, got {join(path)}; use set"
        )


def named_below(effect: Effect, path: tuple[str, ...], model: type[BaseModel]) -> list[Target]:
    """Find the values of a section that `where` picks by name, such as the stays of a cause."""
    here = ".".join(path)
    key = BY_NAME.get(here)
    names = RATES if here == "demand.admissions" else tuple(field_names(model))
    if key is None:
        raise NoTargetError(("on",), f"{here} is a section; name a value in it, such as {here}.{names[0]}")
    wanted = (effect.where or {}).get(key)
    check_where(effect, {key})
    if wanted is None:
        chosen = list(names)
    else:
        chosen = [CAUSES.get(here, {}).get(name, name) for name in wanted]
        for given, name in zip(wanted, chosen, strict=True):
            if name not in names:
                raise NoTargetError(("where", key), unknown(given, names))
    unique = dict.fromkeys(chosen)  # two words for one cause are one value, changed once
    return [Target((*path, name), required_kind(model, name)) for name in unique]


def required_kind(model: type[BaseModel], name: str) -> Kind:
    """Return the kind of a field that has one."""
    kind = kind_at(model, name)
    assert kind is not None, name
    return kind


def parts_of(effect: Effect, path: tuple[str, ...], kind: Kind, rest: tuple[str, ...]) -> list[Target]:
    """Find the keys of a keyed value, or the value itself, and what is named within it."""
    if isinstance(kind, KeyedOf):
        by = kind.by.removeprefix("by_")
        keys: tuple[str, ...] = (effect.where or {}).get(by) or kind.keys
        for key in keys:
            if key not in kind.keys:
                raise NoTargetError(("where", by), unknown(key, kind.keys))
        if rest and rest[0] == kind.by:
            rest = rest[1:]
        fitting = {by}
        if rest and rest[0] in kind.keys:  # the path says which: `where` cannot say it again, or say another
            keys, rest, fitting = (rest[0],), rest[1:], set()
        check_where(effect, fitting)
        return [within(effect, path, kind.inner, rest, key) for key in keys]
    check_where(effect, set())
    return [within(effect, path, kind, rest, None)]


def within(effect: Effect, path: tuple[str, ...], kind: Kind, rest: tuple[str, ...], key: str | None) -> Target:
    """Find what is named within a value: one of its shares, or the zero share of a distribution."""
    names: tuple[str, ...] = ()
    if isinstance(kind, SharesOf):
        names = kind.names
    elif isinstance(kind, DistributionOf):
        names = ("zero_share",)
    if len(rest) > 1 or (rest and rest[0] not in names):
        raise NoTargetError(("on",), unknown_name(path, rest[0], names))
    if isinstance(kind, SharesOf) and not rest:
        raise NoTargetError(("on",), f"{join(path)} is a set of shares; name one: {', '.join(names)}")
    target = Target(path, kind, key, rest[0] if rest else None)
    check_operation(effect, target)
    return target


def check_operation(effect: Effect, target: Target) -> None:
    """Refuse to multiply a word or to add to a distribution."""
    kind = target.kind.inner if isinstance(target.kind, OrNone) else target.kind
    is_number = isinstance(kind, (QuantityOf, CapacityOf)) or target.share is not None
    if effect.plus is not None and not is_number:
        raise NoTargetError(("plus",), f"cannot apply to {effect.on}, which is not a number; use times or becomes")
    if effect.times is not None and isinstance(kind, (Word, Flag, WorkingDaysOf)):
        raise NoTargetError(("times",), f"cannot apply to {effect.on}, which is not a number; use becomes")
    if effect.times is not None and not (is_number or isinstance(kind, DistributionOf)):
        raise NoTargetError(("on",), f"{effect.on} cannot be changed over time; use set")
    if effect.becomes is not None and isinstance(kind, (DistributionOf, CapacityOf)):
        message = f"cannot apply to {effect.on}, which is not a single number or word; use times or plus"
        raise NoTargetError(("becomes",), message)


def check_where(effect: Effect, fitting: set[str]) -> None:
    """Refuse a `where` that says nothing about the value."""
    for key in effect.where or {}:
        if key not in fitting and key not in WIDE and key != "age":
            raise NoTargetError(("where", key), f"has no meaning for {effect.on}")


def cells_of(effect: Effect, geography: Geography) -> Cells:
    """Find the places and ages that an effect is for.

    Raises
    ------
    NoTargetError
        A name that does not exist, or a value that is the same for all places and ages.
    """
    cells = cells_where(effect.where or {}, geography)
    by_member = effect.on.startswith("pools") and effect.on.endswith(".capacity")
    if not cells.are_all and effect.on.startswith(ALIKE_EVERYWHERE) and not by_member:
        raise NoTargetError(("where",), f"must not narrow down {effect.on}, which is the same for every place and age")
    if cells.ages is not None and effect.on.startswith(("pools", "prices")):
        raise NoTargetError(("where", "age"), f"has no meaning for {effect.on}")
    return cells


def cells_where(where: Mapping[str, tuple[str, ...]], geography: Geography) -> Cells:
    """Find the places and ages that a `where` names.

    Raises
    ------
    NoTargetError
        A name that does not exist, or names that have no place in common.
    """
    places: frozenset[str] | None = None
    members = {"place": tuple(geography.places), "unitary": geography.unitaries, "hub": geography.hubs,
               "trust": geography.trusts}  # fmt: skip
    for key, allowed in members.items():
        for name in where.get(key, ()):
            if name not in allowed:
                raise NoTargetError(("where", key), unknown(name, allowed))
        if key in where:
            found = frozenset(p for p in geography.places if belongs(geography, p, key, where[key]))
            places = found if places is None else places & found
    if places is not None and not places:
        raise NoTargetError(("where",), "matches no place: no place is in everything that it names")
    ages = where.get("age")
    for age in ages or ():
        if age not in AGES:
            raise NoTargetError(("where", "age"), unknown(age, AGES))
    trusts = where.get("trust")
    return Cells(places, frozenset(ages) if ages else None, frozenset(trusts) if trusts else None)


def belongs(geography: Geography, place: str, key: str, names: tuple[str, ...]) -> bool:
    """Tell whether a place is, or belongs to, one of the names; to a trust, if any of its people do."""
    facts = geography.places[place]
    if key == "place":
        return place in names
    if key == "trust":
        return any(facts.trusts.get(name, 0.0) > 0 for name in names)
    return getattr(facts, key) in names
