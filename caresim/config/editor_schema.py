"""The JSON Schema of a config, for completion and checks while typing."""

from __future__ import annotations

import json
from typing import Any, get_origin

from pydantic import BaseModel

from caresim.config.kinds import Kind
from caresim.config.schema.base import field_names, item_at, kind_at, section_at, unit_of
from caresim.config.schema.root import Config

WORTH_SHARING = 60  # characters


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a config file; all names are optional: there are parents and defaults."""
    shapes = _Shapes()
    root = shapes.section(Config)
    root["properties"]["extends"] = {
        "type": "string",
        "description": "The config that this one is laid over, relative to this file",
    }
    heading = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A caresim config"}
    return {**heading, **root, "$defs": shapes.defs}


class _Shapes:
    """Every shape is written once, under $defs, and referred to: most of them occur hundreds of times."""

    def __init__(self) -> None:
        self.defs: dict[str, Any] = {}
        self.names: dict[str, str] = {}
        self.kinds: dict[Kind, Any] = {}

    def section(self, model: type[BaseModel]) -> dict[str, Any]:
        properties = {}
        for written, name in field_names(model).items():
            text = model.model_fields[name].description or ""
            unit = unit_of(model, written)
            properties[written] = {**self.field(model, written), "description": f"{text} ({unit})" if unit else text}
        about = (model.__doc__ or "").splitlines()[0]
        return {"type": "object", "description": about, "properties": properties, "additionalProperties": False}

    def field(self, model: type[BaseModel], written: str) -> dict[str, Any]:
        section, kind = section_at(model, written), kind_at(model, written)
        if section is not None:
            return self.reference(section)
        if kind is not None:
            if kind not in self.kinds:
                self.kinds[kind] = self.shared(kind.schema())
            return dict(self.kinds[kind])
        item = item_at(model, written)
        assert item is not None, written
        inner = self.reference(item)
        if get_origin(model.model_fields[field_names(model)[written]].annotation) is dict:
            return {"type": "object", "additionalProperties": inner}
        return {"type": "array", "items": inner}

    def reference(self, model: type[BaseModel]) -> dict[str, Any]:
        name = model.__name__
        if name not in self.defs:
            self.defs[name] = {}
            self.defs[name] = self.section(model)
        return {"$ref": f"#/$defs/{name}"}

    def shared(self, schema: Any) -> Any:
        if not isinstance(schema, dict):
            return schema
        written: dict[str, Any] = {}
        for word, below in schema.items():
            if word == "properties":
                written[word] = {name: self.shared(part) for name, part in below.items()}
            elif word == "anyOf":
                written[word] = [self.shared(part) for part in below]
            else:
                written[word] = self.shared(below) if word in ("items", "additionalProperties") else below
        key = json.dumps(written, sort_keys=True)
        if len(key) < WORTH_SHARING:
            return written
        if key not in self.names:
            self.names[key] = f"shape_{len(self.names) + 1}"
            self.defs[self.names[key]] = written
        return {"$ref": f"#/$defs/{self.names[key]}"}
