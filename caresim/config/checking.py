"""What must be right between values, after each is right by itself."""

from __future__ import annotations

from caresim.config.faults import Fault
from caresim.config.schema.root import Config
from caresim.config.tree import Node


def check_across(config: Config, tree: Node) -> list[Fault]:
    return []
