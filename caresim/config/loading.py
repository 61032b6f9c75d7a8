"""From files, dicts and overrides to a scenario, or to everything that is wrong."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from caresim.config.check_config import check_across
from caresim.config.completing import complete
from caresim.config.datafiles import DataFiles
from caresim.config.faults import ConfigError, Fault, split
from caresim.config.including import include
from caresim.config.inheriting import Trouble, read_chain, resolve
from caresim.config.mending import unknown_names
from caresim.config.overriding import apply_overrides
from caresim.config.scenario import Scenario
from caresim.config.tree import DEFAULT, FROM_DICT, Node, from_plain
from caresim.config.validating import spoken, validate

Source = str | os.PathLike[str] | Mapping[str, Any] | Scenario
Overrides = Mapping[str, object] | Sequence[str]


def load(source: Source, overrides: Overrides | None = None) -> Scenario:
    """Load a config file, a dict or a scenario already loaded, and lay overrides over it.

    `overrides` maps dotted paths to values, or is a list of "path=value" texts, each value in YAML.

    Raises
    ------
    ConfigError
        Something is wrong: all faults that can be told at once, each with its file and line.
    """
    trouble = Trouble()
    written, inputs = read(source, trouble)
    try:
        return build(written, inputs, overrides or {}, trouble)
    except ConfigError as error:
        if not trouble.faults:
            raise
        raise ConfigError([*trouble.faults, *error.faults]) from None


def read(source: Source, trouble: Trouble) -> tuple[Node, dict[str, str]]:
    """Return what is written, laid over its parents and the defaults, and the digests of the files read."""
    if isinstance(source, Scenario):
        return source._written, dict(source.inputs)
    if isinstance(source, Mapping):
        return resolve(from_plain(source, FROM_DICT), {}, None, trouble)
    if not isinstance(source, (str, os.PathLike)):
        raise TypeError(f"a config is a path, a dict or a Scenario, not {type(source).__name__}")
    if "\0" in os.fspath(source):
        raise ConfigError([Fault(repr(source), None, "", "is not the name of a file")])
    return read_chain(Path(source), trouble)


def build(written: Node, inputs: dict[str, str], overrides: Overrides, trouble: Trouble | None = None) -> Scenario:
    """Fill in data files and overrides, complete, validate, check.

    What a parent that could not be read may have given is not missed: then values are looked at, each by itself.
    """
    files, trouble = DataFiles(inputs), trouble or Trouble()
    written = files.fill(include(written, inputs))
    if overrides and trouble.is_whole:
        written = files.fill(include(apply_overrides(written, overrides), inputs))
    tree = complete(written)
    config, faults = validate(tree)
    faults = [fault for fault in faults if not files.hides(fault)] + files.faults
    faults = [fault for fault in faults if fault.file != DEFAULT] or faults  # the others follow from what was written
    if trouble.is_whole:
        faults += check_across(config, tree) if config is not None else unknown_names(tree, check_across)
    if faults or trouble.faults or config is None:
        raise ConfigError(faults)
    return Scenario(written, tree, config, files.inputs)


def check(paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str]) -> list[Fault]:
    """Return the faults of some configs, changes or experiments; none means that no fault was found."""
    from caresim.config.change_files import check_change, is_change
    from caresim.config.experiment import is_experiment, load_experiment

    faults: dict[Fault, None] = {}
    for path in [paths] if isinstance(paths, (str, os.PathLike)) else paths:
        try:
            if is_change(Path(path)):
                faults |= dict.fromkeys(check_change(Path(path)))
            elif is_experiment(Path(path)):
                load_experiment(Path(path))
            else:
                load(path)
        except ConfigError as error:
            faults |= dict.fromkeys(error.faults)
    return list(faults)


def explain_rows(scenario: Scenario, path_prefix: str | None = None) -> list[dict[str, Any]]:
    """Return a row for everything in force under a dotted path, or for all of it.

    Raises
    ------
    ConfigError
        There is nothing at the path.
    """
    rows = scenario.rows(everything=True)
    if not path_prefix:
        return rows
    steps = spoken(scenario.find(path_prefix))
    return [row for row in rows if split(row["path"])[: len(steps)] == steps]
