"""Change single values of a config, from the command line or from Python.

An override replaces a value, or one number inside it, and keeps the unit; the source and the grade that were written
for the old value go. Overrides are applied from the shortest path to the longest, so their order does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from caresim.config.faults import ConfigError, Fault, Path, hint, join, show, split, there_is, unknown
from caresim.config.kinds import NOTES, Kind
from caresim.config.merging import annotated, by_key, displaced, merge, merge_keyed
from caresim.config.reading import parse_yaml
from caresim.config.schema.base import Noted, kind_at, section_at, written_names
from caresim.config.schema.root import Config
from caresim.config.smallkinds import OrNone
from caresim.config.spreads import KeyedOf, QuantityOf, SeriesOf, SharesOf, SpreadOf
from caresim.config.tree import OVERRIDE, Node, from_plain, plain

OVERRIDDEN = "overridden"
MAY_BE_NEW = frozenset({"zero_share", "overflow_after_days"})


class WrongPathError(Exception):
    """The path of an override does not exist."""


def parse_override(text: str) -> tuple[str, object]:
    """Read "path=value", the value in YAML.

    Raises
    ------
    ConfigError
        There is no path, no value, or the value is not YAML.
    """
    path, equals, value = text.partition("=")
    path = path.strip()
    if not equals or not path or not value.strip():
        message = f"must be PATH=VALUE, such as pools.reablement.capacity=60, got {show(text)}"
        raise ConfigError([Fault(OVERRIDE, None, "", message)])
    try:
        return path, plain(parse_yaml(value, OVERRIDE))
    except ConfigError as error:
        raise ConfigError([Fault(OVERRIDE, None, path, fault.message) for fault in error.faults]) from None


def apply_overrides(root: Node, overrides: Mapping[str, object] | Sequence[str]) -> Node:
    """Return the config with all overrides applied.

    Raises
    ------
    ConfigError
        Paths that do not exist; all of them.
    """
    faults: list[Fault] = []
    todo: list[tuple[Path, str, Node]] = []
    for path, value in _pairs(overrides, faults):
        try:
            todo.append((split(path), path if path.strip() else f'"{path}"', from_plain(value, OVERRIDE, (path,))))
        except ValueError as error:
            faults.append(Fault(OVERRIDE, None, path, str(error)))
        except ConfigError as error:
            faults += error.faults
    for steps, path, value in sorted(todo, key=lambda item: (len(item[0]), item[0])):
        try:
            root = _put(Config, root, joined(root, steps), value, ())
        except WrongPathError as error:
            faults.append(Fault(OVERRIDE, None, path, str(error)))
    if faults:
        raise ConfigError(faults)
    return root


def _pairs(overrides: Mapping[str, object] | Sequence[str], faults: list[Fault]) -> list[tuple[str, object]]:
    if isinstance(overrides, Mapping):
        named: Mapping[Any, object] = overrides
        for path in named:
            if not isinstance(path, str):
                faults.append(Fault(OVERRIDE, None, "", f"must be a path, got {show(path)}"))
        return [(path, value) for path, value in named.items() if isinstance(path, str)]
    read: dict[str, object] = {}
    for text in [overrides] if isinstance(overrides, str) else overrides:
        try:
            path, value = parse_override(text)
            read[path] = value
        except ConfigError as error:
            faults += error.faults
    return list(read.items())


def joined(root: Node, steps: Path) -> Path:
    """Put names together again that have a dot and were written without quotes, where the config has such a name."""
    node: Node | None = root
    found: list[str] = []
    i = 0
    while i < len(steps):
        for j in range(i + 1, len(steps) + 1):
            name = ".".join(steps[i:j])
            below = node.child(name) if node is not None else None
            if below is not None:
                break
        else:
            j, name, below = i + 1, steps[i], None
        found.append(name)
        node, i = below, j
    return tuple(found)


def _put(model: type[BaseModel], section: Node, steps: Path, value: Node, path: Path) -> Node:
    """Set a value somewhere below a section."""
    name, rest = steps[0], steps[1:]
    if not section.is_map:
        raise WrongPathError(f"cannot be set: {join(path)} is {show(plain(section))}, not a mapping")
    if name not in written_names(model):
        raise WrongPathError(_lost((*path, name), unknown(name, written_names(model)), bool(rest)))
    section_below, kind, old = section_at(model, name), kind_at(model, name), section.get(name)
    if section_below is not None:
        old = old or Node({}, OVERRIDE)
        new = _put(section_below, old, rest, value, (*path, name)) if rest else merge(section_below, old, value)
    elif rest:
        new = _put_inside(kind, old, rest, value, (*path, name))
    else:
        new = replaced(kind, old, value)
    gone = displaced(model, Node({name: new}, OVERRIDE))
    kept = {key: below for key, below in section.value.items() if key not in gone}
    if issubclass(model, Noted) and model.vouches == name:
        kept = {key: below for key, below in kept.items() if key not in NOTES or key == "unit"}
        kept["source"] = Node(OVERRIDDEN, OVERRIDE)
    return replace(section, value={**kept, name: new})


def replaced(kind: Kind | None, old: Node | None, value: Node) -> Node:
    """Return the new value of a field, with the unit of the old one and the word that it was overridden."""
    if not can_have_notes(kind):
        if kind is not None and kind.keywise and old is not None and old.is_map and value.is_map:
            return replace(old, value={**old.value, **value.value})
        return value
    if value.value is None:
        return value
    said = {"source": Node(OVERRIDDEN, OVERRIDE)}
    if value.is_map and "source" in value:
        said = {}
    unit = old.get("unit") if old is not None else None
    if unit is not None:
        said["unit"] = unit
    value = annotated(value, said)
    return merge_keyed(kind, old, value) if isinstance(kind, KeyedOf) and old is not None else value


def can_have_notes(kind: Kind | None) -> bool:
    """Say whether values of a kind may be written with notes beside them."""
    if isinstance(kind, OrNone):
        return can_have_notes(kind.inner)
    return isinstance(kind, (SpreadOf, SeriesOf, KeyedOf))


def _put_inside(kind: Kind | None, node: Node | None, steps: Path, value: Node, path: Path) -> Node:
    """Set something inside a value."""
    if node is None:
        raise WrongPathError(f"cannot be set: there is no {join(path)} to set it in; set the whole of it")
    name, rest = steps[0], steps[1:]
    if isinstance(kind, OrNone):
        kind = kind.inner
    if isinstance(kind, KeyedOf):
        if name == kind.by:
            return _put_key(kind, node, rest, value, (*path, name))
        if kind.by not in node:
            return _put_inside(kind.inner, node, steps, value, path)
    if not rest and name == "value" and isinstance(kind, QuantityOf):
        return replaced(kind, node, value)
    if not rest and name in NOTES and can_have_notes(kind):
        return node.with_item(name, value) if node.is_map else annotated(node, {name: value})
    return _set_leaf(kind, node, steps, value, path)


def _put_key(kind: KeyedOf, node: Node, steps: Path, value: Node, path: Path) -> Node:
    """Set one key of a keyed value, or something inside it; the other keys keep what they have."""
    if not steps:
        return replaced(kind, node, Node({kind.by: value}, OVERRIDE))
    key, rest = steps[0], steps[1:]
    if key not in kind.keys:
        raise WrongPathError(_lost((*path, key), unknown(key, kind.keys), bool(rest)))
    entries = by_key(kind, node)
    old = entries.get(key)
    new = _put_inside(kind.inner, old, rest, value, (*path, key)) if rest else replaced(kind.inner, old, value)
    written = node.get(kind.by) or node
    keyed = Node({**entries, key: new}, written.file, written.line, written.key_line)
    return Node({kind.by: keyed}, node.file, node.line, node.key_line)


def _set_leaf(kind: Kind | None, node: Node, steps: Path, value: Node, path: Path) -> Node:
    name, rest = steps[0], steps[1:]
    below = node.child(name)
    if below is None:
        new_share = isinstance(kind, SharesOf) and name in kind.names
        new_place = path == ("geography", "places")
        if not rest and node.is_map and (name in MAY_BE_NEW or new_share or new_place):
            return node.with_item(name, value)
        raise WrongPathError(_lost((*path, name), _instead(node, name), bool(rest)))
    if rest:
        return node.with_item(name, _set_leaf(kind, below, rest, value, (*path, name)))
    if below.is_map and "value" in below and not value.is_map:
        return node.with_item(name, below.with_item("value", value))
    return node.with_item(name, value)


def _instead(node: Node, name: str) -> str:
    names = [below for below, _ in node.items() if below not in NOTES]
    if not names:
        return f"there is nothing below {show(plain(node))}; set the whole of it"
    return f"there is no {show(name)}; {hint(name, names) or there_is(names)}"


def _lost(path: Path, message: str, deeper: bool) -> str:
    return f"is not found: {join(path)}: {message}" if deeper else message
