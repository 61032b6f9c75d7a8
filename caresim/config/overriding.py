"""Change single values of a config from the command line or from Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from caresim.config.tree import Node

OVERRIDDEN = "overridden"


def apply_overrides(root: Node, overrides: Mapping[str, object] | Sequence[str]) -> Node:
    return root
