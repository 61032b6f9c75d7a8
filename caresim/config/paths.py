"""Every path that a config may have: what it is, its unit, its default."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pydantic import BaseModel

from caresim.config.kinds import Kind
from caresim.config.neutral import neutral
from caresim.config.schema.base import field_names, item_at, kind_at, section_at, unit_of
from caresim.config.schema.root import Config
from caresim.config.spreads import KeyedOf, SpreadOf
from caresim.config.tree import plain

IN_UNITS_OF_THE_POOL = frozenset({"capacity", "changes", "at_start", "in_use"})


class KnownPath(NamedTuple):
    """A path of a config; `spread` says how it may be spread below the path."""

    path: str
    unit: str | None
    spread: tuple[str, ...]
    default: object
    description: str


@cache
def unit_at(path: tuple[str, ...]) -> str | None:
    """Return the unit of the value at a path where none is written."""
    model: type[BaseModel] = Config
    unit: str | None = None
    is_entry = False  # the name of a place, the number of a change: nothing that a section defines
    for name in path:
        if is_entry:
            is_entry = False
            continue
        unit = unit_of(model, name) or (unit if name in IN_UNITS_OF_THE_POOL else None)
        section, item = section_at(model, name), item_at(model, name)
        below = section or item
        if below is None:
            break
        model, is_entry = below, section is None
    return unit


def known_paths() -> list[KnownPath]:
    """Return every path of a config that holds a value, in the order of the format."""
    return list(_walk(Config, ()))


def _walk(model: type[BaseModel], path: tuple[str, ...]) -> Iterator[KnownPath]:
    for name, attribute in field_names(model).items():
        here = (*path, name)
        below = section_at(model, name)
        if below is not None:
            yield from _walk(below, here)
            continue
        default = neutral().find(here)
        yield KnownPath(
            ".".join(here),
            unit_of(model, name),
            _spread(kind_at(model, name)),
            plain(default) if default is not None else None,
            model.model_fields[attribute].description or "",
        )


def _spread(kind: Kind | None) -> tuple[str, ...]:
    if isinstance(kind, KeyedOf):
        return (kind.by, *_spread(kind.inner))
    return ("by_place", "by_age") if isinstance(kind, SpreadOf) else ()
