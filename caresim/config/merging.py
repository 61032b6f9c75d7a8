"""Lay one config over another.

Sections merge name by name. A value (a number, a distribution, shares, spread or not) is replaced whole, never half;
only what is written under by_work, by_pathway, by_setting, by_pool, by_service or by_reason merges key by key. The
notes of a value (its source, its grade) stay with the numbers they were written for.
"""

from __future__ import annotations

from dataclasses import replace

from pydantic import BaseModel

from caresim.config.kinds import NOTES, Kind
from caresim.config.schema.base import Noted, Section, field_names, kind_at, section_at
from caresim.config.spreads import KeyedOf
from caresim.config.tree import Node


def merge(model: type[BaseModel], parent: Node, child: Node) -> Node:
    """Return the parent with the child laid over it."""
    if not (parent.is_map and child.is_map):
        return child
    if issubclass(model, Noted):
        parent, child = keep_notes_apart(model, parent, child)
    merged = {name: below for name, below in parent.value.items() if name not in displaced(model, child)}
    for name, below in child.value.items():
        above = merged.get(name)
        merged[name] = below if above is None else merge_field(model, name, above, below)
    return replace(child, value=merged)


def merge_field(model: type[BaseModel], name: str, parent: Node, child: Node) -> Node:
    """Return one field of a section, the child's laid over the parent's."""
    kind, section = kind_at(model, name), section_at(model, name)
    if section is not None:
        return merge(section, parent, child)
    if isinstance(kind, KeyedOf):
        return merge_keyed(kind, parent, child)
    if kind is not None and kind.keywise and parent.is_map and child.is_map:
        return replace(child, value={**parent.value, **child.value})
    return child


def displaced(model: type[BaseModel], child: Node) -> set[str]:
    """Return the names that the child takes away by giving their counterpart."""
    if not issubclass(model, Section):
        return set()
    return {
        gone for pair in model.instead for given, gone in (pair, pair[::-1]) if given in child and gone not in child
    }


def merge_keyed(kind: KeyedOf, parent: Node, child: Node) -> Node:
    """Return a keyed value: keys that the child does not give are the parent's."""
    written = child.get(kind.by)
    if written is None or not written.is_map:
        return child
    if all(key in written for key in kind.keys):
        return child
    above = by_key(kind, parent)
    below = by_key(kind, child)
    return Node({kind.by: replace(written, value={**above, **below})}, child.file, child.line, child.key_line)


def by_key(kind: Kind, node: Node) -> dict[str, Node]:
    """Write a keyed value out: one value for each key, each with the notes that were said about all."""
    assert isinstance(kind, KeyedOf)
    said = notes_of(node)
    keyed = node.get(kind.by)
    if keyed is None:
        return dict.fromkeys(kind.keys, node)
    if not keyed.is_map:
        return {}
    return {key: annotated(below, said) for key, below in keyed.value.items()}


def notes_of(node: Node) -> dict[str, Node]:
    """Return what is said about a value."""
    return {name: below for name, below in node.items() if name in NOTES} if node.is_map else {}


def annotated(node: Node, said: dict[str, Node]) -> Node:
    """Return a value with notes, where it has none of its own."""
    if not said or node.value is None:
        return node
    if node.is_map:
        return replace(node, value={**{k: v for k, v in said.items() if k not in node}, **node.value})
    name = "values" if isinstance(node.value, tuple) else "value"
    return Node({name: node, **said}, node.file, node.key_line, node.key_line)


def keep_notes_apart(model: type[Noted], parent: Node, child: Node) -> tuple[Node, Node]:
    """Make sure that the source of a parent's number is never read as the source of a child's."""
    fields = [name for name in field_names(model) if name not in NOTES]
    if model.vouches:
        if model.vouches in child:
            return parent.without(*(name for name in NOTES if name != "unit")), child
        return parent, child
    if not any(name in child for name in fields) or not notes_of(parent) | notes_of(child):
        return parent, child
    return push_down(parent, fields), push_down(child, fields)


def push_down(section: Node, fields: list[str]) -> Node:
    """Move the notes of a section into each of its values."""
    said = notes_of(section)
    return replace(
        section,
        value={
            name: annotated(below, said) if name in fields else below
            for name, below in section.value.items()
            if name not in NOTES
        },
    )
