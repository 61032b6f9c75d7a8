"""Changes kept in files of their own: the name of a file under `interventions` stands for what it holds."""

from __future__ import annotations

from caresim.config.inheriting import parent_path
from caresim.config.reading import read_yaml, shown
from caresim.config.tree import Node

CHANGES = "interventions"


def include(root: Node, inputs: dict[str, str]) -> Node:
    """Return the config with its changes written in; the digest of each file read is added to `inputs`.

    Raises
    ------
    ConfigError
        A file is missing or cannot be read.
    """
    listed = root.get(CHANGES)
    if listed is None or not isinstance(listed.value, tuple):
        return root
    for i, item in enumerate(listed.value):
        if isinstance(item.value, str):
            path = parent_path(item)
            node, inputs[shown(path)] = read_yaml(path, item)
            listed = listed.with_item(str(i), node)
    return root.with_item(CHANGES, listed)
