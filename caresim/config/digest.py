"""A fingerprint of a config: the same for the same content, however it was written down."""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import fields, is_dataclass
from typing import Any

from pydantic import BaseModel


def digest_of(config: BaseModel) -> str:
    """Return the sha256 of everything in a config, notes included, whatever the order of its names."""
    text = json.dumps(canonical(config), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(value: Any) -> Any:
    """Return a value as what JSON has; a float as its exact hexadecimal text."""
    if isinstance(value, float):  # first, since most values are
        return (value + 0.0).hex()
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, BaseModel):
        return {name: canonical(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, dict):
        return {_text(name): canonical(below) for name, below in value.items()}
    if isinstance(value, (tuple, list)):
        return [canonical(below) for below in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: canonical(getattr(value, item.name)) for item in fields(value)}
    return value.isoformat() if isinstance(value, datetime.date) else value


def _text(name: Any) -> str:
    return json.dumps(name) if isinstance(name, tuple) else str(name)
