"""Turn a completed tree into the config, and what pydantic finds wrong into plain words with file and line."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from caresim.config.faults import Fault, Path, join, show, unknown
from caresim.config.schema.base import item_at, section_at, written_names
from caresim.config.schema.root import Config
from caresim.config.tree import Node, plain


def validate(root: Node) -> tuple[Config | None, list[Fault]]:
    """Return the config, or None and everything that is wrong with its values."""
    try:
        return Config.model_validate(plain(root)), []
    except ValidationError as error:
        faults: list[Fault] = []
        for found in error.errors(include_url=False):
            faults += faults_of(root, found)
        return None, faults


def fault_at(root: Node, path: Path, message: str, at_name: bool = False) -> Fault:
    """Return a fault with the file and line of the path, or of the nearest thing above it that was written."""
    node = root.deepest(path)
    line = node.key_line if at_name else node.line
    return Fault(node.file, line or None, join(spoken(path)), message)


def spoken(path: Path) -> Path:
    """Leave out a last `value`: nobody says it."""
    return path[:-1] if path and path[-1] == "value" else path


def faults_of(root: Node, found: Any) -> list[Fault]:
    """Return the faults that one finding of pydantic stands for."""
    path = tuple(str(part) for part in found["loc"])
    kind = found["type"]
    if kind == "caresim":
        problems = found["ctx"]["problems"]
        return [fault_at(root, path + below, message, "unknown" in message) for below, message in problems]
    if kind == "extra_forbidden":
        return [fault_at(root, path, unknown(path[-1], allowed_at(path[:-1])), at_name=True)]
    if kind == "missing":
        return [fault_at(root, path[:-1], f"has no {path[-1]}, which it must have")]
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return [fault_at(root, path, f"must be a mapping (name: value), got {show(found['input'])}")]
    if kind in ("tuple_type", "list_type"):
        return [fault_at(root, path, f"must be a list, got {show(found['input'])}")]
    return [fault_at(root, path, f"{found['msg'][:1].lower()}{found['msg'][1:]}, got {show(found['input'])}")]


def allowed_at(path: Path) -> tuple[str, ...]:
    """Return the names that may be written in the section at a path."""
    model: type[BaseModel] = Config
    for name in path:
        below = section_at(model, name) or item_at(model, name)
        if below is not None:
            model = below
    names = written_names(model)
    return ("extends", *names) if model is Config and not path else names
