"""A scenario: a config that is whole and right, and where each of its numbers comes from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, NoReturn

from caresim.config.digest import digest_of
from caresim.config.effects import Changes
from caresim.config.faults import ConfigError, Fault, Path, hint, join, split, there_is
from caresim.config.kinds import NOTES
from caresim.config.provenance import Provenance, is_number, leaves, provenance, row_of
from caresim.config.schema.root import Config
from caresim.config.tree import DEFAULT, Node, plain
from caresim.config.validating import fault_at
from caresim.config.values import Frozen


class Scenario:
    """A checked config. Never changed: `load(scenario, overrides)` makes another. Equal and hashed by its digest."""

    __slots__ = ("_changes", "_rows", "_tree", "_written", "config", "digest", "inputs")

    _written: Node  # as written, parents and data files laid in
    _tree: Node  # with what it leaves open filled in
    _rows: list[dict[str, Any]] | None
    _changes: Changes | None
    config: Config
    digest: str
    inputs: Mapping[str, str]

    def __init__(self, written: Node, tree: Node, config: Config, inputs: Mapping[str, str]) -> None:
        facts = (None, None, tree, written, config, digest_of(config), Frozen(inputs))
        for name, fact in zip(self.__slots__, facts, strict=True):
            object.__setattr__(self, name, fact)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a scenario is never changed; load it with overrides")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a scenario is never changed; load it with overrides")

    def __reduce__(self) -> tuple[Any, ...]:
        return Scenario, (self._written, self._tree, self.config, self.inputs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"<Scenario {self.name!r}, {self.digest[:12]}>"

    def with_config(self, config: Config, what: str) -> Scenario:
        """Return a scenario with another config of the same files; `what` names the difference, for the digest."""
        made = object.__new__(Scenario)
        digest = hashlib.sha256(f"{self.digest}:{what}".encode()).hexdigest()
        facts = (None, None, self._tree, self._written, config, digest, self.inputs)
        for name, fact in zip(self.__slots__, facts, strict=True):
            object.__setattr__(made, name, fact)
        return made

    @property
    def changes(self) -> Changes:
        """What the interventions of the config do, month by month."""
        if self._changes is None:
            object.__setattr__(self, "_changes", Changes(self.config))
        assert self._changes is not None
        return self._changes

    @property
    def name(self) -> str:
        """What the scenario is called."""
        return self.config.name

    def resolved(self) -> dict[str, Any]:
        """Return the config as one plain dict, data files and defaults written in; it loads to an equal scenario."""
        resolved: dict[str, Any] = plain(self._tree)
        return resolved

    def source_of(self, path: str) -> Provenance:
        """Return where the value at a dotted path comes from.

        Raises
        ------
        ConfigError
            There is nothing at the path.
        """
        return provenance(self._tree, self.find(path))

    def fault(self, path: str, message: str) -> Fault:
        """Return what is wrong at a dotted path, with the file and line that set it or the nearest thing above it.

        What was written nowhere is a fault of the whole file.
        """
        found = fault_at(self._tree, split(path) if path else (), message)
        if found.file != DEFAULT:
            return found
        return Fault(next(iter(self.inputs), self.name), None, found.path, message)

    def number(self, path: str) -> float:
        """Return the number at a dotted path, such as hospital.stay.fall.by_age.85+.lognormal.mean_days.

        Raises
        ------
        ConfigError
            There is nothing at the path, or it is not a number.
        """
        steps = self.find(path)
        node = self._tree.deepest((*steps, "value"))
        if isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
            raise ConfigError([fault_at(self._tree, steps, "is not a number")])
        return float(node.value)

    def rows(self, everything: bool = False) -> list[dict[str, Any]]:
        """Return every number in force: path, value, unit, source, grade, low, high, file, line.

        With `everything`, settings that are words, dates or flags too. Items of a list are numbered
        from 0; a list of more than 12 is one row that says how many values it has.
        """
        if self._rows is None:
            rows = [row_of(self._tree, path, node) for path, node in leaves(self._tree)]
            object.__setattr__(self, "_rows", rows)
        return [dict(row) for row in self._rows or () if everything or is_number(row)]

    def find(self, path: str) -> Path:
        """Return a dotted path as its names.

        Raises
        ------
        ConfigError
            There is nothing at the path.
        """
        try:
            steps = split(path)
        except ValueError as error:
            raise ConfigError([Fault(self.name, None, path, str(error))]) from None
        node = self._tree
        for i, step in enumerate(steps):
            below = node.child(step)
            if below is None and i == len(steps) - 1 and step == "value" and not node.is_map:
                return steps[:-1]
            if below is None:
                names = [name for name, _ in node.items() if name not in NOTES]
                message = f"does not exist; {hint(step, names, steps[:i]) or there_is(names)}"
                # The path was asked for: it stands in no file.
                raise ConfigError([Fault(self.name, None, join(steps), message)])
            node = below
        return steps
