"""What must be right about changes: targets that exist, sizes that stay within range, costs that say enough."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from caresim.config.distributions import DistributionOf
from caresim.config.effect_targets import WIDE, Cells, NoTargetError, Target, cells_of, cells_where, targets_of
from caresim.config.effects import Applied, look_up, number_kind, raw_number_after
from caresim.config.faults import Path, show
from caresim.config.kinds import SHARE, Kind, Number, Problems
from caresim.config.poolkinds import MOST_CAPACITY, Capacity, CapacityOf
from caresim.config.schema.interventions import Cost, Effect, Intervention
from caresim.config.schema.root import Config
from caresim.config.spreads import SharesOf
from caresim.config.values import Keyed, Quantity, Spread

OPERATIONS = ("times", "plus", "becomes")
AMOUNTS = ("revenue_a_year", "capital", "one_off", "pounds")
ON_A_DAY = ("capital", "one_off")
LEAST_STRETCH = 1e-6  # of a duration; not far below, one less almost one is nothing to a computer
Add = Callable[[Path, str], None]


def check_changes(config: Config, add: Add) -> None:
    """Say everything that is wrong with the changes of a config."""
    seen: dict[str, int] = {}
    replacing: list[tuple[Target, Cells]] = []
    for i, change in enumerate(config.interventions):
        here = ("interventions", str(i))
        if change.name in seen:
            add((*here, "name"), f"is the name of another change as well: {show(change.name)}")
        seen[change.name] = i
        for j, effect in enumerate(change.effects):
            check_effect(config, effect, (*here, "effects", str(j)), add, replacing)
        check_costs(change, here, add)
        check_places(config, change, here, add)


def check_alone(config: Config, add: Add) -> None:
    """Say what is wrong with changes whatever county they are for: paths, operations, months, costs."""
    for i, change in enumerate(config.interventions):
        here = ("interventions", str(i))
        for j, effect in enumerate(change.effects):
            where = (*here, "effects", str(j))
            if one_operation(effect, where, add):
                check_times(effect, where, add)
                try:
                    targets_of(effect)
                except NoTargetError as error:
                    add((*where, *error.below), error.message)
        check_costs(change, here, add)


def check_effect(config: Config, effect: Effect, here: Path, add: Add, replacing: list[tuple[Target, Cells]]) -> None:
    """Say what is wrong with an effect."""
    if not one_operation(effect, here, add):
        return
    check_times(effect, here, add)
    try:
        targets, cells = targets_of(effect), cells_of(effect, config.geography)
    except NoTargetError as error:
        add((*here, *error.below), error.message)
        return
    check_trusts(config, effect, targets, cells, here, add)
    for target in targets:
        check_target(config, effect, target, cells, here, add)
        if effect.becomes is not None:
            if any(target == other and cells.overlap(others) for other, others in replacing):
                add((*here, "becomes"), f"replaces {effect.on}, which another effect already replaces")
            replacing.append((target, cells))


def one_operation(effect: Effect, here: Path, add: Add) -> bool:
    """Say whether an effect says what it does, and only once."""
    given = [name for name in OPERATIONS if getattr(effect, name) is not None]
    if len(given) != 1:
        add(here, f"must have exactly one of {', '.join(OPERATIONS)}, got {', '.join(given) or 'none'}")
    return len(given) == 1


def check_times(effect: Effect, here: Path, add: Add) -> None:
    """Say what is wrong with when an effect is in force and how it grows."""
    check_months(effect.starts, effect.until, here, add)
    if effect.fade_months and effect.until is None:
        add((*here, "fade_months"), "has no meaning without until")
    for name in ("reach", "ramp_months", "fade_months"):
        if effect.becomes is not None and getattr(effect, name) is not None:
            add((*here, name), "has no meaning with becomes")


def check_trusts(config: Config, effect: Effect, targets: list[Target], cells: Cells, here: Path, add: Add) -> None:
    """Say where an effect is for a trust and on what goes by place, and people of a place use another trust as well."""
    if all(is_by_trust(config, target) for target in targets):
        return
    shared = [p for p in config.geography.places if 0 < cells.share_of(p, config.geography) < 1]
    if shared:
        add(
            (*here, "where", "trust"),
            f"cannot narrow down {effect.on}, which goes by place: {', '.join(shared)} "
            f"{'uses' if len(shared) == 1 else 'use'} other trusts as well; name places or unitaries instead",
        )


def is_by_trust(config: Config, target: Target) -> bool:
    """Tell whether a value is a capacity that each trust has, now or from some month on."""
    if not isinstance(target.kind, CapacityOf):
        return False
    pool = target.path[1]
    moves = [e.becomes for change in config.interventions for e in change.effects if e.on == f"pools.{pool}.scope"]
    return "trust" in (getattr(config.pools, pool).scope, *moves)


def check_target(config: Config, effect: Effect, target: Target, cells: Cells, here: Path, add: Add) -> None:
    """Say whether an effect would lead out of the range of its value, at its size and at the ends of its range."""
    value = look_up(config, target.path)
    if isinstance(value, Keyed) and target.key is not None:
        value = value.at(target.key)
    if isinstance(target.kind, CapacityOf):
        check_capacity(effect, value, here, add)
    elif isinstance(value, Spread):
        check_range(effect, target, value, cells, here, add)
        if isinstance(target.kind, SharesOf):
            check_whole(effect, target, value, cells, here, add)
    elif value is None:
        add((*here, "on"), f"{effect.on} is left out here (none); there is nothing to change")
    elif effect.becomes is not None:
        check_word(target.kind, effect.becomes, here, add)
        if not cells.are_all and target.path[0] != "pools":
            add((*here, "where"), f"must not narrow down {effect.on}, which is the same for every place and age")
    if target.path == ("pools", "acute_beds", "scope"):
        add((*here, "on"), "the scope of acute_beds cannot change over time; use set")


def check_word(kind: Kind, written: object, here: Path, add: Add) -> None:
    """Say whether a word or a set of days may stand where it is to stand."""
    problems = Problems()
    kind.read(list(written) if isinstance(written, tuple) else written, (), problems)
    for below, message in problems.found:
        add((*here, "becomes", *below), message)


def check_capacity(effect: Effect, capacity: Capacity, here: Path, add: Add) -> None:
    """Say whether a capacity can be changed."""
    amounts = [capacity.single] if capacity.members is None else list(capacity.members.values())
    if None in amounts:
        add((*here, "on"), f"{effect.on} is unlimited; there is nothing to change")
    elif (too_much := taking_too_much(effect, sum(n or 0 for n in amounts))) is not None:
        add((*here, "plus"), too_much)
    else:
        check_largest(effect, max(n or 0 for n in amounts), here, add)


def taking_too_much(effect: Effect, there: int) -> str | None:
    """Say for which size an effect takes away more than there is; None if for none."""
    for what, size in sizes_of(effect, "plus") if effect.plus is not None else ():
        if Applied(size, Cells(), 1.0).added + there < 0:
            return f"takes away more than there is, {there}{',' if what else ''}{what}"
    return None


def check_largest(effect: Effect, most: int, here: Path, add: Add) -> None:
    """Say whether a capacity would become one that nobody can mean."""
    name = "times" if effect.times is not None else "plus"
    after = effect.times.value * most if effect.times is not None else effect.plus.value + most if effect.plus else 0
    if after > MOST_CAPACITY:
        add((*here, name), f"makes {effect.on} {after:,.0f}; it must be at most {MOST_CAPACITY:,}")


def check_range(effect: Effect, target: Target, value: Spread[object], cells: Cells, here: Path, add: Add) -> None:
    """Say for which size a number would leave its range."""
    if isinstance(target.kind, DistributionOf) and target.share is None:
        for what, size in sizes_of(effect, "times") if effect.times is not None else ():
            if size.times is not None and size.times.value < LEAST_STRETCH:
                allowed = f"above 0 for a distribution, and at least {LEAST_STRETCH:g}"
                add((*here, "times"), f"must be {allowed}, got {size.times.value:g}{what}")
                return
        return
    bounds = Number(least=0, most=1) if target.share else number_kind(target.kind)
    if effect.becomes is not None:
        message = bounds.refusal(effect.becomes)
        if message:
            add((*here, "becomes"), message)
        return
    name = "times" if effect.times is not None else "plus"
    for what, size in sizes_of(effect, name):
        for (place, age), old in value.cells.items():
            number = within_cell(old, target)
            meant = cells.hold(place, age) or place is None or age is None
            if number is None or not meant:
                continue
            after = raw_number_after(number, [Applied(size, cells, 1.0)])
            if not bounds.within(after):
                whom = ", ".join(x for x in (place, age) if x)
                message = f"makes {effect.on} {after:.4g}{' for ' + whom if whom else ''}{what}; it must be "
                add((*here, name), message + bounds.bounds())
                return


def check_whole(effect: Effect, target: Target, value: Spread[object], cells: Cells, here: Path, add: Add) -> None:
    """Say for whom a share is the whole of its set: none of the others, all 0, could take what it loses."""
    assert isinstance(target.kind, SharesOf)
    name = next(n for n in OPERATIONS if getattr(effect, n) is not None)
    if name == "becomes" and SHARE.refusal(effect.becomes):
        return  # no share at all, which is told of elsewhere
    others = [n for n in target.kind.names if n != target.share]
    for what, size in [("", effect)] if name == "becomes" else sizes_of(effect, name):
        for (place, age), old in value.cells.items():
            meant = cells.hold(place, age) or place is None or age is None
            before = within_cell(old, target)
            if before is None or not meant or any(old[n] > 0 for n in others):  # type: ignore[index]
                continue
            after = raw_number_after(before, [Applied(size, cells, 1.0)])
            if after != before and SHARE.within(after):
                whom = ", ".join(x for x in (place, age) if x)
                add(
                    (*here, name),
                    f"makes {effect.on} {after:.4g}{' for ' + whom if whom else ''}{what}, and the other shares, "
                    f"{', '.join(others)}, are all 0: none of them can take what it loses; add to one of them instead",
                )
                return


def within_cell(old: object, target: Target) -> float | None:
    """Give the number of a cell that an effect changes."""
    if old is None or isinstance(old, float):
        return old
    if target.share == "zero_share":
        return float(old.zero_share)  # type: ignore[attr-defined]
    return float(old[target.share]) if target.share is not None else None  # type: ignore[index]


def sizes_of(effect: Effect, name: str) -> Iterator[tuple[str, Effect]]:
    """Give an effect at its size, and at the low and the high end of its range, with words for which."""
    size: Quantity = getattr(effect, name)
    yield "", effect
    for end in ("low", "high"):
        number = getattr(size.notes, end)
        if number is not None:
            at_end = Quantity({(None, None): float(number)}, size.notes)
            yield f" at its {end} size", effect.model_copy(update={name: at_end})


def check_months(starts: datetime.date | None, until: datetime.date | None, here: Path, add: Add) -> None:
    """Say whether something ends before it begins."""
    if starts is not None and until is not None and until <= starts:
        add((*here, "until"), f"must be after from, {starts:%Y-%m}, got {until:%Y-%m}")


def check_places(config: Config, change: Intervention, here: Path, add: Add) -> None:
    """Say which costs are for places that do not exist."""
    for j, cost in enumerate(change.costs):
        try:
            cells_where(cost.where or {}, config.geography)
        except NoTargetError as error:
            add((*here, "costs", str(j), *error.below), error.message)


def check_costs(change: Intervention, here: Path, add: Add) -> None:
    """Say what is wrong with the costs of a change."""
    for j, cost in enumerate(change.costs):
        where = (*here, "costs", str(j))
        given = [name for name in AMOUNTS if getattr(cost, name) is not None]
        if len(given) != 1:
            add(where, f"must have exactly one of {', '.join(AMOUNTS)}, got {', '.join(given) or 'none'}")
            continue
        check_cost(cost, given[0], where, add)
        check_months(cost.starts, cost.until, where, add)
        if cost.per == "person_reached" and not change.effects:
            add((*where, "per"), "is person_reached, but the change has no effects that reach anybody")


def check_cost(cost: Cost, amount: str, here: Path, add: Add) -> None:
    """Say whether a cost has the dates and the unit that its amount needs."""
    if amount == "pounds" and cost.per is None:
        add((*here, "pounds"), "has no per, the unit that is paid for")
    if amount != "pounds" and cost.per is not None:
        add((*here, "per"), f"has no meaning with {amount}; write pounds")
    if amount in ON_A_DAY and cost.on is None:
        add(here, f"has {amount} but no on, the month in which it is spent")
    if amount not in ON_A_DAY and cost.on is not None:
        add((*here, "on"), f"has no meaning with {amount}; write from")
    for key in cost.where or {}:
        if key not in WIDE:
            add((*here, "where", key), f"has no meaning for a cost; allowed: {', '.join(WIDE)}")
