"""The uncertain numbers of changes: which of them are one unknown, and what each is called, no two alike."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from caresim.config.paths import unit_at
from caresim.config.schema.base import unit_of
from caresim.config.schema.interventions import Cost, Effect
from caresim.config.sizes import OF_COST, OF_EFFECT, unknown_of
from caresim.config.values import Quantity
from caresim.config.wording import MONTHS, cost_in_words, in_words, listed, reach_in_words
from caresim.measures.runs import Runs

At = tuple[str, int, str]  # change, place of the effect or cost in it, name
NAMED = 3  # things that one number stands for, in a label
APRIL, YEAR = 4, 12


class Size(NamedTuple):
    """An uncertain number of a change: where it stands, how it is meant, in what unit; and its range."""

    change: str
    part: Effect | Cost
    how: str  # the name that it has in the config: times, plus, reach, revenue_a_year, ...
    unit: str
    quantity: Quantity


def sizes_of(runs: Runs, known: frozenset[str]) -> Iterator[tuple[At, Size]]:
    """Walk the uncertain numbers of the changes that the baseline does not have, by change, place in it and name."""
    for change in runs.scenario.config.interventions:
        if change.name in known:
            continue
        parts: list[Effect | Cost] = [*change.effects, *change.costs]
        for j, part in enumerate(parts):
            for name in OF_EFFECT if isinstance(part, Effect) else OF_COST:
                quantity: Quantity | None = getattr(part, name)
                if quantity is not None and (quantity.notes.low, quantity.notes.high) != (None, None):
                    unit = quantity.notes.unit or unit_of(type(part), name) or ""
                    if isinstance(part, Effect) and name == "plus":
                        unit = unit_at(tuple(part.on.split("."))) or unit
                    yield (change.name, j, name), Size(change.name, part, name, unit, quantity)


def unknowns(sizes: Mapping[At, Size]) -> dict[At, list[Size]]:
    """Gather what is one unknown under its first place: a number with the same range twice in a change."""
    found: dict[object, list[At]] = {}
    for at, size in sizes.items():
        found.setdefault((size.change, size.how, unknown_of(size.quantity)), []).append(at)
    return {same[0]: [sizes[at] for at in same] for same in found.values()}


def labels(sizes: Mapping[At, Size]) -> dict[At, str]:
    """Name every unknown after all that it stands for; what would be called alike has its months, or else a number."""
    groups = unknowns(sizes)
    plain = {at: f"{same[0].change}: {in_small(everything(same))}" for at, same in groups.items()}
    dated = {at: f"{plain[at]} ({said})" if (said := months_of(same)) else plain[at] for at, same in groups.items()}
    alike, still = Counter(plain.values()), Counter(dated.values())
    met: Counter[str] = Counter()
    out = {}
    for at, label in plain.items():
        text = label if alike[label] == 1 else dated[at]
        met[text] += 1
        out[at] = text if alike[label] == 1 or still[text] == 1 else f"{text}, number {met[text]} of {still[text]}"
    return out


def everything(same: Sequence[Size]) -> str:
    """Say all that one number stands for: a cost with all its payers, the paths of effects."""
    costs: dict[object, list[Size]] = {}
    for size in same:
        own = size.part.per if isinstance(size.part, Cost) else size.part.on
        costs.setdefault((own, str(size.part.where)), []).append(size)
    found = list(dict.fromkeys(said(group) for group in costs.values()))
    more = [f"{len(found) - NAMED + 1} more"] if len(found) > NAMED else []
    kept = found[: NAMED - 1] if more else found
    return listed([*kept[:1], *(in_small(text) for text in kept[1:]), *more])


def said(group: Sequence[Size]) -> str:
    """Say what sizes of one path, or of one kind of cost, are."""
    part, how = group[0].part, group[0].how
    if isinstance(part, Cost):
        return cost_in_words(
            how, [size.part.payer for size in group if isinstance(size.part, Cost)], part.per, part.where
        )
    return reach_in_words(part.on, part.where) if how == "reach" else in_words(part.on, part.where)


def months_of(same: Sequence[Size]) -> str:
    """Say from when to when sizes are in force, as far as it is given."""
    days = [part.on if isinstance(part, Cost) and part.on else part.starts for part in (size.part for size in same)]
    ends = [size.part.until for size in same]
    begins = f"from {month(min(known))}" if len(known := [day for day in days if day]) == len(days) else ""
    until = f"until {month(max(last))}" if len(last := [day for day in ends if day]) == len(ends) else ""
    return " ".join(text for text in (begins, until) if text)


def month(day: datetime.date) -> str:
    """Write a month."""
    return f"{MONTHS[(day.month - APRIL) % YEAR]} {day.year}"


def in_small(text: str) -> str:
    """Begin a text with a small letter."""
    return text[:1].lower() + text[1:]
