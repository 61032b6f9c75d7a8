"""Files that hold one change: told from configs, and checked as far as that is possible without a county."""

from __future__ import annotations

from pathlib import Path

from caresim.config.check_changes import check_alone
from caresim.config.completing import complete
from caresim.config.faults import ConfigError, Fault
from caresim.config.faults import Path as Steps
from caresim.config.including import CHANGES, include
from caresim.config.inheriting import holds_change, resolve
from caresim.config.mending import unknown_names
from caresim.config.reading import read_yaml
from caresim.config.schema.root import Config
from caresim.config.tree import FROM_DICT, Node, from_plain
from caresim.config.validating import fault_at, validate


def is_change(path: Path) -> bool:
    """Tell whether a file holds a change, not a config."""
    try:
        root, _ = read_yaml(path)
    except ConfigError:
        return False
    return holds_change(root)


def check_change(path: Path) -> list[Fault]:
    """Return the faults of a change's file, by line; what depends on the county is checked with the scenario.

    Raises
    ------
    ConfigError
        The file cannot be read.
    """
    written, inputs = resolve(from_plain({CHANGES: [str(path.resolve())]}, FROM_DICT), {})
    tree = complete(include(written, inputs))
    config, faults = validate(tree)
    faults += of_changes(config, tree) if config is not None else unknown_names(tree, of_changes)
    return sorted(faults, key=lambda fault: fault.line or 0)


def of_changes(config: Config, tree: Node) -> list[Fault]:
    """Return what is wrong with changes whatever county they are for."""
    faults: list[Fault] = []

    def add(steps: Steps, message: str) -> None:
        faults.append(fault_at(tree, steps, message))

    check_alone(config, add)
    return faults
