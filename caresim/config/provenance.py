"""Where each number in force comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from caresim.config.faults import Path, join
from caresim.config.kinds import NOTES
from caresim.config.overriding import OVERRIDDEN
from caresim.config.paths import unit_at
from caresim.config.tree import DEFAULT, OVERRIDE, Node
from caresim.config.validating import spoken

LONGEST_LIST_IN_ROWS = 12


class Provenance(NamedTuple):
    """Where a number comes from; `line` is 0 where there is none (an override, a default, a dict)."""

    file: str
    line: int
    unit: str | None
    source: str | None
    grade: str | None
    low: float | None
    high: float | None
    note: str | None = None


def provenance(tree: Node, path: Path) -> Provenance:
    """Collect what is said about a value on the way down to it; a source takes the place of all said above it."""
    said: dict[str, Node] = {}
    node = tree
    for i, step in enumerate((*path, None)):
        if node.is_map and not (i == 2 and path[0] == "pools" and "capacity" not in path):  # notes are on the capacity
            found = {name: node[name] for name in NOTES if name in node}
            if "source" in found or "grade" in found:
                said = {name: note for name, note in said.items() if name == "unit"}
            said |= found
        below = node.child(step) if step is not None else None
        if below is None:
            break
        node = below
    if path[:2] == ("geography", "places") and "trusts" in path and not said:
        told = tree.find(("geography", "trusts_grade"))
        said = {name: told[name] for name in NOTES if told is not None and name in told}
    value = node.get("value") or node
    if value.file == DEFAULT:
        said = {name: note for name, note in said.items() if note.file == DEFAULT}
    source = said.get("source")
    if value.file == OVERRIDE and (source is None or source.file != OVERRIDE):
        said = {name: note for name, note in said.items() if name == "unit" and not _inside(path)}
        said["source"] = Node(OVERRIDDEN, OVERRIDE)
    words = {name: note.value for name, note in said.items()}
    if _inside(path) or not words.get("unit"):
        words["unit"] = unit_at(path)
    return Provenance(value.file, value.line, *(words.get(name) for name in NOTES))


def _inside(path: Path) -> bool:
    """Say whether a path ends at a parameter whose unit is its own, not that of the distribution."""
    return bool(path) and path[-1] in ("zero_share", "shape")


def leaves(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Walk every value in force, notes left out; a long list is one leaf."""
    if path and path[-1] in NOTES:
        return
    if isinstance(node.value, tuple) and len(node.value) > LONGEST_LIST_IN_ROWS:
        yield path, node
    elif isinstance(node.value, (dict, tuple)):
        for name, below in node.items():
            yield from leaves(below, (*path, name))
    else:
        yield path, node


def row_of(tree: Node, path: Path, node: Node) -> dict[str, Any]:
    """Return a value and its provenance as a row."""
    said = provenance(tree, path)
    value = f"{len(node.value):,} values" if isinstance(node.value, tuple) else node.value
    return {
        "path": join(spoken(path)),
        "value": value,
        "unit": said.unit,
        "source": said.source,
        "grade": said.grade,
        "low": said.low,
        "high": said.high,
        "file": said.file,
        "line": said.line,
    }


def is_number(row: Mapping[str, Any]) -> bool:
    """Say whether a row is a number of the model, not a setting in words or the version of the format."""
    return not isinstance(row["value"], (str, bool)) and row["path"] != "caresim"
