"""The JSON Schema of a config, for completion and checks while typing."""

from __future__ import annotations

from typing import Any

from caresim.config.schema.root import Config


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a config file; all names are optional: there are parents and defaults."""
    schema = Config.model_json_schema(by_alias=True, mode="validation")
    schema["properties"]["extends"] = {
        "type": "string",
        "description": "The config that this one is laid over, relative to this file",
    }
    for section in (schema, *schema.get("$defs", {}).values()):
        section.pop("required", None)
        section.pop("title", None)
        for name, field in section.get("properties", {}).items():
            section["properties"][name] = _tidied(field)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A caresim config", **schema}


def _tidied(field: dict[str, Any]) -> dict[str, Any]:
    """Put the unit into the description, where editors show it; leave out what pydantic adds for itself."""
    unit = field.pop("unit", None)
    field.pop("title", None)
    if field.get("default", ...) is None:
        del field["default"]
    if unit and "description" in field:
        field["description"] = f"{field['description']} ({unit})"
    return field
