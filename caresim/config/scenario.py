"""A scenario: a config that is whole and right, and where each of its numbers comes from."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

from caresim.config.checking import check_across
from caresim.config.completing import complete
from caresim.config.datafiles import DataFiles
from caresim.config.faults import ConfigError, Fault, join, nearest, split
from caresim.config.inheriting import read_chain, resolve
from caresim.config.kinds import NOTES
from caresim.config.overriding import OVERRIDDEN, apply_overrides
from caresim.config.paths import unit_at
from caresim.config.schema.root import Config
from caresim.config.tree import DEFAULT, FROM_DICT, OVERRIDE, Node, from_plain, plain
from caresim.config.validating import fault_at, spoken, validate

Overrides = Mapping[str, object] | Sequence[str]
LONGEST_LIST_IN_ROWS = 12
NOT_NUMBERS = frozenset({"caresim", "name", "description", "geography"})


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


class Scenario:
    """A checked config. Never changed: `load(scenario, overrides)` makes another. Equal and hashed by its digest."""

    __slots__ = ("_rows", "_tree", "_written", "config", "digest", "inputs")

    config: Config
    digest: str
    inputs: Mapping[str, str]

    def __init__(self, written: Node, tree: Node, config: Config, inputs: Mapping[str, str]) -> None:
        put = object.__setattr__
        put(self, "_written", written)
        put(self, "_tree", tree)
        put(self, "config", config)
        put(self, "inputs", dict(inputs))
        put(self, "digest", digest_of(config))
        put(self, "_rows", None)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a scenario is never changed; load it with overrides")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("a scenario is never changed; load it with overrides")

    def __reduce__(self) -> tuple[Any, ...]:
        return Scenario, (self._written, self._tree, self.config, self.inputs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"<Scenario {self.name!r}, {self.digest[:12]}>"

    @property
    def name(self) -> str:
        return self.config.name

    def resolved(self) -> dict[str, Any]:
        """Return the config as one plain dict, data files and defaults written in; it loads to an equal scenario."""
        return plain(self._tree)  # type: ignore[no-any-return]

    def source_of(self, path: str) -> Provenance:
        """Return where the value at a dotted path comes from.

        Raises
        ------
        ConfigError
            There is nothing at the path.
        """
        return provenance(self._tree, self._find(path))

    def number(self, path: str) -> float:
        """Return the number at a dotted path, such as need.first.by_age.85+.lognormal.mean_days.

        Raises
        ------
        ConfigError
            There is nothing at the path, or it is not a number.
        """
        steps = self._find(path)
        node = self._tree.find(steps)
        if node is not None and node.is_map and "value" in node:
            node = node["value"]
        if node is None or isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
            raise ConfigError([fault_at(self._tree, steps, "is not a number")])
        return float(node.value)

    def rows(self, everything: bool = False) -> list[dict[str, Any]]:
        """Return every number in force, with unit, source, grade, low, high, file and line.

        With `everything`, settings that are words, dates or flags too, and the geography.
        """
        if self._rows is None:  # type: ignore[has-type]
            object.__setattr__(self, "_rows", [row_of(self._tree, path, node) for path, node in leaves(self._tree)])
        rows: list[dict[str, Any]] = self._rows  # type: ignore[has-type]
        return [dict(row) for row in rows if everything or is_number(row)]

    def _find(self, path: str) -> tuple[str, ...]:
        try:
            steps = split(path)
        except ValueError as error:
            raise ConfigError([Fault(self.name, None, path, str(error))]) from None
        node = self._tree
        for i, step in enumerate(steps):
            below = node.child(step)
            if below is None:
                names = [name for name, _ in node.items() if name not in NOTES]
                guess = nearest(step, names)
                hint = (
                    f"; did you mean {join((*steps[:i], guess))}?" if guess else f"; there is: {', '.join(names[:40])}"
                )
                raise ConfigError([fault_at(self._tree, steps, f"does not exist{hint}")])
            node = below
        return steps


def is_number(row: Mapping[str, Any]) -> bool:
    return not isinstance(row["value"], (str, bool)) and row["path"].split(".")[0] not in NOT_NUMBERS


def leaves(node: Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Walk every value in force, notes left out; a long list is one leaf."""
    if path and path[-1] in NOTES and not _is_field(path):
        return
    if isinstance(node.value, tuple) and (not node.value or len(node.value) > LONGEST_LIST_IN_ROWS):
        if node.value:
            yield path, node
    elif isinstance(node.value, (dict, tuple)):
        for name, below in node.items():
            yield from leaves(below, (*path, name))
    else:
        yield path, node


def _is_field(path: tuple[str, ...]) -> bool:
    return False


def row_of(tree: Node, path: tuple[str, ...], node: Node) -> dict[str, Any]:
    said = provenance(tree, path)
    value = node.value
    if isinstance(value, tuple):
        value = f"{len(value):,} values"
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


def provenance(tree: Node, path: tuple[str, ...]) -> Provenance:
    """Collect what is said about a value on the way down to it; what is nearest holds."""
    said: dict[str, Any] = {}
    node = tree
    for i in range(len(path) + 1):
        if node.is_map:
            found = {name: node[name].value for name in NOTES if name in node}
            if "source" in found or "grade" in found:
                said = {"unit": said.get("unit")} | found
            else:
                said |= found
        if i < len(path):
            node = node.child(path[i]) or node
    if node.is_map and "value" in node:
        node = node["value"]
    changed = node.file == OVERRIDE and tree_file(tree, path, "source") != OVERRIDE
    if changed or (node.file == DEFAULT and not said.get("source")):
        said = {"unit": said.get("unit"), "source": OVERRIDDEN if changed else None}
    unit = said.get("unit") or unit_at(path)
    low, high = said.get("low"), said.get("high")
    return Provenance(node.file, node.line, unit, said.get("source"), said.get("grade"), low, high, said.get("note"))


def tree_file(tree: Node, path: tuple[str, ...], name: str) -> str | None:
    """Return the file that said a note nearest to the value."""
    node, file = tree, None
    for step in (*path, None):
        if name in node:
            file = node[name].file
        below = node.child(step) if step is not None else None
        if below is None:
            break
        node = below
    return file


def digest_of(config: Config) -> str:
    """Return the sha256 of everything in a config, whatever the order it was written in."""
    text = json.dumps(canonical(config), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return {name: canonical(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return {"/".join("" if k is None else k for k in key) if isinstance(key, tuple) else key: canonical(below)
                for key, below in value.items()}  # fmt: skip
    if isinstance(value, (datetime.date,)):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [canonical(below) for below in value]
    if isinstance(value, float):
        return value.hex()
    if hasattr(value, "__dataclass_fields__"):
        return {name: canonical(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def load(source: str | os.PathLike[str] | Mapping[str, Any] | Scenario, overrides: Overrides | None = None) -> Scenario:
    """Load a config file, a dict, or a scenario already loaded, and lay overrides over it.

    `overrides` maps dotted paths to values, or is a list of "path=value" texts, the value in YAML.

    Raises
    ------
    ConfigError
        Something is wrong; all faults at once, each with file and line.
    """
    written, inputs = read(source)
    return build(written, inputs, overrides or {})


def read(source: str | os.PathLike[str] | Mapping[str, Any] | Scenario) -> tuple[Node, dict[str, str]]:
    if isinstance(source, Scenario):
        return source._written, dict(source.inputs)
    if isinstance(source, Mapping):
        return resolve(from_plain(source, FROM_DICT), {})
    if not isinstance(source, (str, os.PathLike)):
        raise TypeError(f"a config is a path, a dict or a Scenario, not {type(source).__name__}")
    return read_chain(Path(source))


def build(written: Node, inputs: dict[str, str], overrides: Overrides) -> Scenario:
    files = DataFiles(inputs)
    written = files.fill(written)
    if overrides:
        written = files.fill(apply_overrides(written, overrides))
    tree = complete(written)
    config, faults = validate(tree)
    faults = [f for f in faults if not files.hides(f)] + files.faults
    if config is not None:
        faults += check_across(config, tree)
    if faults or config is None:
        raise ConfigError(faults)
    return Scenario(written, tree, config, files.inputs)


def check(paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str]) -> list[Fault]:
    """Return every fault of some configs; none means that they are right."""
    faults: dict[Fault, None] = {}
    for path in [paths] if isinstance(paths, (str, os.PathLike)) else paths:
        try:
            load(path)
        except ConfigError as error:
            faults |= dict.fromkeys(error.faults)
    return list(faults)


def explain_rows(scenario: Scenario, path_prefix: str | None = None) -> list[dict[str, Any]]:
    """Return a row for everything in force under a dotted path, or for all of it.

    Raises
    ------
    ConfigError
        There is nothing under the path.
    """
    rows = scenario.rows(everything=True)
    if not path_prefix:
        return rows
    steps = split_or_refuse(scenario, path_prefix)
    return [row for row in rows if split(row["path"])[: len(steps)] == steps]


def split_or_refuse(scenario: Scenario, path: str) -> tuple[str, ...]:
    return spoken(scenario._find(path))
