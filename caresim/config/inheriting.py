"""Follow `extends` from a config to its parents."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from caresim.config.faults import ConfigError, Fault, show
from caresim.config.merging import merge
from caresim.config.neutral import neutral
from caresim.config.reading import read_yaml, shown
from caresim.config.schema.base import field_names
from caresim.config.schema.interventions import Intervention
from caresim.config.schema.root import Config
from caresim.config.tree import FROM_DICT, OVERRIDE, Node

LONGEST_CHAIN = 20
OWN_OF_CHANGES = frozenset(field_names(Intervention)) - frozenset(field_names(Config))
OWN_OF_CONFIGS = frozenset({"extends", *field_names(Config)}) - frozenset(field_names(Intervention))


@dataclass
class Trouble:
    """What was found wrong while files were read, and whether all parents could be."""

    faults: list[Fault] = field(default_factory=list)
    is_whole: bool = True


def read_chain(path: Path, trouble: Trouble | None = None) -> tuple[Node, dict[str, str]]:
    """Return a config laid over all that it extends and over the defaults, and the digest of each file read.

    What can be told beside other faults is added to the trouble, if there is one to add to, and else raised.
    """
    root, digest = read_yaml(path, None, None if trouble is None else trouble.faults)
    refuse_others(root)
    return resolve(root, {shown(path): digest}, path, trouble)


def resolve(
    root: Node, inputs: dict[str, str], path: Path | None = None, trouble: Trouble | None = None
) -> tuple[Node, dict[str, str]]:
    """Lay a config over its chain of parents (trouble: see `read_chain`)."""
    layers = [root]
    try:
        add_parents(layers, inputs, path, None if trouble is None else trouble.faults)
    except ConfigError as error:
        if trouble is None:
            raise
        trouble.faults += error.faults
        trouble.is_whole = False
    merged = neutral()
    for layer in reversed(layers):
        merged = merge(Config, merged, layer.without("extends"))
    if path is not None and merged["name"] == neutral()["name"]:
        merged = merged.with_item("name", replace(merged["name"], value=_name_of(path)))
    return merged, inputs


def add_parents(layers: list[Node], inputs: dict[str, str], path: Path | None, faults: list[Fault] | None) -> None:
    """Read what a config extends, and what that extends, and so on."""
    seen = [path.resolve()] if path is not None else []
    while (asked := layers[-1].get("extends")) is not None:
        parent = parent_path(asked)
        if parent.resolve() in seen:
            names = " -> ".join(shown(p) for p in [*seen[seen.index(parent.resolve()) :], parent])
            raise ConfigError([Fault(asked.file, asked.line or None, "extends", f"goes round in a circle: {names}")])
        if len(layers) >= LONGEST_CHAIN:
            raise ConfigError(
                [Fault(asked.file, asked.line or None, "extends", f"is more than {LONGEST_CHAIN} files deep")]
            )
        node, digest = read_yaml(parent, asked, faults)
        refuse_others(node)
        seen.append(parent.resolve())
        inputs[shown(parent)] = digest
        layers.append(node)


def refuse_others(root: Node) -> None:
    """Say what a file is that is not a scenario, and what it is for."""
    if "experiment" in root:
        message = "is an experiment, not a scenario; caresim compare runs it"
        raise ConfigError([Fault(root.file, root["experiment"].key_line or None, "", message)])
    if holds_change(root):
        message = "is a change, not a scenario; list it under interventions"
        raise ConfigError([Fault(root.file, root.line or None, "", message)])


def holds_change(root: Node) -> bool:
    """Tell a change from a config: it has effects, costs or a kind, and nothing that only a config has."""
    return any(name in root for name in OWN_OF_CHANGES) and not any(name in root for name in OWN_OF_CONFIGS)


def _name_of(path: Path) -> str:
    text = "".join(c for c in path.stem if c.isprintable()).strip()
    return text[:200] or "Untitled"


def parent_path(asked: Node) -> Path:
    """Return the path that is meant, relative to the file it is written in."""
    if not isinstance(asked.value, str) or not asked.value.strip() or "\0" in asked.value:
        message = f"must be the path of a config, got {show(asked.value)}"
        raise ConfigError([Fault(asked.file, asked.line or None, "extends", message)])
    base = Path.cwd() if asked.file in (FROM_DICT, OVERRIDE) else Path(asked.file).parent
    return base / asked.value
