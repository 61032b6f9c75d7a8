"""A config as it was written: plain values, each with the file and line that set it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from caresim.config.faults import ConfigError, Fault, Path, join, show

DEFAULT = "default"
OVERRIDE = "override"
FROM_DICT = "dict"
DEEPEST = 24

Scalar = None | bool | int | float | str


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar, a tuple of nodes or a mapping of nodes. Never changed after it is made; `with_item` returns a new one.

    `line` is that of a scalar itself, or of the key of a mapping or list; 0 where there are no lines.
    """

    value: Any  # Scalar | tuple[Node, ...] | dict[str, Node]
    file: str
    line: int = 0
    key_line: int = 0

    @property
    def is_map(self) -> bool:
        return isinstance(self.value, dict)

    def __contains__(self, name: str) -> bool:
        return isinstance(self.value, dict) and name in self.value

    def __getitem__(self, name: str) -> Node:
        return self.value[name]  # type: ignore[no-any-return]

    def get(self, name: str) -> Node | None:
        return self.value.get(name) if isinstance(self.value, dict) else None

    def items(self) -> Iterator[tuple[str, Node]]:
        """Walk the children of a mapping or list; the names of a list are its indices from 0."""
        if isinstance(self.value, dict):
            yield from self.value.items()
        elif isinstance(self.value, tuple):
            yield from ((str(i), node) for i, node in enumerate(self.value))

    def with_item(self, name: str, node: Node) -> Node:
        if isinstance(self.value, tuple):
            items = list(self.value)
            items[int(name)] = node
            return replace(self, value=tuple(items))
        return replace(self, value={**self.value, name: node})

    def without(self, *names: str) -> Node:
        return replace(self, value={k: v for k, v in self.value.items() if k not in names})

    def child(self, name: str) -> Node | None:
        if isinstance(self.value, tuple):
            return self.value[int(name)] if name.isdecimal() and int(name) < len(self.value) else None
        return self.get(name)

    def deepest(self, path: Path) -> Node:
        """Return the node at the path, or the nearest one above it that exists."""
        node = self
        for name in path:
            below = node.child(name)
            if below is None:
                break
            node = below
        return node

    def find(self, path: Path) -> Node | None:
        node: Node | None = self
        for name in path:
            node = node.child(name) if node is not None else None
        return node


def plain(node: Node) -> Any:
    """Return the plain Python value of a node."""
    if isinstance(node.value, dict):
        return {name: plain(below) for name, below in node.value.items()}
    if isinstance(node.value, tuple):
        return [plain(below) for below in node.value]
    return node.value


def from_plain(data: object, file: str, path: Path = ()) -> Node:
    """Make nodes from a dict, list or scalar; what is a node already stays what it is.

    Raises
    ------
    ConfigError
        Something in it has no place in a config.
    """
    if isinstance(data, Node):
        return data
    if len(path) > DEEPEST:
        raise ConfigError([Fault(file, None, join(path[:3]), f"is nested more than {DEEPEST} deep")])
    if isinstance(data, Mapping):
        for name in data:
            if not isinstance(name, str):
                raise ConfigError([Fault(file, None, join(path), f"has a name that is not text: {show(name)}")])
        return Node({name: from_plain(below, file, (*path, name)) for name, below in data.items()}, file)
    if isinstance(data, datetime.date) and not isinstance(data, datetime.datetime):
        return Node(data.isoformat(), file)
    if data is None or isinstance(data, (str, bool, int, float)):
        # numpy's float64 and str subclasses become plain ones
        return Node(_exactly(data), file)
    if isinstance(data, Sequence) and not isinstance(data, (bytes, bytearray)):
        return Node(tuple(from_plain(below, file, (*path, str(i))) for i, below in enumerate(data)), file)
    if hasattr(data, "tolist") and not callable(getattr(data, "keys", None)):  # numpy scalars and arrays
        return from_plain(data.tolist(), file, path)
    raise ConfigError([Fault(file, None, join(path), f"has no place in a config: {type(data).__name__}")])


def _exactly(data: Scalar) -> Scalar:
    for kind in (bool, int, float, str):
        if isinstance(data, kind):
            return kind(data)
    return None
